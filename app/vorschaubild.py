"""The preview images that messengers and networks show beside a link (build half).

One a project and one a Stadtbezirk, 1200 × 630 PNG, set with Typst from our own outlines. An image
that the published build has already, made of the same data by the same template, is taken over.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import orjson
import typst

from app.katalog import Katalog
from app.kopfdaten import bildname
from app.lageplan import Lageplan, lageplan
from app.typstsatz import VORLAGEN, schriftsatz
from app.vorlagen import jahre
from app.zeichnung import AKZENT, farbe, lagebild, symbol
from layers import ablage
from layers.saetze import Saetze

HOECHSTENS: Final = 1000
"""With more projects than this only the Stadtbezirke get images, which their projects share."""
SCHLUESSEL: Final = "vorschau.json"
_VORLAGE: Final = VORLAGEN / "vorschau.typ"
_JE_AUFTRAG: Final = 6
"""Images set at once: enough to pay for a start, few enough not to fill the memory."""
_MARKE: Final = 1.8
"""A preview is often shown two thumbs wide."""


@dataclass(frozen=True, slots=True)
class Bild:
    """What one image shows: words and two drawings (SVG)."""

    name: str
    art: str
    zeile: str
    absender: str
    symbol: str
    karte: str


def vorschaubilder(
    inhalt: Mapping[str, bytes],
    schriften: Path,
    t: Katalog,
    alte: Callable[[str], bytes | None],
) -> dict[str, bytes]:
    """Return path → PNG for everything that gets an image, and `SCHLUESSEL`.

    Parameters
    ----------
    inhalt
        The files of the build: ``steckbriefe.json``, ``lageplan.json``, ``codelisten.json``.
    schriften
        Folder of the fonts.
    alte
        Name of a file → its bytes in the published build, None if it has none. The names of
        images are those of `bildname`.
    """
    bilder = dict(_bilder(inhalt, t))
    grundlage = _grundlage(schriften)
    schluessel = {
        name: hashlib.sha256(grundlage + orjson.dumps(asdict(bild))).hexdigest()[:32]
        for name, bild in bilder.items()
    }
    vorige = orjson.loads(alte(SCHLUESSEL) or b"{}")
    fertig = {
        name: png
        for name, wert in schluessel.items()
        if vorige.get(name) == wert and (png := alte(name)) is not None
    }
    fehlend = {name: bild for name, bild in bilder.items() if name not in fertig}
    fertig |= _gesetzt(fehlend, schriften)
    return {**{name: fertig[name] for name in bilder}, SCHLUESSEL: orjson.dumps(schluessel)}


def aus_build(build_dir: Path) -> Callable[[str], bytes | None]:
    """Return what looks up a file of the published build by its name among the assets.

    A build that cannot be read, or a file that is not what its hashed name says, counts as none:
    then the image is made anew.
    """
    build = ablage.aktuell(build_dir)
    try:
        manifest = ablage.datei(build_dir, build, ablage.MANIFEST) if build else None
        assets: Mapping[str, str] = orjson.loads(manifest or b"{}").get("assets", {})
    except (OSError, orjson.JSONDecodeError):
        return lambda _: None

    def datei(name: str) -> bytes | None:
        hashname = assets.get(name)
        if build is None or hashname is None:
            return None
        inhalt = ablage.datei(build_dir, build, f"assets/{hashname}")
        if inhalt is None or hashlib.sha256(inhalt).hexdigest()[:12] not in hashname:
            return None
        return inhalt

    return datei


def _grundlage(schriften: Path) -> bytes:
    """Return a hash of what all images depend on."""
    summe = hashlib.sha256(version("typst").encode() + _VORLAGE.read_bytes())
    for schrift in sorted(schriften.glob("*.ttf")):
        summe.update(hashlib.sha256(schrift.read_bytes()).digest())
    return summe.digest()


def _gesetzt(bilder: Mapping[str, Bild], schriften: Path) -> dict[str, bytes]:
    """Set the images; Typst lets go of Python's lock, so every core has its share."""
    satz = schriftsatz(schriften)
    namen = list(bilder)
    auftraege = [namen[i : i + _JE_AUFTRAG] for i in range(0, len(namen), _JE_AUFTRAG)]
    with ThreadPoolExecutor(os.cpu_count()) as kerne:
        seiten = kerne.map(lambda teil: _setze([bilder[name] for name in teil], satz), auftraege)
        return {
            name: png
            for teil, blaetter in zip(auftraege, seiten, strict=True)
            for name, png in zip(teil, blaetter, strict=True)
        }


