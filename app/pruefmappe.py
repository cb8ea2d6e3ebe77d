"""The report as a workbook: every finding at its cell, in colour and as a comment (build half).

A workbook is copied with everything openpyxl keeps; any other source is written into the sheets of
the template. The first sheet lists all findings. The copy can be mended and checked again: that
sheet is not read, and the marks of an earlier check go.
"""

from collections.abc import Iterator, Mapping
from copy import copy
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, TypeAlias

import pandas as pd
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from app import befundtext, mappe
from app.katalog import Katalog
from app.mappenstrom import Notiz, Zelle, speichere
from app.mappenzelle import Zellen
from app.pruefbericht import Bericht
from app.pruefmarken import JE_NAME, Marken, in_mappe, in_tabellen
from layers.befund import Schwere
from layers.pruefung import Pruefergebnis, verortet
from layers.quelle import xlsx
from layers.quelle.raster import Fundort
from layers.ueberschriften import BERICHT, blatttitel, ist_bericht, titel

FARBE: Final = {Schwere.FEHLER: "F7B9B4", Schwere.WARNUNG: "FCE3A6", Schwere.HINWEIS: "CDE6F2"}
_FUELLUNG: Final = {s: PatternFill("solid", fgColor=farbe) for s, farbe in FARBE.items()}
_KOMMENTAR: Final = 2000
"""Characters of a comment; the list of findings holds what does not fit."""
_ANFANG: Final = f"{BERICHT}:\n"
"""What the findings in a comment begin with; before it stands what somebody wrote."""
_BREITEN: Final = (12, 56, 96, 96)
_ZEILEN: Final = 1_000_000
"""Findings that one sheet lists; Excel has 1 048 576 rows."""
_FETT: Final = Font(bold=True)
_Kommentare: TypeAlias = dict[tuple[int, int], Comment]


def schreibe_kopie(
    ziel: Path, pfad: Path, inhalt: Bericht, ergebnis: Pruefergebnis, t: Katalog
) -> None:
    """Write a copy of the workbook with its cells marked.

    Raises
    ------
    OSError
        The copy cannot be written.
    """
    kopie = xlsx.oeffne(pfad, werte=False)
    for blatt in [blatt for blatt in kopie.worksheets if ist_bericht(blatt.title)]:
        kopie.remove(blatt)
    marken = in_mappe(kopie, ergebnis)
    notizen = {}
    autoren = {mappe.AUTOR}
    for blatt in kopie.worksheets:
        kommentare = _nimm_kommentare(blatt)
        autoren |= {kommentar.author or "" for kommentar in kommentare.values()}
        eigene = marken.get(blatt.title, Marken(()))
        _faerbe(blatt, eigene)
        # of several selected sheets, a program would change all at once
        blatt.sheet_view.tabSelected = False
        if eigene or kommentare:
            notizen[blatt.title] = _notizen(eigene, kommentare, ergebnis.fundorte, t)
    speichere(kopie, ziel, _uebersicht(kopie, inhalt, t), notizen, autoren)


def schreibe_neu(
    ziel: Path,
    tabellen: Mapping[str, pd.DataFrame],
    inhalt: Bericht,
    ergebnis: Pruefergebnis,
    t: Katalog,
) -> None:
    """Write the raw tables of a source as sheets with their cells marked.

    Raises
    ------
    OSError
        The workbook cannot be written.
    """
    neu = Workbook()
    neu.remove(neu.worksheets[0])
    marken = in_tabellen(tabellen, ergebnis)
    zeilen = _uebersicht(neu, inhalt, t)
    notizen = {}
    for name, ort in ergebnis.fundorte.items():
        if len(tabellen[name]) and not ort.ergaenzt:
            blatt = neu.create_sheet(name.rpartition("/")[2] if "/" in name else blatttitel(name))
            eigene = marken.get(name, Marken(()))
            zeilen[blatt.title] = _tabelle(blatt, name, tabellen[name], eigene)
            notizen[blatt.title] = _notizen(eigene, {}, ergebnis.fundorte, t)
    speichere(neu, ziel, zeilen, notizen, [mappe.AUTOR])


def _faerbe(blatt: Worksheet, marken: Marken) -> None:
    """Give the cells the colour of their gravest finding, and leave them what else they look like.

    The first of all that look the same gets a style, the others get its number: openpyxl compares a
    colour attribute by attribute.
    """
    gefaerbt: dict[tuple[int, Schwere], Any] = {}
    for zeile, spalte, befunde in marken:
        zelle: Any = blatt.cell(zeile, spalte)
        schwere = befunde[0].schwere
        schluessel = (zelle.style_id, schwere)
        if schluessel not in gefaerbt:
            zelle.fill = _FUELLUNG[schwere]
            gefaerbt[schluessel] = zelle._style  # noqa: SLF001
        zelle._style = copy(gefaerbt[schluessel])  # noqa: SLF001


