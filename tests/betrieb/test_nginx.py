"""The shipped nginx site in front of the running service, over TLS, on loopback ports."""

import http.client
import json
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.anschluss import freier_port
from tests.betrieb.conftest import Betrieb, hole, starte
from tests.conftest import WURZEL
from tests.kachelkarte import winzige

SITE = WURZEL / "deploy" / "nginx" / "nordwaerts-karte.conf"
NAME = "karte.example.org"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
pytestmark = pytest.mark.skipif(
    not (NGINX and shutil.which("openssl")), reason="nginx is not installed"
)
_RAHMEN = """
{benutzer}
pid {ort}/nginx.pid;
error_log {ort}/nginx.fehler.log;
worker_processes 1;
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {ort}/koerper;
    proxy_temp_path {ort}/proxy;
    fastcgi_temp_path {ort}/fastcgi;
    uwsgi_temp_path {ort}/uwsgi;
    scgi_temp_path {ort}/scgi;
    include {ort}/site.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Antwort:
    """What came back, the body as it went over the wire."""

    status: int
    kopf: http.client.HTTPMessage
    inhalt: bytes


@dataclass(frozen=True, slots=True)
class Vorn:
    """nginx, and the service behind it."""

    ort: Path
    tls: int
    klar: int
    dienst: Betrieb

    def verbinde(self, von: str = "127.0.0.1", name: str = NAME) -> ssl.SSLSocket:
        kontext = ssl.create_default_context(cafile=self.ort / "zertifikat.pem")
        roh = socket.create_connection(("127.0.0.1", self.tls), 20, source_address=(von, 0))
        try:
            return kontext.wrap_socket(roh, server_hostname=name)
        except ssl.SSLError:
            roh.close()
            raise

    def frage(self, pfad: str, von: str = "127.0.0.1", **kopf: str) -> Antwort:
        verbindung = http.client.HTTPConnection(NAME)
        verbindung.sock = self.verbinde(von)
        verbindung.request("GET", pfad, headers={k.replace("_", "-"): w for k, w in kopf.items()})
        antwort = verbindung.getresponse()
        try:
            return Antwort(antwort.status, antwort.msg, antwort.read())
        finally:
            verbindung.close()

    def zeile(self, antwort: Antwort) -> dict[str, object]:
        """The line of nginx's log about an answer."""
        kennung = antwort.kopf["X-Request-ID"]
        for _ in range(50):
            for zeile in (self.ort / "nordwaerts.log").read_text("utf-8").splitlines():
                if kennung in zeile:
                    return dict(json.loads(zeile))
            time.sleep(0.05)
        raise AssertionError(kennung)


def ersetze(text: str, ersatz: dict[str, str]) -> str:
    for muster, neu in ersatz.items():
        text, anzahl = re.subn(muster, neu, text)
        assert anzahl, f"{muster} is not in the site any more"
    return text


