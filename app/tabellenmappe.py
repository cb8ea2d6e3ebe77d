"""``python -m app.tabellenmappe``: one table as a workbook, in a process of its own.

Reads ``{"titel", "zeilen", "angaben", "von_rechts"}`` from standard input, writes the XLSX to
standard output. The first row holds the headings; a text stays a text, whatever it begins with.
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


def mappe(auftrag: dict[str, Any]) -> bytes:
    """Return the workbook: the table with frozen headings and filters, then where it is from."""
    neu = Workbook()
    blatt = neu.worksheets[0]
    blatt.title = INVALID_TITLE_REGEX.sub("", auftrag["titel"])[:_TITEL]
    _schreibe(blatt, auftrag["zeilen"])
    blatt.freeze_panes = "B2"
    blatt.auto_filter.ref = blatt.dimensions
    angaben = neu.create_sheet("Angaben")
    _schreibe(angaben, auftrag["angaben"])
    for einzeln in (blatt, angaben):
        einzeln.sheet_view.rightToLeft = auftrag["von_rechts"]
    puffer = io.BytesIO()
    neu.save(puffer)
    return puffer.getvalue()


def _schreibe(blatt: Worksheet, zeilen: Sequence[Sequence[str | int]]) -> None:
    for nummer, zeile in enumerate(zeilen, start=1):
        for spalte, wert in enumerate(zeile, start=1):
            zelle = blatt.cell(nummer, spalte)
            zelle.alignment = Alignment(wrap_text=True, vertical="top")
            if isinstance(wert, str):
                zelle.value = ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", wert)[:_LAENGE]
                zelle.data_type, zelle.number_format = "s", "@"
            else:
                zelle.value = wert
    for zelle in blatt[1]:
        zelle.font = Font(bold=True)
    for spalte, werte in enumerate(zip(*zeilen, strict=True), start=1):
        laengste = max(len(str(wert)) for wert in werte) + 2
        breite = min(max(laengste, _BREITE[0]), _BREITE[1])
        blatt.column_dimensions[get_column_letter(spalte)].width = breite


if __name__ == "__main__":
    sys.stdout.buffer.write(mappe(orjson.loads(sys.stdin.buffer.read())))
