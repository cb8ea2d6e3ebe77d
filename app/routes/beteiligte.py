"""``/beteiligte``, the same as file, and ``/beteiligte/{code}``: who takes part."""

from collections.abc import Callable
from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.anfrage import Kontext, KontextDep, dienst
from app.beteiligte.ausgabe import Auszug, als_csv, als_json, als_mappe
from app.beteiligte.auswahl import Wahl, lies, waehle
from app.beteiligte.liste import beteiligtenansicht
from app.beteiligte.seite import beteiligtenseite
from app.errors import NichtGefunden, UngueltigeParameter
from app.herkunftsverweis import herkunftsverweis
from app.query import suche
from app.sprachen import DEUTSCH
from app.state import Abfrage, Parameterfehler
from layers.herkunft import herkunft

router = APIRouter(include_in_schema=False)
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAPPE: Final = "app.tabellenmappe"


@router.get("/beteiligte")
async def liste(request: Request, k: KontextDep) -> Response:
    """Return who takes part in the projects of a state."""
    abfrage, wahl, fehler = lies(request.query_params.multi_items(), k.stand.snapshot.index.codes)
    return await k.antworte(
        ("beteiligte", abfrage.query(), repr(wahl), repr(fehler)),
        lambda: _seite(k, abfrage, wahl, fehler),
        schwer=True,
    )


def _seite(k: Kontext, abfrage: Abfrage, wahl: Wahl, fehler: tuple[Parameterfehler, ...]) -> bytes:
    index = k.d.index
    ergebnis = suche(index, abfrage)
    auswahl = waehle(k.stand.vorbereitet.mitwirkung, ergebnis.zeilen, len(index), wahl)
    ansicht = beteiligtenansicht(k.d, abfrage, wahl, ergebnis, auswahl, fehler=fehler)
    return k.html("beteiligte", "beteiligte.html", ansicht, abfrage, auch=wahl.paare())


def _auszug(k: Kontext, abfrage: Abfrage, wahl: Wahl) -> Auszug:
    index = k.d.index
    zeilen = suche(index, abfrage).zeilen
    auswahl = waehle(k.stand.vorbereitet.mitwirkung, zeilen, len(index), wahl)
    return Auszug(k.d, abfrage, wahl, auswahl, k.settings.adresse)


def _gefragt(k: Kontext) -> tuple[Abfrage, Wahl]:
    """Read the state strictly.

    Raises
    ------
    UngueltigeParameter
        At least one value was not understood.
    """
    codes = k.stand.snapshot.index.codes
    abfrage, wahl, fehler = lies(k.request.query_params.multi_items(), codes)
    if fehler:
        raise UngueltigeParameter(fehler)
    return abfrage, wahl


async def _datei(
    k: Kontext, endung: str, erzeuge: Callable[[Auszug], bytes], medientyp: str
) -> Response:
    abfrage, wahl = _gefragt(k)
    antwort = await k.antworte(
        (f"beteiligte.{endung}", abfrage.query(), repr(wahl)),
        lambda: erzeuge(_auszug(k, abfrage, wahl)),
        medientyp,
        schwer=True,
    )
    antwort.headers["link"] = _verweis(k)
    if endung != "json":
        antwort.headers["content-disposition"] = _anhang(k, endung)
    return antwort


def _verweis(k: Kontext) -> str:
    return herkunftsverweis(herkunft("projekte", k.stand.snapshot.quellen))


def _anhang(k: Kontext, endung: str) -> str:
    code = k.t.sprache.code
    zusatz = "" if code == DEUTSCH.code else f"-{code}"
    return f'attachment; filename="nordwaerts-beteiligte{zusatz}.{endung}"'


@router.get("/beteiligte.csv")
async def als_tabellentext(k: KontextDep) -> Response:
    """Return what the page shows as CSV."""
    return await _datei(k, "csv", als_csv, "text/csv; charset=utf-8")


@router.get("/beteiligte.json")
async def als_daten(k: KontextDep) -> Response:
    """Return what the page shows as JSON."""
    return await _datei(k, "json", als_json, "application/json")


@router.get("/beteiligte.xlsx")
async def als_arbeitsmappe(request: Request, k: KontextDep) -> Response:
    """Return what the page shows as workbook."""
    abfrage, wahl = _gefragt(k)

    def auftrag() -> dict[str, Any]:
        return als_mappe(_auszug(k, abfrage, wahl))

    schluessel = (*k.grundlage, "beteiligte.xlsx", abfrage.query(), repr(wahl))
    mappe = await dienst(request).druckerei.drucke(schluessel, auftrag, modul=_MAPPE)
    kopf = {
        "content-disposition": _anhang(k, "xlsx"),
        "link": _verweis(k),
        "cache-control": "private, no-cache",
        "vary": "Accept-Language",
    }
    return Response(mappe, headers=kopf, media_type=_XLSX)


@router.get("/beteiligte/{code}")
async def einer(code: str, k: KontextDep) -> Response:
    """Return the page of an organisation."""
    await k.bereite("mitwirkung")
    wer = k.stand.vorbereitet.mitwirkung.organisationen.get(code)
    if wer is None:
        raise NichtGefunden
    return await k.antworte(
        ("beteiligter", code),
        lambda: k.html(
            "beteiligter", "beteiligter.html", beteiligtenseite(wer, k.d, k.settings.adresse)
        ),
    )
