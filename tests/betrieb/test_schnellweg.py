"""Ready bytes for requests known byte by byte: the same answers, counted and limited alike."""

import gzip
import json
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import brotli
import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from app.anwendung import create_app
from app.betrieb.aufzeichnung import Aufzeichnung
from app.betrieb.leitung import leitung
from app.betrieb.schnellweg import (
    HOECHSTENS_BYTES,
    MAX_INHALT_BYTES,
    Schnellweg,
    ist_ein_kopf,
)
from app.ogc.items import schluss
from app.pforte.rate import Eimer
from app.settings import Settings
from tests.browser.besuch import bis

PFAD = "/daten/projekte.geojson"
MERKMALE = "/ogc/collections/projekte/items"


@dataclass
class Laufend:
    """A service in this process, and how many requests have gone the whole way."""

    adresse: tuple[str, int]
    dienst: Any
    schnellweg: Schnellweg
    ganz: int = 0

    def frage(self, *koepfe: bytes) -> list[bytes]:
        """Send one head after the other over one connection; return the answers."""
        antworten = []
        with socket.create_connection(self.adresse, 10) as leitung_:
            for kopf in koepfe:
                leitung_.sendall(kopf)
                antworten.append(_lies(leitung_))
        return antworten


def _lies(leitung_: socket.socket) -> bytes:
    gehoert = b""
    while b"\r\n\r\n" not in gehoert:
        gehoert += leitung_.recv(65536)
    laenge = re.search(rb"content-length: (\d+)", gehoert)
    fehlt = int(laenge[1]) if laenge else 0
    while len(gehoert.partition(b"\r\n\r\n")[2]) < fehlt:
        gehoert += leitung_.recv(65536)
    return gehoert


@pytest.fixture(scope="module")
def laufend(build_dir: Path) -> Iterator[Laufend]:
    """The service over the shipped data, as `app.betrieb.dienst` puts it together."""
    settings = Settings(build_dir=build_dir, rate_pro_sekunde=0)
    app = create_app(settings)

    async def gezaehlt(scope: Scope, receive: Receive, send: Send) -> None:
        zustand.ganz += 1
        await app(scope, receive, send)

    dienst = app.state.dienst
    schnellweg = Schnellweg(Aufzeichnung(gezaehlt, dienst, None), dienst, None)
    config = uvicorn.Config(
        schnellweg, http=leitung(settings, schnellweg), ws="none", lifespan="off", log_config=None,
        port=0, server_header=False, proxy_headers=False,
    )  # fmt: skip
    server = uvicorn.Server(config)
    steckdose = config.bind_socket()
    zustand = Laufend(steckdose.getsockname(), dienst, schnellweg)
    faden = threading.Thread(target=server.run, args=([steckdose],), daemon=True)
    faden.start()
    bis(lambda: server.started)
    yield zustand
    server.should_exit = True
    faden.join(10)
    steckdose.close()


def kopf(pfad: str = PFAD, *felder: str, methode: str = "GET", fassung: str = "1.1") -> bytes:
    zeilen = (f"{methode} {pfad} HTTP/{fassung}", "Host: test", *felder)
    return ("\r\n".join(zeilen) + "\r\n\r\n").encode()


def _gleichbleibend(antwort: bytes) -> bytes:
    return re.sub(rb"\r\n(date|x-request-id): [^\r]*", b"", antwort)


@pytest.mark.parametrize("kodierung", ["br", "gzip", "identity"])
def test_the_short_way_gives_the_same_answer(laufend: Laufend, kodierung: str) -> None:
    vorher = laufend.ganz
    frage = kopf(PFAD, f"Accept-Encoding: {kodierung}")
    antworten = laufend.frage(frage, frage, frage)
    assert laufend.ganz == vorher + 1
    assert len({_gleichbleibend(a) for a in antworten}) == 1
    assert b"content-security-policy: " in antworten[2]
    kennungen = {re.search(rb"x-request-id: ([0-9a-f]{32})\r", a)[1] for a in antworten}  # type: ignore[index]
    assert len(kennungen) == 3
    assert laufend.frage(frage)  # another connection knows it too
    assert laufend.ganz == vorher + 1


@pytest.mark.parametrize(
    "frage",
    [
        kopf(methode="HEAD"),
        kopf(PFAD, "If-None-Match: *"),
        kopf("/gesundheit"),
        kopf("/daten/fehlt.geojson"),
        kopf(PFAD, "X-Forwarded-For: 192.0.2.7"),
        kopf(PFAD, "X-Request-ID: 0123456789abcdef"),
        kopf(PFAD, f"X-Test: {'x' * 2000}"),
    ],
)
def test_everything_else_goes_the_whole_way_every_time(laufend: Laufend, frage: bytes) -> None:
    vorher = laufend.ganz
    for _ in range(2):
        with socket.create_connection(laufend.adresse, 10) as leitung_:
            leitung_.sendall(frage)
            assert leitung_.recv(65536)
    assert laufend.ganz == vorher + 2


