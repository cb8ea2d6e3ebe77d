"""``/ogc``: OGC API – Features. Each document as JSON and as a page; items are ready bytes.

The handlers are plain Starlette ones: nothing of a request but its query string is read, and that
once for all requests that have the same.
"""

from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any, Final

import orjson
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.anfrage import Kontext, dienst, kontext
from app.antworten import offene_marke
from app.blattfolge import BLATTFOLGE, Blattfolge, Einzelblatt, mit_abstand
from app.errors import NichtGefunden
from app.ogc.anfrage import lies_dokument, lies_feature
from app.ogc.bestand import Bestand
from app.ogc.dokumente import GEOJSON, JSON, OPENAPI, SCHEMA, Dokumente, eigene, verweis
from app.ogc.items import Blatt, feature, inhaltssystem, schluss
from app.ogc.sammlung import KOLLEKTIONEN, Sammlung
from app.ogc.schnittstelle import openapi
from app.ogc.seiten import Ogcseite, Seiten
from app.sprachen import DEUTSCH
from app.urls import NEUTRAL
from app.verhandlung import will_seite

router = APIRouter()
_Antworte = Callable[[Request], Awaitable[Response]]
_KOPF: Final = {"vary": "Accept, Accept-Encoding, Accept-Language"}


def _als_seite(request: Request, format_: str | None) -> bool:
    if format_:
        return format_ == "html"
    return will_seite(request.headers.get("accept", ""))


def _bestand(request: Request) -> Bestand:
    return dienst(request).store.stand.vorbereitet.ogc


def _sammlung(request: Request) -> Sammlung:
    try:
        return _bestand(request)[request.path_params["sammlung"]]
    except KeyError as fehler:
        raise NichtGefunden from fehler


def _dokumente(k: Kontext) -> Dokumente:
    return Dokumente(k.stand.snapshot, k.stand.vorbereitet.ogc, k.t, k.settings.adresse)


async def _html(
    k: Kontext, seite: Callable[[Seiten], Ogcseite], kopf: Mapping[str, str]
) -> Response:
    def erzeuge() -> bytes:
        return k.html("ogc", "ogc.html", seite(Seiten(k.d, _dokumente(k))))

    antwort = await k.antworte(("ogc", "html", k.request.url.path, k.request.url.query), erzeuge)
    antwort.headers.update({**_KOPF, **kopf})
    return antwort


async def _dokument(
    request: Request,
    inhalt: Callable[[Dokumente], dict[str, Any]],
    seite: Callable[[Seiten], Ogcseite],
    medientyp: str = JSON,
) -> Response:
    """Answer with a document that depends on nothing but the build and the language."""
    format_ = lies_dokument(request.query_params.multi_items())
    k = kontext(request)
    if _als_seite(request, format_):
        return await _html(k, seite, {})
    pfad = request.url.path
    antwort = await k.antworte(
        ("ogc", "json", pfad), lambda: orjson.dumps(inhalt(_dokumente(k))), medientyp
    )
    hier = k.settings.adresse + pfad
    antwort.headers.update({**_KOPF, "link": _link(eigene(hier, medientyp))})
    return antwort


def _link(verweise: list[dict[str, str]]) -> str:
    return ", ".join(f'<{v["href"]}>; rel="{v["rel"]}"; type="{v["type"]}"' for v in verweise)


async def start(request: Request) -> Response:
    """Return the landing page."""
    return await _dokument(request, lambda d: d.start(), lambda s: s.start())


async def konformitaet(request: Request) -> Response:
    """Return what the interface conforms to."""
    return await _dokument(request, lambda d: d.konformitaet(), lambda s: s.konformitaet())


async def api(request: Request) -> Response:
    """Return the description of the interface."""
    return await _dokument(request, openapi, lambda s: s.api(openapi(s.dokumente)), OPENAPI)


async def sammlungen(request: Request) -> Response:
    """Return the list of collections."""
    return await _dokument(request, lambda d: d.sammlungen(), lambda s: s.sammlungen())


async def sammlung(request: Request) -> Response:
    """Return the description of a collection."""
    gefragt = _sammlung(request)
    return await _dokument(request, lambda d: d.sammlung(gefragt), lambda s: s.sammlung(gefragt))


