"""Look-ups in the address directory: how long one takes, over what people type.

``python -m tests.bench.suche LISTE`` builds the directory of a list and prints the figures.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from app.adressen import Adressen
from app.ortssuche import in_worten, suche
from app.ortsverzeichnis import ortsverzeichnis
from app.store import AKTUELL, Snapshot, lade
from layers.adressen.verzeichnis import baue
from tests.adressen.conftest import vertippe, zufall
from tests.conftest import WURZEL

ANFRAGEN: Final = 4000
_GRENZE: Final = 10


def fragen(adressen: Adressen, orte: list[str], anzahl: int, keim: int = 5) -> Iterator[str]:
    """Yield a mix: addresses in every order and spelling, half typed, mistyped, places."""
    generator = zufall(keim)
    for _ in range(anzahl):
        strasse = generator.choice(adressen._strassen).name
        nummer = f"{generator.randint(1, 60)}{generator.choice(('', 'a', ' b'))}"
        yield generator.choice(
            (
                f"{strasse} {nummer}",
                f"{nummer} {strasse.lower()}",
                f"{strasse.lower().replace('straße', 'str.')} {nummer}, 44137 Dortmund",
                strasse.replace("-", " ").replace("ß", "ss"),
                strasse[: generator.randint(1, len(strasse))],
                f"{vertippe(strasse, generator)} {nummer}",
                vertippe(strasse, generator),
                generator.choice(orte),
                vertippe(generator.choice(orte), generator),
            )
        )


def miss_suche(adressen: Adressen, snapshot: Snapshot, anzahl: int = ANFRAGEN) -> Iterator[str]:
    """Measure single look-ups in this process, without HTTP, after some that do not count."""
    yield "| look-ups | p50, ms | p99, ms | longest, ms |"
    yield "|---|---|---|---|"
    orte = ortsverzeichnis(snapshot)
    bezirke = {code: e["label"] for code, e in snapshot.codelisten["stadtbezirk"].items()}
    zusatz = in_worten(bezirke, ", ")
    namen = [p["name"] for p in snapshot.projekte]
    namen += [o["name"] for art in ("stadtbezirke", "plaetze") for o in snapshot.orte[art].values()]
    dauern = []
    for text in fragen(adressen, namen, anzahl + anzahl // 10):
        beginn = time.perf_counter()
        suche(text, orte, adressen, zusatz, _GRENZE)
        dauern.append((time.perf_counter() - beginn) * 1000)
    gezaehlt = dauern[anzahl // 10 :]
    hundertstel = statistics.quantiles(gezaehlt, n=100)
    mitte, fast_alle, laengste = hundertstel[49], hundertstel[98], max(gezaehlt)
    yield f"| {len(gezaehlt)} | {mitte:.1f} | {fast_alle:.1f} | {laengste:.1f} |"


def miss_verzeichnis(liste: str, snapshot: Snapshot) -> Iterator[str]:
    """Build the directory of a list and measure look-ups in it."""
    with tempfile.TemporaryDirectory() as ordner:
        ziel = Path(ordner) / "adressen.sqlite"
        beginn = time.perf_counter()
        ergebnis = baue(liste, ziel, WURZEL / "geodata")
        sekunden = time.perf_counter() - beginn
        yield f"Building it: {sekunden:.1f} s, {ergebnis.bytes / 1e6:.1f} MB.\n"
        yield from miss_suche(Adressen(ziel), snapshot)


if __name__ == "__main__":
    for zeile in miss_verzeichnis(sys.argv[1], lade(WURZEL / "build" / AKTUELL)):
        sys.stdout.write(zeile + "\n")
