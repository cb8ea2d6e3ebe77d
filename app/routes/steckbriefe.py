"""``/projekte/{id}``, ``/plaetze/{id}``, ``/brachflaechen/{id}``, ``/stadtbezirke/{code}``."""

from fastapi import APIRouter
from starlette.responses import Response

from app.anfrage import Kontext, KontextDep
from app.errors import NichtGefunden
from app.orte import Art, ortsansicht
from app.steckbrief import steckbrief

router = APIRouter(include_in_schema=False)


@router.get("/projekte/{projekt_id}")
async def projekt(projekt_id: str, k: KontextDep) -> Response:
    """Return a Steckbrief."""
    snapshot = k.stand.snapshot
    zeile = snapshot.index.zeile.get(projekt_id)
    if zeile is None:
        raise NichtGefunden
    return k.antworte(
        ("steckbrief", projekt_id),
        lambda: k.html(
            "steckbrief", "steckbrief.html", steckbrief(snapshot.projekte[zeile], snapshot, k.t)
        ),
    )


def _ort(k: Kontext, art: Art, schluessel: str) -> Response:
    ort = k.stand.snapshot.orte[art].get(schluessel)
    if ort is None:
        raise NichtGefunden
    return k.antworte(
        (art, schluessel), lambda: k.html("ort", "ort.html", ortsansicht(art, ort, k.stand, k.t))
    )


@router.get("/plaetze/{platz_id}")
async def platz(platz_id: str, k: KontextDep) -> Response:
    """Return the page of a square."""
    return _ort(k, "plaetze", platz_id)


@router.get("/brachflaechen/{brachflaeche_id}")
async def brachflaeche(brachflaeche_id: str, k: KontextDep) -> Response:
    """Return the page of vacant land."""
    return _ort(k, "brachflaechen", brachflaeche_id)


@router.get("/stadtbezirke/{code}")
async def stadtbezirk(code: str, k: KontextDep) -> Response:
    """Return the page of a district."""
    return _ort(k, "stadtbezirke", code)
