"""Workbooks: typed cells, formulas, merged and hidden cells, titles, odd names."""

import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from layers.befund import Code
from layers.quelle.xlsx_zelle import text
from tests.tor.conftest import (
    ORT,
    PROJEKT,
    codes,
    einer,
    geprueft,
    lies,
    schreibe_mappe,
    tabelle,
    zu_tabellen,
)


@pytest.mark.parametrize(
    ("wert", "zahlenformat", "erwartet"),
    [
        (None, "General", ""),
        (19, "000", "019"),
        (19, "General", "19"),
        (2016.0, "General", "2016"),
        (51.53641, "0.00", "51.53641"),
        (1e22, "General", "1e+22"),
        (True, "General", "ja"),
        (datetime(2016, 12, 8, 0, 0), "DD.MM.YYYY", "2016-12-08"),
        (datetime(2016, 12, 1, 0, 0), "MMM YY", "2016-12"),
        (datetime(2016, 12, 1, 0, 0), '[$-407]mmmm\\ yyyy;"d"', "2016-12"),
        (date(2016, 1, 1), "yyyy", "2016"),
        ("a\r\nb_x000D_", "@", "a\nb"),
    ],
)
def test_cell_is_read_as_it_is_meant(wert: object, zahlenformat: str, erwartet: str) -> None:
    assert text(wert, zahlenformat) == erwartet


def test_sheets_are_tables_and_the_rest_comes_from_geodata(tmp_path: Path) -> None:
    pfad = schreibe_mappe(
        tmp_path / "m.xlsx", {"Projekte": tabelle(PROJEKT), "Standorte": tabelle(ORT)}
    )
    quelldaten = lies(pfad)
    assert len(quelldaten.tabellen["projekte"]) == 1
    assert len(quelldaten.tabellen["statistische_bezirke"]) == 62
    assert quelldaten.fundorte["projekte"].blatt == "Projekte"
    assert quelldaten.fundorte["plaetze"].datei == "geodata/plaetze.csv"
    ergebnis = geprueft(quelldaten)
    assert ergebnis.hindernis is None
    assert ergebnis.bilanz["projekte"].veroeffentlicht == 1


@pytest.mark.parametrize(
    "kopf", ["Projekt-Nr.", "Nr", "Projektnummer", "projekt nummer", "PROJEKT-NR", "nr"]
)
def test_heading_by_the_variants_people_write(tmp_path: Path, kopf: str) -> None:
    pfad = schreibe_mappe(tmp_path / "m.xlsx", {"Projekte": tabelle({**PROJEKT, kopf: "019"})})
    assert list(lies(pfad).tabellen["projekte"]["nr"]) == ["019"]


def test_labels_are_accepted_for_codes(tmp_path: Path) -> None:
    projekt = {
        **PROJEKT,
        "Handlungsfeld": "Arbeit und Beschäftigung",
        "Status": "in Vorbereitung",
        "Stadtbezirk": "Eving, Huckarde",
    }
    ergebnis = geprueft(lies(schreibe_mappe(tmp_path / "m.xlsx", {"Projekte": tabelle(projekt)})))
    assert Code.CODE_UNBEKANNT not in codes(ergebnis.befunde)
    befund = einer(ergebnis.befunde, Code.WERT_GEDEUTET)
    assert befund.werte["vorschlag"] == "eving|huckarde"


def test_titles_above_the_header_and_empty_rows_below(tmp_path: Path) -> None:
    zeilen = [["Projektliste, Stand Januar"], [], *tabelle(PROJEKT, {**PROJEKT, "Kennung": "t-2"})]
    zeilen.insert(4, [])
    pfad = schreibe_mappe(tmp_path / "m.xlsx", {"Projekte": [*zeilen, [], [None]]})
    quelldaten = lies(pfad)
    assert list(quelldaten.tabellen["projekte"].index) == [4, 6]
    assert einer(quelldaten.befunde, Code.KOPF_SPAETER).zeile == 3
    assert [b.zeile for b in quelldaten.befunde if b.code is Code.ZEILE_LEER] == [5]


