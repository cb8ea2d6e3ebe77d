"""Attacks past the gate, on every surface: pages do nothing, files are what they say they are."""

import csv
import io
import sqlite3
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import defusedxml.ElementTree as ET
import feedparser
import openpyxl
import orjson
import pikepdf
import pytest
import rdflib
from docx import Document
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from starlette.testclient import TestClient

from app.sprachen import SPRACHEN
from app.store import AKTUELL, Snapshot, lade
from app.vorschaubild import bildnamen
from layers.formelschutz import entschuetze, schuetze
from layers.zellen import UNZULAESSIG
from tests.browser.besuch import VERSTOESSE, Besuch, ruhe
from tests.browser.conftest import dienst
from tests.sicherheit.angriffe import ALLE
from tests.sicherheit.html import Gelesen, lies
from tests.sicherheit.vergiftung import GUT

SEITEN = (
    *("/", "/projekte", "/projekte?handlungsfeld=flaechenentwicklung&q=nwx", "/auswertung"),
    *("/auswertung?zeilen=status&mass=kosten", "/beteiligte", "/beteiligte?name=nwx", "/bericht"),
    *("/zwischenbilanz", "/aenderungen", "/aenderungen?seit=2020-01-01", "/impressum"),
    *("/datenschutz", "/einbetten", "/einbetten?ansicht=liste", "/einbetten/baukasten"),
    *("/ogc?f=html", "/ogc/collections?f=html", "/ogc/collections/projekte?f=html"),
    *("/ogc/collections/projekte/items?f=html&limit=100", "/ogc/conformance?f=html"),
)
PDF = (*("/export.pdf", "/bericht/anlage-1.pdf", "/bericht/anlage-2.pdf", "/bericht/anlage-3.pdf"),)
IM_BROWSER = (
    *("/projekte", "/auswertung", "/beteiligte?name=nwx", "/aenderungen", "/zwischenbilanz"),
    *("/einbetten?ansicht=liste", "/stadtbezirke/huckarde", "/impressum", "/suche?q=nwx"),
    "/ogc/collections/projekte/items?f=html",
)
LAUSCHER = """
  window.gelaufen = 0;
  window.nwx = window.alert = window.confirm = window.prompt = window.print = () => {
    top.gelaufen += 1;
    console.error("an attack ran");
  };
"""
OHNE_RAHMEN = """async pfade => {
  for (const pfad of pfade) {
    const html = await (await fetch(pfad)).text();
    const rahmen = document.createElement("iframe");
    const geladen = new Promise(fertig => rahmen.addEventListener("load", fertig));
    rahmen.srcdoc = html.replace(/<script defer[^>]*><\\/script>|<link[^>]*>/g, "");
    document.body.append(rahmen);
    await geladen;
    rahmen.remove();
  }
}"""
NEU = {("select", "aria-describedby"), ("li", "data-art"), ("blockquote", ""), ("em", "")}
"""Tags that the shipped data do not ask for: of the log of changes, of Markdown."""
VERBOTEN = ("/JavaScript", "/JS", "/Launch", "/EmbeddedFiles", "/OpenAction", "/RichMedia")


def stand(client: TestClient) -> Snapshot:
    snapshot: Snapshot = client.app.state.dienst.store.stand.snapshot  # type: ignore[attr-defined]
    return snapshot


def alle_seiten(client: TestClient) -> Iterator[tuple[str, Gelesen]]:
    """Yield every kind of page, and every page of a thing; some in every language."""
    snapshot = stand(client)
    pfade = [
        *SEITEN,
        *(f"/projekte/{p['id']}" for p in snapshot.projekte),
        *(f"/plaetze/{ort}" for ort in snapshot.orte["plaetze"]),
        *(f"/brachflaechen/{ort}" for ort in snapshot.orte["brachflaechen"]),
        *(f"/stadtbezirke/{ort}" for ort in snapshot.orte["stadtbezirke"]),
        *(f"/beteiligte/{code}" for code in list(snapshot.codelisten["beteiligte"])[:40]),
        *(f"{pfad}?sprache={code}" for pfad in ("/", "/auswertung") for code in SPRACHEN),
        f"/projekte/{snapshot.projekte[0]['id']}?sprache=ar",
    ]
    for pfad in pfade:
        antwort = client.get(pfad)
        if antwort.status_code == 404 and pfad.startswith("/beteiligte/"):
            continue  # takes part in nothing
        assert antwort.status_code == 200, pfad
        yield pfad, lies(antwort.text)
    antwort = client.get("/suche?q=nwx", headers={"accept": "text/html"})
    yield "/suche", lies(antwort.text)


def test_pages_hold_no_tag_that_the_templates_have_not(
    client: TestClient, boese: TestClient
) -> None:
    bekannt: set[tuple[str, str]] = set()
    for pfad, gelesen in alle_seiten(client):
        assert gelesen.maengel == [], pfad
        bekannt |= gelesen.arten
    neu: set[tuple[str, str]] = set()
    for pfad, gelesen in alle_seiten(boese):
        assert gelesen.maengel == [], pfad
        neu |= gelesen.arten - bekannt
    assert neu <= NEU