def _gelesen(antwort: bytes) -> dict[str, Any]:
    kopfzeilen, _, inhalt = antwort.partition(b"\r\n\r\n")
    art = re.search(rb"content-encoding: (\w+)", kopfzeilen)
    entpacke = {None: bytes, b"gzip": gzip.decompress, b"br": brotli.decompress}
    gelesen: dict[str, Any] = json.loads(entpacke[art and art[1]](inhalt))
    return gelesen


@pytest.mark.parametrize("kodierung", ["br", "gzip", "identity"])
def test_a_page_of_features_says_anew_when_it_was_made(laufend: Laufend, kodierung: str) -> None:
    vorher = laufend.ganz
    frage = kopf(f"{MERKMALE}?limit=3&offset=2", f"Accept-Encoding: {kodierung}")
    erste = _gelesen(laufend.frage(frage)[0])
    bis(lambda: schluss() > f',"timeStamp":"{erste["timeStamp"]}"}}'.encode())
    zweite = _gelesen(laufend.frage(frage)[0])
    assert laufend.ganz == vorher + 1
    assert erste.pop("timeStamp") < zweite.pop("timeStamp")
    assert erste == zweite
    assert len(erste["features"]) == 3


@pytest.mark.parametrize("pfad", [f"{MERKMALE}?limit=x", f"{MERKMALE}?f=html", f"{MERKMALE}/fehlt"])
def test_other_answers_about_features_go_the_whole_way(laufend: Laufend, pfad: str) -> None:
    vorher = laufend.ganz
    laufend.frage(kopf(pfad), kopf(pfad))
    assert laufend.ganz == vorher + 2


def _zeilen(antwort: bytes) -> list[bytes]:
    """The head of an answer, without what differs each time, in any order."""
    return sorted(_gleichbleibend(antwort.partition(b"\r\n\r\n")[0]).split(b"\r\n"))


def test_one_page_of_features_tells_how_to_answer_for_all_others(laufend: Laufend) -> None:
    def frage(offset: str) -> bytes:
        return kopf(f"{MERKMALE}?limit=7&offset={offset}&f=json", "X-Test: others")

    laufend.frage(frage("000"))
    vorher = laufend.ganz
    anzahl = _gelesen(laufend.frage(frage("1"))[0])["numberMatched"]
    for offset in ("5", "05", "40", str(anzahl - 7), str(anzahl - 3)):
        schnell = laufend.frage(frage(offset))[0]
        assert laufend.ganz == vorher
        # the same page, asked for with a head of which nothing is known
        (ganz,) = laufend.frage(frage(offset).replace(b"X-Test: others", b"X-Test: %06d" % vorher))
        vorher = laufend.ganz
        assert _zeilen(schnell) == _zeilen(ganz)
        eins, zwei = _gelesen(schnell), _gelesen(ganz)
        assert eins.pop("timeStamp") <= zwei.pop("timeStamp")
        assert eins == zwei


@pytest.mark.parametrize(
    ("erste", "zweite"),
    [
        # no such page
        ("?offset=1", "?offset=99999"),
        # might be longer than is allowed
        ("?offset=2", "?offset=0000000000000003"),
        # not the whole value
        ("?offset=3", "?offset=3x"),
        # another request
        ("?offset=4&limit=3", "?offset=4&limit=4"),
        ("?offset=5", "?offset=6&offset=7"),
        # filtered, or not as the file has it
        ("?limit=1&status=umgesetzt&offset=1", "?limit=1&status=umgesetzt&offset=2"),
        (
            "?crs=http://www.opengis.net/def/crs/EPSG/0/25832&offset=1",
            "?crs=http://www.opengis.net/def/crs/EPSG/0/25832&offset=2",
        ),
    ],
)
def test_pages_that_are_not_known_by_another_go_the_whole_way(
    laufend: Laufend, erste: str, zweite: str
) -> None:
    vorher = laufend.ganz
    # one case must not know what another one has asked
    laufend.frage(*(kopf(MERKMALE + pfad, f"X-Test: {vorher:06}") for pfad in (erste, zweite)))
    assert laufend.ganz == vorher + 2


@pytest.mark.parametrize("feld", ["If-None-Match: x", "Accept-Encoding: br", "Accept: text/html"])
def test_answers_that_are_not_sent_as_they_lie_tell_nothing_of_others(
    laufend: Laufend, feld: str
) -> None:
    vorher = laufend.ganz
    laufend.frage(*(kopf(f"{MERKMALE}?limit=9&offset={o}", feld) for o in (1, 2)))
    assert laufend.ganz == vorher + 2