def _mappe(pfad: Path, aendern: Any) -> Path:
    mappe = Workbook()
    blatt = mappe.worksheets[0]
    blatt.title = "Projekte"
    for zeile in tabelle(PROJEKT, {**PROJEKT, "Kennung": "t-2", "Name": "Zweites Vorhaben"}):
        blatt.append(zeile)
    aendern(blatt)
    mappe.save(pfad)
    return pfad


def test_hidden_rows_and_sheets_are_said(tmp_path: Path) -> None:
    def verstecke(blatt: Any) -> None:
        blatt.row_dimensions[3].hidden = True
        blatt.sheet_state = "hidden"
        blatt.parent.create_sheet("Leer")

    quelldaten = lies(_mappe(tmp_path / "m.xlsx", verstecke))
    assert einer(quelldaten.befunde, Code.ZEILE_VERSTECKT).zeile == 3
    assert Code.BLATT_VERSTECKT in codes(quelldaten.befunde)
    assert len(quelldaten.tabellen["projekte"]) == 2


def test_merged_cells_give_their_value_to_every_row(tmp_path: Path) -> None:
    def verbinde(blatt: Any) -> None:
        blatt.merge_cells("D2:D3")

    quelldaten = lies(_mappe(tmp_path / "m.xlsx", verbinde))
    assert (
        list(quelldaten.tabellen["projekte"]["kurzbeschreibung"])
        == ["Erfunden, nur für Tests."] * 2
    )
    befund = einer(quelldaten.befunde, Code.ZELLEN_VERBUNDEN)
    assert (befund.spalte, befund.werte["bereich"]) == ("kurzbeschreibung", "D2:D3")


def test_comments_are_passed_over(tmp_path: Path) -> None:
    def kommentiere(blatt: Any) -> None:
        blatt["A2"].comment = Comment("=1+1", "jemand")

    befunde = zu_tabellen(lies(_mappe(tmp_path / "m.xlsx", kommentiere)).befunde)
    assert not codes(befunde) - {
        Code.SPALTE_FEHLT_WAHLFREI,
        Code.STANDORTE_AUS_BESTAND,
    }


def _mit_wert(pfad: Path, wert: str) -> None:
    """Give the one formula of a workbook a cached value, as Excel does."""
    with zipfile.ZipFile(pfad) as alt:
        teile = {name: alt.read(name) for name in alt.namelist()}
    blatt = "xl/worksheets/sheet1.xml"
    teile[blatt] = teile[blatt].replace(b"</f><v />", f"</f><v>{wert}</v>".encode())
    teile[blatt] = teile[blatt].replace(b"</f><v></v>", f"</f><v>{wert}</v>".encode())
    assert wert.encode() in teile[blatt]
    with zipfile.ZipFile(pfad, "w") as neu:
        for name, inhalt in teile.items():
            neu.writestr(name, inhalt)


def test_formula_gives_its_last_value_and_a_finding(tmp_path: Path) -> None:
    def formel(blatt: Any) -> None:
        blatt["G3"] = "=2000+26"

    pfad = _mappe(tmp_path / "m.xlsx", formel)
    _mit_wert(pfad, "2026")
    quelldaten = lies(pfad)
    befund = einer(quelldaten.befunde, Code.FORMEL_GELESEN)
    assert (befund.zeile, befund.spalte, befund.wert) == (3, "stand", "2026")
    assert quelldaten.tabellen["projekte"]["stand"][3] == "2026"


@pytest.mark.parametrize(
    ("inhalt", "code"), [("=A1", Code.FORMEL_OHNE_WERT), ("#REF!", Code.FORMEL_FEHLER)]
)
def test_formula_without_a_value_holds_its_row_back(
    tmp_path: Path, inhalt: str, code: Code
) -> None:
    def formel(blatt: Any) -> None:
        blatt["G3"] = inhalt

    ergebnis = geprueft(lies(_mappe(tmp_path / "m.xlsx", formel)))
    assert einer(ergebnis.befunde, code).zeile == 3
    assert [q.zeile for q in ergebnis.quarantaene if q.tabelle == "projekte"] == [3]


