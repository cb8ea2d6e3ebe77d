"""``/`` and ``/einbetten``: the map page, and the same for an iframe."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from app.anfrage import Gelesen, GelesenDep, Kontext, KontextDep
from app.query import suche
from app.seiten import Seitenart, ergebnisansicht

router = APIRouter(include_in_schema=False)


def _antwort(k: Kontext, g: Gelesen, art: Seitenart, ziel: str) -> HTMLResponse:
    ergebnis = suche(k.stand.snapshot.index, g.abfrage)
    ansicht = ergebnisansicht(
        k.stand, g.abfrage, ergebnis, g.fehler, k.t, ziel=ziel, nummer=g.seite
    )
    return k.seite(art, f"{art}.html", ansicht)


@router.get("/")
async def karte(k: KontextDep, g: GelesenDep) -> HTMLResponse:
    """Return the map page in the asked state."""
    return _antwort(k, g, "karte", "/")


@router.get("/einbetten")
async def einbetten(k: KontextDep, g: GelesenDep) -> HTMLResponse:
    """Return the map for an iframe in the asked state."""
    return _antwort(k, g, "einbetten", "/einbetten")


@router.get("/projekte")
async def liste(k: KontextDep, g: GelesenDep) -> HTMLResponse:
    """Return the list page, complete without script, in the asked state."""
    return _antwort(k, g, "projekte", "/projekte")
