"""The largest wrong tables: every finding stands in all four reports, within a gigabyte."""

import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from layers.quelle.grenzen import Grenzen
from layers.tabellen import PROJEKTE, Art, Spalte
from layers.ueberschriften import ist_bericht
from tests.tor.conftest import GIB, laufe, schreibe_csv


def _falsch(spalte: Spalte, nummer: int) -> str:
    """Return a text that gives one finding in this column, in every row another one."""
    if spalte.art in (Art.TEXT, Art.NAMEN):
        return f"<b>{spalte.name[:4]} {nummer}"
    return f"Groß {nummer}"


def _falsche_tabelle(zellen: int) -> Iterator[list[str]]:
    yield list(PROJEKTE.lesenamen)
    for nummer in range(zellen // len(PROJEKTE.lesenamen) - 1):
        yield [_falsch(spalte, nummer) for spalte in PROJEKTE.lesespalten]


def falsche_mappe(ordner: Path) -> Path:
    """Write the largest workbook, every cell of it wrong."""
    mappe = Workbook(write_only=True)
    blatt = mappe.create_sheet("Projekte")
    for zeile in _falsche_tabelle(Grenzen().mappe_zellen):
        blatt.append(zeile)
    mappe.save(ordner / "voll.xlsx")
    return ordner / "voll.xlsx"


def falsche_zeilen(ordner: Path) -> Path:
    """Write the largest table, every cell of it wrong."""
    return schreibe_csv(ordner / "projekte.csv", _falsche_tabelle(Grenzen().zellen))


@pytest.mark.parametrize("baue", [falsche_mappe, falsche_zeilen])
def test_every_finding_of_the_largest_wrong_table_is_in_all_four_reports(
    baue: Callable[[Path], Path],
) -> None:
    # a gigabyte of reports, which pytest would keep
    with tempfile.TemporaryDirectory() as ordner:
        pfad = baue(Path(ordner))
        (ergebnis,) = laufe(pfad)
        gezaehlt = {art: _gezaehlt(pfad, art) for art in ("txt", "html", "json", "xlsx")}
    assert ergebnis["rueckgabe"] == 2
    assert ergebnis["mib"] < GIB
    grenzen = Grenzen()
    zellen = grenzen.mappe_zellen if pfad.suffix == ".xlsx" else grenzen.zellen
    breite = len(PROJEKTE.lesenamen)
    assert ergebnis["befunde"] >= (zellen // breite - 1) * (breite - 1)
    assert gezaehlt == dict.fromkeys(gezaehlt, ergebnis["befunde"])


def _bewertete(archiv: zipfile.ZipFile, name: str) -> int:
    """Return how many rows of a sheet begin with a severity: its first column."""
    anzahl, rest = 0, b""
    with archiv.open(name) as blatt:
        while stueck := blatt.read(1 << 20):
            anzahl += (rest + stueck).count(b'<c r="A')
            rest = stueck[-6:]
    return anzahl


def _gezaehlt(pfad: Path, art: str) -> int:
    """Return how many findings a report lists."""
    bericht = Path(f"{pfad.with_suffix('')}.bericht.{art}")
    if art == "xlsx":
        with zipfile.ZipFile(bericht) as archiv:
            inhalt = archiv.read("xl/workbook.xml").decode()
            blaetter = sum(map(ist_bericht, re.findall(r'<sheet [^>]*?name="([^"]+)"', inhalt)))
            namen = [f"xl/worksheets/sheet{nummer}.xml" for nummer in range(1, blaetter + 1)]
            # past openpyxl, which takes half a minute for a million rows; one row is the header
            return sum(_bewertete(archiv, name) - 1 for name in namen)
    zeichen = {"txt": "● ", "html": '<td class="tun">', "json": '    {"code":"'}[art]
    with bericht.open(encoding="utf-8") as datei:
        return sum(zeile.count(zeichen) for zeile in datei)
