"""``/projekte/{id}``, ``/plaetze/{id}``, ``/brachflaechen/{id}``, ``/stadtbezirke/{code}``."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from app.anfrage import Kontext, KontextDep
from app.dokument import Steckbriefseite, dokument
from app.errors import NichtGefunden
from app.orte import Art, ortsansicht
from app.steckbrief import steckbrief
from app.vorschaubild import KARTE, bildname

router = APIRouter(include_in_schema=False)


@router.get("/projekte/{projekt_id}")
async def projekt(projekt_id: str, k: KontextDep) -> Response:
    """Return a Steckbrief."""
    return await k.antworte(("steckbrief", projekt_id), lambda: _steckbrief(k, projekt_id))


def _steckbrief(k: Kontext, projekt_id: str) -> bytes:
    snapshot = k.stand.snapshot
    zeile = snapshot.index.zeile.get(projekt_id)
    if zeile is None:
        raise NichtGefunden
    record = snapshot.projekte[zeile]
    ansicht = Steckbriefseite(steckbrief(record, k.d), dokument(record, k.d, k.settings))
    return k.html("steckbrief", "steckbrief.html", ansicht, bild=bildname("projekt", record["id"]))


async def _ort(k: Kontext, art: Art, schluessel: str) -> Response:
    ort = k.stand.snapshot.orte[art].get(schluessel)
    if ort is None:
        raise NichtGefunden
    return await k.antworte(
        (art, schluessel),
        lambda: k.html("ort", "ort.html", ortsansicht(art, ort, k.d), bild=_bild(art, ort)),
    )


def _bild(art: Art, ort: Mapping[str, Any]) -> str:
    """Return the name of the preview: the one of the Stadtbezirk that the place is or lies in."""
    bezirk = ort["code"] if art == "stadtbezirke" else ort.get("stadtbezirk")
    return bildname("stadtbezirk", bezirk) if bezirk else KARTE


@router.get("/plaetze/{platz_id}")
async def platz(platz_id: str, k: KontextDep) -> Response:
    """Return the page of a square."""
    return await _ort(k, "plaetze", platz_id)


@router.get("/brachflaechen/{brachflaeche_id}")
async def brachflaeche(brachflaeche_id: str, k: KontextDep) -> Response:
    """Return the page of vacant land."""
    return await _ort(k, "brachflaechen", brachflaeche_id)


@router.get("/stadtbezirke/{code}")
async def stadtbezirk(code: str, k: KontextDep) -> Response:
    """Return the page of a district."""
    return await _ort(k, "stadtbezirke", code)
