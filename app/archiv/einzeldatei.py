"""The whole copy in one HTML file: pages in all languages, data, documents, scripts and styles.

It is made of a folder that holds the copy. The map page is the document. The other pages lie in it
as one compressed block a language, documents as one block each: the browser unpacks what is asked
for (`app/web/src/einzeldatei.ts`). Data of the map stand in it as they are. Nothing but the scripts
runs, and the policy names those by hash.

The order matters: a browser shows and runs the map before it has read the documents, which are
most of the file.
"""

import asyncio
import base64
import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

import orjson
from lxml import etree
from lxml.builder import E
from lxml.etree import _Element

from app.archiv.abruf import rufe_ab
from app.archiv.einfrieren import Kopie, uebergebenes
from app.archiv.einzelbestand import Bestand, bestand
from app.archiv.einzelseite import Seite, als_huelle, binde_stil_ein
from app.sprachen import SPRACHEN

_SKRIPT: Final = "einzeldatei.js"
_STIL: Final = "seiten.css"
_ENDE: Final = b"</body>"
_INHALT: Final = {"type": "text/plain"}
"""What no browser runs."""
_ARTEN: Final = {
    "atom": "application/atom+xml",
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "geojson": "application/geo+json",
    "gpkg": "application/geopackage+sqlite3",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "pdf": "application/pdf",
    "ttl": "text/turtle",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def schreibe_einzeldatei(kopie: Kopie, ordner: Path, datei: Path, start: str) -> None:
    """Write the file.

    Parameters
    ----------
    ordner
        Where the copy was written.
    datei
        What is written.
    start
        Code of the language in which it opens, one of the copy.

    Raises
    ------
    app.archiv.abruf.AbrufFehler
        The service does not give the script.
    OSError
        The folder is incomplete, or the file cannot be written.
    """
    inhalt = bestand(kopie.plan, ordner, kopie.umschreiber, start)
    name = kopie.dienst.store.stand.snapshot.assets[_SKRIPT]
    starter = _ohne_ende(asyncio.run(rufe_ab(kopie.app, f"/assets/{name}")).decode())
    with datei.open("wb") as ziel:
        _schreibe(ziel, kopie, ordner, inhalt, starter)


def _schreibe(ziel: BinaryIO, kopie: Kopie, ordner: Path, inhalt: Bestand, starter: str) -> None:
    karten, skripte, stildateien = _karten(kopie, ordner, inhalt)
    huelle = karten[inhalt.start]
    assets = kopie.dienst.store.stand.snapshot.assets
    # the pages that open above the map have one that it does not name
    stile = binde_stil_ein(huelle, ordner, [*stildateien, f"assets/{assets[_STIL]}"])
    dokument = als_huelle(huelle, inhalt.start)
    richtlinie = dokument.xpath("//meta[@http-equiv='Content-Security-Policy']")[0]
    laufende = [starter, *(str(element.text) for element in skripte)]
    richtlinie.set("content", "; ".join(_richtlinie(laufende, stile)))
    html = kopie.umschreiber[inhalt.start].serialisiert(dokument)
    vorne, ende, hinten = html.rpartition(_ENDE)
    ziel.write(vorne + b"<div hidden data-bloecke>\n")
    ziel.writelines(map(_bytes, _daten(ordner, inhalt)))
    ziel.writelines(_bytes(_seiten(kopie, ordner, inhalt, karten[c])) for c in karten)
    ziel.writelines(map(_bytes, (*skripte, E.script(starter))))
    ziel.writelines(_bytes(_datei(pfad, ordner)) for pfad in inhalt.dateien)
    ziel.write(b"</div>" + ende + hinten)


def _karten(
    kopie: Kopie, ordner: Path, inhalt: Bestand
) -> tuple[Mapping[str, Seite], list[_Element], Iterable[str]]:
    """Return the map by language, all scripts as elements that do not run yet, and all styles."""
    karten: dict[str, Seite] = {}
    wo: dict[str, list[str]] = {}
    stile: dict[str, None] = {}
    for code, umschreiber in kopie.umschreiber.items():
        datei = inhalt.karte(code)
        karten[code] = Seite.lies(datei, (ordner / datei).read_bytes())
        karten[code].richte(inhalt, umschreiber.t)
        for skript in karten[code].skripte():
            wo.setdefault(skript, []).append(code)
        stile |= dict.fromkeys(karten[code].stile())
    elemente = []
    for skript, codes in wo.items():
        text = _ohne_ende((ordner / skript).read_text("utf-8"))
        elemente.append(E.script(_INHALT | {"data-skript": " ".join(codes)}, text))
    return karten, elemente, stile


def _daten(ordner: Path, inhalt: Bestand) -> Iterator[_Element]:
    for eintrag in inhalt.daten:
        json = uebergebenes((ordner / eintrag.datei).read_bytes()).decode()
        angaben = {"type": "application/json", "data-datei": f"/{eintrag.datei[:-3]}"}
        yield E.script(angaben, json.replace("<", "\\u003c"))


def _seiten(kopie: Kopie, ordner: Path, inhalt: Bestand, karte: Seite) -> _Element:
    """Return all pages of a language as one block: they are alike, and small only together."""
    code = inhalt.karten[karte.datei]
    # the map in the language of the start is the document
    seiten = {} if code == inhalt.start else {karte.datei: karte.eintrag()}
    for datei, sprache in inhalt.seiten.items():
        if sprache != code:
            continue
        seite = Seite.lies(datei, (ordner / datei).read_bytes())
        seite.richte(inhalt, kopie.umschreiber[code].t)
        seite.nur_inhalt()
        seiten[datei] = seite.eintrag()
    angaben = {"data-seiten": code, "data-karte": karte.datei}
    return E.script(_INHALT | angaben, _gepackt(orjson.dumps(seiten)))


def _datei(pfad: str, ordner: Path) -> _Element:
    angaben = {
        "data-inhalt": pfad,
        "data-name": _name(PurePosixPath(pfad)),
        "data-art": _ARTEN[PurePosixPath(pfad).suffix[1:]],
    }
    return E.script(_INHALT | angaben, _gepackt((ordner / pfad).read_bytes()))


def _name(pfad: PurePosixPath) -> str:
    """Return what a file is called once it is taken out: no folder says its language then."""
    sprache = f"-{pfad.parts[0]}" if pfad.parts[0] in SPRACHEN else ""
    return f"{pfad.stem}{sprache}{pfad.suffix}"


def _gepackt(roh: bytes) -> str:
    """Return bytes as a browser unpacks them without a library (zlib, RFC 1950, in base64)."""
    return base64.b64encode(zlib.compress(roh, 9)).decode()


def _bytes(element: _Element) -> bytes:
    return etree.tostring(element, encoding="utf-8", method="html") + b"\n"


def _richtlinie(skripte: list[str], stile: list[str]) -> Iterator[str]:
    yield "default-src 'none'"
    yield f"script-src {_summen(skripte)}"
    yield f"style-src {_summen(stile)}"
    yield "img-src data:"
    yield "base-uri 'none'"
    yield "form-action 'self'"


def _summen(inhalte: list[str]) -> str:
    """Return the sources of inline elements (CSP 3, hash of the text as it stands)."""
    summen = (base64.b64encode(hashlib.sha256(i.encode()).digest()).decode() for i in inhalte)
    return " ".join(f"'sha256-{summe}'" for summe in summen)


def _ohne_ende(skript: str) -> str:
    """Return a script in which nothing ends the element it stands in."""
    return skript.replace("</script", "<\\/script").replace("<!--", "<\\!--")
