"""Whatever is wrong with a file is a finding, never a traceback."""

import csv

import pandas as pd
import pytest

from layers.befund import Code
from layers.read import read_sources
from tests.layers.conftest import PROJEKTE, Ordner, befunde_in, zurueckgehalten


def test_good_folder_gives_all_rows_and_no_finding(ordner: Ordner) -> None:
    quelldaten = ordner.lies()
    assert quelldaten.befunde == ()
    assert len(quelldaten.tabellen["projekte"]) == PROJEKTE
    assert quelldaten.tabellen["projekte"].index[0] == 2
    assert {q.datei for q in quelldaten.quellen} >= {"projekte.csv", "codelisten"}


@pytest.mark.parametrize(
    ("datei", "code"),
    [
        ("projekte.csv", Code.DATEI_FEHLT),
        ("codelisten/status.csv", Code.DATEI_FEHLT),
        ("plaetze.csv", Code.DATEI_FEHLT_WAHLFREI),
        ("quellen.toml", Code.DATEI_FEHLT),
    ],
)
def test_missing_file(ordner: Ordner, datei: str, code: Code) -> None:
    (ordner.pfad / datei).unlink()
    assert befunde_in(ordner.lies(), datei, None) == {code}
    ordner.pruefe()


def test_empty_folder_is_reported_not_raised(ordner: Ordner) -> None:
    geprueft = Ordner(ordner.pfad / "nirgends").pruefe()
    assert {b.code for b in geprueft.befunde} >= {Code.DATEI_FEHLT, Code.DATEI_FEHLT_WAHLFREI}


def test_folder_in_place_of_a_file(ordner: Ordner) -> None:
    (ordner.pfad / "plaetze.csv").unlink()
    (ordner.pfad / "plaetze.csv").mkdir()
    assert befunde_in(ordner.lies(), "plaetze.csv", None) == {Code.DATEI_UNLESBAR}


def test_windows_1252_is_read_and_said(ordner: Ordner) -> None:
    pfad = ordner.pfad / "standorte.csv"
    pfad.write_bytes(pfad.read_text("utf-8").encode("cp1252"))
    quelldaten = ordner.lies()
    assert befunde_in(quelldaten, "standorte.csv", 2) == {Code.DATEI_KODIERUNG}
    assert "Teststraße 1" in set(quelldaten.tabellen["standorte"]["bezeichnung"])
    assert quelldaten.befunde[0].werte["gelesen"] == "Windows-1252"


def test_damaged_utf_8_is_not_taken_for_windows_1252(ordner: Ordner) -> None:
    pfad = ordner.pfad / "standorte.csv"
    zeilen = len(pfad.read_text("utf-8").splitlines())
    pfad.write_bytes(pfad.read_bytes() + "test-1,Gr\xfcn,,,\n".encode("latin-1"))
    geprueft = ordner.pruefe()
    gefunden = befunde_in(geprueft, "standorte.csv", zeilen + 1)
    assert gefunden >= {Code.DATEI_KODIERUNG_DEFEKT, Code.ZEICHEN_KODIERUNG}


def test_semicolons_are_read_like_commas(ordner: Ordner) -> None:
    vorher = ordner.lies().tabellen["plaetze"]
    zeilen = ordner.tabelle("plaetze")
    with (ordner.pfad / "plaetze.csv").open("w", encoding="utf-8-sig", newline="") as datei:
        csv.writer(datei, delimiter=";").writerows(zeilen)
    assert ordner.lies().befunde == ()
    pd.testing.assert_frame_equal(ordner.lies().tabellen["plaetze"], vorher)


def test_byte_order_mark_is_accepted(ordner: Ordner) -> None:
    ordner.aendere_text("projekte.csv", lambda text: "\ufeff" + text)
    assert ordner.lies().befunde == ()


@pytest.mark.parametrize(
    ("inhalt", "zeile", "code"),
    [
        ("", None, Code.DATEI_LEER),
        ("\n\n", None, Code.DATEI_LEER),
        (
            'projekt_id,bezeichnung,lat,lon,lagegenauigkeit\nt,"a"b,,,\n',
            2,
            Code.CSV_FEHLERHAFT,
        ),
        (
            'projekt_id,bezeichnung,lat,lon,lagegenauigkeit\nt,a,,,\nt,"offen,,,\n',
            3,
            Code.CSV_FEHLERHAFT,
        ),
    ],
)
def test_broken_csv_publishes_nothing_of_the_file(
    ordner: Ordner, inhalt: str, zeile: int | None, code: Code
) -> None:
    ordner.aendere_text("standorte.csv", lambda _: inhalt)
    quelldaten = ordner.lies()
    assert befunde_in(quelldaten, "standorte.csv", zeile) == {code}
    assert quelldaten.tabellen["standorte"].empty


