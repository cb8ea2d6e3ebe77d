"""Tiles read by another program: GDAL's driver for MVT."""

from pathlib import Path
from typing import Any

import geopandas as gpd
import pyogrio


def lies(inhalt: bytes, ebene: str, z: int, x: int, y: int, ordner: Path) -> gpd.GeoDataFrame:
    """Return the features of an uncompressed tile, in WGS84."""
    datei = ordner / f"{z}-{x}-{y}.mvt"
    datei.write_bytes(inhalt)
    gelesen: Any = pyogrio.read_dataframe(datei, layer=ebene, X=x, Y=y, Z=z, METADATA_FILE="")
    return gelesen.to_crs("EPSG:4326")
