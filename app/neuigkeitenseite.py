"""The context of ``aenderungen.html``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from babel.dates import format_date

from app.darstellung import Darstellung
from app.errors import satz as fehlersatz
from app.neuigkeiten import Tag, tage
from app.protokoll import Meldung
from app.satz import chips, filterworte
from app.state import Abfrage, Parameterfehler

PRO_SEITE: Final = 100


@dataclass(frozen=True, slots=True)
class ChipLink:
    """An active filter and the address without it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Neuigkeitenansicht:
    """What the page shows.

    Attributes
    ----------
    seit
        Sentence that says when the log begins.
    gefiltert
        Whether a filter narrows the messages: those about gone projects are left out then.
    """

    titel: str
    satz: str
    seit: str
    gefiltert: bool
    chips: tuple[ChipLink, ...]
    hinweise: tuple[str, ...]
    tage: tuple[Tag, ...]
    feed: str
    liste: str
    karte: str
    vorige: str | None
    naechste: str | None


def neuigkeitenansicht(
    d: Darstellung,
    abfrage: Abfrage,
    gewaehlt: Sequence[Meldung],
    fehler: Sequence[Parameterfehler],
    nummer: int,
) -> Neuigkeitenansicht:
    """Return the context for one page of messages; beyond the end it is the last one."""
    t, urls, labels = d.t, d.urls, d.labels.facetten
    seiten = max(1, -(-len(gewaehlt) // PRO_SEITE))
    nummer = min(nummer, seiten)
    worte = t("satz.trenner").join(filterworte(abfrage, t, labels))
    adresse = urls.aenderungen(abfrage)

    def blatt(n: int) -> str | None:
        return f"{adresse}{'&' if '?' in adresse else '?'}seite={n}" if 1 <= n <= seiten else None

    return Neuigkeitenansicht(
        titel=t("neuigkeiten.titel.zu", auswahl=worte) if worte else t("neuigkeiten.titel"),
        satz=t("neuigkeiten.anzahl", len(gewaehlt)) if gewaehlt else t("neuigkeiten.keine"),
        seit=t("neuigkeiten.seit", datum=_beginn(d)),
        gefiltert=abfrage.filtert,
        chips=tuple(
            ChipLink(chip.text, urls.aenderungen(chip.ohne)) for chip in chips(abfrage, t, labels)
        ),
        hinweise=tuple(fehlersatz(t, einzeln) for einzeln in fehler),
        tage=tage(gewaehlt[(nummer - 1) * PRO_SEITE : nummer * PRO_SEITE], d),
        feed=urls.feed(abfrage),
        liste=urls.liste(abfrage),
        karte=urls.karte(abfrage),
        vorige=blatt(nummer - 1),
        naechste=blatt(nummer + 1),
    )


def _beginn(d: Darstellung) -> str:
    """Return the day from which changes are known: the first entry's, else this build's."""
    eintraege = d.snapshot.aenderungen
    zeit = eintraege[-1]["zeit"] if eintraege else d.snapshot.erstellt
    return format_date(datetime.fromisoformat(zeit).date(), "long", locale=d.t.locale)
