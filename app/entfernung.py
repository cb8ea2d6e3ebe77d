"""Distances over a city, the same in Python and in the browser (``entfernung.ts``)."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

_A: Final = 6_378_137.0
"""Semi-major axis of GRS80, metres."""
_E2: Final = 0.006_694_380_022_90
"""First eccentricity of GRS80, squared."""


def meter(
    lat: float, lon: float, lats: NDArray[np.float64], lons: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Return the metres from one point to many (all WGS84/ETRS89 degrees).

    Tangent plane of the ellipsoid at the middle latitude of each pair: radii of curvature
    in the meridian (M) and in the prime vertical (N). Good to a metre across 40 km.
    """
    mitte = np.radians((lats + lat) / 2)
    w2 = 1 - _E2 * np.sin(mitte) ** 2
    radius_n = _A / np.sqrt(w2)
    radius_m = radius_n * (1 - _E2) / w2
    nord = np.radians(lats - lat) * radius_m
    ost = np.radians(lons - lon) * radius_n * np.cos(mitte)
    ergebnis: NDArray[np.float64] = np.hypot(nord, ost)
    return ergebnis
