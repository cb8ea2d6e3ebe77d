"""The memory of a worker: its own, and what it shares with others."""

import urllib.request
from collections.abc import Iterator
from typing import Final

from tests.bench.messung import Zahlen, Ziel
from tests.bench.prozesse import familie, speicher_mib, unser
from tests.bench.seitenteile import gross, tabelle
from tests.bench.werkbank import Werkbank, konsole

TITEL: Final = "Memory of a worker"
PSS: Final = "worker: PSS, MiB"
PRIVAT: Final = "worker: not shared, MiB"
RSS: Final = "worker: RSS, MiB"
ALLEIN, ZU_ZWEIT = "1 worker", "2 workers"
SOLL_MIB: Final = {237: 150, 1_000_000: 1536}
PFADE: Final = (
    *("/", "/projekte", "/api/projekte?limit=100", "/api/projekte?q=schule&limit=100"),
    *("/daten/projekte.geojson", "/ogc/collections/projekte/items?limit=100", "/auswertung"),
)
"""What each worker is asked before its memory is read."""


def miss(bank: Werkbank) -> None:
    """Measure at the size of the programme and of the largest build in reach of a minute."""
    for n in (237, 100_000):
        if not bank.kurz or n < 10_000:
            miss_groesse(bank, n)


def miss_groesse(bank: Werkbank, n: int) -> None:
    """Measure one and two workers over ``n`` projects, after they have answered."""
    build = bank.build(n)
    for wer, anzahl in ((ALLEIN, 1), (ZU_ZWEIT, 2)):
        konsole.print(f"  {n} projects, {wer}")
        with unser(build, "--workers", str(anzahl)) as (basis, prozess):
            for pfad in PFADE * 3 * anzahl:
                _frage(basis + pfad)
            # one worker is the process itself; of several, the first only looks after them
            arbeiter = familie(prozess.pid)[-anzahl:]
            werte = [speicher_mib(pid) for pid in arbeiter]
        for groesse, name in ((PSS, "pss"), (PRIVAT, "privat"), (RSS, "rss")):
            bank.merke(groesse, str(n), [w[name] for w in werte], wer)


def _frage(url: str) -> None:
    # a connection of its own, so that the workers take turns
    anfrage = urllib.request.Request(url, headers={"Connection": "close"})  # noqa: S310
    with urllib.request.urlopen(anfrage, timeout=300) as antwort:  # noqa: S310
        antwort.read()


def zeige(zahlen: Zahlen) -> Iterator[str]:
    """Yield the table by size and number of workers."""
    zeilen = []
    for n in sorted(map(int, zahlen.faelle(PSS))):
        for wer in (ALLEIN, ZU_ZWEIT):
            reihen = [r for g in (PSS, PRIVAT, RSS) if (r := zahlen.reihe(g, str(n), wer))]
            if reihen:
                zeilen.append((gross(n), wer, *(r.text(".0f") for r in reihen)))
    yield from tabelle(("projects", "processes", "PSS, MiB", "not shared, MiB", "RSS, MiB"), zeilen)
    yield (
        "\nOf each worker, after it has answered pages, searches, a layer and features. PSS counts "
        "what processes share in proportion: the sum over all of them is what the machine needs."
    )


def ziele(zahlen: Zahlen) -> Iterator[Ziel]:
    """Yield the largest PSS of a worker that serves alone."""
    for n, soll in SOLL_MIB.items():
        reihe = zahlen.reihe(PSS, str(n), ALLEIN)
        was = f"memory of a worker (PSS), {gross(n)} projects"
        ist = reihe.text(".0f") + " MiB" if reihe else ""
        yield Ziel(was, f"≤ {soll} MiB", ist, reihe.median <= soll if reihe else None)
    zwei = zahlen.reihe(PRIVAT, "1000000", ZU_ZWEIT), zahlen.reihe(RSS, "1000000", ZU_ZWEIT)
    if zwei[0] and zwei[1]:
        anteil = zwei[0].durch(zwei[1])
        yield Ziel(
            "of it not shared between two workers, 1\u202f000\u202f000 projects",
            "shared where the system allows",
            anteil.text(".2f"),
            anteil.median < 0.5,
        )
