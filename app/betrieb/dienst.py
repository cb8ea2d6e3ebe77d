"""The running service: one process, or several around one listening socket and one build."""

import logging
import os
import signal
import socket
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

import uvicorn
from starlette.types import ASGIApp

from app.anfrage import Dienst
from app.anwendung import create_app
from app.betrieb import jsonlog, systemd
from app.betrieb.aufsicht import Aufsicht
from app.betrieb.aufzeichnung import Aufzeichnung
from app.betrieb.leitung import leitung
from app.betrieb.schnellweg import Schnellweg
from app.betrieb.start import buildfehler, kachelfehler, lausche
from app.grundkarten.kacheldatei import Kacheldateifehler
from app.katalog import lade as katalog
from app.settings import Settings
from app.store import BuildFehler

if TYPE_CHECKING:
    from app.betrieb.messwerte import Messwerte

_SIGNALE: Final = (signal.SIGTERM, signal.SIGINT)


@dataclass(frozen=True, slots=True)
class Geladen:
    """Everything that can fail at the start has been done."""

    app: ASGIApp
    dienst: Dienst
    settings: Settings
    steckdose: socket.socket
    metrics: socket.socket | None


def lade(settings: Settings, host: str, port: int) -> Geladen:
    """Read the build and take the addresses.

    Raises
    ------
    app.betrieb.start.Startfehler
        There is no build that can be served, the file of the base map cannot be used, or an
        address is taken.
    """
    jsonlog.richte_ein(settings.log)
    try:
        app = create_app(settings)
    except BuildFehler as fehler:
        raise buildfehler(fehler) from fehler
    except Kacheldateifehler as fehler:
        raise kachelfehler(fehler) from fehler
    steckdose = lausche(host, port)
    metrics = None
    if settings.metrics:
        wo, _, anschluss = settings.metrics.rpartition(":")
        metrics = lausche(wo.strip("[]"), int(anschluss), "start.metrics_belegt")
    return Geladen(app, app.state.dienst, settings, steckdose, metrics)


def laufe(geladen: Geladen) -> int:
    """Serve until a signal ends it; return the exit code (sysexits.h)."""
    gesetzt = geladen.settings
    snapshot = geladen.dienst.store.stand.snapshot
    jsonlog.sage(
        f"start: build {snapshot.id}, {gesetzt.workers} worker(s)",
        build=snapshot.id,
        stand=snapshot.stand,
        workers=gesetzt.workers,
    )
    systemd.melde("READY=1")
    try:
        if geladen.metrics is not None:
            return _mit_messwerten(geladen, geladen.metrics)
        if gesetzt.workers > 1:
            return _mehrere(geladen, None, {}, _nichts)
        _bediene(geladen, None)
        return os.EX_OK
    finally:
        jsonlog.sage("end")


def _mit_messwerten(geladen: Geladen, metrics: socket.socket) -> int:
    with tempfile.TemporaryDirectory(prefix="nordwaerts-") as ordner:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = ordner
        # the library looks at that variable when it is imported
        from app.betrieb import messwerte  # noqa: PLC0415

        begleiter = {"metrics": partial(messwerte.serviere, metrics)}
        return _mehrere(geladen, messwerte.Messwerte(), begleiter, messwerte.vergiss)


def _mehrere(
    geladen: Geladen,
    messwerte: "Messwerte | None",
    begleiter: Mapping[str, Callable[[], None]],
    beendet: Callable[[int], None],
) -> int:
    arbeiter = {
        f"worker-{nummer}": partial(_bediene, geladen, messwerte)
        for nummer in range(1, geladen.settings.workers + 1)
    }
    code = Aufsicht(arbeiter, begleiter, geladen.settings.shutdown_seconds, beendet).laufe()
    if code == os.EX_SOFTWARE:
        logging.getLogger("nordwaerts").error(katalog("de")("start.abgestuerzt"))
    return code


def _nichts(_: int) -> None:
    """Do nothing with a process that has ended."""


def _bediene(geladen: Geladen, messwerte: "Messwerte | None") -> None:
    """Answer requests in this process until SIGTERM or SIGINT; those in work are finished.

    uvicorn raises the signal again when it is done; ignored, the process ends with code 0.
    """
    for nummer in _SIGNALE:
        signal.signal(nummer, signal.SIG_IGN)
    aufgezeichnet = Aufzeichnung(geladen.app, geladen.dienst, messwerte)
    schnellweg = Schnellweg(aufgezeichnet, geladen.dienst, geladen.dienst.eimer)
    config = uvicorn.Config(
        schnellweg,
        log_config=None,
        access_log=False,
        http=leitung(geladen.settings, schnellweg),
        ws="none",
        proxy_headers=False,  # app.pforte.besucher, by a setting
        server_header=False,
        timeout_graceful_shutdown=int(geladen.settings.shutdown_seconds),
    )
    _Server(config).run(sockets=[geladen.steckdose])


class _Server(uvicorn.Server):
    """Ends also when the process that started it is gone: nobody would end it otherwise."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._eltern = os.getppid()

    async def on_tick(self, counter: int) -> bool:
        """Say whether it is time to end (asked ten times a second)."""
        return await super().on_tick(counter) or os.getppid() != self._eltern
