"""What a handler gets: the snapshot of this request, the catalogue, the parsed state."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any, Final, TypeVar
from urllib.parse import quote

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from app.adressen import Adressverzeichnis
from app.antworten import Antwortspeicher
from app.beiseite import Beiseite
from app.darstellung import Darstellung, Teil, Vorbereitet
from app.druckerei import Druckerei
from app.errors import UngueltigeParameter
from app.fassung import Fassung, verhandelt
from app.grundkarten.angebot import Angebote
from app.katalog import Katalog
from app.kopfdaten import kopfdaten
from app.pforte.rate import Eimer
from app.seiten import Seitenart, seite
from app.seitentexte import melden
from app.settings import Settings
from app.state import Abfrage, Parameterfehler, parse
from app.store import Stand, Store
from app.urls import Paare
from app.vorschaubild import KARTE, bildadresse

MAX_SEITE: Final = 100_000
T = TypeVar("T")
_PERSOENLICH: Final = frozenset({"q", "nahe"})
"""What somebody typed and where somebody is."""


@dataclass(frozen=True, slots=True)
class Dienst:
    """What the application holds for its lifetime."""

    store: Store[Vorbereitet]
    speicher: Antwortspeicher
    adressen: Adressverzeichnis
    settings: Settings
    druckerei: Druckerei
    grundkarten: Angebote
    eimer: Eimer | None
    beiseite: Beiseite


@dataclass(frozen=True, slots=True)
class Kontext:
    """One request: the snapshot it began with stays its snapshot to the end."""

    stand: Stand[Vorbereitet]
    fassung: Fassung
    speicher: Antwortspeicher
    request: Request
    settings: Settings

    @property
    def t(self) -> Katalog:
        """The catalogue of the request's language."""
        return self.fassung.t

    @property
    def d(self) -> Darstellung:
        """The snapshot in the request's language."""
        return self.stand.vorbereitet.darstellung(self.fassung)

    @property
    def grundkarten(self) -> Angebote:
        """The base maps that the settings offer."""
        return dienst(self.request).grundkarten

    @property
    def privat(self) -> bool:
        """Whether the address says something about the visitor: no cache on the way keeps it."""
        return not _PERSOENLICH.isdisjoint(self.request.query_params)

    @property
    def grundlage(self) -> tuple[str, ...]:
        """What every answer depends on beside its own state: build, language, settings."""
        s = self.settings
        return self.stand.snapshot.id, *self.fassung.kennung, s.adresse, s.kontakt

    def html(
        self,
        art: Seitenart,
        vorlage: str,
        ansicht: Any,  # noqa: ANN401
        abfrage: Abfrage | None = None,
        *,
        bild: str = KARTE,
        auch: Paare = (),
    ) -> bytes:
        """Render a page with its typed context.

        ``abfrage`` is its state, if it has one, ``auch`` what its address says beyond that;
        ``bild`` names its preview.
        """
        pfad = self.request.url.path
        rahmen = seite(
            art,
            self.d,
            self.stand.vorbereitet,
            pfad,
            abfrage or Abfrage(),
            auch=auch,
            melden=melden(self.settings.kontakt, self.settings.adresse + quote(pfad), self.t),
        )
        basis = self.settings.adresse
        vorschau = bildadresse(self.stand.snapshot, bild)
        kopf = kopfdaten(art, pfad, self.fassung, basis=basis, bild=vorschau)
        vorlage_ = self.fassung.env.get_template(vorlage)
        return vorlage_.render(seite=rahmen, kopf=kopf, ansicht=ansicht).encode()

    async def nebenher(self, arbeit: Callable[[], T]) -> T:
        """Do what may wait for a database, while others are answered.

        What lies in memory waits for nothing: it is done at once, which is quicker.
        """
        return await run_in_threadpool(arbeit) if self.settings.datenquelle else arbeit()

    async def beiseite(self, was: tuple[str, ...], arbeit: Callable[[], T]) -> T:
        """Do what takes seconds if there are very many projects, while others are answered.

        ``was`` names it among the work for this build.
        """
        schluessel = (self.stand.snapshot.id, *was)
        return await dienst(self.request).beiseite.erledige(schluessel, arbeit)

    async def bereite(self, teil: Teil) -> None:
        """Wait until a part of what is made of the snapshot is there.

        Who asks for one in the event loop has to wait here before: one who came while it is made
        in a thread would hold the loop until it is there.
        """
        vorbereitet = self.stand.vorbereitet
        if not vorbereitet.hat(teil):
            await self.beiseite((teil,), lambda: getattr(vorbereitet, teil))

    async def antworte(
        self,
        schluessel: tuple[str, ...],
        erzeuge: Callable[[], bytes],
        medientyp: str = "text/html",
        status: int = 200,
        *,
        schwer: bool = False,
    ) -> Response:
        """Answer with what ``erzeuge`` makes, or made before for this build and key.

        ``schwer``: it looks at every project that the state selects, and may take as long.
        """
        ganzer = (*self.grundlage, *schluessel)
        arbeit = partial(
            self.speicher.antworte,
            self.request,
            ganzer,
            erzeuge,
            medientyp,
            lang=self.t.sprache.lang,
            status=status,
            privat=self.privat,
        )
        if schwer and not self.speicher.kennt(self.request, ganzer):
            return await self.beiseite(ganzer, arbeit)
        return await self.nebenher(arbeit)


