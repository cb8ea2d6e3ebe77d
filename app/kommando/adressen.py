"""``build_map.py addresses``: make the address directory that ``/suche`` reads."""

import time
from pathlib import Path
from typing import Annotated, Final

import typer

from app.kommando.ausgabe import GEODATA, ende, fortschritt, konsole, t

ZIEL: Final = Path("build/adressen.sqlite")
_SCHRITTE: Final = ("laden", "lesen", "verorten", "schreiben")


def addresses(
    quelle: Annotated[
        str,
        typer.Argument(metavar="DATEI|URL", help="Adressliste der Stadt oder gebref des Landes"),
    ],
    ziel: Annotated[Path, typer.Option(help="Datei des Verzeichnisses")] = ZIEL,
    geodata: Annotated[Path, typer.Option(help="Ordner mit den Quelldateien")] = GEODATA,
) -> None:
    """Das Adressverzeichnis für die Ortssuche aus einer amtlichen Liste bauen."""
    from app import befundtext  # noqa: PLC0415 - geopandas takes a second
    from layers import publish  # noqa: PLC0415
    from layers.adressen import verzeichnis  # noqa: PLC0415
    from layers.adressen.adressfehler import Unbrauchbar  # noqa: PLC0415

    beginn = time.monotonic()
    try:
        with fortschritt([t(f"adressen.schritt.{name}") for name in _SCHRITTE]) as schritt:
            ergebnis = verzeichnis.baue(quelle, ziel, geodata, schritt)
    except Unbrauchbar as fehler:
        ende(t(f"adressen.abgelehnt.{fehler.grund}", **fehler.werte))
    except publish.Gesperrt as fehler:
        ende(t("build.gesperrt", prozess=fehler))
    befundtext.drucke(konsole, t, ergebnis.befunde, auch_hinweise=True)
    satz = t(
        "adressen.fertig",
        ziel=ziel,
        strassen=ergebnis.strassen,
        hausnummern=ergebnis.hausnummern,
        ausgelassen=ergebnis.ausgelassen,
        megabyte=round(ergebnis.bytes / 1e6, 1),
        sekunden=round(time.monotonic() - beginn, 1),
    )
    konsole.print(satz, markup=False)
