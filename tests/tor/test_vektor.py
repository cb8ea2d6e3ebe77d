"""GeoJSON, GeoPackage and Shapefile in the reference systems that are in use."""

import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import orjson
import pytest
import shapely

from layers.befund import Code
from layers.quelle.geometrie import bezugssystem
from tests.tor.conftest import codes, einer, geprueft, lies

LON, LAT = 7.41571, 51.53641
SYSTEME = (4326, 25832, 4647, 3857, 31466, 31467)


def rahmen(epsg: int, *geometrien: Any) -> gpd.GeoDataFrame:
    n = len(geometrien) or 1
    daten = {
        "projekt_id": [f"test-{i}" for i in range(n)],
        "name": [f"Testprojekt {i}" for i in range(n)],
        "liste": "umfeld",
        "kurzbeschreibung": "Grünfläche",
        "quellen": "https://example.org/",
        "belegstufe": "C",
        "lagegenauigkeit": "platz",
    }
    geometrie = list(geometrien) or [shapely.Point(LON, LAT)]
    return gpd.GeoDataFrame(daten, geometry=geometrie, crs="EPSG:4326").to_crs(epsg)


def schreibe_shapefile(ordner: Path, daten: gpd.GeoDataFrame, ohne: tuple[str, ...] = ()) -> Path:
    namen = {name: name[:10] for name in daten.columns if name != "geometry"}
    daten = daten.rename(columns=namen)
    daten.to_file(ordner / "projekte.shp", encoding="UTF-8" if ".cpg" not in ohne else "cp1252")
    ziel = ordner / "projekte.zip"
    with zipfile.ZipFile(ziel, "w") as archiv:
        for pfad in sorted(ordner.glob("projekte.*")):
            if pfad.suffix not in (*ohne, ".zip"):
                archiv.write(pfad, f"daten/{pfad.name}")
    return ziel


@pytest.mark.parametrize("epsg", SYSTEME)
@pytest.mark.parametrize("art", ["gpkg", "shp", "geojson"])
def test_coordinates_come_from_the_system_of_the_file(tmp_path: Path, epsg: int, art: str) -> None:
    daten = rahmen(epsg)
    if art == "shp":
        pfad = schreibe_shapefile(tmp_path, daten)
    elif art == "gpkg":
        pfad = tmp_path / "p.gpkg"
        daten.to_file(pfad, layer="projekte")
    else:
        pfad = tmp_path / "projekte.geojson"
        inhalt = orjson.loads(daten.to_json(drop_id=True))
        if epsg != 4326:
            name = f"urn:ogc:def:crs:EPSG::{epsg}"
            inhalt["crs"] = {"type": "name", "properties": {"name": name}}
        pfad.write_bytes(orjson.dumps(inhalt))
    ergebnis = geprueft(lies(pfad))
    assert ergebnis.bilanz["projekte"].veroeffentlicht == 1
    assert ergebnis.bilanz["standorte"].veroeffentlicht == 1
    # what the file says is followed, not guessed
    assert not codes(ergebnis.befunde) & {Code.KOORDINATE_UMGERECHNET, Code.LAGE_FERN}


@pytest.mark.parametrize("epsg", [25832, 31466, 31467, 3857, 4647])
def test_shapefile_without_prj_is_said_and_recognised(tmp_path: Path, epsg: int) -> None:
    pfad = schreibe_shapefile(tmp_path, rahmen(epsg), ohne=(".prj",))
    ergebnis = geprueft(lies(pfad))
    assert Code.BEZUGSSYSTEM_FEHLT in codes(ergebnis.befunde)
    befund = einer(ergebnis.befunde, Code.KOORDINATE_UMGERECHNET)
    assert befund.werte["system"] == f"EPSG:{epsg}"
    assert np.isclose(float(befund.werte["lat"]), LAT, atol=1e-5)
    stated = geprueft(lies(pfad, bezug=f"EPSG:{epsg}"))
    assert not codes(stated.befunde) & {Code.BEZUGSSYSTEM_FEHLT, Code.KOORDINATE_UMGERECHNET}
    assert stated.bilanz["standorte"].veroeffentlicht == 1
    assert stated.bilanz["plaetze"].quarantaene == 0, "squares of geodata/ are in degrees"


def test_shapefile_without_cpg_is_said_and_its_umlauts_are_read(tmp_path: Path) -> None:
    quelldaten = lies(schreibe_shapefile(tmp_path, rahmen(25832), ohne=(".cpg",)))
    assert einer(quelldaten.befunde, Code.CPG_FEHLT).werte["gelesen"] == "CP1252"
    assert list(quelldaten.tabellen["projekte"]["kurzbeschreibung"]) == ["Grünfläche"]


