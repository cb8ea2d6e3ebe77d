"""Classes of the district map: equal widths with round limits, so that they can be said."""

from dataclasses import dataclass
from typing import Final

HOECHSTENS: Final = 5
_RUND: Final = (1, 2, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True, slots=True)
class Klassen:
    """``anzahl`` classes, each ``breite`` wide: 1…breite, breite + 1…2·breite, …; 0 has its own.

    Attributes
    ----------
    breite
        In the unit of the values.
    """

    breite: int
    anzahl: int

    def von(self, wert: int) -> int:
        """Return the class of a value: 0 for 0, else from 1."""
        return min(-(-wert // self.breite), self.anzahl)

    def grenzen(self, klasse: int) -> tuple[int, int]:
        """Return the smallest and the largest value of a class (from 1)."""
        return (klasse - 1) * self.breite + 1, klasse * self.breite


def klassen(hoechster: int) -> Klassen:
    """Return at most `HOECHSTENS` classes that hold all values up to the highest one."""
    if hoechster <= 0:
        return Klassen(1, 0)
    mindestens = -(-hoechster // HOECHSTENS)
    stufe = 10 ** (len(str(mindestens)) - 1)
    breite = next(rund * stufe for rund in _RUND if rund * stufe >= mindestens)
    return Klassen(breite, -(-hoechster // breite))
