"""The context of ``beteiligte.html``: the organisations of a state as a table."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from app.beteiligte.auswahl import ORDNUNGEN, Auswahl, Wahl, Zeile
from app.darstellung import Darstellung, Text
from app.errors import satz as fehlersatz
from app.felder import Feld, Teil
from app.filterform import Gruppe, filterform
from app.neuigkeitenseite import ChipLink
from app.query import Ergebnis
from app.satz import chips, filterworte
from app.seiten import sicher
from app.state import Abfrage, Parameterfehler

DATEIEN: Final = (".csv", ".xlsx", ".json")
_GRUPPEN: Final = frozenset(
    {"handlungsfeld", "stadtbezirk", "status", "wirkungsfeld", "themenfeld", "projektfamilie"}
)
"""The facets that the form offers; what else the state holds goes along unseen."""
_GENANNT: Final = 3
"""Projects a cell names; who has more has a page for them."""


@dataclass(frozen=True, slots=True)
class Rollenzelle:
    """The projects of one role: the first of them, and how many more the own page names."""

    anzahl: int
    projekte: tuple[Teil, ...]
    weitere: str
    mehr: str


@dataclass(frozen=True, slots=True)
class Reihe:
    """One row of the table.

    Attributes
    ----------
    href
        Its page, empty for a description.
    auswahl
        Its projects as list in the same state, empty where no address says that.
    """

    name: Text
    href: str
    varianten: Text
    anzahl: int
    auswahl: str
    traeger: Rollenzelle
    partner: Rollenzelle
    bezirke: Feld


@dataclass(frozen=True, slots=True)
class Spalte:
    """A heading that sorts; ``richtung`` is the value of ``aria-sort``, empty for the others."""

    name: str
    titel: str
    href: str
    richtung: str


@dataclass(frozen=True, slots=True)
class Beteiligtenansicht:
    """What the page shows; ``texte`` is the sentence that the browser code fills, as JSON."""

    titel: str
    satz: str
    grundlage: str
    hinweise: tuple[str, ...]
    chips: tuple[ChipLink, ...]
    wahl: Wahl
    ordnungen: tuple[tuple[str, str], ...]
    gruppen: tuple[Gruppe, ...]
    verborgen: tuple[tuple[str, str], ...]
    zuruecksetzen: str
    spalten: tuple[Spalte, ...]
    reihen: tuple[Reihe, ...]
    beschreibungen: tuple[Reihe, ...]
    dateien: tuple[tuple[str, str], ...]
    liste: str
    karte: str
    texte: Markup


def beteiligtenansicht(
    d: Darstellung,
    abfrage: Abfrage,
    wahl: Wahl,
    ergebnis: Ergebnis,
    auswahl: Auswahl,
    *,
    fehler: Sequence[Parameterfehler],
) -> Beteiligtenansicht:
    """Return the context of a state and of what is asked of the list."""
    t, urls, labels = d.t, d.urls, d.labels.facetten
    worte = t("satz.trenner").join(filterworte(abfrage, t, labels))
    eigene = wahl.paare()
    return Beteiligtenansicht(
        titel=t("beteiligte.titel.zu", auswahl=worte) if worte else t("beteiligte.titel"),
        satz=t("beteiligte.anzahl", len(auswahl.organisationen)),
        grundlage=t("beteiligte.grundlage", auswahl.projekte),
        hinweise=tuple(fehlersatz(t, einzeln) for einzeln in fehler),
        chips=tuple(
            ChipLink(chip.text, urls.beteiligte(chip.ohne, eigene))
            for chip in chips(abfrage, t, labels)
        ),
        wahl=wahl,
        ordnungen=tuple(
            (vor + ordnung, t(f"beteiligte.ordnung.{vor}{ordnung}"))
            for ordnung in ORDNUNGEN
            for vor in (("", "-") if ordnung == "name" else ("-", ""))
        ),
        gruppen=tuple(
            gruppe
            for gruppe in filterform(abfrage, ergebnis, d, urls.beteiligte()).gruppen
            if gruppe.name in _GRUPPEN
        ),
        verborgen=tuple(paar for paar in abfrage.paare() if paar[0] not in _GRUPPEN),
        zuruecksetzen=urls.beteiligte(abfrage.ungefiltert()),
        spalten=tuple(_spalten(d, abfrage, wahl)),
        reihen=tuple(_reihe(zeile, abfrage, d) for zeile in auswahl.organisationen),
        beschreibungen=tuple(_reihe(zeile, abfrage, d) for zeile in auswahl.beschreibungen),
        dateien=tuple((name[1:], urls.beteiligte(abfrage, eigene, name)) for name in DATEIEN),
        liste=urls.liste(abfrage),
        karte=urls.karte(abfrage),
        texte=sicher(t.auszug("beteiligte.anzahl")),
    )


def _spalten(d: Darstellung, abfrage: Abfrage, wahl: Wahl) -> Iterable[Spalte]:
    """Yield the headings; each leads to its order, numbers from the largest, or turns it round."""
    feld = wahl.ordnung.removeprefix("-")
    for name in ORDNUNGEN:
        zuerst = name if name == "name" else f"-{name}"
        umgekehrt = f"-{name}" if zuerst == name else name
        neu = umgekehrt if wahl.ordnung == zuerst else zuerst
        richtung = "descending" if wahl.ordnung.startswith("-") else "ascending"
        yield Spalte(
            name,
            d.t(f"beteiligte.spalte.{name}"),
            d.urls.beteiligte(abfrage, replace(wahl, ordnung=neu).paare()),
            richtung if name == feld else "",
        )


def _reihe(zeile: Zeile, abfrage: Abfrage, d: Darstellung) -> Reihe:
    code = zeile.wer.code
    href = d.urls.beteiligter(code) if code else ""
    return Reihe(
        name=d.deutsch(zeile.wer.name),
        href=href,
        varianten=d.deutsch(d.t("satz.trenner").join(zeile.wer.varianten)),
        anzahl=len(zeile.zeilen),
        auswahl=_adresse(code, abfrage, d),
        traeger=_zelle(zeile.rollen["traeger"], f"{href}#traeger" if href else "", d),
        partner=_zelle(zeile.rollen["partner"], f"{href}#partner" if href else "", d),
        bezirke=bezirke(zeile.zeilen, d),
    )


def _adresse(code: str, abfrage: Abfrage, d: Darstellung) -> str:
    """Return the list of exactly the counted projects.

    Within the projects of other organisations there is none: ``beteiligt`` twice is either, not
    both of them.
    """
    schon = abfrage.facetten.get("beteiligt", ())
    if not code or (schon and schon != (code,)):
        return ""
    return d.urls.liste(replace(abfrage, facetten={**abfrage.facetten, "beteiligt": (code,)}))


def _zelle(zeilen: Sequence[int], mehr: str, d: Darstellung) -> Rollenzelle:
    genannt = zeilen if len(zeilen) <= _GENANNT + 1 or not mehr else zeilen[:_GENANNT]
    rest = len(zeilen) - len(genannt)
    return Rollenzelle(
        len(zeilen),
        tuple(projektlink(zeile, d) for zeile in genannt),
        d.t("beteiligte.weitere", rest) if rest else "",
        mehr,
    )


def projektlink(zeile: int, d: Darstellung) -> Teil:
    """Return the name of a project as link to its Steckbrief."""
    projekt = d.snapshot.projekte[zeile]
    name = d.deutsch(projekt["name"])
    return Teil(name.text, d.urls.projekt(projekt["id"]), lang=name.lang)


def bezirkscodes(zeilen: Iterable[int], d: Darstellung) -> tuple[str, ...]:
    """Return the codes of all districts that the projects name, in the order of the list."""
    genannt = {code for z in zeilen for code in d.snapshot.projekte[z].get("stadtbezirke") or ()}
    return tuple(code for code in d.labels.facetten["stadtbezirk"] if code in genannt)


def bezirke(zeilen: Iterable[int], d: Darstellung) -> Feld:
    """Return these districts as links to their pages."""
    namen, seiten = d.labels.facetten["stadtbezirk"], d.snapshot.orte["stadtbezirke"]
    return Feld(
        d.t("beteiligte.spalte.stadtbezirke"),
        tuple(
            Teil(namen[code], d.urls.stadtbezirk(code) if code in seiten else None)
            for code in bezirkscodes(zeilen, d)
        ),
        d.t("satz.trenner"),
    )
