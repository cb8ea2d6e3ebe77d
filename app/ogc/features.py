"""The features of a layer where they lie: slices of its file, none of them parsed or kept."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import orjson

from layers import spalten
from layers.abbild import Puffer, gib_zurueck
from layers.merkmale import kanonisch, verzeichne, wertmuster, zerlege
from layers.reihe import Reihe
from layers.spalten import Spaltendatei, Zahlen

_BLOCK: Final = 1 << 15
"""Features looked at before their pages are given back."""


class Features(Reihe[bytes]):
    """The features of a layer as GeoJSON, in the order of its file.

    Parameters
    ----------
    roh
        The layer in the layout of `layers.geojson`.
    von
        Where each feature begins, and where one more would begin.
    """

    def __init__(self, roh: Puffer, von: Zahlen) -> None:
        self._roh = roh
        self._von = von

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._von) - 1

    def glied(self, stelle: int) -> bytes:
        """Return one feature."""
        return bytes(self._roh[self._von[stelle] : self._von[stelle + 1] - 1])

    def strecke(self, ab: int, bis: int) -> Puffer:
        """Return neighbours joined by commas: one piece of the file, not copied."""
        return self._roh[self._von[ab] : self._von[bis] - 1] if ab < bis else b""

    def werte(self, name: str) -> Iterator[Any]:
        """Yield a property of one feature after the other, None where it has none."""
        finde = wertmuster(name).search
        for ab in range(0, len(self), _BLOCK):
            grenzen = self._von[ab : ab + _BLOCK + 1].tolist()
            for von, bis in pairwise(grenzen):
                gefunden = finde(self._roh, von, bis)
                yield orjson.loads(gefunden[1]) if gefunden else None
            gib_zurueck(self._roh)


def lies(roh: Puffer, verzeichnis: Puffer | None) -> tuple[Features, Spaltendatei]:
    """Return the features of a layer and its columns, which are made here if there are none."""
    if verzeichnis is None:
        roh = kanonisch(roh)
        verzeichnis = verzeichne(roh)
    gelesen = spalten.lies(verzeichnis)
    return Features(roh, gelesen.zahlen("von")), gelesen


class Ids(Reihe[str]):
    """The ids of features, each read when it is asked for."""

    def __init__(self, features: Features) -> None:
        self._features = features

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._features)

    def glied(self, stelle: int) -> str:
        """Return one id."""
        return str(orjson.loads(zerlege(self._features[stelle]).id))
