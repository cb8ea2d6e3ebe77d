"""Cells for `app.mappenstrom`: equal looks share one style of the workbook (build half)."""

from datetime import date
from typing import Any, Final

from openpyxl.cell.cell import Cell
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from app import mappe
from app.mappenstrom import Zelle

_TAG: Final = date(2000, 1, 1)
_KURZ: Final = "x"
_LANG: Final = "x" * (mappe.KURZ + 1)


class Zellen:
    """Makes the cells of a sheet."""

    def __init__(self, blatt: Worksheet) -> None:
        self._blatt = blatt
        # by identity: openpyxl hashes a style attribute by attribute, longer than a cell takes
        # to write; the styles stand in the value so that no other object gets their identity
        self._stile: dict[tuple[object, int, int], tuple[int, Any, Any]] = {}

    def __call__(
        self,
        wert: str | float | date,
        fuellung: PatternFill | None = None,
        schrift: Font | None = None,
    ) -> Zelle | None:
        """Return the cell, None for an empty one without a colour."""
        if wert == "" and fuellung is None:
            return None
        if isinstance(wert, str):
            wert = mappe.zellentext(wert)
            muster: str | float | date = _LANG if len(wert) > mappe.KURZ else _KURZ
        else:
            muster = _TAG if isinstance(wert, date) else 0
        return Zelle(wert, self._stil(muster, fuellung, schrift))

    def _stil(
        self, muster: str | float | date, fuellung: PatternFill | None, schrift: Font | None
    ) -> int:
        schluessel = (muster, id(fuellung), id(schrift))
        bekannt = self._stile.get(schluessel)
        if bekannt is None:
            bekannt = (self._neuer_stil(muster, fuellung, schrift), fuellung, schrift)
            self._stile[schluessel] = bekannt
        return bekannt[0]

    def _neuer_stil(
        self, muster: str | float | date, fuellung: PatternFill | None, schrift: Font | None
    ) -> int:
        """Return the number of the style of a cell that holds something like ``muster``."""
        zelle = Cell(self._blatt, row=1, column=1)
        mappe.setze(zelle, muster)
        if schrift:
            zelle.font = schrift
        if fuellung:
            zelle.fill = fuellung
        return int(zelle.style_id)
