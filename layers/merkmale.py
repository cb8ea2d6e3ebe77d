"""``merkmale/<layer>.bin``: where each feature of a layer begins, where it lies, what it is like.

A layer of a million features is more than a gigabyte of GeoJSON and several of Python objects.
These columns (`layers.spalten`) stand beside it, so that the service finds features in the bytes of
the layer itself and filters them without parsing any. A property with few distinct values is a
column of positions in them; one whose values are longer than that would save stays in the features
alone, and is read there.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, Literal, NamedTuple, TypeAlias

import numpy as np
import orjson

from layers.abbild import Puffer
from layers.herkunft import KARTENEBENEN
from layers.schluessel import folge
from layers.spalten import Spalte, Steigend, Zahlen, packe

Art: TypeAlias = Literal["text", "zahl", "wahr"]
DATEIEN: Final = {name: f"merkmale/{name}.bin" for name in KARTENEBENEN}
"""Layer → path of its columns in a build."""
MIKROGRAD: Final = 1_000_000
NIRGENDS: Final = -(1 << 31)
"""Stands for a coordinate of a feature without a place."""
_WEIT: Final = 2000.0
"""No coordinate in degrees lies farther out; larger ones would not fit the column."""
_BLOCK: Final = 1 << 13
_MAX_WERTE_BYTES: Final = 1 << 18
"""Distinct values of one property that are kept beside the layer."""
_SCHLUSS: Final = b"]}"
_ANFANG: Final = re.compile(rb'\{"type":"Feature","id":')
"""Cannot stand in a text, where its quotation marks would be escaped."""
_TEXT: Final = rb'"[^"\\]*(?:\\.[^"\\]*)*"'
_FEATURE: Final = re.compile(
    rb'\{"type":"Feature","id":(%b|[^,]*),"geometry":(.*?),"properties":(.*)\}' % _TEXT,
    re.DOTALL,
)
_Features: TypeAlias = Sequence[Mapping[str, Any]]


class Zerlegt(NamedTuple):
    """The parts of a feature, each as JSON."""

    id: bytes
    geometrie: bytes
    eigenschaften: bytes


def zerlege(feature: bytes) -> Zerlegt:
    """Return the parts of a feature as `layers.geojson` writes it.

    Raises
    ------
    ValueError
        It is no such feature.
    """
    gefunden = _FEATURE.fullmatch(feature)
    if gefunden is None:
        raise ValueError(feature[:80])
    return Zerlegt(*gefunden.groups())


def wertmuster(name: str) -> re.Pattern[bytes]:
    """Return what finds the value of a property, as JSON, in the bytes of features.

    The key cannot stand in a text, where its quotation marks would be escaped.
    """
    return re.compile(rb"%b:(%b|[^,}]*)" % (re.escape(orjson.dumps(name)), _TEXT), re.DOTALL)


def kanonisch(ebene: Puffer) -> bytes:
    """Return a layer in the layout of `layers.geojson`, whoever wrote it."""
    gelesen = orjson.loads(ebene)
    kopf = {"type": "FeatureCollection"} | {k: w for k, w in gelesen.items() if k != "features"}
    features = (
        {"type": "Feature", **{name: f[name] for name in ("id", "geometry", "properties")}}
        for f in gelesen["features"]
    )
    alle = b",".join(map(orjson.dumps, features))
    return b"".join((orjson.dumps(kopf)[:-1], b',"features":[', alle, _SCHLUSS))


def verzeichne(ebene: Puffer) -> bytes:
    """Return the columns of a layer that is `kanonisch`."""
    anfaenge = [treffer.start() for treffer in _ANFANG.finditer(ebene)]
    # one more behind the last feature, as if there were another one after a comma
    grenzen = np.array([*anfaenge, len(ebene) - len(_SCHLUSS) + 1], dtype=np.int64)
    ids: list[str] = []
    punkte, merkmale = _Punkte(), _Merkmale()
    for features in _bloecke(ebene, grenzen):
        ids += (str(f["id"]) for f in features)
        punkte.nimm(features)
        merkmale.nimm(features)
    kopf = {"anzahl": len(ids), "merkmale": merkmale.arten()}
    feste: dict[str, Spalte] = {"von": Steigend(grenzen), "folge": folge(ids)}
    return packe(kopf, feste | punkte.spalten() | merkmale.spalten())


def _bloecke(ebene: Puffer, grenzen: Zahlen) -> Iterator[_Features]:
    n = len(grenzen) - 1
    for ab in range(0, n, _BLOCK):
        bis = min(ab + _BLOCK, n)
        yield orjson.loads(b"[%b]" % bytes(ebene[grenzen[ab] : grenzen[bis] - 1]))


class _Punkte:
    """Collects places in millionths of a degree, as long as every geometry is a point or none."""

    def __init__(self) -> None:
        self._teile: list[Zahlen] | None = []

    def nimm(self, features: _Features) -> None:
        if self._teile is None:
            return
        mikro = _mikrograd([f["geometry"] for f in features])
        if mikro is None:
            self._teile = None
        else:
            self._teile.append(mikro)

    def spalten(self) -> dict[str, Spalte]:
        if not self._teile:
            return {}
        alle = np.concatenate(self._teile)
        return {"lon": alle[:, 0], "lat": alle[:, 1]}


def _mikrograd(geometrien: Sequence[Mapping[str, Any] | None]) -> Zahlen | None:
    """Return lon and lat of points as whole numbers; None if that would lose anything."""
    if any(
        g is not None and (g["type"], len(g["coordinates"])) != ("Point", 2) for g in geometrien
    ):
        return None
    nirgends = (np.nan, np.nan)
    grad = np.array([nirgends if g is None else g["coordinates"] for g in geometrien], dtype=float)
    ort = ~np.isnan(grad[:, 0])
    mikro = np.full(grad.shape, NIRGENDS, dtype=np.int64)
    mikro[ort] = np.rint(np.clip(grad[ort], -_WEIT, _WEIT) * MIKROGRAD)
    return mikro if (mikro[ort] / MIKROGRAD == grad[ort]).all() else None


class _Merkmale:
    """Collects the properties, each in a column of its own."""

    def __init__(self) -> None:
        self._n = 0
        self._nach_name: dict[str, _Merkmal] = {}

    def nimm(self, features: _Features) -> None:
        alle = [f["properties"] for f in features]
        for name, werte in _spaltenweise(alle):
            merkmal = self._nach_name.get(name)
            if merkmal is None:
                merkmal = self._nach_name[name] = _Merkmal(self._n)
            merkmal.nimm(werte)
        self._n += len(features)
        for merkmal in self._nach_name.values():
            merkmal.fuelle(self._n)

    def arten(self) -> dict[str, Art]:
        return {name: merkmal.art for name, merkmal in self._nach_name.items()}

    def spalten(self) -> dict[str, Spalte]:
        spalten: dict[str, Spalte] = {}
        for name, merkmal in self._nach_name.items():
            if merkmal.stellen is not None:
                spalten[f"merkmal.{name}"] = np.concatenate(merkmal.zeilen)
                werte = orjson.dumps(list(merkmal.stellen)[1:])
                spalten[f"merkmal.{name}.werte"] = np.frombuffer(werte, dtype=np.uint8)
        return spalten


def _spaltenweise(zeilen: _Features) -> Iterator[tuple[str, Sequence[Any]]]:
    namen = tuple(zeilen[0])
    if all(tuple(zeile) == namen for zeile in zeilen):
        yield from zip(namen, zip(*(zeile.values() for zeile in zeilen), strict=True), strict=True)
        return
    for name in dict.fromkeys(name for zeile in zeilen for name in zeile):
        yield name, [zeile.get(name) for zeile in zeilen]


class _Merkmal:
    """One property: position 0 means that nothing is documented.

    ``stellen`` is None as soon as its distinct values are too long to be kept.
    """

    def __init__(self, fehlende: int) -> None:
        self.stellen: dict[Any, int] | None = {None: 0}
        self.zeilen: list[Zahlen] = [np.zeros(fehlende, dtype=np.int64)]
        self._n = fehlende
        self._bytes = 0
        self._typen: set[type] = set()

    def nimm(self, werte: Sequence[Any]) -> None:
        self._n += len(werte)
        self._typen |= set(map(type, werte))
        if self.stellen is None:
            return
        for wert in dict.fromkeys(werte):
            if wert not in self.stellen:
                self.stellen[wert] = len(self.stellen)
                self._bytes += len(str(wert)) + 3
        if self._bytes > _MAX_WERTE_BYTES:
            self.stellen, self.zeilen = None, []
        else:
            stellen = map(self.stellen.__getitem__, werte)
            self.zeilen.append(np.fromiter(stellen, dtype=np.int64, count=len(werte)))

    def fuelle(self, n: int) -> None:
        """Note that no other row up to the ``n``-th has a value."""
        if self._n < n and self.stellen is not None:
            self.zeilen.append(np.zeros(n - self._n, dtype=np.int64))
        self._n = n

    @property
    def art(self) -> Art:
        typen = self._typen - {type(None)}
        if typen and typen <= {bool}:
            return "wahr"
        return "zahl" if typen and typen <= {bool, int, float} else "text"
