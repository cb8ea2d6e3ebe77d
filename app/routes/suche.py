"""``/suche``: streets, house numbers, districts, squares, vacant land, projects for a text.

What visitors type is personal: it is neither logged nor kept, here or in caches on the way.
"""

import sqlite3
from typing import Final

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.anfrage import KontextDep, dienst, zahl
from app.errors import UngueltigeParameter
from app.openapi import PARAMETER_SUCHE, PROBLEM, SUCHE_LIMIT, api_antwort
from app.ortssuche import suche
from app.state import MAX_TEXT, Parameterfehler, parse

router = APIRouter(tags=["Suche"])
_NAMEN: Final = ("q", "limit")


@router.get(
    "/suche",
    response_class=Response,
    responses={200: api_antwort("Treffer"), 400: PROBLEM},
    openapi_extra={"parameters": PARAMETER_SUCHE},
    summary="Adressen, Bezirke, Plätze, Brachflächen und Projekte zu einem Text",
)
async def orte(request: Request, k: KontextDep) -> Response:
    """Return the best answers to a text, the best first."""
    text, limit = _gelesen(request)
    stand, verzeichnis = k.stand, dienst(request).adressen
    adressen = verzeichnis.adressen()
    bezirke = stand.vorbereitet.labels["stadtbezirk"]
    try:
        treffer = suche(text, stand.vorbereitet.orte, adressen, bezirke, limit)
    except sqlite3.Error as fehler:
        verzeichnis.verwirf(fehler)
        adressen = None
        treffer = suche(text, stand.vorbereitet.orte, None, bezirke, limit)
    inhalt = {
        "adressen": adressen is not None,
        "anzahl": len(treffer),
        "treffer": [einer.json() for einer in treffer],
    }
    kopf = {"cache-control": "no-store"}
    return Response(orjson.dumps(inhalt), media_type="application/json", headers=kopf)


def _gelesen(request: Request) -> tuple[str, int]:
    limit, fehler = zahl(request, "limit", SUCHE_LIMIT[2], SUCHE_LIMIT[:2])
    paare = request.query_params.multi_items()
    abfrage, auch_fehler = parse([paar for paar in paare if paar[0] == "q"], {})
    fehler += auch_fehler
    for name, wert in paare:
        if name not in _NAMEN:
            erlaubt = ", ".join(_NAMEN)
            fehler += (Parameterfehler(name[:MAX_TEXT], wert[:MAX_TEXT], "unbekannt", erlaubt),)
    if fehler:
        raise UngueltigeParameter(fehler)
    return abfrage.q, limit
