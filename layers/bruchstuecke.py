"""Records as JSON without making objects of them: pieces of text, joined.

What a value becomes is written once for every different value of a block of rows; a record is then
nothing but pieces put together. The objects of a million records would take longer to make than
everything else in a build.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd

from layers.csr import Ganzzahlen

BLOCK: Final = 1 << 13
"""Rows at once: enough to find equal values, few enough to leave room for the result."""
Bruchstuecke: TypeAlias = Sequence[bytes]
"""A piece of JSON for each row, empty where there is nothing to say."""
Schreiber: TypeAlias = Callable[[Any], bytes]


class _Gemerkt(dict[Hashable, bytes]):
    """Value → its piece, made when the value is first met."""

    def __init__(self, schreiber: Schreiber) -> None:
        super().__init__()
        self._schreiber = schreiber

    def __missing__(self, wert: Hashable) -> bytes:
        self[wert] = self._schreiber(wert)
        return self[wert]


def je_zeile(werte: Iterable[Hashable], schreiber: Schreiber) -> Bruchstuecke:
    """Return the piece of every value; ``schreiber`` is called once for each different one."""
    return list(map(_Gemerkt(schreiber).__getitem__, werte))


def verbunden(spalten: Sequence[Bruchstuecke]) -> Iterator[bytes]:
    """Yield the pieces of each row, separated by commas; empty columns cost nothing."""
    gefuellte = [spalte for spalte in spalten if any(spalte)]
    if not gefuellte:
        yield from [b""] * (len(spalten[0]) if spalten else 0)
        return
    for stuecke in zip(*gefuellte, strict=True):
        yield b",".join(filter(None, stuecke))


def bloecke(anzahl: int) -> Iterator[slice]:
    """Yield the blocks that ``anzahl`` rows are gone through in."""
    return (slice(ab, min(ab + BLOCK, anzahl)) for ab in range(0, anzahl, BLOCK))


def grenzen(standorte: pd.DataFrame, zeilen: slice) -> Ganzzahlen:
    """Return where in ``standorte`` those of each row of a block begin, and where the last ends."""
    gesucht = np.arange(zeilen.start, zeilen.stop + 1)
    gefunden: Ganzzahlen = np.searchsorted(standorte["projekt"].to_numpy(), gesucht)
    return gefunden
