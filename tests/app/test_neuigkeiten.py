"""What is new, as page and as Atom feed: of real builds, for any state, in every language."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pandas as pd
import pytest
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.settings import Settings
from app.sprachen import SPRACHEN
from tests.conftest import WURZEL, baue

BASIS = "https://karte.example"


def _aendere(geodata: Path) -> None:
    """Complete one project, rename another, give a third a new text, and drop the last."""
    pfad = geodata / "projekte.csv"
    tabelle = pd.read_csv(pfad, dtype=str, keep_default_na=False).set_index("id", drop=False)
    ids = [i for i in tabelle.index if tabelle.loc[i, "status"] == "gestartet"][:2]
    tabelle.loc[ids[0], ["status", "status_stand"]] = ["umgesetzt", "2026-10"]
    tabelle.loc[ids[1], "kurzbeschreibung"] = "Weniger als 5 < 6 & mehr. " * 8
    tabelle.loc[ids[1], "stand"] = "2026-10-01"
    weg = tabelle.index[-1]
    tabelle = tabelle.drop(weg)
    neu = tabelle.loc[ids[0]].copy()
    neu["id"], neu["nr"], neu["name"] = "testprojekt-17", "", "Testprojekt 17"
    neu["status"], neu["status_stand"] = "gestartet", "2026-10"
    pd.concat([tabelle, neu.to_frame().T]).to_csv(pfad, index=False)
    orte = pd.read_csv(geodata / "standorte.csv", dtype=str, keep_default_na=False)
    orte[orte["projekt_id"] != weg].to_csv(geodata / "standorte.csv", index=False)


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A first build, then one of changed sources."""
    ordner = tmp_path_factory.mktemp("neues")
    shutil.copytree(WURZEL / "geodata", ordner / "geodata")
    assert baue(ordner / "geodata", ordner / "build").returncode == 0
    _aendere(ordner / "geodata")
    fertig = baue(ordner / "geodata", ordner / "build", "--erlaube-wegfall")
    assert fertig.returncode == 0, fertig.stderr
    return ordner / "build"


@pytest.fixture(scope="module")
def dienst(builds: Path) -> Iterator[TestClient]:
    with TestClient(
        create_app(Settings(rate_pro_sekunde=0, build_dir=builds, adresse=BASIS))
    ) as client:
        yield client


def titel(client: TestClient, query: str = "") -> list[str]:
    """The titles of a feed that a feed reader understood without complaint."""
    antwort = client.get(f"/feed.atom{query}")
    assert antwort.status_code == 200
    assert antwort.headers["content-type"].startswith("application/atom+xml")
    feed = feedparser.parse(antwort.content)
    assert not feed.bozo
    return [eintrag.title for eintrag in feed.entries]


def test_the_page_says_what_is_new_completed_changed_and_gone(dienst: TestClient) -> None:
    html = dienst.get("/aenderungen").text
    assert html.count('data-art="neu"') == 1
    assert html.count('data-art="abgeschlossen"') == 1
    assert html.count('data-art="geaendert"') == 1
    assert html.count('data-art="entfallen"') == 1
    assert "4 Meldungen." in html
    assert "Testprojekt 17" in html
    assert "Weniger als 5 &lt; 6 &amp; mehr." in html


def test_the_feed_says_the_same_in_the_same_order(dienst: TestClient) -> None:
    gefunden = titel(dienst)
    assert [text.split(":")[0] for text in gefunden] == [
        "Neu",
        "Abgeschlossen",
        "Geändert",
        "Entfallen",
    ]


def test_entries_have_lasting_names_absolute_addresses_and_their_time(dienst: TestClient) -> None:
    feed = feedparser.parse(dienst.get("/feed.atom").content)
    assert feed.feed.links[0].href == f"{BASIS}/aenderungen"
    assert {link.href for link in feed.feed.links if link.rel == "self"} == {f"{BASIS}/feed.atom"}
    ids = [eintrag.id for eintrag in feed.entries]
    assert len(set(ids)) == len(ids)
    assert ids == [e.id for e in feedparser.parse(dienst.get("/feed.atom").content).entries]
    for eintrag in feed.entries:
        assert eintrag.link.startswith(BASIS)
        assert eintrag.updated_parsed.tm_year >= 2026
    geaendert = next(e for e in feed.entries if e.title.startswith("Geändert"))
    assert "5 &lt; 6 &amp; mehr" in geaendert.summary


def test_a_filter_narrows_page_and_feed_alike(dienst: TestClient) -> None:
    umgesetzt = titel(dienst, "?status=umgesetzt")
    assert [text.split(":")[0] for text in umgesetzt] == ["Abgeschlossen"]
    html = dienst.get("/aenderungen?status=umgesetzt").text
    assert html.count('data-art="') == 1
    assert "/feed.atom?status=umgesetzt" in html
    assert titel(dienst, "?q=testprojekt") == ["Neu: Testprojekt 17"]
    assert titel(dienst, "?q=gibtesnicht") == []


def test_the_order_of_the_list_makes_no_other_feed(dienst: TestClient) -> None:
    eins, zwei = (dienst.get(f"/feed.atom{q}") for q in ("", "?sort=-name&projekt=testprojekt-17"))
    assert eins.headers["etag"] == zwei.headers["etag"]


def test_bad_values_are_an_error_of_the_feed_and_a_note_on_the_page(dienst: TestClient) -> None:
    assert dienst.get("/feed.atom?status=falsch").status_code == 400
    seite = dienst.get("/aenderungen?status=falsch")
    assert seite.status_code == 200
    assert "„falsch“" in seite.text


@pytest.mark.parametrize("code", SPRACHEN)
def test_every_language_has_page_and_feed(dienst: TestClient, code: str) -> None:
    assert len(titel(dienst, f"?sprache={code}")) == 4
    feed = feedparser.parse(dienst.get(f"/feed.atom?sprache={code}").content)
    assert feed.feed.language == SPRACHEN[code].lang
    assert dienst.get(f"/aenderungen?sprache={code}").status_code == 200


def test_without_changes_the_page_says_since_when_and_the_feed_stays(client: TestClient) -> None:
    html = client.get("/aenderungen").text
    assert "Noch keine Meldungen." in html
    assert "seit dem" in html
    assert titel(client) == []
    assert client.get("/feed.atom").content == client.get("/feed.atom").content


def test_readers_that_ask_again_get_a_short_answer(dienst: TestClient) -> None:
    marke = dienst.get("/feed.atom").headers["etag"]
    assert dienst.get("/feed.atom", headers={"if-none-match": marke}).status_code == 304
