"""The abstract test suites of OGC API – Features, requirement by requirement.

Part 1 is OGC 17-069r4 (Annex A), Part 2 is 18-058r1, Part 3 is 19-079r2; each test names what it
holds the service to. Numbers A.x.y are those of the abstract tests of Part 1.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import jsonschema_rs
import pytest
import shapely
from pyproj import Transformer
from starlette.testclient import TestClient

from app.ogc.anfrage import LIMIT
from app.ogc.crs import CRS84, SYSTEME
from app.ogc.dokumente import KONFORMITAET, OPENAPI
from app.ogc.sammlung import KOLLEKTIONEN
from layers.herkunft import KARTENEBENEN

EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
ITEMS = "/ogc/collections/{}/items"
PROJEKTE = ITEMS.format("projekte")


def hole(client: TestClient, pfad: str, **parameter: Any) -> Any:
    antwort = client.get(pfad, params=parameter or None)
    assert antwort.status_code == 200, antwort.text
    return antwort.json()


def relationen(dokument: Any) -> set[str]:
    return {link["rel"] for link in dokument["links"]}


def alle_ids(client: TestClient, pfad: str, **parameter: Any) -> list[str]:
    """Follow ``next`` to the end."""
    ids: list[str] = []
    blatt = hole(client, pfad, **parameter)
    while True:
        ids += [feature["id"] for feature in blatt["features"]]
        weiter = [link["href"] for link in blatt["links"] if link["rel"] == "next"]
        if not weiter:
            return ids
        blatt = hole(client, weiter[0])


# Part 1, A.2.2: landing page, API definition, conformance


def test_root_op_success(client: TestClient) -> None:
    """A.2.2.2, /req/core/root-success: links to API definition, conformance and collections."""
    start = hole(client, "/ogc")
    assert {"self", "alternate", "service-desc", "conformance", "data"} <= relationen(start)
    assert hole(client, "/ogc/") == start


def test_api_definition_success(client: TestClient) -> None:
    """A.2.2.4, /req/core/api-definition-success and /req/oas30/oas-definition-1."""
    start = hole(client, "/ogc")
    (beschreibung,) = [link for link in start["links"] if link["rel"] == "service-desc"]
    assert beschreibung["type"] == OPENAPI
    antwort = client.get(beschreibung["href"])
    assert antwort.headers["content-type"] == OPENAPI
    assert antwort.json()["openapi"].startswith("3.0.")


def test_conformance_success(client: TestClient) -> None:
    """A.2.2.6, /req/core/conformance-success."""
    klassen = hole(client, "/ogc/conformance")["conformsTo"]
    assert klassen == list(KONFORMITAET)
    for klasse in ("core", "oas30", "html", "geojson"):
        assert f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{klasse}" in klassen


def test_http_methods(client: TestClient) -> None:
    """A.2.1, /req/core/http: errors are HTTP's, with what is allowed."""
    antwort = client.post("/ogc/collections")
    assert antwort.status_code == 405
    assert "GET" in antwort.headers["allow"]
    assert antwort.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("pfad", ["/ogc", "/ogc/conformance", "/ogc/collections", PROJEKTE])
def test_query_param_unknown(client: TestClient, pfad: str) -> None:
    """A.2.3, /req/core/query-param-unknown."""
    antwort = client.get(pfad, params={"farbe": "rot"})
    assert antwort.status_code == 400
    (falsch,) = antwort.json()["parameter"]
    assert (falsch["name"], falsch["wert"]) == ("farbe", "rot")


