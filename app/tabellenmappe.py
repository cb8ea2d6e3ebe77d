"""``python -m app.tabellenmappe``: one table as a workbook, in a process of its own.

Reads ``{"titel", "zeilen", "summe", "angaben_titel", "angaben", "von_rechts"}`` from standard
input, writes the XLSX to standard output. The first row holds the headings, with ``summe`` the last
one the totals; a text stays a text, whatever it begins with. openpyxl stays out of the service,
which would keep its 13 MB for good.
"""

import io
import sys
from collections.abc import Sequence
from typing import Any, Final

import orjson
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX
from openpyxl.worksheet.worksheet import Worksheet

_LAENGE: Final = 32_767
"""Characters that a cell can hold."""
_TITEL: Final = 31
"""Characters that the name of a sheet can have."""
_BREITE: Final = (10, 60)
"""Least and greatest width of a column, in characters."""
_ZAHL: Final = "#,##0"


def mappe(auftrag: dict[str, Any]) -> bytes:
    """Return the workbook: the table with frozen headings and filters, then where it is from."""
    neu = Workbook()
    blatt = neu.worksheets[0]
    blatt.title = _blatttitel(auftrag["titel"])
    _schreibe(blatt, auftrag["zeilen"])
    blatt.freeze_panes = "B2"
    if auftrag["summe"]:
        # a filter would sort the totals among the rows
        _hebe_hervor(blatt, blatt.max_row)
    else:
        blatt.auto_filter.ref = blatt.dimensions
    angaben = neu.create_sheet(_blatttitel(auftrag["angaben_titel"]))
    _schreibe(angaben, auftrag["angaben"])
    for einzeln in (blatt, angaben):
        einzeln.sheet_view.rightToLeft = auftrag["von_rechts"]
    puffer = io.BytesIO()
    neu.save(puffer)
    return puffer.getvalue()


def _blatttitel(titel: str) -> str:
    return INVALID_TITLE_REGEX.sub("", titel)[:_TITEL]


def _hebe_hervor(blatt: Worksheet, zeile: int) -> None:
    for zelle in blatt[zeile]:
        zelle.font = Font(bold=True)


def _schreibe(blatt: Worksheet, zeilen: Sequence[Sequence[str | int]]) -> None:
    for nummer, zeile in enumerate(zeilen, start=1):
        for spalte, wert in enumerate(zeile, start=1):
            zelle = blatt.cell(nummer, spalte)
            zelle.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(wert, int):
                zelle.value, zelle.number_format = wert, _ZAHL
            elif wert:
                zelle.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", wert)[:_LAENGE]
                zelle.data_type, zelle.number_format = "s", "@"
    _hebe_hervor(blatt, 1)
    for spalte, werte in enumerate(zip(*zeilen, strict=True), start=1):
        laengste = max(len(str(wert)) for wert in werte) + 2
        breite = min(max(laengste, _BREITE[0]), _BREITE[1])
        blatt.column_dimensions[get_column_letter(spalte)].width = breite


if __name__ == "__main__":
    sys.stdout.buffer.write(mappe(orjson.loads(sys.stdin.buffer.read())))
