"""The editors' workbook: the tables as sheets, with headings, hints and drop-downs (build half).

What it writes, `layers.quelle.xlsx` reads back as the same tables.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.katalog import Katalog
from layers.bezeichnung import eindeutige
from layers.quelle.zuordnung import LISTENBLATT
from layers.quellen import HERKUNFT, Quelle, blatt_zu
from layers.tabellen import (
    BETEILIGTE,
    BRACHFLAECHEN,
    CODELISTEN,
    KENNZAHLEN,
    PLAETZE,
    PROJEKTE,
    STANDORTE,
    TRENNER,
    Art,
    Spalte,
    Tabelle,
)
from layers.ueberschriften import ANLEITUNG, blatttitel, titel

BLAETTER: Final = (PROJEKTE, STANDORTE, PLAETZE, BRACHFLAECHEN, BETEILIGTE, KENNZAHLEN)
"""The sheets in order; the statistical districts come from the survey office, not from editors."""
_KEINE_ZEICHEN: Final = {0xFFFE: "\N{REPLACEMENT CHARACTER}", 0xFFFF: "\N{REPLACEMENT CHARACTER}"}
"""What openpyxl lets through and no reader of XML does."""
LAENGE: Final = 32_767
"""Characters that a cell of a workbook can hold."""
KURZ: Final = 40
"""Characters up to which a text stays on one line of its cell."""
AUTOR: Final = "nordwärts-Karte"
_ZEILEN: Final = 2000
"""Rows below the header for which drop-downs are set."""
_PFLICHT: Final = PatternFill("solid", fgColor="1F4E5F")
_WAHLFREI: Final = PatternFill("solid", fgColor="5B8A9A")
_BREIT: Final = {"name": 45, "ziel": 50, "sachstand": 50, "wirkung": 50, "quellen": 50}
_TEXTFORMAT: Final = "@"
_ANLEITUNG: Final = (
    "zweck", "blatt", "pflicht", "auswahl", "mehrere", "datum", "geld", "ort", "kontakt",
    "uebersetzung", "pruefen", "handbuch",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Auswahl:
    """A code list as the workbook offers it.

    ``label``: code → what is shown, the code itself where its label stands for another one too.
    """

    label: Mapping[str, str]
    erste: int
    letzte: int


def vorlage(
    t: Katalog,
    bestand: Mapping[str, pd.DataFrame],
    quellen: Sequence[Quelle],
    *,
    mit_daten: bool = False,
) -> Workbook:
    """Return the workbook.

    Parameters
    ----------
    bestand
        Raw tables (texts); the code lists are always written, the others ``mit_daten``.
    quellen
        Where they come from; written with the rows they are about.
    """
    mappe = Workbook()
    anleitung = mappe.worksheets[0]
    anleitung.title = ANLEITUNG
    _schreibe_anleitung(anleitung, t)
    auswahl = auswahlen(bestand)
    for tabelle in BLAETTER:
        blatt = mappe.create_sheet(blatttitel(tabelle.name))
        schreibe_kopf(blatt, tabelle, t)
        if mit_daten:
            schreibe_zeilen(blatt, tabelle.lesespalten, bestand[tabelle.name], auswahl)
        setze_auswahl(blatt, tabelle, auswahl, t)
    schreibe_listen(mappe.create_sheet(blatttitel(LISTENBLATT.name)), bestand, t)
    schreibe_quellen(mappe.create_sheet(blatttitel(HERKUNFT.name)), quellen, t, voll=mit_daten)
    return mappe


def _schreibe_anleitung(blatt: Worksheet, t: Katalog) -> None:
    blatt.column_dimensions["A"].width = 22
    blatt.column_dimensions["B"].width = 100
    blatt.append([t("mappe.titel")])
    blatt["A1"].font = Font(bold=True, size=16)
    for name in _ANLEITUNG:
        blatt.append([None, t(f"mappe.anleitung.{name}")])
    blatt.append([])
    blatt.append([t("mappe.blaetter")])
    blatt.cell(blatt.max_row, 1).font = Font(bold=True)
    for tabelle in (*BLAETTER, LISTENBLATT, HERKUNFT):
        blatt.append([blatttitel(tabelle.name), t(f"mappe.blatt.{tabelle.name}")])
    for zeile in blatt.iter_rows(min_row=2):
        for zelle in zeile:
            zelle.alignment = Alignment(wrap_text=True, vertical="top")


def schreibe_kopf(blatt: Worksheet, tabelle: Tabelle, t: Katalog) -> None:
    """Write the headings of a table, their notes, and how wide its columns are."""
    for i, spalte in enumerate(tabelle.lesespalten, start=1):
        zelle = blatt.cell(1, i, titel(spalte.name))
        zelle.font = Font(bold=True, color="FFFFFF")
        zelle.fill = _PFLICHT if spalte.pflicht else _WAHLFREI
        zelle.alignment = Alignment(wrap_text=True, vertical="top")
        zelle.comment = Comment(_notiz(spalte, t), AUTOR, width=320)
        masse = blatt.column_dimensions[get_column_letter(i)]
        masse.width = _BREIT.get(spalte.original, 60 if "beschreibung" in spalte.name else 18)
        if spalte.art in {Art.TEXT, Art.ID, Art.VERWEIS, Art.DATUM}:
            masse.number_format = _TEXTFORMAT
        # folded away: a table of five languages is no place to begin
        masse.outlineLevel, masse.hidden = int(bool(spalte.sprache)), bool(spalte.sprache)
    if tabelle.uebersetzungen:
        # the sign that unfolds them stands above the next column
        dahinter = get_column_letter(len(tabelle.lesespalten) + 1)
        blatt.column_dimensions[dahinter].collapsed = True
        # openpyxl writes the depth before it has counted it; without it Excel shows no sign
        blatt.column_dimensions.max_outline = 1
    blatt.freeze_panes = "D2" if tabelle.name == PROJEKTE.name else "B2"
    blatt.auto_filter.ref = f"A1:{get_column_letter(len(tabelle.lesespalten))}1"


def _notiz(spalte: Spalte, t: Katalog) -> str:
    teile = (
        t("mappe.pflicht") if spalte.pflicht else "",
        t("mappe.uebersetzung", spalte=titel(spalte.original)) if spalte.sprache else "",
        t(f"mappe.art.{spalte.art}"),
    )
    return " ".join(filter(None, teile))


def auswahlen(bestand: Mapping[str, pd.DataFrame]) -> dict[str, Auswahl]:
    """Return the code lists (raw tables) as the sheet of lists will hold them."""
    ergebnis = {}
    zeile = 2
    for liste in CODELISTEN:
        rahmen = bestand[liste.name]
        label = eindeutige(zip(rahmen["code"], rahmen["label"], rahmen["kurz"], strict=True))
        name = liste.name.removeprefix("codelisten/")
        ergebnis[name] = Auswahl(label, zeile, zeile + len(rahmen) - 1)
        zeile += len(rahmen)
    return ergebnis


def schreibe_zeilen(
    blatt: Worksheet,
    spalten: Sequence[Spalte],
    rahmen: pd.DataFrame,
    auswahl: Mapping[str, Auswahl],
) -> None:
    """Write the rows of a raw table below the header, codes as their labels."""
    for i, spalte in enumerate(spalten, start=1):
        label = _labels(spalte, auswahl)
        for zeile, text in enumerate(rahmen[spalte.name], start=2):
            if text:
                setze(blatt.cell(zeile, i), zellwert(spalte, text, label))


def _labels(spalte: Spalte, auswahl: Mapping[str, Auswahl]) -> Mapping[str, str]:
    liste = auswahl.get(spalte.liste or "")
    return liste.label if liste else {}


def zellentext(text: str) -> str:
    """Return the text as a cell can hold it: XML 1.0, and no longer than Excel takes."""
    if len(text) <= LAENGE and text.isprintable():
        return text  # most texts: two looks cost less than two copies
    ersetzt = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)
    return ersetzt.translate(_KEINE_ZEICHEN)[:LAENGE]


def setze(zelle: Cell | MergedCell, wert: str | float | date) -> None:
    """Put a value into a cell; a text stays one, whatever it begins with."""
    if isinstance(wert, str):
        zelle.value = zellentext(wert)
        zelle.data_type = "s"
        zelle.number_format = _TEXTFORMAT
        zelle.alignment = Alignment(wrap_text=len(wert) > KURZ, vertical="top")
        return
    zelle.value = wert
    zelle.alignment = Alignment(vertical="top")
    if isinstance(wert, date):
        zelle.number_format = "DD.MM.YYYY"


def zellwert(spalte: Spalte, text: str, label: Mapping[str, str]) -> str | float | date:
    """Return what a cell shows: labels, dates and numbers, if they read back as the same text."""
    match spalte.art:
        case Art.CODE:
            return label.get(text, text)
        case Art.CODES:
            return TRENNER.join(label.get(teil, teil) for teil in text.split(TRENNER))
        case Art.DATUM if len(text) == len("2016-12-08"):
            return _als_datum(text)
        case Art.LAT | Art.LON | Art.ZAHL | Art.GANZZAHL:
            return _als_zahl(text)
        case _:
            return text


def _als_datum(text: str) -> str | date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return text


def _als_zahl(text: str) -> str | float:
    try:
        wert = float(text)
    except ValueError:
        return text
    if wert.is_integer() and text == str(int(wert)):
        return int(wert)
    return wert if text == repr(wert) else text


def setze_auswahl(
    blatt: Worksheet, tabelle: Tabelle, auswahl: Mapping[str, Auswahl], t: Katalog
) -> None:
    """Offer the values of code lists and references as drop-downs below their headings."""
    for i, spalte in enumerate(tabelle.lesespalten, start=1):
        formel = _formel(spalte, auswahl)
        if formel is None:
            continue
        regel = DataValidation("list", formula1=formel, allow_blank=True)
        regel.errorTitle, regel.error = t("mappe.auswahl.titel"), t("mappe.auswahl.text")
        regel.showErrorMessage = True
        buchstabe = get_column_letter(i)
        regel.add(f"{buchstabe}2:{buchstabe}{_ZEILEN}")
        blatt.add_data_validation(regel)


def _formel(spalte: Spalte, auswahl: Mapping[str, Auswahl]) -> str | None:
    if spalte.art is Art.VERWEIS:
        return f"'{blatttitel(PROJEKTE.name)}'!$A$2:$A${_ZEILEN}"
    if spalte.art is Art.WAHL:
        return '"' + ",".join(spalte.werte) + '"'
    liste = auswahl.get(spalte.liste or "")
    if spalte.art is Art.CODE and liste:
        blatt, stelle = blatttitel(LISTENBLATT.name), LISTENBLATT.lesenamen.index("label") + 1
        buchstabe = get_column_letter(stelle)
        return f"'{blatt}'!${buchstabe}${liste.erste}:${buchstabe}${liste.letzte}"
    return None


def schreibe_listen(blatt: Worksheet, bestand: Mapping[str, pd.DataFrame], t: Katalog) -> None:
    """Write all code lists (raw tables) onto their one sheet."""
    schreibe_kopf(blatt, LISTENBLATT, t)
    for zeile, werte in enumerate(_listenzeilen(bestand), start=2):
        for i, name in enumerate(LISTENBLATT.lesenamen, start=1):
            if werte.get(name):
                setze(blatt.cell(zeile, i), werte[name])


def _listenzeilen(bestand: Mapping[str, pd.DataFrame]) -> Iterator[dict[str, str]]:
    for liste in CODELISTEN:
        name = liste.name.removeprefix("codelisten/")
        for werte in bestand[liste.name].to_dict("records"):
            yield {"liste": name, **{str(spalte): str(wert) for spalte, wert in werte.items()}}


def schreibe_quellen(
    blatt: Worksheet, quellen: Sequence[Quelle], t: Katalog, *, voll: bool
) -> None:
    """Write a row for every sheet; of empty ones only what they are called."""
    schreibe_kopf(blatt, HERKUNFT, t)
    setze_auswahl(blatt, HERKUNFT, {}, t)
    titel_von = {blatt_zu(quelle.datei): quelle for quelle in quellen}
    for zeile, tabelle in enumerate((*BLAETTER, LISTENBLATT), start=2):
        name = blatttitel(tabelle.name)
        setze(blatt.cell(zeile, 1), name)
        quelle = titel_von.get(name)
        for i, spalte in enumerate(HERKUNFT.spaltennamen[1:], start=2):
            text = getattr(quelle, spalte, "")
            if text and (voll or tabelle is LISTENBLATT or spalte == "titel"):
                setze(blatt.cell(zeile, i), text)