@pytest.mark.parametrize(
    "parameter",
    [
        *({"limit": wert} for wert in ("0", "-1", "x", "1.5", "")),
        *({"bbox": wert} for wert in ("1,2,3", "7.5,51.6,7.4,51.5", "nan,1,2,3", "1,2,3,x", "")),
        {"bbox": "0,-91,1,0"},
        *({"datetime": w} for w in ("gestern", "2016", "2016-13-01", "2018-01-01/2016-01-01")),
        *({"datetime": w} for w in ("../..", "/", "2016-01-01T00:00:00", "2016-02-30/..")),
        {"crs": "EPSG:25832"},
        {"bbox-crs": "EPSG:25832", "bbox": "7,51,8,52"},
        {"f": "xml"},
        {"status": "quark"},
        {"kosten_eur": "viel"},
        {"offset": "-5"},
    ],
)
def test_query_param_invalid(client: TestClient, parameter: dict[str, str]) -> None:
    """A.2.4, /req/core/query-param-invalid."""
    antwort = client.get(PROJEKTE, params=parameter)
    assert antwort.status_code == 400, antwort.text
    assert antwort.json()["parameter"][0]["name"] in parameter


# A.2.5 and A.2.6: collections


def test_collections_success(client: TestClient) -> None:
    """A.2.5, /req/core/sfc-md-success, -links, -items: what is published, each with its links."""
    dokument = hole(client, "/ogc/collections")
    assert {"self", "alternate"} <= relationen(dokument)
    assert tuple(eine["id"] for eine in dokument["collections"]) == KARTENEBENEN
    assert tuple(KOLLEKTIONEN) == KARTENEBENEN
    for eine in dokument["collections"]:
        assert {"items", "self", "alternate", "enclosure"} <= relationen(eine)
        assert eine["itemType"] == "feature"
        assert eine["title"]
        assert eine["description"]
        assert hole(client, f"/ogc/collections/{eine['id']}") == eine


def test_collection_extents(client: TestClient) -> None:
    """A.2.5, /req/core/sfc-md-extent: every feature lies inside."""
    for eine in hole(client, "/ogc/collections")["collections"]:
        (rahmen,) = eine["extent"]["spatial"]["bbox"]
        flaeche = shapely.box(*rahmen).buffer(1e-6)
        features = hole(client, ITEMS.format(eine["id"]), limit=LIMIT[1])["features"]
        orte = [shapely.geometry.shape(f["geometry"]) for f in features if f["geometry"]]
        assert flaeche.covers(shapely.GeometryCollection(orte))
        assert ("temporal" in eine["extent"]) == (eine["id"] == "projekte")


def test_licence_and_source(client: TestClient) -> None:
    """/rec/core/sfc-md-license: a licence is linked where one is stated."""
    bezirke = hole(client, "/ogc/collections/statistische_bezirke")
    (lizenz,) = [link for link in bezirke["links"] if link["rel"] == "license"]
    assert lizenz["href"] == "https://www.govdata.de/dl-de/zero-2-0"
    assert "Stadt Dortmund" in bezirke["attribution"]
    assert "license" not in relationen(hole(client, "/ogc/collections/projekte"))


@pytest.mark.parametrize("pfad", ["", "/items", "/queryables", "/items/x"])
def test_unknown_collection(client: TestClient, pfad: str) -> None:
    """A.2.6: an id that no server may have is not found."""
    antwort = client.get(f"/ogc/collections/dUmmYColLection{pfad}")
    assert antwort.status_code == 404
    assert antwort.headers["content-type"] == "application/problem+json"


# A.2.7: features


@pytest.mark.parametrize("sammlung", KOLLEKTIONEN)
def test_fc_response_equals_the_published_layer(client: TestClient, sammlung: str) -> None:
    """A.2.7, /req/core/fc-response: all features of the layer, in its order, unchanged."""
    ebene = client.get(f"/daten/{sammlung}.geojson").json()["features"]
    blatt = hole(client, ITEMS.format(sammlung), limit=LIMIT[1])
    assert blatt["features"] == ebene
    assert blatt["numberMatched"] == blatt["numberReturned"] == len(ebene)
    assert alle_ids(client, ITEMS.format(sammlung), limit=5) == [f["id"] for f in ebene]


