"""Distances over a city, the same in Python and in the browser (``entfernung.ts``)."""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

HALBACHSE: Final = 6_378_137.0
"""Semi-major axis of GRS80, metres."""
EXZENTRIZITAET2: Final = 0.006_694_380_022_90
"""First eccentricity of GRS80, squared."""
RICHTUNGEN: Final = ("n", "no", "o", "so", "s", "sw", "w", "nw")
"""The eight directions of the compass, clockwise from north."""


class Versatz(NamedTuple):
    """From one point to many: metres to the north and to the east."""

    nord: NDArray[np.float64]
    ost: NDArray[np.float64]


def versatz(
    lat: float, lon: float, lats: NDArray[np.float64], lons: NDArray[np.float64]
) -> Versatz:
    """Return the metres north and east from one point to many (all WGS84/ETRS89 degrees).

    Tangent plane of the ellipsoid at the middle latitude of each pair: radii of curvature
    in the meridian (M) and in the prime vertical (N). Good to a metre across 40 km.
    """
    mitte = np.radians((lats + lat) / 2)
    w2 = 1 - EXZENTRIZITAET2 * np.sin(mitte) ** 2
    radius_n = HALBACHSE / np.sqrt(w2)
    radius_m = radius_n * (1 - EXZENTRIZITAET2) / w2
    return Versatz(
        np.radians(lats - lat) * radius_m,
        np.radians(lons - lon) * radius_n * np.cos(mitte),
    )


def meter(weg: Versatz) -> NDArray[np.float64]:
    """Return how long each of the ways is, in metres."""
    ergebnis: NDArray[np.float64] = np.hypot(weg.nord, weg.ost)
    return ergebnis


def richtung(weg: Versatz) -> NDArray[np.int64]:
    """Return where each of the ways leads: positions in `RICHTUNGEN`, by true bearing."""
    achtel = np.degrees(np.arctan2(weg.ost, weg.nord)) / 45
    return np.floor(achtel + 0.5).astype(np.int64) % len(RICHTUNGEN)
