"""The reports about a hostile source are read by people too: terminal, page, JSON, workbook."""

import csv
import io
import zipfile
from pathlib import Path

import defusedxml.ElementTree as ET
import openpyxl
import orjson

from tests.befehl import rufe
from tests.sicherheit.angriffe import ALLE, schreibbar
from tests.sicherheit.html import lies
from tests.tor.conftest import PROJEKT


def test_reports_about_attacks_are_no_attacks(tmp_path: Path) -> None:
    quelle = tmp_path / "projekte.csv"
    with quelle.open("w", encoding="utf-8", newline="") as datei:
        schreiber = csv.writer(datei, delimiter=";")
        schreiber.writerow([*PROJEKT, "Ziel"])
        for nummer, angriff in enumerate(a for a in ALLE if schreibbar(a.text)):
            zeile = {**PROJEKT, "Kennung": f"test-{nummer}", "Name": f"Testprojekt {nummer}"}
            if nummer % 3 == 0:
                zeile["Quellen"] = angriff.text
            schreiber.writerow([*zeile.values(), angriff.text])
    ziele = {art: tmp_path / f"bericht.{art}" for art in ("html", "json", "xlsx")}
    lauf = rufe("check", quelle, *(f"--{art}={pfad}" for art, pfad in ziele.items()))
    assert lauf.returncode == 2
    assert [z for z in lauf.stdout if not z.isprintable() and z != "\n"] == []

    seite = lies(ziele["html"].read_text("utf-8"))
    assert seite.maengel == []
    assert "<img src=x onerror=nwx()>" in seite.text
    assert orjson.loads(ziele["json"].read_bytes())["befunde"]
    inhalt = ziele["xlsx"].read_bytes()
    with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
        for name in archiv.namelist():
            if name.endswith((".xml", ".rels")):
                teil = ET.fromstring(archiv.read(name))
                assert not [e for e in teil.iter() if e.tag.endswith("}f")], name
    assert openpyxl.load_workbook(io.BytesIO(inhalt)).worksheets
