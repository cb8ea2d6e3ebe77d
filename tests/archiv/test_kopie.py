"""The frozen copy as files: complete, self-contained, the same every time."""

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import lxml.html
import orjson
import pytest
from fastapi.routing import APIRoute
from lxml.html import HtmlElement
from starlette.testclient import TestClient

from app.archiv.plan import Eintrag, Plan, plan
from app.archiv.verweise import Umschreiber
from app.darstellung import Vorbereitet
from app.fassung import fassung
from app.katalog import lade
from app.store import Snapshot
from tests.einfrieren import ADRESSE, SPRACHEN

NICHT_EINGEFROREN = (
    "/api/projekte",
    "/catalog",
    "/einbetten",
    "/einbetten/baukasten",
    "/gesundheit",
    "/kacheln/{ebene}.json",
    "/kacheln/{ebene}/{z}/{x}/{y}.mvt",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap-{nummer}.xml",
)
"""What only a server can do, or what names the pages of a server."""


@cache
def dokument(datei: Path) -> HtmlElement:
    return lxml.html.document_fromstring(datei.read_bytes())


def seiten(archiv: Path) -> list[Path]:
    return sorted(archiv.rglob("*.html"))


def verweise(datei: Path) -> Iterator[tuple[HtmlElement, str]]:
    for element in dokument(datei).iter():
        if isinstance(element.tag, str):
            for name in ("href", "src", "action"):
                if (wert := element.get(name)) is not None:
                    yield element, wert


@pytest.fixture(scope="module")
def geplant(snapshot: Snapshot) -> Plan:
    return plan(Vorbereitet(snapshot).darstellung(fassung("de")), SPRACHEN, ())


def test_every_link_leads_to_a_file_and_to_a_place_in_it(archiv: Path) -> None:
    ids: dict[Path, set[str]] = {}
    ins_leere = set()
    for datei in seiten(archiv):
        for element, wert in verweise(datei):
            teile = urlsplit(wert)
            if teile.scheme in ("https", "http", "mailto", "data"):
                continue
            assert not wert.startswith("/"), (datei, wert)
            ziel = (datei.parent / unquote(teile.path)).resolve() if teile.path else datei
            if not ziel.is_file() or not ziel.is_relative_to(archiv):
                ins_leere.add((str(datei), wert))
            elif teile.fragment and element.tag == "a" and ziel.suffix == ".html":
                if ziel not in ids:
                    ids[ziel] = {str(id_) for id_ in dokument(ziel).xpath("//@id")}
                if teile.fragment not in ids[ziel]:
                    ins_leere.add((str(datei), wert))
    assert ins_leere == set()


def test_only_the_canonical_address_names_the_former_service(archiv: Path) -> None:
    for datei in seiten(archiv):
        fremd = {
            (element.tag, element.get("rel"))
            for element, wert in verweise(datei)
            if wert.startswith(ADRESSE)
        }
        assert fremd == {("link", "canonical")}, datei


def test_every_page_says_that_it_is_frozen_and_what_it_may_load(archiv: Path) -> None:
    for datei in seiten(archiv):
        t = lade("ar" if datei.is_relative_to(archiv / "ar") else "de")
        banner = dokument(datei).xpath("//aside[@class='archivstand']")
        assert t("archiv.titel") == banner[0].get("aria-label")
        assert "2026" in banner[0].text_content()
        richtlinie = dokument(datei).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "default-src 'none'" in richtlinie[0]
        assert "unsafe" not in richtlinie[0]


def test_what_needs_a_server_is_not_on_any_page(archiv: Path) -> None:
    for datei in seiten(archiv):
        seite = dokument(datei)
        assert not seite.xpath("//*[@data-im-archiv] | //a[not(@href)]"), datei
        aktionen = set(seite.xpath("//form/@action"))
        assert aktionen <= {"index.html", "../index.html"} | {
            f"{'../' * n}{ordner}{name}index.html"
            for n in range(3)
            for ordner in ("", "ar/")
            for name in ("", "projekte/", "beteiligte/")
        }, datei


def test_every_project_is_there_in_every_language(archiv: Path, snapshot: Snapshot) -> None:
    for ordner in (archiv, archiv / "ar"):
        for id_ in snapshot.index.ids:
            assert (ordner / "projekte" / id_ / "index.html").is_file()
        liste = dokument(ordner / "projekte" / "index.html")
        assert set(liste.xpath("//ol//@data-id")) == set(snapshot.index.ids)
    for id_ in snapshot.index.ids:
        assert (archiv / "projekte" / f"{id_}.pdf").is_file()


def test_layers_are_the_published_bytes_and_scripts_hand_over_the_same(
    archiv: Path, client: TestClient
) -> None:
    ebene = client.get("/daten/stadtbezirke.geojson").content
    assert (archiv / "daten" / "stadtbezirke.geojson").read_bytes() == ebene
    skript = (archiv / "daten" / "stadtbezirke.geojson.js").read_bytes()
    uebergeben = re.fullmatch(rb".*?currentScript\.src\]=(.*);\n", skript, re.DOTALL)
    assert uebergeben
    assert orjson.loads(uebergeben[1]) == orjson.loads(ebene)


