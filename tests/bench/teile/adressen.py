"""The address directory: how long a look-up takes, over what people type."""

import statistics
import time
from collections.abc import Iterator
from typing import Final

from app.adressen import Adressen
from app.ortssuche import in_worten, suche
from app.ortsverzeichnis import ortsverzeichnis
from app.store import AKTUELL, Snapshot, lade
from layers.adressen.verzeichnis import baue
from tests.adressen.conftest import vertippe, zufall
from tests.bench.messung import Zahlen, Ziel
from tests.bench.seitenteile import gross, tabelle
from tests.bench.werkbank import Werkbank, konsole
from tests.conftest import WURZEL

TITEL: Final = "Address directory"
DAUER: Final = "addresses: ms"
BAU: Final = "addresses: seconds to build"
GROESSE: Final = "addresses: MB"
NUMMERN: Final = "addresses: house numbers"
LISTE_NAME: Final = "list of the city"
ANFRAGEN: Final = 4000
LISTE: Final = WURZEL.parent / "shared" / "referenz" / "adressen_opendata.csv.gz"
_GRENZE: Final = 10


def miss(bank: Werkbank) -> None:
    """Build the directory of the city's list and look up, if the list lies beside the project."""
    if not LISTE.is_file():
        bank.bemerke("Not measured: the city's list does not lie beside the project.")
        return
    konsole.print("  building the directory")
    ziel = bank.ordner / "adressen.sqlite"
    beginn = time.perf_counter()
    ergebnis = baue(str(LISTE), ziel, WURZEL / "geodata")
    bank.merke(BAU, LISTE_NAME, [time.perf_counter() - beginn])
    bank.merke(GROESSE, LISTE_NAME, [ergebnis.bytes / 1e6])
    bank.merke(NUMMERN, LISTE_NAME, [ergebnis.hausnummern])
    snapshot = lade(bank.echter_build() / AKTUELL)
    dauern = _dauern_ms(Adressen(ziel), snapshot, 100 if bank.kurz else ANFRAGEN)
    bank.merke(DAUER, "look-ups", dauern)


def _fragen(adressen: Adressen, orte: list[str], anzahl: int, keim: int = 5) -> Iterator[str]:
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


def _dauern_ms(adressen: Adressen, snapshot: Snapshot, anzahl: int) -> list[float]:
    """Measure single look-ups in this process, without HTTP, after some that do not count."""
    orte = ortsverzeichnis(snapshot)
    bezirke = {code: e["label"] for code, e in snapshot.codelisten["stadtbezirk"].items()}
    zusatz = in_worten(bezirke, ", ")
    namen = [p["name"] for p in snapshot.projekte]
    namen += [o["name"] for art in ("stadtbezirke", "plaetze") for o in snapshot.orte[art].values()]
    dauern = []
    for text in _fragen(adressen, namen, anzahl + anzahl // 10):
        beginn = time.perf_counter()
        suche(text, orte, adressen, zusatz, _GRENZE)
        dauern.append((time.perf_counter() - beginn) * 1000)
    return dauern[anzahl // 10 :]


def zeige(zahlen: Zahlen) -> Iterator[str]:
    """Yield the look-ups in one line."""
    bau, groesse, nummern = (zahlen.reihe(g, LISTE_NAME) for g in (BAU, GROESSE, NUMMERN))
    dauern = zahlen.reihe(DAUER, "look-ups")
    if not (bau and groesse and nummern and dauern):
        return
    anzahl = gross(int(nummern.median))
    yield (
        f"Building it from {anzahl} house numbers: {bau.text('.1f')} s, {groesse.text('.1f')} MB.\n"
    )
    p99 = statistics.quantiles(dauern.werte, n=100)[98]
    kopf = ("look-ups", "median, ms", "p99, ms", "longest, ms")
    zeile = (str(len(dauern.werte)), *(f"{w:.1f}" for w in (dauern.median, p99, max(dauern.werte))))
    yield from tabelle(kopf, [zeile])
    yield (
        "\nIn one process, without HTTP: addresses in every order and spelling, half typed, "
        "mistyped."
    )


def ziele(_: Zahlen) -> Iterator[Ziel]:
    """Yield nothing: these figures have no target here."""
    yield from ()
