"""``/export.gpkg``: all layers of the map in EPSG:25832 with their styles (process of `werkstatt`).

The layers come as the published GeoJSON and are written with GDAL. A finished GeoPackage of the
build, narrowed with SQL, would be quicker, but GDAL puts the time and random ids into a file: two
builds of the same sources would no longer be equal.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson
import pyogrio.raw
import shapely
from numpy.typing import NDArray

from layers.raumbezug import UTM32, umrisse_nach_utm

_TEXT: Final = np.dtype(object)
_STILTABELLE: Final = """
CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
  f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
  useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT CURRENT_TIMESTAMP
)"""
"""As QGIS makes it and looks for it ("save style in the database")."""
_STIL: Final = """
INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,
  styleName, styleQML, styleSLD, useAsDefault, description, owner)
VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '')"""
_INHALT: Final = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description)
VALUES ('layer_styles', 'attributes', 'layer_styles', '')"""


def schreibe(auftrag: Mapping[str, Any], ziel: Path) -> None:
    """Write the GeoPackage.

    Parameters
    ----------
    auftrag
        ``ebenen``: of each ``name``, ``titel``, ``herkunft``, ``qml``, ``geometrie`` (its type),
        ``schluessel`` (column for the ids of features, or None), ``ganz`` (GeoJSON of the whole
        layer, WGS84: says which columns there are, of which type), ``features`` (those to write,
        None: all) and ``dazu`` (whole numbers that only these have); ``metadaten``: name → text
        about the whole file.
    """
    for ebene in auftrag["ebenen"]:
        _schreibe_ebene(ebene, auftrag["metadaten"], ziel)
    with closing(sqlite3.connect(ziel)) as datenbank, datenbank:
        datenbank.execute(_STILTABELLE)
        datenbank.execute(_INHALT)
        for ebene in auftrag["ebenen"]:
            werte = (ebene["name"], ebene["titel"], ebene["qml"], ebene["herkunft"])
            datenbank.execute(_STIL, werte)


def _schreibe_ebene(ebene: Mapping[str, Any], metadaten: Mapping[str, str], ziel: Path) -> None:
    alle = ebene["ganz"]["features"]
    features = alle if ebene["features"] is None else ebene["features"]
    arten = {name: _art([f["properties"].get(name) for f in alle]) for name in _namen(alle)}
    arten |= dict.fromkeys(ebene["dazu"], np.dtype(np.int64))
    spalten = {n: _spalte([f["properties"].get(n) for f in features], a) for n, a in arten.items()}
    if ebene["schluessel"]:
        spalten = {ebene["schluessel"]: _spalte([f["id"] for f in features], _TEXT), **spalten}
    pyogrio.raw.write(
        ziel,
        shapely.to_wkb(_geometrien(features)),
        field_data=[werte for werte, _ in spalten.values()],
        field_mask=[fehlt for _, fehlt in spalten.values()],
        fields=np.array(list(spalten), dtype=object),
        layer=ebene["name"],
        driver="GPKG",
        geometry_type=ebene["geometrie"],
        crs=UTM32,
        promote_to_multi=ebene["geometrie"].startswith("Multi"),
        dataset_metadata=dict(metadaten),
        layer_metadata={"lizenz_quelle": ebene["herkunft"]},
        IDENTIFIER=ebene["titel"],
        DESCRIPTION=ebene["herkunft"],
        GEOMETRY_NAME="geom",
        SPATIAL_INDEX="YES",
    )


def _namen(features: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(name for feature in features for name in feature["properties"]))


def _geometrien(features: Sequence[Mapping[str, Any]]) -> NDArray[Any]:
    texte = [orjson.dumps(f["geometry"]).decode() if f["geometry"] else None for f in features]
    grad = shapely.from_geojson(np.array(texte, dtype=object))
    return umrisse_nach_utm(grad)


def _art(werte: Sequence[Any]) -> np.dtype[Any]:
    """Return the type of a column: that of its values in the whole layer, whatever is chosen."""
    arten = {type(wert) for wert in werte if wert is not None}
    if not arten or not arten <= {int, float}:
        return _TEXT
    return np.dtype(np.int64 if arten == {int} else np.float64)


def _spalte(werte: Sequence[Any], art: np.dtype[Any]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return the values as GDAL takes them, and which of them are none."""
    fehlt = np.array([wert is None for wert in werte], dtype=bool)
    leer = "" if art == _TEXT else 0
    return np.array([leer if wert is None else wert for wert in werte], dtype=art), fehlt
