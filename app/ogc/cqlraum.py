"""Spatial functions of CQL2: the geometry of a feature against one in the expression."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import orjson
import shapely

from app.ogc.cqlwert import GEOMETRIE
from app.ogc.crs import Crs
from app.ogc.fehler import Unverstanden
from app.ogc.logik import Logik
from app.ogc.rahmen import rechtecke
from app.ogc.sammlung import Sammlung

FUNKTIONEN: Final[Mapping[str, Callable[..., Any]]] = {
    "s_intersects": shapely.intersects,
    "s_disjoint": shapely.disjoint,
    "s_equals": shapely.equals,
    "s_touches": shapely.touches,
    "s_within": shapely.within,
    "s_overlaps": shapely.overlaps,
    "s_crosses": shapely.crosses,
    "s_contains": shapely.contains,
}
_BLOCK: Final = 1 << 16
_UMGEKEHRT: Final = {"s_within": "s_contains", "s_contains": "s_within"}


def raumbezug(op: str, args: list[Any], sammlung: Sammlung, crs: Crs) -> Logik:
    """Evaluate a spatial function; coordinates of the expression are in ``crs``.

    Raises
    ------
    Unverstanden
        It does not compare ``geometry`` with one valid geometry.
    """
    if len(args) == 2 and args[1] == {"property": GEOMETRIE}:
        args, op = args[::-1], _UMGEKEHRT.get(op, op)
    if len(args) != 2 or args[0] != {"property": GEOMETRIE}:
        raise Unverstanden("cql-nicht", op, f"{op}({GEOMETRIE}, POINT(7.4 51.5))")
    gefragt = _geometrie(args[1], crs)
    shapely.prepare(gefragt)
    # the prepared geometry first: GEOS uses what it has prepared only there
    funktion = FUNKTIONEN[_UMGEKEHRT.get(op, op)]
    lage = sammlung.lage
    wahr = np.full(len(sammlung), op == "s_disjoint")
    nahe = np.flatnonzero(lage.nahe(gefragt, crs))
    try:
        # in blocks: a geometry of every row of a large collection is never there at once
        for zeilen in np.array_split(nahe, max(1, len(nahe) // _BLOCK)):
            wahr[zeilen] = funktion(gefragt, lage.geometrien(zeilen, crs))
    except shapely.GEOSException as fehler:
        raise Unverstanden("cql-geometrie", str(args[1])[:80]) from fehler
    return Logik.bekannt(wahr, lage.fehlt)


def _geometrie(arg: Any, crs: Crs) -> shapely.Geometry:  # noqa: ANN401
    """Return a geometry of the expression in x/y coordinates."""
    try:
        if isinstance(arg, Mapping) and "bbox" in arg:
            return shapely.MultiPolygon([shapely.box(*r) for r in rechtecke(arg["bbox"], crs)])
        if isinstance(arg, Mapping) and "type" in arg:
            gelesen = shapely.force_2d(shapely.from_geojson(orjson.dumps(arg).decode()))
            if crs.getauscht:
                gelesen = shapely.transform(gelesen, lambda xy: xy[:, ::-1])
            if shapely.is_valid(gelesen) and np.isfinite(shapely.get_coordinates(gelesen)).all():
                return gelesen
    except (ValueError, TypeError, shapely.GEOSException) as fehler:
        raise Unverstanden("cql-geometrie", str(arg)[:80]) from fehler
    raise Unverstanden("cql-geometrie", str(arg)[:80])
