"""The Auswertung in a real browser: readable everywhere, by keyboard, without script."""

import json
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app.sprachen import SPRACHEN
from tests.browser.besuch import TELEFON, Besuch, axe, bis
from tests.browser.farben import kontrast, lies

SCHMAL = {"width": 320, "height": 640}


def laeuft_ueber(seite: Page) -> bool:
    return bool(
        seite.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        )
    )


@pytest.mark.parametrize(
    ("query", "optionen"),
    [
        ("", {}),
        ("?mass=kosten&zeilen=handlungsfeld&stadtbezirk=eving", {"color_scheme": "dark"}),
        ("?zeilen=beteiligt&spalten=wirkungsfeld&wert=ohne-angabe", {"viewport": TELEFON}),
        ("?sprache=ar&q=gibtesnicht&zeilen=falsch", {"viewport": TELEFON}),
        ("?sprache=uk&mass=kosten", {"forced_colors": "active"}),
    ],
)
def test_axe_finds_nothing(
    besuche: Callable[..., Besuch], query: str, optionen: dict[str, object]
) -> None:
    assert axe(besuche(**optionen).oeffne(f"/auswertung{query}")) == []


@pytest.mark.parametrize("code", SPRACHEN)
def test_every_language_fits_320_pixels_with_one_row_of_navigation(
    besuche: Callable[..., Besuch], code: str
) -> None:
    besuch = besuche(viewport=SCHMAL)
    for pfad in (f"/auswertung?sprache={code}", f"/auswertung?sprache={code}&mass=kosten"):
        seite = besuch.oeffne(pfad)
        assert not laeuft_ueber(seite)
        oben = seite.locator(".kopf-nav a:visible").evaluate_all(
            "links => links.map(link => Math.round(link.getBoundingClientRect().top))"
        )
        assert len(oben) >= 3
        assert len(set(oben)) == 1
        seite.close()


def test_the_table_scrolls_inside_its_named_region(besuche: Callable[..., Besuch]) -> None:
    seite = besuche(viewport=SCHMAL).oeffne("/auswertung?mass=kosten")
    bereich = seite.get_by_role("region", name="Bekannte Kosten nach Stadtbezirk und Handlungsfeld")
    tafel = bereich.and_(seite.locator("[tabindex='0']"))
    tafel.focus()
    seite.keyboard.press("ArrowRight")
    bis(lambda: tafel.evaluate("e => e.scrollLeft") > 0)


def test_areas_are_links_with_names_that_the_keyboard_reaches(besuch: Besuch) -> None:
    seite = besuch.oeffne("/auswertung")
    eving = seite.locator(".bezirkskarte a").filter(has_text="Eving")
    name = eving.get_attribute("aria-label") or ""
    assert name.startswith("Eving: ")
    assert name.endswith(" Projekte")
    eving.focus()
    assert seite.evaluate("document.activeElement.getAttribute('aria-label')") == name
    seite.keyboard.press("Enter")
    expect(seite).to_have_url(f"{besuch.basis}/projekte?stadtbezirk=eving")
    expect(seite.locator("#satz")).to_contain_text(name.split()[1])


def test_rows_columns_and_filters_are_chosen_without_script(
    besuche: Callable[..., Besuch],
) -> None:
    seite = besuche(java_script_enabled=False).oeffne(
        "/auswertung?nahe=51.54,7.41&umkreis=5000&sprache=de"
    )
    seite.get_by_label("Zeilen", exact=True).select_option("status")
    seite.get_by_label("Spalten", exact=True).select_option("liste")
    seite.locator(".auswertung-filter > summary").click()
    seite.locator("[name=handlungsfeld][value=umwelt-und-lebensqualitaet]").check()
    seite.get_by_role("button", name="Filter anwenden").click()
    for teil in ("zeilen=status", "spalten=liste", "handlungsfeld=umwelt", "umkreis=5000", "nahe="):
        assert teil in seite.url
    expect(seite.locator("#tabelle-titel")).to_have_text("Projekte nach Status und Liste")
    expect(seite.locator(".chips .chip")).to_have_count(3)


def test_the_quiet_link_follows_the_state_and_keeps_the_position_private(
    besuche: Callable[..., Besuch],
) -> None:
    besuch = besuche(
        permissions=["geolocation"], geolocation={"latitude": 51.5361, "longitude": 7.4161}
    )
    seite = besuch.oeffne("/projekte")
    seite.locator("[name=status][value=umgesetzt]").check()
    link = seite.locator("a[data-auswertung]")
    expect(link).to_have_attribute("href", "/auswertung?status=umgesetzt")
    seite.locator("[data-standort]").click()
    expect(seite.locator("#chips .chip")).not_to_have_count(1)
    assert "51.53" not in json.dumps(seite.evaluate("[...document.links].map(a => a.href)"))
    expect(link).to_have_attribute("href", "/auswertung?status=umgesetzt")


def test_paper_has_table_and_drawings_but_no_controls(besuch: Besuch) -> None:
    seite = besuch.oeffne("/auswertung")
    seite.emulate_media(media="print")
    for da in (".kreuztabelle", ".bezirkskarte svg", ".karten-legende", ".jahre", ".spuren"):
        expect(seite.locator(da).first).to_be_visible()
    for weg in (".auswertung-felder", ".auswertung-knoepfe", ".themen", ".kopf-nav"):
        expect(seite.locator(weg).first).to_be_hidden()


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_numbers_on_the_map_keep_their_contrast(
    besuche: Callable[..., Besuch], schema: str
) -> None:
    seite = besuche(color_scheme=schema).oeffne("/auswertung")
    paare = seite.locator(".bezirkskarte a").evaluate_all(
        """links => links.map(a => [
          getComputedStyle(a.querySelector('.bezirk')).fill,
          getComputedStyle(a.querySelector('.bezirk-zahl')).fill])"""
    )
    assert len(paare) == 12
    for flaeche, schrift in paare:
        assert kontrast(lies(flaeche)[0], lies(schrift)[0]) >= 4.5, (flaeche, schrift)
