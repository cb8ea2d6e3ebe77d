"""``texte-<n>.json`` for reading: a piece is parsed when a text in it is asked for."""

from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

import orjson

from layers.reihe import Reihe

Stellen: TypeAlias = tuple[tuple[str, str], ...]
"""(field, text) of one project."""
_STUECKE: Final = 16
"""Pieces that are kept parsed."""


class Textstuecke(Reihe[Stellen]):
    """The searched texts of all projects, in row order of the index.

    Parameters
    ----------
    dateien
        The files in the order of their rows; all but the last have equally many.
    n
        How many projects there are.

    Raises
    ------
    KeyError, ValueError
        The first file does not have the documented form.
    """

    __slots__ = ("_dateien", "_je", "_n", "_offen")

    def __init__(self, dateien: Sequence[bytes | memoryview], n: int) -> None:
        self._dateien = dateien
        self._n = n
        self._offen: dict[int, tuple[Stellen, ...]] = {}
        self._je = max(1, len(_lies(dateien[0]))) if dateien else 1

    def __len__(self) -> int:
        """Return how many projects there are."""
        return self._n

    def glied(self, stelle: int) -> Stellen:
        """Return the texts of one project."""
        nummer, innen = divmod(stelle, self._je)
        stueck = self._offen.get(nummer)
        if stueck is None:
            # all at once: threads may ask too, and an order of use would have to be guarded
            if len(self._offen) >= _STUECKE:
                self._offen.clear()
            stueck = self._offen[nummer] = _lies(self._dateien[nummer])
        return stueck[innen]

    def __iter__(self) -> Iterator[Stellen]:
        """Return those of one project after the other."""
        return (stellen for datei in self._dateien for stellen in _lies(datei))


def _lies(datei: bytes | memoryview) -> tuple[Stellen, ...]:
    inhalt = orjson.loads(datei)
    felder = inhalt["felder"]
    return tuple(
        tuple((felder[feld], text) for feld, text in stellen) for stellen in inhalt["projekte"]
    )
