"""The words of the searched texts, and which rows hold one that begins with some letters."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from app import bitmenge
from app.bitmenge import Bits
from layers.spalten import Zahlen

_LETZTES: Final = "\uffff"
_HAEUFIG: Final = 16
"""A word that one row in so many has is kept as a set, which is less to read than its list."""


@dataclass(frozen=True, slots=True)
class Wortindex:
    """Folded words in order, and for each the rows that hold it.

    ``haeufige`` are the positions of the words that many of the ``n`` rows hold, ascending, and
    ``bits`` their rows.
    """

    worte: Sequence[str]
    start: Zahlen
    zeilen: Zahlen
    n: int
    haeufige: Zahlen
    bits: Bits

    def praefix(self, wort: str) -> Bits:
        """Return which rows hold a word that begins with ``wort`` (folded)."""
        von = bisect_left(self.worte, wort)
        bis = bisect_left(self.worte, wort + _LETZTES, von)
        erster, letzter = np.searchsorted(self.haeufige, (von, bis))
        # between two frequent words the lists of the others lie in one piece
        grenzen = (von, *(h + i for h in self.haeufige[erster:letzter] for i in (0, 1)), bis)
        maske = np.zeros(self.n, dtype=bool)
        for ab, ende in zip(grenzen[::2], grenzen[1::2], strict=True):
            maske[self.zeilen[self.start[ab] : self.start[ende]]] = True
        menge = bitmenge.aus_maske(maske)
        if erster < letzter:
            menge |= np.bitwise_or.reduce(self.bits[erster:letzter], axis=0)
        return menge

    def kennt(self, wort: str) -> bool:
        """Say whether any word begins with ``wort`` (folded)."""
        return bisect_left(self.worte, wort) < bisect_left(self.worte, wort + _LETZTES)

    def erste_zeile(self, wort: str) -> int:
        """Return the first row that holds exactly this word of the index."""
        return int(self.zeilen[self.start[bisect_left(self.worte, wort)]])


def wortindex(worte: Sequence[str], start: Zahlen, zeilen: Zahlen, n: int) -> Wortindex:
    """Make the index of the words of ``n`` rows out of its columns."""
    haeufige = np.flatnonzero(np.diff(start) > max(n // _HAEUFIG, _HAEUFIG))
    bits = np.empty((len(haeufige), len(bitmenge.leer(n))), dtype=np.uint64)
    for stelle, wort in enumerate(haeufige):
        bits[stelle] = bitmenge.aus_zeilen(zeilen[start[wort] : start[wort + 1]], n)
    return Wortindex(worte, start, zeilen, n, haeufige, bits)
