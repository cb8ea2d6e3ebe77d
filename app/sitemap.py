"""The list of all pages for search engines (sitemaps.org), every page in every language.

Only the pages themselves: a filtered list is a state of one, not a page.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from app.beteiligte.mitwirkung import mitwirkung
from app.sprachen import SPRACHEN
from app.store import Snapshot
from app.urls import NEUTRAL, Urls

SEITEN_JE_TEIL: Final = 2000
"""Pages in one file: seven addresses each, well below the 50 000 and 50 MiB that are allowed."""
_KOPF: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMENSRAUM: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_ORTE: Final = (
    ("stadtbezirke", "stadtbezirk"),
    ("plaetze", "platz"),
    ("brachflaechen", "brachflaeche"),
)


@dataclass(frozen=True, slots=True)
class Eintrag:
    """A page; ``stand`` is an ISO date as exact as it is known."""

    pfad: str
    stand: str


def eintraege(snapshot: Snapshot, pfade: Iterable[str]) -> tuple[Eintrag, ...]:
    """Return all pages: the given ones, then every project, place and organisation.

    Parameters
    ----------
    pfade
        Paths of pages that are not made of one record: they change with every build.
    """
    return tuple(_alle(snapshot, pfade))


def _alle(snapshot: Snapshot, pfade: Iterable[str]) -> Iterator[Eintrag]:
    for pfad in pfade:
        yield Eintrag(pfad, snapshot.stand)
    for projekt in snapshot.projekte:
        yield Eintrag(NEUTRAL.projekt(projekt["id"]), projekt.get("stand") or snapshot.stand)
    for art, adresse in _ORTE:
        for kennung, ort in snapshot.orte[art].items():
            yield Eintrag(getattr(NEUTRAL, adresse)(kennung), ort.get("stand") or snapshot.stand)
    for code, wer in mitwirkung(snapshot).organisationen.items():
        staende = (snapshot.projekte[zeile].get("stand") or "" for zeile in wer.zeilen)
        yield Eintrag(NEUTRAL.beteiligter(code), max(staende) or snapshot.stand)


def teile(alle: Sequence[Eintrag]) -> int:
    """Return how many files the list needs."""
    return -(-len(alle) // SEITEN_JE_TEIL)


def teil(alle: Sequence[Eintrag], nummer: int, basis: str) -> bytes:
    """Return one file of the list (``nummer`` from 1), addresses beginning with ``basis``."""
    anfang = (nummer - 1) * SEITEN_JE_TEIL
    zeilen = (
        zeile
        for eintrag in alle[anfang : anfang + SEITEN_JE_TEIL]
        for zeile in _seite(eintrag, basis)
    )
    kopf = f'<urlset xmlns="{_NAMENSRAUM}" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    return f"{_KOPF}{kopf}{''.join(zeilen)}</urlset>\n".encode()


def verzeichnis(anzahl: int, basis: str) -> bytes:
    """Return the list of the files."""
    zeilen = (
        f"<sitemap><loc>{escape(basis + NEUTRAL.sitemap(nummer))}</loc></sitemap>\n"
        for nummer in range(1, anzahl + 1)
    )
    kopf = f'<sitemapindex xmlns="{_NAMENSRAUM}">\n'
    return f"{_KOPF}{kopf}{''.join(zeilen)}</sitemapindex>\n".encode()


def _seite(eintrag: Eintrag, basis: str) -> Iterator[str]:
    """Yield the page in every language; each names all the others, as hreflang asks for."""
    adressen = {"x-default": basis + eintrag.pfad} | {
        s.lang: basis + Urls(s.code).seite(eintrag.pfad) for s in SPRACHEN.values()
    }
    andere = "".join(
        f'<xhtml:link rel="alternate" hreflang="{lang}" href={quoteattr(adresse)}/>'
        for lang, adresse in adressen.items()
    )
    for adresse in adressen.values():
        yield (
            f"<url><loc>{escape(adresse)}</loc><lastmod>{eintrag.stand}</lastmod>{andere}</url>\n"
        )
