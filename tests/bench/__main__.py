"""``make bench``: measure, and write ``docs/leistung.md``."""

import os
import platform
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from playwright.sync_api import sync_playwright
from rich.console import Console

from app.store import AKTUELL, lade
from tests.bench.messung import (
    DAUER_SEKUNDEN,
    LAEUFE,
    VERBINDUNGEN,
    Reihe,
    anfragen,
    bauen,
    erster_besuch,
)
from tests.bench.suche import miss_verzeichnis
from tests.browser.besuch import starte
from tests.browser.conftest import dienst
from tests.conftest import WURZEL
from tests.synthetik import schreibe

ZIEL: Final = WURZEL / "docs" / "leistung.md"
GROSS: Final = 10_000
PFADE: Final = (
    "/gesundheit",
    "/daten/projekte.geojson",
    "/api/projekte?handlungsfeld=flaechenentwicklung",
    "/projekte",
    "/",
)
konsole = Console(stderr=True)


def maschine() -> str:
    """Return processor, cores, memory, system and Python in one line."""
    cpu = next(
        (
            zeile.split(":", 1)[1].strip()
            for zeile in Path("/proc/cpuinfo").read_text().splitlines()
            if zeile.startswith("model name")
        ),
        platform.machine(),
    )
    speicher = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{cpu}, {os.cpu_count()} cores, {speicher:.0f} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


@contextmanager
def builds() -> Iterator[dict[str, Path]]:
    """Write the synthetic data and hold both builds for the time of the measurement."""
    with tempfile.TemporaryDirectory() as ordner:
        wurzel = Path(ordner)
        yield {
            "shipped data": WURZEL / "geodata",
            f"{GROSS:,} synthetic projects": schreibe(wurzel / "gross", GROSS),
        }


def miss_bauen(quellen: dict[str, Path], ordner: Path) -> Iterator[str]:
    """Measure the build of each source."""
    yield "| data | seconds | peak memory, MiB |"
    yield "|---|---|---|"
    for name, geodata in quellen.items():
        konsole.print(f"build: {name}")
        ziel = ordner / name.replace(" ", "-").replace(",", "")
        bauen(geodata, ziel)
        laeufe = [bauen(geodata, ziel) for _ in range(LAEUFE)]
        sekunden, mebi = (Reihe(tuple(spalte)) for spalte in zip(*laeufe, strict=True))
        yield f"| {name} | {sekunden.text('.2f')} | {mebi.text('.0f')} |"


def miss_anfragen(ordner: Path) -> Iterator[str]:
    """Measure requests per second on each build, and against ``/gesundheit``."""
    for build in sorted(ordner.iterdir()):
        yield f"\n### {build.name}\n"
        yield "| address | requests/s | p99, ms | of `/gesundheit` |"
        yield "|---|---|---|---|"
        with dienst(build, NORDWAERTS_RATE_PRO_SEKUNDE="0") as basis:
            grundlinie = 0.0
            for pfad in PFADE:
                konsole.print(f"requests: {build.name} {pfad}")
                anfragen(basis + pfad)
                laeufe = [anfragen(basis + pfad) for _ in range(3)]
                rate, p99 = (Reihe(tuple(spalte)) for spalte in zip(*laeufe, strict=True))
                grundlinie = grundlinie or rate.median
                anteil = rate.median / grundlinie
                yield f"| `{pfad}` | {rate.text('.0f')} | {p99.text('.1f')} | {anteil:.2f} |"


def miss_besuch(build: Path) -> Iterator[str]:
    """Measure the first visit, at a desk and on a phone."""
    yield "| profile | filter answers, s | first marker, s | over the wire, KiB |"
    yield "|---|---|---|---|"
    with dienst(build) as basis, sync_playwright() as playwright:
        browser = starte(playwright)
        for name, phone in (("desktop, unthrottled", False), ("phone", True)):
            konsole.print(f"first visit: {name}")
            erster_besuch(browser, basis, phone=phone)
            laeufe = [erster_besuch(browser, basis, phone=phone) for _ in range(LAEUFE)]
            antwort, kib, marke = (Reihe(tuple(s)) for s in zip(*laeufe, strict=True))
            yield (f"| {name} | {antwort.text('.2f')} | {marke.text('.2f')} | {kib.text('.0f')} |")
        browser.close()


_SEITE: Final = """\
# Leistung

Written by `make bench`; do not edit. Figures are the median of the runs, with minimum and maximum
in brackets. The machine is shared and noisy: compare ratios and orders of magnitude, not digits.

Measured on {tag}: {maschine}.

## Build

`build_map.py build` as a whole process, {laeufe} runs after a first one that does not count.

{bauen}

## Requests

One uvicorn worker; wrk on the same machine with {verbindungen} connections for {dauer} s, three
runs after a first one that does not count, `Accept-Encoding: br`. The last column compares with
the smallest answer of the same service in the same run.

{anfragen}

## First visit

Headless Chromium with an empty cache, {laeufe} runs after a first one that does not count. "Filter
answers": a click on a Handlungsfeld has changed the sentence above the list. Phone: 360 px wide,
CPU four times slower, 1.6 Mbit/s, 150 ms. Everything that was loaded is counted.

{besuch}

## Address directory

The city's list of 109 700 house numbers, where it lies beside the project; look-ups in one process,
without HTTP, over addresses in every order and spelling, half typed and mistyped.

{adressen}
"""


def miss_adressen(build: Path) -> Iterator[str]:
    """Measure the address directory on the reference list, if it is there."""
    liste = WURZEL.parent / "shared" / "referenz" / "adressen_opendata.csv.gz"
    if not liste.is_file():
        yield "Not measured: the list is not there."
        return
    konsole.print("address directory")
    yield from miss_verzeichnis(str(liste), lade(build / AKTUELL))


def main() -> None:
    """Run every measurement and write the page."""
    with builds() as quellen, tempfile.TemporaryDirectory() as ordner:
        ziel = Path(ordner)
        seite = _SEITE.format(
            tag=datetime.now(UTC).date().isoformat(),
            maschine=maschine(),
            laeufe=LAEUFE,
            verbindungen=VERBINDUNGEN,
            dauer=DAUER_SEKUNDEN,
            bauen="\n".join(miss_bauen(quellen, ziel)),
            anfragen="\n".join(miss_anfragen(ziel)),
            besuch="\n".join(miss_besuch(ziel / "shipped-data")),
            adressen="\n".join(miss_adressen(ziel / "shipped-data")),
        )
    ZIEL.write_text(seite, "utf-8")
    konsole.print(f"written: {ZIEL}")


if __name__ == "__main__":
    main()
