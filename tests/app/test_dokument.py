"""A Steckbrief as a document: what it says to machines, its PDF, its QR code, its e-mail."""

import asyncio
import io
import re
import struct
import sys
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from html import unescape
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree as ET

import orjson
import pdfua
import pikepdf
import pypdf
import pytest
import typst
import zxingcpp
from PIL import Image
from pydantic import ValidationError
from starlette.testclient import TestClient

from app import druckerei, pdf, sitemap, vorschaubild
from app.anwendung import create_app
from app.darstellung import Darstellung, Vorbereitet
from app.dokument import dokument
from app.druckdaten import VORLAGE, druckdaten
from app.fassung import fassung
from app.qr import qr_svg
from app.settings import Settings
from app.sprachen import SPRACHEN
from app.steckbrief import steckbrief
from app.store import Snapshot

T = TypeVar("T")
BASIS = "https://karte.example"
SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
ANGRIFF = '#panic("x") #read("/etc/passwd") *fett* _kursiv_ $x$ ]} <marke> @ref // \\ "'


@pytest.fixture(scope="module")
def oeffentlich(build_dir: Path) -> Iterator[TestClient]:
    """The service as a city would run it."""
    settings = Settings(
        rate_pro_sekunde=0, build_dir=build_dir, adresse=BASIS, kontakt="karte+fehler@stadt.example"
    )
    with TestClient(create_app(settings)) as client:
        yield client


def darstellung(snapshot: Snapshot, code: str) -> Darstellung:
    return Vorbereitet(snapshot).darstellung(fassung(code, gewaehlt=True))


def ausgaenge(snapshot: Snapshot) -> dict[str, dict[str, Any]]:
    return {projekt["id"]: dict(projekt) for projekt in snapshot.projekte}


def meta(html: str) -> dict[str, str]:
    paare = re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"', html)
    return {name: unescape(wert) for name, wert in paare}


def links(html: str, rel: str) -> dict[str, str]:
    """Return hreflang (or empty) → address of the links of a kind."""
    gefunden = re.findall(rf'<link rel="{rel}"(?: hreflang="([^"]+)")? href="([^"]+)"', html)
    return {lang: unescape(href) for lang, href in gefunden}


# --- what a page says about itself


def test_absolute_addresses_come_from_the_settings_never_from_the_request(
    oeffentlich: TestClient,
) -> None:
    for pfad in ("/", "/projekte", "/projekte/nw-019", "/stadtbezirke/huckarde"):
        html = oeffentlich.get(pfad, headers={"host": "boese.example"}).text
        assert links(html, "canonical") == {"": BASIS + pfad}
        assert meta(html)["og:url"] == BASIS + pfad
        assert "boese.example" not in html
        alternativen = links(html, "alternate")
        assert set(alternativen) == {"x-default", *(s.lang for s in SPRACHEN.values())}
        assert alternativen["x-default"] == BASIS + pfad
        assert alternativen["tr"] == f"{BASIS}{pfad}?sprache=tr"


def test_a_page_in_a_chosen_language_is_its_own_original(oeffentlich: TestClient) -> None:
    html = oeffentlich.get("/projekte/nw-019?sprache=uk").text
    assert links(html, "canonical") == {"": f"{BASIS}/projekte/nw-019?sprache=uk"}
    assert meta(html)["og:locale"] == "uk_UA"


@pytest.mark.parametrize("pfad", ["/", "/projekte"])
def test_a_filtered_state_names_the_whole_page_as_its_original(
    oeffentlich: TestClient, pfad: str
) -> None:
    html = oeffentlich.get(f"{pfad}?q=hafen&stadtbezirk=huckarde&sprache=en").text
    assert links(html, "canonical") == {"": f"{BASIS}{pfad}?sprache=en"}
    assert links(html, "alternate")["de"] == f"{BASIS}{pfad}?sprache=de"


@pytest.mark.parametrize("pfad", ["/einbetten", "/gibt-es-nicht"])
def test_frame_and_errors_are_not_indexed(oeffentlich: TestClient, pfad: str) -> None:
    html = oeffentlich.get(pfad).text
    assert meta(html)["robots"] == "noindex"
    assert links(html, "canonical") == {}


