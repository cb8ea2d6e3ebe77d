"""Points as Mapbox Vector Tiles 2.1: columns in, tiles out.

GDAL, which makes the tiles of all other layers, takes every feature through a database of its own:
a million points took it longer than the rest of the build together. A point has three numbers,
so that a tile is written here with a few passes over its columns.
"""

import gzip
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pmtiles.tile import zxy_to_tileid

Ganzzahlen: TypeAlias = NDArray[np.int64]
Spalten: TypeAlias = Mapping[str, NDArray[Any]]
"""Property → its values, as texts (objects), whole numbers from 0 on or truth values."""

EINHEITEN: Final = 4096
"""Units along the side of a tile."""
RAND: Final = 80
"""Units beyond its side that a tile shows as well, so that no symbol is cut off: GDAL's width."""
_STUFE: Final = 6
# field number << 3 | wire type, by the names of the specification
_TILE_LAYERS: Final = 0x1A
_LAYER_NAME, _LAYER_FEATURES, _LAYER_KEYS, _LAYER_VALUES = 0x0A, 0x12, 0x1A, 0x22
_LAYER_EXTENT, _LAYER_VERSION = 0x28, 0x78
_FEATURE_TAGS, _FEATURE_TYPE, _FEATURE_GEOMETRY = 0x12, 0x18, 0x22
_VALUE_STRING, _VALUE_UINT, _VALUE_BOOL = 0x0A, 0x28, 0x38
_PUNKT: Final = 1
_MOVE_TO: Final = 9


