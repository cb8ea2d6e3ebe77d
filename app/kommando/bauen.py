"""``build_map.py build``: read, check, join, index, publish."""

import gc
import time
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import orjson
import typer

from app import katalog
from app.kommando import quelle as quellen
from app.kommando.ausgabe import GEODATA, Koordinatensystem, ende, fortschritt, konsole, t
from layers import ablage, publish
from layers.schreiben import Packung, lies_gepackt

BUILD: Final = Path("build")
_WEB: Final = Path(__file__).parents[1] / "web"
_ASSETS: Final = (
    "dist/rahmen.js",
    "dist/vorlauf.js",
    "dist/app.js",
    "dist/beiwerk.js",
    "dist/karte.js",
    "dist/kacheln.js",
    "dist/gruppierung.js",
    "dist/beteiligte.js",
    "dist/einbetten.js",
    "dist/baukasten.js",
    "dist/einzeldatei.js",
    "dist/app.css",
    "dist/karte.css",
    "dist/seiten.css",
    "symbol.svg",
)
_SCHRIFTEN: Final = _WEB / "dist" / "schriften"
_SCHRITTE: Final = ("lesen", "pruefen", "verbinden", "index", "seite", "veroeffentlichen")


def build(
    geodata: Annotated[Path, typer.Option(help="Ordner mit den Quelldateien")] = GEODATA,
    quelle: Annotated[
        Path | None,
        typer.Option(help="Arbeitsmappe, CSV oder Geodatei, die dem Ordner vorgeht"),
    ] = None,
    koordinatensystem: Koordinatensystem = None,
    ziel: Annotated[Path, typer.Option(help="Ordner der Builds")] = BUILD,
    max_fehler: Annotated[
        int | None,
        typer.Option(min=0, help="Wie viele Fehler ein Build haben darf (sonst: Einstellung)"),
    ] = None,
    hinweise: Annotated[bool, typer.Option("--hinweise", help="Auch Hinweise ausgeben")] = False,
    erlaube_wegfall: Annotated[
        bool, typer.Option("--erlaube-wegfall", help="Auch wenn veröffentlichte Projekte wegfallen")
    ] = False,
) -> None:
    """Quellen lesen, prüfen, verbinden und als neuen Stand veröffentlichen."""
    if not geodata.is_dir():
        ende(t("build.ohne_daten", ort=geodata))
    _pruefe_uebersetzungen()
    assets, schriften = _lies_assets(), _lies_schriften()
    # A build makes millions of objects and no rings of them: looking for those took a fifth of it.
    gc.disable()
    beginn = time.monotonic()
    schritte = [t(f"build.schritt.{name}") for name in _SCHRITTE]
    with fortschritt(schritte) as schritt, Packung(ziel / ablage.AKTUELL) as packung:
        schritt()
        _packe(assets, packung)
        # imported here: geopandas takes a second, and the bar should be up before it
        from app import befundtext, page  # noqa: PLC0415
        from layers import grenze, index, join, kacheln  # noqa: PLC0415
        from layers.check import check  # noqa: PLC0415
        from layers.pruefung import stichtag, verortet  # noqa: PLC0415

        gesetzt = quellen.einstellungen(geodata)
        regeln = gesetzt.pruefung
        if max_fehler is not None:
            regeln = regeln.model_copy(update={"max_fehler": max_fehler})
        quelldaten = quellen.lies(quelle or geodata, geodata, gesetzt, koordinatensystem)
        schritt()
        geprueft = check(quelldaten, regeln, stichtag(regeln, date.today()))  # noqa: DTZ011
        hindernis = grenze.hindernis(geprueft, regeln)
        befunde = geprueft.befunde
        if hindernis is None:
            schritt()
            verbund = join.join(geprueft, regeln)
            befunde = verbund.befunde
            hindernis = grenze.zu_viele(befunde, regeln)
        gefunden = verortet(befunde, quelldaten.fundorte)
        befundtext.drucke(konsole, t, gefunden, auch_hinweise=hinweise)
        if hindernis:
            ende(t(f"build.{hindernis.grund}", **hindernis.werte))
        # a million projects are a gigabyte in each of these
        del quelldaten, geprueft
        schritt()
        inhalt: dict[str, bytes] = {}
        for teil in index.teile(verbund):
            packung.beginne(teil, _gehashte(teil))
            inhalt |= teil
        inhalt |= kacheln.dateien(verbund, inhalt, gesetzt.kacheln_ab)
        zahlen, verwendete = index.zahlen(verbund), verbund.quellen
        del verbund
        schritt()
        rahmen = orjson.loads(inhalt["daten/stadtbezirke.geojson"])["bbox"]
        skripte = page.kartenskripte(page.Rahmen(*rahmen))
        schritt()
        kopf = {
            "stand": zahlen["stand"],
            "zahlen": zahlen,
            "quellen": verwendete,
            "uebersetzungen_geprueft": gesetzt.uebersetzungen_geprueft,
        }
        fertig = _veroeffentliche(
            ziel,
            inhalt | schriften,
            assets | skripte,
            kopf,
            packung,
            erlaube_wegfall=erlaube_wegfall,
        )
    konsole.print(
        t(
            "build.befunde",
            fehler=t("befund.anzahl.fehler", int(zahlen["fehler"])),
            warnungen=t("befund.anzahl.warnung", int(zahlen["warnungen"])),
            hinweise=t("befund.anzahl.hinweis", int(zahlen["hinweise"])),
            quarantaene=zahlen["quarantaene"],
        )
    )
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


