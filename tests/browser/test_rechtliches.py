"""Legal and service pages in a browser: clean in every language, reachable from every page."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.katalog import lade
from app.seitentexte import SEITEN
from app.sprachen import SPRACHEN
from tests.browser.besuch import DESKTOP, TELEFON, Besuch, axe
from tests.browser.conftest import dienst

SCHMAL = {"width": 320, "height": 640}
SEITENARTEN = [
    *("/", "/projekte", "/suche?q=hafen", "/aenderungen", "/projekte/nw-019"),
    *("/plaetze/platz-nordmarkt", "/brachflaechen/bf-hsp", "/stadtbezirke/huckarde"),
    "/impressum",
]
ZIELE = [lade("de")(f"texte.{seite}") for seite in SEITEN]


def breiter_als_das_fenster(seite: Page) -> bool:
    return bool(seite.evaluate("document.documentElement.scrollWidth > innerWidth"))


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_the_pages_are_clean_in_every_language(
    besuche: Callable[..., Besuch], sprache: str
) -> None:
    besuch = besuche(viewport=SCHMAL)
    for seite in SEITEN:
        gezeigt = besuch.oeffne(f"/{seite}?sprache={sprache}")
        assert axe(gezeigt) == [], seite
        assert not breiter_als_das_fenster(gezeigt)
        expect(gezeigt.locator("h1")).to_have_count(1)
        gezeigt.set_viewport_size(DESKTOP)
        gezeigt.emulate_media(color_scheme="dark")
        assert axe(gezeigt, "color-contrast") == [], seite
        assert not breiter_als_das_fenster(gezeigt)
        gezeigt.close()


def test_every_kind_of_page_links_them_and_says_where_one_is(besuch: Besuch) -> None:
    seite = besuch.oeffne("/")
    for pfad in SEITENARTEN:
        seite.goto(besuch.basis + pfad)
        fuss = seite.get_by_role("navigation", name="Service und Rechtliches")
        for ziel in ("Neues", *ZIELE):
            link = fuss.get_by_role("link", name=ziel, exact=True)
            expect(link).to_be_visible()
            kasten = link.bounding_box()
            assert kasten
            assert kasten["height"] >= 44, pfad
        hier = fuss.locator("[aria-current=page]")
        expect(hier).to_have_count(int(pfad in ("/aenderungen", "/impressum")))


def test_the_text_follows_the_language_that_is_chosen_on_the_page(besuch: Besuch) -> None:
    seite = besuch.oeffne("/barrierefreiheit")
    seite.get_by_role("article").get_by_role("link", name="Leichte Sprache").click()
    expect(seite.get_by_role("heading", level=1)).to_have_text("Erklärung zur Barriere·freiheit")
    expect(seite.locator("html")).to_have_attribute("lang", "de-simple")


@pytest.fixture(scope="module")
def mit_kontakt(build_dir: Path, gastseite: tuple[str, Path]) -> Iterator[str]:
    with dienst(
        build_dir,
        NORDWAERTS_KONTAKT="karte@example.org",
        NORDWAERTS_FRAME_ANCESTORS=f'["{gastseite[0]}"]',
    ) as adresse:
        yield adresse


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_in_a_small_frame_the_links_unfold_inside_it_and_lead_out(
    browser: Browser, mit_kontakt: str, gastseite: tuple[str, Path], sprache: str
) -> None:
    adresse, ordner = gastseite
    (ordner / "schmal.html").write_text(
        '<!doctype html><html lang="de"><title>Gast</title><link rel="icon" href="data:,">'
        "<main><h1>Eine Seite der Stadt</h1><iframe title='Projektkarte' width='320' height='560'"
        f" src='{mit_kontakt}/einbetten?sprache={sprache}'></iframe></main></html>",
        "utf-8",
    )
    t = lade(sprache)
    kontext = browser.new_context(viewport={"width": 400, "height": 720}, locale="de-DE")
    besuch = Besuch(mit_kontakt, kontext, {adresse[7:], mit_kontakt[7:]})
    try:
        seite = besuch.oeffne(f"{adresse}/schmal.html")
        rahmen = seite.frames[1]
        menue = rahmen.locator(".dienstmenue")
        fuss = rahmen.locator("footer").bounding_box()
        assert fuss
        assert fuss["height"] <= 100, "the map needs the room"
        assert axe(rahmen, "target-size") == []
        rahmen.get_by_text(t("texte.nav.kurz"), exact=True).click()
        aussen = seite.locator("iframe").bounding_box()
        innen = menue.locator("ul").bounding_box()
        assert aussen
        assert innen
        assert innen["x"] >= aussen["x"]
        assert innen["x"] + innen["width"] <= aussen["x"] + aussen["width"]
        assert innen["y"] >= aussen["y"]
        # the open menu lies over the map's controls: what it covers is no target just then
        assert [v for v in axe(rahmen) if v["regel"] != "target-size"] == []
        brief = menue.get_by_role("link", name=t("texte.melden"))
        assert re.match("mailto:karte@example.org", brief.get_attribute("href") or "")
        with kontext.expect_page() as neu:
            menue.get_by_role("link", name=t("texte.impressum"), exact=True).click()
        expect(neu.value).to_have_url(f"{mit_kontakt}/impressum?sprache={sprache}")
        menue.locator("summary").focus()
        if menue.get_attribute("open") is None:
            seite.keyboard.press("Enter")
        seite.keyboard.press("Escape")
        expect(menue).not_to_have_attribute("open", "")
        expect(menue.locator("summary")).to_be_focused()
        besuch.pruefe()
    finally:
        kontext.close()


def test_the_way_to_what_is_new_follows_the_selection(besuch: Besuch) -> None:
    seite = besuch.oeffne("/?projekt=nw-019&sprache=de")
    link = seite.get_by_role("link", name="Neues zu dieser Auswahl")
    expect(link).to_have_attribute("href", "/aenderungen?sprache=de")
    seite.locator('input[name="handlungsfeld"][value="flaechenentwicklung"]').check()
    expect(link).to_have_attribute(
        "href", "/aenderungen?handlungsfeld=flaechenentwicklung&sprache=de"
    )
    link.click()
    expect(seite).to_have_url(re.compile(r"/aenderungen\?handlungsfeld=flaechenentwicklung"))


def test_on_paper_the_text_is_alone_and_links_say_their_address(
    besuche: Callable[..., Besuch],
) -> None:
    seite = besuche(viewport=TELEFON).oeffne("/barrierefreiheit")
    seite.emulate_media(media="print")
    expect(seite.locator(".dienste")).to_be_hidden()
    link = seite.locator('.text-inhalt a[href^="https"]').first
    nachsatz = link.evaluate("e => getComputedStyle(e, '::after').content")
    assert "lbbp.nrw.de/ombudsstelle" in nachsatz