def weltlage(
    lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return where points lie on the map of the world (EPSG:3857), from 0 to 1, y downwards."""
    return (lon + 180) / 360, (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2


def kacheln(
    ebene: str, zoom: int, x: NDArray[np.float64], y: NDArray[np.float64], spalten: Spalten
) -> Iterator[tuple[int, bytes]]:
    """Yield number (of PMTiles) and compressed bytes of each tile that shows a point.

    Parameters
    ----------
    x, y
        What `weltlage` returns.
    """
    breite = EINHEITEN << zoom
    stelle_x, stelle_y = (np.rint(werte * breite).astype(np.int64) for werte in (x, y))
    punkt, spalte, reihe = _verteilt(stelle_x, stelle_y)
    folge = np.lexsort((punkt, reihe, spalte))
    punkt, spalte, reihe = punkt[folge], spalte[folge], reihe[folge]
    wechsel = np.flatnonzero(np.diff(spalte, prepend=-1) | np.diff(reihe, prepend=-1))
    for von, bis in zip(wechsel, [*wechsel[1:], len(punkt)], strict=True):
        hier = punkt[von:bis]
        kx, ky = int(spalte[von]), int(reihe[von])
        inhalt = _kachel(
            ebene,
            stelle_x[hier] - kx * EINHEITEN,
            stelle_y[hier] - ky * EINHEITEN,
            {name: werte[hier] for name, werte in spalten.items()},
        )
        yield zxy_to_tileid(zoom, kx, ky), gzip.compress(inhalt, _STUFE, mtime=0)


def _verteilt(x: Ganzzahlen, y: Ganzzahlen) -> tuple[Ganzzahlen, Ganzzahlen, Ganzzahlen]:
    """Return point, column and row of every tile that shows a point, be it in its margin."""
    alle = np.arange(len(x))
    treffer = []
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            innen_x, innen_y = x % EINHEITEN - dx * EINHEITEN, y % EINHEITEN - dy * EINHEITEN
            gezeigt = _im_rand(innen_x) & _im_rand(innen_y)
            treffer.append(
                (alle[gezeigt], x[gezeigt] // EINHEITEN + dx, y[gezeigt] // EINHEITEN + dy)
            )
    punkt, spalte, reihe = (np.concatenate(teile) for teile in zip(*treffer, strict=True))
    return punkt, spalte, reihe


def _im_rand(innen: Ganzzahlen) -> NDArray[np.bool_]:
    return (innen >= -RAND) & (innen <= EINHEITEN + RAND)


def _kachel(ebene: str, x: Ganzzahlen, y: Ganzzahlen, spalten: Spalten) -> bytes:
    werte: list[bytes] = []
    marken = np.empty((len(x), 2 * len(spalten)), dtype=np.int64)
    for i, spalte in enumerate(spalten.values()):
        nummern, verschiedene = pd.factorize(spalte)
        marken[:, 2 * i] = i
        marken[:, 2 * i + 1] = nummern + len(werte)
        werte += (_mit_laenge(_LAYER_VALUES, _wert(wert)) for wert in verschiedene.tolist())
    inhalt = b"".join(
        (
            _mit_laenge(_LAYER_NAME, ebene.encode()),
            _features(x, y, marken),
            *(_mit_laenge(_LAYER_KEYS, name.encode()) for name in spalten),
            *werte,
            bytes((_LAYER_EXTENT,)) + _varint(EINHEITEN),
            bytes((_LAYER_VERSION, 2)),
        )
    )
    return _mit_laenge(_TILE_LAYERS, inhalt)


def _features(x: Ganzzahlen, y: Ganzzahlen, marken: Ganzzahlen) -> bytes:
    """Return all features, one row of numbers each, every number written as a varint."""
    lage = np.stack([np.full_like(x, _MOVE_TO), _zickzack(x), _zickzack(y)], axis=1)
    laenge_marken = _stellen(marken).sum(axis=1)
    laenge_lage = _stellen(lage).sum(axis=1)
    vorn = _spalten(_FEATURE_TAGS, laenge_marken)
    mitte = _spalten(_FEATURE_TYPE, _PUNKT, _FEATURE_GEOMETRY, laenge_lage)
    rumpf = np.hstack((vorn, marken, mitte, lage))
    kopf = _spalten(_LAYER_FEATURES, _stellen(rumpf).sum(axis=1))
    return _varints(np.hstack((kopf, rumpf)).ravel())


def _spalten(*werte: int | Ganzzahlen) -> Ganzzahlen:
    return np.stack(np.broadcast_arrays(*werte), axis=1)


def _zickzack(zahlen: Ganzzahlen) -> Ganzzahlen:
    return zahlen << 1 ^ zahlen >> 63


def _stellen(zahlen: Ganzzahlen) -> Ganzzahlen:
    """Return how many bytes each number takes: seven bits in one."""
    stellen = np.ones(zahlen.shape, dtype=np.int64)
    for grenze in range(7, int(zahlen.max(initial=0)).bit_length(), 7):
        stellen += zahlen >= 1 << grenze
    return stellen


def _varints(zahlen: Ganzzahlen) -> bytes:
    stellen = _stellen(zahlen)
    ab = np.cumsum(stellen) - stellen
    ergebnis = np.empty(int(stellen.sum()), dtype=np.uint8)
    for stelle in range(int(stellen.max(initial=0))):
        hat = stellen > stelle
        weiter = np.where(stellen[hat] > stelle + 1, 0x80, 0)
        ergebnis[ab[hat] + stelle] = zahlen[hat] >> 7 * stelle & 0x7F | weiter
    return ergebnis.tobytes()


def _varint(zahl: int) -> bytes:
    ziffern = bytearray()
    while zahl >= 0x80:
        ziffern.append(zahl & 0x7F | 0x80)
        zahl >>= 7
    ziffern.append(zahl)
    return bytes(ziffern)


def _mit_laenge(marke: int, inhalt: bytes) -> bytes:
    return b"%c%b%b" % (marke, _varint(len(inhalt)), inhalt)


def _wert(wert: str | bool | int) -> bytes:
    if isinstance(wert, str):
        return _mit_laenge(_VALUE_STRING, wert.encode())
    if isinstance(wert, bool):
        return bytes((_VALUE_BOOL, wert))
    return b"%c%b" % (_VALUE_UINT, _varint(wert))
