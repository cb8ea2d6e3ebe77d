"""At which cells of a workbook the findings lie (build half).

A million findings are held as three numbers each: which one, its row, its column.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby
from operator import itemgetter
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
from openpyxl import Workbook

from layers.befund import Befund, Schwere
from layers.pruefung import Pruefergebnis, tabelle_zu
from layers.quelle.raster import Fundort
from layers.quellen import HERKUNFT
from layers.tabellen import TABELLEN, Tabelle

_REIHENFOLGE: Final = tuple(Schwere)
_BLOCK: Final = 1 << 16
JE_NAME: Final[Mapping[str, Tabelle]] = {t.name: t for t in (*TABELLEN, HERKUNFT)}
Stelle: TypeAlias = tuple[str, int, int]
"""Sheet (its title, or the name of its table), row and column from 1."""


@dataclass(frozen=True, slots=True)
class Marken:
    """The findings of one sheet, cell by cell."""

    befunde: Sequence[Befund]
    stellen: "array[int]" = field(default_factory=lambda: array("I"))

    def __len__(self) -> int:
        return len(self.stellen) // 3

    def merke(self, nummer: int, zeile: int, spalte: int) -> None:
        """Add the finding ``befunde[nummer]``."""
        self.stellen.extend((nummer, zeile, spalte))

    def __iter__(self) -> Iterator[tuple[int, int, list[Befund]]]:
        """Yield row, column and findings (the gravest first) of each cell, row by row."""
        if not self.stellen:
            return
        nummern, zeilen, spalten = np.asarray(self.stellen).reshape(-1, 3).T
        ordnung = np.lexsort((nummern, spalten, zeilen))
        # a block at a time as numbers of Python, which are ten times as large
        geordnet = chain.from_iterable(
            zip(*(feld[block].tolist() for feld in (zeilen, spalten, nummern)), strict=True)
            for block in (ordnung[i : i + _BLOCK] for i in range(0, len(ordnung), _BLOCK))
        )
        for (zeile, spalte), gruppe in groupby(geordnet, key=itemgetter(0, 1)):
            eigene = [self.befunde[nummer] for _, _, nummer in gruppe]
            if len(eigene) > 1:
                eigene.sort(key=lambda befund: _REIHENFOLGE.index(befund.schwere))
            yield zeile, spalte, eigene


def in_mappe(mappe: Workbook, ergebnis: Pruefergebnis) -> dict[str, Marken]:
    """Return title of a sheet → what lies on it; without a column it is the row's first cell."""
    spalten: dict[str, dict[str, int]] = {blatt.title: {} for blatt in mappe.worksheets}
    for ort in ergebnis.fundorte.values():
        if ort.blatt in spalten:
            spalten[ort.blatt].update(ort.spalten)
    verbunden = {
        (blatt.title, zeile, spalte): (blatt.title, bereich.min_row, bereich.min_col)
        for blatt in mappe.worksheets
        for bereich in blatt.merged_cells.ranges
        for zeile, spalte in bereich.cells
    }

    def stelle(befund: Befund, ort: Fundort | None) -> Stelle | None:
        blatt = ort.blatt if ort else befund.blatt
        if blatt not in spalten:
            return None
        gefunden = (blatt, befund.zeile or 1, spalten[blatt].get(befund.spalte or "", 1))
        # only the first cell of a merged range can carry a comment
        return verbunden.get(gefunden, gefunden)

    return _verteilt(ergebnis, stelle)


def in_tabellen(tabellen: Mapping[str, pd.DataFrame], ergebnis: Pruefergebnis) -> dict[str, Marken]:
    """Return name of a table → what lies on its sheet: a header, and a row for each of its rows."""
    zeilen = {
        name: {int(zeile): i for i, zeile in enumerate(rahmen.index, start=2)}
        for name, rahmen in tabellen.items()
    }
    spalten = {
        name: {spalte: i for i, spalte in enumerate(JE_NAME[name].lesenamen, start=1)}
        for name in tabellen
    }
    an_ort = {(ort.datei, ort.blatt): name for name, ort in ergebnis.fundorte.items()}

    def stelle(befund: Befund, ort: Fundort | None) -> Stelle | None:
        name = tabelle_zu(befund) if ort else an_ort.get((befund.datei, befund.blatt))
        if name not in zeilen:
            return None
        zeile = zeilen[name].get(befund.zeile or 0, 1)
        return name, zeile, spalten[name].get(befund.spalte or "", 1)

    return _verteilt(ergebnis, stelle)


def _verteilt(
    ergebnis: Pruefergebnis, stelle: Callable[[Befund, Fundort | None], Stelle | None]
) -> dict[str, Marken]:
    marken: dict[str, Marken] = {}
    for nummer, befund in enumerate(ergebnis.befunde):
        gefunden = stelle(befund, ergebnis.fundorte.get(tabelle_zu(befund) or ""))
        if gefunden:
            blatt, zeile, spalte = gefunden
            marken.setdefault(blatt, Marken(ergebnis.befunde)).merke(nummer, zeile, spalte)
    return marken
