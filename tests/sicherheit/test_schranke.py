"""What a request may be; asked of the whole application, so of files and pages alike."""

import pytest
from starlette.testclient import TestClient

from app.settings import Settings

PROBLEM = "application/problem+json"
WEGE = (
    "/",
    "/projekte",
    "/daten/plaetze.geojson",
    "/ogc",
    "/export.csv",
    "/einbetten.js",
    "/nichts",
)
MASSE = Settings(_env_file=None)  # type: ignore[call-arg]  # pydantic's own parameter


@pytest.mark.parametrize(
    "methode", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "GeT"]
)
def test_other_methods_are_refused_everywhere(client: TestClient, methode: str) -> None:
    for pfad in WEGE:
        antwort = client.request(methode.encode(), pfad)  # type: ignore[arg-type]  # bytes: as is
        assert antwort.status_code == 405, pfad
        assert antwort.headers["allow"] == "GET, HEAD, OPTIONS"
        assert antwort.headers["content-type"] == PROBLEM
        assert antwort.json()["type"] == "urn:nordwaerts:problem:methode"
        assert antwort.headers["connection"] == "close"


def test_options_says_what_is_allowed(client: TestClient) -> None:
    for pfad in WEGE:
        antwort = client.options(pfad)
        assert (antwort.status_code, antwort.content) == (204, b"")
        assert antwort.headers["allow"] == "GET, HEAD, OPTIONS"


def test_addresses_end_somewhere(client: TestClient) -> None:
    grenze = MASSE.max_adresse_bytes
    gerade_noch = "/projekte?q=" + "a" * (grenze - len("/projekteq="))
    assert client.get(gerade_noch).status_code == 200
    for zu_lang in (gerade_noch + "a", "/" + "a" * grenze, "/daten/" + "ä" * grenze):
        antwort = client.get(zu_lang)
        assert antwort.status_code == 414
        assert antwort.headers["content-type"] == PROBLEM
        assert "8.192" in antwort.json()["detail"]


@pytest.mark.parametrize("trenner", ["&", "&x=1", "&&status=umgesetzt"])
def test_parameters_are_counted_before_they_are_read(client: TestClient, trenner: str) -> None:
    antwort = client.get("/api/projekte?" + trenner * MASSE.max_parameter)
    assert antwort.status_code == 400
    assert antwort.json()["type"] == "urn:nordwaerts:problem:zu-viele-parameter"


def test_every_code_of_every_facet_may_be_asked_for_at_once(client: TestClient) -> None:
    facetten = client.get("/api/projekte?limit=1").json()["facetten"]
    paare = [(name, o["code"]) for name, optionen in facetten.items() for o in optionen]
    antwort = client.get("/api/projekte", params=paare)
    assert antwort.status_code == 200, antwort.text


def test_header_fields_and_content_end_somewhere(client: TestClient) -> None:
    kopf = {f"x-{i}": "a" * 1000 for i in range(MASSE.max_kopf_bytes // 1000 + 1)}
    assert client.get("/", headers=kopf).status_code == 431
    klein, gross = b"a" * MASSE.max_inhalt_bytes, b"a" * (MASSE.max_inhalt_bytes + 1)
    assert client.request("GET", "/gesundheit", content=klein).status_code == 200
    for inhalt in (gross, iter([b"a"])):
        antwort = client.request("GET", "/gesundheit", content=inhalt)
        assert antwort.status_code == 413
        assert antwort.headers["connection"] == "close"
    for laenge in ("-1", "1e3", "0x10", "9" * 30):
        antwort = client.get("/gesundheit", headers={"content-length": laenge})
        assert antwort.status_code == 413


def test_a_refusal_speaks_the_language_of_the_browser(client: TestClient) -> None:
    antwort = client.post("/", headers={"accept-language": "tr"})
    assert antwort.json()["title"] == "Yalnızca okuma mümkün"
    assert antwort.headers["vary"] == "Accept-Language"
