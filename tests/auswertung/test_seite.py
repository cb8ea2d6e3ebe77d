"""``/auswertung`` over HTTP: what is linked, said and written into the files."""

import csv
import io
import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import openpyxl
import pytest
from starlette.testclient import TestClient

from app.sprachen import SPRACHEN
from app.state import FACETTEN

ZUSTAENDE = (
    "",
    "?zeilen=status&spalten=wirkungsfeld",
    "?zeilen=beteiligt&spalten=stadtbezirk&status=umgesetzt",
    "?stadtbezirk=eving&stadtbezirk=huckarde&q=quartier",
    "?zeilen=generation&spalten=liste&von=2016&bis=2020&lage=mit",
    "?nahe=51.54,7.41&umkreis=5000",
)


def zellen(html: str) -> list[tuple[str, str]]:
    """Link and number of every cell of the table."""
    tabelle = html[html.index("<table") : html.index("</table>")]
    return [
        (unescape(href), text)
        for href, text in re.findall(r'<td[^>]*><a href="([^"]+)"[^>]*>([^<]+)</a>', tabelle)
    ]


def anzahl(client: TestClient, liste: str) -> int:
    query = urlsplit(liste).query
    antwort = client.get(f"/api/projekte?{query}&limit=0")
    assert antwort.status_code == 200, liste
    return int(antwort.json()["anzahl"])


@pytest.mark.parametrize("query", ZUSTAENDE)
def test_every_number_is_the_count_of_the_list_it_leads_to(client: TestClient, query: str) -> None:
    gefunden = zellen(client.get(f"/auswertung{query}").text)
    html = client.get(f"/auswertung{query}").text
    tabelle = html[html.index("<table") : html.index("</table>")]
    assert len(gefunden) == tabelle.count("<td")
    for href, text in gefunden:
        assert href.startswith("/projekte")
        assert anzahl(client, href) == int(text.replace(".", ""))


@pytest.mark.parametrize("query", ZUSTAENDE)
def test_bars_areas_and_years_lead_to_as_many_projects_as_they_say(
    client: TestClient, query: str
) -> None:
    html = client.get(f"/auswertung{query}").text
    bilder = html[html.index('id="stadtbezirke"') :]
    links = re.findall(
        r'href="(/projekte\?[^"]+)" aria-label="(?:\d{4}: )?([\d.]+) Projekte?', bilder
    )
    assert links
    for href, zahl in links:
        assert anzahl(client, unescape(href)) == int(zahl.replace(".", ""))


def test_a_project_in_several_districts_counts_once_and_the_page_says_so(
    client: TestClient,
) -> None:
    html = client.get("/auswertung").text
    projekte = client.get("/api/projekte?limit=1000").json()["projekte"]
    mehrere = [p for p in projekte if len(p.get("stadtbezirke") or ()) > 1]
    zusammen = sum(len(p.get("stadtbezirke") or [None]) for p in projekte)
    assert f"{len(mehrere)} Projekte stehen bei „Stadtbezirk“ in mehreren Zeilen" in html
    assert f"ergeben zusammen {zusammen}, es sind {len(projekte)} Projekte" in html
    assert zellen(html)[-1][1] == str(len(projekte))


def test_costs_are_never_shown_as_a_complete_sum(client: TestClient) -> None:
    html = client.get("/auswertung?mass=kosten").text
    assert re.search(r"bei \d+ von \d+ Projekten bekannt, zusammen [\d.]+ €", html)
    assert "nicht die aller Projekte" in html
    tabelle = html[html.index("<table") : html.index("</table>")]
    for inhalt in re.findall(r"<td[^>]*>(.*?)</td>", tabelle):
        if "€" in inhalt:
            assert re.search(r"<small>bei \d+ von \d+ Projekt", inhalt)


def test_rows_columns_measure_and_language_stay_with_every_link_of_the_page(
    client: TestClient,
) -> None:
    ansicht = "zeilen=status&spalten=projektfamilie&mass=kosten&wert=umgesetzt"
    html = client.get(f"/auswertung?stadtbezirk=eving&sprache=en&{ansicht}").text
    englisch = [unescape(h) for h in re.findall(r'href="(/auswertung\?[^"]+)"', html)]
    sprachen = [h for h in englisch if h.endswith("wert=umgesetzt") and "stadtbezirk" in h]
    assert {dict(parse_qsl(urlsplit(h).query))["sprache"] for h in sprachen} >= set(SPRACHEN)
    chip = next(h for h in englisch if "stadtbezirk" not in h and "spalten=projektfamilie" in h)
    assert "mass=kosten" in chip
    assert "sprache=en" in chip


