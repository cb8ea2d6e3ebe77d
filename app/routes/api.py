"""``/api/projekte``: the same states as JSON, with facets; items are prebuilt bytes."""

from collections.abc import Sequence
from math import isfinite
from typing import Final

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from app.anfrage import Kontext, KontextDep, streng, zahl
from app.errors import NichtGefunden, UngueltigeParameter
from app.facettentext import facettentext
from app.folge import bereitlegen
from app.naehe import Naehe
from app.openapi import API_LIMIT, API_OFFSET, PARAMETER_API, PROBLEM, api_antwort
from app.query import suche
from app.state import Abfrage
from app.urls import NEUTRAL
from layers.spalten import Zahlen

router = APIRouter(tags=["Projekte"])
_JSON: Final = "application/json"


@router.get(
    "/api/projekte",
    response_class=Response,
    responses={200: api_antwort("Ergebnis"), 400: PROBLEM},
    openapi_extra={"parameters": PARAMETER_API},
    summary="Projekte eines Zustands, mit Anzahl je Filterwert",
)
async def projekte(request: Request, k: KontextDep) -> Response:
    """Return count, facet counts and one page of projects for a state."""
    limit, falsch = zahl(request, "limit", API_LIMIT[2], API_LIMIT[:2])
    offset, auch_falsch = zahl(request, "offset", API_OFFSET[2], API_OFFSET[:2])
    if fehler := falsch + auch_falsch:
        raise UngueltigeParameter(fehler)
    abfrage = streng(request, k, auch=("limit", "offset"))
    return await k.antworte(
        ("api", abfrage.query(), str(limit), str(offset)),
        lambda: _json(k, abfrage, limit, offset),
        _JSON,
    )


def _json(k: Kontext, abfrage: Abfrage, limit: int, offset: int) -> bytes:
    snapshot, d = k.stand.snapshot, k.d
    ergebnis = suche(d.index, abfrage)
    zeilen = ergebnis.blatt(offset, offset + limit)
    bereitlegen(snapshot.projekte, zeilen.tolist())
    kopf = orjson.dumps(
        {
            "anzahl": ergebnis.anzahl,
            "gesamt": len(snapshot.index),
            "offset": offset,
            "stand": snapshot.stand,
            "build": snapshot.id,
            "abfrage": NEUTRAL.karte(abfrage),
        }
    )
    facetten = facettentext(d.facettenmuster, ergebnis.facetten)
    items = b",".join(_items(k.stand.vorbereitet.api, ergebnis.naehe, zeilen))
    return b"".join((kopf[:-1], b',"facetten":', facetten, b',"projekte":[', items, b"]}"))


def _items(fragmente: Sequence[bytes], naehe: Naehe | None, zeilen: Zahlen) -> list[bytes]:
    if naehe is None:
        return [fragmente[zeile] + b"}" for zeile in zeilen.tolist()]
    return [
        fragmente[zeile] + (b',"entfernung_m":%d}' % round(meter) if isfinite(meter) else b"}")
        for zeile, meter in zip(zeilen.tolist(), naehe.meter(zeilen).tolist(), strict=True)
    ]


@router.get(
    "/api/projekte/{projekt_id}",
    response_class=Response,
    responses={200: api_antwort("Steckbrief"), 404: PROBLEM},
    summary="Ein Steckbrief, vollständig",
)
async def projekt(projekt_id: str, k: KontextDep) -> Response:
    """Return one Steckbrief with everything that is known."""
    return await k.antworte(("api", projekt_id), lambda: _einer(k, projekt_id), _JSON)


def _einer(k: Kontext, projekt_id: str) -> bytes:
    snapshot = k.stand.snapshot
    zeile = snapshot.index.zeile.get(projekt_id)
    if zeile is None:
        raise NichtGefunden
    record = {k: v for k, v in snapshot.projekte[zeile].items() if k != "befunde"}
    return orjson.dumps(record | {"url": NEUTRAL.projekt(projekt_id)})
