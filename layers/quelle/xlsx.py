"""Workbooks: every sheet as rows of texts, with findings about what is not plain cells.

Typed cells become the text that is meant, formulas the value that was computed last, a merged
range gives its value to every row it covers. Hidden sheets and rows are read and said: what is
hidden would be published all the same. Comments, colours, pictures are passed over.
"""

import struct
import warnings
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final, TypeAlias

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from layers.befund import Befund, Code
from layers.quelle import archiv, xlsx_schutz, xlsx_zelle
from layers.quelle.raster import Auftrag, Raster
from layers.ueberschriften import ANLEITUNG, AUSZUG, ist_bericht

Zellen: TypeAlias = dict[int, dict[int, str]]
"""Row → column → text, both from 1; only cells that hold something."""
_LEERE: Final[list[str]] = []
_SPALTEN: Final = 1000
"""Columns that a sheet can have; what stands further right is a slip."""

DEFEKT: Final = (
    *archiv.DEFEKT,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RecursionError,
    SyntaxError,
    struct.error,
)
"""What openpyxl raises over a damaged workbook (XML errors are SyntaxError)."""


def lies(auftrag: Auftrag) -> list[Raster]:
    """Return the sheets of a workbook. Raises `Abgewiesen`."""
    mit_formeln = xlsx_schutz.pruefe(auftrag)
    try:
        formeln = _formeln(oeffne(auftrag.pfad, werte=False)) if mit_formeln else {}
        blaetter = [
            blatt
            for blatt in oeffne(auftrag.pfad, werte=True).worksheets
            if blatt.title not in (ANLEITUNG, AUSZUG) and not ist_bericht(blatt.title)
        ]
        raster = [_blatt(b, auftrag.datei, formeln.get(b.title, {})) for b in blaetter]
    except DEFEKT as fehler:
        raise auftrag.ablehnung(Code.DATEI_DEFEKT, grund=type(fehler).__name__) from fehler
    for blatt in raster:
        auftrag.pruefe_umfang(len(blatt.zeilen), sum(map(len, blatt.zeilen)))
    return raster


def oeffne(pfad: Path, *, werte: bool) -> Workbook:
    """Return the workbook; ``werte``: formulas as their last value. Raises one of `DEFEKT`."""
    with warnings.catch_warnings():
        # openpyxl warns about what it will not write back (extensions, slicers): not our concern.
        warnings.simplefilter("ignore")
        return load_workbook(pfad, data_only=werte, keep_links=False)


def zellen(blatt: Worksheet) -> Iterator[Cell]:
    """Return the cells that exist in the file; iter_rows would make one for every gap."""
    for zelle in blatt._cells.values():  # noqa: SLF001
        if isinstance(zelle, Cell):
            yield zelle


def _formeln(mappe: Workbook) -> dict[str, dict[tuple[int, int], str]]:
    return {
        blatt.title: {
            (z.row, z.column): str(getattr(z.value, "text", z.value))
            for z in zellen(blatt)
            if z.data_type == "f"
        }
        for blatt in mappe.worksheets
    }


def _blatt(blatt: Worksheet, datei: str, formeln: dict[tuple[int, int], str]) -> Raster:
    gefunden: Zellen = defaultdict(dict)
    befunde: list[Befund] = []
    for zelle in zellen(blatt):
        inhalt = xlsx_zelle.text(zelle.value, zelle.number_format)
        ort = Befund(
            Code.FORMEL_GELESEN, datei, blatt.title, zelle.row, zelle.column_letter, inhalt
        )
        formel = formeln.get((zelle.row, zelle.column))
        befunde += _zur_formel(ort, formel, zelle.value)
        if inhalt and zelle.column <= _SPALTEN:
            gefunden[zelle.row][zelle.column] = inhalt
    befunde += _verbundene(blatt, datei, gefunden)
    befunde += _versteckte(blatt, datei, gefunden)
    nummern = sorted(gefunden)
    alle = range(nummern[0], nummern[-1] + 1) if nummern else range(0)
    # A gap of a few rows is an empty row to mention; a stray cell far below is not worth it.
    folge = list(alle) if len(alle) <= 2 * len(nummern) + 100 else nummern
    zeilen = [_zeile(gefunden[nummer]) if nummer in gefunden else _LEERE for nummer in folge]
    return Raster(datei, blatt.title, blatt.title, zeilen, folge, tuple(befunde))


def _zeile(belegt: dict[int, str]) -> list[str]:
    return [belegt.get(spalte, "") for spalte in range(1, max(belegt) + 1)]


def _zur_formel(ort: Befund, formel: str | None, wert: object) -> Iterator[Befund]:
    zuordnung = {"formel": (formel or "")[:80], "zelle": f"{ort.spalte}{ort.zeile}"}
    if xlsx_zelle.mangel(wert):
        code = Code.FORMEL_FEHLER
    elif formel is None:
        return
    else:
        code = Code.FORMEL_OHNE_WERT if wert is None else Code.FORMEL_GELESEN
    yield Befund(code, ort.datei, ort.blatt, ort.zeile, ort.spalte, ort.wert, zuordnung)


def _verbundene(blatt: Worksheet, datei: str, gefunden: Zellen) -> Iterator[Befund]:
    """Give the value of a merged range to its rows, in its first column."""
    for bereich in blatt.merged_cells.ranges:
        wert = gefunden.get(bereich.min_row, {}).get(bereich.min_col, "")
        if not wert:
            continue
        for zeile in range(bereich.min_row + 1, bereich.max_row + 1):
            gefunden[zeile][bereich.min_col] = wert
        if bereich.max_row > bereich.min_row:
            yield Befund(
                Code.ZELLEN_VERBUNDEN,
                datei,
                blatt.title,
                bereich.min_row,
                get_column_letter(bereich.min_col),
                wert,
                {"bereich": str(bereich.coord)},
            )


def _versteckte(blatt: Worksheet, datei: str, gefunden: Zellen) -> Iterator[Befund]:
    if blatt.sheet_state != "visible" and gefunden:
        yield Befund(Code.BLATT_VERSTECKT, datei, blatt.title)
    versteckt = [
        nummer
        for nummer in gefunden
        if nummer in blatt.row_dimensions and blatt.row_dimensions[nummer].hidden
    ]
    for nummer in sorted(versteckt):
        yield Befund(Code.ZEILE_VERSTECKT, datei, blatt.title, nummer)
