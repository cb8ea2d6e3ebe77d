"""``/suche``: streets, house numbers, districts, squares, vacant land, projects for a text.

One address, two readers: the page's script gets JSON, a browser without script a page of links.
What visitors type is personal: it is neither logged nor kept, here or in caches on the way.
"""

import sqlite3
from dataclasses import dataclass
from typing import Any, Final

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.anfrage import Kontext, KontextDep, dienst, zahl
from app.errors import UngueltigeParameter
from app.openapi import PARAMETER_SUCHE, PROBLEM, SUCHE_LIMIT, api_antwort
from app.ortsseite import ortsseite
from app.ortssuche import Treffer, in_worten, suche
from app.state import MAX_TEXT, Abfrage, Parameterfehler, parse
from app.verhandlung import will_seite

router = APIRouter(tags=["Suche"])
_NAMEN: Final = ("q", "limit", "sprache")
_JSON: Final = "application/json"
_HTML: Final = "text/html"
_KOPF: Final = {"cache-control": "no-store", "vary": "Accept, Accept-Language"}


@dataclass(frozen=True, slots=True)
class _Frage:
    abfrage: Abfrage
    limit: int
    fehler: tuple[Parameterfehler, ...]


@router.get(
    "/suche",
    response_class=Response,
    responses={200: api_antwort("Treffer"), 400: PROBLEM},
    openapi_extra={"parameters": PARAMETER_SUCHE},
    summary="Adressen, Bezirke, Plätze, Brachflächen und Projekte zu einem Text",
)
async def orte(request: Request, k: KontextDep) -> Response:
    """Return the best answers to a text, the best first: as JSON, or as a page where preferred."""
    frage = _gelesen(request)
    als_seite = will_seite(request.headers.get("accept", ""))
    if frage.fehler and not als_seite:
        raise UngueltigeParameter(frage.fehler)
    await k.bereite("orte")
    treffer, mit_adressen = await k.nebenher(lambda: _gesucht(request, k, frage))
    if als_seite:
        ansicht = ortsseite(frage.abfrage.q, treffer, k.d, frage.fehler, adressen=mit_adressen)
        html = k.html("suche", "suche.html", ansicht, frage.abfrage)
        return Response(html, media_type=_HTML, headers=_kopf(k))
    inhalt: dict[str, Any] = {
        "adressen": mit_adressen,
        "anzahl": len(treffer),
        "treffer": [einer.json(k.fassung.urls) for einer in treffer],
    }
    return Response(orjson.dumps(inhalt), media_type=_JSON, headers=_kopf(k))


def _kopf(k: Kontext) -> dict[str, str]:
    return {**_KOPF, "content-language": k.t.sprache.lang}


def _gesucht(request: Request, k: Kontext, frage: _Frage) -> tuple[list[Treffer], bool]:
    """Return the answers, and whether the address directory took part."""
    verzeichnis = dienst(request).adressen
    adressen = verzeichnis.adressen()
    text, orte, limit = frage.abfrage.q, k.stand.vorbereitet.orte, frage.limit
    zusatz = in_worten(k.d.labels.facetten["stadtbezirk"], k.t("satz.trenner"))
    try:
        return suche(text, orte, adressen, zusatz, limit), adressen is not None
    except sqlite3.Error as fehler:
        verzeichnis.verwirf(fehler)
    return suche(text, orte, None, zusatz, limit), False


def _gelesen(request: Request) -> _Frage:
    limit, fehler = zahl(request, "limit", SUCHE_LIMIT[2], SUCHE_LIMIT[:2])
    paare = request.query_params.multi_items()
    abfrage, auch_fehler = parse([paar for paar in paare if paar[0] in ("q", "sprache")], {})
    fehler += auch_fehler
    for name, wert in paare:
        if name not in _NAMEN:
            erlaubt = ", ".join(_NAMEN)
            fehler += (Parameterfehler(name[:MAX_TEXT], wert[:MAX_TEXT], "unbekannt", erlaubt),)
    return _Frage(abfrage, limit, fehler)
