"""``/export.xlsx``: the editors' workbook with the rows of a state (process of `werkstatt`).

Same sheets, headings, notes and drop-downs as ``build_map.py template``, so that it can be
filled in and handed in again; in front a sheet, not read back, that says what
it is an extract of.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeAlias

import pandas as pd
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from app import mappe
from app.katalog import lade
from app.mappenstrom import Notiz, Zelle, speichere
from app.mappenzelle import Zellen
from app.sprachen import DEUTSCH
from layers.quelle.zuordnung import LISTENBLATT
from layers.quellen import HERKUNFT, Quelle
from layers.tabellen import PROJEKTE, Art, Spalte, Tabelle
from layers.ueberschriften import AUSZUG, blatttitel

_ENTFERNUNG: Final = Spalte("entfernung_m", Art.GANZZAHL)
_NACH: Final = 3
"""Columns before the distance: id, number, name."""
_LINK: Final = Font(color="0B5A6F", underline="single")
_HOECHSTENS: Final = 60_000
"""Links that a sheet may have; Excel refuses more than 65 530."""
Zeilen: TypeAlias = Iterator[Sequence[Zelle | None]]


def schreibe(auftrag: Mapping[str, Any], ziel: Path) -> None:
    """Write the workbook.

    Parameters
    ----------
    auftrag
        ``blaetter`` (table → rows of texts, all columns that a source may have), ``codelisten``,
        ``quellen``, ``angaben`` (label, text, link or None), ``links`` (one address a project),
        ``meter`` (one a project, or None), ``titel``.
    """
    t = lade(DEUTSCH.code)
    listen = {
        name: pd.DataFrame(zeilen, dtype=object) for name, zeilen in auftrag["codelisten"].items()
    }
    auswahl = mappe.auswahlen(listen)
    neu = Workbook()
    neu.properties.title = mappe.zellentext(auftrag["titel"])
    neu.properties.creator = mappe.AUTOR
    _schreibe_angaben(neu.worksheets[0], auftrag["angaben"])
    zeilen: dict[str, Zeilen] = {}
    for tabelle, texte in _tabellen(auftrag):
        blatt = neu.create_sheet(blatttitel(tabelle.name))
        mappe.schreibe_kopf(blatt, tabelle, t)
        mappe.setze_auswahl(blatt, tabelle, auswahl, t)
        links = auftrag["links"] if tabelle.name == PROJEKTE.name else ()
        zeilen[blatt.title] = _Blatt(blatt, tabelle, auswahl, links).zeilen(texte)
    mappe.schreibe_listen(neu.create_sheet(blatttitel(LISTENBLATT.name)), listen, t)
    quellen = [Quelle(**quelle) for quelle in auftrag["quellen"]]
    mappe.schreibe_quellen(neu.create_sheet(blatttitel(HERKUNFT.name)), quellen, t, voll=True)
    notizen = {blatt.title: _nimm_notizen(blatt) for blatt in neu.worksheets[1:]}
    for titel in zeilen:
        neu[titel]._cells.clear()  # noqa: SLF001  the head is among the rows that are streamed
    speichere(neu, ziel, zeilen, notizen, [mappe.AUTOR])


def _tabellen(auftrag: Mapping[str, Any]) -> Iterator[tuple[Tabelle, list[list[str]]]]:
    """Yield the tables with their rows, the projects with their distance if there is one."""
    for tabelle in mappe.BLAETTER:
        texte = auftrag["blaetter"][tabelle.name]
        if tabelle is PROJEKTE and auftrag["meter"] is not None:
            vorn = (*tabelle.spalten[:_NACH], _ENTFERNUNG)
            tabelle = replace(tabelle, spalten=(*vorn, *tabelle.spalten[_NACH:]))  # noqa: PLW2901
            for zeile, meter in zip(texte, auftrag["meter"], strict=True):
                zeile.insert(_NACH, "" if meter is None else str(meter))
        yield tabelle, texte


class _Blatt:
    """The rows of one sheet."""

    def __init__(
        self,
        blatt: Worksheet,
        tabelle: Tabelle,
        auswahl: Mapping[str, mappe.Auswahl],
        links: Sequence[str],
    ) -> None:
        self._blatt, self._spalten = blatt, tabelle.lesespalten
        self._label = [
            auswahl[s.liste].label if s.liste and s.liste in auswahl else {} for s in self._spalten
        ]
        self._links = links[:_HOECHSTENS]
        self._kopf = [Zelle(str(z.value), int(z.style_id)) for z in blatt[1]]
        self._zelle = Zellen(blatt)

    def zeilen(self, texte: Sequence[Sequence[str]]) -> Zeilen:
        """Return the head and the rows; the filter spans them all."""
        innen: Any = (
            self._blatt
        )  # the cells are streamed, so nothing can carry a link but the sheet
        letzte = get_column_letter(len(self._spalten))
        self._blatt.auto_filter.ref = f"A1:{letzte}{len(texte) + 1}"
        for nummer, adresse in enumerate(self._links, start=2):
            innen._hyperlinks.append(Hyperlink(ref=f"A{nummer}", target=adresse))  # noqa: SLF001
        return self._zeilen(texte)

    def _zeilen(self, texte: Sequence[Sequence[str]]) -> Zeilen:
        yield self._kopf
        for nummer, zeile in enumerate(texte):
            schrift = _LINK if nummer < len(self._links) else None
            erste, *weitere = (
                mappe.zellwert(spalte, text, label) if text else ""
                for spalte, text, label in zip(self._spalten, zeile, self._label, strict=True)
            )
            yield [self._zelle(erste, schrift=schrift), *map(self._zelle, weitere)]


def _nimm_notizen(blatt: Worksheet) -> list[Notiz]:
    notizen = []
    for spalte, zelle in enumerate(blatt[1], start=1):
        if isinstance(zelle.comment, Comment):
            notizen.append(Notiz(1, spalte, zelle.comment.text, mappe.AUTOR))
            zelle.comment = None
    return notizen


def _schreibe_angaben(
    blatt: Worksheet, angaben: Sequence[tuple[str, str | int, str | None]]
) -> None:
    """Say what the file is an extract of: query, count, Stand, sources with their licence."""
    blatt.title = AUSZUG
    blatt.column_dimensions["A"].width, blatt.column_dimensions["B"].width = 24, 100
    for nummer, (name, text, link) in enumerate(angaben, start=1):
        mappe.setze(blatt.cell(nummer, 1), name)
        blatt.cell(nummer, 1).font = Font(bold=True, size=14 if nummer == 1 else 11)
        zelle = blatt.cell(nummer, 2)
        mappe.setze(zelle, text)
        zelle.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        if link:
            zelle.hyperlink = link
            zelle.font = _LINK