def test_connections_that_end_are_closed_every_time(laufend: Laufend) -> None:
    for frage in (kopf(PFAD, "Connection: close"), kopf(fassung="1.0")):
        for _ in range(2):
            with socket.create_connection(laufend.adresse, 10) as leitung_:
                leitung_.sendall(frage)
                antwort = _lies(leitung_)
                assert b"connection: close" in antwort
                assert leitung_.recv(1) == b""


def test_heads_in_pieces_and_in_one_packet_are_answered_in_order(laufend: Laufend) -> None:
    bekannt = kopf(PFAD, "Accept-Encoding: gzip")
    laufend.frage(bekannt)
    with socket.create_connection(laufend.adresse, 10) as leitung_:
        leitung_.sendall(bekannt[:20])
        leitung_.sendall(bekannt[20:] + kopf("/gesundheit") + bekannt)
        erste, zweite, dritte = (_lies_eine(leitung_, puffer) for puffer in [bytearray()] * 3)
    assert b"content-encoding: gzip" in erste
    assert b"application/json" in zweite
    assert _gleichbleibend(erste) == _gleichbleibend(dritte)


def _lies_eine(leitung_: socket.socket, puffer: bytearray) -> bytes:
    """Take exactly one answer out of what arrives; the rest stays in the buffer."""
    while b"\r\n\r\n" not in puffer:
        puffer += leitung_.recv(65536)
    ende = puffer.index(b"\r\n\r\n") + 4
    laenge = re.search(rb"content-length: (\d+)", puffer[:ende])
    ende += int(laenge[1]) if laenge else 0
    while len(puffer) < ende:
        puffer += leitung_.recv(65536)
    antwort = bytes(puffer[:ende])
    del puffer[:ende]
    return antwort


def test_another_build_forgets_what_was_known(laufend: Laufend) -> None:
    frage = kopf(PFAD, "Accept-Encoding: br")
    laufend.frage(frage)
    store, vorher = laufend.dienst.store, laufend.ganz
    # the same content under another stand, as after a switch
    store.stand = replace(store.stand)
    laufend.frage(frage, frage)
    assert laufend.ganz == vorher + 1


def test_the_limit_of_requests_holds_on_the_short_way() -> None:
    gezaehlt: list[int] = []
    dienst: Any = SimpleNamespace(store=SimpleNamespace(stand=object()))
    aufzeichnung: Any = SimpleNamespace(notiere=lambda *_: gezaehlt.append(1))
    schnellweg = Schnellweg(aufzeichnung, dienst, Eimer(0.001, 3))
    for pfad in (PFAD, "/assets/test.js"):
        scope = {"path": pfad, "method": "GET", "headers": [], "client": ("192.0.2.7", 1)}
        beginn = {"status": 200, "headers": [(b"content-length", b"4")]}
        schnellweg._lerne(pfad.encode(), scope, dienst.store.stand, [beginn, {"body": b"Test"}])

    def antworten(pfad: str, client: str, mal: int) -> list[bool]:
        return [schnellweg.antwort(pfad.encode(), (client, 1), ()) is not None for _ in range(mal)]

    assert antworten(PFAD, "192.0.2.7", 5) == [True, True, True, False, False]
    assert antworten(PFAD, "192.0.2.8", 1) == [True]
    assert antworten("/assets/test.js", "192.0.2.7", 5) == [True] * 5
    assert len(gezaehlt) == 9


def test_what_is_remembered_has_an_end() -> None:
    stand = object()
    dienst: Any = SimpleNamespace(store=SimpleNamespace(stand=stand))
    schnellweg = Schnellweg(SimpleNamespace(), dienst, None)  # type: ignore[arg-type]
    scope: Scope = {"path": PFAD, "method": "GET", "headers": [], "client": None}
    beginn = {"status": 200, "headers": []}
    for i in range(100):
        inhalt = bytes(MAX_INHALT_BYTES + i % 2)
        schnellweg._lerne(b"%d" % i, scope, stand, [beginn, {"body": inhalt}])
    assert 1 < len(schnellweg._fertige) <= HOECHSTENS_BYTES // MAX_INHALT_BYTES
    assert not any(int(roh) % 2 for roh in schnellweg._fertige)


@pytest.mark.parametrize(
    ("data", "ja"),
    [
        (b"GET /a HTTP/1.1\r\n\r\n", True),
        (b"GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n", False),
        (b"GET /a HTTP/1.1\r\n", False),
        (b"POST /a HTTP/1.1\r\n\r\n", False),
        (b"\r\n\r\n", False),
        (b"", False),
    ],
)
def test_only_one_whole_head_is_looked_up(data: bytes, *, ja: bool) -> None:
    assert ist_ein_kopf(data) is ja