def test_fc_links(client: TestClient) -> None:
    """/req/core/fc-links, /rec/core/fc-next-*: self, alternate, next, prev keep all parameters."""
    parameter: dict[str, Any] = {
        "limit": 5,
        "offset": 5,
        "status": ["umgesetzt", "gestartet"],
        "crs": f"{EPSG}3857",
    }
    antwort = client.get(PROJEKTE, params=parameter)
    blatt = antwort.json()
    ziele = {link["rel"]: link["href"] for link in blatt["links"]}
    assert {"self", "alternate", "collection", "next", "prev"} <= set(ziele)
    for ziel in (ziele["next"], ziele["prev"]):
        for teil in ("limit=5", "status=umgesetzt", "status=gestartet", "EPSG/0/3857"):
            assert teil in ziel
    assert "offset=10" in ziele["next"]
    assert "offset" not in ziele["prev"]
    zurueck = hole(client, ziele["prev"])
    davor = hole(client, PROJEKTE, **(parameter | {"offset": 0}))
    assert zurueck["features"] == davor["features"]
    for rel in ("self", "alternate", "next", "prev"):
        assert f'<{ziele[rel]}>; rel="{rel}"' in antwort.headers["link"]
    html = client.get(ziele["alternate"])
    assert html.headers["content-type"].startswith("text/html")


def test_fc_limit(client: TestClient) -> None:
    """/req/core/fc-limit-response-1: at most so many; above the maximum is no error."""
    assert hole(client, PROJEKTE, limit=3)["numberReturned"] == 3
    assert hole(client, PROJEKTE, limit=10**12)["numberReturned"] <= LIMIT[1]
    assert hole(client, PROJEKTE, limit=1, offset=10**12)["numberReturned"] == 0


def test_fc_time_stamp_is_now_and_the_rest_is_ready(client: TestClient) -> None:
    """/req/core/fc-timeStamp: when the answer was generated, in every encoding."""
    for kodierung in ("identity", "gzip", "br"):
        etags, stempel = set(), []
        for _ in range(2):
            vorher = datetime.now(UTC)
            antwort = client.get(PROJEKTE, headers={"accept-encoding": kodierung})
            zeit = datetime.fromisoformat(antwort.json()["timeStamp"])
            toleranz = timedelta(milliseconds=1)
            assert vorher - toleranz <= zeit <= datetime.now(UTC) + toleranz
            etags.add(antwort.headers["etag"])
            stempel.append(zeit)
        assert len(etags) == 1
        (etag,) = etags
        assert etag.startswith("W/")
        gleich = client.get(PROJEKTE, headers={"if-none-match": etag, "accept-encoding": kodierung})
        assert (gleich.status_code, gleich.content) == (304, b"")


def test_fc_bbox(client: TestClient) -> None:
    """A.2.7, /req/core/fc-bbox-response: those whose geometry meets the box, borders included."""
    alle = hole(client, PROJEKTE, limit=LIMIT[1])["features"]
    kasten = (7.42, 51.51, 7.47, 51.55)
    erwartet = [
        f["id"]
        for f in alle
        if f["geometry"]
        and shapely.intersects(shapely.geometry.shape(f["geometry"]), shapely.box(*kasten))
    ]
    assert 0 < len(erwartet) < len(alle)
    text = ",".join(map(str, kasten))
    assert alle_ids(client, PROJEKTE, bbox=text, limit=7) == erwartet
    sechs = f"{kasten[0]},{kasten[1]},-100,{kasten[2]},{kasten[3]},9000"
    assert alle_ids(client, PROJEKTE, bbox=sechs) == erwartet
    lon, lat = alle[0]["geometry"]["coordinates"]
    assert alle[0]["id"] in alle_ids(client, PROJEKTE, bbox=f"{lon},{lat},{lon},{lat}")


def test_fc_bbox_across_the_antimeridian(client: TestClient) -> None:
    """A box whose west is east of its east goes around the back of the earth."""
    rundherum = alle_ids(client, PROJEKTE, bbox="7.45,-90,7.40,90")
    schmal = alle_ids(client, PROJEKTE, bbox="7.40,-90,7.45,90")
    alle = alle_ids(client, PROJEKTE, bbox="-180,-90,180,90")
    assert sorted({*rundherum, *schmal}) == sorted(alle)
    assert not alle_ids(client, PROJEKTE, bbox="177,-20,-178,-16")


