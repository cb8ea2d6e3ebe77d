"""What ``check`` and ``build`` share: the settings, and a source read within their limits."""

from pathlib import Path
from typing import TYPE_CHECKING

from app.kommando.ausgabe import ende, t

if TYPE_CHECKING:
    from layers.einstellungen import Einstellungen
    from layers.read import Quelldaten


def einstellungen(geodata: Path) -> "Einstellungen":
    """Return the settings of the folder, or stop with the sentence about what is wrong."""
    from layers.ablehnung import Abgelehnt  # noqa: PLC0415
    from layers.einstellungen import lade  # noqa: PLC0415

    try:
        return lade(geodata)
    except Abgelehnt as fehler:
        ende(t(f"update.abgelehnt.{fehler.grund}", **fehler.werte), code=2)


def lies(
    pfad: Path, geodata: Path, gesetzt: "Einstellungen", koordinatensystem: str | None
) -> "Quelldaten":
    """Return what the source holds, completed from ``geodata``, or stop with a sentence."""
    from layers import read  # noqa: PLC0415
    from layers.deutung import koordinate, lage  # noqa: PLC0415

    if not pfad.exists():
        ende(t("pruefung.nicht_da", ort=pfad), code=2)
    bezug = lage.system(koordinatensystem) if koordinatensystem else None
    if koordinatensystem and bezug is None:
        erlaubt = ", ".join(koordinate.SYSTEME)
        ende(t("pruefung.system_unbekannt", angabe=koordinatensystem, erlaubt=erlaubt), code=2)
    return read.read_sources(pfad, geodata, grenzen=gesetzt.grenzen, bezug=bezug)
