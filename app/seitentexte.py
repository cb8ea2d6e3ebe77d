"""The pages that the law asks for: the city's texts out of the build, in the visitor's language."""

from dataclasses import dataclass
from typing import Final, Literal

from markupsafe import Markup

from app.darstellung import Darstellung, Text
from app.grundkarten.einstellung import Grundkarte
from app.katalog import Katalog
from app.sprachen import DEUTSCH, SPRACHEN
from app.urls import Urls, mailto

Seite = Literal["barrierefreiheit", "datenschutz", "impressum"]
SEITEN: Final[tuple[Seite, ...]] = ("barrierefreiheit", "datenschutz", "impressum")
"""In the order of the links at the end of every page; `layers.seitentexte` reads the same."""


@dataclass(frozen=True, slots=True)
class Andere:
    """The same text in a language that it was written in."""

    lang: str
    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Textansicht:
    """The context of ``text.html``.

    Attributes
    ----------
    name
        What the page is called in the visitor's language.
    titel
        The heading, in the language of the text.
    html
        The text, made safe when it was built; empty if the city has not written it yet.
    lang
        The text's language where it is not the page's, else None.
    stand
        ISO date as exact as it is known; empty if the text has none.
    offen
        Whether the city still has to complete it.
    andere
        Other languages it was written in.
    fremde
        Base maps on other hosts that the settings offer; only the page about data protection
        names them, None elsewhere.
    """

    name: str
    beschreibung: str
    titel: Text
    html: Markup
    lang: str | None
    richtung: str
    stand: str
    offen: bool
    andere: tuple[Andere, ...]
    fremde: tuple[Grundkarte, ...] | None


def textansicht(
    seite: Seite, d: Darstellung, fremde: tuple[Grundkarte, ...] | None = None
) -> Textansicht:
    """Return a page: its text in the page's language where there is one, else the German one."""
    texte = d.snapshot.seitentexte.get(seite, {})
    eigene = d.t.sprache.code
    code = eigene if eigene in texte else DEUTSCH.code
    text = texte.get(code, {})
    fremd = SPRACHEN[code].lang if text and code != eigene else None
    name = d.t(f"texte.{seite}")
    return Textansicht(
        name=name,
        beschreibung=d.t(f"texte.{seite}.beschreibung"),
        titel=Text(text["titel"], fremd) if text.get("titel") else Text(name),
        html=Markup(text.get("html", "")),  # noqa: S704 - markdown-it without HTML (layers.markdowntext)
        lang=fremd,
        richtung=SPRACHEN[code].richtung,
        stand=text.get("stand", ""),
        offen=bool(text.get("offen")),
        andere=tuple(
            Andere(s.lang, s.name, Urls(s.code).text(seite))
            for s in SPRACHEN.values()
            if s.code in texte and s.code not in (code, eigene)
        ),
        fremde=fremde,
    )


def melden(kontakt: str, adresse: str, t: Katalog) -> str:
    """Return a prepared e-mail (RFC 6068) about a barrier on a page, empty without a mailbox.

    Parameters
    ----------
    adresse
        The page's absolute address without its state, which may hold where somebody lives.
    """
    if not kontakt:
        return ""
    return mailto(kontakt, t("texte.melden.betreff"), t("texte.melden.text", url=adresse))
