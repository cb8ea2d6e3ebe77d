"""Write GeoJSON as RFC 7946 asks: WGS84, lon before lat, right-hand rule, ids, bbox."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, Final

import numpy as np
import orjson
import shapely

from layers.raumbezug import Geometrien, Zahlen

STELLEN: Final = 6
"""Decimals of a degree: a tenth of a metre."""
_FEATURES: Final = b',"features":['
"""Cannot stand in a text, where its quotation marks would be escaped."""


def sammlung(
    ids: Sequence[str],
    geometrien: Geometrien,
    eigenschaften: Iterable[Mapping[str, Any]],
    mitglieder: Mapping[str, Any] | None = None,
) -> bytes:
    """Return a FeatureCollection.

    Parameters
    ----------
    ids
        Unique ids of the features.
    geometrien
        Geometries in EPSG:4326 (lon, lat), or None: a feature that is not located.
    eigenschaften
        Properties of each feature; None where something is not documented.
    mitglieder
        Foreign members of the collection (RFC 7946 §6.1), such as its licence.
    """
    gerundet = _gerundet(geometrien)
    texte = shapely.to_geojson(gerundet)
    kopf: dict[str, Any] = {"type": "FeatureCollection", **(mitglieder or {})}
    if not shapely.is_missing(gerundet).all():
        kopf["bbox"] = shapely.total_bounds(gerundet).tolist()
    datei = BytesIO()
    datei.write(orjson.dumps(kopf)[:-1] + _FEATURES)
    # one by one: a million of them as objects would be several gigabytes
    for nummer, (id_, text, werte) in enumerate(zip(ids, texte, eigenschaften, strict=True)):
        feature = {
            "type": "Feature",
            "id": id_,
            "geometry": None if text is None else orjson.Fragment(text),
            "properties": werte,
        }
        datei.write(b"," if nummer else b"")
        datei.write(orjson.dumps(feature, option=orjson.OPT_SERIALIZE_NUMPY))
    datei.write(b"]}")
    return datei.getvalue()


def mitglieder(datei: bytes) -> dict[str, Any]:
    """Return what a file of `sammlung` says before its features, which are not parsed.

    Any other JSON object is returned whole.
    """
    bis = datei.find(_FEATURES)
    gelesen: dict[str, Any] = orjson.loads(datei if bis < 0 else datei[:bis] + b"}")
    return gelesen


def _gerundet(geometrien: Geometrien) -> Geometrien:
    def runde(koordinaten: Zahlen) -> Zahlen:
        return np.round(koordinaten, STELLEN)

    gerichtet = shapely.orient_polygons(geometrien, exterior_cw=False)
    ergebnis: Geometrien = shapely.transform(gerichtet, runde)
    return ergebnis
