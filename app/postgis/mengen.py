"""Which sets of rows are kept ready as bit strings: what filters are made of.

A facet filter is the union of the sets of its codes, all filters together are an intersection, a
count is the number of bits: three operations of PostgreSQL on one type, an eighth of a byte a row.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.bitmenge import als_maske
from app.index import OHNE, Index
from app.wortindex import Wortindex
from layers.spalten import Zahlen

Satz = NDArray[np.bool_]
BIS: Final = "bis"
"""Code *y*: begun in the year *y* or before (or nobody knows when)."""
VON: Final = "von"
"""Code *y*: not ended before the year *y* (or nobody knows when)."""
DATIERT: Final = "datiert"
"""Code 1: beginning or end is documented; code 0: neither."""
LAGE: Final = "lage"
"""Code 1: has a location; code 0: has none."""
ANTEIL: Final = 8
"""A beginning of words that more than one row in so many has is kept as a set of its own."""


def mengen(index: Index) -> Iterator[tuple[str, int, Satz]]:
    """Yield kind, code and rows of every set of a build."""
    n = len(index)
    for name, facette in index.facetten.items():
        for code in range(len(facette.codes)):
            yield name, code, als_maske(facette.menge([code]), n)
    ohne_beginn, ohne_ende = index.beginn == OHNE, index.ende == OHNE
    for jahr in _jahre(index.beginn, weiter=-1):
        yield BIS, jahr, ohne_beginn | (index.beginn <= jahr)
    for jahr in _jahre(index.ende, weiter=1):
        yield VON, jahr, ohne_ende | (index.ende >= jahr)
    for code, ja in ((1, True), (0, False)):
        yield DATIERT, code, (ohne_beginn & ohne_ende) != ja
        yield LAGE, code, index.mit_ort == ja


def _jahre(spalte: Zahlen, weiter: int) -> range:
    """Return the years of a column, and one more at the end where nothing else changes."""
    bekannt = spalte[spalte != OHNE]
    if not len(bekannt):
        return range(1)
    erstes, letztes = int(bekannt.min()), int(bekannt.max())
    return range(erstes + min(weiter, 0), letztes + max(weiter, 0) + 1)


def vorsilben(worte: Wortindex, n: int) -> Iterator[tuple[str, Satz]]:
    """Yield the beginnings of words that more than one row in `ANTEIL` has, with those rows.

    All others have so few rows that their lists are read one by one.
    """
    yield from _unter(worte, list(worte.worte), range(len(worte.worte)), 1, n)


def _unter(
    worte: Wortindex, texte: Sequence[str], bereich: range, laenge: int, n: int
) -> Iterator[tuple[str, Satz]]:
    """Yield those of some neighbouring words, by their first letters."""
    grenze = n // ANTEIL
    stellen = (i for i in bereich if len(texte[i]) >= laenge)
    for anfang, gruppe in groupby(stellen, key=lambda i: texte[i][:laenge]):
        zusammen = list(gruppe)
        drin = range(zusammen[0], zusammen[-1] + 1)
        von, bis = int(worte.start[drin.start]), int(worte.start[drin.stop])
        if bis - von <= grenze:
            continue
        zeilen = np.zeros(n, dtype=bool)
        zeilen[worte.zeilen[von:bis]] = True
        if np.count_nonzero(zeilen) > grenze:
            yield anfang, zeilen
            yield from _unter(worte, texte, drin, laenge + 1, n)