def _nimm_kommentare(blatt: Worksheet) -> _Kommentare:
    """Take the comments out of the cells, and the colours and findings of an earlier check."""
    kommentare = {}
    for zelle in xlsx.zellen(blatt):
        if zelle.comment is None:
            continue
        eigener, befunde, _ = zelle.comment.text.partition(_ANFANG)
        if eigener:
            kommentare[zelle.row, zelle.column] = Comment(eigener.rstrip(), zelle.comment.author)
        if befunde and str(zelle.fill.fgColor.rgb)[2:] in FARBE.values():
            zelle.fill = PatternFill()
        zelle.comment = None
    return kommentare


def _notizen(
    marken: Marken, kommentare: _Kommentare, orte: Mapping[str, Fundort], t: Katalog
) -> Iterator[Notiz]:
    """Yield what each cell has: what somebody wrote, then its findings."""
    for zeile, spalte, befunde in marken:
        vorher = kommentare.pop((zeile, spalte), None)
        kopf = f"{vorher.text}\n\n{_ANFANG}" if vorher else _ANFANG
        autor = vorher.author if vorher else mappe.AUTOR
        saetze = "\n\n".join(
            f"{b.schwere.value}: {' → '.join(befundtext.saetze(b, t))}"
            for b in verortet(befunde, orte)
        )
        yield Notiz(zeile, spalte, (kopf + saetze)[:_KOMMENTAR], autor or "")
    for (zeile, spalte), kommentar in kommentare.items():
        yield Notiz(zeile, spalte, kommentar.text, kommentar.author or "")


def _tabelle(
    blatt: Worksheet, name: str, rahmen: pd.DataFrame, marken: Marken
) -> Iterator[list[Zelle | None]]:
    """Yield the header and the rows with their colours."""
    zelle = Zellen(blatt)
    spalten = JE_NAME[name].lesespalten
    farben = groupby(marken, key=itemgetter(0))
    offen = next(farben, None)
    kopf = tuple(titel(spalte.name) for spalte in spalten)
    for nummer, texte in enumerate(chain([kopf], rahmen.itertuples(index=False, name=None)), 1):
        farbe: dict[int, PatternFill] = {}
        if offen and offen[0] == nummer:
            farbe = {spalte: _FUELLUNG[befunde[0].schwere] for _, spalte, befunde in offen[1]}
            offen = next(farben, None)
        yield [
            zelle(mappe.zellwert(spalte, text, {}), farbe.get(i), _FETT if nummer == 1 else None)
            for i, (spalte, text) in enumerate(zip(spalten, texte, strict=True), 1)
        ]


def _uebersicht(neu: Workbook, inhalt: Bericht, t: Katalog) -> dict[str, Iterator[Any]]:
    """Put sheets for all findings in front, the balance below the last; return their rows."""
    kopf = (t("pruefung.schwere"), t("pruefung.ort"), t("pruefung.was"), t("pruefung.tun"))
    befunde = (zeile for art in inhalt.arten for zeile in art.zeilen)

    anzahl = max(1, -(-sum(inhalt.zahlen.values()) // _ZEILEN))

    def zeilen(blatt: Worksheet, *, letztes: bool) -> Iterator[list[Zelle | None]]:
        zelle = Zellen(blatt)
        yield [zelle(text, schrift=_FETT) for text in kopf]
        wort = {s: zelle(s.value, fuellung) for s, fuellung in _FUELLUNG.items()}
        for zeile in islice(befunde, _ZEILEN):
            schwere = zeile.befund.schwere
            yield [wort[schwere], zelle(zeile.ort), zelle(zeile.was), zelle(zeile.tun)]
        if letztes:
            yield from _bilanz(zelle, inhalt, t)

    blaetter = {}
    for i in range(anzahl):
        blatt = neu.create_sheet(f"{BERICHT} {i + 1}" if i else BERICHT, i)
        for buchstabe, breite in zip("ABCD", _BREITEN, strict=True):
            blatt.column_dimensions[buchstabe].width = breite
        blatt.freeze_panes = "A2"
        blaetter[blatt.title] = zeilen(blatt, letztes=i == anzahl - 1)
    neu.active = 0
    return blaetter


def _bilanz(zelle: Zellen, inhalt: Bericht, t: Katalog) -> Iterator[list[Zelle | None]]:
    """Yield the balance of all tables; the first column, made for a severity, stays empty."""
    spalten = ("tabelle", "zeilen", "auf_karte", "zurueck")
    yield []
    yield [None, zelle(t("pruefung.bilanz"), schrift=_FETT)]
    yield [None, *(zelle(t(f"pruefung.bilanz.{name}"), schrift=_FETT) for name in spalten)]
    for posten in inhalt.bilanz:
        zahlen = (posten.zeilen, posten.veroeffentlicht, posten.quarantaene)
        yield [None, zelle(posten.tabelle), *map(zelle, zahlen)]
