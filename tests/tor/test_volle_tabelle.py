"""The largest wrong table: every finding stands in all four reports, within a gigabyte."""

import tempfile
from pathlib import Path

from layers.quelle.grenzen import Grenzen
from tests.tor.conftest import schreibe_csv
from tests.tor.volle import falsche_tabelle, pruefe_alle_berichte


def test_every_finding_of_the_largest_wrong_table_is_in_all_four_reports() -> None:
    # a gigabyte of reports, which pytest would keep
    with tempfile.TemporaryDirectory() as ordner:
        pfad = Path(ordner) / "projekte.csv"
        pruefe_alle_berichte(schreibe_csv(pfad, falsche_tabelle(Grenzen().zellen)))