@pytest.mark.parametrize("jahre", [(2015, 2015), (2016, 2018), (2020, None), (None, 2014)])
def test_fc_time_means_what_von_and_bis_mean(
    client: TestClient, jahre: tuple[int | None, int | None]
) -> None:
    """A.2.7, /req/core/fc-time-response: the Laufzeit meets it, as in the query engine."""
    von, bis = jahre
    anfang = f"{von}-01-01T00:00:00Z" if von else ".."
    ende = f"{bis}-12-31T23:59:59Z" if bis else ".."
    features = hole(client, PROJEKTE, datetime=f"{anfang}/{ende}", limit=LIMIT[1])["features"]
    frage = {name: str(jahr) for name, jahr in (("von", von), ("bis", bis)) if jahr}
    api = hole(client, "/api/projekte", **frage, limit=1000)["projekte"]
    assert api
    assert {f["properties"]["projekt_id"] for f in features} == {p["id"] for p in api}


def test_fc_time_forms(client: TestClient) -> None:
    """A date, a date-time with an offset, and both ways to write an open end."""
    for gleich in (("../2015-06-01", "/2015-06-01"), ("2015-06-01/..", "2015-06-01/")):
        assert len({tuple(alle_ids(client, PROJEKTE, datetime=wert)) for wert in gleich}) == 1
    tag = alle_ids(client, PROJEKTE, datetime="2018-06-01")
    assert tag == alle_ids(client, PROJEKTE, datetime="2018-06-02T01:00:00+02:00")
    assert alle_ids(client, ITEMS.format("plaetze"), datetime="2018-06-01") == []


def test_f_success(client: TestClient) -> None:
    """A.2.8, /req/core/f-success, /req/core/f-links."""
    feature = hole(client, PROJEKTE, limit=1)["features"][0]
    einzeln = hole(client, f"{PROJEKTE}/{feature['id']}")
    assert {"self", "alternate", "collection"} <= relationen(einzeln)
    assert {name: einzeln[name] for name in feature} == feature
    assert client.get(f"{PROJEKTE}/gibt-es-nicht").status_code == 404


@pytest.mark.parametrize("sammlung", KOLLEKTIONEN)
def test_geojson_conformance(client: TestClient, sammlung: str) -> None:
    """A.4, /req/geojson/content: valid against the schema of the description and of RFC 7946."""
    antwort = client.get(ITEMS.format(sammlung))
    assert antwort.headers["content-type"] == "application/geo+json"
    jsonschema_rs.validate(_GEOJSON, antwort.json())
    einzeln = antwort.json()["features"][0]["id"]
    feature = hole(client, f"{ITEMS.format(sammlung)}/{einzeln}")
    jsonschema_rs.validate(_FEATURE, feature)


_POSITION: dict[str, Any] = {
    "type": "array",
    "minItems": 2,
    "maxItems": 2,
    "items": {"type": "number"},
}
_RINGE = {"type": "array", "items": {"type": "array", "minItems": 4, "items": _POSITION}}
_KOORDINATEN = {
    "Point": _POSITION,
    "Polygon": _RINGE,
    "MultiPolygon": {"type": "array", "items": _RINGE},
}
_GEOMETRIEN = [
    {
        "type": "object",
        "required": ["type", "coordinates"],
        "properties": {"type": {"const": art}, "coordinates": koordinaten},
    }
    for art, koordinaten in _KOORDINATEN.items()
]
_FEATURE = {
    "type": "object",
    "required": ["type", "id", "geometry", "properties"],
    "properties": {
        "type": {"const": "Feature"},
        "id": {"type": "string"},
        "properties": {"type": "object"},
        "geometry": {"oneOf": [{"type": "null"}, *_GEOMETRIEN]},
    },
}
_GEOJSON = {
    "type": "object",
    "required": ["type", "features", "links", "numberMatched", "numberReturned", "timeStamp"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": _FEATURE},
    },
}


