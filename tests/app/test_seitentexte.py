"""Legal and service pages over HTTP, and the links to them."""

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.katalog import lade as katalog
from app.seitentexte import SEITEN
from app.settings import Settings
from app.sprachen import SPRACHEN
from app.store import AKTUELL, Snapshot
from layers import seitentexte as quelle

SEITENARTEN = [
    *("/", "/projekte", "/einbetten", "/suche?q=hafen", "/aenderungen", "/gibt-es-nicht"),
    *("/projekte/nw-019", "/plaetze/platz-nordmarkt", "/brachflaechen/bf-hsp"),
    "/stadtbezirke/huckarde",
    *(f"/{seite}" for seite in SEITEN),
]
HTML = {"accept": "text/html"}


def links(html: str) -> dict[str, str]:
    """Text → address of every link to a service page."""
    paare = re.findall(r'<a href="([^"]+)"[^>]*>([^<]+)</a>', html)
    return {unescape(text): unescape(ziel) for ziel, text in paare}


@pytest.fixture(scope="module")
def mit_kontakt(build_dir: Path) -> Iterator[TestClient]:
    gesetzt = Settings(
        build_dir=build_dir, kontakt="karte@example.org", adresse="https://karte.example.org"
    )
    with TestClient(create_app(gesetzt)) as client:
        yield client


def test_both_halves_of_the_house_know_the_same_pages() -> None:
    assert SEITEN == quelle.SEITEN


@pytest.mark.parametrize("sprache", SPRACHEN)
@pytest.mark.parametrize("seite", SEITEN)
def test_every_page_answers_in_every_language(
    client: TestClient, snapshot: Snapshot, seite: str, sprache: str
) -> None:
    antwort = client.get(f"/{seite}?sprache={sprache}")
    texte, t = snapshot.seitentexte[seite], katalog(sprache)
    eigener = sprache in texte
    assert antwort.status_code == 200
    assert f"<title>{t('seite.titel.von', name=t(f'texte.{seite}'))}</title>" in antwort.text
    assert antwort.text.count("<h1") == 1
    assert unescape(texte[sprache if eigener else "de"]["titel"]) in unescape(antwort.text)
    assert (t("texte.nur_deutsch") in antwort.text) == (not eigener)
    assert ('class="text-inhalt" lang="de" dir="ltr"' in antwort.text) == (not eigener)
    assert f'rel="canonical" href="http://127.0.0.1:8000/{seite}?sprache={sprache}"' in antwort.text


def test_what_the_city_has_to_add_is_said_once_above_the_text(client: TestClient) -> None:
    for seite in SEITEN:
        html = client.get(f"/{seite}").text
        oben, _, text = html.partition('class="text-inhalt"')
        assert "Diese Angaben ergänzt die Stadt Dortmund" in oben
        assert '<mark class="auszufuellen">[auszufüllen:' in text


def test_the_german_page_leads_to_the_other_languages_of_its_text(client: TestClient) -> None:
    assert links(client.get("/barrierefreiheit").text)["Leichte Sprache"] == (
        "/barrierefreiheit?sprache=leicht"
    )
    assert "text-andere" not in client.get("/impressum").text


@pytest.mark.parametrize("pfad", SEITENARTEN)
def test_every_kind_of_page_links_the_service_pages(client: TestClient, pfad: str) -> None:
    gefunden = links(client.get(pfad, headers=HTML).text)
    assert gefunden["Neues"] == "/aenderungen"
    for seite in SEITEN:
        assert gefunden[katalog("de")(f"texte.{seite}")] == f"/{seite}"
    assert "Barriere melden" not in gefunden, "nobody would read it"


def test_links_keep_a_chosen_language(client: TestClient) -> None:
    html = client.get("/einbetten?sprache=ar").text
    for seite in SEITEN:
        assert f'href="/{seite}?sprache=ar"' in html


