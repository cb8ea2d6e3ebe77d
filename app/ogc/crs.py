"""The four coordinate reference systems of the interface (OGC 18-058, Part 2), and their axes.

Inside the service every geometry is x/y (longitude before latitude, easting before northing). The
axis order of a system is applied at the edge: when a coordinate is read and when one is written.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

Geometrien = NDArray[np.object_]
Zahlen = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Crs:
    """One system.

    Attributes
    ----------
    uri
        Its identifier in requests and answers.
    quelle
        What pyproj calls it.
    basis
        Uri of the system whose x/y coordinates it shares: 4326 is CRS84 with swapped axes.
    getauscht
        Whether its official axis order is y before x (EPSG:4326: latitude first).
    geografisch
        Whether coordinates are degrees.
    stellen
        Decimals of an answer: a tenth of a metre in degrees, a centimetre in metres.
    """

    uri: str
    quelle: str
    basis: str
    getauscht: bool
    geografisch: bool
    stellen: int


_CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_EPSG: Final = "http://www.opengis.net/def/crs/EPSG/0/"
CRS84: Final = Crs(_CRS84, "OGC:CRS84", _CRS84, getauscht=False, geografisch=True, stellen=6)
SYSTEME: Final = {
    crs.uri: crs
    for crs in (
        CRS84,
        Crs(f"{_EPSG}25832", "EPSG:25832", f"{_EPSG}25832", False, False, 2),
        Crs(f"{_EPSG}4326", "EPSG:4326", _CRS84, True, True, 6),
        Crs(f"{_EPSG}3857", "EPSG:3857", f"{_EPSG}3857", False, False, 2),
    )
}
"""Uri → system, CRS84 (the one of storage) first."""


@cache
def _umrechner(quelle: str) -> Transformer:
    return Transformer.from_crs(CRS84.quelle, quelle, always_xy=True)


def umgerechnet(geometrien: Geometrien, crs: Crs) -> Geometrien:
    """Return CRS84 geometries in the x/y coordinates of a system."""
    if crs.basis == CRS84.uri:
        return geometrien

    def rechne(xy: Zahlen) -> Zahlen:
        return np.column_stack(_umrechner(crs.quelle).transform(xy[:, 0], xy[:, 1]))

    ergebnis: Geometrien = shapely.transform(geometrien, rechne)
    return ergebnis


def punkte_umgerechnet(x: Zahlen, y: Zahlen, crs: Crs) -> tuple[Zahlen, Zahlen]:
    """Return CRS84 coordinates in the x/y coordinates of a system; NaN stays NaN."""
    da = ~np.isnan(x)
    ergebnis = np.full((2, len(x)), np.nan)
    ergebnis[:, da] = _umrechner(crs.quelle).transform(x[da], y[da])
    return ergebnis[0], ergebnis[1]


def geschrieben(geometrien: Geometrien, crs: Crs) -> Geometrien:
    """Return x/y geometries as they are written: official axis order, rounded."""

    def schreibe(xy: Zahlen) -> Zahlen:
        return np.round(xy[:, ::-1] if crs.getauscht else xy, crs.stellen)

    ergebnis: Geometrien = shapely.transform(geometrien, schreibe)
    return ergebnis