def test_every_project_has_a_title_a_description_and_a_preview_of_its_own(
    oeffentlich: TestClient, snapshot: Snapshot
) -> None:
    bilder = set()
    for projekt in snapshot.projekte:
        html = oeffentlich.get(f"/projekte/{projekt['id']}").text
        angaben = meta(html)
        assert angaben["og:title"].startswith(projekt["name"])
        assert angaben["og:description"] == angaben["description"] != ""
        assert angaben["og:image:alt"]
        bilder.add(angaben["og:image"])
    assert len(bilder) == len(snapshot.projekte)


@pytest.mark.parametrize(
    ("pfad", "bild"),
    [
        ("/", "karte"),
        ("/projekte", "karte"),
        ("/projekte/nw-019", "projekt-nw-019"),
        ("/stadtbezirke/huckarde", "stadtbezirk-huckarde"),
        ("/plaetze/platz-nordmarkt", "stadtbezirk-innenstadt-nord"),
    ],
)
def test_a_preview_is_an_image_that_never_changes_at_its_address(
    oeffentlich: TestClient, snapshot: Snapshot, pfad: str, bild: str
) -> None:
    adresse = meta(oeffentlich.get(pfad).text)["og:image"]
    marke = snapshot.id.rsplit("-", 1)[-1]
    assert adresse == f"{BASIS}/vorschau/{bild}.{marke}.png"
    antwort = oeffentlich.get(adresse.removeprefix(BASIS))
    assert antwort.headers["content-type"] == "image/png"
    assert "immutable" in antwort.headers["cache-control"]
    assert struct.unpack(">II", antwort.content[16:24]) == (1200, 630)
    bekannt = {"if-none-match": antwort.headers["etag"]}
    assert oeffentlich.get(adresse.removeprefix(BASIS), headers=bekannt).status_code == 304


def test_an_image_that_was_shared_with_an_earlier_build_is_todays(oeffentlich: TestClient) -> None:
    antwort = oeffentlich.get("/vorschau/karte.0123abcd.png")
    assert antwort.status_code == 200
    assert antwort.headers["cache-control"] == "public, no-cache"


@pytest.mark.parametrize(
    "name", ["projekt-gibt-es-nicht", "stadtbezirk-mitte", "nw-019", "karte-nw-019", "projekt-"]
)
def test_what_is_on_no_page_has_no_preview(oeffentlich: TestClient, name: str) -> None:
    assert oeffentlich.get(f"/vorschau/{name}.0123abcd.png").status_code == 404


def test_a_preview_shows_what_the_project_is(snapshot: Snapshot) -> None:
    bild = vorschaubild.bild(snapshot, "projekt-nw-019")
    assert bild is not None
    assert bild.name == ausgaenge(snapshot)["nw-019"]["name"]
    assert "Huckarde" in bild.zeile
    assert bild.karte.startswith("<svg")


def test_a_build_without_fonts_names_no_preview(snapshot: Snapshot) -> None:
    ohne = replace(snapshot, schriften=None)
    assert vorschaubild.bildadresse(ohne, vorschaubild.KARTE) == ""
    assert vorschaubild.bild(ohne, vorschaubild.KARTE) is None
    assert list(vorschaubild.bildnamen(ohne)) == []


# --- linked data


def graph(client: TestClient, projekt_id: str, query: str = "") -> dict[str, dict[str, Any]]:
    html = client.get(f"/projekte/{projekt_id}{query}").text
    treffer = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert treffer
    daten = orjson.loads(treffer[1])
    assert daten["@context"] == "https://schema.org"
    return {knoten["@type"]: knoten for knoten in daten["@graph"]}


