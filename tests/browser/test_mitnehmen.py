"""The menu of downloads: follows the state, by keyboard, without script, and keeps the position."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.besuch import TELEFON, Besuch, axe, bis

FORMATE = ["xlsx", "pdf", "csv", "geojson", "gpkg"]
PFADE = [*(f"/export.{endung}" for endung in FORMATE), "/einbetten/baukasten"]
"""The files, and the assistant that puts the same state into another page."""


def adressen(seite: Page) -> list[str]:
    return [str(a.get_attribute("href")) for a in seite.locator("a[data-export]").all()]


def test_the_links_follow_the_state(besuch: Besuch) -> None:
    seite = besuch.oeffne("/?projekt=nw-019")
    assert adressen(seite) == PFADE
    seite.locator("input[name=handlungsfeld]").first.check()
    feld = "handlungsfeld=flaechenentwicklung"
    bis(lambda: adressen(seite) == [f"{pfad}?{feld}" for pfad in PFADE])
    seite.select_option("#filter-sort", "-name")
    bis(lambda: adressen(seite)[0] == f"/export.xlsx?{feld}&sort=-name")
    seite.locator("[data-zuruecksetzen]").first.click()
    bis(lambda: all("handlungsfeld" not in adresse for adresse in adressen(seite)))


def test_it_opens_by_keyboard_and_closes_with_esc(besuch: Besuch) -> None:
    seite = besuch.oeffne("/projekte?stadtbezirk=eving")
    menue = seite.locator("[data-mitnehmen]")
    seite.locator("[data-mitnehmen] summary").focus()
    seite.keyboard.press("Enter")
    assert menue.get_attribute("open") is not None
    seite.keyboard.press("Tab")
    assert seite.evaluate("document.activeElement.textContent") == "Excel (.xlsx)"
    beschreibung = seite.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
    )
    assert "Vorlage" in beschreibung
    seite.keyboard.press("Escape")
    assert menue.get_attribute("open") is None
    assert seite.evaluate("document.activeElement.localName") == "summary"


def test_a_link_gives_the_file(besuch: Besuch) -> None:
    seite = besuch.oeffne("/projekte?stadtbezirk=eving")
    seite.locator("[data-mitnehmen] summary").click()
    with seite.expect_download() as herunter:
        seite.get_by_role("link", name="CSV", exact=True).click()
    assert herunter.value.suggested_filename.startswith("nordwaerts-projekte_eving_")
    assert herunter.value.path().read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_devices_position_is_in_no_download(besuche: Callable[..., Besuch]) -> None:
    position = {"latitude": 51.5401, "longitude": 7.4622}
    besuch = besuche(geolocation=position, permissions=["geolocation"])
    seite = besuch.oeffne("/?status=umgesetzt")
    hinweis = seite.locator("[data-mitnehmen-standort]")
    seite.locator("[data-mitnehmen] summary").click()
    assert not hinweis.is_visible()
    seite.locator("[data-standort]").click()
    bis(lambda: "etwa" in seite.locator("#liste").inner_text() or hinweis.is_visible(), 10)
    if not hinweis.is_visible():
        seite.locator("[data-mitnehmen] summary").click()
    assert "bleibt auf Ihrem Gerät" in hinweis.inner_text()
    for adresse in adressen(seite):
        assert parse_qs(urlsplit(adresse).query) == {"status": ["umgesetzt"]}


@pytest.mark.parametrize("sprache", ["de", "ar"])
def test_it_is_accessible_and_fits_a_phone(besuche: Callable[..., Besuch], sprache: str) -> None:
    seite = besuche(viewport=TELEFON).oeffne(f"/projekte?sprache={sprache}")
    seite.locator("[data-mitnehmen] summary").click()
    kasten = seite.locator(".mitnehmen-blatt").bounding_box()
    assert kasten is not None
    assert kasten["x"] >= 0
    assert kasten["x"] + kasten["width"] <= TELEFON["width"]
    assert seite.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(seite) == []


def test_without_script_everything_is_there(besuche: Callable[..., Besuch]) -> None:
    seite = besuche(java_script_enabled=False).oeffne("/?stadtbezirk=huckarde&sprache=en")
    seite.locator("[data-mitnehmen] summary").click()
    assert seite.locator(".mitnehmen-blatt").is_visible()
    assert adressen(seite) == [f"{pfad}?stadtbezirk=huckarde&sprache=en" for pfad in PFADE]


def test_in_a_frame_it_is_there_too(besuche: Callable[..., Besuch]) -> None:
    seite = besuche(viewport=TELEFON).oeffne("/einbetten?stadtbezirk=huckarde")
    seite.locator('[data-ansicht="liste"]').click()
    seite.locator("[data-mitnehmen] summary").click()
    kasten = seite.locator(".mitnehmen-blatt").bounding_box()
    assert kasten is not None
    assert kasten["x"] + kasten["width"] <= TELEFON["width"]


@pytest.mark.parametrize("sprache", ["de", "ar"])
def test_what_one_can_do_with_the_result_stands_on_one_line(
    besuche: Callable[..., Besuch], sprache: str
) -> None:
    seite = besuche(viewport={"width": 1600, "height": 900}).oeffne(f"/projekte?sprache={sprache}")
    mitten = seite.evaluate(
        """() => ["[data-teilen-knopf] span:last-child", ".mitnehmen summary span:last-child",
             "a[data-neues]", "a[data-auswertung]"].map(q => {
               const kasten = document.querySelector(q).getBoundingClientRect();
               return (kasten.top + kasten.bottom) / 2;
             })"""
    )
    assert max(mitten) - min(mitten) < 1
