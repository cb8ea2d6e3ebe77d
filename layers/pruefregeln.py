"""What the settings say about checking: how grave a finding is, and what blocks publication."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from layers.befund import SCHWERE, Befund, Code, Schwere

AUS: Final = "aus"
LOCKERBAR: Final = frozenset({Code.ZEITRAUM_VERKEHRT, Code.LAGE_FERN, Code.ZEILE_SPALTENZAHL})
"""Errors that may be taken less seriously: the row can be shown all the same.

Every other error stays one. A row with an unknown code or a text for a number cannot be published,
and markup or a script must not be.
"""


def _erlaubt(schwere: dict[Code, str]) -> dict[Code, str]:
    for code, gesetzt in schwere.items():
        if SCHWERE[code] is Schwere.FEHLER and code not in LOCKERBAR and gesetzt != Schwere.FEHLER:
            raise ValueError(code)
    return schwere


class Pruefung(BaseModel):
    """The table ``[pruefung]`` of the settings.

    Attributes
    ----------
    max_fehler
        How many findings of severity Fehler a build may have; their rows are held back.
    max_warnungen
        How many Warnungen it may have; None: any number.
    max_befunde
        How many findings about a source are named. A table with which there would be more is held
        back as a whole: what a table full of nonsense gives must fit into memory.
    stand_max_jahre
        From which age a project's ``stand`` is mentioned.
    schwere
        Code of a finding → "Fehler", "Warnung", "Hinweis" or "aus", where the usual severity
        does not fit. Errors can only be lowered where `LOCKERBAR` allows it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_fehler: Annotated[int, Field(ge=0)] = 0
    max_warnungen: Annotated[int, Field(ge=0)] | None = None
    max_befunde: Annotated[int, Field(gt=0)] = 1_100_000
    stand_max_jahre: Annotated[float, Field(gt=0)] = 2.0
    schwere: Annotated[
        dict[Code, Literal["Fehler", "Warnung", "Hinweis", "aus"]], AfterValidator(_erlaubt)
    ] = {}

    def eingestuft(self, befunde: Iterable[Befund]) -> Iterator[Befund]:
        """Yield the findings as grave as the settings say, without those that are off."""
        for befund in befunde:
            gesetzt = self.schwere.get(befund.code)
            if gesetzt is None:
                yield befund
            elif gesetzt != AUS:
                yield replace(befund, gesetzt=Schwere(gesetzt))


STANDARD: Final = Pruefung()