def test_linked_data_say_what_is_documented(oeffentlich: TestClient) -> None:
    knoten = graph(oeffentlich, "nw-019", "?sprache=en")
    seite, projekt = knoten["WebPage"], knoten["Project"]
    adresse = f"{BASIS}/projekte/nw-019?sprache=en"
    assert (seite["url"], seite["inLanguage"]) == (adresse, "en")
    assert seite["mainEntity"]["@id"] == projekt["@id"]
    assert projekt["foundingDate"] == "2016-12-08"
    assert {k["value"] for k in projekt["identifier"]} == {"nw-019", "019"}
    (ort,) = projekt["location"]
    assert ort["geo"]["latitude"] == pytest.approx(51.536, abs=0.01)
    assert ort["containedInPlace"]["name"] == "Huckarde"


def test_linked_data_claim_no_more_than_the_records(
    oeffentlich: TestClient, snapshot: Snapshot
) -> None:
    for record in snapshot.projekte:
        knoten = graph(oeffentlich, record["id"])
        projekt = knoten["Project"]
        assert ("dateModified" in knoten["WebPage"]) == ("stand" in record)
        assert projekt.get("dissolutionDate") == record.get("ende")
        benannt = [b["name"] for b in record["traeger"] if b["code"]]
        assert [o["name"] for o in projekt.get("parentOrganization", [])] == benannt
        orte = projekt.get("location", [])
        for ort, gemeint in zip(orte, record["standorte"], strict=True):
            genau = gemeint["lagegenauigkeit"] in ("adresse", "platz") and gemeint["lon"]
            assert ("geo" in ort) == bool(genau)


def test_linked_data_cannot_leave_their_script(snapshot: Snapshot) -> None:
    d = darstellung(snapshot, "de")
    record = ausgaenge(snapshot)["nw-019"] | {"name": "</script><script>alert(1)</script>"}
    text = str(dokument(record, d, Settings()).jsonld)
    assert "<" not in text
    assert orjson.loads(text)["@graph"][0]["name"] == record["name"]


# --- QR code, e-mail


def png(svg: str) -> Image.Image:
    quelle = (
        "#set page(width: 300pt, height: 300pt, margin: 0pt)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 300pt)'
    )
    bild = typst.compile(quelle.encode(), format="png", ppi=72, sys_inputs={"svg": svg})
    assert isinstance(bild, bytes)
    return Image.open(io.BytesIO(bild)).convert("L")


@pytest.mark.parametrize("projekt_id", ["nw-019", "a" * 80])
def test_the_qr_code_decodes_to_the_address(projekt_id: str) -> None:
    adresse = f"{BASIS}/projekte/{projekt_id}?sprache=leicht"
    (code,) = zxingcpp.read_barcodes(png(qr_svg(adresse)))
    assert code.text == adresse


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_fehler_melden_prepares_an_email_in_every_language(
    oeffentlich: TestClient, sprache: str
) -> None:
    html = oeffentlich.get(f"/projekte/nw-019?sprache={sprache}").text
    treffer = re.search(r'href="(mailto:[^"]+)"', html)
    assert treffer
    adresse = unescape(treffer[1])
    assert adresse.isascii()
    assert " " not in adresse
    teile = urlsplit(adresse)
    assert unquote(teile.path) == "karte+fehler@stadt.example"
    felder = parse_qs(teile.query, strict_parsing=True)
    assert set(felder) == {"subject", "body"}
    assert "nw-019" in felder["subject"][0]
    (text,) = felder["body"]
    assert f"{BASIS}/projekte/nw-019?sprache={sprache}" in text
    assert "nw-019" in text
    assert "2023" in text
    assert "\r\n" in text
    assert "\n" not in text.replace("\r\n", "")


def test_an_email_takes_any_name(snapshot: Snapshot) -> None:
    d = darstellung(snapshot, "de")
    name = "A&B? 100 % #1\n„Zitat“ + mehr"
    record = ausgaenge(snapshot)["nw-019"] | {"name": name}
    settings = Settings(kontakt="karte@stadt.example")
    adresse = dokument(record, d, settings).melden
    assert adresse
    assert name in parse_qs(urlsplit(adresse).query)["subject"][0]


def test_without_an_address_nobody_is_sent_away(client: TestClient) -> None:
    assert "mailto:" not in client.get("/projekte/nw-019").text


