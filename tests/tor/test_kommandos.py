"""``check``, ``template`` and ``build --quelle`` as an editor runs them."""

import subprocess
import sys
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from app.store import AKTUELL, lade
from layers.befund import Code
from layers.check import check
from layers.read import read_sources
from tests.befehl import rufe
from tests.conftest import WURZEL, baue
from tests.tor.conftest import (
    GEODATA,
    ORT,
    PROJEKT,
    schreibe_csv,
    schreibe_mappe,
    tabelle,
    zu_tabellen,
)

FEHLERHAFT = {**PROJEKT, "Status": "umgesezt", "Ziel": '<script>alert("x")</script>'}


@pytest.fixture(scope="module")
def mit_daten(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ziel = tmp_path_factory.mktemp("vorlage") / "vorlage.xlsx"
    fertig = rufe("template", ziel, "--mit-daten")
    assert fertig.returncode == 0, fertig.stderr
    return ziel


def test_shipped_data_come_back_from_the_workbook_unchanged(mit_daten: Path) -> None:
    aus_mappe, aus_ordner = read_sources(mit_daten, GEODATA), read_sources(GEODATA)
    assert zu_tabellen(aus_mappe.befunde) == zu_tabellen(aus_ordner.befunde) == ()
    assert aus_mappe.verwaist == ()
    eins, zwei = check(aus_mappe), check(aus_ordner)
    gefunden = [Counter(b.code for b in zu_tabellen(g.befunde)) for g in (eins, zwei)]
    assert gefunden[0] == gefunden[1]
    for name, rahmen in zwei.tabellen.items():
        gelesen = eins.tabellen[name].drop(columns="zeile")
        pd.testing.assert_frame_equal(gelesen, rahmen.drop(columns="zeile"), obj=name)


def test_workbook_with_data_can_be_published(mit_daten: Path, tmp_path: Path) -> None:
    fertig = baue(GEODATA, tmp_path / "b", f"--quelle={mit_daten}")
    assert fertig.returncode == 0, fertig.stderr
    assert len(lade(tmp_path / "b" / AKTUELL).index) == 93
    befunde = orjson.loads((tmp_path / "b" / AKTUELL / "befunde.json").read_bytes())["befunde"]
    assert {b["blatt"] for b in befunde if b["datei"] == "vorlage.xlsx"} >= {"Projekte"}
    assert _quellen(tmp_path / "b") == _bekannte(), "the sheet says what quellen.toml says"


def test_template_is_empty_and_offers_the_code_lists(tmp_path: Path) -> None:
    ziel = tmp_path / "v.xlsx"
    assert rufe("template", ziel).returncode == 0
    mappe = load_workbook(ziel)
    assert mappe.sheetnames == [
        "Anleitung",
        "Projekte",
        "Standorte",
        "Plätze",
        "Brachflächen",
        "Beteiligte",
        "Kennzahlen",
        "Codelisten",
        "Quellen",
    ]
    projekte = mappe["Projekte"]
    assert projekte.max_row == 1, "never an invented project"
    assert [z.value for z in projekte[1]][:4] == ["Kennung", "Projektnummer", "Name", "Liste"]
    assert all(zelle.comment for zelle in projekte[1])
    regeln = {
        str(r.sqref).split("2:")[0]: r.formula1 for r in projekte.data_validations.dataValidation
    }
    assert regeln["D"].startswith("'Codelisten'!$C$")
    von, bis = (int(teil.rsplit("$", 1)[1]) for teil in regeln["D"].split(":"))
    werte = [mappe["Codelisten"].cell(zeile, 3).value for zeile in range(von, bis + 1)]
    assert "nordwärts-Projekt" in werte
    assert rufe("template", ziel).returncode == 1, "an existing file is not overwritten"
    assert rufe("check", ziel).returncode == 2, "there is nothing to check in it"


@pytest.mark.parametrize(
    ("zellen", "code"),
    [
        ({}, 0),
        ({"Ziel": "an a@example.org"}, 1),
        ({"Status": "umgesezt"}, 2),
    ],
)
def test_exit_code_says_how_grave_it_is(tmp_path: Path, zellen: Any, code: int) -> None:
    # all columns, or their absence would be a warning
    kopf = {str(z.value): None for z in load_workbook(_leer(tmp_path))["Projekte"][1]}
    pfad = schreibe_mappe(
        tmp_path / "m.xlsx",
        {
            "Projekte": tabelle({**kopf, **PROJEKT, **zellen}),
            "Standorte": tabelle({**ORT, "Koordinatensystem": None}),
        },
    )
    fertig = rufe("check", pfad)
    assert fertig.returncode == code, fertig.stdout
    assert "Bilanz" in fertig.stdout


def _leer(ordner: Path) -> Path:
    rufe("template", ordner / "leer.xlsx")
    return ordner / "leer.xlsx"


def test_report_in_all_forms(tmp_path: Path) -> None:
    pfad = schreibe_mappe(
        tmp_path / "m.xlsx",
        {
            "Projekte": [["Ein Titel"], *tabelle(FEHLERHAFT, {**PROJEKT, "Kennung": "t-2"})],
            "Notizen": [["a"], ["b"]],
        },
    )
    ziele = {art: tmp_path / f"bericht.{art}" for art in ("html", "json", "xlsx")}
    fertig = rufe("check", pfad, *(f"--{art}={ziel}" for art, ziel in ziele.items()))
    assert fertig.returncode == 2, fertig.stderr
    ausgabe = " ".join(fertig.stdout.split())
    assert "Blatt Projekte, Zeile 3, Spalte Status" in ausgabe
    assert "Wahrscheinlich ist „umgesetzt“ gemeint" in ausgabe

    html = ziele["html"].read_text("utf-8")
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "Wahrscheinlich ist „umgesetzt“ gemeint" in html
    assert "http" not in html.split("</style>", maxsplit=1)[0].replace("http-equiv", "")

    inhalt = orjson.loads(ziele["json"].read_bytes())
    befund = next(b for b in inhalt["befunde"] if b["code"] == Code.CODE_VERSCHRIEBEN)
    assert (befund["blatt"], befund["zeile"], befund["spalte"]) == ("Projekte", 3, "status")
    assert inhalt["rueckgabe"] == 2
    for posten in inhalt["bilanz"]:
        assert posten["zeilen"] == posten["veroeffentlicht"] + posten["quarantaene"]
    assert {q["tabelle"] for q in inhalt["quarantaene"]} == {"projekte", "Notizen"}

    kopie = load_workbook(ziele["xlsx"])
    assert kopie.sheetnames == ["Prüfbericht", "Projekte", "Notizen"]
    zeilen = list(kopie["Prüfbericht"].iter_rows(min_row=2, max_col=5, values_only=True))
    bilanz = [
        (None, b["tabelle"], b["zeilen"], b["veroeffentlicht"], b["quarantaene"])
        for b in inhalt["bilanz"]
    ]
    assert zeilen[-len(bilanz) :] == bilanz
    assert sum(zeile[0] is not None for zeile in zeilen) == len(inhalt["befunde"])
    assert ausgabe.count("● ") == len(inhalt["befunde"]) == html.count('<td class="tun">')
    spalte = next(z.column for z in kopie["Projekte"][2] if z.value == "Status")
    zelle = kopie["Projekte"].cell(3, spalte)
    assert zelle.value == "umgesezt"
    assert zelle.fill.fgColor.rgb.endswith("F7B9B4")
    assert zelle.comment is not None
    assert "Wahrscheinlich ist „umgesetzt“ gemeint" in zelle.comment.text
    assert pfad.read_bytes() != ziele["xlsx"].read_bytes()


def test_report_on_a_csv_file_marks_the_cells_of_a_new_workbook(tmp_path: Path) -> None:
    pfad = schreibe_csv(
        tmp_path / "projekte.csv", tabelle(PROJEKT, {**FEHLERHAFT, "Kennung": "t-2"})
    )
    rufe("check", pfad, f"--xlsx={tmp_path / 'b.xlsx'}")
    blatt = load_workbook(tmp_path / "b.xlsx")["Projekte"]
    spalte = next(z.column for z in blatt[1] if z.value == "Status")
    assert blatt.cell(3, spalte).comment is not None
    anderer = blatt.cell(2, spalte).comment
    assert anderer is not None
    assert "Wahrscheinlich" not in anderer.text


def test_marked_copy_never_replaces_the_source(tmp_path: Path) -> None:
    pfad = schreibe_mappe(tmp_path / "m.xlsx", {"Projekte": tabelle(FEHLERHAFT)})
    vorher = pfad.read_bytes()
    assert rufe("check", pfad, f"--xlsx={pfad}").returncode == 2
    assert pfad.read_bytes() == vorher


def test_marked_copy_can_be_mended_and_checked_again(tmp_path: Path) -> None:
    pfad = schreibe_mappe(tmp_path / "m.xlsx", {"Projekte": tabelle(FEHLERHAFT)})
    mappe = load_workbook(pfad)
    spalte = next(z.column for z in mappe["Projekte"][1] if z.value == "Status")
    mappe["Projekte"].cell(2, spalte).comment = Comment("Bitte klären", "Redaktion")
    mappe.save(pfad)
    rufe("check", pfad, f"--xlsx={tmp_path / 'eins.xlsx'}")
    kopie = load_workbook(tmp_path / "eins.xlsx")
    zelle = kopie["Projekte"].cell(2, spalte)
    assert zelle.comment
    assert zelle.comment.text.startswith("Bitte klären\n\nPrüfbericht:\n")
    zelle.value = "umgesetzt"
    kopie.save(tmp_path / "eins.xlsx")
    fertig = rufe("check", tmp_path / "eins.xlsx", f"--xlsx={tmp_path / 'zwei.xlsx'}")
    assert "Prüfbericht" not in fertig.stdout, "the list of findings is no table"
    kopie = load_workbook(tmp_path / "zwei.xlsx")
    assert kopie.sheetnames == ["Prüfbericht", "Projekte"]
    zelle = kopie["Projekte"].cell(2, spalte)
    assert zelle.comment
    assert (zelle.comment.text, zelle.comment.author) == ("Bitte klären", "Redaktion")
    assert zelle.fill.fill_type is None


def test_findings_reach_the_files_when_nobody_reads_on(tmp_path: Path) -> None:
    pfad = schreibe_mappe(tmp_path / "m.xlsx", {"Projekte": tabelle(*[FEHLERHAFT] * 3000)})
    befehl = f"'{sys.executable}' build_map.py check '{pfad}' --json '{tmp_path}/b.json' | head -1"
    subprocess.run(["bash", "-c", befehl], cwd=WURZEL, check=True, capture_output=True)
    assert len(orjson.loads((tmp_path / "b.json").read_bytes())["befunde"]) > 3000


def test_the_published_page_names_the_source_of_a_workbook(tmp_path: Path) -> None:
    blaetter = {"Projekte": tabelle(PROJEKT), "Standorte": tabelle(ORT)}
    pfad = schreibe_mappe(tmp_path / "m.xlsx", blaetter)
    befund = next(
        b for b in check(read_sources(pfad, GEODATA)).befunde if b.code is Code.QUELLE_AUS_DATEI
    )
    assert befund.werte["tabellen"] == "Projekte, Standorte"
    assert baue(GEODATA, tmp_path / "b", f"--quelle={pfad}").returncode == 0
    quellen = _quellen(tmp_path / "b")
    tag = f"{date.fromtimestamp(pfad.stat().st_mtime)}"  # noqa: DTZ012
    assert (quellen["projekte.csv"]["herausgeber"], quellen["projekte.csv"]["stand"]) == (
        "m.xlsx",
        tag,
    )
    assert quellen["plaetze.csv"] == _bekannte()["plaetze.csv"]

    angaben = {"Tabelle": "Projekte", "Herausgeber": "Koordinierungsstelle", "Stand": "2026-02"}
    schreibe_mappe(pfad, {**blaetter, "Quellen": tabelle(angaben)})
    assert baue(GEODATA, tmp_path / "b", f"--quelle={pfad}").returncode == 0
    quellen = _quellen(tmp_path / "b")
    assert quellen["projekte.csv"]["herausgeber"] == "Koordinierungsstelle"
    assert quellen["projekte.csv"]["stand"] == "2026-02"
    assert quellen["standorte.csv"]["herausgeber"] == "m.xlsx"

    schreibe_mappe(pfad, {**blaetter, "Quellen": tabelle({**angaben, "Adresse": "javascript:1"})})
    assert rufe("check", pfad).returncode == 2


def _quellen(ziel: Path) -> dict[str, dict[str, str]]:
    manifest = orjson.loads((ziel / AKTUELL / "manifest.json").read_bytes())
    return {quelle["datei"]: quelle for quelle in manifest["quellen"]}


def _bekannte() -> dict[str, dict[str, str]]:
    eintraege = tomllib.loads((GEODATA / "quellen.toml").read_text("utf-8"))["quelle"]
    return {eintrag["datei"]: eintrag for eintrag in eintraege}


@pytest.mark.parametrize(
    ("argumente", "satzteil"),
    [
        (("check", "/gibt/es/nicht.xlsx"), "gibt es nicht"),
        (("check", "geodata", "--koordinatensystem", "Mars"), "Koordinatensystem Mars"),
        (("check", "geodata", "--html", "/gibt/es/nicht/x.html"), "lässt sich nicht schreiben"),
    ],
)
def test_what_cannot_be_done_is_said(argumente: tuple[str, ...], satzteil: str) -> None:
    fertig = rufe(*argumente)
    assert fertig.returncode == 2
    assert satzteil in " ".join(fertig.stderr.split())
    assert "Traceback" not in fertig.stderr


def test_settings_of_the_folder_are_followed(tmp_path: Path) -> None:
    import shutil  # noqa: PLC0415

    shutil.copytree(GEODATA, tmp_path / "geodata")
    datei = tmp_path / "geodata" / "einstellungen.toml"
    datei.write_text('[pruefung.schwere]\nstatus-fehlt = "Fehler"\n', "utf-8")
    fertig = baue(tmp_path / "geodata", tmp_path / "b")
    assert fertig.returncode == 1
    assert "Nicht veröffentlicht: 24 Fehler" in " ".join(fertig.stderr.split())
    datei.write_text('[pruefung]\nmax_fehler = 24\n[pruefung.schwere]\nstatus-fehlt = "Fehler"\n')
    assert baue(tmp_path / "geodata", tmp_path / "b").returncode == 0
    datei.write_text('[pruefung.schwere]\nmarkup = "aus"\n')
    fertig = baue(tmp_path / "geodata", tmp_path / "b")
    assert fertig.returncode != 0
    assert "Traceback" not in fertig.stderr
    assert "pruefung" in fertig.stderr
