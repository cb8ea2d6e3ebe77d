"""``/api/projekte``: the same states as JSON, with facets; items are prebuilt bytes."""

import math
from collections.abc import Mapping
from typing import Final

import orjson
from fastapi import APIRouter, Request
from starlette.responses import Response

from app import urls
from app.anfrage import KontextDep, streng, zahl
from app.darstellung import Vorbereitet
from app.errors import NichtGefunden, UngueltigeParameter
from app.openapi import PARAMETER_API, PROBLEM, api_antwort
from app.query import Ergebnis, suche
from app.state import Abfrage
from app.store import Stand

router = APIRouter(tags=["Projekte"])
MAX_LIMIT: Final = 1000
VORGABE_LIMIT: Final = 100
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
    limit, falsch = zahl(request, "limit", VORGABE_LIMIT, (0, MAX_LIMIT))
    offset, auch_falsch = zahl(request, "offset", 0, (0, 10**8))
    if fehler := falsch + auch_falsch:
        raise UngueltigeParameter(fehler)
    abfrage = streng(request, k, auch=("limit", "offset"))
    return k.antworte(
        ("api", abfrage.query(), str(limit), str(offset)),
        lambda: _json(k.stand, abfrage, limit, offset),
        _JSON,
    )


def _json(stand: Stand[Vorbereitet], abfrage: Abfrage, limit: int, offset: int) -> bytes:
    snapshot, vorbereitet = stand.snapshot, stand.vorbereitet
    ergebnis = suche(snapshot.index, abfrage)
    zeilen = ergebnis.zeilen[offset : offset + limit]
    kopf = orjson.dumps(
        {
            "anzahl": ergebnis.anzahl,
            "gesamt": len(snapshot.index),
            "offset": offset,
            "stand": snapshot.stand,
            "build": snapshot.id,
            "abfrage": urls.karte(abfrage),
            "facetten": _facetten(vorbereitet.labels, ergebnis),
        }
    )
    items = b",".join(_item(vorbereitet.api[zeile], ergebnis, zeile) for zeile in zeilen)
    return kopf[:-1] + b',"projekte":[' + items + b"]}"


def _item(fragment: bytes, ergebnis: Ergebnis, zeile: int) -> bytes:
    if ergebnis.entfernung is None or not math.isfinite(meter := ergebnis.entfernung[zeile]):
        return fragment + b"}"
    return fragment + b',"entfernung_m":%d}' % round(meter)


def _facetten(
    labels: Mapping[str, Mapping[str, str]], ergebnis: Ergebnis
) -> dict[str, list[dict[str, object]]]:
    return {
        name: [
            {"code": code, "label": label, "anzahl": int(anzahl)}
            for (code, label), anzahl in zip(
                labels[name].items(), ergebnis.facetten[name], strict=True
            )
        ]
        for name in labels
    }


@router.get(
    "/api/projekte/{projekt_id}",
    response_class=Response,
    responses={200: api_antwort("Steckbrief"), 404: PROBLEM},
    summary="Ein Steckbrief, vollständig",
)
async def projekt(projekt_id: str, k: KontextDep) -> Response:
    """Return one Steckbrief with everything that is known."""
    snapshot = k.stand.snapshot
    zeile = snapshot.index.zeile.get(projekt_id)
    if zeile is None:
        raise NichtGefunden
    record = {k: v for k, v in snapshot.projekte[zeile].items() if k != "befunde"}
    return k.antworte(
        ("api", projekt_id), lambda: orjson.dumps(record | {"url": urls.projekt(projekt_id)}), _JSON
    )
