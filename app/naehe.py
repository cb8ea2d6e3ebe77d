"""How far the locations of an index lie from a point: measured only where somebody asks.

Exact distances cost a sine and a cosine each. Who looks for the nearest, or for what lies in a
circle, judges by `app.ungefaehr` first and measures what that leaves open.
"""

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app import bitmenge
from app.bitmenge import Bits
from app.entfernung import meter, richtung, versatz
from app.index import Index, Standorte
from app.ungefaehr import quadrate
from app.werte import Punkt
from layers.spalten import Zahlen

_MIKRO: Final = 1_000_000
_METER_JE_GRAD: Final = 110_000
"""Less than anywhere on the ellipsoid, so that a rectangle is never too small."""
_WENIGE: Final = 1000
_TEIL: Final = 20
"""So many rows, or one row in so many, are measured at once."""


class Weg(NamedTuple):
    """From a point to the nearest location of a project.

    ``ort`` is the position of that location in ``index.standorte``, ``richtung`` one in
    `app.entfernung.RICHTUNGEN`, seen from the point.
    """

    meter: float
    ort: int
    richtung: int


class Wege(NamedTuple):
    """The same for many rows of the index, ascending; rows without a location are missing."""

    zeilen: Zahlen
    meter: NDArray[np.float64]
    ort: Zahlen
    richtung: Zahlen


_KEINE: Final = Wege(
    np.empty(0, np.int64), np.empty(0), np.empty(0, np.int64), np.empty(0, np.int64)
)


class Naehe:
    """The ways to the rows of a result that were handed out so far."""

    __slots__ = ("_wege",)

    def __init__(self) -> None:
        self._wege = _KEINE

    def merke(self, neue: Wege) -> None:
        """Add the ways to further rows."""
        if len(self._wege.zeilen):
            zeilen = np.concatenate((self._wege.zeilen, neue.zeilen))
            _, erste = np.unique(zeilen, return_index=True)
            paare = zip(self._wege, neue, strict=True)
            neue = Wege(*(np.concatenate(paar)[erste] for paar in paare))
        self._wege = neue

    def weg(self, zeile: int) -> Weg | None:
        """Return the way to a row that was handed out; None if it has no location."""
        w = self._wege
        i = int(np.searchsorted(w.zeilen, zeile))
        if i == len(w.zeilen) or w.zeilen[i] != zeile:
            return None
        return Weg(float(w.meter[i]), int(w.ort[i]), int(w.richtung[i]))

    def meter(self, zeilen: Zahlen) -> NDArray[np.float64]:
        """Return how far rows are that were handed out: infinite without a location."""
        w = self._wege
        stellen = np.searchsorted(w.zeilen, zeilen)
        da = np.flatnonzero(stellen < len(w.zeilen))
        da = da[w.zeilen[stellen[da]] == zeilen[da]]
        ergebnis = np.full(len(zeilen), np.inf)
        ergebnis[da] = w.meter[stellen[da]]
        return ergebnis


def wege(index: Index, punkt: Punkt, zeilen: Zahlen) -> Wege:
    """Measure the nearest location of rows, each named once; of equally near ones the first."""
    orte = index.standorte
    zeilen = np.sort(zeilen)
    anzahl = orte.start[zeilen + 1] - orte.start[zeilen]
    zeilen, anzahl = zeilen[anzahl > 0], anzahl[anzahl > 0]
    if not len(zeilen):
        return _KEINE
    beginn = np.cumsum(anzahl) - anzahl
    stellen = np.arange(anzahl.sum()) + np.repeat(orte.start[zeilen] - beginn, anzahl)
    weg = versatz(punkt.lat, punkt.lon, orte.lat[stellen] / _MIKRO, orte.lon[stellen] / _MIKRO)
    weiten = meter(weg)
    naechste = np.minimum.reduceat(weiten, beginn)
    erster = np.where(weiten == np.repeat(naechste, anzahl), np.arange(len(weiten)), len(weiten))
    wo = np.minimum.reduceat(erster, beginn)
    return Wege(zeilen, naechste, stellen[wo], richtung(weg)[wo])


