"""The first visit on a phone: until the filter answers, and what goes over the wire."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Final

from playwright.sync_api import sync_playwright

from app.store import AKTUELL
from tests.bench.erstbesuch import PROFIL, UNSERE, Erstbesuch, besuche
from tests.bench.folium_seite import AUFBAU, STOCK, schreibe
from tests.bench.messung import WIR, Zahlen, Ziel, abwechselnd
from tests.bench.prozesse import unser
from tests.bench.seitenteile import tabelle
from tests.bench.statisch import AUFBAU as NGINX_AUFBAU
from tests.bench.statisch import fassung, nginx
from tests.bench.werkbank import NPM, Werkbank, konsole
from tests.browser.besuch import starte

TITEL: Final = "First visit, 237 projects"
SEKUNDEN: Final = "visit: seconds until the filter answers"
KIB: Final = "visit: KiB over the wire"
ANFRAGEN: Final = "visit: requests"
STOCK_NAME: Final = "stock folium"
TELEFON, TISCH = "phone", "desk, not slowed"


def miss(bank: Werkbank) -> None:
    """Visit both pages in turns, on a phone; ours also from a desk."""
    build = bank.build(237)
    features = json.loads((build / AKTUELL / "daten" / "projekte.geojson").read_bytes())["features"]
    ordner = bank.ordner / "folium"
    schreibe(ordner, features, NPM)
    bank.aufbau(f"{AUFBAU}. Served by nginx {fassung()}: {NGINX_AUFBAU}.")
    with (
        unser(build) as (basis, _),
        nginx(ordner, "/index.html") as (fremd, _),
        sync_playwright() as playwright,
    ):
        browser = starte(playwright)
        for fall, phone in ((TELEFON, True), (TISCH, False)):
            konsole.print(f"  {fall}")
            messungen = [
                partial(besuche, browser, f"{basis}/", UNSERE, phone=phone),
                partial(besuche, browser, f"{fremd}/index.html", STOCK, phone=phone),
            ]
            laeufe = abwechselnd(messungen, bank.runden(7 if phone else 3), messungen)
            for wer, ergebnisse in zip((WIR, STOCK_NAME), laeufe, strict=True):
                _merke(bank, fall, wer, ergebnisse)
        browser.close()


def _merke(bank: Werkbank, fall: str, wer: str, besuche_: list[Erstbesuch]) -> None:
    bank.merke(SEKUNDEN, fall, [b.sekunden for b in besuche_], wer)
    bank.merke(KIB, fall, [b.kib for b in besuche_], wer)
    bank.merke(ANFRAGEN, fall, [b.anfragen for b in besuche_], wer)


def zeige(zahlen: Zahlen) -> Iterator[str]:
    """Yield the table of both pages on both devices."""
    zeilen = []
    for fall in zahlen.faelle(SEKUNDEN):
        for wer in zahlen.wer(SEKUNDEN):
            reihen = (zahlen.reihe(g, fall, wer) for g in (SEKUNDEN, KIB, ANFRAGEN))
            sekunden, kib, anfragen = (r for r in reihen if r)
            zeilen.append((fall, wer, sekunden.text(".2f"), kib.text(".0f"), anfragen.text(".0f")))
    kopf = ("device", "page", "filter answers, s", "over the wire, KiB", "requests")
    yield from tabelle(kopf, zeilen)
    yield (
        f"\nHeadless Chromium with an empty cache. Phone: {PROFIL}. Ours answers when a click on a "
        "Handlungsfeld has changed the sentence above the list."
    )


def ziele(zahlen: Zahlen) -> Iterator[Ziel]:
    """Yield the targets on the phone: time and bytes against folium, and the weight itself."""
    paare = [
        (zahlen.reihe(g, TELEFON), zahlen.reihe(g, TELEFON, STOCK_NAME)) for g in (SEKUNDEN, KIB)
    ]
    (wir, er), (kib, kib_) = paare
    if wir and er and kib and kib_:
        schneller, anteil = er.durch(wir), kib.durch(kib_)
        was = "first visit on a phone, 237 projects, against stock folium"
        yield Ziel(
            f"{was}: filter answers",
            "≥ 3 × faster",
            schneller.text(".1f") + " ×",
            schneller.median >= 3,
        )
        yield Ziel(f"{was}: bytes", "≤ 0.2 ×", anteil.text(".2f") + " ×", anteil.median <= 0.2)
        yield Ziel(
            "page weight, everything, first visit",
            "≤ 200 KiB",
            kib.text(".0f") + " KiB",
            max(kib.werte) <= 200,
        )