@pytest.mark.parametrize(
    "werte",
    [
        {"adresse": "karte.example"},
        {"adresse": "ftp://karte.example"},
        {"adresse": "https://karte.example/unten"},
        {"adresse": "https://karte.example/?x=1"},
        {"kontakt": "zwei@a.example,drei@b.example"},
        {"kontakt": "a@b.example?bcc=c@d.example"},
        {"kontakt": "niemand"},
    ],
)
def test_settings_that_would_break_links_are_refused(werte: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Settings(**werte)  # type: ignore[arg-type]


def test_the_public_address_needs_no_slash() -> None:
    assert Settings(adresse="https://karte.example/").adresse == BASIS


# --- PDF


def lies(inhalt: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(inhalt))


def elemente(knoten: Any) -> Iterator[Any]:
    if isinstance(knoten, pikepdf.Array):
        for kind in knoten:
            yield from elemente(kind)
    elif isinstance(knoten, pikepdf.Dictionary) and "/S" in knoten:
        yield knoten
        if "/K" in knoten:
            yield from elemente(knoten["/K"])


def dicht(text: str) -> str:
    """Return a text without what line breaks do to it."""
    return re.sub(r"[\s\u00ad-]|\N{HYPHEN}", "", text)


def schrift(inhalt: bytes) -> str:
    return dicht(
        "".join(seite.extract_text() for seite in pypdf.PdfReader(io.BytesIO(inhalt)).pages)
    )


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_a_pdf_is_tagged_and_names_its_language(oeffentlich: TestClient, sprache: str) -> None:
    antwort = oeffentlich.get(f"/projekte/nw-019.pdf?sprache={sprache}")
    assert antwort.headers["content-type"] == "application/pdf"
    assert antwort.headers["content-language"] == SPRACHEN[sprache].lang
    dokument_ = lies(antwort.content)
    wurzel = dokument_.Root
    assert bool(wurzel.MarkInfo.Marked)
    assert str(wurzel.Lang) == SPRACHEN[sprache].lang.split("-")[0]
    assert bool(wurzel.ViewerPreferences.DisplayDocTitle)
    with dokument_.open_metadata() as xmp:
        assert xmp["pdfuaid:part"] == "1"
        assert "BINARIUM" in xmp["dc:title"]
    with dokument_.open_outline() as gliederung:
        assert [punkt.title for punkt in gliederung.root] == [
            "BINARIUM – Deutsches Museum der digitalen Kultur"
        ]
        assert len(gliederung.root[0].children) == 4
    alle = list(elemente(wurzel.StructTreeRoot.K))
    arten = {str(element.S) for element in alle}
    assert {"/Document", "/H1", "/H2", "/L", "/LI", "/Lbl", "/LBody", "/Figure", "/Link"} <= arten
    bilder = [element for element in alle if element.S == "/Figure"]
    assert len(bilder) == 2
    assert all(str(bild.Alt) for bild in bilder)
    verweise = [a for seite in dokument_.pages for a in seite.Annots if a.Subtype == "/Link"]
    assert verweise
    assert all("/Contents" in a and "/StructParent" in a for a in verweise)
    assert all(not str(a.A.URI).startswith("/") for a in verweise)


def test_independent_checks_of_pdf_ua_find_nothing(oeffentlich: TestClient, tmp_path: Path) -> None:
    for sprache in SPRACHEN:
        datei = tmp_path / f"{sprache}.pdf"
        datei.write_bytes(oeffentlich.get(f"/projekte/nw-864.pdf?sprache={sprache}").content)
        assert not [f.message for f in pdfua.validate(str(datei)).findings]


def test_german_words_in_another_language_say_so(oeffentlich: TestClient) -> None:
    dokument_ = lies(oeffentlich.get("/projekte/nw-019.pdf?sprache=ar").content)
    baum = elemente(dokument_.Root.StructTreeRoot.K)
    (titel,) = [element for element in baum if element.S == "/H1"]
    assert str(titel.Lang) == "de"


def test_page_and_pdf_have_the_same_facts(oeffentlich: TestClient, snapshot: Snapshot) -> None:
    for projekt_id in ("nw-019", "nw-864", snapshot.index.ids[-1]):
        html = oeffentlich.get(f"/projekte/{projekt_id}").text
        text = schrift(oeffentlich.get(f"/projekte/{projekt_id}.pdf").content)
        inhalt = html[html.index('<div class="steckbrief-spalten">') : html.index("</article>")]
        inhalt = re.sub(r"<svg.*?</svg>", "", inhalt, flags=re.DOTALL)
        angaben = re.findall(
            r"<(dt|dd|li|strong|p)[^>]*>([^<]+(?:<a[^>]*>[^<]*</a>)?)</\1>", inhalt
        )
        assert len(angaben) > 20
        for _, angabe in angaben:
            assert dicht(unescape(re.sub("<[^>]+>", "", angabe))) in text
        for quelle in ausgaenge(snapshot)[projekt_id]["quellen"]:
            assert dicht(quelle) in text


def test_words_of_editors_are_never_markup(snapshot: Snapshot) -> None:
    def verseucht(wert: Any, name: str = "") -> Any:
        if isinstance(wert, dict):
            return {k: verseucht(v, k) for k, v in wert.items()}
        if isinstance(wert, list):
            return [verseucht(v, name) for v in wert]
        fest = {"lang", "richtung", "karte", "qr", "symbol", "href", "adresse", "seite"}
        return wert if wert is None or name in fest else ANGRIFF

    assert snapshot.schriften is not None
    for code in ("de", "ar"):
        d = darstellung(snapshot, code)
        record = ausgaenge(snapshot)["nw-019"]
        daten = druckdaten(steckbrief(record, d), dokument(record, d, Settings()), d, BASIS)
        inhalt = pdf.setze(VORLAGE, snapshot.schriften, verseucht(daten))
        assert dicht(ANGRIFF) in schrift(inhalt) or code == "ar"
        assert "root:" not in schrift(inhalt)


def test_a_dangerous_link_is_only_text(snapshot: Snapshot) -> None:
    d = darstellung(snapshot, "de")
    record = ausgaenge(snapshot)["nw-019"] | {
        "links": ["javascript:alert(1)", "https://x.example/"]
    }
    daten = druckdaten(steckbrief(record, d), dokument(record, d, Settings()), d, BASIS)
    (feld,) = [f for f in daten["texte"] if len(f["teile"]) == 2]
    assert [teil["href"] for teil in feld["teile"]] == [None, "https://x.example/"]


def test_a_character_without_a_glyph_is_replaced_not_fatal(snapshot: Snapshot) -> None:
    d = darstellung(snapshot, "de")
    record = ausgaenge(snapshot)["nw-019"] | {"name": "Grün 🌱 und 漢字 Ünïcödé"}
    assert snapshot.schriften is not None
    daten = druckdaten(steckbrief(record, d), dokument(record, d, Settings()), d, BASIS)
    inhalt = pdf.setze(VORLAGE, snapshot.schriften, daten)
    text = schrift(inhalt)
    assert "undÜnïcödé".replace("und", "") in text
    assert "🌱" not in text
    with lies(inhalt).open_metadata() as xmp:
        assert xmp["pdfuaid:part"] == "1"


def test_a_pdf_over_http(oeffentlich: TestClient) -> None:
    erste = oeffentlich.get("/projekte/nw-019.pdf?sprache=tr")
    assert erste.headers["content-disposition"] == 'inline; filename="nordwaerts-nw-019-tr.pdf"'
    assert oeffentlich.get("/projekte/nw-019.pdf?sprache=tr").content == erste.content
    nochmal = oeffentlich.get(
        "/projekte/nw-019.pdf?sprache=tr", headers={"if-none-match": erste.headers["etag"]}
    )
    assert (nochmal.status_code, nochmal.content) == (304, b"")
    kopf = oeffentlich.head("/projekte/nw-019.pdf?sprache=tr")
    assert kopf.status_code == 200
    assert kopf.headers["content-length"] == str(len(erste.content))
    assert kopf.headers["etag"] == erste.headers["etag"]
    assert kopf.content == b""
    assert oeffentlich.get("/projekte/gibt-es-nicht.pdf").status_code == 404
    nach_wunsch = oeffentlich.get("/projekte/nw-019.pdf", headers={"accept-language": "uk"})
    assert nach_wunsch.headers["content-language"] == "uk"
    assert nach_wunsch.headers["vary"] == "Accept-Language"


def test_every_project_can_be_set(snapshot: Snapshot) -> None:
    assert snapshot.schriften is not None
    for code in ("de", "ar"):
        d = darstellung(snapshot, code)
        for record in snapshot.projekte[:: 1 if code == "de" else 10]:
            daten = druckdaten(steckbrief(record, d), dokument(record, d, Settings()), d, BASIS)
            assert pdf.setze(VORLAGE, snapshot.schriften, daten).startswith(b"%PDF-")


def test_the_page_leads_to_its_pdf(oeffentlich: TestClient) -> None:
    html = oeffentlich.get("/projekte/nw-019?sprache=en").text
    assert 'href="/projekte/nw-019.pdf?sprache=en"' in html


# --- search engines


def adressen(client: TestClient, pfad: str) -> dict[str, tuple[str, dict[str, str]]]:
    wurzel = ET.fromstring(client.get(pfad).content)  # noqa: S314 - our own answer
    return {
        str(url.findtext("s:loc", namespaces=SITEMAP)): (
            str(url.findtext("s:lastmod", namespaces=SITEMAP)),
            {e.attrib["hreflang"]: e.attrib["href"] for e in url.findall("x:link", SITEMAP)},
        )
        for url in wurzel.findall("s:url", SITEMAP)
    }


def test_the_sitemap_has_every_page_in_every_language(
    oeffentlich: TestClient, snapshot: Snapshot
) -> None:
    alle = adressen(oeffentlich, "/sitemap.xml")
    orte = [f"/stadtbezirke/{code}" for code in snapshot.orte["stadtbezirke"]]
    for pfad in ("/", "/projekte", *(f"/projekte/{i}" for i in snapshot.index.ids), *orte):
        assert BASIS + pfad in alle
        for code in SPRACHEN:
            assert f"{BASIS}{pfad}?sprache={code}" in alle
    assert alle[f"{BASIS}/projekte/nw-019"][0] == "2023"
    assert alle[f"{BASIS}/"][0] == snapshot.stand
    for adresse, (stand, andere) in alle.items():
        assert re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", stand)
        # hreflang counts only if both pages name each other
        assert adresse in andere.values()
        assert all(alle[ziel][1] == andere for ziel in andere.values())
    for adresse in {andere["x-default"] for _, andere in alle.values()}:
        assert oeffentlich.get(adresse.removeprefix(BASIS)).status_code == 200


def test_a_long_sitemap_is_split(
    build_dir: Path, snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "SEITEN_JE_TEIL", 40)
    with TestClient(
        create_app(Settings(rate_pro_sekunde=0, build_dir=build_dir, adresse=BASIS))
    ) as client:
        wurzel = ET.fromstring(client.get("/sitemap.xml").content)  # noqa: S314 - our own
        teile = [str(e.text) for e in wurzel.findall("s:sitemap/s:loc", SITEMAP)]
        assert teile[:2] == [f"{BASIS}/sitemap-1.xml", f"{BASIS}/sitemap-2.xml"]
        seiten = [set(adressen(client, teil.removeprefix(BASIS))) for teil in teile]
        assert len(set().union(*seiten)) == sum(map(len, seiten))
        assert f"{BASIS}/projekte/{snapshot.index.ids[-1]}" in set().union(*seiten)
        assert client.get(f"/sitemap-{len(teile) + 1}.xml").status_code == 404
        assert client.get("/sitemap-0.xml").status_code == 404


def test_no_file_of_a_sitemap_may_exceed_what_is_allowed() -> None:
    adressen_je_seite = len(SPRACHEN) + 1
    assert sitemap.SEITEN_JE_TEIL * adressen_je_seite <= 50_000
    seite = sitemap.Eintrag(f"/projekte/{'x' * 80}", "2026-01-01")
    teil = sitemap.teil([seite] * sitemap.SEITEN_JE_TEIL, 1, "https://nordwaerts.dortmund.example")
    assert len(teil) < 50 * 2**20


def test_the_sitemap_is_one_for_everyone(oeffentlich: TestClient) -> None:
    marken = {
        oeffentlich.get(f"/sitemap.xml{query}", headers={"accept-language": lang}).headers["etag"]
        for query in ("", "?sprache=tr")
        for lang in ("de", "ar")
    }
    assert len(marken) == 1


def test_robots_may_read_everything(oeffentlich: TestClient) -> None:
    text = oeffentlich.get("/robots.txt").text
    assert "Disallow" not in text
    assert f"Sitemap: {BASIS}/sitemap.xml" in text


# --- the press


def _laufe(aufgabe: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a thread: a browser that shares the process keeps a loop in this one."""
    with ThreadPoolExecutor(1) as faden:
        return faden.submit(asyncio.run, aufgabe).result()


def test_who_asks_while_a_document_is_set_waits_for_the_same_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gerufen: list[bytes] = []

    async def rufe(eingabe: bytes, *_: object) -> bytes:
        gerufen.append(eingabe)
        await asyncio.sleep(0.01)
        return b"%PDF-" + eingabe

    async def alle() -> list[bytes]:
        presse = druckerei.Druckerei()
        auftraege = [presse.drucke((str(i % 2),), partial(dict, n=i % 2)) for i in range(6)]
        erste = await asyncio.gather(*auftraege)
        return [*erste, await presse.drucke(("0",), dict)]

    monkeypatch.setattr(druckerei, "_rufe", rufe)
    ergebnis = _laufe(alle())
    assert sorted(gerufen) == [b'{"n":0}', b'{"n":1}']
    assert ergebnis == [b'%PDF-{"n":0}', b'%PDF-{"n":1}'] * 3 + [b'%PDF-{"n":0}']


def test_a_document_that_failed_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    versuche: list[bytes] = []

    async def rufe(eingabe: bytes, *_: object) -> bytes:
        versuche.append(eingabe)
        if len(versuche) == 1:
            raise druckerei.DruckFehler("kaputt")
        return b"%PDF-"

    async def zweimal() -> bytes:
        presse = druckerei.Druckerei()
        with pytest.raises(druckerei.DruckFehler):
            await presse.drucke(("x",), dict)
        return await presse.drucke(("x",), dict)

    monkeypatch.setattr(druckerei, "_rufe", rufe)
    assert _laufe(zweimal()) == b"%PDF-"


def test_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(druckerei, "_BEFEHL", (sys.executable, "-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(druckerei, "FRIST_SEKUNDEN", 0.5)
    with pytest.raises(druckerei.DruckFehler):
        _laufe(druckerei.Druckerei().drucke(("x",), dict))


def test_a_long_document_has_a_limit_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(druckerei, "_BEFEHL", (sys.executable, "-c", "import time; time.sleep(60)"))
    with pytest.raises(druckerei.DruckFehler, match="timeout"):
        _laufe(druckerei.Druckerei().drucke(("x",), dict, frist=0.3))


def test_what_a_document_holds_is_made_beside_the_event_loop(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def rufe(eingabe: bytes, *_: object) -> bytes:
        return eingabe

    async def drucke() -> bytes:
        schleife = threading.get_ident()
        auftrag = lambda: {"eigener": threading.get_ident() != schleife}  # noqa: E731
        return await druckerei.Druckerei().drucke(("x",), auftrag)

    monkeypatch.setattr(druckerei, "_rufe", rufe)
    assert _laufe(drucke()) == b'{"eigener":true}'


def test_what_the_process_says_is_the_message() -> None:
    with pytest.raises(druckerei.DruckFehler, match="KeyError"):
        _laufe(druckerei.Druckerei().drucke(("x",), dict))