def test_features_of_one_project_are_one_project_with_places(tmp_path: Path) -> None:
    daten = rahmen(4326, shapely.Point(LON, LAT), shapely.Point(7.42, 51.54), None)
    daten["projekt_id"], daten["name"] = "test-1", "Testprojekt 1"
    daten.to_file(tmp_path / "p.gpkg", layer="projekte")
    ergebnis = geprueft(lies(tmp_path / "p.gpkg"))
    assert ergebnis.bilanz["projekte"].zeilen == 2, "the repeated row that is no place stays"
    assert Code.ID_DOPPELT in codes(ergebnis.befunde)
    assert ergebnis.bilanz["standorte"].veroeffentlicht == 2


@pytest.mark.parametrize(
    "geometrie",
    [
        shapely.box(7.41, 51.53, 7.42, 51.54),
        shapely.LineString([(7.41, 51.53), (7.42, 51.54)]),
        shapely.GeometryCollection([shapely.GeometryCollection([shapely.Point(LON, LAT)])]),
        shapely.Polygon([(7.41, 51.53), (7.42, 51.54), (7.42, 51.53), (7.41, 51.54)]),
    ],
)
def test_other_geometries_become_a_point_and_are_said(tmp_path: Path, geometrie: Any) -> None:
    pfad = tmp_path / "projekte.geojson"
    pfad.write_text(rahmen(4326, geometrie).to_json(drop_id=True))
    ergebnis = geprueft(lies(pfad))
    assert Code.GEOMETRIE_ALS_PUNKT in codes(ergebnis.befunde)
    assert ergebnis.bilanz["standorte"].veroeffentlicht == 1


@pytest.mark.parametrize(
    ("geometrie", "code"),
    [
        ({"type": "Point", "coordinates": ["a", "b"]}, Code.GEOMETRIE_DEFEKT),
        ({"type": "Quatsch"}, Code.GEOMETRIE_DEFEKT),
        (7, Code.GEOMETRIE_DEFEKT),
        ({"type": "Point", "coordinates": [1e400, 51.0]}, Code.GEOMETRIE_DEFEKT),
    ],
)
def test_a_broken_geometry_takes_only_its_feature(
    tmp_path: Path, geometrie: Any, code: Code
) -> None:
    inhalt = orjson.loads(rahmen(4326, *[shapely.Point(LON, LAT)] * 2).to_json(drop_id=True))
    inhalt["features"][0]["geometry"] = geometrie
    (tmp_path / "projekte.geojson").write_bytes(orjson.dumps(inhalt))
    ergebnis = geprueft(lies(tmp_path / "projekte.geojson"))
    assert code in codes(ergebnis.befunde) or Code.KOORDINATE_UNGUELTIG in codes(ergebnis.befunde)
    assert ergebnis.bilanz["projekte"].zeilen == 2
    assert ergebnis.bilanz["standorte"].veroeffentlicht == 1


def test_districts_as_polygons_are_read_in_metres(tmp_path: Path) -> None:
    quelldaten = lies(Path(tmp_path) / "x.gpkg")
    wkt = quelldaten.tabellen["statistische_bezirke"]
    assert wkt.empty
    bezirke = lies(_bezirke(tmp_path))
    umrisse = shapely.from_wkt(bezirke.tabellen["statistische_bezirke"]["wkt_epsg25832"].to_numpy())
    assert np.isclose(umrisse[0].area, 1_000_000, rtol=1e-3)
    assert Code.GEOMETRIE_ALS_PUNKT not in codes(bezirke.befunde)


def _bezirke(ordner: Path) -> Path:
    daten = gpd.GeoDataFrame(
        {"nr": ["900"], "name": ["Test"], "stadtbezirk": ["eving"], "flaeche_ha": [100.0]},
        geometry=[shapely.box(393000, 5709000, 394000, 5710000)],
        crs="EPSG:25832",
    )
    daten.to_crs(4326).to_file(ordner / "b.gpkg", layer="statistische_bezirke")
    return ordner / "b.gpkg"


def test_outline_with_too_many_vertices_is_refused_alone(tmp_path: Path) -> None:
    kreis = shapely.Point(LON, LAT).buffer(0.01, quad_segs=500)
    pfad = tmp_path / "projekte.geojson"
    pfad.write_text(rahmen(4326, kreis, shapely.Point(LON, LAT)).to_json(drop_id=True))
    ergebnis = geprueft(lies(pfad, stuetzpunkte=1000))
    assert einer(ergebnis.befunde, Code.GEOMETRIE_ZU_GROSS).zeile == 2


def test_views_of_a_geopackage_are_not_run(tmp_path: Path) -> None:
    import sqlite3  # noqa: PLC0415

    pfad = tmp_path / "p.gpkg"
    rahmen(4326).to_file(pfad, layer="projekte")
    with sqlite3.connect(pfad) as db:
        db.execute(
            "CREATE VIEW bombe AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) "
            "SELECT * FROM n"
        )
        db.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier) "
            "VALUES ('bombe', 'attributes', 'b')"
        )
    db.close()
    assert len(lies(pfad).tabellen["projekte"]) == 1


def test_reference_systems_by_their_names() -> None:
    assert bezugssystem("urn:ogc:def:crs:EPSG::25832") == "EPSG:25832"
    assert bezugssystem("Quatsch") is None
    assert bezugssystem(None) is None
