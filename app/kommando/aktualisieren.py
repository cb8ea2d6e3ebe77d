"""``build_map.py update``: fetch the city's open data, clean it, replace the source."""

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from app.kommando.ausgabe import GEODATA, ende, fortschritt, konsole, t

_SCHRITTE: Final = ("abrufen", "lesen", "bereinigen", "schreiben")


def update(
    geodata: Annotated[Path, typer.Option(help="Ordner mit den Quelldateien")] = GEODATA,
) -> None:
    """Die statistischen Bezirke aus den offenen Daten der Stadt erneuern."""
    from app import abruftext  # noqa: PLC0415 - geopandas takes a second
    from layers import einstellungen  # noqa: PLC0415
    from layers.ablehnung import Abgelehnt  # noqa: PLC0415
    from layers.amtlich import aktualisieren  # noqa: PLC0415

    if not geodata.is_dir():
        ende(t("build.ohne_daten", ort=geodata))
    beginn = time.monotonic()
    try:
        with fortschritt([t(f"update.schritt.{name}") for name in _SCHRITTE]) as schritt:
            heute = datetime.now(UTC).date()
            werte = einstellungen.lade(geodata)
            bericht = aktualisieren.aktualisiere(geodata, werte, heute, schritt)
    except Abgelehnt as fehler:
        ende(abruftext.ablehnung(fehler, t))
    if bericht is None:
        konsole.print(t("update.nichts_neues"))
        return
    for satz in abruftext.saetze(bericht, t):
        konsole.print(satz, markup=False)
    sekunden = round(time.monotonic() - beginn, 1)
    konsole.print(t("update.fertig", ort=geodata, sekunden=sekunden), markup=False)
