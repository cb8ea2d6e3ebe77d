"""Bounding boxes: read in the axis order of their system, in x/y order from then on."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import shapely

from app.ogc.crs import Crs
from app.ogc.fehler import Unverstanden
from app.ogc.sammlung import Sammlung
from app.ogc.spalte import Maske

Rechteck = tuple[float, float, float, float]
"""minx, miny, maxx, maxy."""
_METER: Final = 1e8
"""No coordinate of the projected systems lies farther out."""
BEISPIEL: Final = "7.40,51.50,7.48,51.56"


def rechtecke(zahlen: Sequence[float], crs: Crs) -> tuple[Rechteck, ...]:
    """Return the rectangles of a bounding box: two where it crosses the antimeridian.

    Parameters
    ----------
    zahlen
        Four numbers, or six with heights, which say nothing about flat features.

    Raises
    ------
    Unverstanden
        Wrong number of values, values out of range, or corners in the wrong order.
    """
    text = ",".join(f"{zahl:g}" for zahl in zahlen)[:80]
    if len(zahlen) not in (4, 6) or not np.isfinite(zahlen).all():
        raise Unverstanden("ogc-bbox", text, BEISPIEL)
    mitte = len(zahlen) // 2
    (a, b), (c, d) = zahlen[:2], zahlen[mitte : mitte + 2]
    links, unten, rechts, oben = (b, a, d, c) if crs.getauscht else (a, b, c, d)
    weit = (180.0, 90.0) if crs.geografisch else (_METER, _METER)
    if max(abs(links), abs(rechts)) > weit[0] or max(abs(unten), abs(oben)) > weit[1]:
        raise Unverstanden("ogc-bbox", text, BEISPIEL)
    if unten > oben or (links > rechts and not crs.geografisch):
        raise Unverstanden("ogc-bbox", text, BEISPIEL)
    if links > rechts:
        return (links, unten, 180.0, oben), (-180.0, unten, rechts, oben)
    return ((links, unten, rechts, oben),)


def schneidet(sammlung: Sammlung, gefragt: Sequence[Rechteck], crs: Crs) -> Maske:
    """Return which features meet one of the rectangles, borders included."""
    ergebnis = np.zeros(len(sammlung), dtype=bool)
    for rechteck in gefragt:
        ergebnis |= sammlung.lage.schneidet(shapely.box(*rechteck), crs)
    return ergebnis
