"""The map on a phone: fingers, small screens, large letters, in the page and in a frame."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from app.sprachen import SPRACHEN
from tests.browser.besuch import Besuch, bis, ruhe
from tests.browser.finger import ein_finger, mitte, spreize, zwei_finger
from tests.browser.lesbarkeit import (
    abgeschnitten,
    schriftgroesse,
    textabstaende,
    ueberdeckt,
    zu_breit,
)

Besuche = Callable[..., Besuch]
KLEIN = {"width": 320, "height": 640}
TELEFON = {"viewport": {"width": 360, "height": 640}, "has_touch": True, "is_mobile": True}
QUER = {"viewport": {"width": 740, "height": 360}, "has_touch": True, "is_mobile": True}
JE_ART = ("/", "/projekte/nw-864", "/stadtbezirke/eving", "/suche?q=nordmarkt", "/einbetten")
SEITEN = (
    "/",
    "/projekte",
    "/projekte/nw-864",
    "/stadtbezirke/eving",
    "/plaetze/platz-nordmarkt",
    "/brachflaechen/bf-hsp",
    "/suche?q=nordmarkt",
    "/einbetten",
)


HIER = "#karte=12/51.54/7.43"
"""Where the map is at first; it writes its place into the address when somebody moves it."""


def blick(ort: Page | Frame) -> tuple[float, float, float]:
    """Return zoom, latitude and longitude of the middle of the map."""
    zoom, lat, lon = ort.evaluate("location.hash.slice(7).split('/').map(Number)")
    return zoom, round(lat, 3), round(lon, 3)


def karte_bereit(ort: Page | Frame) -> None:
    expect(ort.locator("#karte [data-marke]:visible").first).to_be_visible()
    expect(ort.locator(".leaflet-grund-pane path").first).to_be_attached()


@pytest.fixture
def karte(besuche: Besuche) -> Page:
    """The map page on a phone, with the map in front."""
    seite = besuche(**TELEFON).oeffne(f"/{HIER}")
    seite.locator('[data-ansicht="karte"]').click()
    karte_bereit(seite)
    return seite


@pytest.fixture
def gerahmt(besuche: Besuche, gastseite: tuple[str, Path], basis: str) -> Page:
    """A long page of the city on a phone, with the map in a frame in its middle."""
    adresse, ordner = gastseite
    (ordner / "telefon.html").write_text(
        '<!doctype html><html lang="de"><meta name="viewport" content="width=device-width">'
        '<title>Gast</title><link rel="icon" href="data:,"><body><main><h1>Eine Seite</h1>'
        + "<p>davor</p>" * 3
        + f'<iframe title="Karte" src="{basis}/einbetten{HIER}" width="340" height="420"></iframe>'
        + "<p>danach</p>" * 60
        + "</main></body></html>",
        "utf-8",
    )
    seite = besuche(auch=(adresse,), **TELEFON).oeffne(f"{adresse}/telefon.html")
    karte_bereit(seite.frames[1])
    return seite


def test_one_finger_scrolls_the_page_and_says_how_to_move_the_map(karte: Page) -> None:
    vorher, oben = blick(karte), karte.evaluate("scrollY")
    ein_finger(karte, mitte(karte.locator("#karte")), 0, -120)
    assert karte.evaluate("scrollY") > oben + 60
    assert blick(karte) == vorher
    hinweis = karte.locator(".gestenhinweis")
    expect(hinweis).to_have_attribute("data-sichtbar", "")
    expect(hinweis).to_have_text("Mit zwei Fingern lässt sich die Karte verschieben")
    expect(hinweis).not_to_have_attribute("data-sichtbar", "", timeout=4000)


def test_two_fingers_move_and_zoom_the_map_and_leave_the_page(karte: Page) -> None:
    vorher, oben = blick(karte), karte.evaluate("scrollY")
    ort = mitte(karte.locator("#karte"))
    zwei_finger(karte, ort, -60, -50)
    verschoben = blick(karte)
    # Fingers to the left and up: the map shows what lies to the east and south.
    assert verschoben[0] == vorher[0]
    assert verschoben[1] < vorher[1] - 0.005
    assert verschoben[2] > vorher[2] + 0.01
    spreize(karte, ort, 60)
    assert blick(karte)[0] >= verschoben[0] + 1
    assert karte.evaluate("[scrollY, visualViewport.scale]") == [oben, 1]
    expect(karte.locator(".gestenhinweis")).not_to_have_attribute("data-sichtbar", "")


def test_the_view_of_the_address_waits_for_the_map_to_be_shown(besuche: Besuche) -> None:
    seite = besuche(**TELEFON).oeffne(f"/{HIER}")
    # a new state with the same projects, while the map lies behind the list
    seite.locator("#filter-sort").select_option("nr")
    expect(seite).to_have_url(re.compile("sort=nr"))
    seite.locator('[data-ansicht="karte"]').click()
    karte_bereit(seite)
    zwei_finger(seite, mitte(seite.locator("#karte")), -60, -50)
    assert blick(seite)[0] == 12


def test_in_a_frame_one_finger_scrolls_the_page_around_it(gerahmt: Page) -> None:
    rahmen = gerahmt.frames[1]
    vorher = blick(rahmen)
    ort = mitte(gerahmt.frame_locator("iframe").locator("#karte"))
    # The frame's own list lies below its map and scrolls first; at its end the page goes on.
    rahmen.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    ein_finger(gerahmt, ort, 0, -150)
    assert gerahmt.evaluate("scrollY") > 50
    assert blick(rahmen) == vorher


def test_in_a_frame_two_fingers_move_and_zoom_the_map(gerahmt: Page) -> None:
    rahmen = gerahmt.frames[1]
    vorher = blick(rahmen)
    ort = mitte(gerahmt.frame_locator("iframe").locator("#karte"))
    zwei_finger(gerahmt, ort, -50, 40)
    assert blick(rahmen)[2] > vorher[2] + 0.01
    spreize(gerahmt, ort, 50)
    assert blick(rahmen)[0] >= vorher[0] + 1
    assert gerahmt.evaluate("[scrollY, visualViewport.scale]") == [0, 1]
    assert rahmen.evaluate("scrollY") == 0


def test_in_a_frame_the_wheel_scrolls_the_page_unless_ctrl_is_held(
    besuche: Besuche, gastseite: tuple[str, Path], basis: str
) -> None:
    adresse, ordner = gastseite
    (ordner / "rad.html").write_text(
        '<!doctype html><html lang="de"><title>Gast</title><link rel="icon" href="data:,">'
        f'<main><h1>Eine Seite</h1><iframe title="Karte" src="{basis}/einbetten{HIER}" width="900" '
        'height="500"></iframe>' + "<p>danach</p>" * 80 + "</main></html>",
        "utf-8",
    )
    seite = besuche(auch=(adresse,)).oeffne(f"{adresse}/rad.html")
    rahmen = seite.frames[1]
    karte_bereit(rahmen)
    vorher = blick(rahmen)
    # The list beside the map makes the frame longer than its window.
    rahmen.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    seite.mouse.move(*mitte(seite.frame_locator("iframe").locator("#karte")))
    seite.mouse.wheel(0, 200)
    expect(rahmen.locator(".gestenhinweis")).to_have_text(re.compile("^Strg-Taste halten"))
    bis(lambda: seite.evaluate("scrollY") > 50)
    assert blick(rahmen) == vorher
    seite.mouse.move(*mitte(seite.frame_locator("iframe").locator("#karte")))
    seite.keyboard.down("Control")
    seite.mouse.wheel(0, -300)
    seite.keyboard.up("Control")
    bis(lambda: blick(rahmen)[0] > vorher[0])


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_nothing_is_wider_than_320_pixels_in_any_language(besuche: Besuche, sprache: str) -> None:
    besuch = besuche(viewport=KLEIN, has_touch=True, is_mobile=True)
    seite = besuch.oeffne(f"/?sprache={sprache}")
    funde = {}
    for pfad in SEITEN if sprache == "de" else JE_ART:
        seite.goto(f"{besuch.basis}{pfad}{'&' if '?' in pfad else '?'}sprache={sprache}")
        funde[pfad] = zu_breit(seite)
        if pfad == "/":
            seite.locator('[data-ansicht="karte"]').click()
            karte_bereit(seite)
            funde["/ map"] = zu_breit(seite)
            seite.locator(".sprachwahl summary").click()
            funde["/ menu"] = zu_breit(seite)
            menue = seite.locator(".sprachwahl ul").bounding_box()
            assert menue is not None
            assert 0 <= menue["x"] <= menue["x"] + menue["width"] <= 320
    assert {pfad: px for pfad, px in funde.items() if px > 0} == {}


@pytest.mark.parametrize("breite", [360, 768, 1024, 1440, 1920, 2560])
def test_every_width_up_to_a_wide_desk(besuche: Besuche, breite: int) -> None:
    besuch = besuche(viewport={"width": breite, "height": 900})
    seite = besuch.oeffne("/?stadtbezirk=huckarde")
    for pfad in ("/?stadtbezirk=huckarde", "/projekte/nw-864", "/stadtbezirke/eving"):
        seite.goto(besuch.basis + pfad)
        assert (zu_breit(seite), abgeschnitten(seite)) == (0, [])
    # Text stays readable in length on the widest screens.
    absatz = seite.evaluate(
        """Math.max(...[...document.querySelectorAll('main p, .fuss p')]
          .filter(p => p.textContent.length > 120)
          .map(p => p.getBoundingClientRect().width / parseFloat(getComputedStyle(p).fontSize)))"""
    )
    assert absatz < 60


@pytest.mark.parametrize("breite", [320, 1280])
def test_twice_the_text_size_fits(besuche: Besuche, breite: int) -> None:
    besuch = besuche(viewport={"width": breite, "height": 800})
    seite = besuch.oeffne("/?stadtbezirk=huckarde")
    schriftgroesse(seite, 200)
    for pfad in ("/?stadtbezirk=huckarde", "/projekte/nw-864", "/projekte?stadtbezirk=huckarde"):
        seite.goto(besuch.basis + pfad)
        assert seite.evaluate("getComputedStyle(document.documentElement).fontSize") == "32px"
        assert (zu_breit(seite), abgeschnitten(seite), ueberdeckt(seite)) == (0, [], [])


@pytest.mark.parametrize("breite", [320, 1280])
def test_text_spacing_cuts_nothing_off(besuche: Besuche, breite: int) -> None:
    besuch = besuche(viewport={"width": breite, "height": 800})
    seite = besuch.oeffne("/?stadtbezirk=huckarde")
    for pfad in ("/?stadtbezirk=huckarde", "/projekte/nw-864", "/stadtbezirke/eving", "/einbetten"):
        seite.goto(besuch.basis + pfad)
        textabstaende(seite)
        assert (zu_breit(seite), abgeschnitten(seite), ueberdeckt(seite)) == (0, [], [])


def test_a_visitor_sees_the_list_first_and_a_clear_way_to_the_map(besuche: Besuche) -> None:
    seite = besuche(**TELEFON).oeffne()
    erster = seite.locator("#liste .eintrag").first.bounding_box()
    assert erster is not None
    assert erster["y"] < 640
    karte = seite.locator('button[data-ansicht="karte"]')
    expect(karte).to_have_text("Karte")
    expect(karte).to_be_in_viewport()
    gelesen = seite.locator("#liste .eintrag").nth(40)
    gelesen.evaluate("e => e.scrollIntoView({block: 'center'})")
    expect(karte).to_be_in_viewport()
    karte.click()
    karte_bereit(seite)
    kasten = seite.locator("#karte").bounding_box()
    assert kasten is not None
    # At least two thirds of the screen are map.
    sichtbar = min(640, kasten["y"] + kasten["height"]) - max(0, kasten["y"])
    assert sichtbar > 640 * 0.6
    seite.locator('button[data-ansicht="liste"]').click()
    expect(gelesen).to_be_in_viewport(ratio=1)


def test_held_sideways_the_header_leaves_room(besuche: Besuche) -> None:
    seite = besuche(**QUER).oeffne()
    karte_bereit(seite)
    kopf = seite.locator(".kopf").bounding_box()
    karte = seite.locator("#karte").bounding_box()
    assert kopf is not None
    assert karte is not None
    assert kopf["height"] <= 60
    assert min(360, karte["y"] + karte["height"]) - karte["y"] > 360 * 0.6
    # Nothing sticks to a low screen.
    seite.mouse.wheel(0, 200)
    bis(lambda: seite.evaluate("scrollY") > 100)
    expect(seite.locator(".kopf")).not_to_be_in_viewport()


def test_the_filter_is_a_sheet_with_the_number_of_what_is_chosen(besuche: Besuche) -> None:
    seite = besuche(**TELEFON).oeffne("/?stadtbezirk=huckarde&status=umgesetzt")
    schalter = seite.locator("[data-filter-schalter]")
    expect(schalter).to_contain_text("2")
    schalter.click()
    expect(schalter).to_have_attribute("aria-expanded", "true")
    blatt = seite.locator("#filter").bounding_box()
    assert blatt is not None
    assert (blatt["x"], blatt["y"], blatt["width"], blatt["height"]) == (0, 0, 360, 640)
    for _ in range(60):
        seite.keyboard.press("Tab")
        ausserhalb = seite.evaluate(
            "!document.activeElement.closest('#filter') && document.activeElement !== document.body"
        )
        assert not ausserhalb, seite.evaluate("document.activeElement.outerHTML")
    zeigen = seite.locator("#filter [data-treffer]")
    expect(zeigen).to_have_text(re.compile(r"^\d+ Projekte? anzeigen$"))
    expect(zeigen).to_be_in_viewport(ratio=1)
    seite.keyboard.press("Escape")
    expect(seite.locator("#filter")).not_to_be_visible()
    expect(schalter).to_be_focused()


_ZIELE = """() => {
  const sichtbar = e => e.checkVisibility({opacityProperty: true, visibilityProperty: true});
  const wahl = 'a[href], button, input:not([type=hidden]), select, summary';
  const klein = [];
  for (let e of document.querySelectorAll(wahl)) {
    if (!sichtbar(e) || getComputedStyle(e).clipPath !== 'none' || e.closest('.sprung')) continue;
    // A link in a sentence may be as high as its line (WCAG 2.5.8, inline).
    const imSatz = e.matches('p a, li:not(.eintrag) a, dd a');
    if (imSatz && getComputedStyle(e).display === 'inline') continue;
    e = e.matches('input') ? e.closest('label') ?? e : e;
    const {width, height} = e.getBoundingClientRect();
    if (width && (width < 23.9 || height < 23.9))
      klein.push(`${e.className} ${e.textContent.trim().slice(0, 30)} ${width}×${height}`);
  }
  return klein;
}"""

HAUPTZIELE = (
    '[data-ansicht="karte"]',
    '[data-ansicht="liste"]',
    "[data-filter-schalter]",
    "[data-naehe-schalter]",
    ".sprachwahl summary",
    ".kopf-nav a",
    ".leaflet-control-zoom-in",
    ".leaflet-control-zoom-out",
    ".leaflet-control-layers-toggle",
    ".schieber-schalter",
)


def test_fingers_hit_what_they_mean(karte: Page) -> None:
    assert karte.evaluate(_ZIELE) == []
    for wahl in HAUPTZIELE:
        kasten = karte.locator(wahl).first.bounding_box()
        assert kasten is not None, wahl
        assert min(kasten["width"], kasten["height"]) >= 43.9, wahl
    karte.locator('[data-ansicht="liste"]').click()
    assert karte.evaluate(_ZIELE) == []
    karte.locator("[data-filter-schalter]").click()
    assert karte.evaluate(_ZIELE) == []


def test_targets_of_other_pages(besuche: Besuche) -> None:
    besuch = besuche(**TELEFON)
    seite = besuch.oeffne("/")
    klein = {}
    for pfad in SEITEN[1:]:
        seite.goto(besuch.basis + pfad)
        ruhe(seite)
        klein[pfad] = seite.evaluate(_ZIELE)
    assert {pfad: ziele for pfad, ziele in klein.items() if ziele} == {}


def test_notches_and_rounded_corners_cover_nothing(besuche: Besuche) -> None:
    besuch = besuche(**QUER)
    seite = besuch.oeffne("/?stadtbezirk=huckarde")
    cdp = seite.context.new_cdp_session(seite)
    raender = {"left": 44, "right": 44, "bottom": 21, "top": 0}
    cdp.send(
        "Emulation.setSafeAreaInsetsOverride",
        {"insets": {**raender, **{f"{k}Max": v for k, v in raender.items()}}},
    )
    for pfad in ("/?stadtbezirk=huckarde", "/projekte/nw-864", "/stadtbezirke/eving", "/einbetten"):
        seite.goto(besuch.basis + pfad)
        verdeckt = seite.evaluate(
            """() => [...document.querySelectorAll(
                'a, button, h1, h2, h3, p, dt, dd, summary, label, .leaflet-control')]
              .filter(e => e.checkVisibility({visibilityProperty: true})
                && !e.closest('.nur-vorlesen, .sprung, .leaflet-map-pane')
                && getComputedStyle(e).clipPath === 'none')
              .map(e => [e, e.getBoundingClientRect()])
              .filter(([, k]) => k.width && (k.left < 44 || k.right > innerWidth - 44))
              .map(([e]) => `${e.tagName}.${e.className} ${e.textContent.trim().slice(0, 30)}`)"""
        )
        assert verdeckt == [], pfad
