"""Every request gets an id, a line in the log and its place in the metrics (pure ASGI)."""

import asyncio
import contextlib
import logging
import re
import secrets
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.anfrage import Dienst
from app.betrieb.jsonlog import ANFRAGE, ZUGRIFF
from app.zugriffsprotokoll import eintrag

if TYPE_CHECKING:
    from app.betrieb.messwerte import Messwerte

KOPF: Final = b"x-request-id"
TAKT_SEKUNDEN: Final = 0.5
ABGEBROCHEN: Final = 499
"""nginx's status for a client that left before there was an answer."""
UNBEKANNT_WEG: Final = "(none)"
_FERTIG: Final = {
    "/assets/": "/assets/{datei}",
    "/daten/": "/daten/{ebene}",
    "/grundkarte.pmtiles": "/grundkarte.pmtiles",
    "/openapi.json": "/openapi.json",
}
"""What is answered without a route of the application; by beginning of the path."""
_FREMDE_KENNUNG: Final = re.compile(rb"[0-9a-f]{16,64}")
"""What nginx makes; anything else is replaced, so that nobody writes into the log."""
_zugriff: Final = logging.getLogger(ZUGRIFF)


class Aufzeichnung:
    """Wraps the whole application, error pages included.

    Parameters
    ----------
    dienst
        What the application holds for its lifetime; its figures are copied to the metrics.
    messwerte
        The metrics, or None where nobody asks for them.
    """

    def __init__(self, app: ASGIApp, dienst: Dienst, messwerte: "Messwerte | None") -> None:
        self.app = app
        self._dienst = dienst
        self._messwerte = messwerte

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and record it when it has ended, however it ended."""
        if scope["type"] == "lifespan":
            await self._lebenszeit(scope, receive, send)
            return
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        kennung = _kennung(scope)
        ANFRAGE.set(kennung.decode())
        beginn = time.perf_counter()
        status, menge = ABGEBROCHEN, 0

        async def gezaehlt(message: Message) -> None:
            nonlocal status, menge
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (KOPF, kennung)]
            else:
                menge += len(message.get("body", b""))
            await send(message)

        if self._messwerte:
            self._messwerte.in_arbeit.inc()
        try:
            await self.app(scope, receive, gezaehlt)
        finally:
            sekunden = time.perf_counter() - beginn
            if self._messwerte:
                self._messwerte.in_arbeit.dec()
            self.notiere(scope, status, sekunden, menge)

    def notiere(self, scope: Mapping[str, Any], status: int, sekunden: float, menge: int) -> None:
        """Record a request that has ended; ``menge`` are bytes of content."""
        if self._messwerte:
            self._messwerte.anfrage(weg(scope, status), scope["method"], status, sekunden)
        if _zugriff.isEnabledFor(logging.INFO):
            felder = eintrag(scope, status, sekunden * 1000, menge)
            _zugriff.info("anfrage", extra={"felder": felder})

    async def _lebenszeit(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._messwerte is None:
            await self.app(scope, receive, send)
            return
        aufgabe = asyncio.create_task(self._uebertrage(self._messwerte))
        try:
            await self.app(scope, receive, send)
        finally:
            aufgabe.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await aufgabe

    async def _uebertrage(self, messwerte: "Messwerte") -> None:
        while True:
            messwerte.uebernimm(self._dienst)
            await asyncio.sleep(TAKT_SEKUNDEN)


def _kennung(scope: Mapping[str, Any]) -> bytes:
    for name, wert in scope["headers"]:
        if name == KOPF and _FREMDE_KENNUNG.fullmatch(wert):
            return bytes(wert)
    return secrets.token_hex(16).encode()


def weg(scope: Mapping[str, Any], status: int) -> str:
    """Return the template of the route that answered, never what a visitor wrote."""
    route = scope.get("route")
    if route is not None:
        return str(getattr(route, "path", UNBEKANNT_WEG))
    if status in (200, 206, 304):
        for anfang, vorlage in _FERTIG.items():
            if scope["path"].startswith(anfang):
                return vorlage
    return UNBEKANNT_WEG
