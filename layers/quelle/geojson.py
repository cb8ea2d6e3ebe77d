"""GeoJSON (RFC 7946, and the older ``crs`` member): features as rows.

Not read by GDAL: one broken geometry would take the whole file with it, and a JSON document
may make GDAL open other files. orjson knows no NaN and no nesting without end.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import orjson
import shapely

from layers.befund import Befund, Code
from layers.quelle import attribut, geometrie
from layers.quelle.raster import Auftrag, Raster
from layers.quelle.text import dekodiere
from layers.raumbezug import WGS84


def lies(auftrag: Auftrag) -> Raster:
    """Return the features as rows. Raises `Abgewiesen`."""
    text, befunde = dekodiere(auftrag.bytes(auftrag.grenzen.vektor_mb), auftrag)
    try:
        inhalt = orjson.loads(text)
    except orjson.JSONDecodeError as fehler:
        raise auftrag.ablehnung(Code.JSON_FEHLERHAFT, fehler.lineno, grund=fehler.msg) from fehler
    features = _features(inhalt)
    if features is None:
        raise auftrag.ablehnung(Code.GEOJSON_FORM)
    system = auftrag.system or _system(inhalt)
    if system is None:
        befunde = (*befunde, Befund(Code.BEZUGSSYSTEM_FEHLT, auftrag.datei))
    return _raster(auftrag, features, befunde, system)


def _features(inhalt: object) -> list[Any] | None:
    """Return the features of a collection, or a lone feature; None if it is no GeoJSON."""
    if not isinstance(inhalt, Mapping):
        return None
    if inhalt.get("type") == "Feature":
        return [inhalt]
    features = inhalt.get("features")
    return features if isinstance(features, list) else None


def _system(inhalt: Mapping[str, Any]) -> str | None:
    crs = inhalt.get("crs")
    if not isinstance(crs, Mapping):
        return WGS84
    angabe = crs.get("properties")
    name = angabe.get("name") if isinstance(angabe, Mapping) else None
    # CRS84 is WGS84 with the axes in the order that GeoJSON has anyway.
    if isinstance(name, str) and name.endswith("CRS84"):
        return WGS84
    return geometrie.bezugssystem(name if isinstance(name, str) else None)


def _raster(
    auftrag: Auftrag, features: list[Any], vorab: tuple[Befund, ...], system: str | None
) -> Raster:
    befunde, datei = list(vorab), auftrag.datei
    auftrag.pruefe_umfang(len(features), 0)
    eigenschaften = [_eigenschaften(feature) for feature in features]
    spalten = list(dict.fromkeys(n for werte in eigenschaften for n in werte))
    spalten = [spalte for spalte in spalten if spalte not in geometrie.SPALTEN]
    auftrag.pruefe_umfang(0, len(spalten) * len(features))
    nummern = list(range(2, len(features) + 2))
    geometrien = np.full(len(features), None, dtype=object)
    for i, feature in enumerate(features):
        geometrien[i], mangel = _geometrie(feature)
        if mangel:
            befunde.append(Befund(mangel, datei, zeile=nummern[i]))
    umrisse = geometrie.zellen(geometrien, system, auftrag.grenzen)
    befunde += geometrie.befunde(umrisse, nummern, datei, None)
    zeilen = [
        [*(attribut.text(werte.get(spalte)) for spalte in spalten), *umriss.zellen]
        for werte, umriss in zip(eigenschaften, umrisse, strict=True)
    ]
    kopf = [*spalten, *geometrie.SPALTEN]
    return Raster(
        datei,
        None,
        auftrag.pfad.stem,
        [kopf, *zeilen],
        [1, *nummern],
        tuple(befunde),
        kopf_sicher=True,
    )


def _eigenschaften(feature: object) -> Mapping[str, Any]:
    """Return the properties; the feature's own id stands in for a missing property ``id``."""
    if not isinstance(feature, Mapping):
        return {}
    werte = feature.get("properties")
    eigene = dict(werte) if isinstance(werte, Mapping) else {}
    if "id" in feature and not eigene.keys() & {"id", "projekt_id", "code", "nr"}:
        eigene["id"] = feature["id"]
    return eigene


def _geometrie(feature: object) -> tuple[shapely.Geometry | None, Code | None]:
    inhalt = feature.get("geometry") if isinstance(feature, Mapping) else None
    if inhalt is None:
        fehlt = None if isinstance(feature, Mapping) else Code.GEOJSON_MERKMAL
        return None, fehlt
    try:
        return shapely.from_geojson(orjson.dumps(inhalt)), None
    except (shapely.GEOSException, orjson.JSONEncodeError):
        return None, Code.GEOMETRIE_DEFEKT
