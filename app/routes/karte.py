"""``/`` and ``/projekte``: the map page, and the list that needs no script."""

from fastapi import APIRouter
from starlette.responses import Response

from app.anfrage import Gelesen, GelesenDep, Kontext, KontextDep
from app.query import suche
from app.seiten import Seitenart, ergebnisansicht

router = APIRouter(include_in_schema=False)


async def _antwort(k: Kontext, g: Gelesen, art: Seitenart, ziel: str) -> Response:
    def html() -> bytes:
        ergebnis = suche(k.d.index, g.abfrage)
        ansicht = ergebnisansicht(
            k.d,
            g.abfrage,
            ergebnis,
            g.fehler,
            ziel=ziel,
            nummer=g.seite,
            grundkarten=k.grundkarten if art == "karte" else None,
            kacheln_ab=k.settings.kacheln_schwelle if art == "karte" else None,
        )
        return k.html(art, f"{art}.html", ansicht, g.abfrage)

    return await k.antworte((art, g.abfrage.query(), str(g.seite), repr(g.fehler)), html)


@router.get("/")
async def karte(k: KontextDep, g: GelesenDep) -> Response:
    """Return the map page in the asked state."""
    return await _antwort(k, g, "karte", "/")


@router.get("/projekte")
async def liste(k: KontextDep, g: GelesenDep) -> Response:
    """Return the list page, complete without script, in the asked state."""
    return await _antwort(k, g, "projekte", "/projekte")