@pytest.mark.parametrize("pfad", ["/", "/projekte/nw-019", "/impressum", "/einbetten"])
def test_a_barrier_can_be_reported_from_any_page_without_telling_its_state(
    mit_kontakt: TestClient, pfad: str
) -> None:
    adresse = f"{pfad}?nahe=51.5365,7.4164&q=geheim&sprache=en"
    brief = urlsplit(links(mit_kontakt.get(adresse).text)["Report a barrier"])
    teile = parse_qs(brief.query)
    assert (brief.scheme, brief.path) == ("mailto", "karte@example.org")
    assert f"https://karte.example.org{pfad}\r\n" in teile["body"][0]
    assert "51.5365" not in teile["body"][0]
    assert "geheim" not in teile["body"][0]


def test_nobody_can_slip_something_into_the_prepared_mail(mit_kontakt: TestClient) -> None:
    html = mit_kontakt.get("/x%0d%0abcc:a@b.example%22%3E%3Cscript%3E&cc=c@d.example").text
    brief = urlsplit(links(html)["Barriere melden"])
    assert set(parse_qs(brief.query)) == {"subject", "body"}
    assert "<script>" not in html


@pytest.mark.parametrize("pfad", ["/", "/projekte", "/einbetten"])
def test_the_result_leads_to_what_is_new_in_it(client: TestClient, pfad: str) -> None:
    html = client.get(f"{pfad}?stadtbezirk=huckarde&sort=nr&projekt=nw-019&sprache=en").text
    ziel = unescape(re.findall(r'<a data-neues href="([^"]+)"', html)[0])
    assert ziel == "/aenderungen?stadtbezirk=huckarde&sprache=en"
    assert client.get(ziel).status_code == 200


def test_search_engines_find_the_pages(client: TestClient) -> None:
    karte = client.get("/sitemap.xml").text
    for seite in SEITEN:
        assert f"<loc>http://127.0.0.1:8000/{seite}</loc>" in karte
        assert "noindex" not in client.get(f"/{seite}").text


def alter_build(build_dir: Path, ziel: Path, fehlt: Callable[[str], bool]) -> Path:
    """Write a folder of builds with one in which files and assets of today are missing."""
    alt = (build_dir / AKTUELL).resolve()
    manifest = orjson.loads((alt / "manifest.json").read_bytes())
    for art in ("dateien", "assets"):
        manifest[art] = {name: wert for name, wert in manifest[art].items() if not fehlt(name)}
    for name in manifest["dateien"]:
        (ziel / alt.name / name).parent.mkdir(parents=True, exist_ok=True)
        (ziel / alt.name / name).write_bytes((alt / name).read_bytes())
    (ziel / alt.name / "manifest.json").write_bytes(orjson.dumps(manifest))
    (ziel / AKTUELL).symlink_to(alt.name)
    return ziel


def test_a_build_without_a_text_says_that_it_is_to_come(build_dir: Path, tmp_path: Path) -> None:
    """A kept build from before these pages must still be there to go back to."""
    alt = alter_build(build_dir, tmp_path, lambda name: name.startswith("seitentexte.json"))
    with TestClient(create_app(Settings(rate_pro_sekunde=0, build_dir=alt))) as client:
        antwort = client.get("/impressum?sprache=en")
    assert antwort.status_code == 200
    assert "The City of Dortmund has yet to add this text." in antwort.text
    assert re.search(r"<h1>\s*Legal notice</h1>", antwort.text)


@pytest.mark.parametrize(
    ("pfad", "skripte"),
    [
        ("/", ["rahmen", "karte", "seite"]),
        ("/projekte", ["rahmen"]),
        ("/einbetten", ["rahmen", "karte", "seite"]),
        ("/einbetten?ansicht=liste", ["rahmen"]),
    ],
)
def test_the_script_of_a_build_from_before_finds_what_it_lets_in(
    build_dir: Path, tmp_path: Path, pfad: str, skripte: list[str]
) -> None:
    """It knows one template, with all the scripts that come later in their order."""
    alt = alter_build(build_dir, tmp_path, {"vorlauf.js", "beiwerk.js", "karte.css"}.__contains__)
    with TestClient(create_app(Settings(rate_pro_sekunde=0, build_dir=alt))) as client:
        antwort = client.get(pfad)
    assert antwort.status_code == 200
    vorlagen = re.findall(r'<template id="spaeter[^"]*">(.*?)</template>', antwort.text, re.DOTALL)
    assert [re.findall(r'src="/assets/(\w+)\.', vorlage) for vorlage in vorlagen] == [skripte]
