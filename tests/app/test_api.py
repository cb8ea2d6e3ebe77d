"""JSON, whole layers, health and errors over HTTP."""

import gzip

import brotli
import orjson
import pytest
from starlette.testclient import TestClient

from app.seiten import EXPORTE
from app.state import PARAMETER
from app.store import Snapshot
from layers.herkunft import EBENEN, KARTENEBENEN, Ebene, herkunft


def test_counts_in_the_answer_are_disjunctive(client: TestClient) -> None:
    alle = client.get("/api/projekte?limit=0").json()
    gefiltert = client.get("/api/projekte?handlungsfeld=flaechenentwicklung&limit=0").json()
    assert gefiltert["facetten"]["handlungsfeld"] == alle["facetten"]["handlungsfeld"]
    summe = sum(o["anzahl"] for o in gefiltert["facetten"]["status"])
    assert summe == gefiltert["anzahl"] < alle["anzahl"] == alle["gesamt"]


def test_pages_of_the_answer_join_without_gap(client: TestClient, snapshot: Snapshot) -> None:
    ids: list[str] = []
    while len(ids) < len(snapshot.index):
        blatt = client.get(f"/api/projekte?limit=40&offset={len(ids)}").json()["projekte"]
        ids += [projekt["id"] for projekt in blatt]
    assert tuple(ids) == snapshot.index.ids


def test_distance_is_added_only_near_a_point(client: TestClient) -> None:
    nah = client.get("/api/projekte?nahe=51.536,7.416&umkreis=3000").json()["projekte"]
    assert [p["entfernung_m"] for p in nah] == sorted(p["entfernung_m"] for p in nah)
    assert all("entfernung_m" not in p for p in client.get("/api/projekte").json()["projekte"])


def test_one_steckbrief_as_json(client: TestClient, snapshot: Snapshot) -> None:
    record = client.get("/api/projekte/nw-019").json()
    assert record["name"] == snapshot.projekte[snapshot.index.zeile["nw-019"]]["name"]
    assert record["quellen"]
    assert "befunde" not in record


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("stadtbezirk=atlantis", "stadtbezirk"),
        ("farbe=rot", "farbe"),
        ("limit=1001", "limit"),
        ("limit=-1", "limit"),
        ("offset=x", "offset"),
        ("bbox=nan,nan,nan,nan", "bbox"),
        ("von=2020&bis=2010", "bis"),
    ],
)
def test_a_bad_value_is_a_problem_that_names_it(client: TestClient, query: str, name: str) -> None:
    antwort = client.get(f"/api/projekte?{query}")
    assert antwort.status_code == 400
    assert antwort.headers["content-type"] == "application/problem+json"
    problem = antwort.json()
    assert problem["type"] == "urn:nordwaerts:problem:parameter"
    assert problem["status"] == 400
    (parameter,) = problem["parameter"]
    assert parameter["name"] == name
    assert name in problem["detail"]
    assert parameter["grund"]


@pytest.mark.parametrize("pfad", ["/api/projekte/nichts", "/daten/nichts.geojson", "/api/x"])
def test_missing_data_is_a_problem(client: TestClient, pfad: str) -> None:
    antwort = client.get(pfad)
    assert antwort.status_code == 404
    assert antwort.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("methode", ["POST", "PUT", "DELETE", "PATCH"])
@pytest.mark.parametrize("pfad", ["/", "/api/projekte", "/daten/projekte.geojson"])
def test_the_service_only_reads(client: TestClient, methode: str, pfad: str) -> None:
    antwort = client.request(methode, pfad)
    assert antwort.status_code in (404, 405)
    assert antwort.status_code == 405 or pfad.startswith("/daten")


