"""Small real files of every kind, read and checked against the shipped ``geodata/``."""

import csv
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from layers.befund import Befund, Code
from layers.pruefregeln import STANDARD, Pruefung
from layers.pruefung import Pruefergebnis, pruefe
from layers.quelle.grenzen import Grenzen
from layers.read import Quelldaten, read_sources
from tests.conftest import WURZEL
from tests.layers.conftest import pruefe_saetze

GEODATA = WURZEL / "geodata"
HEUTE = date(2026, 3, 1)
GIB = 1024.0
"""MiB that no check may need."""
PROJEKT: Mapping[str, Any] = {
    "Kennung": "test-1",
    "Name": "Testprojekt 1",
    "Liste": "nordwärts-Projekt",
    "Kurzbeschreibung": "Erfunden, nur für Tests.",
    "Quellen": "https://example.org/1",
    "Belegstufe": "B",
    "Stand": "2026-01",
}
ORT: Mapping[str, Any] = {
    "Projekt (Kennung)": "test-1",
    "Ort": "Testort",
    "Breite (lat)": 51.53641,
    "Länge (lon)": 7.41571,
    "Lagegenauigkeit": "adresse",
}


def tabelle(*zeilen: Mapping[str, Any]) -> list[list[Any]]:
    """Return a header of all keys, and a row for each mapping."""
    kopf = list(dict.fromkeys(name for zeile in zeilen for name in zeile))
    return [kopf, *([zeile.get(name) for name in kopf] for zeile in zeilen)]


def schreibe_mappe(pfad: Path, blaetter: Mapping[str, Sequence[Sequence[Any]]]) -> Path:
    """Write a workbook with these sheets."""
    mappe = Workbook()
    mappe.remove(mappe.worksheets[0])
    for name, zeilen in blaetter.items():
        blatt = mappe.create_sheet(name)
        for zeile in zeilen:
            blatt.append(list(zeile))
    mappe.save(pfad)
    return pfad


def schreibe_csv(
    pfad: Path, zeilen: Iterable[Sequence[Any]], trenner: str = ";", kodierung: str = "utf-8"
) -> Path:
    """Write a CSV file."""
    with pfad.open("w", encoding=kodierung, newline="") as datei:
        csv.writer(datei, delimiter=trenner).writerows(zeilen)
    return pfad


def lies(pfad: Path, *, bezug: str | None = None, **grenzen: Any) -> Quelldaten:
    """Read a source; every finding must have its sentences."""
    gelesen = read_sources(pfad, GEODATA, grenzen=Grenzen(**grenzen), bezug=bezug)
    pruefe_saetze(gelesen.befunde)
    return gelesen


def geprueft(quelldaten: Quelldaten, regeln: Pruefung = STANDARD) -> Pruefergebnis:
    """Check what was read; the balance must hold."""
    ergebnis = pruefe(quelldaten, regeln, HEUTE)
    pruefe_saetze(ergebnis.befunde)
    for posten in ergebnis.bilanz.values():
        assert posten.zeilen == posten.veroeffentlicht + posten.quarantaene
    assert sum(p.quarantaene for p in ergebnis.bilanz.values()) == len(ergebnis.quarantaene)
    return ergebnis


def zu_tabellen(befunde: Iterable[Befund]) -> tuple[Befund, ...]:
    """Return what is not about the texts of the pages, which lie in ``geodata/`` alone."""
    return tuple(befund for befund in befunde if not befund.datei.startswith("texte/"))


def codes(befunde: Iterable[Befund]) -> set[Code]:
    return {befund.code for befund in befunde}


def einer(befunde: Iterable[Befund], code: Code) -> Befund:
    """Return the one finding with this code."""
    gefunden = [befund for befund in befunde if befund.code is code]
    assert len(gefunden) == 1, gefunden
    return gefunden[0]


def laufe(*pfade: Path) -> list[dict[str, Any]]:
    """Check files in a process of its own, with all four reports; see `tests.tor.laeufer`."""
    fertig = subprocess.run(
        [sys.executable, "-m", "tests.tor.laeufer", str(GEODATA), *map(str, pfade)],
        cwd=WURZEL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert fertig.returncode == 0, fertig.stderr[-2000:]
    return [json.loads(zeile) for zeile in fertig.stdout.splitlines()]
