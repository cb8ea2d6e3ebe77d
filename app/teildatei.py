"""One large file over HTTP, part by part: ranges, conditions, nothing of it kept in memory.

A raw ASGI layer. Every request opens the file anew and asks that open file for everything it
says, so that a file replaced by another (rename) is served whole, old or new, by every process.
Starlette's FileResponse asks the path twice and could mix the two.
"""

import asyncio
import contextlib
import os
import re
import stat
from collections.abc import AsyncIterator
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from app.dateien import unveraendert
from app.kopfanfrage import NUR_KOPF

STUECK: Final = 256 * 1024
"""Bytes read at once."""
_BEREICH: Final = re.compile(r"bytes=\s*(\d{0,20})-(\d{0,20})\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Bereich:
    """First byte and the one after the last."""

    von: int
    bis: int


class Unerfuellbar(Exception):
    """The range begins behind the end (416)."""


def bereich(wert: str, groesse: int) -> Bereich | None:
    """Read the header Range (RFC 9110 §14.2).

    Returns
    -------
    The part that is asked for, cut at the end of the file; None where the header is to be passed
    over: another unit, several ranges (a server may do so), or none that can be read.

    Raises
    ------
    Unerfuellbar
        No byte of the file is in it.
    """
    gelesen = _BEREICH.fullmatch(wert.strip())
    if gelesen is None or not any(gelesen.groups()):
        return None
    erstes, letztes = gelesen.groups()
    if not erstes:
        von, bis = max(groesse - int(letztes), 0), groesse
    else:
        von, bis = int(erstes), min(int(letztes) + 1, groesse) if letztes else groesse
        if letztes and int(letztes) < von:
            return None
    if von >= groesse or von >= bis:
        raise Unerfuellbar
    return Bereich(von, bis)


class Teildatei:
    """Serves one file below one path; everything else goes on.

    Parameters
    ----------
    app
        The application that answers all other requests.
    pfad
        The URL path.
    ort
        The file, None if there is none.
    medientyp
        Its media type.
    """

    def __init__(self, app: ASGIApp, pfad: str, ort: Path | None, medientyp: str) -> None:
        self.app = app
        self.pfad = pfad
        self.ort = ort
        self.medientyp = medientyp.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer GET and HEAD."""
        if (
            self.ort is None
            or scope["type"] != "http"
            or scope["path"] != self.pfad
            or scope["method"] not in ("GET", "HEAD")
        ):
            await self.app(scope, receive, send)
            return
        try:
            datei = await asyncio.to_thread(os.open, self.ort, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            await self.app(scope, receive, send)
            return
        try:
            await self._antworte(datei, scope, receive, send)
        finally:
            os.close(datei)

    async def _antworte(self, datei: int, scope: Scope, receive: Receive, send: Send) -> None:
        zustand = os.fstat(datei)
        if not stat.S_ISREG(zustand.st_mode):
            await self.app(scope, receive, send)
            return
        kopf = dict(scope["headers"])
        groesse, etag = zustand.st_size, _etag(zustand)
        geaendert = formatdate(zustand.st_mtime, usegmt=True).encode()
        antwort = [
            (b"etag", etag),
            (b"last-modified", geaendert),
            (b"accept-ranges", b"bytes"),
            (b"cache-control", b"public, no-cache"),
        ]
        if unveraendert(kopf.get(b"if-none-match", b""), frozenset({etag})):
            await _sende(send, 304, antwort)
            return
        antwort.append((b"content-type", self.medientyp))
        teil = None
        # a range of an older file would be joined with parts of this one
        if kopf.get(b"if-range", etag) in (etag, geaendert):
            try:
                teil = bereich(kopf.get(b"range", b"").decode("latin-1"), groesse)
            except Unerfuellbar:
                await _sende(send, 416, [*antwort, (b"content-range", b"bytes */%d" % groesse)])
                return
        status = 200
        if teil is not None:
            status = 206
            antwort.append(
                (b"content-range", b"bytes %d-%d/%d" % (teil.von, teil.bis - 1, groesse))
            )
        teil = teil or Bereich(0, groesse)
        antwort.append((b"content-length", b"%d" % (teil.bis - teil.von)))
        await send({"type": "http.response.start", "status": status, "headers": antwort})
        if scope["method"] == "GET" and NUR_KOPF not in scope:
            await _sende_inhalt(datei, teil, receive, send)
        await send({"type": "http.response.body", "body": b""})


def _etag(zustand: os.stat_result) -> bytes:
    return b'"%x-%x"' % (zustand.st_size, zustand.st_mtime_ns)


async def _sende(send: Send, status: int, kopf: list[tuple[bytes, bytes]]) -> None:
    leer = [(b"content-length", b"0")] if status != 304 else []
    await send({"type": "http.response.start", "status": status, "headers": [*kopf, *leer]})
    await send({"type": "http.response.body", "body": b""})


async def _sende_inhalt(datei: int, teil: Bereich, receive: Receive, send: Send) -> None:
    async with _getrennt(receive) as getrennt:
        stelle = teil.von
        while stelle < teil.bis and not getrennt.done():
            menge = min(STUECK, teil.bis - stelle)
            inhalt = await asyncio.to_thread(os.pread, datei, menge, stelle)
            if not inhalt:  # somebody shortened the file in place: the client sees a torn answer
                return
            stelle += len(inhalt)
            await send({"type": "http.response.body", "body": inhalt, "more_body": True})


@contextlib.asynccontextmanager
async def _getrennt(receive: Receive) -> AsyncIterator["asyncio.Task[None]"]:
    """Give a task that is done when the client has gone: gigabytes are read for nobody."""

    async def warte() -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    aufgabe = asyncio.create_task(warte())
    try:
        yield aufgabe
    finally:
        aufgabe.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await aufgabe
