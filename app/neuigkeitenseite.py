"""The context of ``aenderungen.html``."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from babel.dates import format_date

from app.darstellung import Darstellung
from app.errors import satz as fehlersatz
from app.neuigkeiten import Gruppe, arten, tage
from app.ortszeit import in_worten, tag
from app.protokoll import Meldung
from app.satz import chips, filterworte
from app.state import Abfrage, Parameterfehler
from app.zeitvergleich import Moeglich, Seit, veroeffentlicht

PRO_SEITE: Final = 100
DATEIEN: Final = ("csv", "json")


@dataclass(frozen=True, slots=True)
class ChipLink:
    """An active filter and the address without it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Publikation:
    """A kept build that the present can be compared with."""

    id: str
    text: str
    gewaehlt: bool


@dataclass(frozen=True, slots=True)
class Vergleichsform:
    """Chooses with what to compare: a publication or a day.

    Attributes
    ----------
    ab
        The first day there is something about (ISO 8601).
    tag
        The day that is chosen, or nothing.
    verborgen
        The state, which stays.
    aufheben
        Address of the log without comparison; empty while there is none.
    """

    publikationen: tuple[Publikation, ...]
    ab: str
    tag: str
    verborgen: tuple[tuple[str, str], ...]
    aufheben: str


@dataclass(frozen=True, slots=True)
class Neuigkeitenansicht:
    """What the page shows.

    Attributes
    ----------
    seit
        Sentence that says when the log begins, or with what is compared.
    verglichen
        Whether then and now are compared: all changes between are one then.
    dateien
        (kind, address) of the files that hold what is shown.
    gefiltert
        Whether a filter narrows the messages: those about gone projects are left out then.
    """

    titel: str
    satz: str
    seit: str
    verglichen: bool
    gefiltert: bool
    chips: tuple[ChipLink, ...]
    hinweise: tuple[str, ...]
    form: Vergleichsform
    gruppen: tuple[Gruppe, ...]
    dateien: tuple[tuple[str, str], ...]
    feed: str
    liste: str
    karte: str
    vorige: str | None
    naechste: str | None


def neuigkeitenansicht(
    d: Darstellung,
    abfrage: Abfrage,
    gewaehlt: Sequence[Meldung],
    erlaubt: Moeglich,
    seit: Seit | None = None,
    *,
    fehler: Sequence[Parameterfehler] = (),
    nummer: int = 1,
) -> Neuigkeitenansicht:
    """Return the context for one page of messages; beyond the end it is the last one."""
    t, urls, labels = d.t, d.urls, d.labels.facetten
    seiten = max(1, -(-len(gewaehlt) // PRO_SEITE))
    nummer = min(nummer, seiten)
    auch = seit.paare() if seit else ()
    blatt = gewaehlt[(nummer - 1) * PRO_SEITE : nummer * PRO_SEITE]

    def seite(n: int) -> str | None:
        eigene = (*auch, ("seite", str(n)))
        return urls.aenderungen(abfrage, eigene) if 1 <= n <= seiten else None

    return Neuigkeitenansicht(
        titel=titel(d, abfrage),
        satz=_satz(d, len(gewaehlt), seit),
        seit=_seit(d, seit),
        verglichen=seit is not None,
        gefiltert=abfrage.filtert,
        chips=tuple(
            ChipLink(chip.text, urls.aenderungen(chip.ohne, auch))
            for chip in chips(abfrage, t, labels)
        ),
        hinweise=tuple(fehlersatz(t, einzeln) for einzeln in fehler),
        form=_form(d, abfrage, erlaubt, seit),
        gruppen=arten(blatt, d) if seit else tage(blatt, d),
        dateien=tuple((art, urls.aenderungen(abfrage, auch, f".{art}")) for art in DATEIEN),
        feed=urls.feed(abfrage),
        liste=urls.liste(abfrage),
        karte=urls.karte(abfrage),
        vorige=seite(nummer - 1),
        naechste=seite(nummer + 1),
    )


def titel(d: Darstellung, abfrage: Abfrage) -> str:
    """Return what page and feed of a state are called."""
    worte = d.t("satz.trenner").join(filterworte(abfrage, d.t, d.labels.facetten))
    return d.t("neuigkeiten.titel.zu", auswahl=worte) if worte else d.t("neuigkeiten.titel")


def _form(d: Darstellung, abfrage: Abfrage, erlaubt: Moeglich, seit: Seit | None) -> Vergleichsform:
    gewaehlt = str(seit.von) if seit else ""
    publikationen = tuple(
        Publikation(id_, in_worten(veroeffentlicht(id_), d.t), id_ == gewaehlt)
        for id_ in erlaubt.builds
        if id_ != d.snapshot.id or id_ == gewaehlt
    )
    return Vergleichsform(
        publikationen,
        erlaubt.von.isoformat(),
        "" if any(p.gewaehlt for p in publikationen) else gewaehlt,
        tuple(abfrage.paare()),
        d.urls.aenderungen(abfrage) if seit else "",
    )


def _satz(d: Darstellung, anzahl: int, seit: Seit | None) -> str:
    raum = "zeitvergleich" if seit else "neuigkeiten"
    return d.t(f"{raum}.anzahl", anzahl) if anzahl else d.t(f"{raum}.keine")


def _seit(d: Darstellung, seit: Seit | None) -> str:
    if seit is None:
        return d.t("neuigkeiten.seit", datum=_beginn(d))
    if isinstance(seit.von, str):
        wann = in_worten(veroeffentlicht(seit.von), d.t)
        return d.t("zeitvergleich.publikation", wann=wann)
    return d.t("zeitvergleich.tag", datum=format_date(seit.von, "long", locale=d.t.locale))


def _beginn(d: Darstellung) -> str:
    """Return the day from which changes are known: the first entry's, else this build's."""
    eintraege = d.snapshot.aenderungen
    zeit = eintraege[-1]["zeit"] if eintraege else d.snapshot.erstellt
    return format_date(tag(datetime.fromisoformat(zeit)), "long", locale=d.t.locale)
