"""Work that may take seconds, beside the event loop: everybody else is answered meanwhile."""

import asyncio
from collections.abc import Callable, Hashable
from typing import Final, TypeVar
from weakref import WeakValueDictionary

from starlette.concurrency import run_in_threadpool

ZUGLEICH: Final = 2
"""So much of it at once; more would only take time from each other and, each for some
milliseconds, from everybody else."""
T = TypeVar("T")


class Beiseite:
    """Owns which long work is under way, and who waits for it."""

    def __init__(self) -> None:
        self._plaetze = asyncio.Semaphore(ZUGLEICH)
        # a lock lives as long as somebody holds it or waits for it
        self._sperren: WeakValueDictionary[Hashable, asyncio.Lock] = WeakValueDictionary()

    async def erledige(self, was: Hashable, arbeit: Callable[[], T]) -> T:
        """Return what a piece of work makes, done in a thread.

        Parameters
        ----------
        was
            Names the work. Equal work is done one after the other: who comes second finds what the
            first has kept, and waits here instead of making it again.
        arbeit
            Keeps what it makes where it looks first.
        """
        sperre = self._sperren.setdefault(was, asyncio.Lock())
        async with sperre, self._plaetze:
            return await run_in_threadpool(arbeit)
