"""From a geometry of any kind to the columns of a table: lat, lon, reference system, outline.

A point keeps its figures exactly as the file has them; whatever else they mean is decided by
the check, not by the reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from layers.befund import Befund, Code
from layers.quelle.grenzen import Grenzen
from layers.raumbezug import UTM32, WGS84, Geometrien, Zahlen

SPALTEN: Final = ("lat", "lon", "koordinatensystem", "wkt_epsg25832")
"""What a reader adds to the attributes of a layer."""
_FLAECHEN: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_ZENTIMETER: Final = 2
_TEXT: Final = 200
"""Longest text of a geometry that is shown in a finding."""


@dataclass(frozen=True, slots=True)
class Umriss:
    """The cells that a geometry gives, and what is to be said about it."""

    zellen: tuple[str, str, str, str]
    maengel: tuple[Code, ...] = ()


def bezugssystem(angabe: str | None) -> str | None:
    """Return ``EPSG:n`` of a WKT, URN or code, None if it is none that PROJ knows."""
    if not angabe:
        return None
    try:
        epsg = CRS.from_user_input(angabe).to_epsg(min_confidence=60)
    except (CRSError, ProjError):
        return None
    return f"EPSG:{epsg}" if epsg else None


def zellen(geometrien: Geometrien, system: str | None, grenzen: Grenzen) -> list[Umriss]:
    """Return the cells of each geometry; None gives empty ones.

    Parameters
    ----------
    geometrien
        Shapely geometries in the system of the file, axis order x (east, lon), y (north, lat).
    system
        ``EPSG:n``; None if the file does not say it.
    """
    nennung = "" if system in (None, WGS84) else str(system)
    return [_umriss(g, nennung, system, grenzen) for g in shapely.force_2d(geometrien)]


def _umriss(
    geometrie: shapely.Geometry | None, nennung: str, system: str | None, grenzen: Grenzen
) -> Umriss:
    if geometrie is None or shapely.is_empty(geometrie):
        return Umriss(("", "", "", ""))
    anzahl = int(shapely.get_num_coordinates(geometrie))
    if anzahl > grenzen.stuetzpunkte:
        return Umriss(("", "", nennung, ""), (Code.GEOMETRIE_ZU_GROSS,))
    if not np.isfinite(shapely.get_coordinates(geometrie)).all():
        return Umriss(("NaN", "NaN", nennung, ""))
    if isinstance(geometrie, shapely.Point):
        return Umriss((repr(geometrie.y), repr(geometrie.x), nennung, ""))
    return _flaeche(geometrie, nennung, system)


def _flaeche(geometrie: shapely.Geometry, nennung: str, system: str | None) -> Umriss:
    try:
        mitte = shapely.point_on_surface(geometrie)
    except shapely.GEOSException:
        mitte = shapely.centroid(geometrie)
    wkt = ""
    if shapely.get_type_id(geometrie) in _FLAECHEN:
        wkt = shapely.to_wkt(_in_utm(geometrie, system or WGS84), rounding_precision=_ZENTIMETER)
    if shapely.is_empty(mitte):
        return Umriss(("NaN", "NaN", nennung, wkt))
    return Umriss((repr(mitte.y), repr(mitte.x), nennung, wkt), (Code.GEOMETRIE_ALS_PUNKT,))


def _in_utm(geometrie: shapely.Geometry, system: str) -> shapely.Geometry:
    umrechner = Transformer.from_crs(system, UTM32, always_xy=True)

    def umrechnen(koordinaten: Zahlen) -> Zahlen:
        return np.column_stack(umrechner.transform(koordinaten[:, 0], koordinaten[:, 1]))

    return shapely.transform(geometrie, umrechnen)


def befunde(
    umrisse: Sequence[Umriss], nummern: Sequence[int], datei: str, blatt: str | None
) -> list[Befund]:
    """Return the findings about the geometries."""
    return [
        Befund(code, datei, blatt, nummer, "lat", ", ".join(umriss.zellen[:2])[:_TEXT])
        for umriss, nummer in zip(umrisse, nummern, strict=True)
        for code in umriss.maengel
    ]