async def merkmale(request: Request) -> Response:
    """Return what the features of a collection can be filtered by."""
    s = _sammlung(request)
    return await _dokument(
        request, lambda d: d.merkmale(s), lambda seiten: seiten.merkmale(s), SCHEMA
    )


async def items(request: Request) -> Response:
    """Return one page of the features that a request selects."""
    d, s = dienst(request), _sammlung(request)
    query: str = request.scope["query_string"].decode("latin-1")
    adresse: str = d.settings.adresse + request.scope["path"]
    blatt = await d.store.stand.vorbereitet.ogc.erstes_blatt(s, query, adresse)
    if _als_seite(request, blatt.anfrage.format):
        return await _html(kontext(request), lambda seiten: seiten.items(blatt), {})
    build = d.store.stand.snapshot.id
    antwort = d.speicher.antworte(
        request,
        (build, adresse, query),
        blatt.geojson,
        GEOJSON,
        lang=DEUTSCH.lang,
        schluss=schluss,
        ganz=blatt.geojson if blatt.geschnitten else None,
        auch={**_KOPF, **blatt.kopfzeilen},
    )
    if blatt.anfrage.alle and blatt.geschnitten and "content-encoding" not in antwort.headers:
        request.scope[BLATTFOLGE] = _blattfolge(blatt, build, query)
    return antwort


def _blattfolge(erstes: Blatt, build: str, query: str) -> Blattfolge:
    """Return what makes the other pages of a request for all features, sent as they are."""

    def blatt(abstand: str) -> Einzelblatt | None:
        gefunden = erstes.bei(int(abstand))
        if gefunden is None:
            return None
        marke = offene_marke(build, erstes.adresse, mit_abstand(query, abstand))
        kopf = {"etag": marke, "link": gefunden.kopfzeilen["link"]}
        return Einzelblatt(kopf, gefunden.teile())

    return blatt


async def einzeln(request: Request) -> Response:
    """Return one feature."""
    d, s = dienst(request), _sammlung(request)
    format_, crs = lies_feature(request.query_params.multi_items())
    fid = request.path_params["feature"]
    zeile = s.zeile.get(fid)
    if zeile is None:
        raise NichtGefunden
    oben = d.settings.adresse + NEUTRAL.ogc(f"/collections/{s.id}")
    hier = f"{oben}/items/{fid}"
    links = [*eigene(hier, GEOJSON), verweis("collection", oben, JSON)]
    kopf = {**inhaltssystem(crs), "link": _link(links)}
    if _als_seite(request, format_):
        geometrie = orjson.loads(s.feature(zeile, crs))["geometry"]
        text = orjson.dumps(geometrie).decode()
        return await _html(
            kontext(request), lambda seiten: seiten.feature(s, zeile, text, ""), kopf
        )
    antwort = d.speicher.antworte(
        request,
        (d.store.stand.snapshot.id, hier, crs.uri),
        lambda: feature(s, zeile, crs, links),
        GEOJSON,
        lang=DEUTSCH.lang,
    )
    antwort.headers.update({**_KOPF, **kopf})
    return antwort


def _vorbereitet(antworte: _Antworte, *, alle: bool) -> _Antworte:
    """Read the collections that an answer is made of before it is made."""

    @wraps(antworte)
    async def bereit(request: Request) -> Response:
        gefragt = KOLLEKTIONEN if alle else request.path_params.values()
        await _bestand(request).bereite(gefragt)
        return await antworte(request)

    return bereit


ITEMS: Final = "/ogc/collections/{sammlung}/items"
items_bereit: Final = _vorbereitet(items, alle=False)
_ALLE: Final = frozenset({"/api", "/collections"})
"""Documents that describe every collection."""
_WEGE: Final = (
    ("", start),
    ("/", start),
    ("/conformance", konformitaet),
    ("/api", api),
    ("/collections", sammlungen),
    ("/collections/{sammlung}", sammlung),
    ("/collections/{sammlung}/queryables", merkmale),
    ("/collections/{sammlung}/items", items),
    ("/collections/{sammlung}/items/{feature}", einzeln),
)
for _pfad, _antworte in _WEGE:
    _bereit = _vorbereitet(_antworte, alle=_pfad in _ALLE)
    router.add_route(f"/ogc{_pfad}", _bereit, methods=["GET"], include_in_schema=False)
