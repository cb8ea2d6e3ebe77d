"""Paths, names and headers that try to lead somewhere else; questions that try to take long."""

import time
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from app.settings import Settings
from app.store import Snapshot

ZIELE = ("etc/passwd", "manifest.json", "steckbriefe.json", "befunde.json", "../pyproject.toml")
AUFSTIEGE = (
    *("../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "%252e%252e%252f", "..\\", "..%5c"),
    *("..%255c", "....//", "..;/", "..%00/", "%00../", "..%c0%af", "%c0%ae%c0%ae/", "..%ef%bc%8f"),
    *("/", "//", "%2f", "file:///", "..%0d%0a/", "..%09/", "．．/", "~/", "C:\\"),
)
ORTE = ("/assets/", "/daten/", "/vorschau/", "/projekte/", "/schriften/", "/", "/ogc/")


@pytest.mark.parametrize("ort", ORTE)
def test_no_path_leads_out_of_what_is_published(client: TestClient, ort: str) -> None:
    for aufstieg in AUFSTIEGE:
        for ziel in ZIELE:
            for anzahl in (1, 4):
                pfad = (ort + aufstieg * anzahl + ziel).encode().decode("latin-1")
                adresse = f"http://testserver{quote(pfad, safe='/%:;~')}"
                antwort = client.get(adresse, follow_redirects=False)
                assert antwort.status_code in (307, 400, 404), pfad
                assert b"root:" not in antwort.content
                assert b"sha256" not in antwort.content


@pytest.mark.parametrize(
    ("pfad", "ziel"),
    [
        ("/projekte/?status=umgesetzt", "/projekte?status=umgesetzt"),
        ("/ogc/collections/", "/ogc/collections"),
        ("//boese.example/", "/boese.example"),
        ("//boese.example/projekte//", "/boese.example/projekte"),
        ("/%5cboese.example/", "/%5Cboese.example"),
        ("/%0d%0aSet-Cookie:a=b/", "/%0D%0ASet-Cookie%3Aa%3Db"),
        ("/%2f%2fboese.example/", "/boese.example"),
    ],
)
def test_redirects_stay_here_whatever_the_host_header_says(
    client: TestClient, pfad: str, ziel: str
) -> None:
    antwort = client.get(
        f"http://testserver{pfad}", headers={"host": "boese.example"}, follow_redirects=False
    )
    assert (antwort.status_code, antwort.headers["location"]) == (307, ziel)


UNBEACHTET = {
    "host": "boese.example",
    "x-forwarded-host": "boese.example",
    "x-host": "boese.example",
    "x-forwarded-server": "boese.example",
    "x-forwarded-port": "4711",
    "x-forwarded-prefix": "/boese",
    "x-original-url": "/gesundheit",
    "x-rewrite-url": "/gesundheit",
    "x-http-method-override": "DELETE",
    "x-forwarded-for": "203.0.113.66",
    "x-forwarded-scheme": "nothttps",
    "forwarded": "host=boese.example;for=203.0.113.66",
    "origin": "https://boese.example",
    "referer": "https://boese.example/",
    "cookie": "sprache=ar; x=y",
    "user-agent": "<script>nwx()</script>",
    "accept": "text/html;q=0.9, */*;q=0.1",
}


def test_no_answer_depends_on_a_header_that_caches_do_not_know(client: TestClient) -> None:
    """Whatever differs by a header says so in Vary; everything else is the same for everybody."""
    for pfad in (
        *("/", "/projekte?status=umgesetzt", "/projekte/nw-019", "/einbetten", "/feed.atom"),
        *("/sitemap.xml", "/robots.txt", "/catalog.jsonld", "/openapi.json", "/ogc?f=json"),
        *("/api/projekte?limit=2", "/export.csv", "/daten/plaetze.geojson", "/nichts"),
    ):
        schlicht = client.get(pfad)
        for name, wert in UNBEACHTET.items():
            antwort = client.get(pfad, headers={name: wert})
            assert antwort.content == schlicht.content, (pfad, name)
            assert antwort.headers.get("etag") == schlicht.headers.get("etag")
        assert b"testserver" not in schlicht.content
        assert b"boese" not in schlicht.content


def test_language_and_encoding_are_part_of_the_key(client: TestClient) -> None:
    for pfad in ("/", "/projekte/nw-019", "/api/projekte?limit=1", "/feed.atom"):
        vary = client.get(pfad).headers["vary"]
        assert {"Accept-Language", "Accept-Encoding"} <= {*vary.split(", ")}, pfad
        marken = {
            client.get(pfad, headers={"accept-language": s, "accept-encoding": k}).headers["etag"]
            for s in ("de", "tr")
            for k in ("br", "gzip", "identity")
        }
        assert len(marken) == 6, pfad


def test_what_is_passed_over_neither_splits_nor_poisons_the_cache(client: TestClient) -> None:
    speicher = client.app.state.dienst.speicher  # type: ignore[attr-defined]
    schlicht = client.get("/projekte?status=umgesetzt")
    fehlgriffe = speicher.fehlgriffe
    for i in range(20):
        antwort = client.get(
            f"/projekte?utm_source=%22%3E%3Cscript%3E{i}&status=umgesetzt&pk_x={i}"
        )
        assert antwort.content == schlicht.content
    assert speicher.fehlgriffe == fehlgriffe


def test_huge_values_are_values_that_are_not_understood(client: TestClient) -> None:
    lang = Settings().max_adresse_bytes - 200
    for name in ("q", "status", "von", "bbox", "nahe", "umkreis", "projekt", "sort", "limit", "x"):
        for wert in ("9" * lang, "-" * lang, "," * lang, "%00" * (lang // 3), "%F0%9F" * 200):
            antwort = client.get(f"/api/projekte?{name}={wert}")
            assert antwort.status_code in (200, 400), (name, wert[:20])
            assert len(antwort.content) < 200_000
            assert client.get(f"/projekte?{name}={wert}").status_code == 200


LANGWEILIG = ("a", "a-", "a·", "ä", "\u0301", "ß", "(a+)+", "a " * 2, "x‑", "\u0628\u0650", "🏴")


@pytest.mark.parametrize("pfad", ["/api/projekte", "/suche"])
def test_a_longer_question_takes_no_more_than_its_share(
    client: TestClient, snapshot: Snapshot, pfad: str
) -> None:
    """Growth, not time: eight times the length must not take fifty times as long."""
    assert snapshot.projekte

    def dauer(laenge: int) -> float:
        beste = 1e9
        for runde in range(4):
            beginn = time.perf_counter()
            for teil in LANGWEILIG:
                q = (teil * laenge)[:laenge] + str(runde)
                assert client.get(pfad, params={"q": q}).status_code == 200
            beste = min(beste, time.perf_counter() - beginn)
        return beste

    dauer(24)
    assert dauer(192) < 50 * dauer(24)
