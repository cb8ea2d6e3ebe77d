"""What a build costs: seconds, peak memory, and how large what the browser fetches becomes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.store import AKTUELL
from tests.bench.kurven import exponent
from tests.bench.messung import Reihe, Zahlen, Ziel
from tests.bench.seitenteile import gross, tabelle
from tests.bench.werkbank import Werkbank, baue, konsole

TITEL: Final = "Build"
SEKUNDEN: Final = "build: seconds"
SPITZE: Final = "build: peak memory, MiB"
INDEX: Final = "build: index as the browser fetches it, KiB"
GROESSEN: Final = {237: 5, 1000: 5, 10_000: 3, 100_000: 2}
"""Number of projects → runs."""
SOLL: Final = {237: 3, 100_000: 20, 1_000_000: 200}
SOLL_SPITZE_MIB: Final = {1_000_000: 8192}
LINEAR: Final = 1.1
"""An exponent of growth up to here is called linear."""


def miss(bank: Werkbank) -> None:
    """Build each size several times."""
    for n, laeufe in GROESSEN.items():
        if not bank.kurz or n < 10_000:
            miss_groesse(bank, n, bank.runden(laeufe))


def miss_groesse(bank: Werkbank, n: int, laeufe: int) -> None:
    """Build ``n`` projects ``laeufe`` times, each as a first build into an empty folder.

    The last one stays on the bench for other parts.
    """
    geodata = bank.geodata(n)
    ergebnisse = []
    for lauf in range(laeufe):
        konsole.print(f"  {n} projects, run {lauf + 1} of {laeufe}")
        ziel = bank.ordner / (f"build-{n}" if lauf == laeufe - 1 else f"lauf-{n}-{lauf}")
        ergebnisse.append(baue(geodata, ziel))
    sekunden, spitzen = zip(*ergebnisse, strict=True)
    bank.merke(SEKUNDEN, str(n), sekunden)
    bank.merke(SPITZE, str(n), spitzen)
    bank.merke(INDEX, str(n), [_index_kib(bank.build(n))])


def _index_kib(build: Path) -> float:
    """Size of the index in brotli, by whatever ending it has."""
    teile = (build / AKTUELL / "assets").glob("index.*.br")
    return sum(teil.stat().st_size for teil in teile) / 1024


def zeige(zahlen: Zahlen) -> Iterator[str]:
    """Yield the table by size and what the growth is."""
    zeilen = []
    for n, sekunden in zahlen.wachstum(SEKUNDEN):
        spitze, index = zahlen.reihe(SPITZE, str(n)), zahlen.reihe(INDEX, str(n))
        zeilen.append(
            (
                gross(n),
                sekunden.text(".1f"),
                spitze.text(".0f") if spitze else "",
                index.text(".0f") if index else "",
            )
        )
    yield from tabelle(
        ("projects", "seconds", "peak memory, MiB", "index for the browser, brotli, KiB"), zeilen
    )
    yield (
        "\n`build_map.py build` as a whole process into an empty folder, nothing taken over from a "
        "build before."
    )
    if wachstum := _wachstum(zahlen):
        yield (
            f"From 10\u202f000 projects on the seconds grow as n^{wachstum:.2f} (fitted in the "
            "logarithms of both)."
        )


def _wachstum(zahlen: Zahlen) -> float | None:
    punkte = [(n, r.median) for n, r in zahlen.wachstum(SEKUNDEN) if n >= 10_000]
    return exponent(punkte) if len(punkte) > 1 else None


def ziele(zahlen: Zahlen) -> Iterator[Ziel]:
    """Yield seconds by size, peak memory at the largest, and the shape of the growth."""
    for n, soll in SOLL.items():
        reihe = zahlen.reihe(SEKUNDEN, str(n))
        yield _ziel(f"build, {gross(n)} projects", reihe, soll, "s")
    for n, soll in SOLL_SPITZE_MIB.items():
        spitze = zahlen.reihe(SPITZE, str(n))
        yield _ziel(f"build, {gross(n)} projects, peak memory", spitze, soll, "MiB")
    wachstum = _wachstum(zahlen)
    yield Ziel(
        "build, growth from 10\u202f000 on",
        f"linear (≤ n^{LINEAR})",
        f"n^{wachstum:.2f}" if wachstum else "",
        wachstum <= LINEAR if wachstum else None,
    )


def _ziel(was: str, reihe: Reihe | None, grenze: float, einheit: str) -> Ziel:
    soll = f"≤ {grenze} {einheit}"
    if reihe is None:
        return Ziel(was, soll, "", None)
    return Ziel(was, soll, f"{reihe.text('.1f')} {einheit}", reihe.median <= grenze)
