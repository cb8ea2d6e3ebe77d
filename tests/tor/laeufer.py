"""Run in a process of its own: check files as ``build_map.py check`` does, tell the memory used."""

import json
import sys
from datetime import date
from pathlib import Path

from app import pruefbericht, pruefmappe
from app.katalog import lade
from layers.pruefregeln import STANDARD
from layers.pruefung import pruefe
from layers.quelle.grenzen import Grenzen
from layers.read import read_sources

HEUTE = date(2026, 3, 1)


def pruefe_datei(pfad: Path, geodata: Path) -> dict[str, object]:
    """Return the codes found; everything the command makes is made, so nothing can fail later."""
    t = lade("de")
    quelldaten = read_sources(pfad, geodata, grenzen=Grenzen())
    ergebnis = pruefe(quelldaten, STANDARD, HEUTE)
    bericht = pruefbericht.bericht(ergebnis, pfad.name, HEUTE, t)
    html = pruefbericht.als_html(bericht, t)
    pruefbericht.als_json(bericht)
    pruefmappe.aus_tabellen(quelldaten.tabellen, bericht, ergebnis, t).save(
        pfad.with_suffix(".neu")
    )
    return {
        "codes": sorted({befund.code.value for befund in ergebnis.befunde}),
        "rueckgabe": bericht.rueckgabe,
        "html": len(html),
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
