"""Makes pages of a folder into pages of the copy of one file."""

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import lxml.html
import orjson
from lxml.builder import E
from lxml.html import HtmlElement

from app.archiv.einzelbestand import Bestand, aufgeloest
from app.archiv.verweise import Umschreiber
from app.katalog import Katalog
from app.seiten import sicher

_MUSTER: Final = ("projekt", "stadtbezirk", "platz", "brachflaeche")
_TEXTE: Final = ("archiv.verschlossen",)
"""What only the browser code of this file says."""


@dataclass(frozen=True, slots=True)
class Seite:
    """A parsed page of the folder, which is changed in place.

    Attributes
    ----------
    datei
        Where it lies, relative to the root of the folder.
    """

    datei: str
    dokument: HtmlElement

    @classmethod
    def lies(cls, datei: str, html: bytes) -> "Seite":
        """Parse a page."""
        parser = lxml.html.HTMLParser(encoding="utf-8")
        return cls(datei, lxml.html.document_fromstring(html, parser=parser))

    @property
    def body(self) -> HtmlElement:
        """What is shown of it."""
        gefunden: HtmlElement = self.dokument.xpath("/html/body")[0]
        return gefunden

    def richte(self, bestand: Bestand, t: Katalog) -> None:
        """Let its links lead to what is in the file, and say what the file is."""
        for element in self.dokument.xpath("//a[@href]"):
            ziel = bestand.verweis(self.datei, str(element.get("href")))
            if ziel is None:
                Umschreiber.loesche_verweis(element, "href")
            else:
                element.set("href", ziel)
        for formular in self.dokument.xpath("//form[@action]"):
            # its script answers; without one it may only load the page again
            formular.set("action", "")
        for element in self.dokument.xpath("//script[@id='zustand']"):
            blatt = orjson.loads(element.text)
            for name in _MUSTER:
                blatt["urls"][name] = f"#seite={aufgeloest(self.datei, blatt['urls'][name])}"
            blatt["texte"] |= t.auszug(*_TEXTE)
            element.text = str(sicher(blatt))
        for hinweis in self.dokument.xpath("//p[@id='archiv']"):
            hinweis.text += f" {t('archiv.einzeldatei')}"

    def skripte(self) -> list[str]:
        """Take its scripts away; return where they lie."""
        gefunden = self.dokument.xpath("//script[@src]")
        for skript in gefunden:
            skript.drop_tree()
        return [aufgeloest(self.datei, str(skript.get("src"))) for skript in gefunden]

    def stile(self) -> list[str]:
        """Take its style sheets away; return where they lie, the one with the last word last."""
        # what comes later than the page goes before its own sheet (spaeter.ts)
        gefunden = [
            *self.dokument.xpath("//template//link[@rel='stylesheet']"),
            *self.dokument.xpath("/html/head/link[@rel='stylesheet']"),
        ]
        for link in gefunden:
            link.drop_tree()
        return [aufgeloest(self.datei, str(link.get("href"))) for link in gefunden]

    def nur_inhalt(self) -> None:
        """Leave what is shown above the map: content, and the menu of languages."""
        menues = self.dokument.xpath("//details[@class='sprachwahl']")[:1]
        for menue in menues:
            menue.tail = None
            for link in menue.xpath(".//a"):
                # the links of the map carry its state, these do not
                link.attrib.pop("data-sprache", None)
        inhalt = [*menues, *self.dokument.xpath("//main")[0]]
        for kind in [*self.body]:
            self.body.remove(kind)
        for name in [*self.body.attrib]:
            del self.body.attrib[name]
        self.body.text = None
        for kind in inhalt:
            self.body.append(kind)

    def eintrag(self) -> dict[str, str]:
        """Return the page as the browser code reads it (``Seite`` in `einzelblock.ts`)."""
        html = self.dokument
        return {
            "lang": str(html.get("lang")),
            "dir": str(html.get("dir")),
            "titel": str(html.findtext("head/title")),
            "inhalt": lxml.html.tostring(self.body, encoding="unicode"),
        }


def binde_stil_ein(seite: Seite, ordner: Path, dateien: Iterable[str]) -> list[str]:
    """Put style sheets, in their order, and the icon into the page; return the styles."""
    stile = [(ordner / datei).read_text("utf-8") for datei in dateien]
    kopf = seite.dokument.xpath("/html/head")[0]
    kopf.extend(E.style(stil) for stil in stile)
    for icon in seite.dokument.xpath("//link[@rel='icon']"):
        bild = (ordner / aufgeloest(seite.datei, icon.get("href"))).read_bytes()
        icon.set("href", f"data:image/svg+xml;base64,{base64.b64encode(bild).decode()}")
    return stile


def als_huelle(seite: Seite, start: str) -> HtmlElement:
    """Return the page as the document of the file: it names no other file any more."""
    dokument = seite.dokument
    # the root of data that lie in the document itself; the language without a parameter
    dokument.set("data-archiv", "")
    dokument.set("data-einzeldatei", start)
    kopf = dokument.xpath("/html/head")[0]
    for wahl in ("link[not(@rel='icon' or @rel='canonical')]", "meta[@property='og:image']"):
        for element in kopf.xpath(f"./{wahl}"):
            element.drop_tree()
    return dokument
