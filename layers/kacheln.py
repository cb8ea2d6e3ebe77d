"""Vector tiles of the layers, ``kacheln/<layer>.pmtiles``: written by GDAL.

Where locations lie closer together than can be told apart, one stands for all of them and says for
how many; at the deepest zoom each stands for itself. GDAL is given each zoom of the locations as a
file of its own because it knows no way to thin points out; the files become one. Equal layers make
equal bytes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeAlias

import numpy as np
import orjson
import pyogrio.raw
import shapely
from numpy.typing import NDArray
from pmtiles.reader import MemorySource, Reader, all_tiles
from pmtiles.tile import zxy_to_tileid
from pmtiles.writer import write

from layers.herkunft import KARTENEBENEN
from layers.join import Verbund
from layers.lage import GENAU
from layers.raumbezug import Geometrien

ZOOM: Final = range(8, 14)
"""From the whole city to where a unit of a tile (1/4096) is 1.2 m; beyond, clients enlarge."""
RASTER: Final = 64
"""Cells along the side of a tile of which each shows one location, except at the deepest zoom: four
points of a screen, well below the size of a symbol. Finer ones would double the work of GDAL."""
ENDUNG: Final = ".pmtiles"
ORDNER: Final = "kacheln/"
_GROESSE: Final = 4_000_000
"""Bytes of a tile above which GDAL would make it coarser; a full raster stays below."""


@dataclass(frozen=True, slots=True)
class _Merkmale:
    """Geometries in WGS84 and their properties, columns of equal length."""

    formen: Geometrien
    spalten: Mapping[str, NDArray[Any]]


_Stufe: TypeAlias = tuple[range, _Merkmale]
"""What is shown at some zooms."""


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
            stufen = _standorte(verbund)
        else:
            stufen = [(ZOOM, _aus_geojson(daten[f"daten/{name}.geojson"]))]
        if len(stufen[-1][1].formen) >= max(ab, 1):
            fertig[f"{ORDNER}{name}{ENDUNG}"] = _archiv(name, stufen)
    return fertig


def _aus_geojson(roh: bytes) -> _Merkmale:
    mit_form = [f for f in orjson.loads(roh)["features"] if f["geometry"] is not None]
    formen = [orjson.dumps(f["geometry"]).decode() for f in mit_form]
    spalten = {
        "id": [str(f["id"]) for f in mit_form],
        "name": [str(f["properties"].get("name") or "") for f in mit_form],
    }
    return _Merkmale(
        shapely.from_geojson(np.array(formen, dtype=object)),
        {name: np.array(werte, dtype=object) for name, werte in spalten.items()},
    )


def _standorte(verbund: Verbund) -> list[_Stufe]:
    """Return the locations of the projects for each zoom."""
    orte = verbund.standorte[np.isfinite(verbund.standorte["lon"])]
    zeile = orte["projekt"].to_numpy(dtype=np.int64)
    lon, lat = orte["lon"].to_numpy(), orte["lat"].to_numpy()
    spalten = {
        "id": verbund.projekte["id"].to_numpy(dtype=object)[zeile],
        "zeile": zeile.astype(np.int32),
        "handlungsfeld": verbund.projekte["handlungsfeld"].to_numpy(dtype=object)[zeile],
        "ungefaehr": ~orte["lagegenauigkeit"].isin(GENAU).to_numpy(),
    }
    formen = np.asarray(shapely.points(lon, lat), dtype=object)
    stufen: list[_Stufe] = []
    for zoom in ZOOM:
        erste, anzahl = np.arange(len(formen)), np.ones(len(formen), dtype=np.int64)
        if zoom != ZOOM[-1]:
            _, erste, anzahl = np.unique(
                _zelle(lon, lat, zoom), return_index=True, return_counts=True
            )
        gezeigt = {name: werte[erste] for name, werte in spalten.items()}
        merkmale = _Merkmale(formen[erste], {**gezeigt, "anzahl": anzahl.astype(np.int32)})
        stufen.append((range(zoom, zoom + 1), merkmale))
    return stufen


def _zelle(lon: NDArray[np.float64], lat: NDArray[np.float64], zoom: int) -> NDArray[np.int64]:
    """Return the cell of the world that each point lies in, as one number (EPSG:3857)."""
    breite = RASTER << zoom
    x = (lon + 180) / 360 * breite
    y = (1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2 * breite
    zelle: NDArray[np.int64] = np.floor(y).astype(np.int64) * breite + np.floor(x).astype(np.int64)
    return zelle


def _archiv(name: str, stufen: Sequence[_Stufe]) -> bytes:
    with TemporaryDirectory() as ordner:
        archive = [_schreibe(Path(ordner), name, zooms, merkmale) for zooms, merkmale in stufen]
        ziel = Path(ordner) / f"alle{ENDUNG}"
        with write(str(ziel)) as schreiber:
            for (z, x, y), kachel in _kacheln(archive):
                schreiber.write_tile(zxy_to_tileid(z, x, y), kachel)
            letztes = Reader(MemorySource(archive[-1]))
            angaben = letztes.metadata()
            for ebene in angaben["vector_layers"]:
                ebene["minzoom"] = ZOOM[0]
            schreiber.finalize(letztes.header(), angaben)
        return ziel.read_bytes()


def _kacheln(archive: Sequence[bytes]) -> Iterator[tuple[tuple[int, int, int], bytes]]:
    for archiv in archive:
        yield from all_tiles(MemorySource(archiv))


def _schreibe(ordner: Path, name: str, zooms: range, merkmale: _Merkmale) -> bytes:
    """Return the tiles of some zooms."""
    ziel = ordner / f"{zooms.start}{ENDUNG}"
    pyogrio.raw.write(
        ziel,
        shapely.to_wkb(merkmale.formen),
        field_data=list(merkmale.spalten.values()),
        fields=np.array(list(merkmale.spalten), dtype=object),
        layer=name,
        driver="PMTiles",
        geometry_type="Unknown",
        crs="EPSG:4326",
        NAME=name,
        MINZOOM=zooms[0],
        MAXZOOM=zooms[-1],
        MAX_SIZE=_GROESSE,
    )
    return ziel.read_bytes()
