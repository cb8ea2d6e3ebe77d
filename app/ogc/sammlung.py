"""One collection of a snapshot: a layer's bytes cut into features, its columns and geometries.

Everything is made once per snapshot and when it is first needed: a layer that nobody asks for costs
nothing, a system of coordinates that nobody asks for neither.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from app.ogc.crs import CRS84, Crs, Geometrien, geschrieben, umgerechnet
from app.ogc.spalte import LISTEN, Maske, Spalte, spalte
from app.ogc.zeit import OFFEN_BIS, OFFEN_VON

KOLLEKTIONEN: Final[Mapping[str, tuple[str, ...]]] = {
    "projekte": ("name", "status", "handlungsfeld", "stadtbezirke", "beginn", "ende"),
    "plaetze": ("name", "stadtbezirk", "ort", "status"),
    "brachflaechen": ("name", "stadtbezirk", "flaeche_ha", "status"),
    "stadtbezirke": ("name", "projektgebiet", "flaeche_ha"),
    "statistische_bezirke": ("name", "stadtbezirk", "flaeche_ha"),
    "projektgebiet": ("name", "umfang"),
}
"""Id of a collection (a layer of ``daten/``) → the properties of its table as a page."""
LAUFZEIT: Final = ("beginn", "ende")
_CODELISTE: Final = {"stadtbezirk_berechnet": "stadtbezirk"}
"""Properties whose codes are those of a list with another name."""
Ganze = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Text:
    """Texts one after the other: text *i* is ``bytes[von[i]:bis[i]]``."""

    inhalt: memoryview
    von: Ganze
    bis: Ganze


class Sammlung:
    """A collection of features in the order of its file.

    Parameters
    ----------
    id_
        Key of `KOLLEKTIONEN`.
    roh
        The layer as RFC 7946 GeoJSON.
    codelisten
        Code list → its codes; a property of that name whose values are all among them has these.
    """

    def __init__(
        self, id_: str, roh: bytes, codelisten: Mapping[str, Collection[str]] = MappingProxyType({})
    ) -> None:
        features = orjson.loads(roh)["features"]
        self.id: Final = id_
        self.ids: Final = tuple(str(f["id"]) for f in features)
        self.zeile: Final = {fid: i for i, fid in enumerate(self.ids)}
        self._roh = roh
        self._geometriestelle, self._texte = _zerlegt(features, roh)
        spalten = _spalten(features)
        self.arten: Final = {name: spalte.art for name, spalte in spalten.items()}
        self.codes: Final = _codes(spalten, codelisten)
        self._geometrien = {CRS84.uri: _geometrien(features)}
        self._geometrietexte: dict[str, tuple[bytes, ...]] = {}
        self._rahmen: dict[str, NDArray[np.float64]] = {}
        self._spalten: dict[str, Spalte] = {}
        self._zeiten: tuple[Ganze, Ganze] | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def feature(self, zeile: int, crs: Crs) -> bytes:
        """Return a feature as GeoJSON with the coordinates of a system."""
        von, bis = int(self._texte.von[zeile]), int(self._texte.bis[zeile])
        inhalt = self._texte.inhalt
        if crs is CRS84:
            return bytes(inhalt[von:bis])
        geo, ende = (int(grenze[zeile]) for grenze in self._geometriestelle)
        return b"".join((inhalt[von:geo], self._in(crs)[zeile], inhalt[ende:bis]))

    def features(self, zeilen: NDArray[np.int64], crs: Crs) -> bytes:
        """Return features joined by commas; neighbours in CRS84 are one piece of the file."""
        if crs is CRS84 and len(zeilen) and zeilen[-1] - zeilen[0] == len(zeilen) - 1:
            return bytes(
                self._texte.inhalt[self._texte.von[zeilen[0]] : self._texte.bis[zeilen[-1]]]
            )
        return b",".join([self.feature(zeile, crs) for zeile in zeilen.tolist()])

    def eigenschaften(self, zeile: int) -> Mapping[str, Any]:
        """Return the properties of a feature."""
        inhalt: Mapping[str, Any] = orjson.loads(self.feature(zeile, CRS84))["properties"]
        return inhalt

    def geometrien(self, crs: Crs) -> Geometrien:
        """Return the geometries in x/y coordinates of a system, None where there is none."""
        gefunden = self._geometrien.get(crs.basis)
        if gefunden is None:
            gefunden = umgerechnet(self._geometrien[CRS84.uri], crs)
            self._geometrien[crs.basis] = gefunden
        return gefunden

    def rahmen(self, crs: Crs) -> NDArray[np.float64]:
        """Return minx, miny, maxx, maxy of every geometry, NaN where there is none."""
        if crs.basis not in self._rahmen:
            self._rahmen[crs.basis] = shapely.bounds(self.geometrien(crs))
        return self._rahmen[crs.basis]

    def spalte(self, name: str) -> Spalte:
        """Return a property of all features.

        Raises
        ------
        KeyError
            The collection has no such property.
        """
        if name not in self._spalten:
            if name not in self.arten:
                raise KeyError(name)
            alle = [f["properties"] for f in orjson.loads(self._roh)["features"]]
            self._spalten[name] = spalte(name, alle)
        return self._spalten[name]

    @property
    def hat_laufzeit(self) -> bool:
        """Whether features of this collection have a Laufzeit."""
        return all(name in self.arten for name in LAUFZEIT)

    def laufzeiten(self) -> tuple[Ganze, Ganze]:
        """Return first and last day of every feature's Laufzeit, open where one end is unknown.

        A feature with neither end documented has an empty one: it lasts from the end of time to
        its beginning, so that it meets no interval (as ``von`` and ``bis`` of `app.query`).
        """
        if self._zeiten is None:
            self._zeiten = self._berechnete_laufzeiten()
        return self._zeiten

    def _berechnete_laufzeiten(self) -> tuple[Ganze, Ganze]:
        n = len(self)
        if not self.hat_laufzeit:
            return np.full(n, OFFEN_BIS, dtype=np.int64), np.full(n, OFFEN_VON, dtype=np.int64)
        beginn, ende = (self.spalte(name) for name in LAUFZEIT)
        von, bis = beginn.zeitraeume()[0], ende.zeitraeume()[1]
        ohne: Maske = beginn.fehlt & ende.fehlt
        return np.where(ohne, OFFEN_BIS, von), np.where(ohne, OFFEN_VON, bis)

    def _in(self, crs: Crs) -> tuple[bytes, ...]:
        gefunden = self._geometrietexte.get(crs.uri)
        if gefunden is None:
            texte = shapely.to_geojson(geschrieben(self.geometrien(crs), crs))
            gefunden = tuple(b"null" if text is None else text.encode() for text in texte)
            self._geometrietexte[crs.uri] = gefunden
        return gefunden


def _zerlegt(
    features: Sequence[Mapping[str, Any]], roh: bytes
) -> tuple[tuple[Ganze, Ganze], _Text]:
    """Return where geometry and feature begin and end, in the layer's own bytes if possible."""
    texte = [orjson.dumps(f) for f in features]
    laengen = np.array([len(text) for text in texte], dtype=np.int64)
    ende = np.cumsum(laengen + 1) - 1
    # "type", "id", "geometry", "properties" in this order: what layers.geojson writes
    vor = [len(orjson.dumps({"type": f["type"], "id": f["id"]})) + 11 for f in features]
    geo = np.array([len(orjson.dumps(f["geometry"])) for f in features], dtype=np.int64)
    alle = b",".join(texte)
    versatz = roh.find(alle) if alle else 0
    inhalt, versatz = (memoryview(alle), 0) if versatz < 0 else (memoryview(roh), versatz)
    von = ende - laengen + versatz
    beginn = von + np.array(vor, dtype=np.int64)
    return (beginn, beginn + geo), _Text(inhalt, von, ende + versatz)


def _spalten(features: Sequence[Mapping[str, Any]]) -> dict[str, Spalte]:
    namen = dict.fromkeys(name for f in features for name in f["properties"])
    alle = [f["properties"] for f in features]
    return {name: spalte(name, alle) for name in namen}


def _codes(
    spalten: Mapping[str, Spalte], codelisten: Mapping[str, Collection[str]]
) -> dict[str, tuple[str, ...]]:
    codes = {name: codelisten.get(_CODELISTE.get(name, name), ()) for name in spalten}
    return {
        name: tuple(liste)
        for name, liste in codes.items()
        if liste and name not in LISTEN and set(spalten[name].werte) <= set(liste)
    }


def _geometrien(features: Sequence[Mapping[str, Any]]) -> Geometrien:
    texte = [
        None if f["geometry"] is None else orjson.dumps(f["geometry"]).decode() for f in features
    ]
    ergebnis: Geometrien = shapely.from_geojson(np.array(texte, dtype=object))
    return ergebnis
