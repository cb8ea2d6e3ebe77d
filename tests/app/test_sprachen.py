"""Six languages over HTTP: who gets which, and that nothing of another one is left on the page."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app import katalog
from app.sprachen import DEUTSCH, SPRACHEN, UEBERSETZT, aus_kopf
from app.store import Snapshot
from app.urls import Urls

SEITEN = ("/", "/projekte", "/einbetten", "/stadtbezirke/huckarde", "/gibt-es-nicht")


class _Kopf(HTMLParser):
    """The first tag's attributes and all links of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.html: dict[str, str | None] = {}
        self.links: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "html":
            self.html = dict(attrs)
        elif tag in ("a", "link"):
            self.links.append(dict(attrs))


def lies(html: str) -> _Kopf:
    kopf = _Kopf()
    kopf.feed(html)
    return kopf


def test_every_language_says_everything_the_german_catalogue_says() -> None:
    assert katalog.luecken() == []


@pytest.mark.parametrize("code", UEBERSETZT)
def test_translations_are_not_the_german_text(code: str) -> None:
    # plain German may say a short thing just as German does
    kurz = 60 if code == "leicht" else 25
    deutsch = katalog.lade("de").texte
    andere = katalog.lade(code).texte
    gleich = [
        key
        for key, text in andere.items()
        if isinstance(text, str) and len(text) > kurz and text == deutsch[key]
    ]
    assert gleich == []


