"""Make neighbours fit: from outlines with gaps and overlaps to a gap-free coverage.

All geometries are polygons in EPSG:25832 (metres), one a district.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from shapely.errors import GEOSException

from layers.ablehnung import Abgelehnt, Grund
from layers.raumbezug import GENERALISIERUNG_M, Geometrien, Zahlen

ABWEICHUNG: Final = 0.02
"""Part of its official area by which a district may change."""
_GEOS: Final = (3, 14)
"""The first GEOS that cleans coverages."""
_SPALT_M: Final = 100.0
"""Gaps up to this width are closed; the widest of the official export is under 60 m."""
_FANG_M: Final = (5.0, 2.0, 1.0)
"""Distances within which vertices become one, tried in turn.

Under a metre, rounding to whole metres would cross borders that lie closer than that. At a larger
distance GEOS now and then loses a whole district: that shows in its area, and the next is tried.
"""
_M2_JE_HA: Final = 10_000.0


@dataclass(frozen=True, slots=True)
class Messung:
    """How well outlines fit together: connected parts, gaps (holes), areas in hectares."""

    teile: int
    luecken: int
    luecken_ha: float
    groesste_luecke_ha: float
    ueberlappung_ha: float


@dataclass(frozen=True, slots=True)
class Abdeckung:
    """A gap-free coverage, and what it took.

    Parameters
    ----------
    umrisse
        Generalised, on whole metres, normalised, in the order of the input.
    vorher, nachher
        The input and ``umrisse``, measured.
    abweichung
        By how much each area changed, as part of the input's area.
    """

    umrisse: Geometrien
    vorher: Messung
    nachher: Messung
    abweichung: Zahlen


def bereinige(umrisse: Geometrien, namen: Sequence[str]) -> Abdeckung:
    """Close gaps and overlaps, generalise by `GENERALISIERUNG_M`, and round to whole metres.

    Parameters
    ----------
    umrisse
        Polygons or multipolygons with an area, EPSG:25832.
    namen
        What the districts are called in a refusal.

    Raises
    ------
    Abgelehnt
        No gap-free coverage comes out, or only with a district changed by more than `ABWEICHUNG`.
    """
    if shapely.geos_version < _GEOS:
        noetig = ".".join(str(teil) for teil in _GEOS)
        raise Abgelehnt(Grund.GEOS, noetig=noetig, vorhanden=shapely.geos_version_string)
    hindernisse = []
    for fang in _FANG_M:
        ergebnis = _versuche(umrisse, namen, fang)
        if isinstance(ergebnis, Abdeckung):
            return ergebnis
        hindernisse.append(ergebnis)
    raise hindernisse[0]


def messe(umrisse: Geometrien) -> Messung:
    """Count and measure the gaps between outlines, and how much of them lies twice.

    A gap is a hole in the united area: the city has no enclave. A slit that opens to the outside
    cannot be told from a bay of the city's border here; the gate warns of narrow ones.
    """
    vereint = shapely.union_all(umrisse)
    teile = shapely.get_parts(vereint)
    ringe = [ring for teil in teile for ring in teil.interiors]
    flaechen = shapely.area(shapely.polygons(np.array(ringe, dtype=object))) / _M2_JE_HA
    doppelt = float(shapely.area(umrisse).sum() - vereint.area) / _M2_JE_HA
    return Messung(
        teile=len(teile),
        luecken=len(ringe),
        luecken_ha=float(flaechen.sum()),
        groesste_luecke_ha=float(flaechen.max(initial=0.0)),
        ueberlappung_ha=max(doppelt, 0.0),
    )


def _versuche(umrisse: Geometrien, namen: Sequence[str], fang: float) -> Abdeckung | Abgelehnt:
    heil = shapely.make_valid(umrisse, method="structure", keep_collapsed=False)
    try:
        dicht = shapely.coverage_clean(  # type: ignore[attr-defined]  # stubs are for 2.1
            heil, gap_width=_SPALT_M, snapping_distance=fang
        )
        glatt = shapely.coverage_simplify(dicht, GENERALISIERUNG_M)
    except GEOSException as fehler:
        return Abgelehnt(Grund.UNDICHT, einzelheit=str(fehler))
    rund = shapely.normalize(shapely.transform(glatt, np.round))
    # Rounding moves every vertex on its own: what held before has to be shown again.
    if not (shapely.is_valid(rund).all() and shapely.coverage_is_valid(rund)):
        return Abgelehnt(Grund.UNDICHT, einzelheit="coverage_is_valid")
    nachher = messe(rund)
    if nachher.luecken or nachher.teile > 1:
        return Abgelehnt(
            Grund.LUECKEN,
            luecken=nachher.luecken + nachher.teile - 1,
            hektar=round(nachher.luecken_ha, 1),
        )
    vorher = shapely.area(umrisse)
    abweichung = np.max(
        [np.abs(shapely.area(danach) - vorher) / vorher for danach in (dicht, rund)], axis=0
    )
    stelle = int(abweichung.argmax())
    if abweichung[stelle] > ABWEICHUNG:
        return Abgelehnt(
            Grund.FLAECHE,
            name=namen[stelle],
            prozent=round(float(abweichung[stelle]) * 100, 1),
            grenze=round(ABWEICHUNG * 100, 1),
        )
    return Abdeckung(rund, messe(heil), nachher, abweichung)
