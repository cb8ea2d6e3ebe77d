"""One facet of the index: which codes a row has, and how many rows have each code."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app import bitmenge
from app.bitmenge import Bits
from layers.spalten import Zahlen

_HOECHSTENS: Final = 64
"""With more codes a row set for each would be more to read than the column itself."""


@dataclass(frozen=True, slots=True)
class Spalten:
    """The same entries by code: ``zeile[start[c]:start[c + 1]]`` are the rows of code *c*."""

    start: Zahlen
    zeile: Zahlen

    def von(self, code: int) -> Zahlen:
        """Return the rows of a code, ascending."""
        return self.zeile[self.start[code] : self.start[code + 1]]

    def zaehle(self, maske: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return how many rows of a mask have each code."""
        anzahlen = np.zeros(len(self.start) - 1, dtype=np.int64)
        # reduceat gives a code without rows the entry of the next one
        belegt = np.flatnonzero(np.diff(self.start))
        if len(belegt):
            drin = np.take(maske, self.zeile)
            anzahlen[belegt] = np.add.reduceat(drin, self.start[belegt], dtype=np.int32)
        return anzahlen


@dataclass(frozen=True, slots=True)
class Facette:
    """A facet as compressed sparse rows, and as one set of rows for each code.

    ``wert[start[i]:start[i + 1]]`` are the code positions of row *i*; ``zeile`` names the row
    of every entry of ``wert``, so that a mask over rows becomes a mask over entries. ``start``
    and ``zeile`` are None where every row has exactly one code; ``bits`` are the sets, by
    code, None where there are too many codes: then ``spalten`` has the rows of each.
    """

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    n: int
    start: Zahlen | None
    wert: Zahlen
    zeile: Zahlen | None
    bits: Bits | None
    spalten: Spalten | None

    def codes_von(self, zeile: int) -> tuple[str, ...]:
        """Return the codes of a row in the order in which they are stated."""
        if self.start is None:
            return (self.codes[self.wert[zeile]],)
        von, bis = self.start[zeile : zeile + 2]
        return tuple(self.codes[wert] for wert in self.wert[von:bis])

    def mehrere_in(self, zeilen: Zahlen) -> bool:
        """Say whether one of the rows has more than one code."""
        return self.start is not None and bool((np.diff(self.start)[zeilen] > 1).any())

    def eintraege(self, maske: NDArray[np.bool_]) -> tuple[Zahlen, Zahlen]:
        """Return row and code position of every entry of the rows of a mask."""
        if self.zeile is None:
            zeilen = np.flatnonzero(maske)
            return zeilen, self.wert[zeilen]
        drin = maske[self.zeile]
        return self.zeile[drin], self.wert[drin]

    def menge(self, gewaehlt: Sequence[int]) -> Bits:
        """Return the rows that have at least one of the chosen code positions, as bits."""
        if self.bits is not None:
            ergebnis: Bits = np.bitwise_or.reduce(self.bits[list(gewaehlt)], axis=0)
            return ergebnis
        assert self.spalten is not None  # noqa: S101 - the one or the other
        return bitmenge.aus_zeilen(
            np.concatenate([self.spalten.von(code) for code in gewaehlt]), self.n
        )

    def maske(self, gewaehlt: Sequence[int], n: int) -> NDArray[np.bool_]:
        """Return the same as one boolean for each of the ``n`` rows."""
        return bitmenge.als_maske(self.menge(gewaehlt), n)

    def zaehle(self, menge: Bits) -> NDArray[np.int64]:
        """Return how many rows of a set have each code."""
        if self.bits is not None:
            summen: NDArray[np.int64] = np.bitwise_count(self.bits & menge).sum(1, dtype=np.int64)
            return summen
        assert self.spalten is not None  # noqa: S101 - the one or the other
        return self.spalten.zaehle(bitmenge.als_maske(menge, self.n))

    def zaehlen(self, maske: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return how many rows of a mask have each code."""
        return self.zaehle(bitmenge.aus_maske(maske))


def facette(
    codes: Sequence[str], labels: Sequence[str], wert: Zahlen, start: Zahlen | None, n: int
) -> Facette:
    """Make a facet of ``n`` rows; ``start`` is None where each of them has exactly one code."""
    zeile = None if start is None else np.repeat(np.arange(n, dtype=np.int32), np.diff(start))
    bits, spalten = None, None
    if len(codes) > _HOECHSTENS:
        spalten = _spalten(wert, zeile, len(codes))
    else:
        bits = np.empty((len(codes), len(bitmenge.leer(n))), dtype=np.uint64)
        for code in range(len(codes)):
            drin = wert == code
            bits[code] = (
                bitmenge.aus_maske(drin) if zeile is None else bitmenge.aus_zeilen(zeile[drin], n)
            )
    return Facette(tuple(codes), tuple(labels), n, start, wert, zeile, bits, spalten)


def _spalten(wert: Zahlen, zeile: Zahlen | None, codes: int) -> Spalten:
    folge = np.argsort(wert, kind="stable").astype(np.int32)
    start = np.zeros(codes + 1, dtype=np.int64)
    np.cumsum(np.bincount(wert, minlength=codes), out=start[1:])
    return Spalten(start, folge if zeile is None else zeile[folge])
