"""The first moments of a visit: what a visitor does before the scripts are there is not lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.besuch import TELEFON, Besuch, ruhe

KARTE = re.compile(r"/assets/karte\..*js$")
KARTENSTIL = re.compile(r"/assets/karte\..*css$")
KARTENTEIL = re.compile(r"/assets/(karte|seite)\.|\.geojson")
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


def halte_in(gehalten: list[Route]) -> Callable[[Route], None]:
    """Return what holds back requests, to let them go later."""

    def halte(route: Route) -> None:
        gehalten.append(route)

    return halte


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
    seite.route(KARTE, halte_in(gehalten))
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


def test_a_phone_fetches_the_map_when_somebody_asks_for_it(
    besuche: Callable[..., Besuch],
) -> None:
    besuch = besuche(viewport=TELEFON, has_touch=True, is_mobile=True)
    seite = besuch.context.new_page()
    besuch.beobachte(seite)
    geholt: list[str] = []
    seite.on("request", lambda anfrage: geholt.append(anfrage.url))
    seite.goto(besuch.basis + "/")
    ruhe(seite)
    expect(seite.locator("#spaeter")).not_to_be_attached()
    # with it come its style sheet and the shapes of the districts
    assert not [adresse for adresse in geholt if KARTENTEIL.search(adresse)]
    seite.locator('[data-ansicht="karte"]').click()
    expect(seite.locator("#karte [data-marke]:visible").first).to_be_visible()
    for teil in (KARTE, KARTENSTIL):
        assert len([adresse for adresse in geholt if teil.search(adresse)]) == 1
    expect(seite.locator(".karte-kommt")).not_to_be_attached()


def test_the_map_says_that_it_comes_and_that_it_does_not(besuche: Callable[..., Besuch]) -> None:
    besuch = besuche(viewport=TELEFON, has_touch=True, is_mobile=True)
    seite = besuch.context.new_page()
    gehalten: list[Route] = []
    seite.route(KARTE, halte_in(gehalten))
    seite.goto(besuch.basis + "/")
    seite.locator('[data-ansicht="karte"]').click()
    expect(seite.locator("#karte [role=status]")).to_have_text("Die Karte wird geladen …")
    gehalten.pop().abort()
    expect(seite.locator("#karte [role=status]")).to_contain_text("ließ sich nicht laden")


def test_a_button_pressed_before_its_script_is_there_answers_then(
    besuche: Callable[..., Besuch],
) -> None:
    besuch = besuche(viewport=TELEFON, has_touch=True, is_mobile=True)
    seite = besuch.context.new_page()
    besuch.beobachte(seite)
    gehalten: list[Route] = []
    seite.route(re.compile(r"/assets/beiwerk\..*js$"), halte_in(gehalten))
    with seite.expect_request(re.compile(r"/assets/beiwerk\.")):
        seite.goto(besuch.basis + "/")
    schalter = seite.locator("[data-naehe-schalter]")
    schalter.click()
    expect(schalter).to_have_attribute("aria-expanded", "false")
    gehalten.pop().continue_()
    expect(schalter).to_have_attribute("aria-expanded", "true")


def test_a_frame_nobody_sees_gets_its_extras_all_the_same(besuch: Besuch) -> None:
    seite = besuch.context.new_page()
    besuch.beobachte(seite)
    # as in a tab opened in the background: no picture is ever painted
    seite.add_init_script("window.requestAnimationFrame = () => 0")
    with seite.expect_response(re.compile(r"/assets/beiwerk\.")):
        seite.goto(besuch.basis + "/")


@pytest.mark.parametrize("pfad", ["/", "/projekte"])
def test_the_filters_stay_where_they_are_when_the_scripts_come(besuch: Besuch, pfad: str) -> None:
    orte: list[float] = []

    def merke(seite: Page) -> None:
        kasten = seite.locator("#filter").bounding_box()
        assert kasten is not None
        orte.append(kasten["y"])

    merke(fruehe_tat(besuch, pfad, merke))
    assert orte[0] == orte[1]


def test_without_scripts_nothing_is_offered_that_needs_one(
    besuche: Callable[..., Besuch],
) -> None:
    besuch = besuche(java_script_enabled=False)
    seite = besuch.context.new_page()
    for pfad in ("/", "/projekte"):
        seite.goto(besuch.basis + pfad)
        expect(seite.locator("[data-nur-mit-script]")).to_have_count(2)
        for teil in seite.locator("[data-nur-mit-script]").all():
            expect(teil).to_be_hidden()
