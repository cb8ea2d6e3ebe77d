"""Prebuilt bytes over HTTP: strong ETag, 304, gzip and brotli made at build time.

A raw ASGI application, because nothing here is computed per request.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import Fehler
from app.pforte.schranke import lehne_ab
from layers.abbild import Puffer, stuecke

MEDIENTYPEN: Final = {
    "js": "text/javascript; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "json": "application/json",
    "geojson": "application/geo+json",
    "svg": "image/svg+xml",
    "png": "image/png",
    "bin": "application/octet-stream",
}
UNVERAENDERLICH: Final = "public, max-age=31536000, immutable"
NACHFRAGEN: Final = "public, no-cache"
_Kopf = list[tuple[bytes, bytes]]
_STUECK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Datei:
    """One file in every encoding it is served in: encoding → (bytes, ready header list)."""

    fassungen: Mapping[str, tuple[Puffer, _Kopf]]
    etags: frozenset[bytes]


def datei(
    name: str, fassungen: Mapping[str, Puffer], sha256: str, cache_control: str, link: str = ""
) -> Datei:
    """Prepare a file for serving.

    Parameters
    ----------
    name
        Its file name; the ending decides the media type.
    fassungen
        Content encoding (``""``, ``"gzip"``, ``"br"``) → bytes.
    sha256
        Hash of the plain bytes; the ETag of every encoding is made of it.
    cache_control
        Value of that header.
    link
        Value of the header Link, ASCII; none if empty.
    """
    medientyp = MEDIENTYPEN[name.rsplit(".", 1)[-1]]
    fertig: dict[str, tuple[Puffer, _Kopf]] = {}
    for kodierung, inhalt in fassungen.items():
        kopf = [
            (b"content-type", medientyp.encode()),
            (b"content-length", str(len(inhalt)).encode()),
            (b"etag", _etag(sha256, kodierung)),
            (b"cache-control", cache_control.encode()),
            (b"vary", b"Accept-Encoding"),
        ]
        if link:
            kopf.append((b"link", link.encode("ascii")))
        if kodierung:
            kopf.append((b"content-encoding", kodierung.encode()))
        fertig[kodierung] = (inhalt, kopf)
    return Datei(fertig, frozenset(_etag(sha256, kodierung) for kodierung in fassungen))


def _etag(sha256: str, kodierung: str) -> bytes:
    return f'"{sha256[:32]}{"-" + kodierung if kodierung else ""}"'.encode()


def kodierung(accept_encoding: bytes, vorhanden: Mapping[str, object]) -> str:
    """Choose the best encoding a client accepts (RFC 9110 §12.5.3): br, then gzip, then plain."""
    angenommen = _angenommen(accept_encoding)
    for name in ("br", "gzip"):
        if name in vorhanden and angenommen.get(name, angenommen.get("*", False)):
            return name
    return ""


@lru_cache(256)
def _angenommen(accept_encoding: bytes) -> Mapping[str, bool]:
    angenommen = {}
    for teil in accept_encoding.decode("latin-1").lower().split(","):
        name, _, parameter = teil.partition(";")
        angenommen[name.strip()] = parameter.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00")
    return angenommen


class DateiApp:
    """Serves the files of the current snapshot below one path; everything else goes on.

    Parameters
    ----------
    app
        The application that answers whatever is not one of the files.
    finde
        Path → file, looked up anew for every request, so that a new build is seen at once.
    """

    def __init__(self, app: ASGIApp, finde: Callable[[str], Datei | None]) -> None:
        self.app = app
        self.finde = finde

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer GET and HEAD for a known file."""
        try:
            gefunden = self.finde(scope["path"]) if scope["type"] == "http" else None
        except Fehler as fehler:
            await lehne_ab(fehler, scope, receive, send)
            return
        if gefunden is None or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        kopf = dict(scope["headers"])
        inhalt, antwortkopf = gefunden.fassungen[
            kodierung(kopf.get(b"accept-encoding", b""), gefunden.fassungen)
        ]
        if unveraendert(kopf.get(b"if-none-match", b""), gefunden.etags):
            kurz = [(k, v) for k, v in antwortkopf if k not in (b"content-length", b"content-type")]
            await send({"type": "http.response.start", "status": 304, "headers": kurz})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": list(antwortkopf)})
        # in pieces: a mapped file may be larger than what should wait in memory for the client
        offen = 0 if scope["method"] == "HEAD" else len(inhalt)
        for stueck in stuecke(inhalt[:offen], _STUECK):
            offen -= len(stueck)
            await send({"type": "http.response.body", "body": stueck, "more_body": offen > 0})


def unveraendert(if_none_match: bytes, etags: frozenset[bytes]) -> bool:
    """Say whether a client already has one of the representations (RFC 9110 §13.1.2)."""
    marken = {marke.strip().removeprefix(b"W/") for marke in if_none_match.split(b",")}
    return b"*" in marken or not marken.isdisjoint(etags)
