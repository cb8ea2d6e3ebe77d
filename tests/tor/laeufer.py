"""Run in a process of its own: check files, write all four reports, tell the memory used."""

import json
import sys
from datetime import date
from pathlib import Path

from rich.console import Console

from app import pruefausgabe, pruefbericht, pruefmappe
from app.katalog import lade
from layers.pruefregeln import STANDARD
from layers.pruefung import pruefe
from layers.quelle.grenzen import Grenzen
from layers.read import read_sources

HEUTE = date(2026, 3, 1)


def pruefe_datei(pfad: Path, geodata: Path) -> dict[str, object]:
    """Return what was found, having made everything that ``build_map.py check`` can make."""
    t = lade("de")
    quelldaten = read_sources(pfad, geodata, grenzen=Grenzen())
    ergebnis = pruefe(quelldaten, STANDARD, HEUTE)
    bericht = pruefbericht.bericht(ergebnis, pfad.name, HEUTE, t)
    ziel = pfad.with_suffix("")
    with Path(f"{ziel}.bericht.txt").open("w", encoding="utf-8") as datei:
        pruefausgabe.drucke(Console(file=datei), bericht, t)
    with Path(f"{ziel}.bericht.html").open("wb") as strom:
        pruefausgabe.schreibe_html(strom, bericht, t)
    with Path(f"{ziel}.bericht.json").open("wb") as strom:
        pruefausgabe.schreibe_json(strom, bericht)
    kopie = Path(f"{ziel}.bericht.xlsx")
    if pfad.suffix == ".xlsx" and any(ort.blatt for ort in ergebnis.fundorte.values()):
        pruefmappe.schreibe_kopie(kopie, pfad, bericht, ergebnis, t)
    else:
        pruefmappe.schreibe_neu(kopie, quelldaten.tabellen, bericht, ergebnis, t)
    return {
        "codes": sorted({befund.code.value for befund in ergebnis.befunde}),
        "rueckgabe": bericht.rueckgabe,
        "befunde": len(ergebnis.befunde),
    }


def _hoechststand_mib() -> float:
    """Return the peak of resident memory; ru_maxrss would count the parent's before the exec."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def main() -> None:
    """Check every file named on the command line; print a line of JSON about each."""
    geodata, *pfade = map(Path, sys.argv[1:])
    for pfad in pfade:
        ergebnis = pruefe_datei(pfad, geodata)
        print(json.dumps({"datei": pfad.name, "mib": _hoechststand_mib(), **ergebnis}), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
