"""``/einbetten``: the map for an iframe, and the assistant that makes the code for one."""

from dataclasses import replace

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.anfrage import Gelesen, Kontext, KontextDep, nachsichtig
from app.einbetten import baukasten as bau
from app.einbetten import wahl
from app.einbetten.wahl import Rahmenwahl
from app.fassung import fassung
from app.query import suche
from app.seiten import Rahmen, ergebnisansicht
from app.urls import RAHMEN

router = APIRouter(include_in_schema=False)


@router.get(RAHMEN)
async def einbetten(request: Request, k: KontextDep) -> Response:
    """Return the map, the list or both for an iframe, in the asked state."""
    g = nachsichtig(request, k, wahl.NAMEN)
    rahmen, auch_falsch = wahl.lies(request.query_params.multi_items(), k.grundkarten.namen)
    g = replace(g, fehler=g.fehler + auch_falsch)
    schluessel = ("einbetten", g.abfrage.query(), repr(rahmen), str(g.seite), repr(g.fehler))
    return await k.antworte(schluessel, lambda: _rahmenseite(k, g, rahmen))


def _rahmenseite(k: Kontext, g: Gelesen, rahmen: Rahmenwahl) -> bytes:
    # links inside the frame keep how it shows the map
    urls = replace(k.fassung.urls, rahmen=rahmen.paare())
    d = replace(k.d, fassung=replace(k.fassung, urls=urls))
    ergebnis = suche(k.stand.snapshot.index, g.abfrage)
    ansicht = ergebnisansicht(
        d,
        g.abfrage,
        ergebnis,
        g.fehler,
        ziel=RAHMEN,
        nummer=g.seite,
        grundkarten=k.grundkarten,
        grundkarte=rahmen.grundkarte,
        kacheln_ab=k.settings.kacheln_schwelle,
    )
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


@router.get(bau.ZIEL)
async def baukasten(request: Request, k: KontextDep) -> Response:
    """Return the assistant with the code for what is chosen so far."""
    g = nachsichtig(request, k, bau.NAMEN)
    gewaehlt, auch_falsch = bau.lies(request.query_params.multi_items(), k.grundkarten)
    g = replace(g, abfrage=replace(g.abfrage, sort=None), fehler=g.fehler + auch_falsch)
    return await k.antworte(
        ("baukasten", g.abfrage.query(), repr(gewaehlt), repr(g.fehler)),
        lambda: _baukastenseite(k, g, gewaehlt),
    )


def _baukastenseite(k: Kontext, g: Gelesen, gewaehlt: bau.Bauwahl) -> bytes:
    code = gewaehlt.rahmensprache
    gesprochen = k.t.sprache.code if code in (None, bau.BROWSER) else code
    aussen = k.stand.vorbereitet.darstellung(fassung(str(gesprochen), gewaehlt=True))
    urls = replace(k.fassung.urls, rahmen=gewaehlt.paare())
    ansicht = bau.baukastenansicht(
        replace(k.d, fassung=replace(k.fassung, urls=urls)),
        aussen,
        g.abfrage,
        gewaehlt,
        suche(k.stand.snapshot.index, g.abfrage),
        fehler=g.fehler,
        basis=k.settings.adresse,
        duerfen=k.settings.frame_ancestors,
        grundkarten=k.grundkarten,
    )
    return k.html("baukasten", "baukasten.html", ansicht, g.abfrage, auch=gewaehlt.paare())
