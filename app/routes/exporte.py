"""``/export.{csv,xlsx,geojson,gpkg,pdf}``: exactly the current state, to take away."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.anfrage import Kontext, KontextDep, dienst, streng
from app.darstellung import Darstellung
from app.dateien import unveraendert
from app.druckerei import DATEIEN, PDF
from app.errors import UngueltigeParameter
from app.export import auftrag, liste
from app.export.auszug import Auszug, auszug, kanonisch
from app.export.dateiname import dateiname
from app.export.geojson import geojson as als_geojson
from app.export.tabellentext import csv as als_csv
from app.fassung import fassung
from app.herkunftsverweis import herkunftsverweis
from app.katalog import Katalog
from app.openapi import PARAMETER_EXPORT, PROBLEM, datei_antwort
from app.sprachen import DEUTSCH
from app.state import Abfrage, Parameterfehler
from app.urls import NEUTRAL
from layers.herkunft import herkunft

router = APIRouter(tags=["Export"])


@dataclass(frozen=True, slots=True)
class _Format:
    """A kind of file; ``modul`` is the process that makes it, empty: the service itself."""

    endung: str
    medientyp: str
    modul: str = ""


_CSV: Final = _Format("csv", "text/csv; charset=utf-8; header=present")
_GEOJSON: Final = _Format("geojson", "application/geo+json")
_XLSX: Final = _Format(
    "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", DATEIEN
)
_GPKG: Final = _Format("gpkg", "application/geopackage+sqlite3", DATEIEN)
_PDF: Final = _Format("pdf", "application/pdf", PDF)


def _beschreibung(format_: _Format, titel: str) -> dict[str, Any]:
    return {
        "response_class": Response,
        "responses": {
            200: datei_antwort(titel, format_.medientyp.partition(";")[0]),
            304: {"description": "Unverändert"},
            400: PROBLEM,
            **({503: PROBLEM} if format_.modul else {}),
        },
        "openapi_extra": {"parameters": PARAMETER_EXPORT},
        "summary": titel,
    }


@router.get("/export.csv", **_beschreibung(_CSV, "Projekte eines Zustands als CSV"))
async def csv(request: Request, k: KontextDep) -> Response:
    """Return the projects as CSV: UTF-8 with BOM, semicolons, the columns of the workbook."""
    return await _text(k, streng(request, k), _CSV, als_csv)


@router.get("/export.geojson", **_beschreibung(_GEOJSON, "Projekte eines Zustands als GeoJSON"))
async def geojson(request: Request, k: KontextDep) -> Response:
    """Return the projects as GeoJSON (RFC 7946), a feature a location."""
    return await _text(k, streng(request, k), _GEOJSON, als_geojson)


@router.get("/export.xlsx", **_beschreibung(_XLSX, "Projekte eines Zustands als Arbeitsmappe"))
async def xlsx(request: Request, k: KontextDep) -> Response:
    """Return the projects and all they refer to as the editors' workbook."""
    return await _datei(k, streng(request, k), _XLSX, auftrag.mappe)


@router.get("/export.gpkg", **_beschreibung(_GPKG, "Ebenen der Karte als GeoPackage"))
async def gpkg(request: Request, k: KontextDep) -> Response:
    """Return the projects and all other layers of the map as GeoPackage with styles."""
    return await _datei(k, streng(request, k), _GPKG, auftrag.geopaket)


@router.get("/export.pdf", **_beschreibung(_PDF, "Projekte eines Zustands als Liste"))
async def pdf(request: Request, k: KontextDep) -> Response:
    """Return the list of projects as tagged PDF (PDF/UA-1)."""
    abfrage = streng(request, k)

    def druck(auszug_: Auszug, _: Katalog) -> dict[str, Any]:
        if len(auszug_.zeilen) > liste.HOECHSTENS:
            raise _zu_viele(len(auszug_.zeilen))
        daten = liste.druckdaten(auszug_, _deutsch(k))
        schriften = str(auszug_.snapshot.schriften)
        return {"vorlage": liste.VORLAGE, "schriften": schriften, "daten": daten}

    return await _datei(k, abfrage, _PDF, druck)


def _zu_viele(anzahl: int) -> UngueltigeParameter:
    erlaubt = f"1–{liste.HOECHSTENS}"
    return UngueltigeParameter((Parameterfehler("export.pdf", str(anzahl), "umfang", erlaubt),))


def _deutsch(k: Kontext) -> Darstellung:
    """Return the snapshot in German: the words of a file are those of its data."""
    return k.stand.vorbereitet.darstellung(fassung(DEUTSCH.code))


def _gesucht_in(k: Kontext, abfrage: Abfrage) -> str:
    """Return the language whose labels a text was looked up in; "" where none was."""
    return k.d.t.sprache.code if abfrage.q else ""


async def _text(
    k: Kontext, abfrage: Abfrage, format_: _Format, mache: Callable[[Auszug, Katalog], bytes]
) -> Response:
    """Answer with what the service makes itself and keeps like any other answer."""
    eigene = kanonisch(abfrage)
    d = _deutsch(k)
    antwort = await k.antworte(
        ("export", format_.endung, _gesucht_in(k, eigene), eigene.query()),
        lambda: mache(auszug(d, eigene, k.settings.adresse, k.d.index), d.t),
        format_.medientyp,
        schwer=True,
    )
    antwort.headers.update(_kopf(k, eigene, format_))
    return antwort


async def _datei(
    k: Kontext,
    abfrage: Abfrage,
    format_: _Format,
    mache: Callable[[Auszug, Katalog], dict[str, Any]],
) -> Response:
    """Answer with what a process makes."""
    eigene = kanonisch(abfrage)
    was = ("export", format_.endung, _gesucht_in(k, eigene), eigene.query())
    schluessel = (k.stand.snapshot.id, k.settings.adresse, *was)
    # weak: the same facts every time, but a file says in itself when it was written
    marke = f'W/"{sha256(chr(0).join(schluessel).encode()).hexdigest()[:32]}"'
    kopf = _kopf(k, eigene, format_) | {
        "etag": marke,
        "cache-control": "private, no-cache" if k.privat else "no-cache",
    }
    frage = k.request.headers.get("if-none-match", "").encode("latin-1")
    if unveraendert(frage, frozenset((marke.removeprefix("W/").encode(),))):
        return Response(status_code=304, headers=kopf)
    d = _deutsch(k)
    inhalt = await dienst(k.request).druckerei.drucke(
        schluessel,
        lambda: mache(auszug(d, eigene, k.settings.adresse, k.d.index), d.t),
        format_.modul,
    )
    return Response(inhalt, headers=kopf, media_type=format_.medientyp)


def _kopf(k: Kontext, abfrage: Abfrage, format_: _Format) -> dict[str, str]:
    """Return what a download says about itself: name, language, the state and the sources."""
    name = dateiname(abfrage, k.stand.snapshot.stand, format_.endung)
    woher = herkunft("projekte", k.stand.snapshot.quellen)
    adresse = k.settings.adresse + NEUTRAL.karte(abfrage)
    art = "inline" if format_ is _PDF else "attachment"
    return {
        "content-disposition": f'{art}; filename="{name}"',
        "content-language": DEUTSCH.lang,
        "link": f'<{adresse}>; rel="canonical"; type="text/html", {herkunftsverweis(woher)}',
    }
