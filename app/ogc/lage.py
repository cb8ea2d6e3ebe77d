"""Where the features of a collection lie, in every system of coordinates.

Points are two columns of numbers; geometries are made of them for the rows that somebody looks at.
Other geometries are areas, of which there are few: they are kept.
"""

from abc import ABC, abstractmethod
from typing import Final, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from app.ogc.crs import CRS84, Crs, Geometrien, Zahlen, punkte_umgerechnet, umgerechnet
from app.ogc.spalte import Maske
from layers.merkmale import MIKROGRAD, NIRGENDS

Zeilen = NDArray[np.int64]
_STELLEN: Final = 6


class Rahmen(NamedTuple):
    """The bounds of every geometry in x/y coordinates, NaN where there is none."""

    links: Zahlen
    unten: Zahlen
    rechts: Zahlen
    oben: Zahlen


class Lage(ABC):
    """The places of all features."""

    def __init__(self, fehlt: Maske) -> None:
        self.fehlt: Final = fehlt
        self._rahmen: dict[str, Rahmen] = {}

    @abstractmethod
    def _berechneter_rahmen(self, crs: Crs) -> Rahmen: ...

    @abstractmethod
    def geometrien(self, zeilen: Zeilen, crs: Crs) -> Geometrien:
        """Return the geometries of some rows in x/y coordinates, None where there is none."""

    @abstractmethod
    def schneidet(self, flaeche: shapely.Polygon, crs: Crs) -> Maske:
        """Return which features meet a rectangle, borders included."""

    def rahmen(self, crs: Crs) -> Rahmen:
        """Return the bounds of every geometry in a system."""
        if crs.basis not in self._rahmen:
            self._rahmen[crs.basis] = self._berechneter_rahmen(crs)
        return self._rahmen[crs.basis]

    def nahe(self, gefragt: shapely.Geometry, crs: Crs) -> Maske:
        """Return whose bounds meet those of a geometry; no other feature shares a point with it."""
        links, unten, rechts, oben = shapely.bounds(gefragt)
        r = self.rahmen(crs)
        # a missing geometry has no bounds (NaN), and NaN is never inside
        ergebnis: Maske = (
            (r.links <= rechts) & (r.rechts >= links) & (r.unten <= oben) & (r.oben >= unten)
        )
        return ergebnis

    def ausdehnung(self) -> list[float] | None:
        """Return west, south, east, north of everything, None where nothing is located."""
        if self.fehlt.all():
            return None
        r = self.rahmen(CRS84)
        grenzen = (np.nanmin(r.links), np.nanmin(r.unten), np.nanmax(r.rechts), np.nanmax(r.oben))
        return [round(float(grenze), _STELLEN) for grenze in grenzen]


class Punkte(Lage):
    """Points, and features without a place.

    Parameters
    ----------
    lon, lat
        Millionths of a degree, `NIRGENDS` where there is no place.
    """

    def __init__(self, lon: Zahlen, lat: Zahlen) -> None:
        super().__init__(lon == NIRGENDS)
        self._lon = lon
        self._lat = lat

    def _berechneter_rahmen(self, crs: Crs) -> Rahmen:
        x, y = self._grad(self._lon), self._grad(self._lat)
        if crs.basis != CRS84.uri:
            x, y = punkte_umgerechnet(x, y, crs)
        return Rahmen(x, y, x, y)

    def _grad(self, mikro: Zahlen) -> Zahlen:
        grad = mikro / MIKROGRAD
        grad[self.fehlt] = np.nan
        return grad

    def geometrien(self, zeilen: Zeilen, crs: Crs) -> Geometrien:
        """Return points, made for these rows."""
        r = self.rahmen(crs)
        orte = np.full(len(zeilen), None, dtype=object)
        da = ~self.fehlt[zeilen]
        orte[da] = shapely.points(r.links[zeilen[da]], r.unten[zeilen[da]])
        return orte

    def schneidet(self, flaeche: shapely.Polygon, crs: Crs) -> Maske:
        """Return which points lie in a rectangle: its bounds are all of it."""
        return self.nahe(flaeche, crs)


class Flaechen(Lage):
    """Geometries of any kind.

    Parameters
    ----------
    geometrien
        In CRS84, None where there is none.
    """

    def __init__(self, geometrien: Geometrien) -> None:
        super().__init__(shapely.is_missing(geometrien))
        self._geometrien = {CRS84.uri: geometrien}

    def _in(self, crs: Crs) -> Geometrien:
        if crs.basis not in self._geometrien:
            self._geometrien[crs.basis] = umgerechnet(self._geometrien[CRS84.uri], crs)
        return self._geometrien[crs.basis]

    def _berechneter_rahmen(self, crs: Crs) -> Rahmen:
        return Rahmen(*shapely.bounds(self._in(crs)).T)

    def geometrien(self, zeilen: Zeilen, crs: Crs) -> Geometrien:
        """Return the kept geometries of these rows."""
        ergebnis: Geometrien = self._in(crs)[zeilen]
        return ergebnis

    def schneidet(self, flaeche: shapely.Polygon, crs: Crs) -> Maske:
        """Return which geometries share a point with a rectangle."""
        ergebnis = self.nahe(flaeche, crs)
        zeilen = np.flatnonzero(ergebnis)
        ergebnis[zeilen] = shapely.intersects(flaeche, self._in(crs)[zeilen])
        return ergebnis
