"""What stands in the files: CSV as offices open it, cells with their types, layers with styles."""

import io
import sqlite3
import warnings
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import orjson
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.darstellung import Darstellung
from app.export.geojson import geojson
from app.export.tabellentext import BOM
from app.export.tabellentext import csv as als_csv
from app.state import Abfrage
from app.store import Snapshot
from app.werte import Punkt
from app.zeichnung import farbe
from layers.formelschutz import entschuetze, schuetze
from layers.herkunft import KARTENEBENEN
from layers.raumbezug import umrisse_nach_utm
from layers.tabellen import PROJEKTE
from layers.ueberschriften import titel
from tests.export.conftest import als_geopaket, als_mappe, von

FORMELN = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+SUM(A1:A9)",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "'=1+1",
    "''@x",
    '=HYPERLINK("https://boese.example";"hier")',
)
NAHE = Abfrage(nahe=Punkt(51.536, 7.416))


@pytest.fixture(scope="module")
def mappe(deutsch: Darstellung, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return als_mappe(deutsch, tmp_path_factory.mktemp("m") / "m.xlsx")


@pytest.fixture(scope="module")
def paket(deutsch: Darstellung, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return als_geopaket(deutsch, tmp_path_factory.mktemp("g") / "g.gpkg")


def mit_namen(d: Darstellung, *namen: str) -> Darstellung:
    """The same snapshot, its first projects renamed."""
    projekte = list(d.snapshot.projekte)
    for i, name in enumerate(namen):
        projekte[i] = {**projekte[i], "name": name}
    return replace(d, snapshot=replace(d.snapshot, projekte=tuple(projekte)))


# CSV


def test_csv_is_what_german_offices_open(deutsch: Darstellung) -> None:
    datei = als_csv(von(deutsch), deutsch.t)
    assert datei.startswith(BOM)
    assert datei.endswith(b"\r\n")
    kopf, erste, *_ = datei.removeprefix(BOM).decode().split("\r\n")
    erwartet = [titel(s.name) for s in PROJEKTE.spalten if not s.sprache]
    assert kopf == ";".join(f'"{name}"' for name in [*erwartet, "Herkunft der Daten"])
    assert erste.startswith('"aquaponik-ghg";;"Aquaponik-Anlage an der Gustav-')
    assert "\n" not in datei.decode().replace("\r\n", "").replace("\r", "")


def test_csv_in_pandas_has_zeros_and_numbers(deutsch: Darstellung) -> None:
    datei = io.BytesIO(als_csv(von(deutsch), deutsch.t))
    rahmen = pd.read_csv(datei, sep=";", dtype={"Projektnummer": str}).set_index("Kennung")
    assert rahmen.loc["nw-019", "Projektnummer"] == "019"
    assert rahmen["Kosten (Euro)"].dtype == "float64", "numbers stand without quotation marks"
    assert (rahmen["Herkunft der Daten"].str.contains("Lizenz: nicht angegeben")).all()
    assert (rahmen["Herkunft der Daten"].str.endswith("https://karte.example/")).all()


def test_distance_is_a_column_only_near_a_point(deutsch: Darstellung, tmp_path: Path) -> None:
    datei = io.BytesIO(als_csv(von(deutsch, NAHE), deutsch.t))
    weiten = pd.read_csv(datei, sep=";")["Entfernung (m)"]
    assert weiten.dropna().is_monotonic_increasing
    assert 0 < weiten.isna().sum() < len(weiten), "without a location there is no distance"
    blatt = load_workbook(als_mappe(deutsch, tmp_path / "n.xlsx", NAHE))["Projekte"]
    assert blatt["D1"].value == "Entfernung (m)"
    assert [z.value for z in blatt["D"][1:]] == [None if pd.isna(w) else int(w) for w in weiten]
    assert "Entfernung" not in als_csv(von(deutsch), deutsch.t).decode()


@pytest.mark.parametrize("formel", FORMELN)
def test_no_text_is_a_formula(deutsch: Darstellung, tmp_path: Path, formel: str) -> None:
    d = mit_namen(deutsch, formel)
    (zelle, *_) = pd.read_csv(
        io.BytesIO(als_csv(von(d), d.t)), sep=";", lineterminator=None, usecols=["Name"]
    )["Name"]
    assert zelle[0] == "'"
    assert entschuetze(zelle) == formel
    blatt = load_workbook(als_mappe(d, tmp_path / "f.xlsx"))["Projekte"]
    assert blatt["C2"].data_type == "s"
    assert blatt["C2"].value.strip() == formel.strip()


@given(st.text() | st.builds("{}{}".format, st.sampled_from(["'", "=", "'-", "+"]), st.text()))
def test_the_protection_is_taken_off_again(text: str) -> None:
    assert entschuetze(schuetze(text)) == text
    assert schuetze(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


# workbook


def test_workbook_has_the_sheets_of_the_template_and_says_what_it_is(
    mappe: Path, snapshot: Snapshot
) -> None:
    buch = load_workbook(mappe)
    assert buch.sheetnames == [
        *("Auszug", "Projekte", "Standorte", "Plätze", "Brachflächen"),
        *("Beteiligte", "Kennzahlen", "Codelisten", "Quellen"),
    ]
    auszug: dict[Any, Any] = {z[0].value: z[1] for z in buch["Auszug"].iter_rows()}
    assert auszug["Anzahl Projekte"].value == len(snapshot.index)
    assert auszug["Adresse der Auswahl"].hyperlink.target == "https://karte.example/"
    quellen = [text.value for name, text in auszug.items() if str(name).startswith("Quelle:")]
    assert len(quellen) == len(snapshot.quellen)
    assert all("Lizenz: " in text for text in quellen)


def test_workbook_cells_have_types(mappe: Path, snapshot: Snapshot) -> None:
    blatt = load_workbook(mappe)["Projekte"]
    kopf = {z.value: i for i, z in enumerate(blatt[1])}
    zeilen: dict[Any, Any] = {z[0].value: z for z in blatt.iter_rows(min_row=2)}
    binarium = zeilen["nw-019"]
    assert binarium[kopf["Projektnummer"]].value == "019"
    assert binarium[kopf["Beginn"]].value == datetime(2016, 12, 8)
    assert binarium[kopf["Stand"]].value == "2023", "as exact as it is known, never 2023-01-01"
    assert binarium[0].hyperlink.target == "https://karte.example/projekte/nw-019"
    kosten = {type(z[kopf["Kosten (Euro)"]].value) for z in zeilen.values()}
    assert kosten == {int, type(None)}
    assert {type(v) for v, *_ in load_workbook(mappe)["Standorte"].iter_rows(
        min_row=2, min_col=3, max_col=3, values_only=True)} <= {float, type(None)}  # fmt: skip
    assert blatt.freeze_panes == "D2"
    assert blatt.auto_filter.ref.endswith(str(len(snapshot.index) + 1))
    assert blatt["A1"].comment is not None
    assert all(10 < blatt.column_dimensions[b].width <= 60 for b in "ABCDEF")
    name = max(blatt["C"][1:], key=lambda z: len(z.value))
    assert name.alignment.wrap_text


def test_workbook_opens_in_pandas(mappe: Path, snapshot: Snapshot) -> None:
    rahmen = pd.read_excel(mappe, sheet_name="Projekte", dtype={"Projektnummer": str})
    assert rahmen["Kennung"].tolist() == list(snapshot.index.ids)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        load_workbook(mappe)


def test_a_filtered_workbook_names_who_takes_part(deutsch: Darstellung, tmp_path: Path) -> None:
    abfrage = Abfrage(facetten={"stadtbezirk": ("huckarde",)})
    buch = load_workbook(als_mappe(deutsch, tmp_path / "f.xlsx", abfrage))
    genannt = {
        organisation["name"]
        for projekt in von(deutsch, abfrage).projekte
        for rolle in ("traeger", "partner")
        for organisation in projekt[rolle]
    }
    assert {z[1] for z in buch["Beteiligte"].iter_rows(min_row=2, values_only=True)} == genannt
    assert buch["Plätze"].max_row > 20, "no filter speaks of squares"


# GeoJSON


def test_geojson_keeps_to_the_standard_and_says_where_it_comes_from(
    deutsch: Darstellung, snapshot: Snapshot
) -> None:
    sammlung = orjson.loads(geojson(von(deutsch), deutsch.t))
    ganz = orjson.loads(snapshot.dateien["/daten/projekte.geojson"].fassungen[""][0])
    assert sammlung["features"] == ganz["features"]
    assert sammlung["bbox"] == ganz["bbox"]
    assert sammlung["anzahl"] == len(snapshot.index)
    assert sammlung["abfrage"] == "https://karte.example/"
    assert {n: sammlung[n] for n in ("stand", "lizenz")} == {
        n: ganz[n] for n in ("stand", "lizenz")
    }
    assert {q["datei"] for q in sammlung["quellen"]} >= {"projekte.csv", "standorte.csv"}


def test_geojson_says_how_far(deutsch: Darstellung) -> None:
    features = orjson.loads(geojson(von(deutsch, NAHE), deutsch.t))["features"]
    for feature in features:
        weite = feature["properties"]["entfernung_m"]
        assert (weite is None) == (feature["geometry"] is None)


# GeoPackage


def test_geopackage_has_all_layers_in_the_citys_system(paket: Path, snapshot: Snapshot) -> None:
    ebenen = {str(name) for name, art in pyogrio.list_layers(paket) if art}
    assert ebenen == set(KARTENEBENEN)
    for name in KARTENEBENEN:
        angaben = pyogrio.read_info(paket, layer=name)
        assert angaben["crs"] == "EPSG:25832"
        features = orjson.loads(snapshot.dateien[f"/daten/{name}.geojson"].fassungen[""][0])
        assert angaben["features"] == len(features["features"])
        west, sued, ost, nord = angaben["total_bounds"]
        assert 380_000 < west < ost < 410_000
        assert 5_690_000 < sued < nord < 5_725_000
        assert "Lizenz: " in angaben["layer_metadata"]["DESCRIPTION"]
        assert angaben["dataset_metadata"]["stand"] == snapshot.stand


def test_geopackage_points_are_where_the_geojson_has_them(paket: Path, snapshot: Snapshot) -> None:
    meta, _, wkb, felder = pyogrio.raw.read(paket, layer="projekte")
    features = orjson.loads(snapshot.dateien["/daten/projekte.geojson"].fassungen[""][0])
    texte = [orjson.dumps(f["geometry"]).decode() if f["geometry"] else None
             for f in features["features"]]  # fmt: skip
    grad = shapely.from_geojson(pd.array(texte, dtype=object).to_numpy())
    gelesen, erwartet = shapely.from_wkb(wkb), umrisse_nach_utm(grad)
    fehlt = shapely.is_missing(erwartet)
    assert (shapely.is_missing(gelesen) == fehlt).all()
    assert (shapely.distance(gelesen, erwartet)[~fehlt] < 0.001).all()
    spalten = dict(zip(meta["fields"], felder, strict=True))
    assert spalten["kosten_eur"].dtype.kind == "f", "whole numbers with gaps"
    assert list(spalten["standort_id"]) == [f["id"] for f in features["features"]]


def test_geopackage_brings_its_styles(paket: Path, snapshot: Snapshot) -> None:
    with sqlite3.connect(paket) as datenbank:
        assert datenbank.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        zeilen = datenbank.execute(
            "SELECT f_table_name, f_geometry_column, useAsDefault, styleQML FROM layer_styles"
        ).fetchall()
        inhalt = dict(datenbank.execute("SELECT table_name, data_type FROM gpkg_contents"))
        metadaten = datenbank.execute("SELECT count(*) FROM gpkg_metadata").fetchone()
    datenbank.close()
    assert inhalt["layer_styles"] == "attributes"
    assert metadaten[0] > len(KARTENEBENEN)
    assert {(name, spalte, bool(an)) for name, spalte, an, _ in zeilen} == {
        (name, "geom", True) for name in KARTENEBENEN
    }
    stile = {name: _stil(qml) for name, *_, qml in zeilen}
    regeln = stile["projekte"].findall(".//rule/[@filter]")
    for code, eintrag in snapshot.codelisten["handlungsfeld"].items():
        scharf = [r for r in regeln if f"'{code}'" in r.get("filter", "")]
        assert [r.get("label") for r in scharf] == [
            f"{eintrag['label']} (Lage ungefähr)",
            eintrag["label"],
        ]
        werte = _symbol(stile["projekte"], scharf[1].get("symbol", ""))
        rot, gruen, blau = (int(farbe(code)[i : i + 2], 16) for i in (1, 3, 5))
        assert werte["color"].startswith(f"{rot},{gruen},{blau},")
    formen = {_symbol(stile["projekte"], r.get("symbol", ""))["name"] for r in regeln}
    assert {"circle", "square", "triangle", "diamond"} <= formen


def _stil(qml: str) -> ET.Element:
    return ET.fromstring(qml.partition(">")[2])  # noqa: S314  our own


def _symbol(stil: ET.Element, name: str) -> dict[str, Any]:
    optionen = stil.findall(f".//symbol[@name='{name}']//Option[@name]")
    return {o.get("name", ""): o.get("value") for o in optionen}
