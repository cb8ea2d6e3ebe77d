"""``/aenderungen.{csv,json}``: what the page of changes shows, to take away."""

from typing import Any, Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.aenderungsausgabe import Auszug, als_csv, als_json
from app.aenderungsfrage import Gefragt, frage, zustand
from app.anfrage import Kontext, KontextDep, streng
from app.errors import UngueltigeParameter
from app.herkunftsverweis import herkunftsverweis
from app.openapi import PARAMETER_AENDERUNGEN, PROBLEM, api_antwort, datei_antwort
from app.sprachen import DEUTSCH
from app.state import Abfrage
from app.zeitvergleich import NAME
from layers.herkunft import herkunft

router = APIRouter(tags=["Änderungen"])
_CSV: Final = "text/csv; charset=utf-8; header=present"


def _beschreibung(titel: str, antwort: dict[str, Any]) -> dict[str, Any]:
    return {
        "summary": titel,
        "response_class": Response,
        "responses": {200: antwort, 304: {"description": "Unverändert"}, 400: PROBLEM},
        "openapi_extra": {"parameters": PARAMETER_AENDERUNGEN},
    }


@router.get(
    "/aenderungen.json",
    **_beschreibung("Was sich geändert hat", api_antwort("Meldungen eines Zustands")),
)
async def als_daten(request: Request, k: KontextDep) -> Response:
    """Return the log in a state, or with ``seit`` what differs between then and now, as JSON."""
    abfrage, gefragt = await _streng(request, k)
    antwort = await k.antworte(
        ("aenderungen.json", abfrage.query(), gefragt.schluessel),
        lambda: als_json(_auszug(k, abfrage, gefragt)),
        "application/json",
    )
    antwort.headers["link"] = _herkunft(k)
    return antwort


@router.get(
    "/aenderungen.csv",
    **_beschreibung(
        "Was sich geändert hat, als CSV", datei_antwort("Meldungen eines Zustands", "text/csv")
    ),
)
async def als_tabellentext(request: Request, k: KontextDep) -> Response:
    """Return the same as CSV: UTF-8 with BOM, semicolons, a row a field."""
    abfrage, gefragt = await _streng(request, k)
    antwort = await k.antworte(
        ("aenderungen.csv", abfrage.query(), gefragt.schluessel),
        lambda: als_csv(_auszug(k, abfrage, gefragt)),
        _CSV,
    )
    code = k.t.sprache.code
    zusatz = "" if code == DEUTSCH.code else f"-{code}"
    antwort.headers["link"] = _herkunft(k)
    antwort.headers["content-disposition"] = (
        f'attachment; filename="nordwaerts-aenderungen{zusatz}.csv"'
    )
    return antwort


async def _streng(request: Request, k: Kontext) -> tuple[Abfrage, Gefragt]:
    abfrage = zustand(streng(request, k, auch=(NAME,)))
    gefragt = await frage(k, abfrage)
    if gefragt.fehler:
        raise UngueltigeParameter(gefragt.fehler)
    return abfrage, gefragt


def _auszug(k: Kontext, abfrage: Abfrage, gefragt: Gefragt) -> Auszug:
    return Auszug(k.d, abfrage, gefragt.seit, gefragt.meldungen, k.settings.adresse)


def _herkunft(k: Kontext) -> str:
    return herkunftsverweis(herkunft("projekte", k.stand.snapshot.quellen))
