"""``/einbetten``: the map for an iframe, and the assistant that makes the code for one."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.anfrage import Gelesen, Kontext, KontextDep, nachsichtig
from app.einbetten import wahl
from app.einbetten.wahl import Rahmenwahl
from app.query import suche
from app.seiten import Rahmen, ergebnisansicht
from app.urls import RAHMEN

router = APIRouter(include_in_schema=False)


@router.get(RAHMEN)
async def einbetten(request: Request, k: KontextDep) -> Response:
    """Return the map, the list or both for an iframe, in the asked state."""
    g = nachsichtig(request, k, wahl.NAMEN)
    rahmen, auch_falsch = wahl.lies(request.query_params.multi_items())
    g = replace(g, fehler=g.fehler + auch_falsch)
    schluessel = ("einbetten", g.abfrage.query(), repr(rahmen), str(g.seite), repr(g.fehler))
    return k.antworte(schluessel, lambda: _rahmenseite(k, g, rahmen))


def _rahmenseite(k: Kontext, g: Gelesen, rahmen: Rahmenwahl) -> bytes:
    # links inside the frame keep how it shows the map
    urls = replace(k.fassung.urls, rahmen=rahmen.paare())
    d = replace(k.d, fassung=replace(k.fassung, urls=urls))
    ergebnis = suche(k.stand.snapshot.index, g.abfrage)
    ansicht = ergebnisansicht(d, g.abfrage, ergebnis, g.fehler, ziel=RAHMEN, nummer=g.seite)
    ansicht = replace(
        ansicht,
        rahmen=Rahmen(
            rahmen.ansicht,
            rahmen.waechst,
            k.settings.frame_ancestors,
            urls.liste(replace(g.abfrage, projekt=None)),
        ),
    )
    return k.html("einbetten", "einbetten.html", ansicht, g.abfrage, auch=rahmen.paare())
