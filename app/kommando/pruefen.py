"""``build_map.py check``: every finding at once, for the terminal, as page, JSON and workbook."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from app.kommando import quelle
from app.kommando.ausgabe import GEODATA, Koordinatensystem, ende, konsole, t

if TYPE_CHECKING:
    from app.pruefbericht import Bericht
    from layers.pruefung import Pruefergebnis
    from layers.read import Quelldaten


def check(
    pfad: Annotated[Path, typer.Argument(help="Arbeitsmappe, CSV, Geodatei oder Ordner")] = GEODATA,
    html: Annotated[Path | None, typer.Option(help="Bericht als HTML-Seite schreiben")] = None,
    json: Annotated[Path | None, typer.Option(help="Bericht als JSON schreiben")] = None,
    xlsx: Annotated[
        Path | None, typer.Option(help="Kopie als Arbeitsmappe mit markierten Zellen schreiben")
    ] = None,
    geodata: Annotated[Path, typer.Option(help="Ordner mit dem Bestand")] = GEODATA,
    koordinatensystem: Koordinatensystem = None,
) -> None:
    """Eine Quelle prüfen: 0 = in Ordnung (auch mit Hinweisen), 1 = Warnungen, 2 = Fehler."""
    # imported here: geopandas takes a second, and a missing file should be said before
    from app import pruefausgabe as ausgabe  # noqa: PLC0415
    from app import pruefbericht  # noqa: PLC0415
    from layers import pruefung  # noqa: PLC0415

    gesetzt = quelle.einstellungen(geodata)
    quelldaten = quelle.lies(pfad, geodata, gesetzt, koordinatensystem)
    heute = date.today()  # noqa: DTZ011  the editor's own day
    ergebnis = pruefung.pruefe(quelldaten, gesetzt.pruefung, heute)
    bericht = pruefbericht.bericht(ergebnis, pfad.name, heute, t)
    if html:
        _schreibe(html, lambda datei: ausgabe.schreibe_html(datei, bericht, t))
    if json:
        _schreibe(json, lambda datei: ausgabe.schreibe_json(datei, bericht))
    if xlsx:
        _schreibe_mappe(xlsx, pfad, quelldaten, bericht, ergebnis)
    # last: who pipes it into ``head`` gets the files all the same
    ausgabe.drucke(Console(highlight=False), bericht, t)
    sys.exit(bericht.rueckgabe)


def _schreibe(ziel: Path, schreibe: Callable[[IO[bytes]], None]) -> None:
    with _gesagt(ziel), ziel.open("wb") as datei:
        schreibe(datei)


@contextmanager
def _gesagt(ziel: Path) -> Iterator[None]:
    """Say that a file was written, or stop with the sentence about why not."""
    try:
        yield
    except OSError as fehler:
        ende(t("pruefung.nicht_geschrieben", ort=ziel, einzelheit=fehler.strerror), code=2)
    konsole.print(t("pruefung.geschrieben", ort=ziel), markup=False)


def _schreibe_mappe(
    ziel: Path,
    pfad: Path,
    quelldaten: "Quelldaten",
    bericht: "Bericht",
    ergebnis: "Pruefergebnis",
) -> None:
    """Write the marked copy; never over the source."""
    from app import pruefmappe  # noqa: PLC0415
    from layers.quelle import dateien  # noqa: PLC0415

    if ziel.exists() and pfad.exists() and ziel.samefile(pfad):
        ende(t("mappe.gibt_es", ort=ziel), code=2)
    gelesen = any(ort.blatt for ort in ergebnis.fundorte.values())
    with _gesagt(ziel):
        if gelesen and pfad.suffix.lower() in dateien.MAPPE:
            pruefmappe.schreibe_kopie(ziel, pfad, bericht, ergebnis, t)
        else:
            pruefmappe.schreibe_neu(ziel, quelldaten.tabellen, bericht, ergebnis, t)
