"""Keys of rows, looked up in a column of the build instead of a dictionary in every process."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from layers.spalten import Zahlen


def folge(schluessel: Sequence[str]) -> Zahlen:
    """Return the rows of texts in the order of their code points: what `Schluessel` needs."""
    return np.array(sorted(range(len(schluessel)), key=schluessel.__getitem__), dtype=np.int64)


class Schluessel(Mapping[str, int]):
    """Text of a column → its row, by binary search: nothing is kept beside the column.

    Parameters
    ----------
    texte
        The column, each text once.
    folge
        Its rows in the order of their texts.
    """

    __slots__ = ("_folge", "_texte")

    def __init__(self, texte: Sequence[str], folge: Zahlen) -> None:
        self._texte = texte
        self._folge = folge

    def __getitem__(self, text: str) -> int:
        """Return the row.

        Raises
        ------
        KeyError
            No row has this text.
        """
        von, bis = 0, len(self._folge)
        while von < bis:
            mitte = (von + bis) // 2
            zeile = int(self._folge[mitte])
            hier = self._texte[zeile]
            if hier == text:
                return zeile
            von, bis = (mitte + 1, bis) if hier < text else (von, mitte)
        raise KeyError(text)

    def __iter__(self) -> Iterator[str]:
        """Return all of them, by row."""
        return iter(self._texte)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._texte)
