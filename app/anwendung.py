"""The application: everything is put together here, and nowhere else."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

from fastapi import FastAPI, Request
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, Response

from app import errors
from app.adressen import Adressverzeichnis
from app.anfrage import Dienst, kontext
from app.antworten import Antwortspeicher
from app.beiseite import Beiseite
from app.darstellung import Vorbereitet
from app.dateien import DateiApp
from app.druckerei import Druckerei
from app.grundkarten.angebot import KACHELDATEI, Angebote, angebote
from app.kopfanfrage import Kopfanfrage
from app.kopfzeilen import Kopfzeilen
from app.kurzweg import Kurzweg
from app.meldung import Meldung
from app.pforte.auffang import Auffang
from app.pforte.besucher import Besucher
from app.pforte.rate import Eimer, Rate
from app.pforte.schranke import Masse, Schranke
from app.quelle import Ordner, Quelle
from app.routes import (
    api,
    auswertung,
    bericht,
    beteiligte,
    dokumente,
    einbetten,
    exporte,
    gesundheit,
    kacheln,
    karte,
    neuigkeiten,
    offenedaten,
    ogc,
    steckbriefe,
    suche,
    suchmaschinen,
    texte,
    vorschau,
    zeitvergleich,
    zwischenbilanz,
)
from app.settings import Settings
from app.store import Store
from app.teildatei import Teildatei

_DATEN = (
    "/aenderungen.",
    "/api/",
    "/auswertung.",
    "/bericht/",
    "/beteiligte.",
    "/catalog",
    "/daten/",
    "/export.",
    "/gesundheit",
    "/kacheln/",
    "/ogc",
    "/openapi.json",
    "/suche",
)


def create_app(settings: Settings) -> FastAPI:
    """Return the service over the published build.

    Raises
    ------
    app.store.BuildFehler
        There is no build that can be served.
    app.grundkarten.kacheldatei.Kacheldateifehler
        The file of the base map cannot be used.
    """
    grundkarten = angebote(settings)
    rate = settings.rate_pro_sekunde
    eimer = Eimer(rate, settings.rate_vorrat) if rate else None
    store: Store[Vorbereitet] = Store(_quelle(settings), Vorbereitet)
    # processes may be forked now, and connections are not to be shared
    store.quelle.schliesse()
    app = FastAPI(
        title="nordwärts-Karte",
        version="1",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # Starlette's own redirect repeats what the Host header claims
        lifespan=_beobachtet(store, settings.poll_seconds),
        middleware=[
            *_pforte(settings, grundkarten, eimer),
            Middleware(DateiApp, finde=store.datei),
            Middleware(Kurzweg, muster=ogc.ITEMS, antworte=ogc.items_bereit),
            Middleware(
                Teildatei,
                pfad=KACHELDATEI,
                ort=settings.grundkarte_pmtiles,
                medientyp="application/vnd.pmtiles",
            ),
        ],
    )
    adressen = Adressverzeichnis(settings.adressen)
    app.state.dienst = Dienst(
        store, Antwortspeicher(), adressen, settings, Druckerei(), grundkarten, eimer, Beiseite()
    )
    # routes are tried one after the other: what programs ask for by the thousand comes first;
    # documents before Steckbriefe: "/projekte/{id}" would take "x.pdf" for an id
    for route in (
        ogc,
        kacheln,
        api,
        karte,
        einbetten,
        dokumente,
        steckbriefe,
        exporte,
        suche,
        suchmaschinen,
        neuigkeiten,
        zeitvergleich,
        bericht,
        offenedaten,
        beteiligte,
        zwischenbilanz,
        auswertung,
        texte,
        vorschau,
        gesundheit,
    ):
        app.include_router(route.router)
    app.add_exception_handler(errors.Fehler, _fehler)
    app.add_exception_handler(HTTPException, _vom_router)
    return app


def _pforte(settings: Settings, grundkarten: Angebote, eimer: Eimer | None) -> list[Middleware]:
    """Return what every request passes before anything is looked up, outermost first."""
    masse = Masse(
        settings.max_adresse_bytes,
        settings.max_parameter,
        settings.max_kopf_bytes,
        settings.max_inhalt_bytes,
        frozenset(settings.erlaubte_hosts),
    )
    pforte = [
        Middleware(Besucher, proxys=settings.vertraute_proxys, kopf=settings.proxy_kopf),
        Middleware(
            Kopfzeilen,
            frame_ancestors=settings.frame_ancestors,
            fremde=grundkarten.csp,
            hsts_sekunden=settings.hsts_sekunden,
        ),
        Middleware(Auffang, antworte=_unerwartet),
        Middleware(Kopfanfrage),
        Middleware(Schranke, masse=masse),
    ]
    if eimer is not None:
        pforte.append(Middleware(Rate, eimer=eimer))
    return pforte


def _quelle(settings: Settings) -> Quelle:
    if not settings.datenquelle:
        return Ordner(settings.build_dir)
    # imported here: nobody else pays for the database driver
    from app.postgis.quelle import Datenbank  # noqa: PLC0415

    return Datenbank(settings.datenquelle)


def _beobachtet(store: Store[Any], sekunden: float) -> Any:  # noqa: ANN401
    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        waechter = asyncio.create_task(_folge(store, sekunden))
        yield
        waechter.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await waechter
        store.quelle.schliesse()

    return lifespan


async def _folge(store: Store[Any], sekunden: float) -> None:
    while True:
        await asyncio.sleep(sekunden)
        await asyncio.to_thread(store.aktualisiere)


def _antwort(request: Request, fehler: errors.Fehler, kennung: str = "") -> Response:
    k = kontext(request)
    if request.scope["path"].startswith(_DATEN):
        return errors.problem(fehler, k.t, request.scope["path"], kennung)
    meldung = Meldung(
        k.t(f"problem.{fehler.typ}.titel"), k.t(f"problem.{fehler.typ}.text", kennung=kennung)
    )
    return HTMLResponse(k.html("fehler", "fehler.html", meldung), fehler.status, fehler.kopf)


async def _fehler(request: Request, fehler: Exception) -> Response:
    assert isinstance(fehler, errors.Fehler)  # noqa: S101
    return _antwort(request, fehler)


async def _vom_router(request: Request, fehler: Exception) -> Response:
    assert isinstance(fehler, HTTPException)  # noqa: S101
    pfad = request.scope["path"]
    if fehler.status_code == 404 and pfad.endswith("/") and (ziel := pfad.strip("/")):
        query = request.url.query
        return Response(
            status_code=307, headers={"location": f"/{quote(ziel)}{'?' if query else ''}{query}"}
        )
    antwort = _antwort(request, errors.aus_status(fehler.status_code))
    antwort.headers.update(fehler.headers or {})
    return antwort


async def _unerwartet(request: Request, fehler: Exception) -> Response:
    return _antwort(request, errors.Fehler(), errors.protokolliert(fehler, request))
