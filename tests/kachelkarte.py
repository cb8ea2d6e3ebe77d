"""A small PMTiles file out of our own areas, made with GDAL; streets and places are test data."""

import gzip
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import pyogrio
from pmtiles.reader import MmapSource, Reader, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

MIN_ZOOM: Final = 8
MAX_ZOOM: Final = 13
_KOPF: Final[Mapping[str, Any]] = {
    "tile_type": TileType.MVT,
    "tile_compression": Compression.GZIP,
    "min_lon_e7": 73000000,
    "min_lat_e7": 514000000,
    "max_lon_e7": 76000000,
    "max_lat_e7": 516000000,
}
QUELLE: Final = '<a href="https://example.org">© Testdaten</a> &amp; Stadt Dortmund'


def winzige(ort: Path, angaben: Mapping[str, Any], **kopf: Any) -> Path:
    """Write a file with one empty tile; ``kopf`` replaces fields of its header."""
    with ort.open("wb") as offen:
        schreiber = Writer(offen)
        schreiber.write_tile(zxy_to_tileid(0, 0, 0), b"")
        schreiber.finalize({**_KOPF, **kopf}, dict(angaben))
    return ort


def mache(daten: Path, ziel: Path) -> Path:
    """Write layers as Protomaps names them.

    Parameters
    ----------
    daten
        Folder with the layers of a build.
    ziel
        The file; its folder also gets what GDAL makes on the way.
    """
    flaechen = gpd.read_file(daten / "statistische_bezirke.geojson")[["name", "geometry"]]
    bezirke = gpd.read_file(daten / "stadtbezirke.geojson")[["geometry"]]
    mitten = flaechen.set_geometry(flaechen.representative_point())
    nummern = range(1, len(mitten) + 1)
    ebenen = {
        "earth": bezirke,
        "landuse": flaechen.iloc[::6].assign(kind="park")[["kind", "geometry"]],
        "water": flaechen.iloc[3:5].assign(kind="lake")[["kind", "geometry"]],
        "roads": flaechen.set_geometry(flaechen.boundary).assign(
            kind="major_road", name=[f"Teststraße {n}" for n in nummern]
        ),
        "places": mitten.assign(
            **{
                "kind": "neighbourhood",
                "name": [f"Testort {n}" for n in nummern],
                "name:en": [f"Test place {n}" for n in nummern],
                "name:ar": [f"مكان اختبار {n}" for n in nummern],
            }
        ),
    }
    return _verbinde(
        {name: _schreibe(name, tabelle, ziel) for name, tabelle in ebenen.items()}, ziel
    )


def _schreibe(name: str, tabelle: gpd.GeoDataFrame, ziel: Path) -> Path:
    """One layer, one file: GDAL cannot add a layer to a finished one."""
    datei = ziel.with_name(f"{name}.pmtiles")
    pyogrio.write_dataframe(
        tabelle, datei, driver="PMTiles", layer=name, MINZOOM=MIN_ZOOM, MAXZOOM=MAX_ZOOM
    )
    return datei


def _verbinde(dateien: Mapping[str, Path], ziel: Path) -> Path:
    """Put the layers together: a vector tile followed by another one is one with both's layers."""
    kacheln: defaultdict[int, bytes] = defaultdict(bytes)
    kopf: dict[str, Any] = {}
    for name, datei in dateien.items():
        with datei.open("rb") as offen:
            quelle = MmapSource(offen)
            if name == "earth":
                kopf = dict(Reader(quelle).header())
            for zxy, inhalt in all_tiles(quelle):
                kacheln[zxy_to_tileid(*zxy)] += gzip.decompress(inhalt)
    with ziel.open("wb") as offen:
        schreiber = Writer(offen)
        for nummer in sorted(kacheln):
            schreiber.write_tile(nummer, gzip.compress(kacheln[nummer], 6))
        schreiber.finalize(kopf, {"attribution": QUELLE, "name": "Testkarte"})
    return ziel
