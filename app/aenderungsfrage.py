"""Which messages a request for ``/aenderungen`` asks for, the same for the page and its files."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool

from app import ortszeit
from app.anfrage import Kontext, dienst
from app.protokoll import Meldung, auswahl
from app.query import suche
from app.state import Abfrage, Parameterfehler
from app.zeitvergleich import NAME, Moeglich, Seit, lies, moeglich
from layers.ablage import Beschaedigt


@dataclass(frozen=True, slots=True)
class Gefragt:
    """The messages of a state: of the whole log, or with ``seit`` what differs since then."""

    seit: Seit | None
    erlaubt: Moeglich
    meldungen: tuple[Meldung, ...]
    fehler: tuple[Parameterfehler, ...]

    @property
    def schluessel(self) -> str:
        """What an answer depends on beside build and state: the publications can be chosen."""
        return repr((self.seit, self.erlaubt.builds))


def zustand(abfrage: Abfrage) -> Abfrage:
    """Return the state without what says nothing about messages: their order is time."""
    return replace(abfrage, sort=None, projekt=None)


async def frage(k: Kontext, abfrage: Abfrage) -> Gefragt:
    """Return what is asked for; a ``seit`` that names nothing is left out and said."""
    quelle, vorbereitet = dienst(k.request).store.quelle, k.stand.vorbereitet
    erlaubt = moeglich(k.stand.snapshot, quelle.builds(), ortszeit.heute())
    seit, fehler = lies(k.request.query_params.multi_items(), erlaubt)
    alle = vorbereitet.meldungen
    if seit:
        try:
            alle = await run_in_threadpool(vorbereitet.zeitvergleich.seit, seit, quelle)
        except Beschaedigt:
            # cleared away since it was listed, or not readable: as if it were not kept
            fehler = (Parameterfehler(NAME, str(seit.von), NAME, str(erlaubt)),)
            seit = None
    return Gefragt(seit, erlaubt, in_auswahl(k, abfrage, alle), fehler)


def in_auswahl(k: Kontext, abfrage: Abfrage, alle: Iterable[Meldung]) -> tuple[Meldung, ...]:
    """Return the messages on the projects of a state."""
    index, ids = k.d.index, None
    if abfrage.filtert:
        ids = frozenset(index.ids[zeile] for zeile in suche(index, abfrage).zeilen)
    return auswahl(alle, ids)
