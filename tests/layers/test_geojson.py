"""The layers are GeoJSON as RFC 7946 asks."""

import json
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from layers import daten, geojson
from layers.join import join
from layers.orte import orte
from tests.layers.conftest import Ordner

DORTMUND = (7.2, 51.4, 7.7, 51.65)


def ebenen(ordner: Ordner) -> dict[str, Any]:
    dateien = daten.dateien(join(ordner.pruefe()))
    return {pfad: json.loads(b) for pfad, b in dateien.items() if pfad.endswith(".geojson")}


def koordinaten(geometrie: Any) -> Any:
    if isinstance(geometrie[0], float):
        yield geometrie
    else:
        for teil in geometrie:
            yield from koordinaten(teil)


def test_layers_are_valid(ordner: Ordner) -> None:
    for pfad, ebene in ebenen(ordner).items():
        assert ebene["type"] == "FeatureCollection"
        assert "crs" not in ebene
        ids = [feature["id"] for feature in ebene["features"]]
        assert len(ids) == len(set(ids)) > 0, pfad
        assert len({tuple(f["properties"]) for f in ebene["features"]}) == 1
        west, sued, ost, nord = ebene["bbox"]
        assert DORTMUND[0] < west < ost < DORTMUND[2]
        assert DORTMUND[1] < sued < nord < DORTMUND[3]
        for feature in ebene["features"]:
            if feature["geometry"] is None:
                continue
            assert shape(feature["geometry"]).is_valid
            for lon, lat in koordinaten([feature["geometry"]["coordinates"]]):
                assert west <= lon <= ost
                assert sued <= lat <= nord
                assert (round(lon, 6), round(lat, 6)) == (lon, lat)


@pytest.mark.parametrize("ebene", ["stadtbezirke", "statistische_bezirke", "projektgebiet"])
def test_outer_rings_run_counterclockwise(ordner: Ordner, ebene: str) -> None:
    for feature in ebenen(ordner)[f"daten/{ebene}.geojson"]["features"]:
        flaeche = shape(feature["geometry"])
        assert all(teil.exterior.is_ccw for teil in shapely.get_parts(flaeche))


def test_holes_run_clockwise() -> None:
    mit_loch = shapely.from_wkt("POLYGON ((0 0, 0 9, 9 9, 9 0, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))")
    inhalt = json.loads(geojson.sammlung(["a"], np.array([mit_loch]), [{}]))
    aussen, innen = inhalt["features"][0]["geometry"]["coordinates"]
    assert shapely.LinearRing(aussen).is_ccw
    assert not shapely.LinearRing(innen).is_ccw


def test_collection_of_nothing_has_no_bbox() -> None:
    assert json.loads(geojson.sammlung(["a"], np.array([None]), [{"b": None}])) == {
        "type": "FeatureCollection",
        "features": [{"type": "Feature", "id": "a", "geometry": None, "properties": {"b": None}}],
    }


def test_every_project_is_there_with_or_without_place(ordner: Ordner) -> None:
    features = ebenen(ordner)["daten/projekte.geojson"]["features"]
    projekte = {f["properties"]["projekt_id"] for f in features}
    assert projekte == {f"test-{i}" for i in range(24)}
    for feature in features:
        projekt, punkt, _ = feature["id"].partition(".")
        assert projekt == feature["properties"]["projekt_id"]
        assert punkt or feature["geometry"] is None


@pytest.mark.parametrize("art", ["plaetze", "brachflaechen"])
def test_places_name_the_projects_that_their_pages_list(ordner: Ordner, art: str) -> None:
    verbund = join(ordner.pruefe())
    erwartet = {ort["id"]: [p["id"] for p in ort["projekte"]] for ort in orte(verbund)[art]}
    assert erwartet
    features = json.loads(daten.dateien(verbund)[f"daten/{art}.geojson"])["features"]
    assert erwartet == {
        f["id"]: [id_ for id_ in (f["properties"]["projekte"] or "").split("|") if id_]
        for f in features
    }


def test_programme_area_says_where_only_parts_belong(ordner: Ordner) -> None:
    gebiet = ebenen(ordner)["daten/projektgebiet.geojson"]["features"]
    umfang = {f["id"]: f["properties"]["umfang"] for f in gebiet}
    assert sorted(code for code, wie in umfang.items() if wie == "ganz") == [
        "eving", "huckarde", "innenstadt-nord", "mengede", "scharnhorst",
    ]  # fmt: skip
    assert sorted(code for code, wie in umfang.items() if wie == "teilweise") == [
        "innenstadt-west", "luetgendortmund",
    ]  # fmt: skip
