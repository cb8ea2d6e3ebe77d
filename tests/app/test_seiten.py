"""Pages over HTTP, as a visitor without script sees them."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from starlette.testclient import TestClient

from app.store import Snapshot


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ziele: list[str] = []
        self.kennungen: list[str] = []
        self.im_muster = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        angaben = dict(attrs)
        if tag == "template":
            self.im_muster += 1
        if self.im_muster:
            return
        for name in ("href", "src", "action"):
            if angaben.get(name):
                self.ziele.append(str(angaben[name]))
        if "data-id" in angaben:
            self.kennungen.append(str(angaben["data-id"]))

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.im_muster -= 1


def lies(html: str) -> _Links:
    links = _Links()
    links.feed(html)
    return links


def satz(html: str) -> str:
    treffer = re.search(r'<p id="satz"[^>]*>(.*?)</p>', html, re.DOTALL)
    assert treffer
    return treffer[1].strip()


def ids_der_api(client: TestClient, query: str) -> list[str]:
    """The order of the list: that of the API, projects without a location last."""
    projekte = client.get(f"/api/projekte?{query}&limit=1000").json()["projekte"]
    geordnet = sorted(projekte, key=lambda p: all(ort["lon"] is None for ort in p["standorte"]))
    return [projekt["id"] for projekt in geordnet]


@pytest.mark.parametrize("pfad", ["/", "/projekte", "/einbetten"])
@pytest.mark.parametrize(
    "query",
    [
        "",
        "handlungsfeld=flaechenentwicklung&stadtbezirk=huckarde",
        "q=hafen",
        "von=2018&bis=2019&sort=-stand",
        "lage=ohne&sort=nr",
        "nahe=51.536,7.416&umkreis=2000",
        "status=ohne-angabe",
        "beteiligt=stadt-dortmund",
    ],
)
def test_page_list_and_api_give_the_same_projects(
    client: TestClient, pfad: str, query: str
) -> None:
    html = client.get(f"{pfad}?{query}").text
    assert lies(html).kennungen == ids_der_api(client, query)


def test_every_project_is_reachable_without_script(client: TestClient, snapshot: Snapshot) -> None:
    assert sorted(lies(client.get("/projekte").text).kennungen) == sorted(snapshot.index.ids)
    for kennung in snapshot.index.ids:
        assert client.get(f"/projekte/{kennung}").status_code == 200


def test_every_internal_link_leads_somewhere(client: TestClient, snapshot: Snapshot) -> None:
    gesehen: set[str] = set()
    offen = ["/", "/projekte", "/einbetten", *(f"/projekte/{i}" for i in snapshot.index.ids[:10])]
    offen += ["/plaetze/platz-nordmarkt", "/brachflaechen/bf-hsp", "/stadtbezirke/huckarde"]
    while offen:
        pfad = offen.pop()
        antwort = client.get(pfad, headers={"accept-encoding": "identity"})
        assert antwort.status_code == 200, pfad
        gesehen.add(pfad)
        if pfad.count("?") or not antwort.headers["content-type"].startswith("text/html"):
            continue
        ziele = {ziel.split("#")[0] for ziel in lies(antwort.text).ziele}
        # each takes a process; test_dokument.py sets them all in one
        ziele = {ziel for ziel in ziele if not ziel.split("?")[0].endswith(".pdf")}
        offen += [z for z in ziele if z.startswith("/") and z not in gesehen and z not in offen]
    assert any(pfad.startswith("/plaetze/") for pfad in gesehen)
    assert any(pfad.startswith("/stadtbezirke/") for pfad in gesehen)


def test_the_sentence_says_what_is_shown(client: TestClient, snapshot: Snapshot) -> None:
    gesamt = len(snapshot.index)
    assert satz(client.get("/").text) == f"Alle {gesamt} Projekte"
    query = "handlungsfeld=flaechenentwicklung&stadtbezirk=huckarde"
    anzahl = client.get(f"/api/projekte?{query}").json()["anzahl"]
    erwartet = (
        f"{anzahl} von {gesamt} Projekten: Handlungsfeld Flächenentwicklung, Stadtbezirk Huckarde"
    )
    assert satz(client.get(f"/?{query}").text) == erwartet


def test_a_chip_takes_away_one_filter(client: TestClient) -> None:
    html = client.get("/projekte?stadtbezirk=eving&stadtbezirk=huckarde&q=park").text
    chips = dict(re.findall(r'data-entfernen="([^"]+)" href="([^"]+)"', html))
    assert chips["stadtbezirk=eving"] == "/projekte?q=park&amp;stadtbezirk=huckarde"
    assert chips["q=park"] == "/projekte?stadtbezirk=eving&amp;stadtbezirk=huckarde"
    assert 'data-zuruecksetzen href="/projekte"' in html


def test_a_page_ignores_one_bad_value_says_so_and_shows_the_rest(client: TestClient) -> None:
    antwort = client.get("/?stadtbezirk=atlantis&handlungsfeld=flaechenentwicklung&farbe=rot")
    assert antwort.status_code == 200
    assert "„atlantis“ ist kein bekannter Wert für „stadtbezirk“" in antwort.text
    assert "„farbe“" in antwort.text
    assert lies(antwort.text).kennungen == ids_der_api(client, "handlungsfeld=flaechenentwicklung")


def test_an_unknown_project_in_the_state_is_said(client: TestClient) -> None:
    assert (
        "Das Projekt „gibt-es-nicht“ gibt es hier nicht."
        in client.get("/?projekt=gibt-es-nicht").text
    )


@pytest.mark.parametrize(
    "pfad", ["/projekte/nichts", "/plaetze/nichts", "/brachflaechen/x", "/stadtbezirke/x", "/nix"]
)
def test_what_does_not_exist_is_answered_in_german(client: TestClient, pfad: str) -> None:
    antwort = client.get(pfad)
    assert antwort.status_code == 404
    assert "gibt es hier nicht" in antwort.text
    assert antwort.headers["content-type"].startswith("text/html")


def test_text_of_a_visitor_is_escaped(client: TestClient) -> None:
    html = client.get("/", params={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in html


def test_the_page_says_how_much_it_documents(client: TestClient, snapshot: Snapshot) -> None:
    html = client.get("/").text
    assert f"dokumentiert {len(snapshot.index)} Vorhaben" in html
    assert "rund 237 Teilprojekte" in html
    assert "redaktionell" in html
    assert "27 öffentliche Plätze untersucht" in html


def test_a_steckbrief_shows_every_field_that_has_a_value(
    client: TestClient, snapshot: Snapshot
) -> None:
    for projekt in snapshot.projekte:
        html = client.get(f"/projekte/{projekt['id']}").text
        for url in projekt["quellen"]:
            assert url.replace("&", "&amp;") in html
        for beteiligter in [*projekt.get("traeger", []), *projekt.get("partner", [])]:
            assert beteiligter["name"].replace("&", "&amp;") in html
            if beteiligter["code"]:
                assert f"/projekte?beteiligt={beteiligter['code']}" in html
        for ort in projekt["standorte"]:
            assert _html(ort["bezeichnung"]) in html
        for feld in ("kurzbeschreibung", "foerderung", "nr"):
            if projekt.get(feld):
                assert _html(projekt[feld]) in html


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def test_places_list_the_projects_that_lie_there(client: TestClient, snapshot: Snapshot) -> None:
    for code, bezirk in snapshot.orte["stadtbezirke"].items():
        html = client.get(f"/stadtbezirke/{code}").text
        assert lies(html).kennungen == bezirk["projekte"]
        assert bezirk["projekte"] == [
            p["id"] for p in snapshot.projekte if code in p.get("stadtbezirke", [])
        ]


@pytest.mark.parametrize(
    ("pfad", "gerahmt"), [("/", False), ("/projekte", False), ("/einbetten", True), ("/nix", False)]
)
def test_only_the_embeddable_page_may_be_framed(
    client: TestClient, pfad: str, gerahmt: bool
) -> None:
    kopf = client.get(pfad).headers
    csp = kopf["content-security-policy"]
    assert "unsafe" not in csp
    assert "default-src 'none'" in csp
    rahmen: Any = csp.split("frame-ancestors ")[1]
    assert ("https://*.dortmund.de" in rahmen) == gerahmt
    assert ("x-frame-options" in kopf) != gerahmt
    assert "set-cookie" not in kopf
