"""Loads every collection of a running service in QGIS; needs QGIS's own Python (``make qgis``).

Usage: python3 qgis_laden.py BASIS, where BASIS is the address of the landing page. Prints one line
of JSON: the version, for each collection what was loaded, and how many features a filter leaves.
"""

import json
import sys
import urllib.request
from typing import Any

from qgis.core import (  # type: ignore[import-not-found]  # Debian's package, in no virtual environment
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsDataSourceUri,
    QgsFeatureRequest,
    QgsRectangle,
    QgsVectorLayer,
)

EPSG = "EPSG:25832"


def lade(basis: str, sammlung: str, **auch: str) -> Any:
    """Return a collection as QGIS loads it: 10 features a page, in EPSG:25832."""
    uri = QgsDataSourceUri()
    werte = {"url": basis, "typename": sammlung, "srsname": EPSG, "pageSize": "10", **auch}
    for name, wert in werte.items():
        uri.setParam(name, wert)
    layer = QgsVectorLayer(uri.uri(False), sammlung, "OAPIF")
    if not layer.isValid():
        raise SystemExit(f"{sammlung}: {layer.error().message()}")
    return layer


def bericht(basis: str) -> dict[str, Any]:
    """Return what QGIS found."""
    with urllib.request.urlopen(f"{basis}/collections?f=json") as antwort:  # noqa: S310
        ids = [eine["id"] for eine in json.load(antwort)["collections"]]
    gefunden = {}
    for id_ in ids:
        layer = lade(basis, id_)
        # QGIS before 3.30 always asks for CRS84 and reprojects itself
        ziel = QgsCoordinateReferenceSystem(EPSG)
        frage = QgsFeatureRequest().setDestinationCrs(ziel, QgsCoordinateTransformContext())
        features = list(layer.getFeatures(frage))
        orte = [f.geometry().boundingBox() for f in features if f.hasGeometry()]
        rahmen = QgsRectangle()
        for ort in orte:
            rahmen.combineExtentWith(ort)
        gefunden[id_] = {
            "anzahl": len(features),
            "mit_geometrie": len(orte),
            "geliefert": layer.crs().authid(),
            "rahmen": [rahmen.xMinimum(), rahmen.yMinimum(), rahmen.xMaximum(), rahmen.yMaximum()],
        }
    gefiltert = lade(basis, "projekte")
    gefiltert.setSubsetString("\"status\" = 'umgesetzt'")
    return {
        "qgis": Qgis.QGIS_VERSION,
        "epsg": QgsCoordinateReferenceSystem(EPSG).description(),
        "sammlungen": gefunden,
        "umgesetzt": len(list(gefiltert.getFeatures())),
    }


if __name__ == "__main__":
    programm = QgsApplication([], False)
    programm.initQgis()
    sys.stdout.write(json.dumps(bericht(sys.argv[1]), ensure_ascii=False) + "\n")
    programm.exitQgis()