@pytest.mark.parametrize(
    "pfad",
    [
        *("/ogc", "/ogc/conformance", "/ogc/api", "/ogc/collections"),
        *("/ogc/collections/plaetze", "/ogc/collections/plaetze/queryables"),
        *(ITEMS.format("plaetze"), f"{ITEMS.format('plaetze')}/platz-nordmarkt"),
    ],
)
def test_html_conformance_and_negotiation(client: TestClient, pfad: str) -> None:
    """A.3, /req/html/content: every document is a page too, by Accept and by f."""
    for kopf, frage in (("text/html", ""), ("application/json", "?f=html")):
        antwort = client.get(pfad + frage, headers={"accept": kopf})
        assert antwort.headers["content-type"].startswith("text/html")
        assert "<main" in antwort.text
        assert "Accept," in antwort.headers["vary"]
    for kopf, frage in (("text/html", "?f=json"), ("*/*", "")):
        antwort = client.get(pfad + frage, headers={"accept": kopf})
        assert "json" in antwort.headers["content-type"]
        assert antwort.json()


def test_every_link_of_the_documents_answers_with_its_type(client: TestClient) -> None:
    """/req/core/*-links: what is linked is there, in the media type that the link names."""
    for pfad in ("/ogc", "/ogc/conformance", "/ogc/collections", "/ogc/collections/projekte"):
        for link in hole(client, pfad)["links"]:
            if not link["href"].startswith("http://127.0.0.1"):
                continue
            antwort = client.get(link["href"])
            assert antwort.status_code == 200, link
            assert antwort.headers["content-type"].startswith(link["type"]), link


# Part 2: coordinate reference systems


def test_crs_metadata(client: TestClient) -> None:
    """/req/crs/fc-md-crs-list, -storageCrs: CRS84 first, the official systems after it."""
    for eine in hole(client, "/ogc/collections")["collections"]:
        assert eine["crs"] == list(SYSTEME)
        assert eine["crs"][0] == CRS84.uri == eine["storageCrs"]


@pytest.mark.parametrize("sammlung", ["projekte", "stadtbezirke"])
@pytest.mark.parametrize("uri", SYSTEME)
def test_crs_action_and_axis_order(client: TestClient, sammlung: str, uri: str) -> None:
    """/req/crs/fc-crs-action, /req/crs/ogc-crs-header: coordinates as the authority orders them."""
    rein = hole(client, ITEMS.format(sammlung), limit=3)
    antwort = client.get(ITEMS.format(sammlung), params={"crs": uri, "limit": 3})
    assert antwort.headers["content-crs"] == f"<{uri}>"
    # without always_xy PROJ keeps the axis order of the authority: an independent check
    quelle = re.sub(r".*/([^/]+)/[^/]+/([^/]+)$", r"\1:\2", uri)
    rechne = Transformer.from_crs("OGC:CRS84", quelle).transform
    for vorher, nachher in zip(rein["features"], antwort.json()["features"], strict=True):
        xy = shapely.get_coordinates(shapely.geometry.shape(vorher["geometry"]))
        soll = list(zip(*rechne(*xy.T), strict=True))
        ist = shapely.get_coordinates(shapely.geometry.shape(nachher["geometry"]))
        assert ist.ravel() == pytest.approx([z for paar in soll for z in paar], abs=0.006)
        einzeln = client.get(f"{ITEMS.format(sammlung)}/{nachher['id']}", params={"crs": uri})
        assert einzeln.headers["content-crs"] == f"<{uri}>"
        assert einzeln.json()["geometry"] == nachher["geometry"]


def test_axis_order_in_words(client: TestClient) -> None:
    """4326 is latitude first, 25832 is easting first: numbers that nobody can mistake."""
    lat, lon = _erster(client, f"{EPSG}4326")
    assert (51 < lat < 52, 7 < lon < 8) == (True, True)
    ost, nord = _erster(client, f"{EPSG}25832")
    assert (380_000 < ost < 410_000, 5_690_000 < nord < 5_720_000) == (True, True)


def _erster(client: TestClient, uri: str) -> list[float]:
    feature = hole(client, PROJEKTE, crs=uri, limit=1)["features"][0]
    koordinaten: list[float] = feature["geometry"]["coordinates"]
    return koordinaten


