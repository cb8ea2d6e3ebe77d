"""The command line of the nordwärts-Karte: from ``geodata/`` to a published build.

Thin on purpose: it calls ``layers/`` and ``app/page``, shows progress, and puts what they say into
German sentences out of the catalogue.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final, NoReturn

import orjson
import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.katalog import Katalog, lade

GEODATA: Final = Path("geodata")
BUILD: Final = Path("build")
WEB: Final = Path(__file__).parent / "app" / "web"
_ASSETS: Final = ("dist/app.js", "dist/karte.js", "dist/app.css", "symbol.svg")
_SCHRITTE: Final = ("lesen", "pruefen", "verbinden", "index", "seite", "veroeffentlichen")

cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)
konsole = Console(stderr=True, highlight=False)


@cli.callback()
def wurzel() -> None:
    """nordwärts-Karte: bauen und veröffentlichen."""


@cli.command()
def build(
    geodata: Annotated[Path, typer.Option(help="Ordner mit den Quelldateien")] = GEODATA,
    ziel: Annotated[Path, typer.Option(help="Ordner der Builds")] = BUILD,
    max_fehler: Annotated[
        int, typer.Option(min=0, help="Ab wie vielen Fehlern mehr nicht veröffentlicht wird")
    ] = 0,
    hinweise: Annotated[bool, typer.Option("--hinweise", help="Auch Hinweise ausgeben")] = False,
) -> None:
    """Quellen lesen, prüfen, verbinden und als neuen Stand veröffentlichen."""
    t = lade("de")
    if not geodata.is_dir():
        _ende(t("build.ohne_daten", ort=geodata))
    assets = _lies_assets(t)
    beginn = time.monotonic()
    with _fortschritt(t) as schritt:
        schritt()
        # imported here: geopandas takes a second, and the bar should be up before it
        from app import befundtext, page  # noqa: PLC0415
        from layers import check, grenze, index, join, publish, read  # noqa: PLC0415

        quelldaten = read.read_sources(geodata)
        schritt()
        geprueft = check.check(quelldaten)
        if hindernis := grenze.hindernis(geprueft, max_fehler):
            befundtext.drucke(konsole, t, geprueft.befunde, auch_hinweise=hinweise)
            _ende(t(f"build.{hindernis.grund}", **hindernis.werte))
        schritt()
        verbund = join.join(geprueft)
        befundtext.drucke(konsole, t, verbund.befunde, auch_hinweise=hinweise)
        schritt()
        inhalt = index.dateien(verbund)
        zahlen = index.zahlen(verbund)
        schritt()
        rahmen = orjson.loads(inhalt["daten/stadtbezirke.geojson"])["bbox"]
        inhalt["seite.js"] = page.kartenskript(t, page.Rahmen(*rahmen)).encode()
        schritt()
        try:
            fertig = publish.veroeffentliche(
                ziel,
                inhalt | assets,
                hashen=("index.json", "suche.json", "seite.js", *assets),
                kopf={
                    "stand": zahlen["stand"],
                    "zahlen": zahlen,
                    "quellen": quelldaten.quellen,
                },
            )
        except publish.Gesperrt as fehler:
            _ende(t("build.gesperrt", prozess=fehler))
        except OSError as fehler:
            _ende(t("build.kein_schreibrecht", ort=ziel, einzelheit=fehler.strerror))
    konsole.print(t("build.befunde", **zahlen))
    konsole.print(
        t(
            "build.fertig",
            id=fertig.id,
            projekte=zahlen["projekte"],
            dateien=fertig.dateien,
            megabyte=round(fertig.bytes / 1e6, 1),
            sekunden=round(time.monotonic() - beginn, 1),
        )
    )


def _lies_assets(t: Katalog) -> dict[str, bytes]:
    """Read the bundled browser code; it is made by ``make build``."""
    assets = {}
    for name in _ASSETS:
        pfad = WEB / name
        if not pfad.is_file():
            _ende(t("build.ohne_web", ort=pfad))
        assets[pfad.name] = pfad.read_bytes()
    return assets


@contextmanager
def _fortschritt(t: Katalog) -> Iterator[Callable[[], None]]:
    """Show a bar; the yielded function begins the next step."""
    spalten = (TextColumn("{task.description:<22}"), BarColumn(), TimeElapsedColumn())
    with Progress(*spalten, console=konsole, transient=True) as balken:
        aufgabe = balken.add_task("", total=len(_SCHRITTE))
        rest = iter(enumerate(_SCHRITTE))

        def schritt() -> None:
            nummer, name = next(rest)
            balken.update(aufgabe, completed=nummer, description=t(f"build.schritt.{name}"))

        yield schritt


def _ende(satz: str) -> NoReturn:
    """Stop with one sentence and exit code 1."""
    konsole.print(satz, style="bold red")
    sys.exit(1)


if __name__ == "__main__":
    cli()
