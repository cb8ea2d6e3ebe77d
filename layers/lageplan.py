"""``lageplan.json``: the outlines of the Stadtbezirke as SVG paths, for the locator map.

Equirectangular at the middle latitude of the city: straight in lon and lat, so that one affine
pair puts any point onto the drawing, and true to a pixel over a city.
"""

import math
from typing import Any, Final

import numpy as np
import shapely

from layers.csr import Ganzzahlen
from layers.join import Verbund
from layers.raumbezug import Geometrien, Zahlen, nach_wgs84

BREITE: Final = 1000
_RAND: Final = 4


def lageplan(verbund: Verbund) -> dict[str, Any]:
    """Return viewbox, outlines with a point for the name, and the affine map from WGS84.

    Empty lists and no ``affin`` where there are no districts.
    """
    bezirke = verbund.stadtbezirke[verbund.stadtbezirke.geometry.notna()]
    umrisse = nach_wgs84(bezirke.geometry.to_numpy())
    if not len(umrisse):
        return {"viewbox": [0, 0, 0, 0], "stadtbezirke": [], "affin": None}
    affin, hoehe = _abbildung(shapely.total_bounds(umrisse))
    gezeichnet = _gezeichnet(umrisse, affin)
    mitten = _mitten(gezeichnet)
    return {
        "viewbox": [0, 0, BREITE, hoehe],
        "stadtbezirke": [
            {
                "code": code,
                "name": name,
                "projektgebiet": gebiet,
                "pfad": _pfad(umriss),
                "x": round(mitte.x),
                "y": round(mitte.y),
            }
            for code, name, gebiet, umriss, mitte in zip(
                bezirke["code"],
                bezirke["name"],
                bezirke["projektgebiet"],
                gezeichnet,
                mitten,
                strict=True,
            )
        ],
        "affin": affin,
    }


def _abbildung(grenzen: Zahlen) -> tuple[list[float], int]:
    west, sued, ost, nord = (float(grenze) for grenze in grenzen)
    je_grad_lon = (BREITE - 2 * _RAND) / (ost - west)
    je_grad_lat = je_grad_lon / math.cos(math.radians((sued + nord) / 2))
    hoehe = math.ceil((nord - sued) * je_grad_lat) + 2 * _RAND
    ax, ay = _RAND - west * je_grad_lon, _RAND + nord * je_grad_lat
    return [round(ax, 3), round(je_grad_lon, 3), round(ay, 3), round(-je_grad_lat, 3)], hoehe


def _gezeichnet(umrisse: Geometrien, affin: list[float]) -> Geometrien:
    ax, bx, ay, by = affin

    def zeichne(koordinaten: Zahlen) -> Zahlen:
        return np.column_stack([ax + bx * koordinaten[:, 0], ay + by * koordinaten[:, 1]])

    ergebnis: Geometrien = shapely.transform(umrisse, zeichne)
    return ergebnis


def _mitten(umrisse: Geometrien) -> Geometrien:
    """Return the points farthest from each outline: where a name fits best."""
    kreise = shapely.maximum_inscribed_circle(umrisse, tolerance=0.5)
    return shapely.get_point(kreise, 0)


def _pfad(umriss: shapely.Geometry) -> str:
    ringe = shapely.get_rings(shapely.get_parts([umriss]))
    return "".join(_ring(np.rint(shapely.get_coordinates(ring)).astype(np.int64)) for ring in ringe)


def _ring(punkte: Ganzzahlen) -> str:
    # Whole pixels, relative steps: half the size of absolute coordinates. Points that fall
    # onto one pixel are drawn once.
    behalten = np.append(True, (np.diff(punkte, axis=0) != 0).any(axis=1))
    eindeutig = punkte[behalten][:-1]
    schritte = np.diff(eindeutig, axis=0)
    anfang = f"M{eindeutig[0][0]} {eindeutig[0][1]}"
    return anfang + "l" + " ".join(f"{dx} {dy}" for dx, dy in schritte) + "z"
