"""``build_map.py report``: the annexes for the council, out of a published build."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer

from app.kommando.ausgabe import ende, konsole, t
from app.kommando.bauen import BUILD

BERICHT = Path("bericht")


class Form(StrEnum):
    """File formats of the report."""

    PDF = "pdf"
    DOCX = "docx"


def report(
    anlage: Annotated[
        list[int] | None, typer.Option(min=1, max=3, help="Nur diese Anlage (mehrfach möglich)")
    ] = None,
    form: Annotated[
        list[Form] | None, typer.Option("--format", help="Nur dieses Format (mehrfach möglich)")
    ] = None,
    stadtbezirk: Annotated[
        list[str] | None, typer.Option(help="Nur dieser Stadtbezirk, als Code (mehrfach möglich)")
    ] = None,
    ordner: Annotated[Path, typer.Option(help="Ordner, in den geschrieben wird")] = BERICHT,
    ziel: Annotated[Path, typer.Option(help="Ordner der Builds")] = BUILD,
    build: Annotated[str, typer.Option(help="Build (sonst: der veröffentlichte)")] = "",
) -> None:
    """Den Bericht an den Rat schreiben: drei Anlagen als PDF und DOCX."""
    # imported here: Typst and python-docx take most of a second
    from app.bericht import docxsatz  # noqa: PLC0415
    from app.bericht.anlagen import ANLAGEN, bericht, dateiname  # noqa: PLC0415
    from app.darstellung import Vorbereitet  # noqa: PLC0415
    from app.errors import satz  # noqa: PLC0415
    from app.fassung import fassung  # noqa: PLC0415
    from app.pdf import setze  # noqa: PLC0415
    from app.settings import Settings  # noqa: PLC0415
    from app.state import parse  # noqa: PLC0415
    from app.store import AKTUELL, BuildFehler, lade  # noqa: PLC0415

    try:
        snapshot = lade(ziel / (build or AKTUELL))
    except BuildFehler:
        ende(t("bericht.befehl.kein_build", build=ziel / (build or AKTUELL)))
    if snapshot.schriften is None:
        ende(t("bericht.befehl.ohne_schriften"))
    abfrage, fehler = parse(
        [("stadtbezirk", code) for code in stadtbezirk or ()], snapshot.index.codes
    )
    if fehler:
        ende(" ".join(satz(t, einzeln) for einzeln in fehler), code=2)
    d = Vorbereitet(snapshot).darstellung(fassung("de"))
    try:
        ordner.mkdir(parents=True, exist_ok=True)
        for nummer in sorted(set(anlage or ANLAGEN)):
            inhalt = bericht(nummer, d, abfrage, Settings().adresse)
            for art in sorted(set(form or Form)):
                if art is Form.DOCX:
                    fertig = docxsatz.setze(inhalt, snapshot.schriften)
                else:
                    daten = orjson.loads(orjson.dumps(inhalt))
                    fertig = setze("bericht.typ", snapshot.schriften, daten)
                datei = ordner / dateiname(nummer, art, abfrage)
                datei.write_bytes(fertig)
                konsole.print(t("bericht.befehl.fertig", ort=datei), markup=False)
    except OSError as grund:
        ende(t("pruefung.nicht_geschrieben", ort=ordner, einzelheit=grund.strerror))
