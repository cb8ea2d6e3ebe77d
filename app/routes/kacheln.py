"""``/kacheln``: vector tiles of the layers, and TileJSON that describes them."""

import gzip
import hashlib
from typing import Annotated, Any, Final

import orjson
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.anfrage import Kontext, KontextDep, streng
from app.dateien import kodierung, unveraendert
from app.errors import NichtGefunden, UngueltigeParameter
from app.herkunftsverweis import herkunftsverweis
from app.kacheln.vorrat import Kachel, Kachelebene
from app.openapi import PARAMETER_EXPORT, PROBLEM, api_antwort, datei_antwort
from app.state import Abfrage, Parameterfehler
from layers.herkunft import herkunft

router = APIRouter(tags=["Kacheln"])
MVT: Final = "application/vnd.mapbox-vector-tile"
_SATZ: Final = "Welche Projekte die Kacheln zeigen; nur wo sie aus der Datenbank kommen."


@router.get(
    "/kacheln/{ebene}.json",
    response_class=Response,
    responses={200: api_antwort("TileJSON"), 404: PROBLEM},
    summary="Die Kacheln einer Ebene als TileJSON 3",
)
async def beschreibung(ebene: str, k: KontextDep) -> Response:
    """Describe the tiles of a layer (TileJSON 3.0.0)."""
    gefunden = await k.nebenher(lambda: _ebene(k, ebene))
    return await k.antworte(("kacheln", ebene), lambda: _tilejson(k, gefunden), "application/json")


def _gesucht(z: str, x: str, y: str) -> Kachel:
    return Kachel.lies(z, x, y)


@router.get(
    "/kacheln/{ebene}/{z}/{x}/{y}.mvt",
    response_class=Response,
    responses={
        200: datei_antwort("Kachel", MVT),
        204: {"description": "Hier liegt nichts."},
        400: PROBLEM,
        404: PROBLEM,
    },
    openapi_extra={"parameters": PARAMETER_EXPORT},
    summary="Eine Vektorkachel (MVT, EPSG:3857)",
    description=_SATZ,
)
async def kachel(
    ebene: str, gesucht: Annotated[Kachel, Depends(_gesucht)], request: Request, k: KontextDep
) -> Response:
    """Return one tile; 204 where nothing lies."""
    abfrage = streng(request, k)
    gefunden = await k.nebenher(lambda: _ebene(k, ebene))
    kacheln = k.stand.snapshot.kacheln
    if abfrage.filtert and not kacheln.filtert(ebene):
        raise UngueltigeParameter(tuple(_ungefiltert(abfrage)))
    von, bis = gefunden.zoom
    if not von <= gesucht.z <= bis:
        fehler = Parameterfehler("z", str(gesucht.z), "anzahl", f"{von}–{bis}")
        raise UngueltigeParameter((fehler,))
    zustand = abfrage.query() if kacheln.filtert(ebene) else ""
    inhalt = await k.nebenher(lambda: kacheln.kachel(ebene, gesucht, k.d.index, abfrage))
    return _antwort(request, k, (ebene, repr(gesucht), zustand), inhalt)


def _ebene(k: Kontext, name: str) -> Kachelebene:
    gefunden = k.stand.snapshot.kacheln.ebene(name)
    if gefunden is None:
        raise NichtGefunden
    return gefunden


def _ungefiltert(abfrage: Abfrage) -> list[Parameterfehler]:
    """Name every filter: what is not applied is not passed over in silence."""
    still = {"sort", "sprache", "projekt", "nahe"}
    return [
        Parameterfehler(name, wert, "kacheln")
        for name, wert in abfrage.paare()
        if name not in still
    ]


def _antwort(request: Request, k: Kontext, was: tuple[str, ...], inhalt: bytes | None) -> Response:
    """Return compressed bytes as they are, or plain to the rare client that wants them so."""
    angenommen = request.headers.get("accept-encoding", "").encode("latin-1")
    art = kodierung(angenommen, {"gzip": 1})
    ganz = "\0".join((*k.grundlage, *was, art))
    marke = f'"{hashlib.sha256(ganz.encode()).hexdigest()[:32]}"'
    kopf = {
        "etag": marke,
        "cache-control": "private, no-cache" if k.privat else "public, no-cache",
        "vary": "Accept-Encoding, Accept-Language",
        "link": herkunftsverweis(herkunft(was[0], k.stand.snapshot.quellen)),
    }
    frage = request.headers.get("if-none-match", "").encode("latin-1")
    if unveraendert(frage, frozenset((marke.encode(),))):
        return Response(status_code=304, headers=kopf)
    if inhalt is None:
        return Response(status_code=204, headers=kopf)
    if art:
        kopf["content-encoding"] = art
    return Response(inhalt if art else gzip.decompress(inhalt), 200, kopf, MVT)


def _tilejson(k: Kontext, ebene: Kachelebene) -> bytes:
    woher = herkunft(ebene.name, k.stand.snapshot.quellen)
    rahmen = ebene.rahmen
    angaben: dict[str, Any] = {
        "tilejson": "3.0.0",
        "name": ebene.name,
        "version": "1.0.0",
        "scheme": "xyz",
        "tiles": [f"{k.settings.adresse}/kacheln/{ebene.name}/{{z}}/{{x}}/{{y}}.mvt"],
        "minzoom": ebene.zoom[0],
        "maxzoom": ebene.zoom[1],
        "bounds": [rahmen.west, rahmen.sued, rahmen.ost, rahmen.nord],
        "vector_layers": [
            {
                "id": ebene.name,
                "minzoom": ebene.zoom[0],
                "maxzoom": ebene.zoom[1],
                "fields": dict(ebene.felder),
            }
        ],
        **woher.mitglieder(),
    }
    if woher.nennung:
        angaben["attribution"] = woher.nennung
    return orjson.dumps(angaben)
