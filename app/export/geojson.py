"""``/export.geojson``: the features of ``/daten/projekte.geojson`` that belong to a state.

RFC 7946. Ids and properties are those of the whole layer; licence, source, Stand and query stand
beside the features, as members that the standard leaves to us
(RFC 7946 §6.1).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import orjson

from app.export.auszug import Auszug
from app.katalog import Katalog
from app.ogc.features import lies
from app.store import Snapshot
from layers.abbild import Puffer
from layers.herkunft import herkunft

_EBENE: Final = "projekte"


def geojson(auszug: Auszug, _: Katalog) -> bytes:
    """Return the FeatureCollection: a feature a location, one without geometry where none is."""
    gewaehlt = features(auszug)
    kopf = {
        "type": "FeatureCollection",
        **_bbox(gewaehlt),
        "titel": auszug.satz,
        "anzahl": len(auszug.zeilen),
        "abfrage": auszug.adresse,
        "build": auszug.snapshot.id,
        **herkunft("projekte", auszug.snapshot.quellen).mitglieder(),
    }
    # one after the other: a whole large layer at once would hold all other threads meanwhile
    inhalt = b",".join([orjson.dumps(feature) for feature in gewaehlt])
    return b"".join((orjson.dumps(kopf)[:-1], b',"features":[', inhalt, b"]}"))


def features(auszug: Auszug) -> list[dict[str, Any]]:
    """Return the features of the projects in their order; with ``nahe`` also the distance."""
    je_projekt = defaultdict(list)
    # one after the other, as they are written
    for feature in map(orjson.loads, _gelesen(auszug.snapshot)):
        je_projekt[feature["properties"]["projekt_id"]].append(feature)
    gewaehlt = []
    weiten = auszug.meter
    wege = weiten or (None,) * len(auszug.zeilen)
    for zeile, meter in zip(auszug.zeilen, wege, strict=True):
        for feature in je_projekt[auszug.snapshot.index.ids[zeile]]:
            if weiten:
                feature["properties"]["entfernung_m"] = meter
            gewaehlt.append(feature)
    return gewaehlt


def _gelesen(snapshot: Snapshot) -> Iterable[bytes]:
    gelesen, _ = lies(ebene(snapshot, _EBENE), snapshot.merkmale.get(_EBENE))
    return gelesen


def ebene(snapshot: Snapshot, name: str) -> Puffer:
    """Return a whole layer as it is published."""
    return snapshot.dateien[f"/daten/{name}.geojson"].fassungen[""][0]


def _bbox(gewaehlt: Sequence[Mapping[str, Any]]) -> dict[str, list[float]]:
    punkte = [f["geometry"]["coordinates"] for f in gewaehlt if f["geometry"]]
    if not punkte:
        return {}
    lon, lat = zip(*punkte, strict=True)
    return {"bbox": [min(lon), min(lat), max(lon), max(lat)]}
