"""Rows of a set in the order of a sort; only as far as somebody asks."""

from typing import Final

import numpy as np

from app import bitmenge
from app.bitmenge import Bits
from app.index import OHNE, Index
from layers.spalten import Zahlen

_WENIGE: Final = 32
"""If only one row in so many is in the set, they are sorted; else an order is walked along."""
_SCHRITT: Final = 1 << 12


def geordnet(index: Index, sort: str, treffer: Bits, von: int, bis: int) -> Zahlen:
    """Return the rows from position ``von`` to before ``bis`` by the ranks of a sort."""
    anzahl = bitmenge.anzahl(treffer)
    bis = min(bis, anzahl)
    von = min(von, bis)
    if sort == "name" or von == bis:
        return bitmenge.stellen(treffer, von, bis)
    if anzahl * _WENIGE <= len(index):
        return _sortiert(index, sort, bitmenge.stellen(treffer, 0, anzahl))[von:bis]
    maske, folge = bitmenge.als_maske(treffer, len(index)), index.folgen[sort]
    stuecke, gefunden, ab, schritt = [], 0, 0, max(_SCHRITT, bis * 2)
    while gefunden < bis:
        stueck = folge[ab : ab + schritt]
        stuecke.append(stueck[np.flatnonzero(maske[stueck])])
        gefunden += len(stuecke[-1])
        ab, schritt = ab + schritt, schritt * 2
    return np.concatenate(stuecke)[von:bis].astype(np.int64)


def _sortiert(index: Index, sort: str, zeilen: Zahlen) -> Zahlen:
    rang = index.rang[sort.removeprefix("-")][zeilen].astype(np.int64)
    ohne = rang == OHNE
    if sort.startswith("-"):
        rang = -rang
    rang[ohne] = np.iinfo(np.int64).max
    return zeilen[np.argsort(rang, kind="stable")]
