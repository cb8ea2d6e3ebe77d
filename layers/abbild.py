"""Files of a build as bytes: small ones in memory, large ones where they lie."""

import mmap
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

Puffer: TypeAlias = bytes | memoryview
"""What a file holds; a view is mapped, so that all processes share its pages with the system."""
_GROSS: Final = 1 << 17


def lies(pfad: Path) -> Puffer:
    """Return the content of a file.

    A large one is mapped: it must not be changed in place afterwards, which nobody does to a
    build, but it may be removed.

    Raises
    ------
    OSError
        It cannot be read.
    """
    if pfad.stat().st_size < _GROSS:
        return pfad.read_bytes()
    with pfad.open("rb") as datei:
        return memoryview(mmap.mmap(datei.fileno(), 0, access=mmap.ACCESS_READ))


def stuecke(inhalt: Puffer, groesse: int) -> Iterator[bytes]:
    """Yield a file in pieces, an empty one as an empty piece.

    The pages of a mapped one are given back piece by piece: sent to somebody once, a large layer
    would else count as memory of this process for as long as it runs.
    """
    for ab in range(0, max(len(inhalt), 1), groesse):
        yield bytes(inhalt[ab : ab + groesse])
        if len(inhalt) > groesse:
            gib_zurueck(inhalt)


def gib_zurueck(inhalt: Puffer) -> None:
    """Let go of the pages of a mapped file: whoever looks at them again gets them again."""
    if isinstance(inhalt, memoryview) and isinstance(inhalt.obj, mmap.mmap):
        inhalt.obj.madvise(mmap.MADV_DONTNEED)
