"""The list over HTTP, as a visitor without script sees it: parts, marked hits, ways out."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.settings import Settings
from app.store import Snapshot
from tests.conftest import baue
from tests.synthetik import schreibe


def abschnitte(html: str) -> list[tuple[str, str, int, list[str]]]:
    """Kind, heading, first number and projects of every part of the list."""
    gefunden = []
    for art, teil in re.findall(
        r'<div class="abschnitt" data-abschnitt="([^"]+)"(.*?)</ol>', html, re.DOTALL
    ):
        titel = re.search(r"<h2[^>]*>(.*?)</h2>", teil)
        start = re.search(r'start="(\d+)"', teil)
        assert start
        ids = re.findall(r'data-id="([^"]+)"', teil)
        gefunden.append((art, titel[1] if titel else "", int(start[1]), ids))
    return gefunden


def hat_lage(snapshot: Snapshot, id_: str) -> bool:
    orte = snapshot.projekte[snapshot.index.zeile[id_]]["standorte"]
    return any(ort["lon"] is not None for ort in orte)


@pytest.mark.parametrize("sort", ["name", "-name", "nr", "-stand", "stadtbezirk", "status"])
@pytest.mark.parametrize("pfad", ["/", "/projekte"])
def test_projects_without_a_location_have_their_own_place_last(
    client: TestClient, snapshot: Snapshot, pfad: str, sort: str
) -> None:
    teile = abschnitte(client.get(f"{pfad}?sort={sort}").text)
    *_, (art, titel, start, ohne) = teile
    assert art == "ohne-ort"
    assert titel == f"Ohne Ort auf der Karte ({len(ohne)})"
    mit = [id_ for _, _, _, ids in teile[:-1] for id_ in ids]
    assert start == len(mit) + 1
    assert all(hat_lage(snapshot, id_) for id_ in mit)
    assert not any(hat_lage(snapshot, id_) for id_ in ohne)
    gesamt = [
        p["id"] for p in client.get(f"/api/projekte?limit=1000&sort={sort}").json()["projekte"]
    ]
    assert mit == [id_ for id_ in gesamt if hat_lage(snapshot, id_)]
    assert ohne == [id_ for id_ in gesamt if not hat_lage(snapshot, id_)]


def test_a_classification_gives_the_list_headings_with_counts(
    client: TestClient, snapshot: Snapshot
) -> None:
    html = client.get("/projekte?sort=handlungsfeld").text
    gruppen = [teil for teil in abschnitte(html) if teil[0] == "gruppe"]
    labels = {
        code: eintrag["kurz"] or eintrag["label"]
        for code, eintrag in snapshot.codelisten["handlungsfeld"].items()
    }
    erwartet = 1
    for _, titel, start, ids in gruppen:
        felder = {str(snapshot.projekte[snapshot.index.zeile[i]]["handlungsfeld"]) for i in ids}
        assert titel == f"{labels[felder.pop()]} ({len(ids)})"
        assert not felder
        assert start == erwartet
        erwartet += len(ids)
    # Sorted by name there is nothing to be said above the first part.
    assert abschnitte(client.get("/projekte").text)[0][:2] == ("ort", "")


def test_several_districts_are_said_where_it_matters(client: TestClient) -> None:
    satz = '<p id="mehrere-bezirke" class="hilfe">'
    assert satz in client.get("/projekte?sort=stadtbezirk").text
    assert satz not in client.get("/projekte?sort=name").text
    assert satz not in client.get("/projekte?sort=stadtbezirk&q=binarium").text


def test_hits_are_marked_in_the_name_in_the_line_and_in_a_quotation(client: TestClient) -> None:
    html = client.get("/projekte?q=binarium+huckarde").text
    assert "<mark>BINARIUM</mark> – Deutsches Museum" in html
    assert "<mark>Huckarde</mark> · umgesetzt" in html
    html = client.get("/projekte?q=spielkons").text
    assert re.search(r"Kurzbeschreibung:</span>.*<mark>Spielkons</mark>olen", html)
    assert "<mark>" not in client.get("/projekte").text


def test_a_german_quotation_on_another_page_says_that_it_is_german(client: TestClient) -> None:
    html = client.get("/projekte?q=spielkons&sprache=ar").text
    assert re.search(
        r'<span data-feld="text" lang="de" dir="ltr">[^<]*<mark>Spielkons</mark>', html
    )


def test_a_typing_error_is_answered_with_what_was_perhaps_meant(client: TestClient) -> None:
    html = client.get("/projekte?q=kokrei+hansa").text
    assert 'href="/projekte?q=Kokerei%20hansa" target="_self">„Kokerei hansa“: ' in html
    # Under the other filters nothing has the word: then without them.
    html = client.get("/projekte?q=kokrei&stadtbezirk=eving").text
    assert "„Kokerei“ ohne die anderen Filter: 4 Projekte" in html
    assert "<h2>Meinten Sie" not in client.get("/projekte?q=hafen").text
    assert "<h2>Meinten Sie" not in client.get("/projekte?q=xqxqxqxq").text


def test_an_empty_result_says_which_filter_to_loosen(client: TestClient) -> None:
    query = "q=hafen&stadtbezirk=eving&status=umgesetzt&von=2019"
    html = client.get(f"/projekte?{query}").text
    wege = re.findall(r'<a class="ausweg" href="([^"]+)"[^>]*>([^<]+): (\d+) Projekte?</a>', html)
    assert [text for _, text, _ in wege] == ["Ohne den Text „hafen“", "Ohne „Stadtbezirk Eving“"]
    anzahlen = [int(anzahl) for *_, anzahl in wege]
    assert anzahlen == sorted(anzahlen, reverse=True)
    for adresse, _, anzahl in wege:
        api = adresse.replace("&amp;", "&").replace("/projekte", "/api/projekte")
        assert client.get(api).json()["anzahl"] == int(anzahl)


def test_where_no_single_filter_helps_that_is_said(client: TestClient) -> None:
    html = client.get("/projekte?q=xqxqxqxq&stadtbezirk=eving&von=2090").text
    assert "Es reicht nicht, einen einzelnen Filter wegzunehmen." in html
    assert 'data-zuruecksetzen href="/projekte"' in html


def test_one_facet_can_be_reset_and_active_filters_are_counted(client: TestClient) -> None:
    html = client.get("/projekte?stadtbezirk=eving&stadtbezirk=huckarde&q=park").text
    assert (
        'href="/projekte?q=park" target="_self" aria-label="Stadtbezirk: Auswahl aufheben"' in html
    )
    assert re.search(r"data-filter-anzahl[^>]*>3</span>", html)


def test_pages_count_through_and_keep_both_parts(tmp_path: Path) -> None:
    fertig = baue(schreibe(tmp_path / "daten", 600), tmp_path / "build")
    assert fertig.returncode == 0, fertig.stderr
    with TestClient(
        create_app(Settings(rate_pro_sekunde=0, build_dir=tmp_path / "build"))
    ) as client:
        seiten = [abschnitte(client.get(f"/projekte?seite={n}").text) for n in (1, 2, 3)]
        api = client.get("/api/projekte?limit=1000").json()["projekte"]
        assert "davon ohne Ort auf der Karte" in client.get("/projekte").text
    nummer = 1
    for teile in seiten:
        for _, _, start, ids in teile:
            assert start == nummer
            nummer += len(ids)
    alle = [id_ for teile in seiten for *_, ids in teile for id_ in ids]
    assert sorted(alle) == sorted(p["id"] for p in api)
    assert [teile[0][0] for teile in seiten[:2]] == ["ort", "ort"]
    assert seiten[2][-1][0] == "ohne-ort"