def test_unknown_sheets_are_held_back_row_by_row(tmp_path: Path) -> None:
    pfad = schreibe_mappe(
        tmp_path / "m.xlsx", {"Projekte": tabelle(PROJEKT), "Notizen": [["a"], ["b"], [], ["c"]]}
    )
    ergebnis = geprueft(lies(pfad))
    zurueck = [q for q in ergebnis.quarantaene if q.tabelle == "Notizen"]
    assert [(q.zeile, q.zellen) for q in zurueck] == [(2, {"a": "b"}), (4, {"a": "c"})]
    assert ergebnis.bilanz["m.xlsx: Notizen"].quarantaene == 2


def test_second_sheet_of_a_table_is_held_back(tmp_path: Path) -> None:
    blaetter = {"Projekte": tabelle(PROJEKT), "Projekte (2)": tabelle(PROJEKT)}
    ergebnis = geprueft(lies(schreibe_mappe(tmp_path / "m.xlsx", blaetter)))
    assert einer(ergebnis.befunde, Code.TABELLE_DOPPELT).werte["anzahl"] == 1
    assert ergebnis.bilanz["projekte"].zeilen == 1


def test_sheet_without_a_telling_name_is_known_by_its_headings(tmp_path: Path) -> None:
    quelldaten = lies(schreibe_mappe(tmp_path / "m.xlsx", {"Tabelle1": tabelle(PROJEKT)}))
    assert quelldaten.fundorte["projekte"].blatt == "Tabelle1"


def test_projects_with_coordinates_in_one_sheet(tmp_path: Path) -> None:
    zeile = {
        **PROJEKT,
        "Geogr. Breite": "51,53641",
        "Geogr. Länge": "7,41571",
        "Genauigkeit": "platz",
    }
    ohne = {**PROJEKT, "Kennung": "t-2", "Name": "Ohne Ort"}
    ergebnis = geprueft(
        lies(schreibe_mappe(tmp_path / "m.xlsx", {"Projekte": tabelle(zeile, ohne)}))
    )
    assert ergebnis.bilanz["standorte"].veroeffentlicht == 1
    assert Code.SPALTE_UNBEKANNT not in codes(ergebnis.befunde)
    assert [b.zeile for b in ergebnis.befunde if b.code is Code.STANDORT_FEHLT] == [3]


def test_code_lists_in_one_sheet(tmp_path: Path) -> None:
    listen = [
        ["Liste", "Code", "Bezeichnung", "Quelle"],
        ["status", "ruht", "ruht", "Test"],
        ["gibtsnicht", "x", "X", "Test"],
    ]
    pfad = schreibe_mappe(
        tmp_path / "m.xlsx",
        {"Projekte": tabelle({**PROJEKT, "Status": "ruht"}), "Codelisten": listen},
    )
    ergebnis = geprueft(lies(pfad))
    assert ergebnis.bilanz["codelisten/status"].zeilen == 1
    assert ergebnis.bilanz["codelisten/themenfeld"].zeilen == 10
    assert einer(ergebnis.befunde, Code.LISTE_UNBEKANNT).wert == "gibtsnicht"
    assert ergebnis.bilanz["projekte"].veroeffentlicht == 1


def test_known_places_stay_with_projects_that_come_without_any(tmp_path: Path) -> None:
    ergebnis = geprueft(
        lies(
            schreibe_mappe(
                tmp_path / "m.xlsx", {"Projekte": tabelle({**PROJEKT, "Kennung": "nw-019"})}
            )
        )
    )
    befund = einer(ergebnis.befunde, Code.STANDORTE_AUS_BESTAND)
    assert befund.werte == {"anzahl": 1, "entfallen": 78}
    assert ergebnis.bilanz["standorte"].veroeffentlicht == 1


def test_workbook_without_rows_publishes_nothing_anew(tmp_path: Path) -> None:
    ergebnis = geprueft(
        lies(schreibe_mappe(tmp_path / "m.xlsx", {"Projekte": [["Kennung", "Name"]]}))
    )
    assert Code.QUELLE_OHNE_TABELLE in codes(ergebnis.befunde)
    assert ergebnis.hindernis is not None
