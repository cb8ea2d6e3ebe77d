"""Sequences that are made piece by piece: what nobody asks for costs nothing."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

from layers.reihe import Reihe

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
BEHALTEN: Final = 20_000
"""Pieces that are kept (a dict, so that threads may share it): all, at the programme's size."""


class Bereitlegend(ABC):
    """Can get many of its members at once, which is faster than one by one."""

    @abstractmethod
    def bereitlegen(self, stellen: Iterable[int]) -> None:
        """Get the members at these positions."""


def bereitlegen(folge: Sequence[object], stellen: Iterable[int]) -> None:
    """Say which members of a sequence are about to be asked for; most have them already."""
    if isinstance(folge, Bereitlegend):
        folge.bereitlegen(stellen)


class Folge(Reihe[T_co]):
    """A sequence whose members are made when they are first asked for.

    Parameters
    ----------
    anzahl
        How many there are.
    mache
        Position → member; the same one whenever it is called.
    """

    def __init__(self, anzahl: int, mache: Callable[[int], T_co]) -> None:
        self._anzahl = anzahl
        self._mache = mache
        self._fertige: dict[int, T_co] = {}

    def __len__(self) -> int:
        """Return how many there are."""
        return self._anzahl

    def glied(self, stelle: int) -> T_co:
        """Return one member, made unless it is kept."""
        fertig = self._fertige.get(stelle)
        if fertig is None:
            if len(self._fertige) >= BEHALTEN:
                self._fertige.clear()
            fertig = self._fertige[stelle] = self._mache(stelle)
        return fertig
