"""``/aenderungen`` and ``/feed.atom``: what changed, for any state, without an account."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.aenderungsfrage import Gefragt, frage, in_auswahl, zustand
from app.anfrage import Kontext, KontextDep, nachsichtig, streng
from app.feed import atom
from app.neuigkeiten import nachricht
from app.neuigkeitenseite import neuigkeitenansicht, titel
from app.state import Abfrage, Parameterfehler
from app.zeitvergleich import NAME

router = APIRouter(include_in_schema=False)
_IM_FEED: Final = 100
"""Messages of a feed; readers ask often and keep what they had."""


@router.get("/aenderungen")
async def aenderungen(request: Request, k: KontextDep) -> Response:
    """Return the messages in the asked state, or with ``seit`` what differs since then."""
    g = nachsichtig(request, k, auch=(NAME,))
    abfrage = zustand(g.abfrage)
    gefragt = await frage(k, abfrage)
    fehler = (*g.fehler, *gefragt.fehler)
    return await k.antworte(
        ("aenderungen", abfrage.query(), str(g.seite), gefragt.schluessel, repr(fehler)),
        lambda: _seite(k, abfrage, gefragt, fehler, g.seite),
    )


@router.get("/feed.atom")
async def feed(request: Request, k: KontextDep) -> Response:
    """Return the newest messages in the asked state as Atom; bad values are an error."""
    abfrage = zustand(streng(request, k))
    return await k.antworte(
        ("feed", abfrage.query()), lambda: _feed(k, abfrage), "application/atom+xml; charset=utf-8"
    )


def _seite(
    k: Kontext,
    abfrage: Abfrage,
    gefragt: Gefragt,
    fehler: tuple[Parameterfehler, ...],
    nummer: int,
) -> bytes:
    ansicht = neuigkeitenansicht(
        k.d,
        abfrage,
        gefragt.meldungen,
        gefragt.erlaubt,
        gefragt.seit,
        fehler=fehler,
        nummer=nummer,
    )
    auch = gefragt.seit.paare() if gefragt.seit else ()
    return k.html("aenderungen", "aenderungen.html", ansicht, abfrage, auch=auch)


def _feed(k: Kontext, abfrage: Abfrage) -> bytes:
    urls, d = k.fassung.urls, k.d
    alle = k.stand.vorbereitet.meldungen
    neueste = [nachricht(m, d) for m in in_auswahl(k, abfrage, alle)[:_IM_FEED]]
    return atom(
        neueste,
        d,
        titel=titel(d, abfrage),
        seite=urls.aenderungen(abfrage),
        feed=urls.feed(abfrage),
        basis=k.settings.adresse,
    )
