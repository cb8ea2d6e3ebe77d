"""Write a geodata folder of any size for tests and benchmarks.

Vocabularies, districts, squares and vacant land are the shipped ones; projects and
organisations are invented and say so ("Testprojekt 17", "Testorganisation 3").
"""

import csv
import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers import seitentexte
from layers.raumbezug import nach_wgs84
from layers.tabellen import BETEILIGTE, PROJEKTE, STANDORTE, Tabelle

GEODATA = Path(__file__).parent.parent / "geodata"
_KOPIERT = (
    "codelisten",
    "quellen.toml",
    "statistische_bezirke.csv",
    "plaetze.csv",
    "brachflaechen.csv",
    "kennzahlen.csv",
)
_ORGANISATIONEN = 200
_WORTSCHATZ = 8000
_STAEMME = ("Straße", "Grün", "Brücke", "Schule", "Nachbarschaft", "Übergang", "Hafen", "Wärme")


def schreibe(ziel: Path, n: int, seed: int = 17) -> Path:
    """Write ``n`` projects with their locations into ``ziel`` and return it."""
    zufall = np.random.default_rng(seed)
    ziel.mkdir(parents=True, exist_ok=True)
    for name in _KOPIERT:
        if (GEODATA / name).is_dir():
            shutil.copytree(GEODATA / name, ziel / name, dirs_exist_ok=True)
        else:
            shutil.copyfile(GEODATA / name, ziel / name)
    _schreibe_texte(ziel)
    _schreibe_tabelle(ziel, BETEILIGTE, _organisationen())
    anzahl = zufall.choice([0, 1, 2, 3, 4], size=n, p=[0.15, 0.72, 0.08, 0.03, 0.02])
    punkte, bezirke = _punkte(int(anzahl.sum()), zufall)
    start = np.concatenate([[0], np.cumsum(anzahl)])
    _schreibe_tabelle(ziel, STANDORTE, _standorte(anzahl, punkte, zufall))
    _schreibe_tabelle(ziel, PROJEKTE, _projekte(start, bezirke, zufall))
    return ziel


def _schreibe_texte(ziel: Path) -> None:
    (ziel / seitentexte.ORDNER).mkdir(exist_ok=True)
    for seite in seitentexte.SEITEN:
        text = f"# Testseite {seite}\n\nStand: 2026-01-15\n\nEin Testtext.\n"
        (ziel / seitentexte.ORDNER / f"{seite}.md").write_text(text, encoding="utf-8")


def _schreibe_tabelle(ziel: Path, tabelle: Tabelle, zeilen: Iterable[dict[str, str]]) -> None:
    with (ziel / tabelle.datei).open("w", encoding="utf-8", newline="") as datei:
        schreiber = csv.DictWriter(datei, tabelle.spaltennamen, restval="", lineterminator="\n")
        schreiber.writeheader()
        schreiber.writerows(zeilen)


def _organisationen() -> Iterable[dict[str, str]]:
    for i in range(_ORGANISATIONEN):
        yield {
            "code": f"testorganisation-{i}",
            "name": f"Testorganisation {i}",
            "varianten": f"TO {i}" if i % 3 == 0 else "",
            "art": "unbenannt" if i % 50 == 0 else "organisation",
        }


def _punkte(
    anzahl: int, zufall: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.object_]]:
    """Return lon, lat inside Dortmund and the code of the Stadtbezirk of each point."""
    tabelle = pd.read_csv(GEODATA / "statistische_bezirke.csv", dtype=str)
    flaechen = shapely.from_wkt(tabelle["wkt_epsg25832"].to_numpy())
    gewicht = shapely.area(flaechen) / shapely.area(flaechen).sum()
    wahl = zufall.choice(len(flaechen), size=anzahl, p=gewicht)
    west, sued, ost, nord = shapely.bounds(flaechen)[wahl].T
    x, y = np.empty(anzahl), np.empty(anzahl)
    offen = np.arange(anzahl)
    while len(offen):
        x[offen] = zufall.uniform(west[offen], ost[offen])
        y[offen] = zufall.uniform(sued[offen], nord[offen])
        offen = offen[~shapely.contains_xy(flaechen[wahl[offen]], x[offen], y[offen])]
    grad = shapely.get_coordinates(nach_wgs84(np.asarray(shapely.points(x, y))))
    return grad, tabelle["stadtbezirk"].to_numpy(dtype=object)[wahl]


