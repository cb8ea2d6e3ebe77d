"""Vector tiles of the layers, ``kacheln/<layer>.pmtiles``.

Where locations lie closer together than can be told apart, one stands for all of them and says for
how many; at the deepest zoom each stands for itself: `layers.punktkacheln` writes them. The other
layers are few and have outlines to be cut and simplified, which GDAL does. Equal layers make equal
bytes.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import orjson
import pandas as pd
import pyogrio.raw
import shapely
from numpy.typing import NDArray
from pmtiles.tile import Compression, TileType
from pmtiles.writer import Writer

from layers import punktkacheln
from layers.herkunft import KARTENEBENEN
from layers.join import Verbund
from layers.lage import GENAU
from layers.raumbezug import Zahlen

ZOOM: Final = range(8, 14)
"""From the whole city to where a unit of a tile (1/4096) is 1.2 m; beyond, clients enlarge."""
RASTER: Final = 64
"""Cells along the side of a tile of which each shows one location, except at the deepest zoom: four
points of a screen, well below the size of a symbol."""
ENDUNG: Final = ".pmtiles"
ORDNER: Final = "kacheln/"
FELDER: Final = {
    "id": "String",
    "zeile": "Number",
    "handlungsfeld": "String",
    "ungefaehr": "Boolean",
    "anzahl": "Number",
}
"""What a location of a project says, in the words of the format's metadata."""
_GROESSE: Final = 4_000_000
"""Bytes of a tile above which GDAL would make it coarser."""


def dateien(verbund: Verbund, daten: Mapping[str, bytes], ab: int) -> dict[str, bytes]:
    """Return path → PMTiles file of every layer with a place.

    Parameters
    ----------
    daten
        ``daten/<layer>.geojson`` → its bytes.
    ab
        Layers with fewer features get none.
    """
    fertig = {}
    for name in KARTENEBENEN:
        if name == "projekte":
            orte = verbund.standorte[np.isfinite(verbund.standorte["lon"])]
            inhalt = _standorte(verbund, orte) if len(orte) >= max(ab, 1) else None
        else:
            inhalt = _aus_geojson(name, daten[f"daten/{name}.geojson"], max(ab, 1))
        if inhalt is not None:
            fertig[f"{ORDNER}{name}{ENDUNG}"] = inhalt
    return fertig


def _aus_geojson(name: str, roh: bytes, ab: int) -> bytes | None:
    mit_form = [f for f in orjson.loads(roh)["features"] if f["geometry"] is not None]
    if len(mit_form) < ab:
        return None
    formen = [orjson.dumps(f["geometry"]).decode() for f in mit_form]
    spalten = {
        "id": [str(f["id"]) for f in mit_form],
        "name": [str(f["properties"].get("name") or "") for f in mit_form],
    }
    with TemporaryDirectory() as ordner:
        ziel = Path(ordner) / f"{name}{ENDUNG}"
        pyogrio.raw.write(
            ziel,
            shapely.to_wkb(shapely.from_geojson(np.array(formen, dtype=object))),
            field_data=[np.array(werte, dtype=object) for werte in spalten.values()],
            fields=np.array(list(spalten), dtype=object),
            layer=name,
            driver="PMTiles",
            geometry_type="Unknown",
            crs="EPSG:4326",
            NAME=name,
            MINZOOM=ZOOM[0],
            MAXZOOM=ZOOM[-1],
            MAX_SIZE=_GROESSE,
        )
        return ziel.read_bytes()


def _standorte(verbund: Verbund, orte: pd.DataFrame) -> bytes:
    """Return the locations of the projects at each zoom."""
    zeile = orte["projekt"].to_numpy(dtype=np.int64)
    lon, lat = orte["lon"].to_numpy(), orte["lat"].to_numpy()
    x, y = punktkacheln.weltlage(lon, lat)
    spalten = {
        "id": verbund.projekte["id"].to_numpy(dtype=object)[zeile],
        "zeile": zeile,
        "handlungsfeld": verbund.projekte["handlungsfeld"].to_numpy(dtype=object)[zeile],
        "ungefaehr": ~orte["lagegenauigkeit"].isin(GENAU).to_numpy(),
    }
    datei = BytesIO()
    schreiber = Writer(datei)
    for zoom in ZOOM:
        erste, anzahl = np.arange(len(x)), np.ones(len(x), dtype=np.int64)
        if zoom != ZOOM[-1]:
            zelle = _zelle(x, y, RASTER << zoom)
            _, erste, anzahl = np.unique(zelle, return_index=True, return_counts=True)
        gezeigt = {name: werte[erste] for name, werte in spalten.items()} | {"anzahl": anzahl}
        for nummer, kachel in sorted(
            punktkacheln.kacheln("projekte", zoom, x[erste], y[erste], gezeigt)
        ):
            schreiber.write_tile(nummer, kachel)
    kopf, angaben = _beschreibung((lon.min(), lat.min(), lon.max(), lat.max()))
    schreiber.finalize(kopf, angaben)
    return datei.getvalue()


def _zelle(x: Zahlen, y: Zahlen, breite: int) -> NDArray[np.int64]:
    """Return the cell of the world that each point lies in, as one number."""
    zelle: NDArray[np.int64] = np.floor(y * breite).astype(np.int64) * breite
    return zelle + np.floor(x * breite).astype(np.int64)


def _beschreibung(ecken: Sequence[float]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return header and metadata of the file of the projects, in the form of the format."""
    west, sued, ost, nord = ecken
    mitte = ((west + ost) / 2, (sued + nord) / 2)
    w, s, o, n, mx, my = (round(grad * 1e7) for grad in (*ecken, *mitte))
    kopf = {
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": w,
        "min_lat_e7": s,
        "max_lon_e7": o,
        "max_lat_e7": n,
        "center_zoom": ZOOM[0],
        "center_lon_e7": mx,
        "center_lat_e7": my,
    }
    ebene = {"id": "projekte", "description": "", "minzoom": ZOOM[0], "maxzoom": ZOOM[-1]}
    angaben = {
        "name": "projekte",
        "type": "overlay",
        "format": "pbf",
        "minzoom": str(ZOOM[0]),
        "maxzoom": str(ZOOM[-1]),
        "bounds": ",".join(f"{grad:.7f}" for grad in ecken),
        "vector_layers": [{**ebene, "fields": FELDER}],
    }
    return kopf, angaben
