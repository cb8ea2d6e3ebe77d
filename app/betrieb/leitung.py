"""One connection: what uvicorn does not limit (a head without end, clients that dawdle).

uvicorn's httptools protocol keeps whatever arrives until a request is complete, however long that
takes, and waits for ever for a reader. nginx in front sees to all of that; a service that is run
directly has to do it itself.
"""

from asyncio import TimerHandle, Transport
from http import HTTPStatus
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.betrieb.schnellweg import ROH, Schnellweg, ist_ein_kopf
from app.settings import Settings

LESEFRISTEN: Final = 6
"""A reader that takes nothing for this many times the deadline is gone."""
_KOPF: Final = (
    "content-type: text/plain; charset=utf-8\r\n"
    "content-security-policy: default-src 'none'; frame-ancestors 'none'\r\n"
    "x-content-type-options: nosniff\r\n"
    "cache-control: no-store\r\n"
    "connection: close\r\n"
)


class Leitung(HttpToolsProtocol):
    """Closes a connection whose request is too slow, whose head is too large, whose reader sleeps.

    The deadline runs from the first moment in which there is nothing complete to answer; while an
    answer is being made it does not.
    """

    frist_sekunden: float
    max_kopf_bytes: int
    schnellweg: Schnellweg | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - uvicorn's own
        super().__init__(*args, **kwargs)
        self._frist: TimerHandle | None = None
        self._lesefrist: TimerHandle | None = None
        self._ganz = False
        self._im_kopf = True
        self._kopf_bytes = 0
        self._fertige = 0
        self._schnell = False

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._warte()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop waiting."""
        self._halte_an()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, and see whether it is still acceptable."""
        kopf = self.schnellweg is not None and ist_ein_kopf(data) and self._ruht()
        if kopf and self._antworte_schnell(data):
            return
        fertige, self._ganz = self._fertige, False
        super().data_received(data)
        if kopf and self._ganz and self.cycle.keep_alive:
            self.scope[ROH] = data  # type: ignore[typeddict-unknown-key]  # for ours alone
        # not if a request ended in these bytes: then most of them were that one's
        im_kopf = self._im_kopf and self._fertige == fertige
        self._kopf_bytes = self._kopf_bytes + len(data) if im_kopf else 0
        if self._kopf_bytes > self.max_kopf_bytes:
            self._ende(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        elif self._ganz:
            self._halte_an()
        elif self._frist is None:
            self._warte()

    def _ruht(self) -> bool:
        """Say whether nothing is half received and nothing half answered."""
        antwortet = self.cycle is not None and not self.cycle.response_complete
        schreibt = self._lesefrist is not None or self.transport.is_closing()
        return self._im_kopf and not (self._kopf_bytes or antwortet or schreibt)

    def _antworte_schnell(self, data: bytes) -> bool:
        """Answer what is known byte by byte; say whether it was."""
        assert self.schnellweg is not None  # noqa: S101
        state = self.server_state
        antwort = self.schnellweg.antwort(data, self.client, state.default_headers)
        if antwort is None:
            return False
        self._halte_an()
        self.transport.writelines(antwort)
        state.total_requests += 1
        self._schnell = True
        if self.timeout_keep_alive_task is None:
            self.timeout_keep_alive_handler()
        return True

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that nobody has used for a while, on the short way neither."""
        if self._schnell:
            self._schnell = False
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )
        else:
            super().timeout_keep_alive_handler()

    def on_message_begin(self) -> None:
        """Note that a request has begun."""
        super().on_message_begin()
        self._im_kopf, self._ganz = True, False

    def on_headers_complete(self) -> None:
        """Note that its head is there."""
        self._im_kopf = False
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """Note that all of it is there."""
        self._ganz, self._im_kopf = True, True
        self._fertige += 1
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002  the signature is uvicorn's
        """Answer what is no HTTP, with the headers of all answers."""
        self._ende(HTTPStatus.BAD_REQUEST)

    def pause_writing(self) -> None:
        """Begin to wait for the reader."""
        super().pause_writing()
        sekunden = self.frist_sekunden * LESEFRISTEN
        self._lesefrist = self.loop.call_later(sekunden, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop waiting for it."""
        if self._lesefrist is not None:
            self._lesefrist.cancel()
            self._lesefrist = None
        if self.flow is not None:
            super().resume_writing()

    def _warte(self) -> None:
        self._frist = self.loop.call_later(self.frist_sekunden, self._abgelaufen)

    def _halte_an(self) -> None:
        if self._frist is not None:
            self._frist.cancel()
            self._frist = None

    def _abgelaufen(self) -> None:
        self._frist = None
        if self._antwortet():
            self._warte()
        else:
            self._ende(HTTPStatus.REQUEST_TIMEOUT)

    def _antwortet(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _ende(self, status: HTTPStatus) -> None:
        """Say why and close; nothing is said in the middle of an answer."""
        self._halte_an()
        if self.transport.is_closing():
            return
        if self.cycle is not None and not self.cycle.response_started:
            self.cycle.disconnected = True  # its answer would come after this one
        if self.cycle is None or self.cycle.response_complete or self.cycle.disconnected:
            text = f"{status.phrase}\n"
            zeile = f"HTTP/1.1 {status.value} {status.phrase}\r\n{_KOPF}"
            self.transport.write(f"{zeile}content-length: {len(text)}\r\n\r\n{text}".encode())
        self.transport.close()


def leitung(settings: Settings, schnellweg: Schnellweg | None = None) -> type[Leitung]:
    """Return the protocol with the limits of the settings (uvicorn makes one a connection)."""
    grenzen = {
        "schnellweg": schnellweg,
        "frist_sekunden": settings.frist_sekunden,
        "max_kopf_bytes": settings.max_kopf_bytes + settings.max_adresse_bytes,
    }
    return type("Leitung", (Leitung,), grenzen)
