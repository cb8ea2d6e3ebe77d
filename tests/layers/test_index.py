"""The files of a build: consistent, complete, the same every time."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from shapely import Point, Polygon

from app.state import FACETTEN, SORTIERUNGEN
from layers import index, spalten
from layers.falten import ordnungsform, suchworte
from layers.join import Verbund, join
from tests.layers import spaltenbild
from tests.layers.conftest import PROJEKTE, Ordner

WURZEL = Path(__file__).parents[2]
LAYER = (
    "projekte", "plaetze", "brachflaechen", "stadtbezirke", "statistische_bezirke", "projektgebiet",
)  # fmt: skip


def baue(ordner: Ordner) -> dict[str, Any]:
    return offen(join(ordner.pruefe()))


def offen(verbund: Verbund) -> dict[str, Any]:
    """Path → content of the data files of a build."""
    arten = {"index.bin": spaltenbild.index, "suche.bin": spaltenbild.suche}
    dateien = index.dateien(verbund)
    return {
        pfad: arten.get(pfad, spalten.lies if pfad.endswith(".bin") else json.loads)(inhalt)
        for pfad, inhalt in dateien.items()
    }


def mengen(facette: dict[str, Any], zeile: int) -> set[str]:
    start = facette["start"]
    von, bis = (zeile, zeile + 1) if start is None else (start[zeile], start[zeile + 1])
    return {facette["codes"][i] for i in facette["wert"][von:bis]}


def test_all_files_are_there(ordner: Ordner) -> None:
    assert set(baue(ordner)) == {
        "index.bin", "suche.bin", "steckbriefe.json", "orte.json", "codelisten.json",
        "kennzahlen.json", "lageplan.json", "befunde.json", "texte-0.json", "seitentexte.json",
        "ebenen.json", "daten/kennzahlen.json", "daten/beteiligte.json", "daten/codelisten.json",
        *(f"daten/{name}.geojson" for name in LAYER),
        *(f"merkmale/{name}.bin" for name in LAYER),
    }  # fmt: skip


def test_columns_have_one_entry_a_row(ordner: Ordner) -> None:
    inhalt = baue(ordner)["index.bin"]
    assert inhalt["anzahl"] == PROJEKTE
    for spalte in ("id", "nr", "name", "beginn", "ende", "standjahr"):
        assert len(inhalt[spalte]) == PROJEKTE
    assert tuple(inhalt["facetten"]) == FACETTEN
    assert set(inhalt["rang"]) == set(SORTIERUNGEN) - {"entfernung"}
    assert len({len(inhalt["standorte"][s]) for s in ("projekt", "lon", "lat", "genauigkeit")}) == 1


def test_facets_say_what_the_steckbriefe_say(ordner: Ordner) -> None:
    ordner.setze("projekte", 2, status="", stadtbezirke="eving|mengede", traeger="TO 3")
    dateien = baue(ordner)
    facetten = dateien["index.bin"]["facetten"]
    for zeile, projekt in enumerate(dateien["steckbriefe.json"]["projekte"]):
        for name in FACETTEN[:-1]:
            gesagt = projekt.get("stadtbezirke" if name == "stadtbezirk" else name, [])
            erwartet = {gesagt} if isinstance(gesagt, str) else set(gesagt)
            assert mengen(facetten[name], zeile) == (erwartet or {"ohne-angabe"})
        beteiligt = {o["code"] for o in projekt["traeger"] + projekt["partner"] if o["code"]}
        assert mengen(facetten["beteiligt"], zeile) == (beteiligt or {"ohne-angabe"})


def test_the_first_district_stated_is_the_first_in_the_index(ordner: Ordner) -> None:
    ordner.setze("projekte", 2, stadtbezirke="mengede|eving")
    dateien = baue(ordner)
    zeile = dateien["index.bin"]["id"].index("test-0")
    facette = dateien["index.bin"]["facetten"]["stadtbezirk"]
    erster = facette["codes"][facette["wert"][facette["start"][zeile]]]
    assert erster == "mengede"


def test_every_searched_word_stands_in_the_texts_that_the_list_quotes(ordner: Ordner) -> None:
    ordner.setze("projekte", 2, traeger="TO 3", kurzbeschreibung="Ein Grün-Weg")
    dateien = baue(ordner)
    zeile = dateien["index.bin"]["id"].index("test-0")
    assert dateien["index.bin"]["je_textdatei"] > zeile
    texte = dateien["texte-0.json"]
    stellen = [(texte["felder"][feld], text) for feld, text in texte["projekte"][zeile]]
    assert ("kurzbeschreibung", "Ein Grün-Weg") in stellen
    # The usual name first; other spellings only where nothing else has the word.
    assert [text for feld, text in stellen if feld == "traeger"] == [
        "Testorganisation 3", "Testorganisation 3 (TO 3)",
    ]  # fmt: skip


def test_csr_is_well_formed(ordner: Ordner) -> None:
    for facette in baue(ordner)["index.bin"]["facetten"].values():
        assert len(facette["codes"]) == len(facette["labels"]) == len(set(facette["codes"]))
        assert all(0 <= wert < len(facette["codes"]) for wert in facette["wert"])
        assert "ohne-angabe" not in facette["codes"][:-1]
        if facette["start"] is None:
            assert len(facette["wert"]) == PROJEKTE
        else:
            assert facette["start"][0] == 0
            assert facette["start"][-1] == len(facette["wert"])
            assert facette["start"] == sorted(facette["start"])


def test_organisations_that_a_source_only_describes_are_no_option(ordner: Ordner) -> None:
    ordner.setze("projekte", 2, traeger="Testorganisation 50", partner="")
    dateien = baue(ordner)
    zeile = dateien["index.bin"]["id"].index("test-0")
    assert "testorganisation-50" not in dateien["index.bin"]["facetten"]["beteiligt"]["codes"]
    traeger = dateien["steckbriefe.json"]["projekte"][zeile]["traeger"]
    assert traeger == [{"code": None, "name": "Testorganisation 50"}]


def test_variant_of_a_name_shows_the_organisation(ordner: Ordner) -> None:
    ordner.setze("projekte", 2, traeger="TO 3")
    dateien = baue(ordner)
    zeile = dateien["index.bin"]["id"].index("test-0")
    assert dateien["steckbriefe.json"]["projekte"][zeile]["traeger"] == [
        {"code": "testorganisation-3", "name": "Testorganisation 3"}
    ]


def test_ranks_are_dense_and_ordered(ordner: Ordner) -> None:
    inhalt = baue(ordner)["index.bin"]
    for raenge in inhalt["rang"].values():
        belegt = {rang for rang in raenge if rang}
        assert belegt == set(range(1, len(belegt) + 1))
    nummern = {nr: rang for nr, rang in zip(inhalt["nr"], inhalt["rang"]["nr"], strict=True) if nr}
    assert sorted(nummern, key=nummern.__getitem__) == sorted(nummern, key=ordnungsform)
    assert all(
        (nr == "") == (r == 0) for nr, r in zip(inhalt["nr"], inhalt["rang"]["nr"], strict=True)
    )
    assert inhalt["rang"]["name"] == sorted(inhalt["rang"]["name"])


def test_rank_of_a_code_is_its_place_in_the_code_list(ordner: Ordner) -> None:
    inhalt = baue(ordner)["index.bin"]
    status, rang = inhalt["facetten"]["status"], inhalt["rang"]["status"]
    paare = sorted({(r, w) for r, w in zip(rang, status["wert"], strict=True) if r})
    assert [w for _, w in paare] == sorted(w for _, w in paare)


def test_every_word_of_a_steckbrief_finds_its_row(ordner: Ordner) -> None:
    ordner.setze("projekte", 2, kurzbeschreibung="Ein Grün-Weg an der Münsterstraße, 1.200 m²")
    dateien = baue(ordner)
    suche = dateien["suche.bin"]
    assert suche["worte"] == sorted(set(suche["worte"]))
    zeilen = {
        wort: suche["zeilen"][suche["start"][i] : suche["start"][i + 1]]
        for i, wort in enumerate(suche["worte"])
    }
    assert all(z == sorted(set(z)) and z for z in zeilen.values())
    status = {eintrag["code"]: eintrag["label"] for eintrag in dateien["codelisten.json"]["status"]}
    for zeile, projekt in enumerate(dateien["steckbriefe.json"]["projekte"]):
        texte = [projekt["name"], projekt.get("nr", ""), projekt["kurzbeschreibung"]]
        texte += [status.get(projekt.get("status", ""), "")]
        texte += [o["name"] for o in projekt["traeger"] + projekt["partner"]]
        texte += [s["bezeichnung"] for s in projekt["standorte"]]
        for wort in suchworte(" ".join(texte)):
            assert zeile in zeilen[wort]


def test_places_that_are_named_only_are_in_the_steckbrief_not_on_the_map(ordner: Ordner) -> None:
    ordner.schreibe("standorte", ordner.tabelle("standorte")[:1])
    ordner.haenge_an("standorte", projekt_id="test-4", bezeichnung="Irgendwo")
    verbund = join(ordner.pruefe())
    dateien = offen(verbund)
    assert dateien["index.bin"]["standorte"]["projekt"] == []
    zeile = dateien["index.bin"]["id"].index("test-4")
    standort = dateien["steckbriefe.json"]["projekte"][zeile]["standorte"][0]
    assert (standort["bezeichnung"], standort["lon"], standort["lat"]) == ("Irgendwo", None, None)
    zahlen = index.zahlen(verbund)
    assert (zahlen["standorte"], zahlen["projekte_mit_lage"]) == (0, 0)


def test_findings_are_counted_and_written(ordner: Ordner) -> None:
    ordner.setze("projekte", 3, status="xyz")
    verbund = join(ordner.pruefe())
    bericht = json.loads(index.dateien(verbund)["befunde.json"])
    zahlen = index.zahlen(verbund)
    assert zahlen["quarantaene"] == len(bericht["quarantaene"]) >= 1
    assert zahlen["projekte"] == PROJEKTE - 1
    schweren = [befund["schwere"] for befund in bericht["befunde"]]
    assert zahlen["fehler"] == schweren.count("Fehler")
    assert bericht["bilanz"]["projekte"] == {
        "zeilen": PROJEKTE, "veroeffentlicht": PROJEKTE - 1, "quarantaene": 1,
    }  # fmt: skip
    unbekannt = next(b for b in bericht["befunde"] if b["code"] == "code-unbekannt")
    assert (unbekannt["datei"], unbekannt["zeile"], unbekannt["wert"]) == ("projekte.csv", 3, "xyz")


def test_findings_of_a_project_stand_in_its_record(ordner: Ordner) -> None:
    ordner.setze("projekte", 2, status="", stand="")
    projekte = baue(ordner)["steckbriefe.json"]["projekte"]
    codes = next(p["befunde"] for p in projekte if p["id"] == "test-0")
    assert {"status-fehlt", "stand-fehlt"} <= set(codes)


def test_locator_map_puts_points_into_their_district(ordner: Ordner) -> None:
    dateien = baue(ordner)
    plan = dateien["lageplan.json"]
    ax, bx, ay, by = plan["affin"]
    breite, hoehe = plan["viewbox"][2:]
    umrisse = {}
    for bezirk in plan["stadtbezirke"]:
        schritte = bezirk["pfad"].split("M")[1].rstrip("z").replace("l", " ").split()
        zahlen = [int(z) for z in schritte]
        punkte = [(zahlen[0], zahlen[1])]
        for dx, dy in zip(zahlen[2::2], zahlen[3::2], strict=True):
            punkte.append((punkte[-1][0] + dx, punkte[-1][1] + dy))
        assert all(0 <= x <= breite and 0 <= y <= hoehe for x, y in punkte)
        umrisse[bezirk["code"]] = Polygon(punkte)
        assert umrisse[bezirk["code"]].contains(Point(bezirk["x"], bezirk["y"]))
    for projekt in dateien["steckbriefe.json"]["projekte"]:
        for s in projekt["standorte"]:
            if s["lon"] is not None:
                punkt = Point(ax + bx * s["lon"], ay + by * s["lat"])
                assert umrisse[s["stadtbezirk"]].distance(punkt) < 2


@pytest.mark.parametrize("leer", [("projekte", "standorte"), ("statistische_bezirke",)])
def test_empty_tables_still_make_a_build(ordner: Ordner, leer: tuple[str, ...]) -> None:
    for name in leer:
        ordner.schreibe(name, ordner.tabelle(name)[:1])
    dateien = baue(ordner)
    if "projekte" in leer:
        assert dateien["index.bin"]["id"] == []
        assert dateien["suche.bin"] == {"worte": [], "start": [0], "zeilen": []}
    else:
        assert dateien["lageplan.json"]["stadtbezirke"] == []


def test_same_input_same_bytes(ordner: Ordner) -> None:
    skript = (
        "import hashlib, sys; from pathlib import Path; from layers import index;"
        "from layers.read import read_sources; from layers.check import check;"
        "from layers.join import join;"
        "d = index.dateien(join(check(read_sources(Path(sys.argv[1])))));"
        "print(hashlib.sha256(b''.join(p.encode() + d[p] for p in d)).hexdigest())"
    )
    summen = {
        subprocess.run(
            [sys.executable, "-c", skript, str(ordner.pfad)],
            cwd=WURZEL,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(summen) == 1


def test_order_of_the_rows_in_the_file_does_not_matter(ordner: Ordner) -> None:
    vorher = baue(ordner)
    kopf, *zeilen = ordner.tabelle("projekte")
    ordner.schreibe("projekte", [kopf, *reversed(zeilen)])
    nachher = baue(ordner)
    for pfad in ("index.bin", "suche.bin", "daten/projekte.geojson"):
        assert vorher[pfad] == nachher[pfad]
