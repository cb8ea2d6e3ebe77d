"""The frozen copy as files: complete, self-contained, the same every time."""

import base64
import hashlib
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from html import escape
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

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
from tests.einzeldatei import Einzeldatei, lies

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


@pytest.fixture(scope="module")
def einzeln(archiv: Path) -> Einzeldatei:
    return lies(archiv.with_suffix(".html"))


def test_one_file_asks_for_nothing_and_runs_only_what_it_names(einzeln: Einzeldatei) -> None:
    seite = einzeln.dokument
    assert not seite.xpath("//@src")
    assert {link.get("rel") for link in seite.xpath("//link")} == {"icon", "canonical"}
    richtlinie = seite.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert "default-src 'none'" in richtlinie
    assert "unsafe" not in richtlinie
    skripte = [*seite.xpath("//script[not(@type)]"), *seite.xpath("//script[@data-skript]")]
    erlaubt = set(re.findall("'sha256-([^']+)'", richtlinie))
    assert erlaubt == {
        base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        for element in (*skripte, *seite.xpath("//style"))
    }
    for dokument_ in (seite, *einzeln.seiten.values()):
        assert not dokument_.xpath("//*[@style] | //*[@data-im-archiv] | //a[not(@href)]")


def test_one_file_holds_the_whole_folder(archiv: Path, einzeln: Einzeldatei, geplant: Plan) -> None:
    karten = {"index.html", "projekte/index.html", "ar/projekte/index.html"}
    seiten_ = {p.relative_to(archiv).as_posix() for p in seiten(archiv)}
    assert einzeln.seiten.keys() == seiten_ - karten
    dateien = {
        p.relative_to(archiv).as_posix(): p.read_bytes()
        for p in archiv.rglob("*")
        if p.is_file()
        and p.suffix not in (".html", ".js")
        and p.relative_to(archiv).parts[0] not in ("assets", "vorschau")
    }
    assert einzeln.dateien == dateien
    assert einzeln.namen["export.csv"] == "export.csv"
    assert einzeln.namen["ar/beteiligte.csv"] == "beteiligte-ar.csv"
    daten = {e.datei[:-3] for e in geplant.eintraege.values() if e.art == "skript"}
    assert set(einzeln.dokument.xpath("//script/@data-datei")) == {f"/{name}" for name in daten}
    # only the languages of the start page name the document itself
    for datei in archiv.rglob("*.html"):
        name = datei.relative_to(archiv).as_posix()
        if name not in karten | {"ar/index.html"}:
            texte = dokument(datei).xpath("//main//text()[normalize-space()]")
            assert set(texte) <= set(einzeln.seiten[name].xpath("//text()")), name


def test_every_link_of_one_file_leads_to_something_in_it(einzeln: Einzeldatei) -> None:
    alle = {"": einzeln.dokument, **einzeln.seiten}
    ins_leere = set()
    for name, seite in alle.items():
        ids = set(seite.xpath("//@id")) | set(einzeln.dokument.xpath("//@id"))
        # what the browser code fills is empty until then
        for verweis in seite.xpath("//a[not(@data-feld)]/@href"):
            teile = urlsplit(verweis)
            angaben = dict(parse_qsl(teile.fragment))
            if teile.scheme in ("http", "https", "mailto"):
                continue
            assert not teile.path, (name, verweis)
            if "seite" in angaben:
                ziel = einzeln.seiten.get(angaben["seite"])
                gut = ziel is not None and (
                    "stelle" not in angaben or ziel.xpath("//*[@id=$id]", id=angaben["stelle"])
                )
            elif "datei" in angaben:
                gut = angaben["datei"] in einzeln.dateien
            else:
                gut = teile.query or teile.fragment in ids
            if not gut:
                ins_leere.add((name, verweis))
    assert ins_leere == set()


def test_one_file_has_every_language_and_says_what_it_is(
    einzeln: Einzeldatei, snapshot: Snapshot
) -> None:
    arabisch = einzeln.seiten["ar/index.html"]
    for seite, code in ((einzeln.dokument, "de"), (arabisch, "ar")):
        assert lade(code)("archiv.einzeldatei") in seite.xpath("//p[@id='archiv']")[0].text
        assert {a.get("href") for a in seite.xpath("//a[@data-sprache]")} == {
            "#ergebnis" if code == "de" else "?sprache=de",
            "?sprache=ar" if code == "de" else "#ergebnis",
        }
        zustand = orjson.loads(seite.xpath("//script[@id='zustand']")[0].text)
        muster = zustand["urls"]["projekt"].removeprefix("#seite=")
        for id_ in snapshot.index.ids:
            assert muster.replace("{id}", id_) in einzeln.seiten
    # a page leads to itself in the other language, and a state of the map keeps the language
    steckbrief = einzeln.seiten["ar/projekte/nw-019/index.html"]
    verweise_ = set(steckbrief.xpath("//a/@href"))
    assert "?sprache=de#seite=projekte/nw-019/index.html" in verweise_
    assert "?projekt=nw-019&sprache=ar" in verweise_
    assert "#datei=ar/projekte/nw-019.pdf" not in verweise_


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