def _veroeffentliche(
    ziel: Path,
    inhalt: dict[str, bytes],
    assets: dict[str, bytes],
    kopf: dict[str, Any],
    packung: Packung,
    *,
    erlaube_wegfall: bool,
) -> publish.Build:
    try:
        return publish.veroeffentliche(
            ziel,
            inhalt | assets,
            hashen=(*_gehashte(inhalt), *assets),
            kopf=kopf,
            packung=packung,
            erlaube_wegfall=erlaube_wegfall,
        )
    except publish.Gesperrt as fehler:
        ende(t("build.gesperrt", prozess=fehler))
    except publish.Wegfall as fehler:
        ende(t("build.wegfall", anzahl=len(fehler.projekte), projekte=fehler))
    except ablage.Beschaedigt as fehler:
        ende(t("build.beschaedigt", datei=fehler))
    except OSError as fehler:
        ende(t("build.kein_schreibrecht", ort=ziel, einzelheit=fehler.strerror))


def _gehashte(inhalt: Iterable[str]) -> tuple[str, ...]:
    """Return which data files browsers find under a name with a hash."""
    return tuple(n for n in inhalt if n in ("index.bin", "suche.bin") or n.startswith("texte-"))


def _pruefe_uebersetzungen() -> None:
    """End if a language cannot say what the German pages say."""
    gefunden = katalog.luecken()
    if gefunden:
        zeilen = (t(f"build.luecke.{x.grund}", sprache=x.sprache, text=x.key) for x in gefunden)
        ende(t("build.uebersetzung", len(gefunden), stellen="\n".join(zeilen)))


def _lies_assets() -> dict[str, bytes]:
    """Read the bundled browser code; it is made by ``make build``."""
    assets = {}
    for name in _ASSETS:
        pfad = _WEB / name
        if not pfad.is_file():
            ende(t("build.ohne_web", ort=pfad))
        assets[pfad.name] = pfad.read_bytes()
    return assets


def _packe(assets: Mapping[str, bytes], packung: Packung) -> None:
    """Take the browser code as it was compressed when it was bundled; compress the rest."""
    for pfad in map(_WEB.joinpath, _ASSETS):
        fertig = lies_gepackt(pfad)
        if fertig is None:
            packung.beginne({pfad.name: assets[pfad.name]}, (pfad.name,))
        else:
            packung.uebernimm(pfad.name, fertig)


def _lies_schriften() -> dict[str, bytes]:
    """Read the fonts for previews and documents, with the licence they come under."""
    if not _SCHRIFTEN.is_dir():
        ende(t("build.ohne_web", ort=_SCHRIFTEN))
    return {f"schriften/{pfad.name}": pfad.read_bytes() for pfad in sorted(_SCHRIFTEN.iterdir())}
