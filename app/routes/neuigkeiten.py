"""``/aenderungen`` and ``/feed.atom``: what changed, for any state, without an account."""

from dataclasses import replace
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.anfrage import Gelesen, GelesenDep, Kontext, KontextDep, streng
from app.feed import atom
from app.neuigkeiten import nachricht
from app.neuigkeitenseite import neuigkeitenansicht
from app.protokoll import Meldung, auswahl
from app.query import suche
from app.state import Abfrage

router = APIRouter(include_in_schema=False)
_IM_FEED: Final = 100
"""Messages of a feed; readers ask often and keep what they had."""


@router.get("/aenderungen")
async def aenderungen(k: KontextDep, g: GelesenDep) -> Response:
    """Return the page of messages in the asked state."""
    abfrage = _zustand(g.abfrage)
    return k.antworte(
        ("aenderungen", abfrage.query(), str(g.seite), repr(g.fehler)),
        lambda: _seite(k, g, abfrage),
    )


@router.get("/feed.atom")
async def feed(request: Request, k: KontextDep) -> Response:
    """Return the newest messages in the asked state as Atom; bad values are an error."""
    abfrage = _zustand(streng(request, k))
    return k.antworte(
        ("feed", abfrage.query()), lambda: _feed(k, abfrage), "application/atom+xml; charset=utf-8"
    )


def _zustand(abfrage: Abfrage) -> Abfrage:
    """Return the state without what says nothing about messages: their order is time."""
    return replace(abfrage, sort=None, projekt=None)


def _gewaehlt(k: Kontext, abfrage: Abfrage) -> tuple[Meldung, ...]:
    index, ids = k.d.index, None
    if abfrage.filtert:
        ids = frozenset(index.ids[zeile] for zeile in suche(index, abfrage).zeilen)
    return auswahl(k.stand.vorbereitet.meldungen, ids)


def _seite(k: Kontext, g: Gelesen, abfrage: Abfrage) -> bytes:
    ansicht = neuigkeitenansicht(k.d, abfrage, _gewaehlt(k, abfrage), g.fehler, g.seite)
    return k.html("aenderungen", "aenderungen.html", ansicht, abfrage)


def _feed(k: Kontext, abfrage: Abfrage) -> bytes:
    urls, d = k.fassung.urls, k.d
    neueste = [nachricht(m, d) for m in _gewaehlt(k, abfrage)[:_IM_FEED]]
    ansicht = neuigkeitenansicht(d, abfrage, (), (), 1)
    return atom(
        neueste,
        d,
        titel=ansicht.titel,
        seite=urls.aenderungen(abfrage),
        feed=urls.feed(abfrage),
        basis=k.settings.adresse,
    )