def umkreis(index: Index, punkt: Punkt, radius: float) -> Bits:
    """Return the rows with a location at most ``radius`` metres away."""
    orte = index.standorte
    stellen = np.flatnonzero(_im_rechteck(orte, punkt, radius))
    lat, lon = orte.lat[stellen], orte.lon[stellen]
    q = quadrate(punkt, lat, lon)
    drin = np.sqrt(q.weiten, out=q.weiten) <= radius - q.fehler
    knapp = np.flatnonzero(~drin & (q.weiten <= radius + q.fehler))
    drin[knapp] = (
        meter(versatz(punkt.lat, punkt.lon, lat[knapp] / _MIKRO, lon[knapp] / _MIKRO)) <= radius
    )
    return bitmenge.aus_zeilen(orte.projekt[stellen[np.flatnonzero(drin)]], len(index))


def _im_rechteck(orte: Standorte, punkt: Punkt, radius: float) -> NDArray[np.bool_]:
    hoch = radius / _METER_JE_GRAD
    breit = hoch / math.cos(math.radians(min(89.0, abs(punkt.lat) + hoch)))
    return im_rahmen(
        orte,
        math.floor((punkt.lon - breit) * _MIKRO),
        math.floor((punkt.lat - hoch) * _MIKRO),
        math.ceil((punkt.lon + breit) * _MIKRO),
        math.ceil((punkt.lat + hoch) * _MIKRO),
    )


def im_rahmen(orte: Standorte, west: int, sued: int, ost: int, nord: int) -> NDArray[np.bool_]:
    """Return which locations lie in a rectangle, borders included (millionths of a degree)."""
    drin = orte.lon >= west
    drin &= orte.lon <= ost
    drin &= orte.lat >= sued
    drin &= orte.lat <= nord
    return drin


def nach_weg(index: Index, punkt: Punkt, treffer: Bits, k: int, *, fernste: bool) -> Zahlen:
    """Return the first ``k`` rows of a set by distance, those without location last.

    Equally distant ones are in the order of the rows.
    """
    zeilen = np.flatnonzero(bitmenge.als_maske(treffer, len(index)))
    if len(zeilen) > max(_WENIGE, k, len(index) // _TEIL):
        zeilen = _auswahl(index, punkt, zeilen, k, fernste=fernste)
    gemessen = wege(index, punkt, zeilen)
    schluessel = np.full(len(zeilen), np.inf)
    schluessel[np.searchsorted(zeilen, gemessen.zeilen)] = (
        -gemessen.meter if fernste else gemessen.meter
    )
    return zeilen[np.argsort(schluessel, kind="stable")][:k]


def _auswahl(index: Index, punkt: Punkt, zeilen: Zahlen, k: int, *, fernste: bool) -> Zahlen:
    """Return few rows of a set (ascending) among which the first ``k`` by distance are."""
    verortet = zeilen[np.flatnonzero(index.mit_ort[zeilen])]
    if not 0 < k < len(verortet):
        return zeilen
    orte = index.standorte
    weiten, fehler = quadrate(punkt, orte.lat, orte.lon)
    if fernste:
        alle = np.flatnonzero(index.mit_ort)
        naechste = np.full(len(index), np.inf)
        naechste[alle] = np.minimum.reduceat(weiten, orte.start[alle])
        naechste = naechste[verortet]
        k_te = math.sqrt(-np.partition(-naechste, k - 1)[k - 1])
        return verortet[np.flatnonzero(naechste >= max(0.0, k_te - 2 * fehler) ** 2)]
    # the first location of each project is no nearer than its nearest one
    k_te = math.sqrt(np.partition(weiten[orte.start[verortet]], k - 1)[k - 1])
    nahe = np.unique(orte.projekt[np.flatnonzero(weiten <= (k_te + 2 * fehler) ** 2)])
    stellen = np.minimum(np.searchsorted(verortet, nahe), len(verortet) - 1)
    gesucht: Zahlen = nahe[verortet[stellen] == nahe]
    return gesucht.astype(np.int64)
