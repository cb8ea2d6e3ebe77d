"""``/sitemap.xml`` and ``/robots.txt``."""

from collections.abc import Callable
from typing import Final

from fastapi import APIRouter
from starlette.responses import Response

from app import sitemap
from app.anfrage import Kontext, KontextDep
from app.errors import NichtGefunden
from app.seitentexte import SEITEN as TEXTSEITEN
from app.urls import NEUTRAL

router = APIRouter(include_in_schema=False)
SEITEN: Final = (
    NEUTRAL.karte(),
    NEUTRAL.liste(),
    NEUTRAL.aenderungen(),
    NEUTRAL.auswertung(),
    NEUTRAL.beteiligte(),
    NEUTRAL.zwischenbilanz(),
    NEUTRAL.bericht(),
    *map(NEUTRAL.text, TEXTSEITEN),
)
"""The pages that are not made of one record."""
_XML: Final = "application/xml"
_ALLE_SPRACHEN: Final = "mul"


async def _antworte(
    k: Kontext, name: str, erzeuge: Callable[[], bytes], medientyp: str
) -> Response:
    """Answer everyone with the same bytes: they name all languages and belong to none."""
    schluessel = (k.stand.snapshot.id, k.settings.adresse, "suchmaschinen", name)

    def antworte() -> Response:
        return k.speicher.antworte(k.request, schluessel, erzeuge, medientyp, lang=_ALLE_SPRACHEN)

    if k.speicher.kennt(k.request, schluessel):
        return antworte()
    return await k.beiseite(schluessel, antworte)


@router.get("/sitemap.xml")
async def gesamt(k: KontextDep) -> Response:
    """Return all pages, or the list of the parts if they are too many for one file."""
    return await _antworte(k, "sitemap", lambda: _gesamt(k), _XML)


def _gesamt(k: Kontext) -> bytes:
    alle, basis = sitemap.eintraege(k.stand.snapshot, SEITEN), k.settings.adresse
    anzahl = sitemap.teile(alle)
    return sitemap.verzeichnis(anzahl, basis) if anzahl > 1 else sitemap.teil(alle, 1, basis)


@router.get("/sitemap-{nummer}.xml")
async def einzeln(nummer: str, k: KontextDep) -> Response:
    """Return one part of a long list."""
    return await _antworte(k, f"sitemap-{nummer}", lambda: _einzeln(k, nummer), _XML)


def _einzeln(k: Kontext, nummer: str) -> bytes:
    alle = sitemap.eintraege(k.stand.snapshot, SEITEN)
    if nummer not in map(str, range(1, sitemap.teile(alle) + 1)):
        raise NichtGefunden
    return sitemap.teil(alle, int(nummer), k.settings.adresse)


@router.get("/robots.txt")
async def robots(k: KontextDep) -> Response:
    """Allow everything; what is not to be indexed says so itself (`app.kopfdaten`)."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {k.settings.adresse}{NEUTRAL.sitemap()}\n"
    return await _antworte(k, "robots", text.encode, "text/plain")
