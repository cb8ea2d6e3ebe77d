"""``build_map.py template``: the workbook in which editors keep their data."""

from pathlib import Path
from typing import Annotated

import typer

from app.kommando.ausgabe import GEODATA, ende, konsole, t


def template(
    datei: Annotated[Path, typer.Argument(help="Arbeitsmappe, die geschrieben wird (.xlsx)")],
    mit_daten: Annotated[
        bool, typer.Option("--mit-daten", help="Die vorhandenen Daten hineinschreiben")
    ] = False,
    geodata: Annotated[Path, typer.Option(help="Ordner mit dem Bestand")] = GEODATA,
) -> None:
    """Die Vorlage der Arbeitsmappe schreiben."""
    if datei.exists():
        ende(t("mappe.gibt_es", ort=datei))
    # imported here: openpyxl and pandas take most of a second
    from app import mappe  # noqa: PLC0415
    from layers import read  # noqa: PLC0415
    from layers.befund import Schwere  # noqa: PLC0415

    quelldaten = read.read_sources(geodata)
    if any(befund.schwere is Schwere.FEHLER for befund in quelldaten.befunde):
        ende(t("mappe.nicht_lesbar", ort=geodata))
    try:
        neu = mappe.vorlage(t, quelldaten.tabellen, quelldaten.quellen, mit_daten=mit_daten)
        neu.save(datei)
    except OSError as fehler:
        ende(t("pruefung.nicht_geschrieben", ort=datei, einzelheit=fehler.strerror))
    konsole.print(t("pruefung.geschrieben", ort=datei), markup=False)
