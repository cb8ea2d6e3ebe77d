"""Distances to very many places, almost exact and without a sine for each (`app.entfernung`).

Both radii of curvature are replaced by their tangents at the middle of all places. What that is
wrong by is bounded, so that who needs exact answers measures only the places within the bound:
a centimetre across a city.
"""

import math
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app.entfernung import EXZENTRIZITAET2, HALBACHSE
from app.werte import Punkt
from layers.spalten import Zahlen

MIKROGRAD: Final = math.radians(1e-6)
_BLOCK: Final = 1 << 15
"""So many at once stay in the processor's cache."""
_KRUEMMUNG_OST: Final = 1.1 * HALBACHSE
_KRUEMMUNG_NORD: Final = 0.1 * HALBACHSE
"""More than the second derivatives of N·cos and M by the latitude anywhere."""
_RUNDUNG: Final = 1e-3
"""Metres: far more than double precision loses."""


class Quadrate(NamedTuple):
    """Squares of distances in metres; each distance is wrong by ``fehler`` metres at most."""

    weiten: NDArray[np.float64]
    fehler: float


class Tangente(NamedTuple):
    """How to calculate: a way is ``(ost + ost_je · (lat - mitte)) · (lon - punkt.lon)`` metres.

    All angles in radians; to the north it is the same with ``nord``. Good for places between the
    edges it was made for, where each distance is wrong by ``fehler`` metres at most.
    """

    lat: float
    lon: float
    mitte: float
    ost: float
    ost_je: float
    nord: float
    nord_je: float
    fehler: float


class Kanten(NamedTuple):
    """A rectangle in millionths of a degree."""

    west: int
    sued: int
    ost: int
    nord: int


def quadrate(punkt: Punkt, lats: Zahlen, lons: Zahlen) -> Quadrate:
    """Return how far places (millionths of a degree) are from a point."""
    weiten = np.empty(len(lats))
    if not len(lats):
        return Quadrate(weiten, 0.0)
    kanten = Kanten(int(lons.min()), int(lats.min()), int(lons.max()), int(lats.max()))
    t = tangente(punkt, kanten)
    for ab in range(0, len(lats), _BLOCK):
        breite = lats[ab : ab + _BLOCK] * MIKROGRAD
        quer = lons[ab : ab + _BLOCK] * MIKROGRAD
        quer -= t.lon
        hoch = breite - t.lat
        breite -= t.mitte
        quer *= breite * t.ost_je + t.ost
        breite *= t.nord_je
        breite += t.nord
        hoch *= breite
        quer *= quer
        hoch *= hoch
        np.add(quer, hoch, out=weiten[ab : ab + _BLOCK])
    return Quadrate(weiten, t.fehler)


def tangente(punkt: Punkt, kanten: Kanten) -> Tangente:
    """Return how to calculate ways from a point to places within a rectangle."""
    west, sued, ost, nord = (kante * MIKROGRAD for kante in kanten)
    lat, lon, mitte = math.radians(punkt.lat), math.radians(punkt.lon), (sued + nord) / 2
    s, c = math.sin((mitte + lat) / 2), math.cos((mitte + lat) / 2)
    w2 = 1 - EXZENTRIZITAET2 * s * s
    radius_n = HALBACHSE / math.sqrt(w2)
    radius_m = radius_n * (1 - EXZENTRIZITAET2) / w2
    # Taylor's remainder: the middle latitude of a pair varies half as much as that of the places
    halb = (nord - sued) / 4
    weit, hoch = max(abs(west - lon), abs(ost - lon)), max(abs(sued - lat), abs(nord - lat))
    rest = (_KRUEMMUNG_OST * weit + _KRUEMMUNG_NORD * hoch) * halb**2 / 2
    return Tangente(
        lat=lat,
        lon=lon,
        mitte=mitte,
        ost=radius_n * c,
        ost_je=-radius_m * s / 2,
        nord=radius_m,
        nord_je=3 * radius_m * EXZENTRIZITAET2 * s * c / w2 / 2,
        fehler=rest + _RUNDUNG,
    )
