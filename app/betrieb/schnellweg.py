"""Ready bytes on the shortest way: no parsing, no application, for requests known byte by byte.

A file of a build has the same answer for the same request as long as that build is published. The
first such request goes the whole way: it is parsed, passes the gate, is answered by
`app.dateien.DateiApp`. If another one has exactly its bytes, what was found out about the first
one holds for it too, and only what differs is done: whether the client may ask again, the
date, the id of the request, log and metrics. The same holds for pages of features (``/ogc``), whose
time stamp is made anew; asked for uncompressed and unfiltered, one page tells how to answer for
all others (`app.blattfolge`). A head with anything else in it goes the whole way.
"""

import secrets
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from cachetools import LRUCache
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.anfrage import Dienst
from app.antworten import FRISCH
from app.betrieb.aufzeichnung import KOPF, Aufzeichnung
from app.betrieb.jsonlog import ANFRAGE
from app.blattfolge import BLATTFOLGE, Blattfolge, Stelle
from app.pforte.rate import FREI, Eimer, gruppe
from layers.abbild import Puffer

ROH: Final = "nordwaerts.roh"
"""Where the connection puts the bytes of a request into the scope."""
DATEIEN: Final = ("/assets/", "/daten/")
MERKMALE: Final = "/ogc/collections/"
"""Pages of features: the same answer but for its end, the time stamp, which is made anew."""
HOECHSTENS_BYTES: Final = 16 * 1024 * 1024
"""What is remembered at most; the head not seen for longest is forgotten first."""
MAX_INHALT_BYTES: Final = 1024 * 1024
"""Larger files take longer to send than to find."""
MAX_KOPF_BYTES: Final = 1024
HOECHSTENS_FOLGEN: Final = 256
"""Requests of which any page may be asked for."""
_ENDE: Final = b"\r\n\r\n"
_EIGENE: Final = frozenset({KOPF, b"date"})
_VON_PROXYS: Final = frozenset({KOPF, b"forwarded", b"x-forwarded-for", b"x-forwarded-proto"})
"""Requests with these ask for somebody else, or have an id: none is like another."""
_JE_BLATT: Final = frozenset({b"content-length", b"etag", b"link"})
_BEDINGT: Final = b"if-none-match"
"""Whether it holds depends on the page."""


@dataclass(frozen=True, slots=True)
class Fertig:
    """An answer without date and id: header lines, content, and the request for the log.

    ``ende`` makes the last bytes of an answer that says when it was made.
    """

    kopf: bytes
    inhalt: tuple[Puffer, ...]
    scope: Mapping[str, Any]
    ende: Callable[[], bytes] | None = None

    @property
    def groesse(self) -> int:
        """Bytes that it may take, the head that asks for it included."""
        return 2 * MAX_KOPF_BYTES + len(self.kopf) + self.laenge

    @property
    def laenge(self) -> int:
        """Bytes of the content but for its end."""
        return sum(map(len, self.inhalt))


@dataclass(frozen=True, slots=True)
class Folge:
    """How any page of a request is answered, if its head is no longer than the one that said so.

    A longer one might be more than is allowed.
    """

    blatt: Blattfolge
    kopf: bytes
    scope: Mapping[str, Any]
    ende: Callable[[], bytes]
    hoechstens: int

    def fertig(self, roh: bytes, abstand: str) -> Fertig | None:
        """Return the answer for an offset, None if it has to go the whole way."""
        if len(roh) > self.hoechstens or (blatt := self.blatt(abstand)) is None:
            return None
        laenge = sum(map(len, blatt.inhalt)) + len(self.ende())
        eigene = "".join(f"{name}: {wert}\r\n" for name, wert in blatt.kopf.items())
        kopf = f"{eigene}content-length: {laenge}\r\n".encode("latin-1")
        return Fertig(self.kopf + kopf, blatt.inhalt, self.scope, self.ende)