@pytest.mark.parametrize(
    ("defekt", "grund"),
    [
        ('msgid "a"\nmsgstr ""\n', "fehlt"),
        ('msgid "b"\nmsgstr "B"\n', "zuviel"),
        ('msgid "a"\nmsgstr "A {wer}"\n', "platzhalter"),
        ('msgid "a"\nmsgid_plural "a"\nmsgstr[0] "A {was}"\n', "formen"),
    ],
)
def test_a_gap_in_a_translation_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, defekt: str, grund: str
) -> None:
    kopf = (
        'msgid ""\nmsgstr ""\n"Language: {}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    )
    for code in SPRACHEN:
        datei = tmp_path / code / "seite.po"
        datei.parent.mkdir()
        inhalt = defekt if code == "tr" else 'msgid "a"\nmsgstr "A {was}"\n'
        datei.write_text(kopf.format(code) + inhalt, encoding="utf-8")
    monkeypatch.setattr(katalog, "ORDNER", tmp_path)
    katalog.lade.cache_clear()
    try:
        gefunden = katalog.luecken()
    finally:
        katalog.lade.cache_clear()
    assert ("tr", grund) in {(luecke.sprache, luecke.grund) for luecke in gefunden}
    assert {luecke.sprache for luecke in gefunden} == {"tr"}


@pytest.mark.parametrize("code", SPRACHEN)
@pytest.mark.parametrize("pfad", SEITEN)
def test_a_page_says_its_language_and_direction(client: TestClient, pfad: str, code: str) -> None:
    antwort = client.get(pfad, params={"sprache": code})
    sprache = SPRACHEN[code]
    html = lies(antwort.text).html
    assert (html["lang"], html["dir"]) == (sprache.lang, sprache.richtung)


@pytest.mark.parametrize("code", SPRACHEN)
def test_a_chosen_language_goes_along_with_every_link(client: TestClient, code: str) -> None:
    for pfad in ("/", "/projekte?handlungsfeld=flaechenentwicklung", "/stadtbezirke/huckarde"):
        trenner = "&" if "?" in pfad else "?"
        seite = lies(client.get(f"{pfad}{trenner}sprache={code}").text)
        innen = [
            str(link["href"])
            for link in seite.links
            if str(link.get("href") or "").startswith("/")
            and not str(link["href"]).startswith(("/assets/", "/daten/", "/catalog."))
            and "hreflang" not in link
        ]
        assert innen
        assert [href for href in innen if f"sprache={code}" not in href] == []


def test_without_a_choice_the_browsers_wish_decides(client: TestClient) -> None:
    for kopf, lang in (
        ("tr-TR,tr;q=0.9,de;q=0.5", "tr"),
        ("fr,uk;q=0.4", "uk"),
        ("ar-SY", "ar"),
        ("en-US,en", "en"),
        ("de-AT", "de"),
        ("pl,fr", "de"),
        ("", "de"),
        (";;;=,q", "de"),
    ):
        antwort = client.get("/projekte", headers={"accept-language": kopf})
        assert lies(antwort.text).html["lang"] == lang, kopf
        assert antwort.headers["content-language"] == lang
        assert "Accept-Language" in antwort.headers["vary"]
        assert "sprache=" not in re.sub(r"<(link|a)[^>]*hreflang[^>]*>", "", antwort.text)


def test_the_url_wins_over_the_browser_and_german_can_be_chosen(client: TestClient) -> None:
    antwort = client.get("/projekte?sprache=de", headers={"accept-language": "tr"})
    seite = lies(antwort.text)
    assert seite.html["lang"] == "de"
    zurueck = [link for link in seite.links if link.get("href") == "/?sprache=de"]
    assert zurueck


def test_an_unknown_language_is_named_and_the_page_is_shown(client: TestClient) -> None:
    antwort = client.get("/projekte?sprache=xx")
    assert antwort.status_code == 200
    assert "„xx“" in antwort.text
    assert client.get("/api/projekte?sprache=xx").status_code == 400


def test_pages_link_to_themselves_in_every_language(client: TestClient) -> None:
    seite = lies(client.get("/projekte?stadtbezirk=huckarde&sprache=en").text)
    andere = {
        str(link["hreflang"]): str(link["href"]) for link in seite.links if "data-sprache" in link
    }
    assert set(andere) == {sprache.lang for sprache in SPRACHEN.values()}
    for sprache in SPRACHEN.values():
        assert andere[sprache.lang].startswith("/projekte?stadtbezirk=huckarde")
        ziel = lies(client.get(andere[sprache.lang]).text)
        assert ziel.html["lang"] == sprache.lang


def test_german_words_of_editors_say_that_they_are_german(
    client: TestClient, snapshot: Snapshot
) -> None:
    projekt = next(p for p in snapshot.projekte if p.get("foerderung"))
    html = client.get(f"/projekte/{projekt['id']}?sprache=uk").text
    assert re.search(r'<h1 lang="de" dir="ltr"', html)
    assert re.search(r'lang="de" dir="ltr">[^<]*' + re.escape(projekt["foerderung"][:10]), html)
    deutsch = client.get(f"/projekte/{projekt['id']}").text
    assert 'lang="de"' not in deutsch[deutsch.index("<main") : deutsch.index("</main>")]


def test_unreviewed_translations_are_marked(client: TestClient) -> None:
    for code in UEBERSETZT:
        assert 'class="ungeprueft"' in client.get(f"/?sprache={code}").text
    assert 'class="ungeprueft"' not in client.get("/?sprache=de").text


def test_problems_are_answered_in_the_language_of_the_request(client: TestClient) -> None:
    antwort = client.get("/api/projekte?bbox=falsch", headers={"accept-language": "en"})
    assert antwort.status_code == 400
    englisch = katalog.lade("en")("problem.parameter.titel")
    assert antwort.json()["title"] == englisch != katalog.lade("de")("problem.parameter.titel")


def test_addresses_carry_only_a_chosen_language() -> None:
    assert Urls().projekt("nw-019") == "/projekte/nw-019"
    assert Urls("ar").projekt("nw-019") == "/projekte/nw-019?sprache=ar"
    assert Urls("ar").ueber() == "/?sprache=ar#ueber"


def test_nobody_gets_leichte_sprache_without_choosing_it() -> None:
    assert aus_kopf("de-simple, de;q=0.5") is DEUTSCH


@pytest.mark.parametrize(
    ("sprache", "wort", "code"),
    [
        ("en", "environm", "umwelt-und-lebensqualitaet"),
        ("tr", "yaşam", "umwelt-und-lebensqualitaet"),
        ("ar", "التأهيل", "qualifizierung-und-bildung"),
        ("uk", "освіта", "qualifizierung-und-bildung"),
    ],
)
def test_words_of_translated_labels_are_found_in_their_language_alone(
    client: TestClient, sprache: str, wort: str, code: str
) -> None:
    def anzahl(**abfrage: str) -> int:
        return int(client.get("/api/projekte", params=abfrage).json()["anzahl"])

    gemeint = anzahl(handlungsfeld=code)
    assert anzahl(q=wort, sprache=sprache) >= gemeint > 0
    assert anzahl(q=wort, handlungsfeld=code, sprache=sprache) == gemeint
    assert anzahl(q=wort, handlungsfeld=code, sprache="de") < gemeint
    assert "<mark>" in client.get("/projekte", params={"q": wort, "sprache": sprache}).text


def test_a_file_holds_what_the_page_found_in_its_language(client: TestClient) -> None:
    abfrage = {"q": "education", "sprache": "en"}
    gefunden = client.get("/api/projekte", params=abfrage).json()["anzahl"]
    datei = client.get("/export.geojson", params=abfrage).json()
    assert len({feature["properties"]["name"] for feature in datei["features"]}) == gefunden > 1
    assert not client.get("/export.geojson", params={"q": "education"}).json()["features"]
