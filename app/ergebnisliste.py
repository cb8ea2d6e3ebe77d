"""The list of a result: its parts, its entries, and what to do where it is empty."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from app.abschnitte import NACH_CODE, Abschnitt, Abschnittsart, abschnitte, sortierung
from app.darstellung import Darstellung
from app.entfernungstext import zeilentext
from app.fundtexte import fund, stellen_mit_name
from app.lockern import Lockerung, lockerungen, nur_gruppe
from app.query import Ergebnis
from app.satz import filterworte
from app.state import Abfrage
from app.vorschlag import vorschlaege
from layers.falten import suchworte

PRO_SEITE: Final = 250


@dataclass(frozen=True, slots=True)
class Listenteil:
    """A part of the list with its entries.

    Attributes
    ----------
    titel, satz
        Heading and explanation, empty where there are none.
    start
        Number of the first entry, counted through the whole result.
    """

    art: Abschnittsart
    titel: str
    satz: str
    start: int
    eintraege: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Ausweg:
    """A link that leads out of an empty result."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Leer:
    """What an empty result says: perhaps other words, fewer filters, or none at all.

    ``ausweglos``: neither other words nor one filter less would help.
    """

    vorschlaege: tuple[Ausweg, ...]
    lockerungen: tuple[Ausweg, ...]
    ausweglos: bool


@dataclass(frozen=True, slots=True)
class Liste:
    """One page of the list.

    ``ohne_ort`` leads to the projects without a location, where the list has others too;
    ``leer`` is None while there is something to show.
    """

    teile: tuple[Listenteil, ...]
    seite: int
    seiten: int
    ohne_ort: Ausweg | None
    mehrere_bezirke: bool
    leer: Leer | None


def ergebnisliste(
    d: Darstellung, abfrage: Abfrage, ergebnis: Ergebnis, *, ziel: str, nummer: int
) -> Liste:
    """Return one page of the list; beyond the end it is the last one.

    Parameters
    ----------
    ziel
        Path that the links lead to.
    nummer
        Which page, from 1.
    """
    seiten = max(1, -(-ergebnis.anzahl // PRO_SEITE))
    nummer = min(nummer, seiten)
    fenster = range((nummer - 1) * PRO_SEITE, nummer * PRO_SEITE)
    alle = abschnitte(d.snapshot.index, abfrage, ergebnis.zeilen)
    return Liste(
        teile=tuple(_teile(d, abfrage, ergebnis, alle, fenster)),
        seite=nummer,
        seiten=seiten,
        ohne_ort=_sprung(d, abfrage, alle, ziel, fenster),
        mehrere_bezirke=_mehrere_bezirke(d, abfrage, ergebnis),
        leer=None if ergebnis.anzahl else _leer(d, abfrage, ziel),
    )


def _teile(
    d: Darstellung,
    abfrage: Abfrage,
    ergebnis: Ergebnis,
    alle: Sequence[Abschnitt],
    fenster: range,
) -> list[Listenteil]:
    worte = tuple(dict.fromkeys(suchworte(abfrage.q)))
    teile, davor = [], 0
    for abschnitt in alle:
        von = max(fenster.start - davor, 0)
        zeilen = abschnitt.zeilen[von : max(fenster.stop - davor, 0)]
        if len(zeilen):
            teile.append(
                Listenteil(
                    abschnitt.art,
                    _titel(d, abfrage, abschnitt),
                    d.t("ergebnis.ohne_ort.satz") if abschnitt.art == "ohne-ort" else "",
                    davor + von + 1,
                    tuple(_eintrag(d, ergebnis, zeile, worte) for zeile in zeilen.tolist()),
                )
            )
        davor += len(abschnitt.zeilen)
    return teile


def _titel(d: Darstellung, abfrage: Abfrage, abschnitt: Abschnitt) -> str:
    anzahl = len(abschnitt.zeilen)
    if abschnitt.art == "ohne-ort":
        return d.t("ergebnis.ohne_ort", anzahl=anzahl)
    if abschnitt.art == "ort":
        return ""
    sort = sortierung(abfrage).removeprefix("-")
    titel = abschnitt.schluessel
    if sort in NACH_CODE:
        titel = d.labels.facetten[sort][titel]
    elif titel == "ohne-angabe":
        titel = d.t("liste.ohne_angabe")
    return d.t("ergebnis.gruppe", titel=titel, anzahl=anzahl)


def _eintrag(d: Darstellung, ergebnis: Ergebnis, zeile: int, worte: tuple[str, ...]) -> Markup:
    entfernung = zeilentext(d.snapshot.index, ergebnis.naehe, zeile, d.t)
    if not worte:
        return d.eintraege[zeile] if entfernung is None else d.mit_entfernung(zeile, entfernung)
    return d.mit_fund(zeile, entfernung, fund(d, zeile, worte))


def _sprung(
    d: Darstellung, abfrage: Abfrage, alle: Sequence[Abschnitt], ziel: str, fenster: range
) -> Ausweg | None:
    if len(alle) < 2 or alle[-1].art != "ohne-ort":
        return None
    anzahl = len(alle[-1].zeilen)
    davor = sum(len(abschnitt.zeilen) for abschnitt in alle[:-1])
    hier = davor < fenster.stop
    ohne = d.urls.seite(ziel, replace(abfrage, lage="ohne"))
    return Ausweg(d.t("ergebnis.ohne_ort.sprung", anzahl), "#projekte-ohne-ort" if hier else ohne)


def _mehrere_bezirke(d: Darstellung, abfrage: Abfrage, ergebnis: Ergebnis) -> bool:
    """Whether somebody may miss a project below its second Stadtbezirk."""
    if sortierung(abfrage).removeprefix("-") != "stadtbezirk":
        return False
    return d.snapshot.index.facetten["stadtbezirk"].mehrere_in(ergebnis.zeilen)


def _leer(d: Darstellung, abfrage: Abfrage, ziel: str) -> Leer:
    index, t = d.index, d.t
    anders = vorschlaege(index, abfrage, lambda zeile: stellen_mit_name(d, zeile))
    weniger = lockerungen(index, abfrage)
    return Leer(
        vorschlaege=tuple(
            Ausweg(
                t(f"ergebnis.vorschlag{'.allein' if v.allein else ''}", v.anzahl, text=v.text),
                d.urls.seite(ziel, v.abfrage),
            )
            for v in anders
        ),
        # To take away the only filter is what the link below offers anyway.
        lockerungen=tuple(
            Ausweg(_ohne(d, abfrage, lockerung), d.urls.seite(ziel, lockerung.abfrage))
            for lockerung in weniger
            if lockerung.abfrage != abfrage.ungefiltert()
        ),
        ausweglos=not anders and not weniger,
    )


def _ohne(d: Darstellung, abfrage: Abfrage, lockerung: Lockerung) -> str:
    """Return what a loosening takes away, in the words of the sentence above the list."""
    n = lockerung.anzahl
    if lockerung.namen == ("q",):
        return d.t("ergebnis.ohne.q", n, wert=abfrage.q)
    weg = nur_gruppe(abfrage, lockerung.namen)
    worte = d.t("satz.trenner").join(filterworte(weg, d.t, d.labels.facetten))
    return d.t("ergebnis.ohne", n, filter=worte)
