"""The catalogue of the data: DCAT-AP.de 3, honest about licences, and every address in it works."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.term import Node
from starlette.testclient import TestClient

from app.dcat import DORTMUND, katalog
from app.settings import Settings
from app.store import Snapshot
from layers.herkunft import EBENEN

# rdflib's own reader of JSON-LD still uses what rdflib deprecates
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
ADRESSE = "https://karte.example"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
DCT = Namespace("http://purl.org/dc/terms/")
FOAF = Namespace("http://xmlns.com/foaf/0.1/")
SPDX = Namespace("http://spdx.org/rdf/terms#")
FORMEN = Graph().parse(Path(__file__).with_name("dcat-ap-de.shacl.ttl"), format="turtle")
PFLICHT = {
    DCAT.Catalog: (DCT.title, DCT.description, DCT.publisher, DCAT.dataset),
    DCAT.Dataset: (
        *(DCT.title, DCT.description, DCT.publisher, DCT.modified, DCT.spatial, DCT.language),
        *(DCAT.distribution, DCAT.theme, DCT.accrualPeriodicity, DCT.provenance),
        *(DCATDE.politicalGeocodingLevelURI, DCATDE.politicalGeocodingURI),
    ),
    DCAT.Distribution: (
        *(DCT.title, DCT.license, DCT.rights, DCT.modified, DCT["format"]),
        *(DCAT.accessURL, DCAT.mediaType),
    ),
    DCAT.DataService: (DCT.title, DCT.publisher, DCAT.endpointURL, DCAT.servesDataset),
    FOAF.Agent: (FOAF.name,),
    SPDX.Checksum: (SPDX.algorithm, SPDX.checksumValue),
    DCT.Location: (DCAT.bbox, DCAT.centroid),
}


def graph(dokument: dict[str, Any]) -> Graph:
    return Graph().parse(data=orjson.dumps(dokument), format="json-ld")


def maengel(daten: Graph) -> str:
    konform, _, bericht = pyshacl.validate(daten, shacl_graph=FORMEN)
    return "" if konform else str(bericht)


def als(snapshot: Snapshot, **lizenzen: str) -> Graph:
    """The catalogue, with other licences: file without ending → its short name."""
    quellen = tuple(
        {**q, "lizenz": lizenzen.get(q["datei"].removesuffix(".csv"), q["lizenz"])}
        for q in snapshot.quellen
    )
    return graph(katalog(replace(snapshot, quellen=quellen), Settings(adresse=ADRESSE)))


@pytest.fixture(scope="module")
def daten(snapshot: Snapshot) -> Graph:
    return graph(katalog(snapshot, Settings(adresse=ADRESSE, kontakt="karte@stadt.example")))


def knoten(name: str) -> URIRef:
    return URIRef(f"{ADRESSE}/catalog#{name}")


def test_the_catalogue_keeps_the_rules(daten: Graph) -> None:
    assert maengel(daten) == ""
    datensaetze = set(daten.objects(URIRef(f"{ADRESSE}/catalog"), DCAT.dataset))
    assert datensaetze == {knoten(name) for name in EBENEN}


@pytest.mark.parametrize(
    ("art", "eigenschaft"),
    [(art, eigenschaft) for art, alle in PFLICHT.items() for eigenschaft in alle],
    ids=lambda wert: str(wert).rpartition("/")[2],
)
def test_nothing_mandatory_can_be_missing(daten: Graph, art: URIRef, eigenschaft: URIRef) -> None:
    eines = min(daten.subjects(RDF.type, art), key=str)
    auszug = Graph() + daten
    assert (eines, eigenschaft, None) in auszug
    auszug.remove((eines, eigenschaft, None))
    assert maengel(auszug)


@pytest.mark.parametrize(
    ("eigenschaft", "falsch"),
    [
        (DCT.license, URIRef("https://www.govdata.de/dl-de/zero-2-0")),
        (DCT["format"], Literal("GeoJSON")),
        (DCAT.mediaType, Literal("application/geo+json")),
        (DCAT.downloadURL, URIRef(f"{ADRESSE}/anders.geojson")),
    ],
)
def test_a_wrong_value_is_noticed(daten: Graph, eigenschaft: URIRef, falsch: Any) -> None:
    auszug = Graph() + daten
    auszug.set((knoten("plaetze-datei"), eigenschaft, falsch))
    assert maengel(auszug)


def test_a_licence_is_stated_only_where_the_sources_state_it(snapshot: Snapshot) -> None:
    wie_geliefert = als(snapshot)
    lizenz = {
        name: wie_geliefert.value(knoten(f"{name}-datei"), DCT.license, any=False)
        for name in EBENEN
    }
    assert lizenz.pop("statistische_bezirke") == URIRef(
        "http://dcat-ap.de/def/licenses/dl-zero-de/2.0"
    )
    assert set(lizenz.values()) == {knoten("ohne-lizenz")}
    rechte = wie_geliefert.value(knoten("beteiligte-datei"), DCT.rights)
    texte = " ".join(str(t) for t in wie_geliefert.objects(rechte))
    assert "keine Lizenz angegeben" in texte
    assert "no licence stated" in texte


def test_who_wants_to_be_named_is_named(snapshot: Snapshot) -> None:
    benannt = als(snapshot, beteiligte="dl-de/by-2.0")
    assert maengel(benannt) == ""
    distribution = knoten("beteiligte-datei")
    nennung = str(benannt.value(distribution, DCATDE.licenseAttributionByText))
    (quelle,) = (q for q in snapshot.quellen if q["datei"] == "beteiligte.csv")
    assert quelle["herausgeber"] in nennung
    benannt.remove((distribution, DCATDE.licenseAttributionByText, None))
    assert maengel(benannt)


def test_contact_and_contributor_come_from_the_settings_only(
    daten: Graph, snapshot: Snapshot
) -> None:
    assert "mailto:karte@stadt.example" in {str(o) for o in daten.objects()}
    ohne = graph(katalog(snapshot, Settings()))
    assert not list(ohne.subject_objects(DCAT.contactPoint))
    assert not list(ohne.subject_objects(DCATDE.contributorID))
    kennung = "http://dcat-ap.de/def/contributors/test"
    mit = graph(katalog(snapshot, Settings(datenbereitsteller=kennung, herausgeber="Stadt Test")))
    assert set(mit.objects(None, DCATDE.contributorID)) == {URIRef(kennung)}
    assert maengel(mit) == ""
    with pytest.raises(ValueError, match="datenbereitsteller"):
        Settings(datenbereitsteller="https://example.org/ich")


def test_years_and_places_are_those_of_the_data(daten: Graph, snapshot: Snapshot) -> None:
    zeit = daten.value(knoten("projekte"), DCT.temporal)
    jahre = [p[f][:4] for p in snapshot.projekte for f in ("beginn", "ende") if p.get(f)]
    assert str(daten.value(zeit, DCAT.startDate)) == min(jahre)
    assert str(daten.value(zeit, DCAT.endDate)) == max(jahre)
    assert URIRef(DORTMUND) in set(daten.objects(knoten("kennzahlen"), DCT.spatial))
    west = snapshot.ebenen["plaetze"]["bbox"][0]
    orte = [daten.value(o, DCAT.bbox) for o in daten.objects(knoten("plaetze"), DCT.spatial)]
    assert any(f"POLYGON(({west} " in str(ort) for ort in orte)


def test_turtle_and_json_ld_say_the_same(client: TestClient) -> None:
    ttl, ld = client.get("/catalog.ttl"), client.get("/catalog.jsonld")
    assert ttl.headers["content-type"].startswith("text/turtle")
    assert ld.headers["content-type"] == "application/ld+json"
    als_turtle = Graph().parse(data=ttl.content, format="turtle")
    assert isomorphic(als_turtle, Graph().parse(data=ld.content, format="json-ld"))
    assert len(als_turtle) > 500
    for antwort in (ttl, ld):
        marke = {"if-none-match": antwort.headers["etag"]}
        assert client.get(antwort.url.path, headers=marke).status_code == 304
        assert client.head(antwort.url.path).content == b""


@pytest.mark.parametrize(
    ("accept", "ziel"),
    [
        ("text/turtle", "/catalog.ttl"),
        ("application/ld+json", "/catalog.jsonld"),
        ("application/json", "/catalog.jsonld"),
        ("text/turtle;q=0.5, application/ld+json", "/catalog.jsonld"),
        ("text/html", "/catalog.ttl"),
        ("*/*", "/catalog.ttl"),
    ],
)
def test_the_form_is_negotiated(client: TestClient, accept: str, ziel: str) -> None:
    antwort = client.get("/catalog", headers={"accept": accept}, follow_redirects=False)
    assert (antwort.status_code, antwort.headers["location"]) == (303, ziel)
    assert antwort.headers["vary"] == "Accept"


def distributionen(daten: Graph) -> Iterator[tuple[str, str, Node]]:
    for d in sorted(daten.subjects(RDF.type, DCAT.Distribution), key=str):
        medientyp = str(daten.value(d, DCAT.mediaType)).partition("/media-types/")[2]
        yield str(daten.value(d, DCAT.accessURL)).removeprefix(ADRESSE), medientyp, d


def test_every_address_answers_with_the_stated_type(client: TestClient, daten: Graph) -> None:
    for pfad, medientyp, d in distributionen(daten):
        antwort = client.get(pfad, headers={"accept-encoding": "identity"})
        assert antwort.status_code == 200, pfad
        stated = antwort.headers["content-type"].partition(";")[0]
        assert stated == medientyp or pfad.startswith("/ogc"), pfad
        groesse = daten.value(d, DCAT.byteSize)
        if groesse is not None:
            assert str(groesse) == str(len(antwort.content))
            summe = daten.value(daten.value(d, SPDX.checksum), SPDX.checksumValue)
            assert str(summe) == hashlib.sha256(antwort.content).hexdigest()


def test_pages_lead_to_the_catalogue(client: TestClient) -> None:
    for pfad in ("/", "/projekte", "/projekte/nw-019"):
        html = client.get(pfad).text
        assert '<link rel="describedby" type="text/turtle" href="/catalog.ttl">' in html
        assert html.count('href="/catalog.jsonld"') == 2
