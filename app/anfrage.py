"""What a handler gets: the snapshot of this request, the catalogue, the parsed state."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import Depends, Request
from jinja2 import Environment
from starlette.responses import Response

from app.adressen import Adressverzeichnis
from app.antworten import Antwortspeicher
from app.darstellung import Vorbereitet
from app.errors import UngueltigeParameter
from app.katalog import Katalog
from app.seiten import Seitenart, seite
from app.state import Abfrage, Parameterfehler, parse
from app.store import Stand, Store

MAX_SEITE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Dienst:
    """What the application holds for its lifetime."""

    store: Store[Vorbereitet]
    t: Katalog
    env: Environment
    speicher: Antwortspeicher
    adressen: Adressverzeichnis


@dataclass(frozen=True, slots=True)
class Kontext:
    """One request: the snapshot it began with stays its snapshot to the end."""

    stand: Stand[Vorbereitet]
    t: Katalog
    env: Environment
    speicher: Antwortspeicher
    request: Request

    def html(self, art: Seitenart, vorlage: str, ansicht: Any) -> bytes:  # noqa: ANN401
        """Render a page with its typed context."""
        vorlage_ = self.env.get_template(vorlage)
        return vorlage_.render(seite=seite(art, self.stand), ansicht=ansicht).encode()

    def antworte(
        self,
        schluessel: tuple[str, ...],
        erzeuge: Callable[[], bytes],
        medientyp: str = "text/html",
        status: int = 200,
    ) -> Response:
        """Answer with what ``erzeuge`` makes, or made before for this build and key."""
        ganz = (self.stand.snapshot.id, *schluessel)
        return self.speicher.antworte(self.request, ganz, erzeuge, medientyp, status)


def dienst(request: Request) -> Dienst:
    """Return the lifetime state of the application."""
    gefunden: Dienst = request.app.state.dienst
    return gefunden


def kontext(request: Request) -> Kontext:
    """Return what this request sees."""
    d = dienst(request)
    return Kontext(d.store.stand, d.t, d.env, d.speicher, request)


@dataclass(frozen=True, slots=True)
class Gelesen:
    """A parsed query string: the state, what was not understood, the page of the list."""

    abfrage: Abfrage
    fehler: tuple[Parameterfehler, ...]
    seite: int


KontextDep = Annotated[Kontext, Depends(kontext)]


def gelesen(request: Request, k: KontextDep) -> Gelesen:
    """Parse leniently, for pages: what is not understood is kept to be said."""
    paare = request.query_params.multi_items()
    abfrage, fehler = parse(paare, k.stand.snapshot.index.codes, auch=("seite",))
    nummer, seitenfehler = zahl(request, "seite", 1, (1, MAX_SEITE))
    if abfrage.projekt and abfrage.projekt not in k.stand.snapshot.index.zeile:
        fehler += (Parameterfehler("projekt", abfrage.projekt, "projekt"),)
    return Gelesen(abfrage, fehler + seitenfehler, nummer)


def zahl(
    request: Request, name: str, vorgabe: int, grenzen: tuple[int, int]
) -> tuple[int, tuple[Parameterfehler, ...]]:
    """Read a whole number that belongs to one surface only (page, limit, offset)."""
    werte = [w for w in request.query_params.getlist(name) if w.strip()]
    if not werte:
        return vorgabe, ()
    von, bis = grenzen
    wert = werte[0].strip()
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