def wie_gezeigt(text: str) -> str:
    """Return a text as a page shows it: white space is one space."""
    return " ".join(text.split())


def test_pages_show_every_attack_as_it_is_written(boese: TestClient) -> None:
    gezeigt = " ".join(
        wie_gezeigt(lies(boese.get(f"/projekte/{p['id']}").text).text)
        for p in stand(boese).projekte
    )
    for angriff in ALLE:
        text = wie_gezeigt(UNZULAESSIG.sub("\ufffd", angriff.text))
        if angriff.art != "unicode" or not angriff.abgelehnt:
            assert text in gezeigt, angriff


def test_json_is_json_and_links_are_links(boese: TestClient) -> None:
    for pfad in (
        *("/api/projekte?limit=500", "/beteiligte.json", "/aenderungen.json", "/suche?q=nwx"),
        *("/ogc/collections", "/ogc/collections/projekte/items?limit=500", "/openapi.json"),
        *("/daten/kennzahlen.json", "/daten/codelisten.json", "/daten/beteiligte.json"),
        *("/daten/projekte.geojson", "/daten/plaetze.geojson", "/export.geojson", "/gesundheit"),
        *("/catalog.jsonld", "/daten/brachflaechen.geojson", "/daten/stadtbezirke.geojson"),
    ):
        antwort = boese.get(pfad)
        assert antwort.status_code == 200, pfad
        inhalt = orjson.loads(antwort.content)
        assert "json" in antwort.headers["content-type"]
        for name, wert in _werte(inhalt):
            if name in ("href", "url", "links", "quellen") and ":" in wert:
                assert wert.split(":")[0] in ("http", "https", "mailto"), (pfad, name, wert)
    for projekt in stand(boese).projekte:
        assert projekt["quellen"] == projekt["links"] == [GUT]


def _werte(inhalt: Any, name: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(inhalt, dict):
        for schluessel, wert in inhalt.items():
            yield from _werte(wert, schluessel)
    elif isinstance(inhalt, list):
        for wert in inhalt:
            yield from _werte(wert, name)
    elif isinstance(inhalt, str) and " " not in inhalt:
        yield name, inhalt


def test_linked_data_in_pages_is_json_to_the_end(boese: TestClient) -> None:
    for projekt in stand(boese).projekte:
        html = boese.get(f"/projekte/{projekt['id']}").text
        _, beginn, rest = html.partition('<script type="application/ld+json">')
        assert beginn
        assert orjson.loads(rest.partition("</script>")[0])


@pytest.mark.parametrize(
    "pfad", ["/export.csv", "/beteiligte.csv", "/aenderungen.csv", "/auswertung.csv"]
)
def test_csv_keeps_its_lines_and_starts_no_formula(boese: TestClient, pfad: str) -> None:
    antwort = boese.get(pfad)
    text = antwort.content.decode("utf-8-sig", "strict")
    zeilen = list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True))
    assert len({len(zeile) for zeile in zeilen}) == 1
    for zeile in zeilen:
        for zelle in zeile:
            assert zelle == schuetze(entschuetze(zelle)), zelle
            assert (
                zelle[:1] not in ("=", "+", "-", "@", "\t", "\r")
                or zelle.replace(",", "")[1:].isdigit()
            )
    if pfad == "/export.csv":
        namen = {entschuetze(zeile[2]) for zeile in zeilen[1:]}
        assert namen == {p["name"] for p in stand(boese).projekte}


@pytest.mark.parametrize("pfad", ["/export.xlsx", "/beteiligte.xlsx", "/auswertung.xlsx"])
def test_workbooks_hold_texts_and_no_formula(boese: TestClient, pfad: str) -> None:
    inhalt = boese.get(pfad).content
    with zipfile.ZipFile(io.BytesIO(inhalt)) as archiv:
        assert archiv.testzip() is None
        for name in archiv.namelist():
            if name.endswith((".xml", ".rels")):
                teil = ET.fromstring(archiv.read(name))
                assert not [e for e in teil.iter() if e.tag.endswith("}f")], name
                _pruefe_verweise(teil)
    mappe = openpyxl.load_workbook(io.BytesIO(inhalt))
    texte = [z.value for blatt in mappe for zeile in blatt.iter_rows() for z in zeile if z.value]
    assert not any(z.data_type == "f" for blatt in mappe for r in blatt.iter_rows() for z in r)
    if pfad == "/export.xlsx":
        assert {p["name"] for p in stand(boese).projekte} <= {str(t) for t in texte}


def _pruefe_verweise(teil: Any) -> None:
    for element in teil.iter():
        if element.get("TargetMode") == "External":
            assert element.get("Target").startswith(("http://", "https://", "mailto:"))


def test_the_geopackage_is_whole(boese: TestClient, tmp_path: Path) -> None:
    pfad = tmp_path / "boese.gpkg"
    pfad.write_bytes(boese.get("/export.gpkg").content)
    verbindung = sqlite3.connect(pfad)
    assert verbindung.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    namen = {zeile[0] for zeile in verbindung.execute("SELECT DISTINCT name FROM projekte")}
    verbindung.close()
    assert namen == {p["name"] for p in stand(boese).projekte}


