"""A sequence that makes each member when it is asked for: files are read, not kept as objects."""

from abc import abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar, overload

T_co = TypeVar("T_co", covariant=True)


class Reihe(Sequence[T_co], Generic[T_co]):
    """What such sequences share: positions from the end, slices, and where they end."""

    __slots__ = ()

    @abstractmethod
    def glied(self, stelle: int) -> T_co:
        """Make the member at a position that exists, counted from 0."""

    def glieder(self, stellen: range) -> list[T_co]:
        """Make the members at positions that exist."""
        return [self.glied(stelle) for stelle in stellen]

    @overload
    def __getitem__(self, stelle: int) -> T_co: ...

    @overload
    def __getitem__(self, stelle: slice) -> list[T_co]: ...

    def __getitem__(self, stelle: int | slice) -> T_co | list[T_co]:
        """Return one member, or those of a slice."""
        stellen = range(len(self))[stelle]
        return self.glieder(stellen) if isinstance(stellen, range) else self.glied(stellen)
