"""The list as PDF: tagged, in German, with query, count, Stand, sources and page numbers."""

import io
from pathlib import Path
from typing import Any

import pdfua
import pikepdf
import pypdf
import pytest
from starlette.testclient import TestClient

from app.darstellung import Darstellung
from app.export import liste
from app.export.liste import druckdaten
from app.pdf import setze
from app.state import Abfrage
from app.store import Snapshot
from app.werte import Punkt
from tests.export.conftest import von

ZUSTAND = "?stadtbezirk=huckarde&status=umgesetzt"


@pytest.fixture(scope="module")
def datei(client: TestClient) -> bytes:
    antwort = client.get(f"/export.pdf{ZUSTAND}")
    assert antwort.status_code == 200
    return antwort.content


@pytest.fixture(scope="module")
def text(datei: bytes) -> str:
    seiten = pypdf.PdfReader(io.BytesIO(datei)).pages
    return " ".join(" ".join(seite.extract_text() for seite in seiten).split())


def test_it_is_a_tagged_document(datei: bytes) -> None:
    with pikepdf.open(io.BytesIO(datei)) as dokument:
        assert str(dokument.Root.Lang).startswith("de")
        assert bool(dokument.Root.MarkInfo.Marked)
        assert str(dokument.docinfo["/Title"]) == "Projekte im Programm nordwärts"
        arten = _arten(dokument.Root.StructTreeRoot)
    assert {"/Document", "/H1", "/H2", "/Table", "/TH", "/TD", "/TR", "/Figure", "/Link"} <= arten


def _arten(knoten: Any) -> set[str]:
    gefunden = {str(knoten.S)} if "/S" in knoten else set()
    kinder = knoten.get("/K", [])
    for kind in kinder if isinstance(kinder, pikepdf.Array) else [kinder]:
        if isinstance(kind, pikepdf.Dictionary):
            gefunden |= _arten(kind)
    return gefunden


def test_independent_checks_of_pdf_ua_find_nothing(datei: bytes, tmp_path: Path) -> None:
    pfad = tmp_path / "liste.pdf"
    pfad.write_bytes(datei)
    assert not [f.message for f in pdfua.validate(str(pfad)).findings]


def test_it_says_what_it_lists(text: str, client: TestClient, snapshot: Snapshot) -> None:
    api = client.get(f"/api/projekte{ZUSTAND}").json()
    assert f"{api['anzahl']} von {api['gesamt']} Projekten" in text
    assert "Stadtbezirk Huckarde" in text
    assert "Status umgesetzt" in text
    assert "Stand der Daten: Januar 2026" in text
    assert "Seite 1 von " in text
    for projekt in api["projekte"]:
        assert projekt["name"].split()[0] in text
    for quelle in snapshot.quellen:
        assert quelle["titel"] in text
    assert "Lizenz: nicht angegeben" in text
    assert "dl-de/zero-2.0" in text


def test_its_links_lead_to_steckbriefe_and_state(datei: bytes) -> None:
    adressen = {
        notiz.get_object()["/A"]["/URI"]
        for seite in pypdf.PdfReader(io.BytesIO(datei)).pages
        for notiz in seite.get("/Annots", [])
        if "/URI" in notiz.get_object().get("/A", {})
    }
    assert any(adresse.endswith("/projekte/nw-019") for adresse in adressen)
    assert any(adresse.endswith(f"/{ZUSTAND}") for adresse in adressen)


def test_distances_are_said_as_on_the_page(deutsch: Darstellung) -> None:
    daten = druckdaten(von(deutsch, Abfrage(nahe=Punkt(51.536, 7.416))), deutsch)
    wege = [zeile["weitere"][-1] for zeile in daten["zeilen"]]
    assert daten["spalten"][-1] == "Entfernung"
    assert any(weg.startswith("etwa ") for weg in wege), "where the place is not known exactly"
    assert wege[-1] == "", "a project without a location is listed all the same"


def test_markup_in_the_data_is_text(deutsch: Darstellung, snapshot: Snapshot) -> None:
    angriff = '#panic("x") *fett* $x$ ]} <marke> @ref // \\ "'
    daten = druckdaten(von(deutsch), deutsch) | {"satz": angriff, "quellen": [angriff]}
    daten["zeilen"][0]["name"] = angriff
    assert snapshot.schriften is not None
    seiten = pypdf.PdfReader(io.BytesIO(setze(liste.VORLAGE, snapshot.schriften, daten))).pages
    assert '#panic("x") *fett*' in " ".join(seiten[0].extract_text().split())


def test_more_than_a_document_can_hold_is_refused_with_a_sentence(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(liste, "HOECHSTENS", 10)
    antwort = client.get("/export.pdf?stadtbezirk=eving")
    assert antwort.status_code == 400
    assert antwort.json()["parameter"][0]["erlaubt"] == "1–10"
    assert "Arbeitsmappe" in antwort.json()["detail"]


def test_the_service_turns_away_what_it_cannot_make_in_time(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.druckerei.WARTEND", 0)
    antwort = client.get("/export.gpkg?stadtbezirk=mengede")
    assert antwort.status_code == 503
    assert antwort.headers["content-type"] == "application/problem+json"
    assert antwort.json()["type"].endswith("ausgelastet")


def test_a_control_character_in_a_query_is_shown_as_one_that_cannot_be_drawn(
    client: TestClient,
) -> None:
    antwort = client.get("/export.pdf", params={"q": "a\x05b"})
    assert antwort.status_code == 200
    assert antwort.content.startswith(b"%PDF")
    mappe = client.get("/export.xlsx", params={"q": "a\x05b"})
    assert mappe.status_code == 200
    assert mappe.content.startswith(b"PK")
