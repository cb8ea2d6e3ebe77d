"""How far the locations of an index lie from a point: measured only where somebody asks.

Exact distances cost a sine and a cosine each. A radius is therefore first a rectangle of whole
numbers, and the nearest of many are looked for in growing rectangles.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app import bitmenge
from app.bitmenge import Bits
from app.entfernung import meter, richtung, versatz
from app.index import Index, Standorte
from app.werte import Punkt
from layers.spalten import Zahlen

OHNE_ORT: Final = -1
_MIKRO: Final = 1_000_000
_METER_JE_GRAD: Final = 110_000
"""Less than anywhere on the ellipsoid, so that a rectangle is never too small."""
_WENIGE: Final = 20_000
"""So many rows are measured at once."""
_ERSTER: Final = 500.0
_FAKTOR: Final = 3
_LETZTER: Final = 100_000.0


@dataclass(frozen=True, slots=True)
class Naehe:
    """How far, and in which direction, the nearest location of each row of the *index* lies.

    Known only for rows that were measured (`miss`).

    Attributes
    ----------
    meter
        Infinite where a row has no location.
    ort
        Position of that location in ``index.standorte``, `OHNE_ORT` where there is none.
    richtung
        Position in `app.entfernung.RICHTUNGEN`, seen from ``nahe``; without meaning where
        there is no location.
    """

    meter: NDArray[np.float64]
    ort: NDArray[np.int64]
    richtung: NDArray[np.int64]


def ungemessen(n: int) -> Naehe:
    """Return distances of which none is known yet."""
    return Naehe(
        np.full(n, np.inf), np.full(n, OHNE_ORT, dtype=np.int64), np.zeros(n, dtype=np.int64)
    )


def miss(index: Index, punkt: Punkt, zeilen: Zahlen, naehe: Naehe) -> None:
    """Fill in the nearest location of rows, each named once; of equally near ones the first."""
    orte = index.standorte
    anzahl = orte.start[zeilen + 1] - orte.start[zeilen]
    zeilen, anzahl = zeilen[anzahl > 0], anzahl[anzahl > 0]
    if not len(zeilen):
        return
    beginn = np.cumsum(anzahl) - anzahl
    stellen = np.arange(anzahl.sum()) + np.repeat(orte.start[zeilen] - beginn, anzahl)
    weg = versatz(punkt.lat, punkt.lon, orte.lat[stellen] / _MIKRO, orte.lon[stellen] / _MIKRO)
    weiten = meter(weg)
    naechste = np.minimum.reduceat(weiten, beginn)
    erster = np.where(weiten == np.repeat(naechste, anzahl), np.arange(len(weiten)), len(weiten))
    wo = np.minimum.reduceat(erster, beginn)
    naehe.meter[zeilen] = naechste
    naehe.ort[zeilen] = stellen[wo]
    naehe.richtung[zeilen] = richtung(weg)[wo]


def umkreis(index: Index, punkt: Punkt, radius: float) -> Bits:
    """Return the rows with a location at most ``radius`` metres away."""
    orte = index.standorte
    stellen = np.flatnonzero(_im_rechteck(orte, punkt, radius))
    weg = versatz(punkt.lat, punkt.lon, orte.lat[stellen] / _MIKRO, orte.lon[stellen] / _MIKRO)
    return bitmenge.aus_zeilen(orte.projekt[stellen[meter(weg) <= radius]], len(index))


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


def naechste(index: Index, punkt: Punkt, treffer: Bits, k: int, naehe: Naehe) -> Zahlen:
    """Return the ``k`` nearest rows of a set, the nearest first, those without location last.

    Equally near ones are in the order of the rows. What is returned is measured in ``naehe``.
    """
    radius = _ERSTER
    auswahl = treffer
    while bitmenge.anzahl(treffer) > _WENIGE and k <= _WENIGE and radius < _LETZTER:
        auswahl = treffer & umkreis(index, punkt, radius)
        if bitmenge.anzahl(auswahl) >= k:
            break
        auswahl, radius = treffer, radius * _FAKTOR
    zeilen = np.flatnonzero(bitmenge.als_maske(auswahl, len(index)))
    miss(index, punkt, zeilen, naehe)
    return zeilen[np.argsort(naehe.meter[zeilen], kind="stable")][:k]
