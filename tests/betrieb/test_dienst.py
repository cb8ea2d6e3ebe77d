"""The service as it runs: log, metrics, switches under load, processes that die, a tidy end."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.betrieb.start import WARTENDE
from tests.betrieb.conftest import Betrieb, hole, starte
from tests.conftest import WURZEL

LAST_SEKUNDEN = 6


def lies(url: str, **kopf: str) -> tuple[int, bytes]:
    try:
        with hole(url, **kopf) as antwort:
            return antwort.status, antwort.read()
    except urllib.error.HTTPError as fehler:
        with fehler:
            return fehler.code, fehler.read()


def kinder(pid: int) -> list[int]:
    return [int(k) for k in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_request_is_one_line_with_an_id_and_nothing_private(betrieb: Betrieb) -> None:
    kennung = "0123456789abcdef0123456789abcdef"
    privat = "q=Geheimwort&nahe=51.541,7.467&umkreis=500"
    with hole(f"{betrieb.basis}/projekte?{privat}", **{"X-Request-ID": kennung}) as antwort:
        assert antwort.headers["X-Request-ID"] == kennung
    lies(f"{betrieb.basis}/suche?q=Geheimstrasse")
    (zeile,) = betrieb.anfrage(kennung)
    assert zeile["text"] == "anfrage"
    assert zeile["pfad"] == "/projekte"
    assert zeile["status"] == 200
    assert zeile["adresse"] == "127.0.0.0"
    assert zeile["ms"] > 0
    assert zeile["bytes"] > 1000
    log = betrieb.log.read_text("utf-8")
    for wort in ("Geheim", "51.541", "7.467", "umkreis", "127.0.0.1"):
        assert wort not in log


@pytest.mark.parametrize("fremd", ["x", "a" * 65, '{"a":1}', "0123456789ABCDEF"])
def test_a_request_id_that_is_none_is_replaced(betrieb: Betrieb, fremd: str) -> None:
    with hole(f"{betrieb.basis}/gesundheit", **{"X-Request-ID": fremd}) as antwort:
        kennung = antwort.headers["X-Request-ID"]
    assert kennung != fremd
    assert int(kennung, 16) >= 0


def test_metrics_count_over_both_processes(betrieb: Betrieb) -> None:
    gezaehlt = 'nordwaerts_requests_total{method="GET",route="/projekte/{projekt_id}",status="404"}'
    vorher = betrieb.messwert(gezaehlt)
    for nummer in range(20):
        assert lies(f"{betrieb.basis}/projekte/gibt-es-nicht-{nummer}")[0] == 404
    assert betrieb.messwert(gezaehlt) == vorher + 20
    betrieb.bis("nordwaerts_build_workers{", 2)
    assert betrieb.messwert("nordwaerts_projects") > 0
    assert betrieb.messwert('nordwaerts_findings{severity="Hinweis"}') > 0
    assert betrieb.messwert("nordwaerts_request_duration_seconds_count") > 20


def test_no_label_holds_what_a_visitor_wrote(betrieb: Betrieb) -> None:
    lies(f"{betrieb.basis}/Geheimpfad?q=Geheimwort")
    lies(f"{betrieb.basis}/projekte/geheimprojekt")
    with hole(betrieb.metrics) as antwort:
        assert b"geheim" not in antwort.read().lower()
    assert lies(betrieb.metrics.replace("/metrics", "/anderes"))[0] == 404


def test_metrics_are_not_on_the_public_port(betrieb: Betrieb) -> None:
    assert lies(f"{betrieb.basis}/metrics")[0] == 404


def test_cache_hits_are_counted(betrieb: Betrieb) -> None:
    treffer = 'nordwaerts_cache_lookups_total{cache="answers",result="hit"}'
    vorher = betrieb.messwert(treffer)
    for _ in range(6):
        lies(f"{betrieb.basis}/projekte?von=1999")
    for _ in range(30):
        if betrieb.messwert(treffer) >= vorher + 4:
            return
        time.sleep(0.1)
    pytest.fail("two processes miss once each, the other four of six are hits")


class Last:
    """Visitors that ask without a pause, each over one connection."""

    def __init__(self, betrieb: Betrieb, pfade: tuple[str, ...]) -> None:
        self.betrieb, self.pfade = betrieb, pfade
        self.fehler: list[str] = []
        self.builds: set[bytes] = set()
        self.anzahl = 0
        self.ende = threading.Event()

    def frage(self) -> None:
        verbindung = http.client.HTTPConnection(urlsplit(self.betrieb.basis).netloc, timeout=20)
        while not self.ende.is_set():
            for pfad in self.pfade:
                try:
                    verbindung.request("GET", pfad)
                    antwort = verbindung.getresponse()
                    inhalt = antwort.read()
                except (OSError, http.client.HTTPException) as fehler:
                    self.fehler.append(f"{pfad}: {fehler!r}")
                    continue
                if antwort.status != 200 or not inhalt:
                    self.fehler.append(f"{pfad}: {antwort.status}")
                if pfad == "/gesundheit":
                    self.builds.add(inhalt.split(b'"build":"')[1].split(b'"')[0])
                self.anzahl += 1
        verbindung.close()


def test_no_request_fails_while_builds_are_switched_every_second(betrieb: Betrieb) -> None:
    pfade = ("/gesundheit", "/", "/api/projekte?status=umgesetzt", "/daten/projekte.geojson")
    last = Last(betrieb, pfade)
    faeden = [threading.Thread(target=last.frage) for _ in range(4)]
    for faden in faeden:
        faden.start()
    for runde in range(1, LAST_SEKUNDEN + 1):
        betrieb.schalte(runde % 2)
        time.sleep(1)
    last.ende.set()
    for faden in faeden:
        faden.join()
    assert last.fehler == []
    assert last.anzahl > 100
    assert last.builds == {name.encode() for name in betrieb.builds}
    # both processes have followed to the last switch
    betrieb.bis(f'nordwaerts_build_workers{{build="{betrieb.builds[LAST_SEKUNDEN % 2]}"', 2)
    assert betrieb.messwert("nordwaerts_build_switches_total") >= 2


def test_a_process_that_dies_is_started_again(betrieb: Betrieb) -> None:
    eltern = betrieb.prozess.pid
    arbeiter = kinder(eltern)[0]
    os.kill(arbeiter, signal.SIGKILL)
    for _ in range(100):
        if arbeiter not in kinder(eltern) and len(kinder(eltern)) == 3:
            break
        time.sleep(0.05)
    assert lies(f"{betrieb.basis}/gesundheit")[0] == 200
    betrieb.bis("nordwaerts_build_workers{", 2)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_requests_in_work_are_finished(
    zwillinge: tuple[Path, str, str], tmp_path: Path, workers: str
) -> None:
    auch = {} if workers == "2" else {"NORDWAERTS_METRICS": ""}
    with starte(zwillinge, tmp_path / "log", "--workers", workers, **auch) as dienst:
        lies(f"{dienst.basis}/gesundheit")
        ergebnis: list[tuple[int, bytes]] = []
        adresse = f"{dienst.basis}/projekte/nw-019.pdf"
        faden = threading.Thread(target=lambda: ergebnis.append(lies(adresse)))
        faden.start()
        with langsam(dienst.basis, "/daten/stadtbezirke.geojson") as leser:
            beginn = leser.recv(1000)
            bis_gedruckt_wird(dienst.prozess.pid)
            dienst.prozess.send_signal(signal.SIGTERM)
            time.sleep(0.3)
            inhalt = beginn
            while stueck := leser.recv(65536):
                inhalt += stueck
        faden.join()
        assert dienst.prozess.wait(10) == 0
        ((status, pdf),) = ergebnis
        assert status == 200
        assert pdf.startswith(b"%PDF-")
        assert pdf.rstrip().endswith(b"%%EOF")
        kopf, _, koerper = inhalt.partition(b"\r\n\r\n")
        laenge = int(kopf.lower().split(b"content-length: ")[1].split(b"\r")[0])
        assert len(koerper) == laenge
        with pytest.raises(OSError, match="refused"):
            hole(dienst.basis)


def bis_gedruckt_wird(pid: int) -> None:
    """Wait until a process of the press is running below this one."""
    for _ in range(500):
        offen = [pid]
        while offen:
            einer = offen.pop()
            try:
                if b"app.pdf" in Path(f"/proc/{einer}/cmdline").read_bytes():
                    return
                offen += kinder(einer)
            except FileNotFoundError:
                continue  # it has ended meanwhile
        time.sleep(0.01)
    raise TimeoutError("no document was begun")


def langsam(basis: str, pfad: str) -> socket.socket:
    """A visitor who takes an answer out of a very small window."""
    teile = urlsplit(basis)
    leser = socket.socket()
    leser.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    leser.settimeout(20)
    leser.connect((teile.hostname, teile.port))
    leser.sendall(f"GET {pfad} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    return leser


def test_who_never_reads_cannot_keep_the_service_from_ending(
    zwillinge: tuple[Path, str, str], tmp_path: Path
) -> None:
    with starte(
        zwillinge, tmp_path / "log", "--workers", "2", NORDWAERTS_SHUTDOWN_SECONDS="1"
    ) as dienst:
        anfrage = "GET /daten/statistische_bezirke.geojson HTTP/1.1\r\nHost: x\r\n\r\n"
        with langsam(dienst.basis, "/daten/stadtbezirke.geojson") as leser:
            leser.sendall(anfrage.encode() * 20)
            leser.recv(10)
            dienst.prozess.terminate()
            assert dienst.prozess.wait(10) == 0


_SOFORT_ZU_ENDE = """
from app.betrieb.aufsicht import Aufsicht
raise SystemExit(Aufsicht({"a": lambda: None}, {}, 1, lambda pid: None).laufe())
"""


def test_processes_that_end_at_once_are_not_started_for_ever() -> None:
    fertig = subprocess.run(
        [sys.executable, "-c", _SOFORT_ZU_ENDE],
        cwd=WURZEL,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    assert fertig.returncode == os.EX_SOFTWARE
    assert fertig.stderr.count("is started again") == 5


def test_workers_do_not_outlive_the_process_that_started_them(
    zwillinge: tuple[Path, str, str], tmp_path: Path
) -> None:
    with starte(zwillinge, tmp_path / "log", "--workers", "2") as dienst:
        lies(f"{dienst.basis}/gesundheit")
        arbeiter = kinder(dienst.prozess.pid)
        assert len(arbeiter) == 3  # the metrics are one
        dienst.prozess.kill()
        for _ in range(100):
            if not any(Path(f"/proc/{pid}").exists() for pid in arbeiter):
                return
            time.sleep(0.1)
    pytest.fail("they do")


def start(build_dir: Path, port: int, **umgebung: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "app", "--port", str(port)],
        cwd=WURZEL,
        env={**os.environ, "NORDWAERTS_BUILD_DIR": str(build_dir), **umgebung},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def test_what_is_wrong_at_the_start_is_one_line_and_a_code(
    zwillinge: tuple[Path, str, str], tmp_path: Path
) -> None:
    with socket.socket() as besetzt:
        besetzt.bind(("127.0.0.1", 0))
        besetzt.listen(WARTENDE)
        port = besetzt.getsockname()[1]
        faelle = (
            (start(zwillinge[0], port), os.EX_UNAVAILABLE, "belegt"),
            (
                start(zwillinge[0], port + 1, NORDWAERTS_METRICS=f"127.0.0.1:{port}"),
                os.EX_UNAVAILABLE,
                "NORDWAERTS_METRICS",
            ),
            (start(tmp_path, port), os.EX_NOINPUT, "noch nichts veröffentlicht"),
            (start(zwillinge[0], port, NORDWAERTS_WORKERS="0"), os.EX_CONFIG, "Prozesse"),
        )
    for fertig, code, satzteil in faelle:
        assert fertig.returncode == code, fertig.stderr
        assert satzteil in fertig.stderr
        assert fertig.stderr.count("\n") == 1
        assert fertig.stdout == ""
