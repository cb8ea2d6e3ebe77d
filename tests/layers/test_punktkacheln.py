"""Tiles of points, as another program (GDAL) reads them."""

import gzip
from pathlib import Path

import numpy as np
from pmtiles.tile import zxy_to_tileid

from layers import punktkacheln
from tests.kacheln.mvt import lies

ZOOM = 11


def test_every_point_is_read_where_it_lies_with_all_it_says(tmp_path: Path) -> None:
    zufall = np.random.default_rng(5)
    n = 700
    lon, lat = zufall.uniform(7.3, 7.64, n), zufall.uniform(51.42, 51.6, n)
    x, y = punktkacheln.weltlage(lon, lat)
    spalten = {
        "id": np.array([f"Größe-{i}" for i in range(n)], dtype=object),
        "zeile": np.arange(n) * 3001,
        "genau": np.arange(n) % 2 == 0,
    }
    kacheln = dict(punktkacheln.kacheln("orte", ZOOM, x, y, spalten))
    gefunden: set[int] = set()
    for kx in range(1065, 1070):
        for ky in range(677, 684):
            packung = kacheln.pop(zxy_to_tileid(ZOOM, kx, ky), None)
            innen = (np.floor(x * 2**ZOOM) == kx) & (np.floor(y * 2**ZOOM) == ky)
            if packung is None:
                assert not innen.any()
                continue
            rahmen = lies(gzip.decompress(packung), "orte", ZOOM, kx, ky, tmp_path)
            zeilen = rahmen["zeile"].to_numpy() // 3001
            assert set(np.flatnonzero(innen)) <= set(zeilen)
            assert list(rahmen["id"]) == [f"Größe-{i}" for i in zeilen]
            assert list(rahmen["genau"].astype(bool)) == list(zeilen % 2 == 0)
            # half a unit of a tile, in degrees
            np.testing.assert_allclose(rahmen.geometry.x, lon[zeilen], atol=360 / 2**ZOOM / 8190)
            gefunden |= set(zeilen)
    assert gefunden == set(range(n))
    assert not kacheln


def test_a_point_near_a_side_is_in_both_tiles() -> None:
    knapp = np.array([0.5 - punktkacheln.RAND / punktkacheln.EINHEITEN / 2, 0.25])
    spalten = {"id": np.array(["am Rand", "mitten"], dtype=object)}
    kacheln = dict(punktkacheln.kacheln("orte", 1, knapp, np.full(2, 0.25), spalten))
    links, rechts = (gzip.decompress(kacheln[zxy_to_tileid(1, kx, 0)]) for kx in (0, 1))
    assert b"am Rand" in links
    assert b"am Rand" in rechts
    assert b"mitten" in links
    assert b"mitten" not in rechts
