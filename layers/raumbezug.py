"""Reference systems and the outline of the city.

Coordinates are handed around in WGS84 (EPSG:4326, degrees, axis order lon, lat); everything
that measures does so in ETRS89/UTM 32N (EPSG:25832, metres, axis order east, north), the
system of the German surveying authorities.
"""

from functools import cache
from typing import Any, Final, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer

WGS84: Final = "EPSG:4326"
UTM32: Final = "EPSG:25832"
GENERALISIERUNG_M: Final = 12.0
"""How far the shipped borders may lie from the official ones (``geodata/quellen.toml``)."""

Zahlen: TypeAlias = NDArray[np.float64]
Geometrien: TypeAlias = NDArray[Any]

_GEOD: Final = Geod(ellps="GRS80")


@cache
def _transformer(von: str, nach: str) -> Transformer:
    return Transformer.from_crs(von, nach, always_xy=True)


def nach_utm(lon: Zahlen, lat: Zahlen) -> Geometrien:
    """Return points in EPSG:25832; a missing or untransformable coordinate gives None.

    Parameters
    ----------
    lon, lat
        Degrees, WGS84; NaN for none.
    """
    ost, nord = _transformer(WGS84, UTM32).transform(lon, lat)
    ost, nord = np.asarray(ost, dtype=float), np.asarray(nord, dtype=float)
    punkte = np.full(len(ost), None, dtype=object)
    gut = np.isfinite(ost) & np.isfinite(nord)
    punkte[gut] = shapely.points(ost[gut], nord[gut])
    return punkte


def nach_wgs84(geometrien: Geometrien) -> Geometrien:
    """Return geometries of EPSG:25832 in EPSG:4326 (lon, lat)."""
    return _umgerechnet(geometrien, UTM32, WGS84)


def umrisse_nach_utm(geometrien: Geometrien) -> Geometrien:
    """Return geometries of EPSG:4326 (lon, lat) in EPSG:25832; infinite far from the zone."""
    return _umgerechnet(geometrien, WGS84, UTM32)


def _umgerechnet(geometrien: Geometrien, von: str, nach: str) -> Geometrien:
    def umrechnen(koordinaten: Zahlen) -> Zahlen:
        x, y = _transformer(von, nach).transform(koordinaten[:, 0], koordinaten[:, 1])
        return np.column_stack([x, y])

    ergebnis: Geometrien = shapely.transform(geometrien, umrechnen)
    return ergebnis


def grenzabstand_m(stadtgebiet: shapely.Geometry, punkte: Geometrien) -> Zahlen:
    """Return metres from the city's area, 0 inside; infinite where there is no point.

    Parameters
    ----------
    stadtgebiet
        (Multi)Polygon, EPSG:25832.
    punkte
        Points in EPSG:25832, or None.
    """
    shapely.prepare(stadtgebiet)
    abstand = np.full(len(punkte), np.inf)
    innen = shapely.intersects(stadtgebiet, punkte)
    abstand[innen] = 0.0
    aussen = ~innen & ~shapely.is_missing(punkte)
    abstand[aussen] = shapely.distance(stadtgebiet, punkte[aussen])
    return abstand


def geodaete_km(stadtgebiet: shapely.Geometry, lon: float, lat: float) -> float:
    """Return kilometres on the ellipsoid from the middle of the city to a place."""
    mitte = nach_wgs84(np.array([shapely.centroid(stadtgebiet)], dtype=object))[0]
    _, _, meter = _GEOD.inv(mitte.x, mitte.y, lon, lat)
    return float(meter) / 1000
