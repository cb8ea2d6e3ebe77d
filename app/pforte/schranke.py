"""How much a request may be: methods, host, address, parameters, headers, content (pure ASGI).

The service only reads. What cannot be a question is refused here, in one place for everything that
is served, files included.
"""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from app import errors
from app.fassung import verhandelt

ERLAUBT: Final = ("GET", "HEAD", "OPTIONS")
ALLOW: Final = ", ".join(ERLAUBT)
_ZU: Final = {"connection": "close"}
"""What a client sends after a refused request is not read."""


@dataclass(frozen=True, slots=True)
class Masse:
    """The largest request that is answered, and the names that are answered for.

    ``adresse`` counts the bytes of path and query, ``kopf`` those of all header fields, ``inhalt``
    those of the content. ``hosts`` empty: any name.
    """

    adresse: int
    parameter: int
    kopf: int
    inhalt: int
    hosts: frozenset[str] = frozenset()


class Schranke:
    """Answers what is not allowed with ``application/problem+json``."""

    def __init__(self, app: ASGIApp, masse: Masse) -> None:
        self.app = app
        self._masse = masse
        self._pruefungen = (
            _methode,
            self._host,
            self._adresse,
            self._kopf,
            self._inhalt,
            self._parameter,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or say what is too much."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        for pruefe in self._pruefungen:
            if (fehler := pruefe(scope)) is not None:
                await lehne_ab(fehler, scope, receive, send)
                return
        if scope["method"] == "OPTIONS":
            start = {"type": "http.response.start", "status": 204}
            await send({**start, "headers": [(b"allow", ALLOW.encode())]})
            await send({"type": "http.response.body", "body": b""})
            return
        await self.app(scope, receive, send)

    def _host(self, scope: Scope) -> errors.Fehler | None:
        if not self._masse.hosts:
            return None
        werte = [w for n, w in scope["headers"] if n == b"host"]
        name = rechnername(werte[0].decode("latin-1")) if len(werte) == 1 else ""
        return None if name in self._masse.hosts else errors.FremderName(**_ZU)

    def _adresse(self, scope: Scope) -> errors.Fehler | None:
        laenge = len(scope.get("raw_path") or scope["path"].encode()) + len(scope["query_string"])
        grenze = self._masse.adresse
        return errors.AdresseZuLang(grenze) if laenge > grenze else None

    def _kopf(self, scope: Scope) -> errors.Fehler | None:
        groesse = sum(len(name) + len(wert) + 4 for name, wert in scope["headers"])
        grenze = self._masse.kopf
        return errors.KopfZuGross(grenze, **_ZU) if groesse > grenze else None

    def _inhalt(self, scope: Scope) -> errors.Fehler | None:
        """Refuse what is too long, or does not say how long it is."""
        for name, wert in scope["headers"]:
            if name == b"transfer-encoding" or (
                name == b"content-length"
                and (not wert.isdigit() or int(wert[:20]) > self._masse.inhalt)
            ):
                return errors.InhaltZuGross(self._masse.inhalt, **_ZU)
        return None

    def _parameter(self, scope: Scope) -> errors.Fehler | None:
        # before they are parsed: a thousand separators are a thousand parameters
        grenze = self._masse.parameter
        zu_viele = scope["query_string"].count(b"&") >= grenze
        return errors.ZuVieleParameter(grenze) if zu_viele else None


def rechnername(host: str) -> str:
    """Return the name in a Host header as it is compared: small, without port and last dot."""
    try:
        return (urlsplit(f"//{host}").hostname or "").removesuffix(".")
    except ValueError:
        return ""


def _methode(scope: Scope) -> errors.Fehler | None:
    return None if scope["method"] in ERLAUBT else errors.MethodeNichtErlaubt(allow=ALLOW, **_ZU)


async def lehne_ab(fehler: errors.Fehler, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer a request that goes no further; in the language that the browser asks for."""
    kopf = dict(scope["headers"]).get(b"accept-language", b"").decode("latin-1")
    antwort = errors.problem(fehler, verhandelt([], kopf).t, scope["path"])
    antwort.headers["vary"] = "Accept-Language"
    antwort.headers["cache-control"] = "no-store"
    await antwort(scope, receive, send)
