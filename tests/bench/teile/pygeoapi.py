"""A page of 100 features out of a layer of 10 000 projects, against pygeoapi."""

import json
import urllib.request
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from app.store import AKTUELL
from tests.bench.messung import WIR, Reihe, Zahlen, Ziel, abwechselnd
from tests.bench.prozesse import prozessorzeit, unser
from tests.bench.pygeoapi_dienst import DIENSTE, dienst, fassung, quellen
from tests.bench.seitenteile import tabelle
from tests.bench.werkbank import Werkbank, konsole
from tests.bench.wrk import Antworten, fehlerlos, wrk

TITEL: Final = "Items page of 100 features, 10 000 projects in the layer"
RATE: Final = "items: requests/s"
P99: Final = "items: p99, ms"
JE_KERN: Final = "items: requests per second of processor time"
ANBIETER: Final = {"geojson": "pygeoapi, GeoJSON", "geopackage": "pygeoapi, GeoPackage"}
VERBINDUNGEN: Final = 4
ANZAHL: Final = 10_000
WECHSELND: Final = "changing offsets"
ABSTAENDE: Final = {"offset 0": 0, "offset 5000": 5000, WECHSELND: None}
"""None: no address comes a second time, so that no answer can be one that was given before."""
_laeufe: Counter[str] = Counter()
_WECHSEL: Final = """
local n = 0
request = function()
  local offset = n * 7 %% %(umfang)d
  -- the same number, written with one more zero in every round, with six more in every run
  local nullen = string.rep("0", %(lauf)d * 6 + math.floor(n / %(umfang)d))
  n = n + 1
  return wrk.format("GET", wrk.path .. "&offset=" .. nullen .. offset)
end
"""


def miss(bank: Werkbank) -> None:
    """Measure both providers in turns with our service."""
    build = bank.build(200 if bank.kurz else ANZAHL)
    quelle = quellen(build / AKTUELL / "daten" / "projekte.geojson", bank.ordner)
    wahl = _schnellster(bank, quelle)
    bank.aufbau(
        f"pygeoapi {fassung()}, {wahl}, no compression, no pretty printing, no CORS. The quickest "
        f"of {len(DIENSTE)} ways to serve it that gave no failed answer: {'; '.join(DIENSTE)}."
    )
    bank.aufbau(
        "Its sources are the published layer itself, as GeoJSON and as a GeoPackage written by "
        "GDAL (SpatiaLite from Debian). Ours: `python -m app`, one worker. No answer is compressed."
    )
    with unser(build) as (basis, wir), dienst(wahl, quelle) as (fremd, er):
        pfad = "/ogc/collections/projekte/items?limit=100&f=json"
        for sammlung, name in ANBIETER.items():
            fremder = f"{fremd}/collections/{sammlung}/items?limit=100&f=json"
            _vergleiche(basis + pfad, fremder)
            for was, abstand in ABSTAENDE.items():
                konsole.print(f"  {name}, {was}")
                fall = f"{was}, {sammlung}"
                messungen = [
                    partial(_miss, bank, basis + pfad, abstand, 4, wir.pid),
                    partial(_miss, bank, fremder, abstand, 8, er.pid),
                ]
                laeufe = abwechselnd(messungen, bank.runden(3))
                for wer, ergebnisse in zip((WIR, name), laeufe, strict=True):
                    bank.merke(RATE, fall, [a.rate for a, _ in ergebnisse], wer)
                    bank.merke(P99, fall, [a.p99 for a, _ in ergebnisse], wer)
                    bank.merke(JE_KERN, fall, [je for _, je in ergebnisse], wer)


def _miss(
    bank: Werkbank, url: str, abstand: int | None, sekunden: int, pid: int
) -> tuple[Antworten, float]:
    """Return what wrk saw, and answers per second of the server's processor time."""
    vorher = prozessorzeit(pid)
    # a shorter run would end before the slowest provider has answered once
    dauer = max(bank.dauer(sekunden), 3)
    if abstand is None:
        antworten = fehlerlos(url, dauer, verbindungen=VERBINDUNGEN, skript=_wechselnd(bank, url))
    else:
        antworten = fehlerlos(f"{url}&offset={abstand}", dauer, verbindungen=VERBINDUNGEN)
    return antworten, antworten.anzahl / max(prozessorzeit(pid) - vorher, 0.01)


