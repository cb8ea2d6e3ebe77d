"""What a page says about itself to search engines and messengers: addresses, languages, image."""

from dataclasses import dataclass
from typing import Final

from app.fassung import Fassung
from app.sprachen import SPRACHEN
from app.urls import NEUTRAL, Urls

OHNE_INDEX: Final = frozenset({"einbetten", "baukasten", "suche", "ogc", "fehler"})
"""Kinds of pages that are no answer to a web search: the frame and its assistant, results of
our own, the interface for programs, errors."""
BILDGROESSE: Final = (1200, 630)
"""Width and height of every preview in pixels."""
_REGION: Final = {
    "de": "de_DE",
    "leicht": "de_DE",
    "en": "en_GB",
    "tr": "tr_TR",
    "ar": "ar_AR",
    "uk": "uk_UA",
}
"""Open Graph wants a territory with every language."""


@dataclass(frozen=True, slots=True)
class Kopfdaten:
    """The machine-readable head of a page.

    Attributes
    ----------
    kanonisch
        Its absolute address without any filter, in the language that its URL names.
    sprachen
        (BCP 47 tag, absolute address) of every language.
    neutral
        Its absolute address in nobody's language: the visitor's browser decides (x-default).
    bild
        Absolute address of the preview, empty if the build can show none.
    """

    kanonisch: str
    sprachen: tuple[tuple[str, str], ...]
    neutral: str
    region: str
    bild: str
    breite: int
    hoehe: int


def kopfdaten(
    art: str,
    pfad: str,
    fassung: Fassung,
    *,
    basis: str,
    bild: str,
) -> Kopfdaten | None:
    """Return the head of a page, None for one that is not to be indexed.

    Parameters
    ----------
    art, pfad
        Kind and path of the page.
    fassung
        The request's language.
    basis
        The public address of the service, no slash at its end.
    bild
        Path of the preview, empty for none.
    """
    if art in OHNE_INDEX:
        return None
    return Kopfdaten(
        kanonisch=basis + fassung.urls.seite(pfad),
        sprachen=tuple((s.lang, basis + Urls(s.code).seite(pfad)) for s in SPRACHEN.values()),
        neutral=basis + NEUTRAL.seite(pfad),
        region=_REGION[fassung.t.sprache.code],
        bild=basis + bild if bild else "",
        breite=BILDGROESSE[0],
        hoehe=BILDGROESSE[1],
    )
