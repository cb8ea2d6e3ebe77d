"""How often one client may ask: a token bucket for each address (pure ASGI).

Each process counts for itself; nginx counts for all of them. No library of the index fits: those
that are kept count windows in a store with a thread of its own, or belong to a framework.
"""

import time
from collections.abc import Callable
from ipaddress import IPv6Address, IPv6Network
from math import ceil
from typing import Final

from cachetools import LRUCache
from starlette.types import ASGIApp, Receive, Scope, Send

from app import errors
from app.pforte.besucher import adresse
from app.pforte.schranke import lehne_ab

HOECHSTENS: Final = 20_000
"""Addresses that are remembered (some 5 MB); whoever has not asked for longest is forgotten."""
FREI: Final = ("/assets/", "/grundkarte.pmtiles")
"""Ready bytes that a page asks for by the dozen."""
_TEUER: Final = (".pdf", ".docx", ".xlsx", ".gpkg")
PREIS_DOKUMENT: Final = 20
"""A document takes a process of its own for some 0.3 s, a page some milliseconds."""
_V6_BIT: Final = 64
_RUNDUNG: Final = 1e-7
"""Tokens that a sum of seconds may lack because it is rounded; they stay owed."""


class Eimer:
    """Token buckets: each refills by ``je_sekunde`` up to ``vorrat``.

    Parameters
    ----------
    uhr
        Seconds from any beginning, never going back.
    """

    def __init__(
        self, je_sekunde: float, vorrat: int, uhr: Callable[[], float] = time.monotonic
    ) -> None:
        self._je_sekunde = je_sekunde
        self._vorrat = float(vorrat)
        self._uhr = uhr
        self._staende: LRUCache[str, tuple[float, float]] = LRUCache(HOECHSTENS)

    def nimm(self, wer: str, preis: float = 1) -> int:
        """Take tokens; return 0, or in how many seconds there will be enough of them."""
        jetzt = self._uhr()
        stand, zuletzt = self._staende.get(wer, (self._vorrat, jetzt))
        stand = min(self._vorrat, stand + (jetzt - zuletzt) * self._je_sekunde)
        preis = min(preis, self._vorrat)
        fehlt = preis - stand
        genug = fehlt <= _RUNDUNG
        self._staende[wer] = (stand - preis if genug else stand, jetzt)
        return 0 if genug else max(1, ceil(fehlt / self._je_sekunde))


class Rate:
    """Answers 429 to who asks too often (RFC 6585), and says when it works again."""

    def __init__(self, app: ASGIApp, eimer: Eimer) -> None:
        self.app = app
        self._eimer = eimer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say when to come back."""
        if scope["type"] == "http" and not scope["path"].startswith(FREI):
            client = scope.get("client")
            preis = PREIS_DOKUMENT if scope["path"].endswith(_TEUER) else 1
            if sekunden := self._eimer.nimm(gruppe(client[0] if client else ""), preis):
                fehler = errors.ZuVieleAnfragen(retry_after=str(sekunden))
                await lehne_ab(fehler, scope, receive, send)
                return
        await self.app(scope, receive, send)


def gruppe(client: str) -> str:
    """Return whose bucket it is: an IPv4 address, or the /64 of IPv6, which is one connection."""
    ip = adresse(client)
    if isinstance(ip, IPv6Address):
        return str(IPv6Network((ip, _V6_BIT), strict=False))
    return client if ip is None else str(ip)
