"""CSV as offices save it."""

from pathlib import Path

import pytest

from layers.befund import Code
from tests.tor.conftest import (
    ORT,
    PROJEKT,
    codes,
    einer,
    geprueft,
    lies,
    schreibe_csv,
    tabelle,
    zu_tabellen,
)


@pytest.mark.parametrize("trenner", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("kodierung", "befund"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("cp1252", Code.DATEI_KODIERUNG),
        ("utf-16", Code.DATEI_KODIERUNG),
    ],
)
def test_separators_and_encodings(
    tmp_path: Path, trenner: str, kodierung: str, befund: Code | None
) -> None:
    projekt = {**PROJEKT, "Name": "Münsterstraße, Süd; „Grün“".replace("„Grün“", "Grün")}
    quelldaten = lies(schreibe_csv(tmp_path / "projekte.csv", tabelle(projekt), trenner, kodierung))
    assert list(quelldaten.tabellen["projekte"]["name"]) == [projekt["Name"]]
    gefunden = codes(zu_tabellen(quelldaten.befunde)) - {
        Code.SPALTE_FEHLT_WAHLFREI,
        Code.STANDORTE_AUS_BESTAND,
    }
    assert gefunden == ({befund} if befund else set())


def test_single_file_with_any_name_is_known_by_its_headings(tmp_path: Path) -> None:
    quelldaten = lies(schreibe_csv(tmp_path / "liste_neu.csv", tabelle(PROJEKT)))
    assert quelldaten.fundorte["projekte"].datei == "liste_neu.csv"


def test_folder_of_files(tmp_path: Path) -> None:
    schreibe_csv(tmp_path / "Projekte 2026.csv", tabelle(PROJEKT))
    schreibe_csv(tmp_path / "Standorte.csv", tabelle(ORT))
    (tmp_path / "liesmich.md").write_text("x")
    ergebnis = geprueft(lies(tmp_path))
    assert ergebnis.bilanz["projekte"].veroeffentlicht == 1
    assert ergebnis.bilanz["standorte"].veroeffentlicht == 1


@pytest.mark.parametrize(
    ("name", "inhalt", "code"),
    [
        ("projekte.csv", b"\x00\x01\x02" * 100, Code.DATEI_BINAER),
        ("projekte.csv", b"\xff\xfe\x00kaputt", Code.DATEI_BINAER),
        ("projekte.csv", b'Kennung;Name\nx;"offen\n', Code.CSV_FEHLERHAFT),
        ("projekte.xls", b"egal", Code.DATEI_FORMAT),
        ("projekte.xlsx", b"kein zip", Code.DATEI_DEFEKT),
        (
            "projekte.xlsx",
            bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 600,
            Code.DATEI_VERSCHLUESSELT,
        ),
        (
            "projekte.geojson",
            b'{"type": "FeatureCollection", "features": [NaN]}',
            Code.JSON_FEHLERHAFT,
        ),
        ("projekte.geojson", b"[1, 2]", Code.GEOJSON_FORM),
        ("projekte.gpkg", b"SQLite format 3\x00" + b"\x00" * 100, Code.DATEI_DEFEKT),
        ("projekte.zip", b"PK\x05\x06" + b"\x00" * 18, Code.SHAPEFILE_FEHLT),
    ],
)
def test_file_that_is_refused(tmp_path: Path, name: str, inhalt: bytes, code: Code) -> None:
    (tmp_path / name).write_bytes(inhalt)
    ergebnis = geprueft(lies(tmp_path / name))
    einer(ergebnis.befunde, code)
    assert ergebnis.hindernis is not None
    assert ergebnis.hindernis.grund == "quelle_leer"


def test_too_large_files_and_tables_are_refused(tmp_path: Path) -> None:
    pfad = schreibe_csv(tmp_path / "projekte.csv", tabelle(*[PROJEKT] * 50))
    assert Code.DATEI_ZU_GROSS in codes(lies(pfad, datei_mb=0.001).befunde)
    assert Code.TABELLE_ZU_GROSS in codes(lies(pfad, zeilen=20).befunde)
    assert Code.TABELLE_ZU_GROSS in codes(lies(pfad, zellen=100).befunde)


def test_files_that_make_a_folder_too_large_are_refused(tmp_path: Path) -> None:
    schreibe_csv(tmp_path / "projekte.csv", tabelle(*[PROJEKT] * 15))
    schreibe_csv(tmp_path / "standorte.csv", tabelle(*[ORT] * 15))
    quelldaten = lies(tmp_path, zeilen=20)
    assert einer(quelldaten.befunde, Code.ORDNER_ZU_GROSS).datei == "standorte.csv"
    assert len(quelldaten.tabellen["projekte"]) == 15
    assert Code.ORDNER_ZU_GROSS not in codes(lies(tmp_path, zeilen=30).befunde)


def test_missing_source_is_a_finding(tmp_path: Path) -> None:
    assert Code.DATEI_FEHLT in codes(lies(tmp_path / "fort.xlsx").befunde)