def _standorte(
    anzahl: NDArray[np.int64], punkte: NDArray[np.float64], zufall: np.random.Generator
) -> Iterable[dict[str, str]]:
    genauigkeit = zufall.choice(
        ["adresse", "platz", "quartier", "stadtbezirk"], size=len(punkte), p=[0.4, 0.25, 0.25, 0.1]
    )
    i = 0
    for projekt, je in enumerate(anzahl):
        for nummer in range(je):
            lon, lat = punkte[i]
            yield {
                "projekt_id": f"test-{projekt}",
                "bezeichnung": f"Teststraße {nummer + 1}",
                "lat": f"{lat:.5f}",
                "lon": f"{lon:.5f}",
                "lagegenauigkeit": str(genauigkeit[i]),
            }
            i += 1
        if not je and projekt % 5 == 0:
            yield {"projekt_id": f"test-{projekt}", "bezeichnung": "Testort, nicht verortet"}


def _codes(liste: str) -> list[str]:
    codes = pd.read_csv(GEODATA / "codelisten" / f"{liste}.csv", dtype=str)["code"]
    return list(codes)


def _spalte(codes: Sequence[str], n: int, leer: float, zufall: np.random.Generator) -> list[str]:
    werte = zufall.choice(np.array(codes, dtype=object), size=n)
    werte[zufall.random(n) < leer] = ""
    return list(werte)


def _projekte(
    start: NDArray[np.int64], bezirke: NDArray[np.object_], zufall: np.random.Generator
) -> Iterable[dict[str, str]]:
    n = len(start) - 1
    spalten = {
        "liste": _spalte(_codes("liste"), n, 0, zufall),
        "status": _spalte(_codes("status"), n, 0.1, zufall),
        "handlungsfeld": _spalte(_codes("handlungsfeld"), n, 0.02, zufall),
        "wirkungsfeld": _spalte(_codes("wirkungsfeld"), n, 0.02, zufall),
        "themenfeld": _spalte(_codes("themenfeld"), n, 0.02, zufall),
        "projektfamilie": _spalte(_codes("projektfamilie"), n, 0.02, zufall),
        "generation": _spalte(_codes("generation"), n, 0.6, zufall),
        "belegstufe": _spalte(_codes("belegstufe"), n, 0, zufall),
        "traeger": _spalte(_namen(), n, 0.3, zufall),
        "partner": _spalte(_namenspaare(zufall), n, 0.5, zufall),
        "kurzbeschreibung": _texte(n, zufall),
    }
    jahre = zufall.integers(2005, 2026, size=n)
    dauer = zufall.integers(0, 6, size=n)
    mit_beginn, mit_ende = zufall.random(n) < 0.6, zufall.random(n) < 0.4
    for i in range(n):
        eigene = dict.fromkeys(bezirke[start[i] : start[i + 1]])
        yield {
            **{name: werte[i] for name, werte in spalten.items()},
            "id": f"test-{i}",
            "nr": f"{i:03d}" if i % 4 else "",
            "name": f"Testprojekt {i}",
            "stadtbezirke": "|".join(eigene) or ("stadtbezirksuebergreifend" if i % 2 else ""),
            "status_stand": str(jahre[i]),
            "beginn": str(jahre[i]) if mit_beginn[i] else "",
            "ende": f"{jahre[i] + dauer[i]}-12" if mit_ende[i] else "",
            "kosten_eur": str(1000 * (i % 700)) if i % 10 == 0 else "",
            "quellen": f"https://example.org/testprojekt/{i}",
            "zuordnung": "redaktionell",
            "stand": f"{jahre[i]}-{i % 12 + 1:02d}",
        }


def _namen() -> list[str]:
    return [f"Testorganisation {i}" for i in range(_ORGANISATIONEN)]


def _namenspaare(zufall: np.random.Generator) -> list[str]:
    paare = zufall.integers(0, _ORGANISATIONEN, size=(1000, 2))
    return [
        f"Testorganisation {a}" + (f"|TO {b - b % 3}" if a != b - b % 3 else "") for a, b in paare
    ]


def _texte(n: int, zufall: np.random.Generator) -> list[str]:
    # Word frequencies fall off like those of a language: few words everywhere, many rare.
    worte = np.array([f"{_STAEMME[i % len(_STAEMME)]}wort{i}" for i in range(_WORTSCHATZ)], object)
    nummern = np.minimum(zufall.zipf(1.3, size=(n, 25)) - 1, _WORTSCHATZ - 1)
    return [f"Erfunden, nur für Tests: {' '.join(worte[zeile])}." for zeile in nummern]


if __name__ == "__main__":
    schreibe(Path(sys.argv[1]), int(sys.argv[2]))