def _wechselnd(bank: Werkbank, url: str) -> Path:
    """Return a script for wrk that asks for no address twice, in no run before either."""
    lauf = _laeufe[url]
    _laeufe[url] += 1
    # seven has no factor in common with it, so that every page comes once a round
    umfang = 100 if bank.kurz else ANZAHL
    skript = bank.ordner / f"wechselnd-{lauf}.lua"
    skript.write_text(_WECHSEL % {"umfang": umfang, "lauf": lauf})
    return skript


def _schnellster(bank: Werkbank, quelle: Mapping[str, Mapping[str, Any]]) -> str:
    """Try every way to serve it, at twice the load; return the quickest that never fails."""
    raten = {}
    for name in DIENSTE:
        konsole.print(f"  trying {name}")
        with dienst(name, quelle) as (basis, _):
            url = f"{basis}/collections/geopackage/items?limit=100&f=json"
            antworten = wrk(url, 5, verbindungen=2 * VERBINDUNGEN)
        raten[name] = 0.0 if antworten.schlecht else antworten.rate
        if antworten.schlecht:
            bank.bemerke(
                f"{name}: {antworten.schlecht} of {antworten.anzahl} answers failed with "
                f"{2 * VERBINDUNGEN} connections, so it is not compared."
            )
    return max(raten, key=raten.__getitem__)


def _vergleiche(unsere: str, fremde: str) -> None:
    """See that both give the same page before anything is measured."""
    seiten = []
    for url in (unsere, fremde):
        with urllib.request.urlopen(url, timeout=60) as antwort:  # noqa: S310
            features = json.load(antwort)["features"]
        seiten.append([(f["id"], f["properties"]["name"]) for f in features])
    if seiten[0] != seiten[1] or len(seiten[0]) != 100:
        raise RuntimeError(f"not the same page: {unsere} {fremde}")


def zeige(zahlen: Zahlen) -> Iterator[str]:
    """Yield the table: each provider beside us, in the same rounds."""
    zeilen = []
    for fall in zahlen.faelle(RATE):
        for wer, rate, p99, je in _paare(zahlen, fall):
            zeilen.append((fall, wer, rate.text(".1f"), p99.text(".1f"), je.text(".1f")))
    yield from tabelle(
        ("page", "server", "requests/s", "p99, ms", "requests per s of processor time"), zeilen
    )
    yield f"\nwrk with {VERBINDUNGEN} connections. Ratios of neighbouring runs:\n"
    kopf = ("page", "requests/s, ours : theirs", "p99, theirs : ours", "per processor time")
    yield from tabelle(kopf, (_verhaeltnisse(zahlen, fall) for fall in zahlen.faelle(RATE)))


def _paare(zahlen: Zahlen, fall: str) -> Iterator[tuple[str, Reihe, Reihe, Reihe]]:
    for wer in zahlen.wer(RATE):
        reihen = [zahlen.reihe(g, fall, wer) for g in (RATE, P99, JE_KERN)]
        if all(reihen):
            rate, p99, je = (r for r in reihen if r)
            yield wer, rate, p99, je


def _verhaeltnisse(zahlen: Zahlen, fall: str) -> tuple[str, str, str, str]:
    (_, rate, p99, je), (_, rate_, p99_, je_) = _paare(zahlen, fall)
    raten, spitzen, zeiten = rate.durch(rate_), p99_.durch(p99), je.durch(je_)
    return fall, raten.text(".0f"), spitzen.text(".0f"), zeiten.text(".0f")


def ziele(zahlen: Zahlen) -> Iterator[Ziel]:
    """Yield both targets for every page: its median ratio has to hold."""
    for fall in zahlen.faelle(RATE):
        (_, rate, p99, _), (name, rate_, p99_, _) = _paare(zahlen, fall)
        was = f"items page, {fall.split(',')[0]}, against {name}"
        raten, spitzen = rate.durch(rate_), p99.durch(p99_)
        yield Ziel(f"{was}: requests/s", "≥ 50 ×", raten.text(".0f") + " ×", raten.median >= 50)
        yield Ziel(f"{was}: p99", "≤ 0.1 ×", spitzen.text(".3f") + " ×", spitzen.median <= 0.1)
