"""The whole map in one HTML file: pages, data, files, scripts and styles in one document.

The map page is the document. Every other page of the language lies in it as a ``<template>``, which
the browser code opens above the map (`app/web/src/einzeldatei.ts`); data and files lie in it as
blocks that no browser runs. Scripts and styles are inline, and the policy names them by hash.
"""

import asyncio
import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

import lxml.html
import orjson
from lxml import etree
from lxml.builder import E
from lxml.html import HtmlElement

from app.archiv.abruf import rufe_ab
from app.archiv.einfrieren import Kopie
from app.archiv.plan import Eintrag
from app.archiv.verweise import Umschreiber
from app.seiten import sicher

_SKRIPT: Final = "einzeldatei.js"
_OHNE: Final = ("/bericht",)
"""Pages that are nothing but links to documents, which are too large for one file."""
_DATEIORDNER: Final = ("assets/", "bericht/", "projekte/", "vorschau/")
_MUSTER: Final = ("projekt", "stadtbezirk", "platz", "brachflaeche")


@dataclass(frozen=True, slots=True)
class _Bestand:
    """What lies in the file: the map, the list (the same as the map here), pages, data, files."""

    karte: Eintrag
    liste: Eintrag
    seiten: tuple[Eintrag, ...]
    daten: tuple[Eintrag, ...]
    dateien: tuple[Eintrag, ...]

    def verweis(self, ziel: str) -> str | None:
        """Return what a link of the copy becomes; None if its target is not in the file."""
        teile = urlsplit(ziel)
        if teile.path in (self.karte.datei, self.liste.datei):
            anker = teile.fragment or ("" if teile.query else "ergebnis")
            return f"{'?' + teile.query if teile.query else ''}{'#' + anker if anker else ''}"
        if any(seite.datei == teile.path for seite in self.seiten):
            return f"#seite={teile.path}"
        if any(datei.datei == teile.path for datei in self.dateien):
            return f"#datei={teile.path}"
        return None


def einzeldatei(kopie: Kopie, sprache: str) -> bytes:
    """Return the file, in one language of the copy.

    Raises
    ------
    app.archiv.abruf.AbrufFehler
        The service has no answer at an address of the plan.
    """
    return asyncio.run(_einzeldatei(kopie, sprache))


def _bestand(kopie: Kopie, sprache: str) -> _Bestand:
    alle = [e for e in kopie.plan.eintraege.values() if e.sprache == sprache]
    seiten = {urlsplit(e.adresse).path: e for e in alle if e.art == "seite"}
    karte, liste = seiten.pop("/"), seiten.pop("/projekte")
    dateien = [
        e
        for (_, eigene, _), e in kopie.plan.eintraege.items()
        if e.art == "datei" and eigene in ("", sprache) and not e.datei.startswith(_DATEIORDNER)
    ]
    skripte = [
        e
        for e in kopie.plan.eintraege.values()
        # the search for places is the only data that has a language
        if e.art == "skript" and ("?" not in e.adresse or e.sprache == sprache)
    ]
    weitere = tuple(e for pfad, e in seiten.items() if pfad not in _OHNE)
    return _Bestand(karte, liste, weitere, tuple(skripte), tuple(dateien))


async def _einzeldatei(kopie: Kopie, sprache: str) -> bytes:
    bestand = _bestand(kopie, sprache)
    umschreiber = kopie.umschreiber[sprache]
    karte = await _seite(kopie, umschreiber, bestand.karte, bestand)
    _zustand(karte)
    for hinweis in karte.xpath("//p[@id='archiv']"):
        hinweis.text += f" {umschreiber.t('archiv.einzeldatei')}"
    body = karte.xpath("/html/body")[0]
    for eintrag in bestand.seiten:
        body.append(_vorlage(await _seite(kopie, umschreiber, eintrag, bestand), eintrag))
    for eintrag in bestand.daten:
        angaben = {"type": "application/json", "data-datei": f"/{eintrag.datei[:-3]}"}
        json = (await kopie.daten(eintrag)).decode().replace("<", "\\u003c")
        body.append(E.script(angaben, json))
    for eintrag in bestand.dateien:
        angaben = {"type": "text/plain", "data-inhalt": eintrag.datei}
        inhalt = base64.b64encode(await kopie.datei(eintrag)).decode()
        body.append(E.script(angaben, inhalt))
    await _binde_ein(kopie, karte)
    return umschreiber.serialisiert(karte)


