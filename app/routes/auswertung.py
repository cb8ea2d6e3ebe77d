"""``/auswertung``: cross-table, district map, bars and timeline; the table as CSV and XLSX."""

from dataclasses import replace
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.anfrage import Kontext, KontextDep, dienst, streng
from app.auswertung.ansicht import auswertungsansicht
from app.auswertung.dateien import MEDIENTYP, als_csv, als_mappe
from app.auswertung.tabelle import Auszaehlung, auszaehlung, facetten_der, treffermaske
from app.auswertung.wahl import NAMEN, Wahl, lies
from app.errors import UngueltigeParameter
from app.herkunftsverweis import herkunftsverweis
from app.query import suche
from app.state import Abfrage, Parameterfehler, parse
from layers.herkunft import herkunft

router = APIRouter(include_in_schema=False)
_MAPPE: Final = "app.tabellenmappe"


@router.get("/auswertung")
async def auswertung(request: Request, k: KontextDep) -> Response:
    """Return the page; what is not understood is said and left out."""
    paare = request.query_params.multi_items()
    codes = k.stand.snapshot.index.codes
    abfrage, fehler = parse(paare, codes, auch=NAMEN)
    wahl, auch_falsch = lies(paare, abfrage, codes)
    abfrage = replace(abfrage, projekt=None)
    fehler += auch_falsch
    await k.bereite("kosten")
    return await k.antworte(
        ("auswertung", abfrage.query(), repr(wahl), repr(fehler)),
        lambda: _seite(k, abfrage, wahl, fehler),
    )


def _seite(k: Kontext, abfrage: Abfrage, wahl: Wahl, fehler: tuple[Parameterfehler, ...]) -> bytes:
    ergebnis = suche(k.stand.snapshot.index, abfrage)
    kosten = k.stand.vorbereitet.kosten
    ansicht = auswertungsansicht(k.d, kosten, abfrage, wahl, ergebnis, fehler=fehler)
    return k.html("auswertung", "auswertung.html", ansicht, abfrage, auch=wahl.paare())


@router.get("/auswertung.csv")
async def csv(request: Request, k: KontextDep) -> Response:
    """Return the table as CSV, as German offices open it; bad values are an error."""
    abfrage, wahl = _streng(request, k)
    await k.bereite("kosten")
    return _datei(
        k,
        await k.antworte(
            ("auswertung.csv", abfrage.query(), repr(wahl)),
            lambda: als_csv(k.d, abfrage, wahl, _zaehle(k, abfrage, wahl), k.settings.adresse),
            "text/csv; charset=utf-8",
        ),
        "csv",
    )


@router.get("/auswertung.xlsx")
async def xlsx(request: Request, k: KontextDep) -> Response:
    """Return the table as workbook; bad values are an error."""
    abfrage, wahl = _streng(request, k)
    schluessel = ("auswertung.xlsx", abfrage.query(), repr(wahl))
    mappe = await dienst(request).druckerei.drucke(
        (*k.grundlage, *schluessel),
        lambda: als_mappe(k.d, abfrage, wahl, _zaehle(k, abfrage, wahl), k.settings.adresse),
        modul=_MAPPE,
    )
    return _datei(k, await k.antworte(schluessel, lambda: mappe, MEDIENTYP), "xlsx")


def _streng(request: Request, k: Kontext) -> tuple[Abfrage, Wahl]:
    abfrage = replace(streng(request, k, auch=NAMEN), projekt=None)
    paare = request.query_params.multi_items()
    wahl, fehler = lies(paare, abfrage, k.stand.snapshot.index.codes)
    if fehler:
        raise UngueltigeParameter(fehler)
    # which of the columns the map shows is no matter of the table
    return abfrage, replace(wahl, wert=None)


def _zaehle(k: Kontext, abfrage: Abfrage, wahl: Wahl) -> Auszaehlung:
    index = k.stand.snapshot.index
    treffer = treffermaske(len(index), suche(index, abfrage).zeilen)
    return auszaehlung(k.d, k.stand.vorbereitet.kosten, abfrage, treffer, facetten_der(wahl))


def _datei(k: Kontext, antwort: Response, endung: str) -> Response:
    antwort.headers["content-disposition"] = (
        f'attachment; filename="nordwaerts-auswertung.{endung}"'
    )
    woher = herkunft("projekte", k.stand.snapshot.quellen)
    antwort.headers["link"] = herkunftsverweis(woher)
    return antwort
