"""Lists out of the network: whatever the server does, the directory is whole or the old one."""

import gzip
import http.server
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from layers.adressen import adressquelle
from layers.adressen.adressfehler import Grund, Unbrauchbar
from layers.adressen.verzeichnis import baue
from tests.adressen.conftest import GEODATA, liste

Antwort = Callable[[http.server.BaseHTTPRequestHandler], None]


def setze(monkeypatch: pytest.MonkeyPatch, **vorgaben: float) -> None:
    monkeypatch.setattr(adressquelle, "VORGABEN", replace(adressquelle.VORGABEN, **vorgaben))  # type: ignore[arg-type]


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Antwort], str]]:
    """Start a server that answers as told; the waits are short."""
    setze(monkeypatch, verbindung_s=1.0, antwort_s=0.5, pause_s=0.01)
    offen: list[http.server.ThreadingHTTPServer] = []

    def starte(antworte: Antwort) -> str:
        class Anfrage(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                antworte(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        dienst = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Anfrage)
        dienst.daemon_threads = True
        threading.Thread(target=dienst.serve_forever, daemon=True).start()
        offen.append(dienst)
        return f"http://127.0.0.1:{dienst.server_port}/adressen.csv"

    yield starte
    for dienst in offen:
        dienst.shutdown()
        dienst.server_close()


def sende(
    anfrage: http.server.BaseHTTPRequestHandler,
    inhalt: bytes,
    status: int = 200,
    laenge: int | None = None,
) -> None:
    anfrage.send_response(status)
    anfrage.send_header("Content-Length", str(len(inhalt) if laenge is None else laenge))
    anfrage.end_headers()
    anfrage.wfile.write(inhalt)


def grund(url: str, ordner: Path) -> Grund:
    with pytest.raises(Unbrauchbar) as info:
        baue(url, ordner / "adressen.sqlite", GEODATA)
    assert not list(ordner.glob("*.sqlite"))
    return info.value.grund


@pytest.mark.parametrize("packe", [bytes, gzip.compress])
def test_a_list_is_fetched(
    server: Callable[[Antwort], str], tmp_path: Path, packe: Callable[[bytes], bytes]
) -> None:
    url = server(lambda anfrage: sende(anfrage, packe(liste())))
    assert baue(url, tmp_path / "adressen.sqlite", GEODATA).hausnummern == 9


def test_a_passing_failure_is_tried_again(server: Callable[[Antwort], str], tmp_path: Path) -> None:
    anfragen: list[int] = []

    def antworte(anfrage: http.server.BaseHTTPRequestHandler) -> None:
        anfragen.append(1)
        sende(anfrage, liste(), 503 if len(anfragen) == 1 else 200)

    assert baue(server(antworte), tmp_path / "adressen.sqlite", GEODATA).hausnummern == 9


@pytest.mark.parametrize(
    ("antworte", "erwartet"),
    [
        (lambda a: sende(a, b"", 404), Grund.STATUS),
        (lambda a: sende(a, b"", 500), Grund.STATUS),
        (lambda a: sende(a, liste()[:80], laenge=10_000), Grund.NICHT_ERREICHBAR),
        (lambda a: sende(a, b"<html>Wartung</html>"), Grund.FORM),
        (lambda _: time.sleep(1.5), Grund.NICHT_ERREICHBAR),
    ],
)
def test_what_a_server_does_wrong_is_refused(
    server: Callable[[Antwort], str], tmp_path: Path, antworte: Antwort, erwartet: Grund
) -> None:
    assert grund(server(antworte), tmp_path) is erwartet


def test_a_server_that_drips_or_never_ends_is_left(
    server: Callable[[Antwort], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tropft(anfrage: http.server.BaseHTTPRequestHandler) -> None:
        anfrage.send_response(200)
        anfrage.end_headers()
        for zeichen in liste() * 100:
            try:
                anfrage.wfile.write(bytes([zeichen]))
            except OSError:
                return
            time.sleep(0.01)

    setze(monkeypatch, gesamt_s=0.5)
    beginn = time.monotonic()
    assert grund(server(tropft), tmp_path) is Grund.ZU_LANGSAM
    assert time.monotonic() - beginn < 5
    setze(monkeypatch, max_mb=0.001)
    assert grund(server(lambda a: sende(a, b"x" * 5000)), tmp_path) is Grund.ZU_GROSS


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/", "https://[kaputt", "http://a..b/", "http://"]
)
def test_an_address_that_leads_nowhere_is_said(tmp_path: Path, url: str) -> None:
    assert grund(url, tmp_path) in {Grund.NICHT_ERREICHBAR, Grund.FEHLT}