@pytest.mark.parametrize("uri", SYSTEME)
def test_bbox_crs(client: TestClient, uri: str) -> None:
    """/req/crs/fc-bbox-crs-action: the box is read in its own system and axis order."""
    features = hole(client, PROJEKTE, crs=uri, limit=LIMIT[1])["features"]
    orte = {f["id"]: f["geometry"]["coordinates"] for f in features if f["geometry"]}
    (a, b), (c, d) = sorted(orte.values())[10], sorted(orte.values())[50]
    kasten = (min(a, c), min(b, d), max(a, c), max(b, d))
    erwartet = {
        id_
        for id_, (x, y) in orte.items()
        if kasten[0] <= x <= kasten[2] and kasten[1] <= y <= kasten[3]
    }
    rand = 0.02 if "25832" in uri or "3857" in uri else 1e-7
    weit = (kasten[0] - rand, kasten[1] - rand, kasten[2] + rand, kasten[3] + rand)
    gefragt = ",".join(f"{zahl:.8f}" for zahl in weit)
    assert set(alle_ids(client, PROJEKTE, bbox=gefragt, **{"bbox-crs": uri})) == erwartet


# Part 3: queryables and filters


@pytest.mark.parametrize("sammlung", KOLLEKTIONEN)
def test_queryables(client: TestClient, sammlung: str) -> None:
    """/req/queryables/get-queryables-*: a JSON Schema that names every property that is there."""
    antwort = client.get(f"/ogc/collections/{sammlung}/queryables")
    assert antwort.headers["content-type"] == "application/schema+json"
    schema = antwort.json()
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"].endswith(f"/ogc/collections/{sammlung}/queryables")
    jsonschema_rs.meta.validate(schema)
    for feature in hole(client, ITEMS.format(sammlung))["features"]:
        werte = {name: wert for name, wert in feature["properties"].items() if wert is not None}
        jsonschema_rs.validate({"properties": schema["properties"]}, werte)
        assert set(werte) <= set(schema["properties"])


def test_the_description_names_every_parameter_that_is_understood(client: TestClient) -> None:
    """/req/oas30/completeness, /req/queryables-query-parameters: documented and nothing else."""
    beschreibung = hole(client, "/ogc/api")
    operation = beschreibung["paths"]["/collections/projekte/items"]["get"]
    namen = [p.get("name") or p["$ref"].rsplit("/", 1)[-1] for p in operation["parameters"]]
    fehler = client.get(PROJEKTE, params={"farbe": "rot"}).json()["parameter"][0]
    assert namen == fehler["erlaubt"].split(", ")
    assert {"bbox", "datetime", "limit", "crs", "bbox-crs", "filter"} <= set(namen)
    assert set(beschreibung["paths"]) >= {f"/collections/{id_}/items" for id_ in KOLLEKTIONEN}


def test_filter_success(client: TestClient) -> None:
    """/req/filter/success, /req/cql2-text and /req/cql2-json: both ways to write it, one answer."""
    text = alle_ids(client, PROJEKTE, filter="status = 'umgesetzt' AND beginn IS NOT NULL")
    als_json = (
        '{"op":"and","args":[{"op":"=","args":[{"property":"status"},"umgesetzt"]},'
        '{"op":"not","args":[{"op":"isNull","args":[{"property":"beginn"}]}]}]}'
    )
    assert text
    assert alle_ids(client, PROJEKTE, filter=als_json, **{"filter-lang": "cql2-json"}) == text


@pytest.mark.parametrize("uri", SYSTEME)
def test_filter_crs(client: TestClient, uri: str) -> None:
    """/req/filter/filter-crs-param: coordinates of the expression in their system and order."""
    features = hole(client, PROJEKTE, crs=uri, limit=LIMIT[1])["features"]
    erster = next(f for f in features if f["geometry"])
    x, y = erster["geometry"]["coordinates"]
    rand = 1.0 if "25832" in uri or "3857" in uri else 1e-5
    kasten = f"S_INTERSECTS(geometry, BBOX({x - rand},{y - rand},{x + rand},{y + rand}))"
    gefunden = alle_ids(client, PROJEKTE, filter=kasten, **{"filter-crs": uri})
    assert erster["id"] in gefunden
    assert len(gefunden) < 10
