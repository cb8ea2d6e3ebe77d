"""``/suche`` as a page, for browsers without script, and who gets which of its two faces."""

import logging
import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.settings import Settings
from tests.adressen.test_dienst import eigene

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class _Links(HTMLParser):
    """The links of the answers: what they say and where they lead."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self._offen: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        angaben = dict(attrs)
        if tag == "a" and "ortsliste" in (angaben.get("class") or ""):
            self._offen = angaben.get("href")

    def handle_data(self, data: str) -> None:
        if self._offen:
            self.links.append((data.strip(), self._offen))
            self._offen = None


def seite(client: TestClient, query: str) -> str:
    antwort = client.get(f"/suche?{query}", headers={"accept": BROWSER})
    assert antwort.status_code == 200
    assert antwort.headers["content-type"].startswith("text/html")
    return antwort.text


def links(html: str) -> list[tuple[str, str]]:
    leser = _Links()
    leser.feed(html)
    return leser.links


@pytest.mark.parametrize(
    ("accept", "art"),
    [
        (BROWSER, "text/html"),
        ("text/html", "text/html"),
        ("application/json;q=0.5, text/html", "text/html"),
        ("*/*", "application/json"),
        ("application/json", "application/json"),
        ("text/html;q=0.2, application/json", "application/json"),
        ("image/png", "application/json"),
        ("", "application/json"),
        ("Unsinn;;;", "application/json"),
    ],
)
def test_who_prefers_a_page_gets_one(adressclient: TestClient, accept: str, art: str) -> None:
    antwort = adressclient.get("/suche?q=eving", headers={"accept": accept})
    assert antwort.status_code == 200
    assert antwort.headers["content-type"].split(";")[0] == art
    assert "Accept" in re.split(r",\s*", antwort.headers["vary"])
    assert antwort.headers["cache-control"] == "no-store"


def test_an_address_leads_to_the_projects_within_a_kilometre(adressclient: TestClient) -> None:
    name, ziel = links(seite(adressclient, "q=münsterstr+12"))[0]
    assert name == "Münsterstraße 12"
    assert ziel.startswith("/projekte?nahe=51.")
    assert ziel.endswith("&umkreis=1000")
    liste = adressclient.get(ziel).text
    assert "höchstens 1 km entfernt" in liste
    assert re.search(r"\d m (nörd|süd|öst|west|nordöst|nordwest|südöst|südwest)lich", liste)


def test_a_district_is_measured_from_its_middle_without_radius(adressclient: TestClient) -> None:
    html = seite(adressclient, "q=eving")
    ziele = [ziel for name, ziel in links(html) if name == "Eving"]
    assert ziele
    assert not any("umkreis" in ziel for ziel in ziele)
    assert "/stadtbezirke/eving" in html


def test_every_link_leads_somewhere_and_keeps_the_language(adressclient: TestClient) -> None:
    gefunden = 0
    for text in ("eving", "nordmarkt", "kokerei", "binarium", "aufbau"):
        for _, ziel in links(seite(adressclient, f"q={text}&sprache=uk")):
            gefunden += 1
            assert "sprache=uk" in urlsplit(ziel).query
            assert adressclient.get(ziel).status_code == 200
    assert gefunden > 5


def test_the_json_keeps_the_language_too(adressclient: TestClient) -> None:
    for text in ("eving", "nordmarkt", "münsterstraße 12", "binarium"):
        treffer = adressclient.get("/suche", params={"q": text, "sprache": "tr"}).json()["treffer"]
        assert treffer
        assert all("sprache=tr" in einer["url"] for einer in treffer)


def test_the_page_speaks_the_language(adressclient: TestClient) -> None:
    html = seite(adressclient, "q=eving&sprache=ar")
    assert '<html lang="ar" dir="rtl">' in html
    assert 'name="sprache" value="ar"' in html
    assert re.search(r'<a class="ortsliste-name"[^>]* lang="de" dir="ltr">Eving</a>', html)


def test_what_was_typed_stands_in_the_field_as_text(adressclient: TestClient) -> None:
    html = seite(adressclient, "q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in html
    assert "Nichts gefunden" in html


def test_a_bad_value_is_said_on_the_page(adressclient: TestClient) -> None:
    html = seite(adressclient, "q=eving&limit=x")
    assert "„x“ ist keine erlaubte Zahl" in html
    assert links(html)


def test_nothing_typed_shows_only_the_form(adressclient: TestClient) -> None:
    html = seite(adressclient, "q=")
    assert 'name="q"' in html
    assert links(html) == []
    assert "Nichts gefunden" not in html


def test_without_a_directory_the_page_says_what_is_known(build_dir: Path, tmp_path: Path) -> None:
    einstellungen = Settings(
        rate_pro_sekunde=0, build_dir=build_dir, adressen=tmp_path / "nichts.sqlite"
    )
    with TestClient(create_app(einstellungen)) as client:
        html = seite(client, "q=eving")
    assert "Straßen und Hausnummern sind hier nicht verzeichnet" in html
    assert links(html)


def test_what_is_typed_on_the_page_is_never_logged(
    adressclient: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for query in ("q=Geheimstraße+17", "q=geheim&limit=x", "q=geheim&geheim=1"):
        seite(adressclient, query)
    assert not any("geheim" in zeile.lower() for zeile in eigene(caplog))


@pytest.mark.parametrize("pfad", ["/", "/projekte", "/einbetten"])
def test_the_form_stands_on_every_page_with_a_list(adressclient: TestClient, pfad: str) -> None:
    html = adressclient.get(f"{pfad}?sprache=en").text
    form = re.search(r'<form class="ortsform"[^>]*action="/suche".*?</form>', html, re.DOTALL)
    assert form
    assert 'name="sprache" value="en"' in form[0]
    assert "Find place" in form[0]


@pytest.mark.parametrize("pfad", ["/", "/projekte"])
def test_a_radius_can_be_chosen_where_something_is_measured(
    adressclient: TestClient, pfad: str
) -> None:
    radios = re.compile(
        r'<input type="radio" name="umkreis" value="(\d*)" form="filter"( checked)?'
    )
    html = adressclient.get(f"{pfad}?nahe=51.53,7.45&umkreis=750").text
    assert [w for w, _ in radios.findall(html)] == ["500", "750", "1000", "2000", "5000", ""]
    assert [w for w, gewaehlt in radios.findall(html) if gewaehlt] == ["750"]
    assert re.search(r'<fieldset class="umkreis-wahl">', html)
    ohne = adressclient.get(pfad).text
    assert re.search(r'<fieldset class="umkreis-wahl" disabled hidden>', ohne)