def test_every_surface_is_frozen_or_said_to_be_left_out(geplant: Plan, client: TestClient) -> None:
    """Whoever adds a route has to decide."""
    eingefroren = {pfad for pfad, _, _ in geplant.eintraege}
    offen = []
    for route in client.app.routes:  # type: ignore[attr-defined]
        for einzeln in getattr(route, "routes", [route]):
            if not isinstance(einzeln, APIRoute):
                continue
            muster = re.sub(
                r"\{[^}]+\}",
                "[^/]+",
                re.escape(einzeln.path).replace(r"\{", "{").replace(r"\}", "}"),
            )
            if einzeln.path not in NICHT_EINGEFROREN and not any(
                re.fullmatch(muster, pfad) for pfad in eingefroren
            ):
                offen.append(einzeln.path)
    assert offen == []


@pytest.mark.parametrize(
    ("adresse", "ziel"),
    [
        ("/?sprache=ar", "ar/index.html"),
        (
            "/?projekt=nw-019&sprache=de#karte=14/51.5/7.4",
            "index.html?projekt=nw-019#karte=14/51.5/7.4",
        ),
        (
            "/projekte?stadtbezirk=eving&stadtbezirk=mengede",
            "projekte/index.html?stadtbezirk=eving&stadtbezirk=mengede",
        ),
        ("/projekte/nw-019?sprache=ar#orte", "ar/projekte/nw-019/index.html#orte"),
        ("/bericht/anlage-2.pdf?stadtbezirk=eving", "bericht/anlage-2-eving.pdf"),
        ("/projekte?seite=2&sprache=ar", "ar/projekte/seite-2/index.html"),
        ("/projekte?seite=1", "projekte/index.html"),
        ("/export.csv?sprache=ar", "export.csv"),
        ("/export.csv?stadtbezirk=eving", None),
        ("/auswertung?mass=kosten", None),
        ("/ogc", None),
        ("/projekte/gibt-es-nicht", None),
        ("/?sprache=en", None),
    ],
)
def test_addresses_lead_to_a_file_or_nowhere(geplant: Plan, adresse: str, ziel: str | None) -> None:
    assert geplant.ziel(adresse) == ziel


def test_no_page_was_forgotten(archiv: Path, geplant: Plan) -> None:
    gemeint = {eintrag.datei for eintrag in geplant.eintraege.values()}
    vorhanden = {str(p.relative_to(archiv)) for p in archiv.rglob("*") if p.is_file()}
    pdf = {name for name in vorhanden if name.startswith("projekte/") and name.endswith(".pdf")}
    assert vorhanden - pdf == gemeint
    assert date(2026, 1, 15).strftime("%d") in (archiv / "index.html").read_text("utf-8")


def test_one_file_asks_for_nothing_and_runs_only_what_it_names(
    archiv: Path, snapshot: Snapshot
) -> None:
    seite = dokument(archiv.with_suffix(".html"))
    assert not seite.xpath("//@src")
    assert {link.get("rel") for link in seite.xpath("//link")} == {"icon", "canonical"}
    vorlagen = set(seite.xpath("//template/@data-seite"))
    assert {f"projekte/{id_}/index.html" for id_ in snapshot.index.ids} <= vorlagen
    dateien = set(seite.xpath("//script/@data-inhalt"))
    for verweis in seite.xpath("//a/@href"):
        art, _, ziel = verweis.partition("=")
        if art == "#seite":
            assert ziel in vorlagen, verweis
        elif art == "#datei":
            assert ziel in dateien, verweis
        else:
            assert verweis.startswith(("#", "?", "http", "mailto:")), verweis
    richtlinie = seite.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "unsafe" not in richtlinie
    assert lade("de")("archiv.einzeldatei") in seite.xpath("//p[@id='archiv']")[0].text
    laufend = seite.xpath("//script[not(@type)]")
    assert richtlinie.count("'sha256-") == len(laufend) + len(seite.xpath("//style"))


def test_texts_stay_texts(geplant: Plan) -> None:
    """Also those that look like an address, or like markup once they were unescaped."""
    boese = '/export.csv"></script><img src=x onerror=alert(1)>'
    html = f"""<!doctype html><html><head><meta charset="utf-8">
      <meta name="description" content="{escape(boese)}"><title>{escape(boese)}</title></head>
      <body><nav class="sprung"></nav><main><p title="{escape(boese)}">{escape(boese)}</p>
      <svg viewBox="0 0 1 1"><title>{escape(boese)}</title></svg></main></body></html>"""
    eintrag = Eintrag("/zwischenbilanz", "zwischenbilanz/index.html", "seite")
    umschreiber = Umschreiber(geplant, lade("de"), "Januar 2026", "15. Januar 2026")
    seite = lxml.html.document_fromstring(umschreiber.seite(html.encode(), eintrag))
    assert not seite.xpath("//img | //script")
    assert seite.xpath("//meta[@name='description']/@content") == [boese]
    assert seite.xpath("//p[@title]/@title") == [boese]
    assert seite.xpath("//main//text()[normalize-space()]") == [boese, boese]
