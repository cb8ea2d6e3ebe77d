"""One connection, byte by byte: clients that dawdle, heads without end, requests in requests."""

import asyncio
import select
import socket
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import uvicorn

from app.betrieb.leitung import LESEFRISTEN, leitung
from app.pforte.schranke import Masse, Schranke
from app.settings import Settings
from tests.browser.besuch import bis

FRIST = 0.5
GROSS = b"x" * 4_000_000


async def _app(scope: Any, _: Any, send: Any) -> None:
    """Answer with the path; "/langsam" only after three deadlines, "/gross" with megabytes."""
    if scope["path"] == "/langsam":
        await asyncio.sleep(3 * FRIST)
    body = GROSS if scope["path"] == "/gross" else scope["path"].encode()
    kopf = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": kopf})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture(scope="module")
def dienst() -> Iterator[tuple[str, int]]:
    """uvicorn as the service configures it, with short deadlines."""
    gesetzt = Settings(frist_sekunden=FRIST, max_kopf_bytes=1024, max_adresse_bytes=512)
    schranke = Schranke(_app, Masse(512, 32, 1024, 100))
    config = uvicorn.Config(
        schranke, http=leitung(gesetzt), ws="none", lifespan="off", log_config=None, port=0
    )
    server = uvicorn.Server(config)
    steckdose = config.bind_socket()
    faden = threading.Thread(target=server.run, args=([steckdose],), daemon=True)
    faden.start()
    bis(lambda: server.started)
    yield steckdose.getsockname()
    server.should_exit = True
    faden.join(10)
    steckdose.close()


def sprich(dienst: tuple[str, int], *teile: bytes, pause: float = 0.0) -> bytes:
    """Send pieces with a pause after each, until there is an answer; then listen to its end."""
    gehoert = b""
    with socket.create_connection(dienst, 10) as leitung_:
        leitung_.settimeout(10)
        try:
            for teil in teile:
                leitung_.sendall(teil)
                if pause and select.select([leitung_], [], [], pause)[0]:
                    break
            while stueck := leitung_.recv(65536):
                gehoert += stueck
        except (ConnectionResetError, BrokenPipeError):
            pass
    return gehoert


KOPF = b"GET /eins HTTP/1.1\r\nHost: x\r\n"
LANGSAM = {
    "nothing at all": (b"",),
    "a head that never ends": (KOPF, *(b"X-A: b\r\n" for _ in range(8))),
    "empty lines": (b"\r\n",) * 8,
    "a body that never comes": (KOPF + b"Content-Length: 50\r\n\r\n",),
    "a second request that stops": (KOPF + b"\r\n" + KOPF,),
}


def test_who_dawdles_is_cut_off_and_who_waits_for_an_answer_is_not(dienst: tuple[str, int]) -> None:
    with ThreadPoolExecutor(8) as gleichzeitig:
        wartend = gleichzeitig.submit(
            sprich, dienst, b"GET /langsam HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        )
        versuche = {
            name: gleichzeitig.submit(sprich, dienst, *teile, pause=FRIST / 4)
            for name, teile in LANGSAM.items()
        }
        for name, versuch in versuche.items():
            assert b"HTTP/1.1 408 Request Timeout" in versuch.result(), name
        assert wartend.result().endswith(b"/langsam")
    assert versuche["a body that never comes"].result().startswith(b"HTTP/1.1 200 OK")


@pytest.mark.parametrize(
    "teile",
    [
        (b"GET /" + b"a" * 300_000,),
        (KOPF + b"X-Riesig: ", *[b"a" * 1000] * 400),
        (KOPF, *[b"X-A: b\r\n" * 100] * 40),
    ],
    ids=["address", "one field", "many fields"],
)
def test_a_head_without_end_is_not_kept(dienst: tuple[str, int], teile: tuple[bytes, ...]) -> None:
    antwort = sprich(dienst, *teile, pause=0.002)
    assert antwort == b"" or antwort.startswith(b"HTTP/1.1 431 ")


def test_many_small_requests_are_no_large_one(dienst: tuple[str, int]) -> None:
    einzeln = [KOPF + b"\r\n"] * 60
    letzte = KOPF + b"Connection: close\r\n\r\n"
    for teile in ((*einzeln, letzte), (b"".join(einzeln) + letzte,)):
        antwort = sprich(dienst, *teile)
        assert antwort.count(b"HTTP/1.1 200 OK") == 61


def test_a_reader_who_takes_nothing_is_let_go(dienst: tuple[str, int]) -> None:
    with socket.socket() as schlafend:
        schlafend.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        schlafend.settimeout(10)
        schlafend.connect(dienst)
        schlafend.sendall(b"GET /gross HTTP/1.1\r\nHost: x\r\n\r\n")
        threading.Event().wait(FRIST * LESEFRISTEN + 0.5)
        gelesen = 0
        try:
            while stueck := schlafend.recv(65536):
                gelesen += len(stueck)
        except ConnectionResetError:
            pass
    assert gelesen < len(GROSS)


ZWEITE = b"GET /geschmuggelt HTTP/1.1\r\nHost: x\r\n\r\n"
SCHMUGGEL = {
    "length and chunks": b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks and length": b"Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\n",
    "two lengths": b"Content-Length: 0\r\nContent-Length: 41\r\n\r\n",
    "list of lengths": b"Content-Length: 0, 41\r\n\r\n",
    "signed length": b"Content-Length: +0\r\n\r\n",
    "negative length": b"Content-Length: -1\r\n\r\n",
    "length that is none": b"Content-Length: 0x29\r\n\r\n",
    "folded length": b"Content-Length:\r\n 0\r\n\r\n",
    "space before colon": b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "unknown coding": b"Transfer-Encoding: xchunked\r\n\r\n",
    "chunked twice": b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "chunked with a tab": b"Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n",
    "control character": b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "bare line feeds": b"A: b\n\nGET / HTTP/1.1\n\n",
    "NUL in a field": b"A: b\x00c\r\n\r\n",
    "bad chunk size": b"Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
    "chunk size too large": b"Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n\r\n",
}


@pytest.mark.parametrize("kopf", SCHMUGGEL.values(), ids=SCHMUGGEL.keys())
def test_nothing_rides_along_in_an_ambiguous_request(dienst: tuple[str, int], kopf: bytes) -> None:
    """nginx and the service must never disagree about where a request ends."""
    for zeile in (b"GET /eins HTTP/1.1\r\nHost: x\r\n", b"POST /eins HTTP/1.1\r\nHost: x\r\n"):
        antwort = sprich(dienst, zeile + kopf + ZWEITE)
        assert b"geschmuggelt" not in antwort
        assert antwort.count(b"HTTP/1.1 ") == 1
        assert antwort.startswith((b"HTTP/1.1 400 ", b"HTTP/1.1 405 ", b"HTTP/1.1 413 "))


def test_what_is_no_http_gets_the_headers_of_all_answers(dienst: tuple[str, int]) -> None:
    antwort = sprich(dienst, b"\x16\x03\x01\x02\x00\x01\x00")
    assert antwort.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"default-src 'none'" in antwort
    assert b"server:" not in antwort.lower()
