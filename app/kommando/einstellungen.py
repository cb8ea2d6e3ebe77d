"""``build_map.py settings``: every setting with its value, where it comes from, what it means."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from app.kommando.ausgabe import GEODATA, ende, konsole, t

if TYPE_CHECKING:
    from app.betrieb.einstellungsliste import Einstellung


def settings(
    geodata: Annotated[Path, typer.Option(help="Ordner mit den Quelldateien")] = GEODATA,
    *,
    json: Annotated[bool, typer.Option("--json", help="Als JSON ausgeben")] = False,
) -> None:
    """Alle Einstellungen mit Wert, Herkunft und Bedeutung zeigen; 78 = eine ist falsch."""
    from app.betrieb import einstellungsliste, start  # noqa: PLC0415 - as the other commands
    from layers.einstellungsdatei import betriebsdatei  # noqa: PLC0415

    try:
        start.einstellungen()
        teile = {
            "dienst": einstellungsliste.des_dienstes(),
            "bau": start.gesagt(lambda: einstellungsliste.des_baus(geodata), t),
        }
    except start.Startfehler as fehler:
        ende(fehler.satz, fehler.code)
    if json:
        alle = {teil: [_record(e) for e in eintraege] for teil, eintraege in teile.items()}
        sys.stdout.buffer.write(orjson.dumps(alle, option=orjson.OPT_INDENT_2) + b"\n")
        return
    zeilen = (zeile for teil in teile.items() for zeile in _absatz(*teil))
    sys.stdout.write("\n".join(zeilen))
    if not betriebsdatei():
        konsole.print(t("einstellungen.ohne_datei"), markup=False)


def _absatz(teil: str, eintraege: "tuple[Einstellung, ...]") -> Iterator[str]:
    yield t(f"einstellungen.titel.{teil}")
    yield ""
    for e in eintraege:
        yield f"{e.name} = {e.wert or t('einstellungen.leer')}"
        yield f"    {t(f'einstellungen.herkunft.{e.herkunft}', ort=e.ort)}"
        yield f"    {t(f'einstellung.{e.name}')}"
    yield "\n"


def _record(e: "Einstellung") -> dict[str, str]:
    return {
        "name": e.name,
        "wert": e.wert,
        "herkunft": e.herkunft,
        "ort": e.ort,
        "bedeutung": t(f"einstellung.{e.name}"),
    }
