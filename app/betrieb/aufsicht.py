"""Several processes around one socket: started, watched, started again, ended in order.

The processes are forked after the build was read, so that they share its memory until they write
to it (copy on write). Each of them notices a new build by itself.
"""

import gc
import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from multiprocessing.context import ForkProcess

log = logging.getLogger("nordwaerts")

FRUEH_SEKUNDEN: Final = 5.0
HOECHSTENS_FRUEH: Final = 5
"""So many ends this soon after a start are no accident: the service gives up."""
NACHFRIST_SEKUNDEN: Final = 3.0
_SIGNALE: Final = (signal.SIGTERM, signal.SIGINT)
_fork: Final = multiprocessing.get_context("fork")


class Aufsicht:
    """Owns the processes.

    Parameters
    ----------
    arbeiter
        Name → what the process does; these end first, by SIGTERM.
    begleiter
        The same for those that are ended when all workers have.
    frist
        Seconds that workers may take to end.
    beendet
        Called with the id of every process that has ended.
    """

    def __init__(
        self,
        arbeiter: Mapping[str, Callable[[], None]],
        begleiter: Mapping[str, Callable[[], None]],
        frist: float,
        beendet: Callable[[int], None],
    ) -> None:
        self._arbeiter, self._begleiter = arbeiter, begleiter
        self._frist = frist + NACHFRIST_SEKUNDEN
        self._beendet = beendet
        self._laufend: dict[str, tuple[ForkProcess, float]] = {}
        self._frueh = 0
        self._klingel, self._draht = os.pipe()

    def laufe(self) -> int:
        """Keep all processes running until a signal; return the exit code."""
        gc.collect()
        gc.freeze()  # or the collector would write to every object, and nothing stayed shared
        for nummer in _SIGNALE:
            signal.signal(nummer, lambda *_: os.write(self._draht, b"x"))
        for name in (*self._arbeiter, *self._begleiter):
            self._starte(name)
        while True:
            if self._klingel in wait([self._klingel, *self._waechter()]):
                self._beende()
                return os.EX_OK
            for name in [n for n, (p, _) in self._laufend.items() if not p.is_alive()]:
                self._gestorben(name)
            if self._frueh >= HOECHSTENS_FRUEH:
                self._beende()
                return os.EX_SOFTWARE

    def _waechter(self) -> list[int]:
        return [prozess.sentinel for prozess, _ in self._laufend.values()]

    def _starte(self, name: str) -> None:
        ziel = self._arbeiter.get(name) or self._begleiter[name]
        prozess = _fork.Process(target=_kind, args=(ziel,), name=name)
        prozess.start()
        self._laufend[name] = prozess, time.monotonic()

    def _gestorben(self, name: str) -> None:
        prozess, seit = self._laufend.pop(name)
        log.error(
            "process %s ended by itself with code %s and is started again", name, prozess.exitcode
        )
        self._beendet(prozess.pid or 0)
        self._frueh = self._frueh + 1 if time.monotonic() - seit < FRUEH_SEKUNDEN else 0
        self._starte(name)

    def _beende(self) -> None:
        for namen, frist in ((self._arbeiter, self._frist), (self._begleiter, 1.0)):
            gruppe = [self._laufend[name][0] for name in namen if name in self._laufend]
            ende = time.monotonic() + frist
            while (laufend := [p for p in gruppe if p.is_alive()]) and time.monotonic() < ende:
                # again: a process that was just forked may have missed the first one
                for prozess in laufend:
                    prozess.terminate()
                wait([p.sentinel for p in laufend], timeout=0.5)
            for prozess in gruppe:
                prozess.kill()
                prozess.join()


def _kind(ziel: Callable[[], None]) -> None:
    for nummer in _SIGNALE:
        signal.signal(nummer, signal.SIG_DFL)
    ziel()
