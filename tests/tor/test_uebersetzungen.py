"""Translated columns in files that people send, and in the workbook they are sent out with."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter

from app import mappe
from app.katalog import lade
from app.store import AKTUELL
from layers.befund import Code
from layers.check import check
from layers.quelle.zuordnung import LISTENBLATT
from layers.read import read_sources
from layers.sprachen import UEBERSETZT
from layers.tabellen import CODELISTEN, PROJEKTE
from layers.ueberschriften import SPALTEN, kopfform, vergleichsform
from tests.conftest import baue
from tests.tor.conftest import (
    GEODATA,
    PROJEKT,
    codes,
    geprueft,
    lies,
    schreibe_csv,
    schreibe_mappe,
    tabelle,
)

UEBERSCHRIFTEN = {
    "kurzbeschreibung_en": [
        "kurzbeschreibung_en", "Kurzbeschreibung (Englisch)", "Kurzbeschreibung EN",
        "Beschreibung auf Englisch", "kurzbeschreibung-english", "Kurztext [en]",
    ],
    "kurzbeschreibung_leicht": [
        "Kurzbeschreibung in Leichter Sprache", "Kurzbeschreibung (Leichte Sprache)",
        "Kurzbeschreibung leicht", "Leichte Sprache",
    ],
    "ziel_tr": ["Ziel (Türkisch)", "Ziele TR", "Projektziel – Türkçe"],
    "sachstand_ar": ["Sachstand (Arabisch)", "Sachstand العربية", "sachstand_ar"],
    "wirkung_uk": ["Wirkung (Ukrainisch)", "Wirkungen UK", "Wirkung UA", "Wirkung – Українська"],
}  # fmt: skip


def als_csv(ordner: Path, zeile: dict[str, Any]) -> Path:
    return schreibe_csv(ordner / "projekte.csv", tabelle(zeile))


def als_mappe(ordner: Path, zeile: dict[str, Any]) -> Path:
    return schreibe_mappe(ordner / "m.xlsx", {"Projekte": tabelle(zeile)})


def als_geojson(ordner: Path, zeile: dict[str, Any]) -> Path:
    merkmal = {"type": "Feature", "geometry": None, "properties": zeile}
    pfad = ordner / "projekte.geojson"
    pfad.write_bytes(orjson.dumps({"type": "FeatureCollection", "features": [merkmal]}))
    return pfad


@pytest.mark.parametrize("schreibe", [als_csv, als_mappe, als_geojson])
def test_headings_of_translations_are_understood(
    schreibe: Callable[..., Path], tmp_path: Path
) -> None:
    for nummer in range(max(map(len, UEBERSCHRIFTEN.values()))):
        kopf = {spalte: titel[nummer % len(titel)] for spalte, titel in UEBERSCHRIFTEN.items()}
        texte = {titel: f"Text {spalte}" for spalte, titel in kopf.items()}
        ordner = tmp_path / str(nummer)
        ordner.mkdir()
        quelldaten = lies(schreibe(ordner, {**PROJEKT, **texte}))
        zeile = quelldaten.tabellen["projekte"].iloc[0]
        assert {spalte: zeile[spalte] for spalte in kopf} == {s: f"Text {s}" for s in kopf}
        assert Code.SPALTE_UNBEKANNT not in codes(quelldaten.befunde)


def test_plural_is_no_language(tmp_path: Path) -> None:
    zeile = {**PROJEKT, "Wirkungen": "Mehr Grün", "Wirkung EN": "More green"}
    gelesen = lies(als_csv(tmp_path, zeile)).tabellen["projekte"].iloc[0]
    assert (gelesen["wirkung"], gelesen["wirkung_en"]) == ("Mehr Grün", "More green")


def test_no_german_heading_is_taken_for_a_translation() -> None:
    uebersetzt = {s.name for s in (*LISTENBLATT.uebersetzungen, *PROJEKTE.uebersetzungen)}
    for name, titel in SPALTEN.items():
        for text in titel:
            assert name in uebersetzt or kopfform(text) == vergleichsform(text)


def test_columns_that_nobody_translated_are_not_missed(tmp_path: Path) -> None:
    quelldaten = lies(als_csv(tmp_path, dict(PROJEKT)))
    gemeldet = {b.spalte for b in quelldaten.befunde if b.code is Code.SPALTE_FEHLT_WAHLFREI}
    assert "ziel" in gemeldet
    assert not gemeldet & {spalte.name for spalte in PROJEKTE.uebersetzungen}


@pytest.fixture(scope="module")
def bestand() -> dict[str, pd.DataFrame]:
    """The shipped data, a project of them translated."""
    tabellen = dict(read_sources(GEODATA).tabellen)
    projekte = tabellen["projekte"].copy()
    for spalte in PROJEKTE.uebersetzungen:
        projekte.loc[projekte.index[0], spalte.name] = (
            f"{spalte.name}: Çağ, مرحبا, Привіт, Bau·stelle"
        )
    return {**tabellen, "projekte": projekte}


@pytest.fixture(scope="module")
def vorlage(bestand: dict[str, pd.DataFrame]) -> Workbook:
    return mappe.vorlage(lade("de"), bestand, (), mit_daten=True)


def test_translations_come_back_from_the_workbook(
    bestand: dict[str, pd.DataFrame], vorlage: Workbook, tmp_path: Path
) -> None:
    vorlage.save(tmp_path / "m.xlsx")
    quelldaten = read_sources(tmp_path / "m.xlsx", GEODATA)
    assert quelldaten.befunde == ()
    uebersetzt = [spalte.name for spalte in PROJEKTE.uebersetzungen]
    for name, spalten in (
        (PROJEKTE.name, uebersetzt),
        *((liste.name, list(liste.spaltennamen)) for liste in CODELISTEN),
    ):
        eins, zwei = (
            tabellen[name][spalten].reset_index(drop=True)
            for tabellen in (quelldaten.tabellen, bestand)
        )
        pd.testing.assert_frame_equal(eins, zwei, obj=name)
    gebaut = check(quelldaten).tabellen["projekte"].iloc[0]
    assert gebaut["wirkung_uk"] == "wirkung_uk: Çağ, مرحبا, Привіт, Bau·stelle"


@pytest.mark.parametrize(
    ("blatt", "definition"), [("Projekte", PROJEKTE), ("Codelisten", LISTENBLATT)]
)
def test_workbook_keeps_translations_folded_away_at_the_end(
    vorlage: Workbook, blatt: str, definition: Any, tmp_path: Path
) -> None:
    vorlage.save(tmp_path / "m.xlsx")
    gelesen = load_workbook(tmp_path / "m.xlsx")[blatt]
    assert gelesen.sheet_format.outlineLevelCol == 1
    kopf = [zelle.value for zelle in gelesen[1]]
    masse = gelesen.column_dimensions
    spalten = [masse[get_column_letter(i)] for i in range(1, len(kopf) + 1)]
    anzahl = len(definition.uebersetzungen)
    assert kopf[-anzahl:] == [SPALTEN[s.name][0] for s in definition.uebersetzungen]
    assert all(spalte.hidden and spalte.outlineLevel == 1 for spalte in spalten[-anzahl:])
    assert not any(spalte.hidden or spalte.outlineLevel for spalte in spalten[:-anzahl])


LISTE = {"Liste": "status", "Code": "ruht", "Bezeichnung": "ruht", "Quelle": "Test"}
UEBERSETZT_LISTE = {**LISTE, **{f"Bezeichnung {sprache}": "ruht" for sprache in UEBERSETZT}}


def test_code_list_of_a_workbook_has_to_be_translated_too(tmp_path: Path) -> None:
    projekt = {**PROJEKT, "Status": "ruht"}
    for liste, fehlend in ((LISTE, len(UEBERSETZT)), (UEBERSETZT_LISTE, 0)):
        pfad = schreibe_mappe(
            tmp_path / "m.xlsx", {"Projekte": tabelle(projekt), "Codelisten": tabelle(liste)}
        )
        ergebnis = geprueft(lies(pfad))
        offen = [b for b in ergebnis.befunde if b.code is Code.UEBERSETZUNG_FEHLT]
        assert len(offen) == fehlend
        assert ergebnis.bilanz["projekte"].veroeffentlicht == 1
        assert ergebnis.hindernis is not None, "squares have a status that is no longer listed"
        assert (ergebnis.hindernis.grund == "blockiert.uebersetzung-fehlt") is bool(fehlend)


@pytest.mark.parametrize("endung", ["xlsx", "csv"])
def test_build_is_refused_whoever_supplied_the_code_list(endung: str, tmp_path: Path) -> None:
    (tmp_path / "quelle").mkdir()
    projekte = tabelle({**PROJEKT, "Status": "ruht"})
    if endung == "xlsx":
        schreibe_mappe(
            tmp_path / "quelle" / "m.xlsx", {"Projekte": projekte, "Codelisten": tabelle(LISTE)}
        )
    else:
        schreibe_csv(tmp_path / "quelle" / "projekte.csv", projekte)
        (tmp_path / "quelle" / "codelisten").mkdir()
        schreibe_csv(tmp_path / "quelle" / "codelisten" / "status.csv", tabelle(LISTE))
    fertig = baue(GEODATA, tmp_path / "b", f"--quelle={tmp_path / 'quelle'}", "--max-fehler=10000")
    ausgabe = " ".join(fertig.stderr.split())
    assert fertig.returncode == 1
    assert "Nicht veröffentlicht: In den Codelisten fehlen Übersetzungen (5)." in ausgabe
    assert "„ruht“ ist nicht in alle Sprachen übersetzt" in ausgabe
    assert "Englisch" in ausgabe or "label_en" in ausgabe
    assert not (tmp_path / "b" / AKTUELL).exists()
