"""Which filter keeps everything away: the counts without each of them.

``web/src/lockern.ts`` is the twin.
"""

from dataclasses import dataclass, replace
from typing import Any, Final

from app.index import Index
from app.query import suche
from app.state import FACETTEN, Abfrage

GRUPPEN: Final = (
    ("q",),
    *((name,) for name in FACETTEN),
    ("von", "bis"),
    ("lage",),
    ("bbox",),
    ("umkreis",),
)
"""Parameters that are taken away together, in the order of the table."""


@dataclass(frozen=True, slots=True)
class Lockerung:
    """A state with one filter less, and how many projects it has."""

    namen: tuple[str, ...]
    abfrage: Abfrage
    anzahl: int


def lockerungen(index: Index, abfrage: Abfrage) -> tuple[Lockerung, ...]:
    """Return what helps against an empty result, best first; empty if no single filter does."""
    moeglich = (
        Lockerung(namen, ohne, suche(index, ohne).anzahl)
        for namen in GRUPPEN
        if (ohne := ohne_gruppe(abfrage, namen)) != abfrage
    )
    # Python's sort is stable: equal counts stay in the order of the table.
    return tuple(sorted((x for x in moeglich if x.anzahl), key=lambda x: -x.anzahl))


def ohne_gruppe(abfrage: Abfrage, namen: tuple[str, ...]) -> Abfrage:
    """Return the state without all values of some parameters."""
    leer: dict[str, Any] = {
        name: "" if name == "q" else None for name in namen if name not in FACETTEN
    }
    facetten = {name: codes for name, codes in abfrage.facetten.items() if name not in namen}
    return replace(abfrage, facetten=facetten, **leer)


def nur_gruppe(abfrage: Abfrage, namen: tuple[str, ...]) -> Abfrage:
    """Return a state that has only these parameters: what is taken away, to be put into words."""
    werte = {name: getattr(abfrage, name) for name in namen if name not in FACETTEN}
    facetten = {name: codes for name, codes in abfrage.facetten.items() if name in namen}
    return Abfrage(facetten=facetten, **werte)
