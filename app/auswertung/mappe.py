"""``python -m app.auswertung.mappe``: the cross-table as XLSX, in a process of its own.

Reads the JSON of `app.auswertung.dateien.als_mappe`, writes the workbook to standard output.
openpyxl stays out of the service, which would keep its 13 MB for good.
"""

import sys
from io import BytesIO
from typing import Any, Final

import orjson
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

_KOPF: Final = PatternFill("solid", fgColor="1F4E5F")
_ZAHL: Final = "#,##0"
_BREITE: Final = (14, 40)
"""Least and greatest width of a column, in characters."""


def mappe(inhalt: dict[str, Any]) -> bytes:
    """Return the workbook."""
    fertig = Workbook()
    blatt = fertig.worksheets[0]
    blatt.title = _text(inhalt["titel"])[:31]
    blatt.sheet_view.rightToLeft = inhalt["rechts"]
    zeilen = inhalt["zeilen"]
    for i, zeile in enumerate(zeilen, start=1):
        for j, wert in enumerate(zeile, start=1):
            _setze(blatt, i, j, wert, fett=i in (1, len(zeilen)))
    for j in range(1, len(zeilen[0]) + 1):
        zelle = blatt.cell(1, j)
        zelle.fill, zelle.font = _KOPF, Font(bold=True, color="FFFFFF")
        zelle.alignment = Alignment(wrap_text=True, vertical="top")
        laenge = max(len(str(zeile[j - 1])) for zeile in zeilen[1:])
        breite = min(max(laenge + 2, _BREITE[0]), _BREITE[1])
        blatt.column_dimensions[get_column_letter(j)].width = breite
    blatt.freeze_panes = "B2"
    angaben = fertig.create_sheet(_text(inhalt["angaben_titel"])[:31])
    angaben.sheet_view.rightToLeft = inhalt["rechts"]
    angaben.column_dimensions["A"].width = 110
    for i, satz in enumerate(inhalt["angaben"], start=1):
        _setze(angaben, i, 1, satz, fett=i == 1)
        angaben.cell(i, 1).alignment = Alignment(wrap_text=True, vertical="top")
    puffer = BytesIO()
    fertig.save(puffer)
    return puffer.getvalue()


def _setze(blatt: Worksheet, zeile: int, spalte: int, wert: str | int, *, fett: bool) -> None:
    zelle = blatt.cell(zeile, spalte)
    zelle.font = Font(bold=fett)
    if isinstance(wert, int):
        zelle.value, zelle.number_format = wert, _ZAHL
    elif wert:
        # a text stays one, whatever it begins with
        zelle.value, zelle.data_type = _text(wert), "s"


def _text(wert: str) -> str:
    return ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", wert)


if __name__ == "__main__":
    sys.stdout.buffer.write(mappe(orjson.loads(sys.stdin.buffer.read())))
