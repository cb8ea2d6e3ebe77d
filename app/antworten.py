"""Answers that depend only on build and state: made once, compressed once, kept in memory.

Equal states have equal keys (the canonical query of `app.state`), so an answer is rendered for the
first visitor who asks and given to all others as ready bytes, with a strong ETag.
"""

import hashlib
import threading
import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, TypeVar

import brotli
from cachetools import LRUCache
from starlette.requests import Request
from starlette.responses import Response

from app.anhang import anfang, beendet, endstueck
from app.dateien import kodierung, unveraendert

_BROTLI: Final = 5
"""Fast enough to be done for every new state: 240 kB in four milliseconds. 4 takes two and makes
answers a fourteenth larger, 9 takes thirty to save another hundredth."""
_GZIP: Final = 16 + zlib.MAX_WBITS
"""zlib's way to ask for the gzip format, without a time in its header."""
PLATZ: Final = 64 * 2**20
"""Bytes that kept answers may take."""
FRISCH: Final = "nordwaerts.frisch"
"""Key of the scope: the end of the answer that is not the same the next time."""
T = TypeVar("T")


class Antwortspeicher:
    """Owns the kept answers; one per process.

    Parameters
    ----------
    platz
        How many bytes all kept answers may take together; the longest unused go first.
    """

    def __init__(self, platz: int = PLATZ) -> None:
        self._inhalt: LRUCache[tuple[str, ...], Any] = LRUCache(platz, getsizeof=len)
        # with a database behind them, answers are made in several threads
        self._schloss = threading.Lock()
        self.treffer = 0
        self.fehlgriffe = 0

    def antworte(
        self,
        request: Request,
        schluessel: tuple[str, ...],
        erzeuge: Callable[[], bytes],
        medientyp: str,
        *,
        lang: str,
        status: int = 200,
        privat: bool = False,
        schluss: Callable[[], bytes] | None = None,
        ganz: Callable[[bytes], bytes] | None = None,
        auch: Mapping[str, str] = MappingProxyType({}),
    ) -> Response:
        """Return the answer for a key in the encoding the client prefers, or 304.

        Parameters
        ----------
        schluessel
            Everything the answer depends on, the build's id first.
        erzeuge
            Makes the plain bytes; called only if they are not kept.
        lang
            BCP 47 tag of the answer's language; who asks for another one gets another answer.
        privat
            The address says something about the visitor: no cache on the way may keep it. The
            visitor's own may, so that going back to the results is instant.
        schluss
            Makes an end of the answer that is new each time and kept nowhere (a time stamp), always
            of the same length. Such answers say the same, but not in the same bytes: their ETag is
            weak. What makes the last bytes as they are sent is left in the scope as `FRISCH`.
        ganz
            Makes the plain answer with such an end, as quickly as it would be looked up: then only
            compressed ones are kept.
        auch
            More headers of the answer.
        """
        art = _art(request)
        marke = _marke(*schluessel, art)
        kopf = {
            "etag": f"W/{marke}" if schluss else marke,
            "cache-control": "private, no-cache" if privat else "no-cache",
            "content-language": lang,
            "vary": "Accept-Encoding, Accept-Language",
            **auch,
        }
        frage = request.headers.get("if-none-match", "").encode("latin-1")
        if unveraendert(frage, frozenset((marke.encode(),))):
            return Response(status_code=304, headers=kopf)
        if art:
            kopf["content-encoding"] = art
        if schluss:
            inhalt, request.scope[FRISCH] = self._endend(schluessel, erzeuge, schluss, art, ganz)
        else:
            inhalt = self._gleich(schluessel, erzeuge, art)
        return Response(inhalt, status, kopf, medientyp)

    def kennt(self, request: Request, schluessel: tuple[str, ...]) -> bool:
        """Say whether an answer that is the same each time need not be made."""
        art = _art(request)
        with self._schloss:
            return ((*schluessel, art) if art else schluessel) in self._inhalt

    def _gleich(self, schluessel: tuple[str, ...], erzeuge: Callable[[], bytes], art: str) -> bytes:
        """Return an answer that is the same each time."""
        if not art:
            return self._hole(schluessel, erzeuge)
        return self._hole(
            (*schluessel, art), lambda: _gepackt(self._hole(schluessel, erzeuge), art)
        )

    def _endend(
        self,
        schluessel: tuple[str, ...],
        erzeuge: Callable[[], bytes],
        schluss: Callable[[], bytes],
        art: str,
        ganz: Callable[[bytes], bytes] | None,
    ) -> tuple[bytes, Callable[[], bytes]]:
        """Return an answer with a new end, and what makes its last bytes as they are sent."""
        if art:
            beginn = self._hole(
                (*schluessel, art, "…"), lambda: anfang(erzeuge(), art, guete=_BROTLI)
            )
            ohne = replace(beginn, inhalt=b"")  # remembered somewhere else, it keeps no content
            return beendet(beginn, schluss(), art), lambda: endstueck(ohne, schluss(), art)
        if ganz is not None:
            return ganz(schluss()), schluss
        return self._hole((*schluessel, "…"), erzeuge) + schluss(), schluss

    def _hole(self, schluessel: tuple[str, ...], erzeuge: Callable[[], T]) -> T:
        with self._schloss:
            gefunden: T | None = self._inhalt.get(schluessel)
        if gefunden is not None:
            self.treffer += 1
        else:
            self.fehlgriffe += 1
            gefunden = erzeuge()
            with self._schloss:
                if self._inhalt.getsizeof(gefunden) <= self._inhalt.maxsize:
                    self._inhalt[schluessel] = gefunden
        return gefunden


def _art(request: Request) -> str:
    """Return the encoding that the client prefers."""
    angenommen = request.headers.get("accept-encoding", "").encode("latin-1")
    return kodierung(angenommen, {"br": 1, "gzip": 1})


def offene_marke(*schluessel: str) -> str:
    """Return the ETag of an answer with a new end that is sent as it is."""
    return f"W/{_marke(*schluessel, '')}"


def _marke(*teile: str) -> str:
    summe = hashlib.sha256("\0".join(teile).encode()).hexdigest()
    return f'"{summe[:32]}"'


def _gepackt(body: bytes, art: str) -> bytes:
    if art == "br":
        return bytes(brotli.compress(body, quality=_BROTLI))
    packer = zlib.compressobj(level=4, wbits=_GZIP)
    return packer.compress(body) + packer.flush()
