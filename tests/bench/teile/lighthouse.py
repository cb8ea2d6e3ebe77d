"""Lighthouse from npm in the installed Chromium, with its phone profile."""

import json
import os
import subprocess
from collections.abc import Iterator
from typing import Any, Final

from app.store import AKTUELL, lade
from tests.bench.messung import Zahlen, Ziel
from tests.bench.prozesse import unser
from tests.bench.seitenteile import tabelle
from tests.bench.werkbank import NPM, Werkbank, konsole
from tests.browser.besuch import CHROMIUM, SCHALTER

TITEL: Final = "Lighthouse, phone profile"
SOLL: Final = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
GROESSE: Final = "lighthouse: {}"
LAEUFE: Final = 3
VERSUCHE: Final = 3
"""How often a run is begun that ends without a report."""


def miss(bank: Werkbank) -> None:
    """Judge three kinds of page; note the audits that cost points."""
    build = bank.echter_build()
    erstes = lade(build / AKTUELL).index.ids[0]
    seiten = {"`/`": "/", "`/projekte`": "/projekte", "a Steckbrief": f"/projekte/{erstes}"}
    bank.aufbau(
        f"Lighthouse {_fassung()} from npm, shipped data, its phone profile: simulated CPU 4 times "
        "slower, 1.6 Mbit/s, 150 ms."
    )
    with unser(build) as (basis, _):
        for name, pfad in seiten.items():
            konsole.print(f"  {pfad}")
            berichte = [_bericht(bank, basis + pfad) for _ in range(bank.runden(LAEUFE))]
            for kategorie in SOLL:
                noten = [100 * b["categories"][kategorie]["score"] for b in berichte]
                bank.merke(GROESSE.format(kategorie), name, noten)
            for text in sorted(set(_verluste(berichte[0]))):
                bank.bemerke(f"{name}: {text}")


def _bericht(bank: Werkbank, url: str) -> dict[str, Any]:
    """Return the report on one page.

    Lighthouse ends with an error where Chromium does not start or answers too late: that says
    nothing about the page, so it is tried again, and what it had to say is shown.

    Raises
    ------
    RuntimeError
        It failed every time; with its last words.
    """
    ziel = bank.ordner / "lighthouse.json"
    worte = ""
    for _ in range(VERSUCHE):
        lauf = subprocess.run(
            [
                *("node", NPM / "lighthouse" / "cli" / "index.js", url, "--output=json"),
                *("--quiet", f"--output-path={ziel}"),
                f"--only-categories={','.join(SOLL)}",
                f"--chrome-flags=--headless=new {' '.join(SCHALTER)}",
            ],
            env={**os.environ, "CHROME_PATH": CHROMIUM},
            capture_output=True,
            text=True,
            check=False,
        )
        worte = lauf.stderr.strip()[-600:]
        if lauf.returncode == 0:
            bericht: dict[str, Any] = json.loads(ziel.read_text("utf-8"))
            return bericht
        konsole.print(f"  Lighthouse ended with {lauf.returncode}: {worte}", markup=False)
    raise RuntimeError(worte)


def _verluste(bericht: dict[str, Any]) -> Iterator[str]:
    """Yield the audits that are not perfect and count in a category that misses its target."""
    for kategorie, soll in SOLL.items():
        teil = bericht["categories"][kategorie]
        if 100 * teil["score"] >= soll:
            continue
        for verweis in teil["auditRefs"]:
            audit = bericht["audits"][verweis["id"]]
            if verweis["weight"] and audit["score"] is not None and audit["score"] < 1:
                wert = audit.get("displayValue", "")
                yield f"{kategorie}: {audit['title']} {wert}".replace("\u00a0", " ").strip()


def _fassung() -> str:
    beschreibung = json.loads((NPM / "lighthouse" / "package.json").read_text("utf-8"))
    return str(beschreibung["version"])


def zeige(zahlen: Zahlen) -> Iterator[str]:
    """Yield scores by page and category."""
    seiten = zahlen.faelle(GROESSE.format("performance"))
    zeilen = []
    for seite in seiten:
        noten = (zahlen.reihe(GROESSE.format(k), seite) for k in SOLL)
        zeilen.append((seite, *(n.text(".0f") if n else "" for n in noten)))
    yield from tabelle(("page", *SOLL), zeilen)


def ziele(zahlen: Zahlen) -> Iterator[Ziel]:
    """Yield one target a category: the worst page's median counts."""
    for kategorie, soll in SOLL.items():
        groesse = GROESSE.format(kategorie)
        noten = [n for s in zahlen.faelle(groesse) if (n := zahlen.reihe(groesse, s))]
        if noten:
            ist = min(n.median for n in noten)
            text = ", ".join(f"{n.median:.0f}" for n in noten)
            yield Ziel(f"Lighthouse, {kategorie}", f"≥ {soll}", text, ist >= soll)