def richte_ein(ort: Path, dienst: str, tls: int, klar: int) -> Path:
    """Write the site for this machine: ports, folders, certificate; everything else as shipped."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"),
            *("-keyout", str(ort / "schluessel.pem"), "-out", str(ort / "zertifikat.pem")),
        ],
        capture_output=True,
        check=True,
    )
    site = ersetze(
        SITE.read_text("utf-8"),
        {
            r"\n *listen \[::\]:[^\n]*": "",
            r"listen 443": f"listen 127.0.0.1:{tls}",
            r"listen 80;": f"listen 127.0.0.1:{klar};",
            r"server 127\.0\.0\.1:8000;": f"server {urlsplit(dienst).netloc};",
            r"/etc/letsencrypt/live/karte\.example\.org/fullchain\.pem": f"{ort}/zertifikat.pem",
            r"/etc/letsencrypt/live/karte\.example\.org/privkey\.pem": f"{ort}/schluessel.pem",
            r"/var/log/nginx/": f"{ort}/",
            r"/var/cache/nginx/nordwaerts": f"{ort}/speicher",
            r"client_header_timeout 10s": "client_header_timeout 1s",
        },
    )
    (ort / "site.conf").write_text(site, "utf-8")
    benutzer = "user root root;" if os.geteuid() == 0 else ""
    rahmen = ort / "nginx.conf"
    rahmen.write_text(_RAHMEN.format(ort=ort, benutzer=benutzer), "utf-8")
    return rahmen


@pytest.fixture(scope="module")
def vorn(
    zwillinge: tuple[Path, str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Vorn]:
    """nginx in front of two processes."""
    ort = tmp_path_factory.mktemp("nginx")
    karte = winzige(ort / "test.pmtiles", {"attribution": "© Testdaten"})
    gesetzt = {"NORDWAERTS_GRUNDKARTE_PMTILES": str(karte)}
    with starte(zwillinge, ort / "dienst.log", "--workers", "2", **gesetzt) as dienst:
        tls, klar = freier_port(), freier_port()
        rahmen = richte_ein(ort, dienst.basis, tls, klar)
        befehl = [
            str(NGINX),
            "-p",
            str(ort),
            "-c",
            str(rahmen),
            "-e",
            str(ort / "nginx.fehler.log"),
        ]
        geprueft = subprocess.run([*befehl, "-t"], capture_output=True, text=True, check=False)
        assert geprueft.returncode == 0, geprueft.stderr
        # nginx from 1.25 on has another word for http2, which that of Debian 12 does not know
        warnungen = [z for z in geprueft.stderr.splitlines() if "[warn]" in z]
        assert not [z for z in warnungen if "http2" not in z]
        nginx = subprocess.Popen([*befehl, "-g", "daemon off;"])
        try:
            _warte(klar)
            yield Vorn(ort, tls, klar, dienst)
        finally:
            nginx.terminate()
            nginx.wait(10)


def _warte(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError(port)


def test_headers_of_the_service_arrive_and_tls_adds_its_own(vorn: Vorn) -> None:
    antwort = vorn.frage("/projekte")
    with hole(f"{vorn.dienst.basis}/projekte") as direkt:
        for name in ("Content-Security-Policy", "X-Frame-Options", "ETag", "Cache-Control", "Vary"):
            assert antwort.kopf[name] == direkt.headers[name]
    assert antwort.kopf["Strict-Transport-Security"].startswith("max-age=")
    assert antwort.kopf.get_all("X-Request-ID") == [antwort.kopf["X-Request-ID"]]


def test_the_id_of_a_request_is_the_same_in_both_logs(vorn: Vorn) -> None:
    antwort = vorn.frage("/projekte?von=1990")
    assert vorn.zeile(antwort)["pfad"] == "/projekte"
    kennung = antwort.kopf["X-Request-ID"]
    assert [z["pfad"] for z in vorn.dienst.anfrage(kennung)] == ["/projekte"]


def test_nobody_can_claim_another_address(vorn: Vorn) -> None:
    behauptet = {"X_Forwarded_For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    kennung = vorn.frage("/projekte?von=1991", **behauptet).kopf["X-Request-ID"]
    (zeile,) = vorn.dienst.anfrage(kennung)
    assert zeile["adresse"] == "127.0.0.0"


@pytest.mark.parametrize("kodierung", ["br", "gzip", ""])
def test_bytes_pass_through_as_the_service_packed_them(vorn: Vorn, kodierung: str) -> None:
    for pfad in ("/daten/projekte.geojson", "/projekte"):
        antwort = vorn.frage(pfad, Accept_Encoding=kodierung)
        with hole(f"{vorn.dienst.basis}{pfad}", **{"Accept-Encoding": kodierung}) as direkt:
            assert antwort.inhalt == direkt.read()
        assert antwort.kopf.get("Content-Encoding", "") == kodierung


def test_who_has_it_already_is_told_so(vorn: Vorn) -> None:
    for pfad in ("/daten/projekte.geojson", "/projekte"):
        erste = vorn.frage(pfad)
        zweite = vorn.frage(pfad, If_None_Match=erste.kopf["ETag"])
        assert (zweite.status, zweite.inhalt) == (304, b"")


def asset(vorn: Vorn) -> str:
    gefunden = re.search(r"/assets/app\.[^\"]+\.js", vorn.frage("/").inhalt.decode())
    assert gefunden
    return gefunden[0]


def test_a_part_of_a_file_can_be_had(vorn: Vorn) -> None:
    pfad = asset(vorn)
    ganz = vorn.frage(pfad).inhalt
    teil = vorn.frage(pfad, Range="bytes=10-19")
    assert (teil.status, teil.inhalt) == (206, ganz[10:20])


def test_the_own_map_is_read_part_by_part_and_not_kept(vorn: Vorn) -> None:
    pfad = "/grundkarte.pmtiles"
    kopf = vorn.frage(pfad, Range="bytes=0-6")
    assert (kopf.status, kopf.inhalt) == (206, b"PMTiles")
    assert kopf.kopf["Content-Range"].startswith("bytes 0-6/")
    for bedingung, status in (({"If_Range": kopf.kopf["ETag"]}, 206), ({"If_Range": '"x"'}, 200)):
        assert vorn.frage(pfad, Range="bytes=0-6", **bedingung).status == status
    assert vorn.frage(pfad, If_None_Match=kopf.kopf["ETag"]).status == 304
    assert vorn.frage(pfad, Range="bytes=9999999-").status == 416
    assert vorn.zeile(vorn.frage(pfad, Range="bytes=0-6"))["speicher"] == ""


def test_public_answers_are_kept_and_private_ones_never(vorn: Vorn) -> None:
    pfad = asset(vorn)
    vorn.frage(pfad)
    assert vorn.zeile(vorn.frage(pfad))["speicher"] == "HIT"
    gemerkt = {vorn.zeile(vorn.frage("/projekte?bis=2020"))["speicher"] for _ in range(3)}
    assert gemerkt <= {"MISS", "HIT", "REVALIDATED"}
    assert gemerkt & {"HIT", "REVALIDATED"}
    for privat in ("/projekte?q=Hafen", "/api/projekte?nahe=51.54,7.46", "/suche?q=Hafen"):
        gesehen = Counter(vorn.zeile(vorn.frage(privat))["speicher"] for _ in range(3))
        assert gesehen == {"MISS": 3}, privat


def test_languages_and_encodings_are_not_mixed_up(vorn: Vorn) -> None:
    for _ in range(2):
        for sprache in ("de", "tr", "ar"):
            for kodierung in ("br", "gzip", ""):
                antwort = vorn.frage("/", Accept_Language=sprache, Accept_Encoding=kodierung)
                assert antwort.kopf["Content-Language"] == sprache
                assert antwort.kopf.get("Content-Encoding", "") == kodierung
    assert vorn.frage("/", Accept_Encoding="br;q=0, gzip").kopf["Content-Encoding"] == "gzip"


def test_what_depends_on_other_headers_is_not_kept(vorn: Vorn) -> None:
    for art, ziel in (("text/turtle", "ttl"), ("application/ld+json", "jsonld")):
        antwort = vorn.frage("/catalog", Accept=art)
        assert antwort.kopf["Location"].endswith(ziel)


def test_the_first_who_looks_after_a_switch_sees_the_new_build(vorn: Vorn) -> None:
    for nummer in (1, 0):
        alt = vorn.frage("/projekte?bis=2019").kopf["ETag"]
        vorn.dienst.schalte(nummer)
        vorn.dienst.bis(f'nordwaerts_build_workers{{build="{vorn.dienst.builds[nummer]}"', 2)
        time.sleep(1.1)  # as long as nginx may keep it
        neu = vorn.frage("/projekte?bis=2019").kopf["ETag"]
        with hole(f"{vorn.dienst.basis}/projekte?bis=2019") as direkt:
            assert neu == direkt.headers["ETag"] != alt


def test_plain_http_and_unknown_names_lead_nowhere_else(vorn: Vorn) -> None:
    verbindung = http.client.HTTPConnection("127.0.0.1", vorn.klar)
    verbindung.request("GET", "/projekte?status=umgesetzt", headers={"Host": "boese.example"})
    antwort = verbindung.getresponse()
    assert antwort.status == 301
    assert antwort.headers["Location"] == f"https://{NAME}/projekte?status=umgesetzt"
    antwort.read()
    verbindung.close()
    with pytest.raises(ssl.SSLError):
        vorn.verbinde(name="boese.example")


def test_http2_is_spoken(vorn: Vorn) -> None:
    kontext = ssl.create_default_context(cafile=vorn.ort / "zertifikat.pem")
    kontext.set_alpn_protocols(["h2"])
    with (
        socket.create_connection(("127.0.0.1", vorn.tls), 10) as roh,
        kontext.wrap_socket(roh, server_hostname=NAME) as tls,
    ):
        assert tls.selected_alpn_protocol() == "h2"
        assert tls.version() == "TLSv1.3"


def test_a_client_that_dawdles_is_cut_off(vorn: Vorn) -> None:
    with vorn.verbinde() as langsam:
        langsam.sendall(b"GET / HTTP/1.1\r\nHost: karte.example.org\r\nX-A")
        antwort = langsam.recv(1000)
    assert antwort == b"" or b" 408 " in antwort


def test_too_much_is_refused(vorn: Vorn) -> None:
    assert vorn.frage("/projekte?q=" + "a" * 9000).status == 414
    assert vorn.frage("/", X_Riesig="a" * 9000).status == 400


def test_who_asks_too_often_is_told_when_to_come_back(vorn: Vorn) -> None:
    anfrage = f"GET /gesundheit HTTP/1.1\r\nHost: {NAME}\r\n\r\n"
    with vorn.verbinde("127.0.0.2") as eilig:
        # all at once: a slow machine must not make a patient visitor of this one
        eilig.sendall(anfrage.encode() * 399)
        eilig.sendall(anfrage.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n").encode())
        inhalt = b""
        while stueck := eilig.recv(65536):
            inhalt += stueck
    assert inhalt.count(b"HTTP/1.1 200") > 100
    assert b"HTTP/1.1 429" in inhalt
    abgewiesen = inhalt[inhalt.index(b"HTTP/1.1 429") :].decode()
    assert "Retry-After: 2" in abgewiesen
    assert "Content-Type: application/problem+json" in abgewiesen
    assert '"status":429' in abgewiesen
    assert vorn.frage("/gesundheit", von="127.0.0.3").status == 200


def test_the_logs_know_neither_what_was_asked_nor_who_asked(vorn: Vorn) -> None:
    vorn.frage("/projekte?q=Geheimwort&nahe=51.541,7.467", Referer=f"https://{NAME}/?q=Geheimwort")
    vorn.frage("/projekte%3Fq=Geheimwort")
    vorn.frage("/kacheln/projekte/14/8530/5446.mvt")
    vorn.zeile(vorn.frage("/suche?q=Geheimstrasse", von="127.0.0.77"))
    text = "".join(p.read_text("utf-8") for p in vorn.ort.glob("*.log"))
    assert '"adresse":"127.0.0.0"' in text
    assert '"pfad":"/kacheln/projekte"' in text
    for wort in ("Geheim", "51.541", "/8530", "127.0.0.1", "127.0.0.2", "127.0.0.77", "q="):
        assert wort not in text


def test_while_the_service_is_away_known_pages_are_still_there(vorn: Vorn) -> None:
    bekannt = vorn.frage("/projekte?status=umgesetzt")
    assert bekannt.status == 200
    vorn.dienst.prozess.terminate()
    vorn.dienst.prozess.wait(10)
    assert vorn.frage("/projekte?status=umgesetzt").inhalt == bekannt.inhalt
    assert vorn.frage("/projekte?status=eingestellt").status == 502
