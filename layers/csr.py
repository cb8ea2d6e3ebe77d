"""Compressed sparse rows: for each row several numbers, in two flat arrays."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Ganzzahlen = NDArray[np.int64]


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


def gebuendelt(zeilen: Ganzzahlen, wert: Ganzzahlen, anzahl: int) -> Csr:
    """Return the rows of pairs: each value once a row, ascending."""
    breite = int(wert.max(initial=0)) + 1
    # np.unique would hash all pairs before it sorts them, which takes longer than the sorting.
    paare = np.sort(zeilen * breite + wert)
    paare = paare[np.diff(paare, prepend=-1) > 0]
    zaehlung = np.bincount(paare // breite, minlength=anzahl)
    return Csr(np.concatenate([[0], np.cumsum(zaehlung)]), paare % breite)
