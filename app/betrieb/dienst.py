"""The running service: one process, or several around one listening socket and one build."""

import logging
import signal
import socket
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from app.anwendung import create_app
from app.betrieb.start import buildfehler, lausche
from app.settings import Settings
from app.store import BuildFehler


@dataclass(frozen=True, slots=True)
class Geladen:
    """Everything that can fail at the start has been done."""

    app: ASGIApp
    settings: Settings
    steckdose: socket.socket


def lade(settings: Settings, host: str, port: int) -> Geladen:
    """Read the build and take the address.

    Raises
    ------
    Startfehler
        There is no build that can be served, or the address is taken.
    """
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    try:
        app = create_app(settings)
    except BuildFehler as fehler:
        raise buildfehler(fehler) from fehler
    return Geladen(app, settings, lausche(host, port))


def laufe(geladen: Geladen) -> int:
    """Serve until a signal ends it; return the exit code."""
    bediene(geladen)
    return 0


def bediene(geladen: Geladen) -> None:
    """Answer requests in this process until SIGTERM or SIGINT; those in work are finished.

    uvicorn raises the signal again when it is done; ignored, the process ends with code 0.
    """
    for nummer in (signal.SIGTERM, signal.SIGINT):
        signal.signal(nummer, signal.SIG_IGN)
    config = uvicorn.Config(
        geladen.app,
        log_config=None,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=int(geladen.settings.shutdown_seconds),
    )
    uvicorn.Server(config).run(sockets=[geladen.steckdose])