@pytest.mark.parametrize("pfad", ["/feed.atom", "/feed.atom?sprache=ar", "/sitemap.xml"])
def test_xml_is_well_formed(boese: TestClient, pfad: str) -> None:
    antwort = boese.get(pfad)
    assert ET.fromstring(antwort.content) is not None
    if pfad.startswith("/feed"):
        feed = feedparser.parse(antwort.content, sanitize_html=False)
        assert not feed.bozo
        assert len(feed.entries) > 10
        for eintrag in feed.entries:
            gelesen = lies(eintrag.get("summary", ""))
            assert gelesen.maengel == []
            assert {tag for tag, _ in gelesen.arten} <= {"ul", "li"}


# rdflib's own JSON-LD reader uses what rdflib calls old
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_the_catalogue_is_rdf(boese: TestClient) -> None:
    graphen = {
        form: rdflib.Graph().parse(data=boese.get(pfad).content, format=form)
        for form, pfad in (("turtle", "/catalog.ttl"), ("json-ld", "/catalog.jsonld"))
    }
    assert len(graphen["turtle"]) == len(graphen["json-ld"]) > 100


def test_documents_run_nothing_and_link_to_nothing_else(boese: TestClient) -> None:
    projekte = [f"/projekte/{p['id']}.pdf" for p in stand(boese).projekte[:12:3]]
    for pfad in (*PDF, *projekte):
        antwort = boese.get(pfad)
        assert antwort.status_code == 200, pfad
        with pikepdf.open(io.BytesIO(antwort.content)) as pdf:
            assert pdf.check_pdf_syntax() == []
            for objekt in pdf.objects:
                if isinstance(objekt, pikepdf.Dictionary):
                    assert not [name for name in VERBOTEN if name in objekt], pfad
                    ziel = str(objekt.get("/URI", "https://"))
                    assert ziel.startswith(("http://", "https://", "mailto:")), (pfad, ziel)


@pytest.mark.parametrize("nummer", [1, 2, 3])
def test_word_documents_open(boese: TestClient, nummer: int) -> None:
    antwort = boese.get(f"/bericht/anlage-{nummer}.docx")
    assert Document(io.BytesIO(antwort.content)).paragraphs
    with zipfile.ZipFile(io.BytesIO(antwort.content)) as archiv:
        for name in archiv.namelist():
            if name.endswith((".xml", ".rels")):
                _pruefe_verweise(ET.fromstring(archiv.read(name)))


def test_previews_are_pictures(boese: TestClient, boese_builds: Path) -> None:
    namen = list(bildnamen(lade(boese_builds / AKTUELL)))
    assert len(namen) > 90
    for name in namen[::8]:
        antwort = boese.get(f"/vorschau/{name}.0.png")
        with Image.open(io.BytesIO(antwort.content)) as bild:
            bild.load()
            assert bild.size == (1200, 630)


def test_nothing_runs_in_a_browser_that_would_let_it(browser: Browser, boese_builds: Path) -> None:
    """Once without the policy, which must not be what saves the pages; once with it."""
    with dienst(boese_builds, NORDWAERTS_RATE_PRO_SEKUNDE="0") as basis:
        for ohne_richtlinie in (True, False):
            kontext = browser.new_context(bypass_csp=ohne_richtlinie, locale="de-DE")
            kontext.add_init_script(LAUSCHER + VERSTOESSE)
            besuch = Besuch(basis, kontext, {urlsplit(basis).netloc})
            karte = besuch.oeffne("/")
            assert besuch.auffaellig == []
            bediene_karte(karte, basis)
            if ohne_richtlinie:
                pfade = [a.get_attribute("href") for a in karte.locator("#liste h3 a").all()]
                karte.goto(f"{basis}/impressum")
                assert len(pfade) > 90
                karte.evaluate(OHNE_RAHMEN, pfade[::2])
                assert karte.evaluate("gelaufen") == 0
            for pfad in IM_BROWSER if ohne_richtlinie else ("/projekte", "/aenderungen"):
                karte.goto(basis + pfad)
                ruhe(karte)
                assert karte.evaluate("gelaufen") == 0, pfad
            besuch.pruefe()
            kontext.close()


def bediene_karte(karte: Page, basis: str) -> None:
    """Let the browser code show what it makes itself: hits, popup, panel, suggestions."""
    karte.locator("#filter-q").fill("nwx")
    expect(karte.locator("#liste mark").first).to_be_attached()
    karte.locator("#filter-q").fill("")
    karte.goto(f"{basis}/?projekt=nw-019")
    ruhe(karte)
    expect(karte.locator("#karte [data-marke]").first).to_be_attached()
    karte.locator("#karte [data-bezirk]").first.dispatch_event("click")
    expect(karte.locator(".panel[data-ort]:not([hidden])")).to_be_visible()
    assert karte.evaluate("gelaufen") == 0
