"""The timeline: which projects ran in a year, and the Laufzeit of each as a bar.

A Laufzeit is what the query contract says: with only a beginning it is open-ended, with only an
end it began before; without both it is on no timeline, and counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.auswertung.balken import von_links
from app.auswertung.kreuztabelle import Zahlen
from app.darstellung import Darstellung
from app.index import OHNE, Index
from app.state import JAHRE, Abfrage
from app.vorlagen import jahre as jahrestext

HOECHSTENS: Final = 120
"""Projects with a bar of their own; more would be no picture any more."""
_SCHRITTE: Final = (1, 2, 5, 10, 20, 50)
_TEILE: Final = 7
"""Labels on the axis at most: as many as fit a phone."""


@dataclass(frozen=True, slots=True)
class Jahreszahlen:
    """How many projects ran in each year.

    Attributes
    ----------
    jahre
        Consecutive years; empty if nothing is dated.
    laufend
        Projects whose Laufzeit overlaps the year.
    offen
        Those of them that count only because their end or beginning is not documented.
    ohne
        Projects without any date.
    """

    jahre: Zahlen
    laufend: Zahlen
    offen: Zahlen
    ohne: int


@dataclass(frozen=True, slots=True)
class Jahr:
    """A year and its bar; positions in percent from the left."""

    jahr: int
    laufend: int
    offen: int
    href: str
    name: str
    x: float
    breite: float
    x_offen: float
    breite_offen: float


@dataclass(frozen=True, slots=True)
class Spur:
    """The Laufzeit of one project; positions in percent from the left.

    Attributes
    ----------
    offen
        From where to where it is open, None if both ends are documented.
    """

    name: str
    href: str
    text: str
    x: float
    breite: float
    offen: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class Zeitleiste:
    """What the template draws.

    Attributes
    ----------
    marken
        Labelled years and where they begin, in percent from the left.
    mehr
        Dated projects beyond `HOECHSTENS`.
    """

    jahre: tuple[Jahr, ...]
    spuren: tuple[Spur, ...]
    marken: tuple[tuple[str, float], ...]
    datiert: int
    ohne: int
    mehr: int


def jahreszahlen(
    index: Index, treffer: NDArray[np.bool_], von: int | None = None, bis: int | None = None
) -> Jahreszahlen:
    """Count the selected projects by year, within the years of the state if it names some."""
    beginn, ende = index.beginn[treffer], index.ende[treffer]
    datiert = (beginn != OHNE) | (ende != OHNE)
    beginn, ende = beginn[datiert].astype(np.int64), ende[datiert].astype(np.int64)
    ohne = int(np.count_nonzero(~datiert))
    bekannt = np.concatenate([beginn[beginn != OHNE], ende[ende != OHNE]])
    if not len(bekannt):
        leer = np.zeros(0, dtype=np.int64)
        return Jahreszahlen(leer, leer, leer, ohne)
    erstes = min(int(bekannt.min()), bis or JAHRE[1]) if von is None else von
    letztes = max(int(bekannt.max()), erstes) if bis is None else bis
    laufend = _je_jahr(
        np.where(beginn == OHNE, erstes, beginn),
        np.where(ende == OHNE, letztes, ende),
        erstes,
        letztes,
    )
    belegt = _je_jahr(
        np.where(beginn == OHNE, ende, beginn),
        np.where(ende == OHNE, beginn, ende),
        erstes,
        letztes,
    )
    return Jahreszahlen(np.arange(erstes, letztes + 1), laufend, laufend - belegt, ohne)


def _je_jahr(beginn: Zahlen, ende: Zahlen, erstes: int, letztes: int) -> Zahlen:
    """Return for each year how many spans (both ends included) cover it."""
    n = letztes - erstes + 1
    von, bis = np.maximum(beginn, erstes) - erstes, np.minimum(ende, letztes) - erstes
    gueltig = von <= bis
    dazu = np.bincount(von[gueltig], minlength=n + 1)
    weg = np.bincount(bis[gueltig] + 1, minlength=n + 1)
    summe: Zahlen = np.cumsum(dazu - weg)[:n]
    return summe


def zeitleiste(d: Darstellung, abfrage: Abfrage, treffer: NDArray[np.bool_]) -> Zeitleiste:
    """Return the timeline of the selected projects; years lead to the list of that year."""
    index = d.snapshot.index
    zahlen = jahreszahlen(index, treffer, abfrage.von, abfrage.bis)
    if not len(zahlen.jahre):
        return Zeitleiste((), (), (), 0, zahlen.ohne, 0)
    zeilen = _geordnet(index, treffer)
    achse = (int(zahlen.jahre[0]), int(zahlen.jahre[-1]))
    return Zeitleiste(
        jahre=_jahre(d, abfrage, zahlen),
        spuren=tuple(_spur(d, int(zeile), achse) for zeile in zeilen[:HOECHSTENS]),
        marken=tuple(
            (str(jahr), _von_links(jahr, 0, achse, d)) for jahr in _beschriftete(zahlen.jahre)
        ),
        datiert=len(zeilen),
        ohne=zahlen.ohne,
        mehr=max(0, len(zeilen) - HOECHSTENS),
    )


def _geordnet(index: Index, treffer: NDArray[np.bool_]) -> Zahlen:
    """Return the dated rows by first documented year, then by last one, then by name."""
    datiert = treffer & ((index.beginn != OHNE) | (index.ende != OHNE))
    zeilen = np.flatnonzero(datiert)
    beginn, ende = (s[zeilen].astype(np.int64) for s in (index.beginn, index.ende))
    erstes = np.where(beginn == OHNE, ende, beginn)
    letztes = np.where(ende == OHNE, np.iinfo(np.int32).max, ende)
    geordnet: Zahlen = zeilen[np.lexsort((zeilen, letztes, erstes))]
    return geordnet


def _beschriftete(jahre: Zahlen) -> Sequence[int]:
    schritt = next((s for s in _SCHRITTE if len(jahre) / s <= _TEILE), _SCHRITTE[-1])
    return [int(jahr) for jahr in jahre if jahr % schritt == 0]


def _jahre(d: Darstellung, abfrage: Abfrage, zahlen: Jahreszahlen) -> tuple[Jahr, ...]:
    t, hoechster = d.t, int(zahlen.laufend.max()) or 1
    fertig = []
    for jahr, laufend, offen in zip(
        zahlen.jahre.tolist(), zahlen.laufend.tolist(), zahlen.offen.tolist(), strict=True
    ):
        belegt, unbelegt = 100 * (laufend - offen) / hoechster, 100 * offen / hoechster
        projekte = t("auswertung.projekte", laufend)
        offene = f" ({t('auswertung.zeit.davon', offen)})" if offen else ""
        fertig.append(
            Jahr(
                jahr=jahr,
                laufend=laufend,
                offen=offen,
                href=d.urls.liste(replace(abfrage, von=jahr, bis=jahr)),
                name=f"{jahr}: {projekte}{offene}",
                x=von_links(0, belegt, t),
                breite=round(belegt, 2),
                x_offen=von_links(belegt, unbelegt, t),
                breite_offen=round(unbelegt, 2),
            )
        )
    return tuple(fertig)


def _von_links(jahr: float, breite: float, achse: tuple[int, int], d: Darstellung) -> float:
    return von_links(100 * (jahr - achse[0]) / (achse[1] - achse[0] + 1), breite, d.t)


def _spur(d: Darstellung, zeile: int, achse: tuple[int, int]) -> Spur:
    record, index = d.snapshot.projekte[zeile], d.snapshot.index
    beginn, ende = int(index.beginn[zeile]), int(index.ende[zeile])
    von, bis = (ende if beginn == OHNE else beginn), (beginn if ende == OHNE else ende)
    # a bar never leaves the axis, which the state's own years may cut
    von = min(max(von, achse[0]), achse[1] + 1)
    bis = max(min(bis, achse[1]), achse[0] - 1)
    breite = max(0.0, 100 * (bis - von + 1) / (achse[1] - achse[0] + 1))
    offen = None
    if ende == OHNE:
        offen = (_von_links(bis + 1, 0, achse, d), von_links(100, 0, d.t))
    elif beginn == OHNE:
        offen = (_von_links(von, 0, achse, d), von_links(0, 0, d.t))
    return Spur(
        name=record["name"],
        href=d.urls.projekt(record["id"]),
        text=jahrestext(record, d.t),
        x=_von_links(von, breite, achse, d),
        breite=round(breite, 2),
        offen=offen,
    )