async def _seite(
    kopie: Kopie, umschreiber: Umschreiber, eintrag: Eintrag, bestand: _Bestand
) -> HtmlElement:
    """Return a page whose links lead to what is in the file."""
    roh = await rufe_ab(kopie.app, eintrag.adresse)
    dokument = lxml.html.document_fromstring(roh, parser=lxml.html.HTMLParser(encoding="utf-8"))
    # as if it lay at the root: then every link is the target's place in the copy
    umschreiber.umgeschrieben(dokument, replace(eintrag, datei="index.html"))
    for element in [*dokument.xpath("//a[@href]"), *dokument.xpath("//form[@action]")]:
        name = "href" if element.tag == "a" else "action"
        _verweise(element, name, bestand)
    return dokument


def _verweise(element: HtmlElement, name: str, bestand: _Bestand) -> None:
    wert = str(element.get(name))
    if wert.startswith("#") or urlsplit(wert).scheme:
        return
    ziel = bestand.verweis(wert)
    if element.tag == "form":
        # its script answers; without one it may only load the page again
        element.set(name, "")
    elif ziel is None:
        Umschreiber.loesche_verweis(element, name)
    else:
        element.set(name, ziel)


def _zustand(karte: HtmlElement) -> None:
    for element in karte.xpath("//script[@id='zustand']"):
        blatt = orjson.loads(element.text)
        for name in _MUSTER:
            blatt["urls"][name] = f"#seite={blatt['urls'][name]}"
        element.text = str(sicher(blatt))


def _vorlage(dokument: HtmlElement, eintrag: Eintrag) -> etree._Element:
    """Return the content of a page as something that a browser keeps but does not show."""
    main = dokument.xpath("//main")[0]
    for formular in main.xpath(".//form"):
        # its script looks for it when the document is loaded
        formular.drop_tree()
    vorlage = E.template({"data-seite": eintrag.datei})
    for kind in [*main]:
        vorlage.append(kind)
    return vorlage


async def _binde_ein(kopie: Kopie, karte: HtmlElement) -> None:
    """Put scripts and styles into the document, and their hashes into its policy."""
    body, kopf = karte.xpath("/html/body")[0], karte.xpath("/html/head")[0]
    skripte, stile = [], []
    for link in karte.xpath("//link[@rel='stylesheet']"):
        stil = (await rufe_ab(kopie.app, f"/{link.get('href')}")).decode()
        link.addprevious(E.style(stil))
        stile.append(stil)
    for skript in karte.xpath("//script[@src]"):
        skripte.append(_ohne_ende(await rufe_ab(kopie.app, f"/{skript.get('src')}")))
        skript.drop_tree()
    name = kopie.dienst.store.stand.snapshot.assets[_SKRIPT]
    skripte.append(_ohne_ende(await rufe_ab(kopie.app, f"/assets/{name}")))
    # what was deferred runs last, in its order
    for inhalt in skripte:
        body.append(E.script(inhalt))
    for icon in karte.xpath("//link[@rel='icon']"):
        bild = base64.b64encode(await rufe_ab(kopie.app, f"/{icon.get('href')}")).decode()
        icon.set("href", f"data:image/svg+xml;base64,{bild}")
    for wahl in ("link[not(@rel='icon' or @rel='canonical')]", "meta[@property='og:image']"):
        for element in kopf.xpath(f"./{wahl}"):
            element.drop_tree()
    richtlinie = kopf.xpath("./meta[@http-equiv='Content-Security-Policy']")[0]
    richtlinie.set("content", "; ".join(_richtlinie(skripte, stile)))


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


def _ohne_ende(skript: bytes) -> str:
    """Return a script in which nothing ends the element it stands in."""
    return skript.decode().replace("</script", "<\\/script").replace("<!--", "<\\!--")
