"""A Steckbrief taken along: on paper, as a link, as a PDF."""

import io
import re
from collections.abc import Callable

import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.besuch import TELEFON, Besuch, axe

STECKBRIEF = "/projekte/nw-019"
A4_PX = {"width": 672, "height": 987}
"""What lies between the margins of A4 at 96 dpi."""
WERKZEUGE = ".werkzeuge"


def papier(seite: Page) -> Page:
    """Show a page as it goes to the printer."""
    seite.set_viewport_size({"width": A4_PX["width"], "height": A4_PX["height"]})
    seite.emulate_media(media="print")
    return seite


def test_steckbrief_has_its_tools_and_no_violation(besuch: Besuch) -> None:
    seite = besuch.oeffne(STECKBRIEF)
    werkzeuge = seite.locator(WERKZEUGE)
    expect(werkzeuge.get_by_role("link", name="Als PDF")).to_be_visible()
    expect(werkzeuge.get_by_role("button", name="Drucken")).to_be_visible()
    expect(werkzeuge.get_by_role("button", name="Link teilen")).to_be_visible()
    for werkzeug in werkzeuge.locator("a, button").all():
        kasten = werkzeug.bounding_box()
        assert kasten
        assert kasten["height"] >= 44
    assert axe(seite) == []


def test_without_script_only_what_works_is_offered(besuche: Callable[..., Besuch]) -> None:
    seite = besuche(java_script_enabled=False).oeffne(STECKBRIEF)
    expect(seite.locator(WERKZEUGE).get_by_role("link", name="Als PDF")).to_be_visible()
    expect(seite.locator(WERKZEUGE).get_by_role("button")).to_have_count(0)


def test_the_link_goes_to_the_clipboard(besuche: Callable[..., Besuch], basis: str) -> None:
    besuch = besuche(permissions=["clipboard-read", "clipboard-write"])
    seite = besuch.oeffne(f"{STECKBRIEF}?sprache=en&utm_source=x")
    seite.get_by_role("button", name="Share link").click()
    expect(seite.locator("[data-teilen-status]")).not_to_be_empty()
    geteilt = seite.evaluate("navigator.clipboard.readText()")
    assert geteilt == f"{basis}{STECKBRIEF}?sprache=en"


def test_the_device_shares_if_it_can(besuch: Besuch, basis: str) -> None:
    besuch.context.add_init_script(
        "navigator.share = async daten => {"
        " document.body.dataset.geteilt = daten.url + daten.title }"
    )
    seite = besuch.oeffne(STECKBRIEF)
    seite.get_by_role("button", name="Link teilen").click()
    expect(seite.locator("body")).to_have_attribute(
        "data-geteilt", re.compile(f"^{re.escape(basis + STECKBRIEF)}BINARIUM")
    )


def test_the_pdf_opens(besuch: Besuch) -> None:
    seite = besuch.oeffne(STECKBRIEF)
    ziel = seite.locator(WERKZEUGE).get_by_role("link", name="Als PDF").get_attribute("href")
    antwort = besuch.context.request.get(f"{besuch.basis}{ziel}")
    assert antwort.headers["content-type"] == "application/pdf"
    assert antwort.body().startswith(b"%PDF-")


def test_a_printed_steckbrief_leads_back(besuch: Besuch, basis: str) -> None:
    seite = papier(besuch.oeffne(STECKBRIEF))
    bild = Image.open(io.BytesIO(seite.locator(".qr svg").screenshot(scale="css")))
    (code,) = zxingcpp.read_barcodes(bild.convert("L"))
    assert code.text == basis + STECKBRIEF
    expect(seite.locator(".qr-adresse")).to_have_text(basis + STECKBRIEF)
    for weg in (".kopf-nav", ".sprachwahl", ".pfad", ".aktionen", WERKZEUGE):
        expect(seite.locator(weg).first).to_be_hidden()
    for quelle in seite.locator(".steckbrief-quellen .adresse").all():
        expect(quelle).to_be_visible()
        expect(quelle).to_have_text(re.compile("^https?://"))
    expect(seite.get_by_role("img", name=re.compile("markiert: Huckarde"))).to_be_visible()


def test_a_steckbrief_fits_one_page(besuch: Besuch) -> None:
    seite = besuch.oeffne(STECKBRIEF)
    pdf = seite.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1


def test_a_printed_list_is_a_table_with_its_sentence(besuch: Besuch) -> None:
    seite = papier(besuch.oeffne("/projekte?stadtbezirk=huckarde"))
    expect(seite.locator("#satz")).to_be_visible()
    expect(seite.locator("#satz")).to_have_text(re.compile("Huckarde$"))
    for weg in ("#filter", ".liste-kopf", "#chips", ".kopf-nav"):
        expect(seite.locator(weg)).to_be_hidden()
    zeile = seite.locator(".eintrag").first
    name, angaben = (
        zeile.locator("h3").bounding_box(),
        zeile.locator(".eintrag-meta").bounding_box(),
    )
    assert name
    assert angaben
    assert angaben["x"] >= name["x"] + name["width"]
    assert seite.evaluate("document.documentElement.scrollWidth") <= A4_PX["width"]


def test_a_printed_map_is_the_map_on_the_screen(besuch: Besuch) -> None:
    seite = besuch.oeffne("/?stadtbezirk=huckarde&stadtbezirk=eving")
    expect(seite.locator("#karte [data-marke]").first).to_be_visible()
    vorher = seite.url
    marken = seite.locator("#karte [data-marke]").count()
    seite.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    papier(seite)
    kasten = seite.locator("#karte").bounding_box()
    assert kasten
    assert kasten["width"] <= A4_PX["width"] + 1
    assert kasten["height"] >= 200
    expect(seite.locator("#legende li").first).to_be_visible()
    expect(seite.locator("#satz")).to_be_visible()
    expect(seite.locator(".eintrag").first).to_be_visible()
    expect(seite.locator("#filter")).to_be_hidden()
    assert seite.locator("#karte [data-marke]").count() == marken
    seite.evaluate("window.dispatchEvent(new Event('afterprint'))")
    seite.emulate_media(media="screen")
    assert seite.locator("#karte").get_attribute("style") in (None, "") or (
        "zoom" not in str(seite.locator("#karte").get_attribute("style"))
    )
    assert seite.url == vorher
    assert not seite.locator("#legende").evaluate("e => e.open")


def test_a_phone_that_shows_the_map_prints_the_list_too(besuche: Callable[..., Besuch]) -> None:
    seite = besuche(viewport=TELEFON).oeffne("/?stadtbezirk=huckarde")
    seite.get_by_role("button", name="Karte", exact=True).click()
    expect(seite.locator("#karte [data-marke]").first).to_be_visible()
    seite.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    papier(seite)
    expect(seite.locator("#karte")).to_be_visible()
    expect(seite.locator(".eintrag").first).to_be_visible()
