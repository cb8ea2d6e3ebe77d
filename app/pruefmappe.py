"""The report as a workbook: every finding at its cell, in colour and as a comment (build half).

A workbook is copied with everything openpyxl keeps; any other source is written into the sheets of
the template.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from app import mappe
from app.katalog import Katalog
from app.pruefbericht import Bericht, Zeile
from layers.befund import Schwere
from layers.pruefung import Pruefergebnis
from layers.quelle import xlsx
from layers.quelle.raster import Fundort
from layers.tabellen import TABELLEN, Tabelle
from layers.ueberschriften import blatttitel, titel

FARBE: Final = {Schwere.FEHLER: "F7B9B4", Schwere.WARNUNG: "FCE3A6", Schwere.HINWEIS: "CDE6F2"}
_KOMMENTAR: Final = 2000
"""Characters of a comment; Excel cuts off far later, people read less."""
_BREITE: Final = 380
_TABELLE: Final[Mapping[str, Tabelle]] = {tabelle.name: tabelle for tabelle in TABELLEN}


def aus_mappe(pfad: Path, inhalt: Bericht, ergebnis: Pruefergebnis, t: Katalog) -> Workbook:
    """Return a copy of the workbook with its cells marked. Raises one of `xlsx.DEFEKT`."""
    kopie = xlsx.oeffne(pfad, werte=False)
    for blatt in kopie.worksheets:
        orte = [ort for ort in ergebnis.fundorte.values() if ort.blatt == blatt.title]
        spalten = {name: nummer for ort in orte for name, nummer in ort.spalten.items()}
        eigene = [z for z in _zeilen(inhalt) if z.befund.blatt == blatt.title]
        _markiere(blatt, eigene, spalten, {})
    _schreibe_uebersicht(kopie, inhalt, t)
    return kopie


def aus_tabellen(
    tabellen: Mapping[str, pd.DataFrame], inhalt: Bericht, ergebnis: Pruefergebnis, t: Katalog
) -> Workbook:
    """Return the raw tables of a source as sheets with their cells marked."""
    neu = Workbook()
    neu.remove(neu.worksheets[0])
    for name, ort in ergebnis.fundorte.items():
        if len(tabellen[name]):
            _schreibe_tabelle(neu, name, tabellen[name], ort, inhalt)
    _schreibe_uebersicht(neu, inhalt, t)
    return neu


def _schreibe_tabelle(
    neu: Workbook, name: str, rahmen: pd.DataFrame, ort: Fundort, inhalt: Bericht
) -> None:
    tabelle = _TABELLE[name]
    blatt = neu.create_sheet(_blattname(name))
    for i, spalte in enumerate(tabelle.lesespalten, start=1):
        mappe.setze(blatt.cell(1, i), titel(spalte.name))
        blatt.cell(1, i).font = Font(bold=True)
    mappe.schreibe_zeilen(blatt, tabelle.lesespalten, rahmen, {})
    zeile_von = {int(zeile): i for i, zeile in enumerate(rahmen.index, start=2)}
    spalten = {spalte: i for i, spalte in enumerate(tabelle.lesenamen, start=1)}
    eigene = [
        z for z in _zeilen(inhalt) if (z.befund.datei, z.befund.blatt) == (ort.datei, ort.blatt)
    ]
    _markiere(blatt, eigene, spalten, zeile_von)


def _blattname(name: str) -> str:
    return name.rpartition("/")[2] if "/" in name else blatttitel(name)


def _zeilen(inhalt: Bericht) -> Iterable[Zeile]:
    return (zeile for gruppe in inhalt.gruppen for art in gruppe.arten for zeile in art.zeilen)


def _markiere(
    blatt: Worksheet,
    zeilen: Iterable[Zeile],
    spalten: Mapping[str, int],
    zeile_von: Mapping[int, int],
) -> None:
    """Colour and comment the cell of each finding; without a column it is the row's first."""
    je_zelle: dict[tuple[int, int], list[Zeile]] = defaultdict(list)
    for zeile in zeilen:
        nummer = zeile.befund.zeile or 1
        if zeile_von and zeile.befund.zeile:
            nummer = zeile_von.get(nummer, 1)
        je_zelle[nummer, spalten.get(zeile.befund.spalte or "", 1)].append(zeile)
    for (nummer, spalte), gefunden in je_zelle.items():
        zelle = blatt.cell(nummer, spalte)
        if not isinstance(zelle, Cell):
            # only the first cell of a merged range can carry a comment
            zelle = _erste_des_verbunds(blatt, zelle.coordinate)
        schwerste = min((z.befund.schwere for z in gefunden), key=list(Schwere).index)
        zelle.fill = PatternFill("solid", fgColor=FARBE[schwerste])
        vorher = [zelle.comment.text] if zelle.comment else []
        texte = [f"{z.befund.schwere}: {z.was} → {z.tun}" for z in gefunden]
        text = "\n\n".join([*vorher, *texte])[:_KOMMENTAR]
        zelle.comment = Comment(text, mappe.AUTOR, width=_BREITE, height=60 + len(text) // 2)


def _erste_des_verbunds(blatt: Worksheet, koordinate: str) -> Cell:
    bereich = next(b for b in blatt.merged_cells.ranges if koordinate in b)
    zelle = blatt.cell(bereich.min_row, bereich.min_col)
    assert isinstance(zelle, Cell)  # noqa: S101  the first cell of a merged range is a real one
    return zelle


def _schreibe_uebersicht(kopie: Workbook, inhalt: Bericht, t: Katalog) -> None:
    blatt = kopie.create_sheet(t("pruefung.titel"), 0)
    kopf = (t("pruefung.schwere"), t("pruefung.ort"), t("pruefung.was"), t("pruefung.tun"))
    for i, (text, breite) in enumerate(zip(kopf, (12, 40, 70, 70), strict=True), start=1):
        mappe.setze(blatt.cell(1, i), text)
        blatt.cell(1, i).font = Font(bold=True)
        blatt.column_dimensions["ABCD"[i - 1]].width = breite
    for nummer, zeile in enumerate(_zeilen(inhalt), start=2):
        schwere = zeile.befund.schwere
        for i, text in enumerate((schwere.value, zeile.ort, zeile.was, zeile.tun), start=1):
            mappe.setze(blatt.cell(nummer, i), text)
            blatt.cell(nummer, i).alignment = Alignment(wrap_text=True, vertical="top")
        blatt.cell(nummer, 1).fill = PatternFill("solid", fgColor=FARBE[schwere])
    blatt.freeze_panes = "A2"
    kopie.active = 0
