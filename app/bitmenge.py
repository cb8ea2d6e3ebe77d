"""Sets of rows as bits: what a filter means is AND and OR over machine words.

A million rows are 125 kB, so that a query stays in the processor's cache, and counting is one
instruction for 64 rows. Row *i* is bit *i* mod 64 of word *i* // 64; bits behind the last row
are 0.
"""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from layers.spalten import Zahlen

Bits: TypeAlias = NDArray[np.uint64]
_WORT = 64


def leer(n: int) -> Bits:
    """Return the empty set of ``n`` rows."""
    return np.zeros(-(-n // _WORT), dtype=np.uint64)


def aus_maske(maske: NDArray[np.bool_]) -> Bits:
    """Return the rows that are True."""
    bits = leer(len(maske))
    gepackt = np.packbits(maske, bitorder="little")
    bits.view(np.uint8)[: len(gepackt)] = gepackt
    return bits


def aus_zeilen(zeilen: Zahlen, n: int) -> Bits:
    """Return a set of ``n`` rows that holds some, named in any order and any number of times."""
    maske = np.zeros(n, dtype=bool)
    maske[zeilen] = True
    return aus_maske(maske)


def als_maske(bits: Bits, n: int) -> NDArray[np.bool_]:
    """Return for each of the ``n`` rows whether it is in the set."""
    return np.unpackbits(bits.view(np.uint8), count=n, bitorder="little").view(bool)


def anzahl(bits: Bits) -> int:
    """Return how many rows a set holds."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def schnitt(mengen: Iterable[Bits], alle: Bits) -> Bits:
    """Return the rows that are in every set; ``alle``, which is not changed, if there is none."""
    ergebnis = alle
    for menge in mengen:
        ergebnis = ergebnis & menge
    return ergebnis


def stellen(bits: Bits, von: int, bis: int) -> NDArray[np.int64]:
    """Return the rows of a set from its ``von``-th to before its ``bis``-th, ascending."""
    if von >= bis:
        return np.empty(0, dtype=np.int64)
    davor = np.cumsum(np.bitwise_count(bits), dtype=np.int64)
    erstes = int(np.searchsorted(davor, von, side="right"))
    letztes = int(np.searchsorted(davor, bis - 1, side="right")) + 1
    zeilen = np.flatnonzero(als_maske(bits[erstes:letztes], (letztes - erstes) * _WORT))
    ab = von - (int(davor[erstes - 1]) if erstes else 0)
    return zeilen[ab : ab + bis - von] + erstes * _WORT
