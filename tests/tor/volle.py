"""The largest wrong tables, and how many findings each of the four reports on one lists."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from layers.quelle.grenzen import Grenzen
from layers.tabellen import PROJEKTE, Art, Spalte
from layers.ueberschriften import ist_bericht
from tests.tor.conftest import GIB, laufe


def _falsch(spalte: Spalte, nummer: int) -> str:
    """Return a text that gives one finding in this column, in every row another one."""
    if spalte.art in (Art.TEXT, Art.NAMEN):
        return f"<b>{spalte.name[:4]} {nummer}"
    return f"Groß {nummer}"


def falsche_tabelle(zellen: int) -> Iterator[list[str]]:
    yield list(PROJEKTE.lesenamen)
    for nummer in range(zellen // len(PROJEKTE.lesenamen) - 1):
        yield [_falsch(spalte, nummer) for spalte in PROJEKTE.lesespalten]


def pruefe_alle_berichte(pfad: Path) -> None:
    """Every finding stands in all four reports, within a gigabyte."""
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