def _setze(bilder: Sequence[Bild], satz: typst.Fonts) -> list[bytes]:
    daten = orjson.dumps([asdict(bild) for bild in bilder]).decode()
    seiten = typst.compile(
        str(_VORLAGE), format="png", ppi=72, font_paths=satz, sys_inputs={"daten": daten}
    )
    return seiten if isinstance(seiten, list) else [seiten]


def _bilder(inhalt: Mapping[str, bytes], t: Katalog) -> Iterator[tuple[str, Bild]]:
    vorlage = orjson.loads(inhalt["lageplan.json"])
    if vorlage["affin"] is None:
        return
    projekte = Saetze(inhalt["steckbriefe.json"])
    codelisten = orjson.loads(inhalt["codelisten.json"])
    labels = {
        liste: {e["code"]: e.get("kurz") or e["label"] for e in codelisten[liste]}
        for liste in ("handlungsfeld", "stadtbezirk")
    }
    yield bildname("karte"), _uebersicht(vorlage, t)
    for bezirk in vorlage["stadtbezirke"]:
        yield bildname("stadtbezirk", bezirk["code"]), _stadtbezirk(vorlage, bezirk, t)
    if len(projekte) <= HOECHSTENS:
        for projekt in projekte:
            yield bildname("projekt", projekt["id"]), _projekt(vorlage, projekt, labels, t)


def _uebersicht(vorlage: Mapping[str, Any], t: Katalog) -> Bild:
    gebiet = [b["code"] for b in vorlage["stadtbezirke"] if b["projektgebiet"] != "nein"]
    return Bild(
        name=t("seite.untertitel"),
        art=t("seite.titel"),
        zeile="",
        absender=t("vorschau.absender"),
        symbol="",
        karte=_karte(lageplan(vorlage, gebiet, ())),
    )


def _stadtbezirk(vorlage: Mapping[str, Any], bezirk: Mapping[str, Any], t: Katalog) -> Bild:
    return Bild(
        name=bezirk["name"],
        art=t("ort.art.stadtbezirke"),
        zeile=t("seite.untertitel"),
        absender=t("vorschau.absender"),
        symbol="",
        karte=_karte(lageplan(vorlage, (bezirk["code"],), ())),
    )


def _projekt(
    vorlage: Mapping[str, Any],
    projekt: Mapping[str, Any],
    labels: Mapping[str, Mapping[str, str]],
    t: Katalog,
) -> Bild:
    feld = projekt.get("handlungsfeld")
    bezirke = projekt.get("stadtbezirke") or ()
    zeile = (t("satz.trenner").join(labels["stadtbezirk"][c] for c in bezirke), jahre(projekt, t))
    return Bild(
        name=projekt["name"],
        art=labels["handlungsfeld"][feld] if feld else t("vorschau.projekt"),
        zeile=" · ".join(teil for teil in zeile if teil),
        absender=t("vorschau.absender"),
        symbol=symbol(feld) if feld else "",
        karte=_karte(lageplan(vorlage, bezirke, projekt["standorte"]), farbe(feld)),
    )


def _karte(plan: Lageplan, punktfarbe: str = AKZENT) -> str:
    return lagebild(plan, punktfarbe, marke=_MARKE)
