"""Who takes part: counted within a state, the same on the page, in the files and in the engine."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from starlette.testclient import TestClient

from app.beteiligte.auswahl import ORDNUNGEN, Wahl, Zeile, lies, waehle
from app.beteiligte.mitwirkung import Mitwirkung, mitwirkung
from app.query import suche
from app.sprachen import SPRACHEN
from app.state import Abfrage
from app.store import Snapshot
from app.tabellenmappe import mappe

ZUSTAENDE = (
    "",
    "stadtbezirk=huckarde",
    "status=umgesetzt&handlungsfeld=umwelt-und-lebensqualitaet&ordnung=-projekte",
    "name=gr%C3%BCnfl&ordnung=-traeger",
    "q=schule&ordnung=partner",
    "beteiligt=koordinierungsstelle-nordwaerts",
    "name=gibtesnicht",
)


@pytest.fixture(scope="module")
def dabei(snapshot: Snapshot) -> Mitwirkung:
    return mitwirkung(snapshot)


def auf_der_seite(html: str) -> list[tuple[str, int]]:
    """Return (code, number of projects) of every row of the table, in order."""
    zeilen = re.findall(r'<tr role="row" data-worte.*?</tr>', html, re.DOTALL)
    return [
        (
            _eins(r'href="/beteiligte/([^"?]+)"', zeile),
            int(_eins(r'class="beteiligte-zahl"[^>]*>(\d+)<', zeile)),
        )
        for zeile in zeilen
    ]


def _eins(muster: str, text: str) -> str:
    gefunden = re.search(muster, text)
    assert gefunden, muster
    return gefunden[1]


def _json(client: TestClient, query: str) -> Mapping[str, Any]:
    antwort = client.get(f"/beteiligte.json?{query}")
    assert antwort.status_code == 200
    inhalt: Mapping[str, Any] = antwort.json()
    return inhalt


def test_every_organisation_of_a_project_is_there_and_nobody_else(
    snapshot: Snapshot, dabei: Mitwirkung
) -> None:
    genannt = {
        eintrag["code"]
        for projekt in snapshot.projekte
        for rolle in ("traeger", "partner")
        for eintrag in projekt[rolle]
        if eintrag["code"]
    }
    assert set(dabei.organisationen) == genannt
    assert genannt == set(snapshot.index.codes["beteiligt"]) - {"ohne-angabe"}


def test_the_projects_of_an_organisation_are_those_of_the_engine(
    snapshot: Snapshot, dabei: Mitwirkung
) -> None:
    for code, wer in dabei.organisationen.items():
        ergebnis = suche(snapshot.index, Abfrage(facetten={"beteiligt": (code,)}))
        assert sorted(ergebnis.zeilen.tolist()) == list(wer.zeilen)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.data())
def test_within_a_state_only_its_projects_count(
    snapshot: Snapshot, dabei: Mitwirkung, data: st.DataObject
) -> None:
    index = snapshot.index
    facette = data.draw(st.sampled_from(("stadtbezirk", "status", "handlungsfeld", "beteiligt")))
    codes = data.draw(st.sets(st.sampled_from(index.facetten[facette].codes), max_size=3))
    ordnung = data.draw(st.sampled_from([v + o for o in ORDNUNGEN for v in ("", "-")]))
    abfrage = Abfrage(facetten={facette: tuple(codes)} if codes else {})
    zeilen = suche(index, abfrage).zeilen
    auswahl = waehle(dabei, zeilen, len(index), Wahl(ordnung=ordnung))
    treffer = set(zeilen.tolist())
    gezeigt = {zeile.wer.code: zeile for zeile in auswahl.organisationen}
    for code, wer in dabei.organisationen.items():
        im_zustand = [zeile for zeile in wer.zeilen if zeile in treffer]
        assert (list(gezeigt[code].zeilen) if code in gezeigt else []) == im_zustand
    zahlen = [_zahl(zeile, ordnung.removeprefix("-")) for zeile in auswahl.organisationen]
    assert zahlen == sorted(zahlen, reverse=ordnung.startswith("-"))


def _zahl(zeile: Zeile, ordnung: str) -> int:
    """Return what an order compares; names do not count here."""
    zahlen: dict[str, Sequence[int]] = {
        "projekte": zeile.zeilen,
        "traeger": zeile.rollen["traeger"],
        "partner": zeile.rollen["partner"],
    }
    return len(zahlen.get(ordnung, ()))


@given(st.lists(st.tuples(st.sampled_from(("name", "ordnung", "q")), st.text(max_size=250))))
def test_any_text_is_read_or_named(paare: list[tuple[str, str]]) -> None:
    _, wahl, fehler = lies(paare, {})
    assert wahl.ordnung.removeprefix("-") in ORDNUNGEN
    assert len(wahl.name) <= 200
    for fehlender in fehler:
        assert fehlender.name in ("name", "ordnung", "q")


@pytest.mark.parametrize("query", ZUSTAENDE)
def test_the_files_hold_exactly_what_the_page_shows(client: TestClient, query: str) -> None:
    seite = auf_der_seite(client.get(f"/beteiligte?{query}").text)
    daten = _json(client, query)
    assert [(o["code"], o["projekte"]) for o in daten["organisationen"]] == seite
    antwort = client.get(f"/beteiligte.csv?{query}")
    assert antwort.content.startswith(b"\xef\xbb\xbf")
    kopf, *zeilen = csv.reader(io.StringIO(antwort.content.decode("utf-8-sig")), delimiter=";")
    assert kopf[0] == "Name"
    assert all(zeile[-1].endswith("; Lizenz: keine Lizenz angegeben") for zeile in zeilen)
    assert 'rel="describedby"' in antwort.headers["link"]
    assert daten["lizenz"] is None
    assert {"projekte.csv", "beteiligte.csv"} <= {q["datei"] for q in daten["quellen"]}
    organisationen = [(zeile[1], int(zeile[4])) for zeile in zeilen if zeile[1]]
    assert organisationen == seite
    assert [z[0] for z in zeilen if not z[1]] == [b["name"] for b in daten["beschreibungen"]]


def test_the_workbook_has_the_same_rows_as_typed_cells(client: TestClient) -> None:
    query = "?stadtbezirk=huckarde&ordnung=-projekte"
    antwort = client.get(f"/beteiligte.xlsx{query}")
    assert "attachment" in antwort.headers["content-disposition"]
    blatt, angaben = load_workbook(io.BytesIO(antwort.content)).worksheets
    text = client.get(f"/beteiligte.csv{query}").content.decode("utf-8-sig")
    csv_zeilen = [zeile[:-1] for zeile in csv.reader(io.StringIO(text), delimiter=";")]
    xlsx_zeilen = [["" if w is None else str(w) for w in z] for z in blatt.values]
    assert xlsx_zeilen == csv_zeilen
    assert isinstance(blatt["E2"].value, int)
    assert blatt.freeze_panes == "B2"
    assert blatt.auto_filter.ref == blatt.dimensions
    gesagt = [str(zelle) for zeile in angaben.values for zelle in zeile]
    assert any(query in text for text in gesagt)
    assert any("Lizenz: dl-de/zero-2.0" in text for text in gesagt)
    assert 'rel="describedby"' in antwort.headers["link"]


def test_the_workbook_opens_in_every_language_and_runs_nothing() -> None:
    for titel in ("Wer macht mit?", "المشاركون", "[a]/b:c*d\\e" * 5):
        auftrag = {
            "titel": titel,
            "zeilen": [["Name", "Zahl"], ["=1+1", 7], ["a\x00b", 0]],
            "summe": False,
            "angaben_titel": "Angaben",
            "angaben": [["Stand", "2026-01"]],
            "von_rechts": True,
        }
        blatt = load_workbook(io.BytesIO(mappe(auftrag))).worksheets[0]
        assert (blatt["A2"].value, blatt["A2"].data_type) == ("=1+1", "s")
        assert blatt["A3"].value == "a\N{REPLACEMENT CHARACTER}b"
        assert blatt["B2"].value == 7


def test_a_name_is_found_by_folded_beginnings_and_other_spellings(client: TestClient) -> None:
    for name in ("GRUENFLAECHEN", "grünfl", "stadt grunfl"):
        codes = [o["code"] for o in _json(client, f"name={name}")["organisationen"]]
        assert codes == ["stadt-dortmund-gruenflaechenamt"], name
    (fh,) = _json(client, "name=fh")["organisationen"]
    assert fh["code"] == "fachhochschule-dortmund"


def test_a_description_is_no_organisation(client: TestClient) -> None:
    html = client.get("/beteiligte").text
    vorn, hinten = html.split('id="beschrieben"')
    assert "155 Betriebe" not in vorn
    assert "155 Betriebe" in hinten
    assert client.get("/beteiligte/155-betriebe").status_code == 404


def test_bad_values_are_an_error_of_the_files_and_a_note_on_the_page(client: TestClient) -> None:
    for query, name in (
        ("ordnung=groesse", "ordnung"),
        ("stadtbezirk=atlantis", "stadtbezirk"),
        ("name=a&name=b", "name"),
        ("farbe=blau", "farbe"),
    ):
        for endung in ("csv", "xlsx", "json"):
            antwort = client.get(f"/beteiligte.{endung}?{query}")
            assert antwort.status_code == 400
            assert antwort.headers["content-type"] == "application/problem+json"
            (fehler,) = antwort.json()["parameter"]
            assert fehler["name"] == name
            assert fehler["erlaubt"] or name == "name"
        seite = client.get(f"/beteiligte?{query}")
        assert seite.status_code == 200
        assert 'role="alert"' in seite.text


def test_a_count_links_to_the_list_of_exactly_these_projects(client: TestClient) -> None:
    html = client.get("/beteiligte?status=umgesetzt").text
    links = re.findall(r'<a class="beteiligte-zahl" href="([^"]+)"[^>]*>(\d+)<', html)
    assert links
    for href, anzahl in links[:12]:
        antwort = client.get(href.replace("/projekte", "/api/projekte").replace("&amp;", "&"))
        assert antwort.json()["anzahl"] == int(anzahl)
    # within the projects of one organisation no address says "both of them"
    html = client.get("/beteiligte?beteiligt=awo").text
    assert len(re.findall(r'<a class="beteiligte-zahl"', html)) == 1
    assert len(auf_der_seite(html)) > 1


@pytest.mark.parametrize("code", SPRACHEN)
def test_list_page_and_files_speak_every_language(client: TestClient, code: str) -> None:
    for pfad in ("/beteiligte", "/beteiligte/awo", "/zwischenbilanz"):
        html = client.get(f"{pfad}?sprache={code}").text
        assert f'<html lang="{SPRACHEN[code].lang}"' in html
        assert html.count('rel="alternate" hreflang') == len(SPRACHEN) + 1
    assert client.get(f"/beteiligte.csv?sprache={code}").status_code == 200


def test_the_page_of_an_organisation_says_roles_spellings_and_districts(
    client: TestClient, snapshot: Snapshot, dabei: Mitwirkung
) -> None:
    for code, wer in dabei.organisationen.items():
        html = client.get(f"/beteiligte/{code}").text
        for rolle, zeilen in wer.rollen.items():
            teil = re.search(rf'<h2 id="{rolle}">.*?</section>', html, re.DOTALL)
            gezeigt = re.findall(r'data-id="([^"]+)"', teil[0]) if teil else []
            assert gezeigt == [snapshot.index.ids[zeile] for zeile in zeilen]
        for variante in wer.varianten:
            assert variante in html
        assert f"/projekte?beteiligt={code}" in html
        assert f"/?beteiligt={code}" in html
        assert '"@type":"Organization"' in html


def test_steckbriefe_lead_to_their_organisations_and_the_sitemap_has_them_all(
    client: TestClient, dabei: Mitwirkung
) -> None:
    html = client.get("/projekte/nw-295").text
    assert 'href="/beteiligte/volkshochschule-dortmund"' in html
    assert 'href="/projekte?beteiligt=volkshochschule-dortmund"' in html
    karte = client.get("/sitemap.xml").text
    for code in dabei.organisationen:
        assert f"/beteiligte/{code}</loc>" in karte
    assert "/zwischenbilanz</loc>" in karte
