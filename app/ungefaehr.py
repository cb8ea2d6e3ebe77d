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

_GRAD: Final = math.pi / 180
_MIKROGRAD: Final = _GRAD / 1_000_000
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


class _Tangente(NamedTuple):
    """Metres a radian, linear in the latitude of a place (in radians, from the middle one)."""

    ost: float
    ost_je: float
    nord: float
    nord_je: float


def quadrate(punkt: Punkt, lats: Zahlen, lons: Zahlen) -> Quadrate:
    """Return how far places (millionths of a degree) are from a point."""
    weiten = np.empty(len(lats))
    if not len(lats):
        return Quadrate(weiten, 0.0)
    sued, nord = (int(f(lats)) * _MIKROGRAD for f in (np.min, np.max))
    west, ost = (int(f(lons)) * _MIKROGRAD for f in (np.min, np.max))
    lat, lon, mitte = punkt.lat * _GRAD, punkt.lon * _GRAD, (sued + nord) / 2
    t = _tangente((mitte + lat) / 2)
    for ab in range(0, len(lats), _BLOCK):
        breite = lats[ab : ab + _BLOCK] * _MIKROGRAD
        quer = lons[ab : ab + _BLOCK] * _MIKROGRAD
        quer -= lon
        hoch = breite - lat
        breite -= mitte
        quer *= breite * t.ost_je + t.ost
        breite *= t.nord_je
        breite += t.nord
        hoch *= breite
        quer *= quer
        hoch *= hoch
        np.add(quer, hoch, out=weiten[ab : ab + _BLOCK])
    # Taylor's remainder: the middle latitude of a pair varies half as much as that of the places
    halb = (nord - sued) / 4
    weit, hoch_ = max(abs(west - lon), abs(ost - lon)), max(abs(sued - lat), abs(nord - lat))
    rest = (_KRUEMMUNG_OST * weit + _KRUEMMUNG_NORD * hoch_) * halb**2 / 2
    return Quadrate(weiten, rest + _RUNDUNG)


def _tangente(mitte: float) -> _Tangente:
    s, c = math.sin(mitte), math.cos(mitte)
    w2 = 1 - EXZENTRIZITAET2 * s * s
    radius_n = HALBACHSE / math.sqrt(w2)
    radius_m = radius_n * (1 - EXZENTRIZITAET2) / w2
    # halved: a place moves the middle latitude half as far as itself
    return _Tangente(
        ost=radius_n * c,
        ost_je=-radius_m * s / 2,
        nord=radius_m,
        nord_je=3 * radius_m * EXZENTRIZITAET2 * s * c / w2 / 2,
    )