class Schnellweg:
    """Remembers answers of ready bytes, for `app.betrieb.leitung.Leitung`.

    Parameters
    ----------
    app
        The whole application, recording included.
    eimer
        How often one client may ask, or None for any number.
    """

    def __init__(self, app: Aufzeichnung, dienst: Dienst, eimer: Eimer | None) -> None:
        self.app: ASGIApp = app
        self._aufzeichnung = app
        self._dienst = dienst
        self._eimer = eimer
        self._stand: object = None
        self._fertige: LRUCache[bytes, Fertig] = LRUCache(
            HOECHSTENS_BYTES, getsizeof=lambda fertig: fertig.groesse
        )
        self._folgen: LRUCache[tuple[bytes, bytes], Folge] = LRUCache(HOECHSTENS_FOLGEN)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and remember its answer if it may be given again."""
        roh = scope.get(ROH)
        if roh is None or not scope["path"].startswith((*DATEIEN, MERKMALE)):
            await self.app(scope, receive, send)
            return
        stand, nachrichten = self._dienst.store.stand, []

        async def gemerkt(message: Message) -> None:
            nachrichten.append(message)
            await send(message)

        await self.app(scope, receive, gemerkt)
        self._lerne(roh, scope, stand, nachrichten)

    def _lerne(
        self, roh: bytes, scope: Scope, stand: object, nachrichten: Sequence[Message]
    ) -> None:
        if len(nachrichten) != 2 or nachrichten[0]["status"] != 200 or scope["method"] != "GET":
            return
        if any(name in _VON_PROXYS for name, _ in scope["headers"]):
            return
        beginn, rumpf = nachrichten
        ende = scope.get(FRISCH)
        if rumpf.get("more_body") or (ende is None and scope["path"].startswith(MERKMALE)):
            return
        if stand is not self._dienst.store.stand or len(rumpf["body"]) > MAX_INHALT_BYTES:
            return
        namen = ("client", "method", "path", "route")
        eintrag = {name: scope[name] for name in namen if name in scope}
        # not copied: most pages of features are asked for once
        inhalt = memoryview(rumpf["body"])[: -len(ende()) if ende else None]
        self._gilt(stand)
        kopf = beginn["headers"]
        self._fertige[roh] = Fertig(_zeilen(kopf, _EIGENE), (inhalt,), eintrag, ende)
        self._lerne_folge(roh, scope, _zeilen(kopf, _EIGENE | _JE_BLATT), eintrag)

    def _lerne_folge(
        self, roh: bytes, scope: Scope, kopf: bytes, eintrag: Mapping[str, Any]
    ) -> None:
        stelle = Stelle.finde(roh)
        if BLATTFOLGE not in scope or stelle is None:
            return
        if any(name == _BEDINGT for name, _ in scope["headers"]):
            return
        self._folgen[stelle.muster] = Folge(
            scope[BLATTFOLGE], kopf, eintrag, scope[FRISCH], len(roh)
        )

    def _gilt(self, stand: object) -> bool:
        """Forget everything if there is another build; say whether there was not."""
        if stand is self._stand:
            return True
        self._fertige.clear()
        self._folgen.clear()
        self._stand = stand
        return False

    def _darf(self, fertig: Fertig, client: tuple[str, int] | None) -> bool:
        """Count the request as `app.pforte.rate.Rate` does; refused, it goes the whole way."""
        if self._eimer is None or fertig.scope["path"].startswith(FREI):
            return True
        return not self._eimer.nimm(gruppe(client[0] if client else ""))

    def antwort(
        self, roh: bytes, client: tuple[str, int] | None, kopf: Sequence[tuple[bytes, bytes]]
    ) -> tuple[bytes | memoryview, ...] | None:
        """Return the answer, in pieces, to a request of exactly these bytes; None if unknown.

        Parameters
        ----------
        client
            Who asks, as the connection says it.
        kopf
            The header fields of every answer, the date among them.
        """
        beginn = time.perf_counter()
        if not self._gilt(self._dienst.store.stand):
            return None
        fertig = self._fertige.get(roh) or self._aus_folge(roh)
        if fertig is None or not self._darf(fertig, client):
            return None
        kennung = secrets.token_hex(16).encode()
        immer = b"".join(b"%s: %s\r\n" % zeile for zeile in kopf)
        ganz = b"HTTP/1.1 200 OK\r\n%s%sx-request-id: %s\r\n\r\n" % (immer, fertig.kopf, kennung)
        ANFRAGE.set(kennung.decode())
        scope = {**fertig.scope, "client": client}
        ende = fertig.ende() if fertig.ende else b""
        menge = fertig.laenge + len(ende)
        self._aufzeichnung.notiere(scope, 200, time.perf_counter() - beginn, menge)
        return ganz, *fertig.inhalt, ende

    def _aus_folge(self, roh: bytes) -> Fertig | None:
        stelle = Stelle.finde(roh) if self._folgen else None
        folge = self._folgen.get(stelle.muster) if stelle else None
        return folge.fertig(roh, stelle.abstand) if stelle and folge else None


def _zeilen(kopf: Sequence[tuple[bytes, bytes]], ohne: Collection[bytes]) -> bytes:
    return b"".join(b"%s: %s\r\n" % zeile for zeile in kopf if zeile[0] not in ohne)


def ist_ein_kopf(data: bytes) -> bool:
    """Say whether these bytes are one whole head of a GET and nothing else."""
    return (
        data.startswith(b"GET /")
        and len(data) <= MAX_KOPF_BYTES
        and data.find(_ENDE) == len(data) - len(_ENDE)
    )
