"""The map page in a real browser: what a visitor sees, does and gets back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.besuch import TELEFON, Besuch, axe, ruhe

FELD = 'input[name="handlungsfeld"][value="flaechenentwicklung"]'


def ids(seite: Page) -> list[str]:
    """The projects in the list, in order."""
    # below the window it goes on when the window is painted
    ruhe(seite)
    return [
        str(i)
        for i in seite.locator("#liste [data-id]").evaluate_all("e => e.map(x => x.dataset.id)")
    ]


def api_ids(seite: Page, query: str) -> list[str]:
    """The projects of the service in the order of the list: those without a location last."""
    return [
        str(i)
        for i in seite.evaluate(
            "q => fetch('/api/projekte?limit=1000&' + q).then(a => a.json())"
            ".then(a => a.projekte.map(p => [p.id, p.standorte.some(o => o.lon !== null)]))"
            ".then(a => [...a.filter(p => p[1]), ...a.filter(p => !p[1])].map(p => p[0]))",
            query,
        )
    ]


def karte_bereit(seite: Page) -> None:
    """Wait until the project layer has drawn its markers."""
    expect(seite.locator("#karte [data-marke]").first).to_be_visible()


def test_the_map_loads_with_markers_base_map_and_all_projects(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    assert len(ids(seite)) == seite.evaluate("JSON.parse(zustand.textContent).gesamt")
    expect(seite.locator("#satz")).to_have_text(re.compile("^Alle 93 Projekte"))
    expect(seite.locator("#karte")).to_contain_text("Huckarde")
    assert axe(seite) == []


def test_filtering_updates_list_counts_sentence_chips_url_and_map(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    seite.locator(FELD).check()
    expect(seite).to_have_url(re.compile(r"\?handlungsfeld=flaechenentwicklung"))
    erwartet = api_ids(seite, "handlungsfeld=flaechenentwicklung")
    assert ids(seite) == erwartet
    expect(seite.locator("#satz")).to_have_text(
        f"{len(erwartet)} von 93 Projekten: Handlungsfeld Flächenentwicklung"
    )
    chip = seite.locator("#chips [data-entfernen]")
    expect(chip).to_have_count(1)
    expect(chip).to_contain_text("Handlungsfeld: Flächenentwicklung")
    auf_karte = seite.locator("#karte [data-marke]").evaluate_all(
        "e => e.reduce((s, x) => s + Number(x.dataset.anzahl), 0)"
    )
    mit_lage = seite.evaluate(
        "fetch('/api/projekte?limit=1000&lage=mit&handlungsfeld=flaechenentwicklung')"
        ".then(a => a.json()).then(a => a.projekte.flatMap(p => p.standorte)"
        ".filter(o => o.lon !== null).length)"
    )
    assert 0 < auf_karte <= mit_lage
    assert axe(seite) == []
    chip.click()
    expect(seite.locator("#satz")).to_have_text("Alle 93 Projekte")
    expect(seite.locator(FELD)).not_to_be_checked()


def test_counts_on_the_page_equal_those_of_the_service(besuch: Besuch) -> None:
    seite = besuch.oeffne("/?stadtbezirk=mengede")
    seite.locator(FELD).check()
    expect(seite.locator("#chips [data-entfernen]")).to_have_count(2)
    gezeigt = seite.locator("li[data-option]").evaluate_all(
        "e => Object.fromEntries(e.map(x => [x.closest('[data-facette]').dataset.facette + '/' +"
        " x.dataset.option, x.querySelector('[data-anzahl]').textContent]))"
    )
    facetten = seite.evaluate(
        "fetch('/api/projekte?limit=0&stadtbezirk=mengede&handlungsfeld=flaechenentwicklung')"
        ".then(a => a.json()).then(a => a.facetten)"
    )
    erwartet = {
        f"{name}/{option['code']}": str(option["anzahl"])
        for name, optionen in facetten.items()
        for option in optionen
    }
    assert gezeigt == erwartet


def test_back_forward_and_reload_restore_the_state(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    seite.locator(FELD).check()
    expect(seite.locator("#chips [data-entfernen]")).to_have_count(1)
    seite.locator('input[name="stadtbezirk"][value="huckarde"]').check()
    expect(seite.locator("#chips [data-entfernen]")).to_have_count(2)
    beide = ids(seite)
    seite.go_back()
    expect(seite.locator("#chips [data-entfernen]")).to_have_count(1)
    assert ids(seite) == api_ids(seite, "handlungsfeld=flaechenentwicklung")
    seite.go_back()
    expect(seite.locator("#satz")).to_have_text("Alle 93 Projekte")
    seite.go_forward()
    seite.go_forward()
    expect(seite.locator("#chips [data-entfernen]")).to_have_count(2)
    seite.reload()
    ruhe(seite)
    assert ids(seite) == beide
    expect(seite.locator(FELD)).to_be_checked()


def test_searching_as_you_type(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    seite.get_by_label("Suche in allen Steckbriefen").fill("Grünflächen")
    expect(seite).to_have_url(re.compile("q=Gr"))
    assert ids(seite) == api_ids(seite, "q=gruenflaechen")
    seite.get_by_label("Suche in allen Steckbriefen").fill("xyzxyz")
    expect(seite.locator("#leer")).to_be_visible()
    assert ids(seite) == []
    assert axe(seite) == []


def test_a_popup_shows_the_short_form_and_leads_to_the_whole(besuch: Besuch) -> None:
    seite = besuch.oeffne("/?projekt=nw-019")
    fenster = seite.get_by_role("dialog")
    expect(fenster).to_contain_text("BINARIUM")
    expect(fenster).to_contain_text("umgesetzt")
    expect(fenster).to_contain_text("Spielkonsolen")
    assert axe(seite) == []
    fenster.get_by_role("link", name="Ganzer Steckbrief").click()
    expect(seite).to_have_url(re.compile("/projekte/nw-019$"))
    expect(seite.get_by_role("heading", level=1)).to_have_text(re.compile("BINARIUM"))


def test_markers_open_by_keyboard_and_give_the_focus_back(besuch: Besuch) -> None:
    seite = besuch.oeffne("/?q=binarium")
    marke = seite.locator("#karte [data-marke]").first
    expect(marke).to_be_visible()
    marke.focus()
    seite.keyboard.press("Enter")
    expect(seite.get_by_role("dialog")).to_contain_text("BINARIUM")
    seite.keyboard.press("Escape")
    expect(seite.get_by_role("dialog")).to_have_count(0)
    assert seite.evaluate("document.activeElement.hasAttribute('data-marke')")


def test_every_project_at_a_shared_spot_is_reachable(besuch: Besuch) -> None:
    """Four projects are known only to the Quartier Westerfilde/Bodelschwingh."""
    seite = besuch.oeffne("/#karte=17/51.5408/7.37153")
    marke = seite.locator("#karte [data-marke]").first
    expect(marke).to_be_visible()
    anzahl = int(marke.get_attribute("data-anzahl") or 0)
    assert anzahl > 2
    name = marke.get_attribute("aria-label") or ""
    assert str(anzahl) in name
    marke.click()
    fenster = seite.get_by_role("dialog")
    expect(fenster).to_be_visible()
    angeboten = fenster.locator("[data-id]")
    expect(angeboten).to_have_count(anzahl)
    assert axe(seite) == []


def test_approximate_places_are_drawn_and_said_to_be_approximate(besuch: Besuch) -> None:
    seite = besuch.oeffne("/?q=aquaponik-projekt")
    marke = seite.locator("#karte [data-marke]").first
    expect(marke).to_have_attribute("data-ungefaehr", "")
    assert "ungefähr" in (marke.get_attribute("aria-label") or "")


def test_area_layers_can_be_switched(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    schalter = seite.locator(".leaflet-control-layers")
    schalter.hover()
    for name in ("Programmgebiet", "Stadtbezirke", "Öffentliche Plätze", "Brachflächen"):
        expect(schalter.get_by_label(name)).to_have_count(1)
    schalter.get_by_label("Brachflächen").check()
    expect(seite.get_by_role("button", name=re.compile("HSP-Gelände"))).to_be_visible()
    assert axe(seite) == []


def test_the_view_is_in_the_address_but_never_sent(besuch: Besuch) -> None:
    seite = besuch.oeffne("/#karte=15/51.53641/7.41571")
    karte_bereit(seite)
    seite.get_by_role("button", name="Vergrößern").click()
    expect(seite).to_have_url(re.compile(r"#karte=16/51\.53"))


def test_bad_values_are_said_and_the_rest_is_shown(besuch: Besuch) -> None:
    seite = besuch.oeffne("/?stadtbezirk=atlantis&handlungsfeld=flaechenentwicklung")
    expect(seite.locator("#hinweise")).to_contain_text("atlantis")
    assert ids(seite) == api_ids(seite, "handlungsfeld=flaechenentwicklung")
    assert axe(seite) == []


@pytest.mark.parametrize("schema", ["light", "dark"])
@pytest.mark.parametrize("pfad", ["/", "/projekte", "/projekte/nw-864", "/stadtbezirke/eving"])
def test_no_accessibility_violation_in_light_and_dark(
    besuche: Callable[..., Besuch], pfad: str, schema: str
) -> None:
    seite = besuche(color_scheme=schema).oeffne(pfad)
    assert axe(seite) == []


@pytest.mark.parametrize(
    "pfad", ["/plaetze/platz-nordmarkt", "/brachflaechen/bf-hsp", "/projekte/nichts"]
)
def test_other_pages_are_clean(besuche: Callable[..., Besuch], pfad: str) -> None:
    gast = besuche()
    seite = gast.oeffne(pfad)
    assert axe(seite) == []
    if pfad.endswith("nichts"):
        # Chromium reports the 404 of the page itself as a console error
        gast.auffaellig = [a for a in gast.auffaellig if "404" not in a]


def test_on_a_phone_list_and_map_can_be_switched(besuche: Callable[..., Besuch]) -> None:
    seite = besuche(viewport=TELEFON, has_touch=True, is_mobile=True).oeffne()
    assert seite.evaluate("document.documentElement.scrollWidth") <= TELEFON["width"]
    seite.locator('[data-ansicht="karte"]').click()
    karte_bereit(seite)
    expect(seite.locator("#karte")).to_be_visible()
    assert axe(seite) == []
    seite.locator('[data-ansicht="liste"]').click()
    expect(seite.locator("#liste [data-id]").first).to_be_visible()
    assert seite.evaluate("document.documentElement.scrollWidth") <= TELEFON["width"]
    assert axe(seite) == []


@pytest.mark.parametrize("pfad", ["/", "/projekte", "/projekte/nw-864", "/einbetten"])
def test_nothing_scrolls_sideways(besuche: Callable[..., Besuch], pfad: str) -> None:
    seite = besuche(viewport={"width": 320, "height": 800}).oeffne(pfad)
    for breite in (320, 768, 1024, 2560):
        seite.set_viewport_size({"width": breite, "height": 800})
        assert seite.evaluate("document.documentElement.scrollWidth") <= breite


def test_without_script_everything_is_reachable(besuche: Callable[..., Besuch]) -> None:
    gast = besuche(java_script_enabled=False)
    for pfad in ("/", "/projekte", "/einbetten"):
        seite = gast.oeffne(pfad)
        assert seite.locator("#liste [data-id]").count() == 93
        seite.locator(FELD).check()
        seite.get_by_role("button", name="Filter anwenden").click()
        expect(seite.locator("#satz")).to_have_text(
            re.compile("von 93 Projekten: Handlungsfeld Flächenentwicklung")
        )
        expect(seite.locator(FELD)).to_be_checked()
        seite.locator("#liste a").first.click()
        ziel = seite if pfad != "/einbetten" else gast.context.pages[-1]
        expect(ziel.get_by_role("heading", level=1)).to_be_visible()
        assert "/projekte/" in ziel.url or pfad == "/einbetten"
