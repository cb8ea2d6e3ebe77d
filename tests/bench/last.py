"""``make load``: many visitors while builds are switched every second; what it costs in memory."""

import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from rich.console import Console

from app.store import AKTUELL
from tests.betrieb.conftest import Betrieb, hole, starte, verdopple
from tests.conftest import WURZEL, baue

DAUER_SEKUNDEN: Final = 60
ARBEITER: Final = 2
PFADE: Final = ("/gesundheit", "/daten/projekte.geojson", "/projekte", "/")
_ANTWORTEN: Final = re.compile(r"(\d+) requests in")
_ABBRUCH: Final = re.compile(
    r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)"
)
_STATUS: Final = re.compile(r"Non-2xx or 3xx responses: (\d+)")
konsole = Console(stderr=True)


def pss_mib(pid: int) -> float:
    """Proportional share of memory of one process, in MiB."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) / 1024  # type: ignore[index]


def prozesse(eltern: int) -> list[int]:
    """The process itself and its children."""
    kinder = Path(f"/proc/{eltern}/task/{eltern}/children").read_text().split()
    return [eltern, *map(int, kinder)]


def wrk(url: str, sekunden: int) -> tuple[int, int]:
    """Ask for a URL as fast as it goes; return how many answers came and how many were bad."""
    ausgabe = subprocess.run(
        ["wrk", "-t1", "-c16", f"-d{sekunden}s", "--timeout", "10s", url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    anzahl = _ANTWORTEN.search(ausgabe)
    if anzahl is None:
        raise RuntimeError(ausgabe)
    abbrueche = _ABBRUCH.search(ausgabe)
    status = _STATUS.search(ausgabe)
    schlecht = sum(map(int, abbrueche.groups())) if abbrueche else 0
    return int(anzahl[1]), schlecht + (int(status[1]) if status else 0)


def _schalte(dienst: Betrieb, ende: threading.Event) -> None:
    runde = 0
    while not ende.wait(1):
        runde += 1
        dienst.schalte(runde % 2)


def miss_wechsel(build: Path, sekunden: int = DAUER_SEKUNDEN) -> Iterator[str]:
    """Measure memory and failed requests, a build switched every second."""
    with tempfile.TemporaryDirectory() as ordner:
        zwillinge = verdopple(build, Path(ordner) / "build")
        log = Path(ordner) / "log"
        argumente = ("--workers", str(ARBEITER))
        with starte(zwillinge, log, *argumente, NORDWAERTS_LOG="text") as dienst:
            for pfad in PFADE:
                hole(dienst.basis + pfad).close()
            dienst.bis("nordwaerts_build_workers{", ARBEITER)
            vorher = [pss_mib(p) for p in prozesse(dienst.prozess.pid)]
            ende = threading.Event()
            faden = threading.Thread(target=_schalte, args=(dienst, ende))
            faden.start()
            yield "| address | answers | failed |"
            yield "|---|---|---|"
            for pfad in PFADE:
                konsole.print(f"load: {pfad}")
                anzahl, schlecht = wrk(dienst.basis + pfad, sekunden // len(PFADE))
                yield f"| `{pfad}` | {anzahl} | {schlecht} |"
            ende.set()
            faden.join()
            nachher = [pss_mib(p) for p in prozesse(dienst.prozess.pid)]
            wechsel = int(dienst.messwert("nordwaerts_build_switches_total"))
            yield ""
            yield f"{wechsel} switches were followed by {ARBEITER} workers in {sekunden} s."
            yield (
                "Memory (PSS, MiB; first process, workers, metrics): "
                f"at the start {_liste(vorher)}, afterwards {_liste(nachher)}."
            )


def _liste(werte: list[float]) -> str:
    return " + ".join(f"{w:.0f}" for w in werte) + f" = {sum(werte):.0f}"


def main() -> None:
    """Build the shipped data and print the figures."""
    with tempfile.TemporaryDirectory() as ordner:
        ziel = Path(ordner) / "build"
        fertig = baue(WURZEL / "geodata", ziel)
        if fertig.returncode:
            sys.exit(fertig.stderr)
        for zeile in miss_wechsel((ziel / AKTUELL).resolve()):
            print(zeile)  # noqa: T201


if __name__ == "__main__":
    main()
