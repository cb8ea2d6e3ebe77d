"""A property of all features as a column: its distinct values once, and for each row which one."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from app.ogc.zeit import OFFEN_BIS, OFFEN_VON, KeineZeit, tage

Maske = NDArray[np.bool_]
Art = Literal["text", "zahl", "datum", "wahr"]
DATEN: Final = frozenset({"beginn", "ende", "stand", "status_stand"})
"""Properties whose texts are dates, as exact as they are known."""
LISTEN: Final = frozenset({"stadtbezirke", "traeger", "partner", "projekte"})
"""Properties that join several values with `TRENNER`."""
TRENNER: Final = "|"


@dataclass(frozen=True, slots=True)
class Spalte:
    """One property.

    Attributes
    ----------
    art
        What its values are.
    werte
        Its distinct values; None is not one of them.
    stelle
        For each feature the position in ``werte``, -1 where nothing is documented.
    """

    art: Art
    werte: tuple[Any, ...]
    stelle: NDArray[np.int32]

    @property
    def fehlt(self) -> Maske:
        """Which features have no value."""
        ergebnis: Maske = self.stelle < 0
        return ergebnis

    def wo(self, passt: Callable[[Any], bool]) -> Maske:
        """Return which features have a value that fits; each distinct value is asked once."""
        # one more place at the end, where -1 points: no value fits nothing
        treffer = np.zeros(len(self.werte) + 1, dtype=bool)
        treffer[:-1] = [passt(wert) for wert in self.werte]
        ergebnis: Maske = treffer[self.stelle]
        return ergebnis

    def zeitraeume(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return first and last day of each feature's date; without one both ends are open."""
        grenzen = [tage(wert) for wert in self.werte]
        von = np.array([*(z.von for z in grenzen), OFFEN_VON], dtype=np.int64)
        bis = np.array([*(z.bis for z in grenzen), OFFEN_BIS], dtype=np.int64)
        return von[self.stelle], bis[self.stelle]


def spalte(name: str, eigenschaften: Sequence[Mapping[str, Any]]) -> Spalte:
    """Return a property of all features."""
    stellen: dict[Any, int] = {}
    stelle = np.fromiter(
        (
            -1 if (wert := e.get(name)) is None else stellen.setdefault(wert, len(stellen))
            for e in eigenschaften
        ),
        dtype=np.int32,
        count=len(eigenschaften),
    )
    return Spalte(_art(name, stellen), tuple(stellen), stelle)


def _art(name: str, werte: Mapping[Any, int]) -> Art:
    if werte and all(isinstance(wert, bool) for wert in werte):
        return "wahr"
    if werte and all(isinstance(wert, int | float) for wert in werte):
        return "zahl"
    if name in DATEN and all(map(_ist_datum, werte)):
        return "datum"
    return "text"


def _ist_datum(wert: object) -> bool:
    try:
        tage(str(wert))
    except KeineZeit:
        return False
    return True