def test_missing_columns(ordner: Ordner) -> None:
    ordner.aendere_text("projekte.csv", lambda t: t.replace("quellen", "herkunft", 1))
    ordner.aendere_text("standorte.csv", lambda t: t.replace("bezeichnung", "ortsangabe", 1))
    quelldaten = ordner.lies()
    assert befunde_in(quelldaten, "projekte.csv", 1) == {Code.SPALTE_FEHLT, Code.SPALTE_UNBEKANNT}
    assert befunde_in(quelldaten, "standorte.csv", 1) == {
        Code.SPALTE_FEHLT_WAHLFREI,
        Code.SPALTE_UNBEKANNT,
    }
    assert len(zurueckgehalten(ordner.pruefe())) >= PROJEKTE


def test_misspelt_column_gets_a_suggestion(ordner: Ordner) -> None:
    ordner.aendere_text(
        "projekte.csv", lambda t: t.replace("kurzbeschreibung", "Kurzbeschreibun", 1)
    )
    befund = next(b for b in ordner.lies().befunde if b.code is Code.SPALTE_VERSCHRIEBEN)
    assert befund.werte["vorschlag"] == "kurzbeschreibung"


def test_column_twice(ordner: Ordner) -> None:
    ordner.aendere_text("standorte.csv", lambda t: t.replace("lon", "lat", 1))
    assert Code.SPALTE_DOPPELT in befunde_in(ordner.lies(), "standorte.csv", 1)


@pytest.mark.parametrize("zeile", ["test-1,zu,wenig", "test-1,zu,viele,Zellen,in,der,Zeile"])
def test_line_with_a_wrong_number_of_cells_is_held_back(ordner: Ordner, zeile: str) -> None:
    ordner.aendere_text("standorte.csv", lambda text: text + zeile + "\n")
    nummer = len(ordner.tabelle("standorte"))
    geprueft = ordner.pruefe()
    assert Code.ZEILE_SPALTENZAHL in befunde_in(geprueft, "standorte.csv", nummer)
    assert ("standorte", nummer) in zurueckgehalten(geprueft)


def test_blank_lines_are_named_and_do_not_shift_the_numbers(ordner: Ordner) -> None:
    ordner.aendere_text("standorte.csv", lambda t: t.replace("\n", "\n\n,,,,\n", 1))
    quelldaten = ordner.lies()
    assert befunde_in(quelldaten, "standorte.csv", 2) == {Code.ZEILE_LEER}
    assert befunde_in(quelldaten, "standorte.csv", 3) == {Code.ZEILE_LEER}
    assert quelldaten.tabellen["standorte"].index[0] == 4


def test_cell_of_several_lines_keeps_the_line_numbers(ordner: Ordner) -> None:
    ordner.setze("projekte", 2, ziel="erste\nzweite\ndritte Zeile")
    index = ordner.lies().tabellen["projekte"].index
    assert list(index[:3]) == [2, 5, 6]


@pytest.mark.parametrize(
    ("inhalt", "code"),
    [
        ("[[quelle]\n", Code.TOML_FEHLERHAFT),
        ("quelle = 7\n", Code.TOML_FEHLERHAFT),
        ('[[quelle]]\ndatei = "projekte.csv"\ntitel = "T"\nstand = "2020"\n',
         Code.QUELLE_UNVOLLSTAENDIG),
    ],
)  # fmt: skip
def test_bad_provenance(ordner: Ordner, inhalt: str, code: Code) -> None:
    ordner.aendere_text("quellen.toml", lambda _: inhalt)
    assert code in befunde_in(ordner.lies(), "quellen.toml", None)


def test_table_without_provenance_is_named(ordner: Ordner) -> None:
    ordner.aendere_text("quellen.toml", lambda t: t.replace('"plaetze.csv"', '"andere.csv"'))
    befunde = [b for b in ordner.lies().befunde if b.code is Code.QUELLE_FEHLT]
    assert [b.werte["fuer"] for b in befunde] == ["plaetze.csv"]


def test_reading_leaves_cells_as_they_are(ordner: Ordner) -> None:
    ordner.setze("projekte", 2, ziel="  NA ", nr="007")
    zeile = read_sources(ordner.pfad).tabellen["projekte"].loc[2]
    assert (zeile["ziel"], zeile["nr"]) == ("  NA ", "007")
