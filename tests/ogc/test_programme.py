"""Real clients against a running service: GDAL's OAPIF driver and OWSLib."""

from typing import Any

import pyogrio
import pytest
from owslib.ogcapi.features import Features

from app.ogc.bestand import Bestand
from app.ogc.crs import CRS84
from app.ogc.rahmen import schneidet
from app.ogc.sammlung import KOLLEKTIONEN, Sammlung


def gdal(landing: str, sammlung: str, **auch: Any) -> Any:
    """A collection as GDAL reads it, ten features a page."""
    return pyogrio.read_dataframe(f"OAPIF:{landing}", layer=sammlung, PAGE_SIZE=10, **auch)


def test_gdal_lists_every_collection(landing: str) -> None:
    assert [name for name, _ in pyogrio.list_layers(f"OAPIF:{landing}")] == list(KOLLEKTIONEN)


@pytest.mark.parametrize("sammlung", KOLLEKTIONEN)
@pytest.mark.parametrize("epsg", ["OGC:CRS84", "EPSG:25832"])
def test_gdal_reads_every_collection_page_by_page(
    landing: str, bestand: Bestand, sammlung: str, epsg: str
) -> None:
    gelesen = gdal(landing, sammlung, CRS=epsg)
    unsere = bestand[sammlung]
    assert len(gelesen) == len(unsere)
    assert gelesen.crs.to_string() == epsg
    rahmen = gelesen.to_crs("EPSG:25832").total_bounds
    assert rahmen == pytest.approx([393_000, 5_707_000, 393_000, 5_707_000], abs=15_000)
    assert int(gelesen.geometry.notna().sum()) == int((~unsere.lage.fehlt).sum())


def test_gdal_asks_for_a_box_and_a_value(landing: str, projekte: Sammlung) -> None:
    kasten = (7.42, 51.51, 7.47, 51.55)
    drin = int(schneidet(projekte, [kasten], CRS84).sum())
    assert len(gdal(landing, "projekte", bbox=kasten)) == drin
    status = projekte.spalte("status")
    umgesetzt = int(status.wo(lambda wert: wert == "umgesetzt").sum())
    assert len(gdal(landing, "projekte", where="status = 'umgesetzt'")) == umgesetzt
    geschrieben = gdal(landing, "projekte", where="status = 'umgesetzt' AND name LIKE 'A%'")
    assert set(geschrieben["status"]) == {"umgesetzt"}
    assert all(name.startswith("A") for name in geschrieben["name"])


def test_owslib_finds_its_way(landing: str, projekte: Sammlung) -> None:
    dienst = Features(landing)
    assert dienst.feature_collections() == list(KOLLEKTIONEN)
    assert dienst.api()["openapi"].startswith("3.0.")
    assert any(klasse.endswith("/conf/core") for klasse in dienst.conformance()["conformsTo"])
    assert dienst.collection("projekte")["storageCrs"] == CRS84.uri
    assert "status" in dienst.collection_queryables("projekte")["properties"]
    blatt = dienst.collection_items("projekte", limit=3, bbox=[7.2, 51.4, 7.7, 51.7])
    assert blatt["numberReturned"] == 3
    gefiltert = dienst.collection_items("projekte", filter="beginn IS NULL")
    assert gefiltert["numberMatched"] == int(projekte.spalte("beginn").fehlt.sum())
    assert dienst.collection_item("projekte", projekte.ids[0])["id"] == projekte.ids[0]
