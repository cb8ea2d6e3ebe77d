"""``/suche`` over HTTP: the form of the answer, bad parameters, silence about what was typed."""

import logging
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.settings import Settings


def test_an_address_has_name_district_place_and_a_way_to_the_map(adressclient: TestClient) -> None:
    antwort = adressclient.get("/suche?q=12+münsterstr&limit=3")
    assert antwort.status_code == 200
    assert antwort.headers["cache-control"] == "no-store"
    inhalt = antwort.json()
    assert inhalt["adressen"] is True
    assert inhalt["anzahl"] == len(inhalt["treffer"]) == 3
    erster = inhalt["treffer"][0]
    assert erster["art"] == "adresse"
    assert erster["name"] == "Münsterstraße 12"
    assert erster["zusatz"] == "Innenstadt-Nord"
    assert erster["url"] == f"/?nahe={erster['lat']},{erster['lon']}"
    assert adressclient.get(erster["url"]).status_code == 200


def test_every_answer_leads_to_a_page(adressclient: TestClient) -> None:
    urls = set()
    for text in ("eving", "hafen", "nordmarkt", "kokerei", "huckarde", "019"):
        for treffer in adressclient.get("/suche", params={"q": text, "limit": 50}).json()[
            "treffer"
        ]:
            urls.add(treffer["url"])
            if "lagegenauigkeit" in treffer:
                assert treffer["lat"]
    for url in urls:
        assert adressclient.get(url).status_code == 200


def test_a_district_brings_its_frame(adressclient: TestClient) -> None:
    bezirke = adressclient.get("/suche?q=eving").json()["treffer"][:2]
    assert [bezirk["art"] for bezirk in bezirke] == ["stadtbezirk", "statistischer-bezirk"]
    for bezirk in bezirke:
        west, sued, ost, nord = bezirk["bbox"]
        assert west < bezirk["lon"] < ost
        assert sued < bezirk["lat"] < nord


@pytest.mark.parametrize("query", ["", "?q=", "?q=%20", "?q=...", "?limit=5"])
def test_nothing_asked_is_nothing_found(adressclient: TestClient, query: str) -> None:
    assert adressclient.get(f"/suche{query}").json()["treffer"] == []


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("q=a&limit=0", "limit"),
        ("q=a&limit=51", "limit"),
        ("q=a&limit=x", "limit"),
        ("q=a&q=b", "q"),
        ("q=" + "a" * 201, "q"),
        ("q=a&stadtbezirk=eving", "stadtbezirk"),
        ("plz=44145", "plz"),
    ],
)
def test_a_bad_value_is_a_problem_that_names_it(
    adressclient: TestClient, query: str, name: str
) -> None:
    antwort = adressclient.get(f"/suche?{query}")
    assert antwort.status_code == 400
    assert antwort.headers["content-type"] == "application/problem+json"
    (parameter,) = antwort.json()["parameter"]
    assert parameter["name"] == name
    assert parameter["grund"]


def test_other_methods_are_a_problem(adressclient: TestClient) -> None:
    antwort = adressclient.post("/suche?q=eving")
    assert antwort.status_code == 405
    assert antwort.headers["content-type"] == "application/problem+json"


def test_without_a_directory_it_says_so(build_dir: Path, tmp_path: Path) -> None:
    einstellungen = Settings(
        rate_pro_sekunde=0, build_dir=build_dir, adressen=tmp_path / "nichts.sqlite"
    )
    with TestClient(create_app(einstellungen)) as client:
        inhalt = client.get("/suche?q=eving").json()
    assert inhalt["adressen"] is False
    assert inhalt["treffer"][0]["name"] == "Eving"


def test_a_directory_damaged_inside_is_given_up(
    build_dir: Path, verzeichnis: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kaputt = tmp_path / "adressen.sqlite"
    inhalt = bytearray(verzeichnis.read_bytes())
    einstellungen = Settings(rate_pro_sekunde=0, build_dir=build_dir, adressen=kaputt)
    caplog.set_level(logging.DEBUG)
    with TestClient(create_app(einstellungen)) as client:
        for ab in range(4096, len(inhalt), 4096):
            kaputt.write_bytes(bytes(inhalt[:ab]) + b"\xff" * (len(inhalt) - ab))
            antwort = client.get("/suche?q=münsterstraße+12")
            assert antwort.status_code == 200
    assert not any("nster" in zeile for zeile in eigene(caplog))


def test_what_is_typed_is_never_logged(
    adressclient: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for text in (
        "Geheimstraße 17",
        'geheim" OR x',
        "geheim' --",
        "geheim*",
        "geheim\x00",
        "NEAR(geheim)",
    ):
        assert adressclient.get("/suche", params={"q": text}).status_code == 200
        assert adressclient.get("/suche", params={"q": text, "limit": "x"}).status_code == 400
    assert not any("geheim" in zeile.lower() for zeile in eigene(caplog))


def eigene(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What the service logged: all but the lines of the test's own client."""
    return [r.getMessage() for r in caplog.records if not r.name.startswith("httpx")]
