"""Compressed sparse rows: for each row several numbers, in two flat arrays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ganzzahlen = NDArray[np.int64]
_HALB: Final = 32
_UNTEN: Final = (1 << _HALB) - 1
_STUECK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Csr:
    """Row *i* has ``wert[start[i]:start[i + 1]]``."""

    start: Ganzzahlen
    wert: Ganzzahlen

    @property
    def zeile(self) -> Ganzzahlen:
        """The row of every entry of ``wert``."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start))


def je_zeile(spalte: "pd.Series[Any]", nummern: Callable[[Any], Sequence[int]]) -> Csr:
    """Return ``nummern(cell)`` of every row; called once for each different (hashable) cell."""
    codes, verschiedene = pd.factorize(spalte.to_numpy(dtype=object))
    listen = [nummern(zelle) for zelle in verschiedene]
    laengen = np.fromiter(map(len, listen), dtype=np.int64, count=len(listen))
    vorrat = np.fromiter(chain.from_iterable(listen), dtype=np.int64, count=int(laengen.sum()))
    beginn = np.cumsum(laengen) - laengen
    je = laengen[codes]
    start = np.concatenate([[0], np.cumsum(je)])
    innen = np.arange(start[-1]) - np.repeat(start[:-1], je)
    return Csr(start, vorrat[np.repeat(beginn[codes], je) + innen])


def paare(zeilen: Ganzzahlen, wert: Ganzzahlen) -> Ganzzahlen:
    """Return each pair of two numbers below 2³¹ once, as one number in the order of both."""
    return _verschiedene(zeilen << _HALB | wert)


def gebuendelt(alle: Ganzzahlen, rang: Ganzzahlen, anzahl: int) -> Csr:
    """Return `paare` as ``anzahl`` rows: each value once a row, ascending.

    Parameters
    ----------
    alle
        The pairs, in any order and any number of times; overwritten, since a copy of the words
        of a million texts would be half a gigabyte.
    rang
        First number of a pair → its row.
    """
    for ab in range(0, len(alle), _STUECK):
        teil = alle[ab : ab + _STUECK]
        teil[:] = rang[teil >> _HALB] << _HALB | (teil & _UNTEN)
    alle = _verschiedene(alle)
    start = np.searchsorted(alle, np.arange(anzahl + 1) << _HALB)
    alle &= _UNTEN
    return Csr(start, alle)


def _verschiedene(zahlen: Ganzzahlen) -> Ganzzahlen:
    # np.unique would hash all of them before it sorts them, which takes longer than the sorting.
    zahlen.sort()
    return zahlen[np.diff(zahlen, prepend=-1) > 0]
