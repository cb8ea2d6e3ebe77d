"""``/catalog``, ``/catalog.ttl``, ``/catalog.jsonld``: the catalogue of the data (DCAT-AP.de)."""

from typing import Any, Final

import orjson
from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from app.anfrage import Kontext, KontextDep, dienst
from app.dcat import katalog
from app.druckerei import TURTLE
from app.urls import NEUTRAL

router = APIRouter(include_in_schema=False)
TYPEN: Final = {"ttl": "text/turtle", "jsonld": "application/ld+json"}
_ALLE_SPRACHEN: Final = "mul"


def _schluessel(k: Kontext, endung: str) -> tuple[str, ...]:
    s = k.settings
    einstellungen = (s.adresse, s.kontakt, s.herausgeber, s.datenbereitsteller)
    return (k.stand.snapshot.id, *einstellungen, "katalog", endung)


def _dokument(k: Kontext) -> dict[str, Any]:
    return katalog(k.stand.snapshot, k.settings)


@router.get("/catalog")
async def verhandelt(k: KontextDep) -> Response:
    """Lead to the form that the client prefers; Turtle if it has no wish."""
    wunsch = parse_accept_header(k.request.headers.get("accept", "*/*"), MIMEAccept)
    beste = wunsch.best_match([*TYPEN.values(), "application/json"], TYPEN["ttl"])
    endung = "ttl" if beste == TYPEN["ttl"] else "jsonld"
    return RedirectResponse(NEUTRAL.katalog(endung), 303, headers={"vary": "Accept"})


@router.get("/catalog.jsonld")
async def jsonld(k: KontextDep) -> Response:
    """Return the catalogue as JSON-LD."""
    return k.speicher.antworte(
        k.request,
        _schluessel(k, "jsonld"),
        lambda: orjson.dumps(_dokument(k), option=orjson.OPT_INDENT_2),
        TYPEN["jsonld"],
        lang=_ALLE_SPRACHEN,
    )


@router.get("/catalog.ttl")
async def ttl(k: KontextDep) -> Response:
    """Return the same triples as Turtle."""
    schluessel = _schluessel(k, "ttl")
    druckerei = dienst(k.request).druckerei
    inhalt = await druckerei.drucke(schluessel, lambda: _dokument(k), TURTLE)
    return k.speicher.antworte(
        k.request, schluessel, lambda: inhalt, TYPEN["ttl"], lang=_ALLE_SPRACHEN
    )
