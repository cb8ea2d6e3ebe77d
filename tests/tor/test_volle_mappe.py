"""The largest wrong workbook, in a file of its own, so that another process takes it."""

import tempfile
from pathlib import Path

from openpyxl import Workbook

from layers.quelle.grenzen import Grenzen
from tests.tor.volle import falsche_tabelle, pruefe_alle_berichte


def test_every_finding_of_the_largest_wrong_workbook_is_in_all_four_reports() -> None:
    with tempfile.TemporaryDirectory() as ordner:
        pruefe_alle_berichte(_falsche_mappe(Path(ordner) / "voll.xlsx"))


def _falsche_mappe(pfad: Path) -> Path:
    mappe = Workbook(write_only=True)
    blatt = mappe.create_sheet("Projekte")
    for zeile in falsche_tabelle(Grenzen().mappe_zellen):
        blatt.append(zeile)
    mappe.save(pfad)
    return pfad
