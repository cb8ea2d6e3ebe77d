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


def _antworte(k: Kontext, name: str, erzeuge: Callable[[], bytes], medientyp: str) -> Response:
    """Answer everyone with the same bytes: they name all languages and belong to none."""
    schluessel = (k.stand.snapshot.id, k.settings.adresse, "suchmaschinen", name)
    return k.speicher.antworte(k.request, schluessel, erzeuge, medientyp, lang=_ALLE_SPRACHEN)


@router.get("/sitemap.xml")
async def gesamt(k: KontextDep) -> Response:
    """Return all pages, or the list of the parts if they are too many for one file."""
    alle, basis = sitemap.eintraege(k.stand.snapshot, SEITEN), k.settings.adresse
    if (anzahl := sitemap.teile(alle)) > 1:
        return _antworte(k, "sitemap", lambda: sitemap.verzeichnis(anzahl, basis), _XML)
    return _antworte(k, "sitemap", lambda: sitemap.teil(alle, 1, basis), _XML)


@router.get("/sitemap-{nummer}.xml")
async def einzeln(nummer: str, k: KontextDep) -> Response:
    """Return one part of a long list."""
    alle, basis = sitemap.eintraege(k.stand.snapshot, SEITEN), k.settings.adresse
    moeglich = [str(n) for n in range(1, sitemap.teile(alle) + 1)]
    if nummer not in moeglich:
        raise NichtGefunden
    return _antworte(k, f"sitemap-{nummer}", lambda: sitemap.teil(alle, int(nummer), basis), _XML)


@router.get("/robots.txt")
async def robots(k: KontextDep) -> Response:
    """Allow everything; what is not to be indexed says so itself (`app.kopfdaten`)."""
    text = f"User-agent: *\nAllow: /\n\nSitemap: {k.settings.adresse}{NEUTRAL.sitemap()}\n"
    return _antworte(k, "robots", text.encode, "text/plain")
