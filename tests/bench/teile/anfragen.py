"""Requests per second of single addresses, beside the smallest answer of the same service."""

from collections.abc import Iterator
from typing import Final

from tests.bench.messung import Zahlen, Ziel
from tests.bench.prozesse import unser
from tests.bench.seitenteile import tabelle
from tests.bench.werkbank import Werkbank, konsole
from tests.bench.wrk import fehlerlos

TITEL: Final = "Requests by address"
RATE: Final = "requests: per second"
P99: Final = "requests: p99, ms"
PFADE: Final = (
    "/gesundheit",
    "/daten/projekte.geojson",
    "/api/projekte?handlungsfeld=flaechenentwicklung",
    "/projekte",
    "/",
)


def miss(bank: Werkbank) -> None:
    """Ask one address after the other, on the shipped data and on 10 000 projects."""
    builds = {"shipped data": bank.echter_build()}
    if not bank.kurz:
        builds["10 000 projects"] = bank.build(10_000)
    for name, build in builds.items():
        with unser(build) as (basis, _):
            for pfad in PFADE:
                konsole.print(f"  {name} {pfad}")
                br = "Accept-Encoding: br"
                fehlerlos(basis + pfad, 1, kopf=br)
                laeufe = [
                    fehlerlos(basis + pfad, bank.dauer(3), kopf=br) for _ in range(bank.runden(3))
                ]
                bank.merke(RATE, f"{name}: `{pfad}`", [a.rate for a in laeufe])
                bank.merke(P99, f"{name}: `{pfad}`", [a.p99 for a in laeufe])


def zeige(zahlen: Zahlen) -> Iterator[str]:
    """Yield the table; the last column compares with the first address of the same data."""
    zeilen = []
    grundlinie: dict[str, float] = {}
    for fall in zahlen.faelle(RATE):
        rate, p99 = zahlen.reihe(RATE, fall), zahlen.reihe(P99, fall)
        if rate and p99:
            daten, _, pfad = fall.partition(": ")
            anteil = rate.median / grundlinie.setdefault(daten, rate.median)
            zeilen.append((daten, pfad, rate.text(".0f"), p99.text(".1f"), f"{anteil:.2f}"))
    yield from tabelle(("data", "address", "requests/s", "p99, ms", "of `/gesundheit`"), zeilen)
    yield (
        "\nOne worker; wrk with 16 connections, `Accept-Encoding: br`; answers are kept after the "
        "first."
    )


def ziele(_: Zahlen) -> Iterator[Ziel]:
    """Yield nothing: these figures have no target."""
    yield from ()