@pytest.mark.parametrize("layer", KARTENEBENEN)
def test_a_layer_is_served_precompressed_with_a_strong_etag(client: TestClient, layer: str) -> None:
    pfad = f"/daten/{layer}.geojson"
    einfach = client.get(pfad, headers={"accept-encoding": "identity"})
    assert einfach.headers["content-type"] == "application/geo+json"
    sammlung = orjson.loads(einfach.content)
    assert sammlung["type"] == "FeatureCollection"
    assert len(sammlung["bbox"]) == 4
    assert all("id" in feature for feature in sammlung["features"])
    etags = {einfach.headers["etag"]}
    for kodierung, entpacke in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        with client.stream("GET", pfad, headers={"accept-encoding": kodierung}) as antwort:
            assert antwort.headers["content-encoding"] == kodierung
            assert entpacke(b"".join(antwort.iter_raw())) == einfach.content
            assert antwort.headers["vary"] == "Accept-Encoding"
            etags.add(antwort.headers["etag"])
    assert len(etags) == 3
    assert not any(etag.startswith("W/") for etag in etags)
    for etag in etags:
        wieder = client.get(pfad, headers={"if-none-match": f'"anders", {etag}'})
        assert wieder.status_code == 304
        assert wieder.content == b""


@pytest.mark.parametrize("ebene", EBENEN.values(), ids=lambda ebene: ebene.name)
def test_a_layer_carries_licence_and_source(
    client: TestClient, snapshot: Snapshot, ebene: Ebene
) -> None:
    woher = herkunft(ebene.name, snapshot.quellen)
    antwort = client.get(f"/{ebene.datei}")
    assert antwort.status_code == 200
    verweise = antwort.headers["link"]
    assert '</catalog>; rel="describedby"' in verweise
    assert ('rel="license"' in verweise) == (woher.lizenz is not None)
    inhalt = antwort.json()
    assert {name: inhalt[name] for name in ("stand", "lizenz", "quellen")} == woher.mitglieder()
    wieder = client.get(f"/{ebene.datei}", headers={"if-none-match": antwort.headers["etag"]})
    assert wieder.headers["link"] == verweise


def test_the_citys_districts_are_under_its_licence(client: TestClient) -> None:
    verweise = client.get("/daten/statistische_bezirke.geojson").links
    assert verweise["license"]["url"] == "https://www.govdata.de/dl-de/zero-2-0"


@pytest.mark.parametrize(
    ("accept_encoding", "erwartet"),
    [
        ("br;q=0, gzip", "gzip"),
        ("gzip;q=0.5, br", "br"),
        ("*", "br"),
        ("deflate", None),
        ("", None),
    ],
)
def test_encodings_are_negotiated(
    client: TestClient, accept_encoding: str, erwartet: str | None
) -> None:
    antwort = client.get("/daten/projekte.geojson", headers={"accept-encoding": accept_encoding})
    assert antwort.headers.get("content-encoding") == erwartet


def test_assets_are_cached_for_good_and_layers_are_asked_for_again(
    client: TestClient, snapshot: Snapshot
) -> None:
    asset = client.get(f"/assets/{snapshot.assets['app.js']}")
    assert "immutable" in asset.headers["cache-control"]
    assert "no-cache" in client.get("/daten/plaetze.geojson").headers["cache-control"]


def test_head_answers_without_body(client: TestClient) -> None:
    antwort = client.head("/daten/projekte.geojson", headers={"accept-encoding": "identity"})
    assert antwort.content == b""
    assert int(antwort.headers["content-length"]) > 10_000


def test_health_names_build_stand_and_counts(client: TestClient, snapshot: Snapshot) -> None:
    gesund = client.get("/gesundheit").json()
    assert gesund["build"] == snapshot.id
    assert gesund["stand"] == snapshot.stand
    assert gesund["zahlen"]["projekte"] == len(snapshot.index)


def test_openapi_describes_the_table_of_parameters(client: TestClient) -> None:
    beschreibung = client.get("/openapi.json").json()
    parameter = beschreibung["paths"]["/api/projekte"]["get"]["parameters"]
    assert [p["name"] for p in parameter] == [p.name for p in PARAMETER] + ["limit", "offset"]
    assert set(beschreibung["paths"]) == {
        "/aenderungen.csv",
        "/aenderungen.json",
        "/api/projekte",
        "/api/projekte/{projekt_id}",
        *(f"/export.{endung}" for endung in EXPORTE),
        "/gesundheit",
        "/kacheln/{ebene}.json",
        "/kacheln/{ebene}/{z}/{x}/{y}.mvt",
        "/suche",
    }
