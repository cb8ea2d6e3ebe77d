"""How a frame shows the map: the parameters of ``/einbetten`` beside those of `app.state`.

Their names and values stand in the pages of others: what was once valid stays valid.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, cast

from app.state import Parameterfehler, eigene
from app.urls import Paare

Ansicht = Literal["beides", "karte", "liste"]
ANSICHTEN: Final[tuple[Ansicht, ...]] = ("beides", "karte", "liste")
INHALT: Final = "inhalt"
NAMEN: Final = ("ansicht", "hoehe")


@dataclass(frozen=True, slots=True)
class Rahmenwahl:
    """What stands in the frame; ``waechst``: it has no height of its own but its content's."""

    ansicht: Ansicht = "beides"
    waechst: bool = False

    def paare(self) -> Paare:
        """Return the parameters that differ from what is usual."""
        ansicht = (("ansicht", self.ansicht),) if self.ansicht != "beides" else ()
        hoehe = (("hoehe", INHALT),) if self.waechst else ()
        return ansicht + hoehe


def lies(paare: Iterable[tuple[str, str]]) -> tuple[Rahmenwahl, tuple[Parameterfehler, ...]]:
    """Read the frame's own parameters; a value that was not understood is left out and named."""
    werte, fehler = eigene(paare, NAMEN)
    for name, erlaubt in (("ansicht", ANSICHTEN), ("hoehe", (INHALT,))):
        if name in werte and werte[name] not in erlaubt:
            fehler.append(Parameterfehler(name, werte.pop(name), "wahl", ", ".join(erlaubt)))
    ansicht = cast("Ansicht", werte.get("ansicht", "beides"))
    return Rahmenwahl(ansicht, "hoehe" in werte), tuple(fehler)
