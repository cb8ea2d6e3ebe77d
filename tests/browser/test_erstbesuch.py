"""The first moments of a visit: what a visitor does before the scripts are there is not lost."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from tests.browser.besuch import Besuch, ruhe

KARTE = re.compile(r"/assets/karte\..*js$")
Tat = Callable[[Page], object]


def fruehe_tat(besuch: Besuch, pfad: str, tat: Tat) -> Page:
    """Open a page, do something while its scripts are held back, then let them come."""
    seite = besuch.context.new_page()
    besuch.beobachte(seite)
    gehalten: list[Route] = []
    frei = False

    def halte(route: Route) -> None:
        if frei:
            route.continue_()
        else:
            gehalten.append(route)

    seite.route(re.compile(r"/assets/.*\.js$"), halte)
    seite.goto(besuch.basis + pfad, wait_until="commit")
    expect(seite.locator("#zustand")).to_be_attached()
    tat(seite)
    frei = True
    for route in gehalten:
        route.continue_()
    ruhe(seite)
    return seite


def anzahl(seite: Page) -> int:
    return seite.locator("#liste [data-id]").count()


def test_a_box_ticked_before_the_script_runs_filters(besuch: Besuch) -> None:
    alle = anzahl(besuch.oeffne("/"))
    kasten = 'input[name="handlungsfeld"]'
    seite = fruehe_tat(besuch, "/", lambda s: s.locator(kasten).first.check())
    expect(seite.locator(kasten).first).to_be_checked()
    expect(seite).to_have_url(re.compile(r"\?handlungsfeld="))
    treffer = anzahl(seite)
    assert 0 < treffer < alle
    expect(seite.locator("#satz")).to_contain_text(str(treffer))
    seite.go_back()
    expect(seite.locator(kasten).first).not_to_be_checked()
    expect(seite.locator("#liste [data-id]")).to_have_count(alle)


def test_an_early_tick_joins_what_the_address_says(besuch: Besuch) -> None:
    def tat(seite: Page) -> None:
        seite.locator('input[name="status"]').first.check()
        seite.locator('select[name="lage"]').select_option("mit")

    seite = fruehe_tat(besuch, "/projekte?sort=nr", tat)
    for teil in ("status=", "lage=mit", "sort=nr"):
        assert teil in seite.url
    frisch = besuch.oeffne(seite.url)
    assert seite.locator("#satz").inner_text() == frisch.locator("#satz").inner_text()


def test_an_early_untick_takes_the_filter_back(besuch: Besuch) -> None:
    feld = 'input[name="handlungsfeld"]'
    code = besuch.oeffne("/").locator(feld).first.get_attribute("value")
    seite = fruehe_tat(besuch, f"/?handlungsfeld={code}", lambda s: s.locator(feld).first.uncheck())
    expect(seite).to_have_url(f"{besuch.basis}/")
    expect(seite.locator("#chips")).to_be_hidden()


def test_words_typed_before_the_script_runs_are_searched(besuch: Besuch) -> None:
    seite = fruehe_tat(besuch, "/projekte", lambda s: s.locator("#filter-q").fill("hafen"))
    expect(seite).to_have_url(re.compile(r"\?q=hafen$"))
    expect(seite.locator("#filter-q")).to_have_value("hafen")
    frisch = besuch.oeffne("/projekte?q=hafen")
    assert seite.locator("#satz").inner_text() == frisch.locator("#satz").inner_text()


def test_a_short_form_waits_for_the_map_that_is_to_show_it(besuch: Besuch) -> None:
    kurzform = '[data-feld="kurzbeschreibung"]'
    seite = besuch.context.new_page()
    besuch.beobachte(seite)
    gehalten: list[Route] = []

    def halte(route: Route) -> None:
        gehalten.append(route)

    seite.route(KARTE, halte)
    with seite.expect_request(KARTE):
        seite.goto(besuch.basis + "/?projekt=nw-019")
    expect(seite.locator("#spaeter")).not_to_be_attached()
    assert seite.locator(f".panel {kurzform}").count() == 0
    gehalten.pop().continue_()
    expect(seite.locator(f".leaflet-popup {kurzform}")).to_be_visible()
    assert seite.locator(f".panel {kurzform}").count() == 0


def test_without_the_map_the_short_form_stands_beside_it(besuch: Besuch) -> None:
    seite = besuch.context.new_page()
    seite.route(KARTE, lambda route: route.abort())
    seite.goto(besuch.basis + "/?projekt=nw-019")
    expect(seite.locator('.panel [data-feld="kurzbeschreibung"]')).to_be_visible()
    seite.locator('input[name="handlungsfeld"]').first.check()
    expect(seite.locator("#satz")).to_contain_text(" von ")
