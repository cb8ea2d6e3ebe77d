"""Organisations and interim figures in a browser: clean, by keyboard, no script, on a phone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.besuch import Besuch, axe, bis

Besuche = Callable[..., Besuch]
SCHMAL = {"width": 320, "height": 640}
SEITEN = (
    "/beteiligte?stadtbezirk=huckarde&farbe=blau",
    "/beteiligte/koordinierungsstelle-nordwaerts",
    "/zwischenbilanz",
)


def zeilen(seite: Page) -> list[str]:
    sichtbar = seite.locator(".beteiligte-tabelle tbody tr:visible th > a")
    return [text.strip() for text in sichtbar.all_text_contents()]


@pytest.mark.parametrize("sprache", ["de", "ar", "uk"])
def test_the_pages_are_clean_and_fit_every_window(besuche: Besuche, sprache: str) -> None:
    for optionen in ({"viewport": SCHMAL}, {"color_scheme": "dark"}):
        besuch = besuche(**optionen)
        for pfad in SEITEN:
            trenner = "&" if "?" in pfad else "?"
            seite = besuch.oeffne(f"{pfad}{trenner}sprache={sprache}")
            assert axe(seite) == [], pfad
            assert seite.evaluate("document.documentElement.scrollWidth <= innerWidth")
            expect(seite.locator("h1")).to_have_count(1)
            seite.close()


def test_typing_narrows_the_list_and_everything_that_leads_away(besuch: Besuch) -> None:
    seite = besuch.oeffne("/beteiligte?ordnung=-projekte")
    alle = zeilen(seite)
    feld = seite.get_by_label("Organisation suchen")
    feld.press_sequentially("GRUENfl")
    bis(lambda: zeilen(seite) == ["Stadt Dortmund (Grünflächenamt)"])
    expect(seite.get_by_role("status").first).to_have_text("Eine Organisation.")
    assert "name=GRUENfl" in seite.url
    assert "ordnung=-projekte" in seite.url
    csv = seite.get_by_role("link", name="Liste als CSV").get_attribute("href") or ""
    assert "name=GRUENfl" in csv
    text = seite.request.get(besuch.basis + csv).text()
    assert len(text.strip().splitlines()) == 2
    feld.fill("gibtesnicht")
    expect(seite.locator("[data-keine]")).to_be_visible()
    expect(seite.locator(".beteiligte-tabelle")).to_be_hidden()
    feld.fill("")
    bis(lambda: zeilen(seite) == alle)
    assert "name=" not in seite.url


def test_a_heading_sorts_by_keyboard_and_says_so(besuch: Besuch) -> None:
    seite = besuch.oeffne("/beteiligte")
    kopf = seite.get_by_role("columnheader", name="Partner bei")
    kopf.get_by_role("link").focus()
    seite.keyboard.press("Enter")
    expect(seite).to_have_url(re.compile("ordnung=-partner"))
    expect(kopf).to_have_attribute("aria-sort", "descending")
    expect(seite.get_by_label("Sortieren nach")).to_have_value("-partner")
    kopf.get_by_role("link").press("Enter")
    expect(kopf).to_have_attribute("aria-sort", "ascending")


def test_without_script_search_order_and_filters_work_by_the_form(besuche: Besuche) -> None:
    seite = besuche(java_script_enabled=False).oeffne("/beteiligte?lage=mit")
    seite.get_by_label("Organisation suchen").fill("stadt dortmund")
    seite.get_by_label("Sortieren nach").select_option("-projekte")
    seite.get_by_text("Projekte eingrenzen").click()
    seite.get_by_role("checkbox", name="Huckarde").check()
    seite.get_by_role("button", name="Anwenden").click()
    for teil in ("lage=mit", "stadtbezirk=huckarde", "ordnung=-projekte", "name=stadt"):
        assert teil in seite.url
    assert zeilen(seite)
    assert all("Dortmund" in name or "nordwärts" in name for name in zeilen(seite))


def test_on_a_phone_the_rows_are_cards_that_stay_a_table(besuche: Besuche) -> None:
    seite = besuche(viewport=SCHMAL).oeffne("/beteiligte")
    karte = seite.get_by_role("row").filter(has_text="Koordinierungsstelle").first
    expect(karte).to_contain_text("Träger von")
    expect(karte.get_by_role("rowheader")).to_be_visible()
    expect(seite.locator(".beteiligte-tabelle thead")).to_be_hidden()


def test_the_two_parts_of_the_figures_are_named_regions(besuch: Besuch) -> None:
    seite = besuch.oeffne("/zwischenbilanz")
    programm = seite.get_by_role("region", name="Programm, Stand 2021")
    karte = seite.get_by_role("region", name="Diese Karte, Stand Januar 2026")
    assert programm.count() == karte.count() > 10
    expect(programm.first).to_contain_text("rund 237")
    expect(karte.first).not_to_contain_text("237")