def dienst(request: Request) -> Dienst:
    """Return the lifetime state of the application."""
    gefunden: Dienst = request.app.state.dienst
    return gefunden


def kontext(request: Request) -> Kontext:
    """Return what this request sees."""
    d = dienst(request)
    gewaehlt = request.query_params.getlist("sprache")
    fassung = verhandelt(gewaehlt, request.headers.get("accept-language"))
    return Kontext(d.store.stand, fassung, d.speicher, request, d.settings)


@dataclass(frozen=True, slots=True)
class Gelesen:
    """A parsed query string: the state, what was not understood, the page of the list."""

    abfrage: Abfrage
    fehler: tuple[Parameterfehler, ...]
    seite: int


KontextDep = Annotated[Kontext, Depends(kontext)]


def gelesen(request: Request, k: KontextDep) -> Gelesen:
    """Parse leniently, for pages: what is not understood is kept to be said."""
    return nachsichtig(request, k)


def nachsichtig(request: Request, k: Kontext, auch: tuple[str, ...] = ()) -> Gelesen:
    """Parse leniently; ``auch`` are parameters that the page reads itself."""
    paare = request.query_params.multi_items()
    abfrage, fehler = parse(paare, k.stand.snapshot.index.codes, auch=("seite", *auch))
    nummer, seitenfehler = zahl(request, "seite", 1, (1, MAX_SEITE))
    if abfrage.projekt and abfrage.projekt not in k.stand.snapshot.index.zeile:
        fehler += (Parameterfehler("projekt", abfrage.projekt, "projekt"),)
    return Gelesen(abfrage, fehler + seitenfehler, nummer)


def zahl(
    request: Request, name: str, vorgabe: int, grenzen: tuple[int, int]
) -> tuple[int, tuple[Parameterfehler, ...]]:
    """Read a whole number that belongs to one surface only (page, limit, offset)."""
    werte = [w for w in request.query_params.getlist(name) if w]
    if not werte:
        return vorgabe, ()
    von, bis = grenzen
    wert = werte[0]
    if (
        len(werte) == 1
        and wert.isascii()
        and wert.isdigit()
        and len(wert) < 10
        and von <= int(wert) <= bis
    ):
        return int(wert), ()
    return vorgabe, (Parameterfehler(name, ", ".join(werte)[:200], "anzahl", f"{von}–{bis}"),)


def streng(request: Request, k: KontextDep, auch: tuple[str, ...] = ()) -> Abfrage:
    """Parse strictly, for data: anything not understood is an error.

    Raises
    ------
    UngueltigeParameter
        At least one value was not understood.
    """
    paare = request.query_params.multi_items()
    abfrage, fehler = parse(paare, k.stand.snapshot.index.codes, auch=auch)
    if fehler:
        raise UngueltigeParameter(fehler)
    return abfrage


GelesenDep = Annotated[Gelesen, Depends(gelesen)]
