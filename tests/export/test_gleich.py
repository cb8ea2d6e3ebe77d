"""One state, one answer: list, API and every file hold the same projects in the same order."""

import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pyogrio
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from starlette.testclient import TestClient

from app.darstellung import Darstellung
from app.export.geojson import geojson
from app.export.tabellentext import csv as als_csv
from app.state import Abfrage
from app.store import Snapshot
from tests.export.conftest import als_geopaket, als_mappe, von
from tests.faelle.zustaende import abfragen, punkte

FORMATE = ("csv", "geojson", "xlsx", "gpkg", "pdf")
SCHNELL = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
LANGSAM = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))


def zustaende(snapshot: Snapshot) -> st.SearchStrategy[Abfrage]:
    nah = st.none() | punkte()
    return st.builds(
        lambda a, p, m: replace(a, nahe=p, umkreis=m if p else None),
        abfragen(snapshot),
        nah,
        st.none() | st.integers(500, 9000),
    )


def zeilen(datei: bytes) -> list[dict[str, str]]:
    text = io.StringIO(datei.decode("utf-8-sig"), newline="")
    return list(csv.DictReader(text, delimiter=";"))


def einmal(ids: list[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def ids_der_api(client: TestClient, abfrage: Abfrage) -> list[str]:
    getrennt = "&" if abfrage.query() else "?"
    antwort = client.get(f"/api/projekte{abfrage.query()}{getrennt}limit=1000").json()
    return [projekt["id"] for projekt in antwort["projekte"]]


@SCHNELL
@given(data=st.data())
def test_texts_hold_what_list_and_api_hold(
    data: st.DataObject, snapshot: Snapshot, deutsch: Darstellung, client: TestClient
) -> None:
    abfrage = data.draw(zustaende(snapshot))
    ids = ids_der_api(client, abfrage)
    x = von(deutsch, abfrage)
    assert [zeile["Kennung"] for zeile in zeilen(als_csv(x, deutsch.t))] == ids
    features = orjson.loads(geojson(x, deutsch.t))["features"]
    assert einmal([f["properties"]["projekt_id"] for f in features]) == ids
    seite = client.get(f"/projekte{abfrage.query()}").text
    assert set(re.findall(r'<li class="eintrag" data-id="([^"]+)"', seite)) == set(ids)


@LANGSAM
@given(data=st.data())
def test_files_hold_what_the_api_holds(
    data: st.DataObject,
    snapshot: Snapshot,
    deutsch: Darstellung,
    client: TestClient,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    abfrage = data.draw(zustaende(snapshot))
    ids = ids_der_api(client, abfrage)
    ordner = tmp_path_factory.mktemp("gleich")
    blatt = load_workbook(als_mappe(deutsch, ordner / "m.xlsx", abfrage))["Projekte"]
    assert [zeile[0] for zeile in blatt.iter_rows(min_row=2, values_only=True)] == ids
    paket = als_geopaket(deutsch, ordner / "m.gpkg", abfrage)
    _, _, _, felder = pyogrio.raw.read(paket, layer="projekte", columns=["projekt_id"])
    assert einmal(list(felder[0])) == ids


@pytest.mark.parametrize("endung", FORMATE)
def test_an_open_steckbrief_and_the_language_change_nothing(
    client: TestClient, endung: str
) -> None:
    zustand = f"/export.{endung}?handlungsfeld=flaechenentwicklung&sort=-name"
    erste = client.get(zustand)
    andere = client.get(f"{zustand}&projekt=nw-019&sprache=de")
    assert erste.status_code == andere.status_code == 200
    assert erste.content == andere.content


@pytest.mark.parametrize("endung", FORMATE)
def test_a_bad_value_is_a_problem_that_names_it(client: TestClient, endung: str) -> None:
    antwort = client.get(f"/export.{endung}?stadtbezirk=atlantis&von=x")
    assert antwort.status_code == 400
    assert antwort.headers["content-type"] == "application/problem+json"
    assert [p["name"] for p in antwort.json()["parameter"]] == ["stadtbezirk", "von"]
    assert "huckarde" in antwort.json()["parameter"][0]["erlaubt"]


@pytest.mark.parametrize("endung", FORMATE)
def test_a_download_says_what_it_is(client: TestClient, snapshot: Snapshot, endung: str) -> None:
    antwort = client.get(f"/export.{endung}?stadtbezirk=huckarde&q=Zeche+%22Hansa%22")
    name = f"nordwaerts-projekte_zeche-hansa_huckarde_{snapshot.stand}.{endung}"
    assert f'filename="{name}"' in antwort.headers["content-disposition"]
    assert antwort.headers["cache-control"] == "private, no-cache", "somebody typed that"
    assert 'rel="describedby"' in antwort.headers["link"]
    noch = client.get(antwort.request.url, headers={"if-none-match": antwort.headers["etag"]})
    assert noch.status_code == 304
    assert not noch.content


def test_no_file_name_says_where_somebody_is(client: TestClient) -> None:
    antwort = client.get("/export.csv?nahe=51.536,7.416&umkreis=1000")
    assert "umkreis" in antwort.headers["content-disposition"]
    assert "51" not in antwort.headers["content-disposition"]


def test_what_everybody_may_see_may_be_cached(client: TestClient) -> None:
    for endung in ("csv", "gpkg"):
        antwort = client.get(f"/export.{endung}?status=umgesetzt")
        assert antwort.headers["cache-control"] == "no-cache"


def test_the_description_has_all_exports(client: TestClient) -> None:
    pfade: dict[str, Any] = client.get("/openapi.json").json()["paths"]
    for endung in FORMATE:
        assert {"200", "304", "400"} <= set(pfade[f"/export.{endung}"]["get"]["responses"])


def test_no_projects_is_an_empty_file_and_no_error(
    deutsch: Darstellung, tmp_path: Path, client: TestClient
) -> None:
    leer = Abfrage(q="gibtesnicht")
    x = von(deutsch, leer)
    assert zeilen(als_csv(x, deutsch.t)) == []
    assert "bbox" not in orjson.loads(geojson(x, deutsch.t))
    als_mappe(deutsch, tmp_path / "leer.xlsx", leer)
    paket = als_geopaket(deutsch, tmp_path / "leer.gpkg", leer)
    assert pyogrio.read_info(paket, layer="projekte")["features"] == 0
    assert client.get("/export.pdf?q=gibtesnicht").status_code == 200
