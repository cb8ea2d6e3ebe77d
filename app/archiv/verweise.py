"""Turns a page of the service into one of the frozen copy: links, banner, what a server did.

Only a parsed document is changed, never its text. The templates mark what only a server can do
with ``data-im-archiv``: empty, the element goes; a key of the catalogue, its content becomes that
sentence.
"""

import posixpath
from dataclasses import dataclass
from typing import Final

import lxml.html
import orjson
from lxml.builder import E
from lxml.html import HtmlElement

from app.archiv.plan import ORTE, Eintrag, Plan
from app.katalog import Katalog
from app.seiten import sicher
from app.sprachen import DEUTSCH

_IM_ARCHIV: Final = "data-im-archiv"
_CSP: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "base-uri 'none'",
        "form-action 'self'",
    )
)
_ADRESSEN: Final = ("href", "src", "action")
_MUSTER: Final = ("projekt", "stadtbezirk", "platz", "brachflaeche")
"""Addresses in ``#zustand`` that the browser code makes links of."""
_TEXTE: Final = ("archiv.verworfen", "hinweis.titel")
"""Sentences that only the browser code of a frozen page needs."""


@dataclass(frozen=True, slots=True)
class Umschreiber:
    """Rewrites the pages of one language.

    Attributes
    ----------
    plan
        What the copy holds.
    t
        The catalogue of the language.
    stand, datum
        As of when the data are and when they were frozen, in words.
    """

    plan: Plan
    t: Katalog
    stand: str
    datum: str

    def seite(self, html: bytes, eintrag: Eintrag) -> bytes:
        """Return the page as it lies in the copy."""
        dokument = lxml.html.document_fromstring(
            html, parser=lxml.html.HTMLParser(encoding="utf-8")
        )
        return self.serialisiert(self.umgeschrieben(dokument, eintrag))

    @staticmethod
    def serialisiert(dokument: HtmlElement) -> bytes:
        """Return a document as UTF-8."""
        return lxml.html.tostring(dokument, encoding="utf-8", doctype="<!doctype html>") + b"\n"

    def umgeschrieben(self, dokument: HtmlElement, eintrag: Eintrag) -> HtmlElement:
        """Change a parsed page in place and return it."""
        dokument.set("data-archiv", "../" * eintrag.datei.count("/"))
        self._im_archiv(dokument)
        self._kopf(dokument)
        self._zustand(dokument, eintrag)
        for element in [*dokument.iter()]:
            if isinstance(element.tag, str):
                self._verweis(element, eintrag)
        self._hinweise(dokument)
        return dokument

    def folgeblatt(self, html: bytes, eintrag: Eintrag) -> Eintrag | None:
        """Return the next leaf of a long list, None on the last one and on every other page."""
        if b'rel="next"' not in html:
            return None
        weiter = lxml.html.document_fromstring(html).xpath("//a[@rel='next']/@href")
        return self.plan.folgeblatt(eintrag, str(weiter[0])) if weiter else None

    def _im_archiv(self, dokument: HtmlElement) -> None:
        for element in dokument.xpath(f"//*[@{_IM_ARCHIV}]"):
            schluessel = element.attrib.pop(_IM_ARCHIV)
            if not schluessel:
                element.drop_tree()
                continue
            for kind in [*element]:
                element.remove(kind)
            element.text = self.t(schluessel)

    def _kopf(self, dokument: HtmlElement) -> None:
        """Give the page its policy; what names the living service in other languages goes."""
        zeichensatz = dokument.xpath("/html/head/meta[@charset]")[0]
        richtlinie = {"http-equiv": "Content-Security-Policy", "content": _CSP}
        zeichensatz.addnext(E.meta(richtlinie))
        for wahl in ("link[@rel='alternate' and @hreflang]", "meta[@property='og:url']"):
            for element in dokument.xpath(f"/html/head/{wahl}"):
                element.drop_tree()
        for bild in dokument.xpath("/html/head/meta[@property='og:image']"):
            pfad = str(bild.get("content"))
            bild.set("content", "/" + pfad.split("/", 3)[-1])
        # the browser code shares the address at which the copy is read
        for knopf in dokument.xpath("//*[@data-link-teilen]"):
            knopf.set("data-link-teilen", "")

    def _zustand(self, dokument: HtmlElement, eintrag: Eintrag) -> None:
        for element in dokument.xpath("//script[@id='zustand']"):
            blatt = orjson.loads(element.text)
            for name in _MUSTER:
                blatt["urls"][name] = self._muster(blatt["urls"][name], eintrag)
            ordner = "" if eintrag.sprache == DEUTSCH.code else f"/{eintrag.sprache}"
            blatt["urls"]["orte"] = ordner + ORTE
            blatt["texte"] |= self.t.auszug(*_TEXTE)
            blatt["basis"] = ""
            element.text = str(sicher(blatt))

    def _muster(self, muster: str, eintrag: Eintrag) -> str:
        """Return the relative form of an address with a place for a key."""
        pfad = muster.partition("?")[0]
        ordner = "" if eintrag.sprache == DEUTSCH.code else f"{eintrag.sprache}/"
        return self._relativ(f"{ordner}{pfad[1:]}/index.html", eintrag)

    def _verweis(self, element: HtmlElement, eintrag: Eintrag) -> None:
        bild = ("content",) if element.get("property") == "og:image" else ()
        for name in (*_ADRESSEN, *bild):
            if not element.get(name, "").startswith("/"):
                continue
            ziel = self.plan.ziel(str(element.get(name)))
            if ziel is not None:
                element.set(name, self._relativ(ziel, eintrag))
            elif element.tag == "form":
                # only the search for places is left, whose script asks the list of places
                element.set(name, posixpath.basename(eintrag.datei))
            else:
                self.loesche_verweis(element, name)

    @staticmethod
    def _relativ(ziel: str, eintrag: Eintrag) -> str:
        return "../" * eintrag.datei.count("/") + ziel

    @staticmethod
    def loesche_verweis(element: HtmlElement, name: str) -> None:
        """Take a link away that leads nowhere, and an entry of a list that is nothing else."""
        if element.tag == "link":
            element.drop_tree()
        elif element.tag != "a":
            del element.attrib[name]
        else:
            eltern = element.getparent()
            if eltern is not None and eltern.tag == "li" and _ist_alles(element, eltern):
                eltern.drop_tree()
            else:
                element.drop_tag()

    def _hinweise(self, dokument: HtmlElement) -> None:
        """Say on every page that it is frozen, and where scripts are off what that takes away."""
        t = self.t
        banner = E.aside(
            {"class": "archivstand", "aria-label": t("archiv.titel")},
            E.p(
                E.strong(t("archiv.banner", datum=self.datum)),
                " ",
                t("archiv.stand", stand=self.stand),
                " ",
                E.a({"href": "#ueber"}, t("archiv.mehr")),
            ),
        )
        for sprung in dokument.xpath("/html/body/nav[@class='sprung']"):
            sprung.addnext(banner)
        for fuss in dokument.xpath("//footer[@id='ueber']/h2"):
            fuss.addnext(E.p({"id": "archiv"}, t("archiv.fehlt")))
        for formular in dokument.xpath("//form[@id='filter']"):
            angaben = {"class": "hilfe", "data-nur-ohne-script": ""}
            formular.insert(0, E.p(angaben, t("archiv.ohne_script")))


def _ist_alles(element: HtmlElement, eltern: HtmlElement) -> bool:
    return len(eltern) == 1 and not f"{eltern.text or ''}{element.tail or ''}".strip()
