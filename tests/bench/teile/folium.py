"""The first visit on a phone: until the filter answers, and what goes over the wire."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Final

from playwright.sync_api import sync_playwright

from app.store import AKTUELL
from tests.bench.erstbesuch import PROFIL, UNSERE, Erstbesuch, besuche
from tests.bench.folium_seite import AUFBAU, STOCK, schreibe
from tests.bench.messung import WIR, Reihe, Zahlen, Ziel, abwechselnd
from tests.bench.prozesse import unser
from tests.bench.seitenteile import tabelle
from tests.bench.statisch import AUFBAU as NGINX_AUFBAU
from tests.bench.statisch import fassung, nginx
from tests.bench.werkbank import NPM, Werkbank, konsole
from tests.browser.besuch import starte

TITEL: Final = "First visit, 237 projects"
SEKUNDEN: Final = "visit: seconds until the filter answers"
KIB_BIS: Final = "visit: KiB until the filter answers"
KIB: Final = "visit: KiB over the wire"
KIB_MIT_KARTE: Final = "visit: KiB over the wire, with the map"
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
    bank.merke(KIB_BIS, fall, [b.kib_bis for b in besuche_], wer)
    bank.merke(KIB, fall, [b.kib for b in besuche_], wer)
    bank.merke(KIB_MIT_KARTE, fall, [b.kib_mit_karte for b in besuche_], wer)
    bank.merke(ANFRAGEN, fall, [b.anfragen for b in besuche_], wer)


def zeige(zahlen: Zahlen) -> Iterator[str]:
    """Yield the table of both pages on both devices."""
    zeilen = []
    for fall in zahlen.faelle(SEKUNDEN):
        for wer in zahlen.wer(SEKUNDEN):
            groessen = (SEKUNDEN, KIB_BIS, KIB, KIB_MIT_KARTE, ANFRAGEN)
            reihen = [zahlen.reihe(g, fall, wer) for g in groessen]
            formen = (".2f", ".0f", ".0f", ".0f", ".0f")
            texte = (r.text(f) if r else "" for r, f in zip(reihen, formen, strict=True))
            zeilen.append((fall, wer, *texte))
    bytes_ = ("KiB until then", "KiB by itself", "KiB with the map")
    kopf = ("device", "page", "filter answers, s", *bytes_, "requests")
    yield from tabelle(kopf, zeilen)
    yield (
        f"\nHeadless Chromium with an empty cache. Phone: {PROFIL}. Ours answers when a click on a "
        "Handlungsfeld has changed the sentence above the list. The click comes once, as soon as "
        "the filter stands in the page, as a visitor's would; again only where the page took it "
        "back or had not answered three seconds after it was loaded. The answer is the first "
        "picture after the change. By itself ours fetches no map on a phone, which begins with the "
        "list; the column beside says how much it is when the visitor has asked for the map, too."
    )


def ziele(zahlen: Zahlen) -> Iterator[Ziel]:
    """Yield the targets: time and bytes on a phone against folium, and the weight, map and all."""

    def beide(groesse: str) -> tuple[Reihe | None, Reihe | None]:
        return zahlen.reihe(groesse, TELEFON), zahlen.reihe(groesse, TELEFON, STOCK_NAME)

    (wir, er), (bis, bis_), (kib, kib_) = beide(SEKUNDEN), beide(KIB_BIS), beide(KIB)
    was = "first visit on a phone, 237 projects, against stock folium"
    if wir and er:
        schneller = er.durch(wir)
        text = schneller.text(".1f") + " ×"
        yield Ziel(f"{was}: filter answers", "≥ 3 × faster", text, schneller.median >= 3)
    for wozu, unsere, seine in (("until the filter answers", bis, bis_), ("by itself", kib, kib_)):
        if unsere and seine:
            anteil = unsere.durch(seine)
            text = anteil.text(".2f") + " ×"
            yield Ziel(f"{was}: bytes {wozu}", "≤ 0.2 ×", text, anteil.median <= 0.2)
    for fall in (TELEFON, TISCH):
        if reihe := zahlen.reihe(KIB_MIT_KARTE, fall):
            yield Ziel(
                f"page weight, everything, map included, first visit, {fall}",
                "≤ 200 KiB",
                reihe.text(".0f") + " KiB",
                max(reihe.werte) <= 200,
            )
