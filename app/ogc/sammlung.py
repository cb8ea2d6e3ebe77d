"""One collection of a snapshot: a layer's bytes, and the columns that stand beside it.

Nothing of a feature is kept: its bytes are a slice of the layer's file, filters look at columns
(`layers.merkmale`), and both are shared with all processes that map the same build.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray

from app.ogc.crs import CRS84, Crs, geschrieben
from app.ogc.features import Ids, lies
from app.ogc.lage import Flaechen, Lage, Punkte
from app.ogc.spalte import DATEN, LISTEN, Art, Maske, Spalte, Tage, Wertspalte, spalte
from app.ogc.zeit import OFFEN_BIS, OFFEN_VON
from layers.abbild import Puffer
from layers.merkmale import zerlege
from layers.schluessel import Schluessel

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
_GEOMETRIE: Final = b',"geometry":'
Ganze = NDArray[np.int64]


def benachbart(zeilen: Ganze) -> bool:
    """Say whether ascending rows are neighbours without a gap."""
    return bool(len(zeilen) and zeilen[-1] - zeilen[0] == len(zeilen) - 1)


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
    verzeichnis
        The columns of the layer (`layers.merkmale`); without them they are made here.
    """

    def __init__(
        self,
        id_: str,
        roh: Puffer,
        codelisten: Mapping[str, Collection[str]] = MappingProxyType({}),
        verzeichnis: Puffer | None = None,
    ) -> None:
        self._features, self._verzeichnis = lies(roh, verzeichnis)
        self._codelisten = codelisten
        self._spalten: dict[str, Spalte] = {}
        self.id: Final = id_
        self.ids: Final[Sequence[str]] = Ids(self._features)
        self.zeile: Final = Schluessel(self.ids, self._verzeichnis.zahlen("folge"))
        self.arten: Final[Mapping[str, Art]] = {
            name: self.spalte(name).art if name in DATEN else art
            for name, art in self._verzeichnis.kopf["merkmale"].items()
        }

    def __len__(self) -> int:
        return len(self._features)

    @cached_property
    def namen(self) -> tuple[str, ...]:
        """The names of the properties."""
        return tuple(self.arten)

    def feature(self, zeile: int, crs: Crs) -> bytes:
        """Return a feature as GeoJSON with the coordinates of a system."""
        return bytes(self.features(np.array([zeile], dtype=np.int64), crs))

    def features(self, zeilen: Ganze, crs: Crs) -> Puffer:
        """Return features joined by commas; neighbours in CRS84 are one piece of the file."""
        if crs is not CRS84:
            return b",".join(self._in(zeilen, crs))
        if benachbart(zeilen):
            return self._features.strecke(int(zeilen[0]), int(zeilen[-1]) + 1)
        return b",".join([self._features[zeile] for zeile in zeilen.tolist()])

    def _in(self, zeilen: Ganze, crs: Crs) -> Iterator[bytes]:
        texte = shapely.to_geojson(geschrieben(self.lage.geometrien(zeilen, crs), crs))
        for zeile, text in zip(zeilen.tolist(), texte, strict=True):
            feature = self._features[zeile]
            geometrie = zerlege(feature).geometrie
            ab = feature.index(_GEOMETRIE) + len(_GEOMETRIE)
            neue = b"null" if text is None else text.encode()
            yield b"".join((feature[:ab], neue, feature[ab + len(geometrie) :]))

    def eigenschaften(self, zeile: int) -> Mapping[str, Any]:
        """Return the properties of a feature."""
        inhalt: Mapping[str, Any] = orjson.loads(self._features[zeile])["properties"]
        return inhalt

    @cached_property
    def lage(self) -> Lage:
        """Where the features lie."""
        if "lon" in self._verzeichnis:
            return Punkte(self._verzeichnis.zahlen("lon"), self._verzeichnis.zahlen("lat"))
        texte = [zerlege(feature).geometrie.decode() for feature in self._features]
        return Flaechen(shapely.from_geojson([None if t == "null" else t for t in texte]))

    def spalte(self, name: str) -> Spalte:
        """Return a property of all features.

        Raises
        ------
        KeyError
            The collection has no such property.
        """
        if name not in self._spalten:
            self._spalten[name] = spalte(name, self._features, self._verzeichnis)
        return self._spalten[name]

    @cached_property
    def codes(self) -> Mapping[str, tuple[str, ...]]:
        """Property → the codes that it may have, in the order of their list."""
        codes = {
            name: tuple(self._codelisten.get(_CODELISTE.get(name, name), ()))
            for name in self.arten
            if name not in LISTEN
        }
        return {name: liste for name, liste in codes.items() if liste and self._nur(name, liste)}

    def _nur(self, name: str, codes: Collection[str]) -> bool:
        gesehen = self.spalte(name)
        return isinstance(gesehen, Wertspalte) and set(gesehen.werte) <= set(codes)

    @property
    def hat_laufzeit(self) -> bool:
        """Whether features of this collection have a Laufzeit."""
        return all(name in self.arten for name in LAUFZEIT)

    @cached_property
    def _zeiten(self) -> tuple[Tage, Tage]:
        n = len(self)
        if not self.hat_laufzeit:
            return np.full(n, OFFEN_BIS, dtype=np.int32), np.full(n, OFFEN_VON, dtype=np.int32)
        beginn, ende = (self.spalte(name) for name in LAUFZEIT)
        von, bis = beginn.zeitraeume()[0], ende.zeitraeume()[1]
        ohne: Maske = beginn.fehlt & ende.fehlt
        von[ohne], bis[ohne] = OFFEN_BIS, OFFEN_VON
        return von, bis

    def laufzeiten(self) -> tuple[Tage, Tage]:
        """Return first and last day of every feature's Laufzeit, open where one end is unknown.

        A feature with neither end documented has an empty one: it lasts from the end of time to
        its beginning, so that it meets no interval (as ``von`` and ``bis`` of `app.query`).
        """
        return self._zeiten