def test_bad_values_are_said_on_the_page_and_refused_by_the_files(client: TestClient) -> None:
    for query, name in (
        ("zeilen=farbe", "zeilen"),
        ("spalten=stadtbezirk&zeilen=stadtbezirk", "spalten"),
        ("mass=gewicht", "mass"),
        ("wert=nirgends", "wert"),
        ("zeilen=status&zeilen=liste", "zeilen"),
        ("status=falsch", "status"),
        ("unbekannt=1", "unbekannt"),
        ("handlungsfeld=flaechenentwicklung&wert=qualifizierung-und-bildung", "wert"),
        ("zeilen=%3Cscript%3Ealert(1)%3C/script%3E", "zeilen"),
    ):
        seite = client.get(f"/auswertung?{query}")
        assert seite.status_code == 200
        assert 'role="alert"' in seite.text
        assert f"„{name}" in seite.text or name in seite.text
        assert "<script>alert" not in seite.text
        for endung in ("csv", "xlsx"):
            antwort = client.get(f"/auswertung.{endung}?{query}")
            assert antwort.status_code == 400
            assert antwort.headers["content-type"] == "application/problem+json"
            assert antwort.json()["parameter"][0]["name"] == name


@pytest.mark.parametrize("query", ["", "?mass=kosten&zeilen=status", "?stadtbezirk=eving"])
def test_csv_and_workbook_hold_what_the_page_shows(client: TestClient, query: str) -> None:
    antwort = client.get(f"/auswertung.csv{query}")
    assert antwort.content.startswith(b"\xef\xbb\xbf")
    assert "nordwaerts-auswertung.csv" in antwort.headers["content-disposition"]
    zeilen = list(csv.reader(io.StringIO(antwort.content.decode("utf-8-sig")), delimiter=";"))
    assert 'rel="describedby"' in antwort.headers["link"]
    (woher,) = {zeile[-1] for zeile in zeilen[1:]}
    assert woher.startswith("nordwärts-Karte, Stand 2026-01, http")
    assert woher.endswith("; Lizenz: keine Lizenz angegeben")
    zeilen = [zeile[:-1] for zeile in zeilen]
    html = client.get(f"/auswertung{query}").text
    schritt = 3 if "kosten" in query else 1
    zahlen = [z for zeile in zeilen[1:] for z in zeile[schritt::schritt]]
    if schritt == 1:
        assert [text.replace(".", "") for _, text in zellen(html)] == zahlen
    else:
        assert [anzahl(client, href) for href, _ in zellen(html)] == [int(z) for z in zahlen]
    mappe = openpyxl.load_workbook(io.BytesIO(client.get(f"/auswertung.xlsx{query}").content))
    blatt, angaben = mappe.worksheets
    gelesen = [["" if w is None else str(w) for w in zeile] for zeile in blatt.values]
    assert gelesen == zeilen
    assert blatt.freeze_panes == "B2"
    text = " ".join(str(zelle.value) for zelle in angaben["A"])
    assert "Kosten" in text
    assert "Stadt Dortmund; Lizenz: dl-de/zero-2.0" in text
    assert "Lizenz: keine Lizenz angegeben" in text
    assert "/auswertung" in text


@pytest.mark.parametrize("code", SPRACHEN)
def test_every_language_has_the_page_and_the_files(client: TestClient, code: str) -> None:
    for query in ("", "&mass=kosten&zeilen=beteiligt", "&q=gibtesnicht"):
        html = client.get(f"/auswertung?sprache={code}{query}").text
        assert f'lang="{SPRACHEN[code].lang}"' in html
        assert "style=" not in html
    assert client.get(f"/auswertung.csv?sprache={code}").status_code == 200


def test_every_pair_of_facets_can_be_shown(client: TestClient) -> None:
    for zeilen in FACETTEN:
        for spalten in FACETTEN:
            if zeilen != spalten:
                antwort = client.get(f"/auswertung?zeilen={zeilen}&spalten={spalten}")
                assert antwort.status_code == 200
                assert 'role="alert"' not in antwort.text


def test_equal_states_are_one_answer_and_ask_again_gets_a_short_one(client: TestClient) -> None:
    eins, zwei = (client.get(f"/auswertung{q}") for q in ("", "?zeilen=stadtbezirk&mass=anzahl"))
    assert eins.headers["etag"] == zwei.headers["etag"]
    marke = {"if-none-match": eins.headers["etag"]}
    assert client.get("/auswertung", headers=marke).status_code == 304


def test_list_and_map_lead_here_with_their_state(client: TestClient) -> None:
    for seite in ("/", "/projekte"):
        html = client.get(f"{seite}?status=umgesetzt&sort=-name").text
        assert '<a data-auswertung href="/auswertung?status=umgesetzt">' in html
