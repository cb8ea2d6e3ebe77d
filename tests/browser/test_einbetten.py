"""The map in an iframe on another origin, as a city page would hold it."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Frame, FrameLocator, Page, expect

from tests.browser.besuch import Besuch, axe, bis

FELD = 'input[name="handlungsfeld"][value="flaechenentwicklung"]'


def gast(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str, query: str = ""
) -> tuple[Besuch, Page, FrameLocator]:
    adresse, ordner = gastseite
    (ordner / "index.html").write_text(
        '<!doctype html><html lang="de"><title>Gast</title><link rel="icon" href="data:,">'
        "<main><h1>Eine Seite der Stadt</h1>"
        f'<iframe title="Projektkarte" src="{basis}/einbetten{query}" width="900" height="700">'
        "</iframe><p>darunter</p></main></html>",
        "utf-8",
    )
    besuch = besuche(auch=(adresse,))
    seite = besuch.oeffne(f"{adresse}/index.html")
    return besuch, seite, seite.frame_locator("iframe")


def test_a_listed_page_may_frame_the_map(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    _, seite, rahmen = gast(besuche, gastseite, basis, "?stadtbezirk=huckarde")
    expect(rahmen.locator("#satz")).to_have_text(re.compile("Stadtbezirk Huckarde$"))
    expect(rahmen.locator("#karte [data-marke]").first).to_be_visible()
    rahmen.get_by_role("button", name="Filter", exact=True).click()
    rahmen.locator(FELD).check()
    expect(rahmen.locator("#chips [data-entfernen]")).to_have_count(2)
    expect(rahmen.locator("header")).to_have_count(0)
    # The bar at the bottom cuts whatever scrolls beneath it, which axe takes for a small target.
    rahmen.get_by_role("button", name="Filter", exact=True).click()
    assert axe(seite) == axe(seite.frames[1]) == []
    assert seite.url.endswith("/index.html")


def test_steckbriefe_open_outside_the_frame(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    besuch, _, rahmen = gast(besuche, gastseite, basis, "?q=binarium")
    with besuch.context.expect_page() as neu:
        rahmen.locator("#liste a").first.click()
    besuch.beobachte(neu.value)
    expect(neu.value).to_have_url(re.compile("/projekte/nw-019$"))


def test_any_other_page_refuses_to_be_framed(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    adresse, ordner = gastseite
    (ordner / "fremd.html").write_text(
        f'<!doctype html><html lang="de"><title>Gast</title><link rel="icon" href="data:,">'
        f'<iframe title="Karte" src="{basis}/"></iframe></html>',
        "utf-8",
    )
    besuch = besuche(auch=(adresse,))
    seite = besuch.oeffne(f"{adresse}/fremd.html")
    assert seite.frames[1].url.startswith("chrome-error://")
    assert any("frame" in a.lower() for a in besuch.auffaellig)
    besuch.auffaellig.clear()


HIER = {"latitude": 51.5366, "longitude": 7.4606}
ZAEHLER = """
  window.hoehen = [];
  addEventListener("message", ({data}) => data?.nordwaerts === "hoehe" && hoehen.push(data.hoehe));
"""


def gastgeber(ordner: Path, name: str, inhalt: str, kopf: str = "") -> str:
    """Write a page of the city that counts the heights it is told; return its name."""
    (ordner / f"{name}.html").write_text(
        '<!doctype html><html lang="de"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width"><title>Gast</title>'
        f'<link rel="icon" href="data:,"><script>{ZAEHLER}</script>{kopf}'
        f"<main><h1>Eine Seite der Stadt</h1>{inhalt}</main></html>",
        "utf-8",
    )
    return f"/{name}.html"


def rahmen_html(basis: str, query: str, mehr: str = 'allow="geolocation; fullscreen"') -> str:
    return (
        f'<iframe title="Projektkarte" src="{basis}/einbetten{query}" width="800" height="400" '
        f'style="width:100%;border:0" {mehr}></iframe>'
    )


def skript(basis: str) -> str:
    return f'<script src="{basis}/einbetten.js" async></script>'


def innen(rahmen: Frame) -> list[int]:
    """The heights of content and window, the widths of content and window."""
    masse: list[int] = rahmen.evaluate(
        "(w => [w.scrollHeight, innerHeight, w.scrollWidth, innerWidth])(document.documentElement)"
    )
    return masse


def ohne_rollbalken(rahmen: Frame) -> bool:
    inhalt, fenster, breite, fensterbreite = innen(rahmen)
    return inhalt == fenster and breite <= fensterbreite


def ruhig(seite: Page) -> int:
    """Wait until no more heights come; return how many came."""
    vorher = -1
    while (jetzt := seite.evaluate("hoehen.length")) != vorher:
        vorher = jetzt
        seite.wait_for_timeout(400)
    return int(jetzt)


@pytest.mark.parametrize("ansicht", ["liste", "karte", "beides"])
def test_a_growing_frame_has_no_scroll_bar_at_any_width(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str, ansicht: str
) -> None:
    adresse, ordner = gastseite
    query = f"?ansicht={ansicht}&hoehe=inhalt&stadtbezirk=huckarde"
    pfad = gastgeber(ordner, f"waechst-{ansicht}", rahmen_html(basis, query) + skript(basis))
    seite = besuche(auch=(adresse,), viewport={"width": 320, "height": 700}).oeffne(adresse + pfad)
    rahmen = seite.frames[1]
    for breite in (320, 700, 1280, 1920):
        seite.set_viewport_size({"width": breite, "height": 700})
        bis(lambda: ohne_rollbalken(rahmen))
        ruhig(seite)
        assert ohne_rollbalken(rahmen), (breite, innen(rahmen))
        assert seite.evaluate("document.documentElement.scrollWidth") <= breite
    assert axe(seite) == axe(rahmen) == []


def test_after_a_change_at_most_two_heights_are_told(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    adresse, ordner = gastseite
    pfad = gastgeber(
        ordner, "zaehlt", rahmen_html(basis, "?ansicht=liste&hoehe=inhalt") + skript(basis)
    )
    seite = besuche(auch=(adresse,)).oeffne(adresse + pfad)
    rahmen = seite.frames[1]
    bis(lambda: ohne_rollbalken(rahmen))
    assert 1 <= ruhig(seite) <= 4
    hoch = seite.evaluate("hoehen.at(-1)")
    for schritt in (FELD, f"{FELD}:checked"):
        seite.evaluate("hoehen.length = 0")
        rahmen.locator(schritt).click()
        bis(lambda: seite.evaluate("hoehen.length"))
        assert ruhig(seite) <= 2
        assert ohne_rollbalken(rahmen)
        hoch, vorher = seite.evaluate("hoehen.at(-1)"), hoch
        assert hoch != vorher


def test_several_frames_and_a_late_one_each_get_their_own_height(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    adresse, ordner = gastseite
    eines = rahmen_html(basis, "?ansicht=liste&hoehe=inhalt&stadtbezirk=huckarde")
    anderes = rahmen_html(basis, "?ansicht=liste&hoehe=inhalt&stadtbezirk=eving")
    pfad = gastgeber(ordner, "mehrere", eines + skript(basis) + anderes + skript(basis))
    # Narrow enough for the list to be the tallest thing in it.
    seite = besuche(auch=(adresse,), viewport={"width": 900, "height": 800}).oeffne(adresse + pfad)
    bis(lambda: all(ohne_rollbalken(rahmen) for rahmen in seite.frames[1:]))
    spaet = rahmen_html(basis, "?ansicht=liste&hoehe=inhalt&q=binarium")
    seite.locator("main").evaluate("(m, html) => m.insertAdjacentHTML('beforeend', html)", spaet)
    expect(seite.frame_locator("iframe >> nth=2").locator("#liste .eintrag")).to_have_count(1)
    bis(lambda: ohne_rollbalken(seite.frames[3]))
    hoehen = seite.evaluate("[...document.querySelectorAll('iframe')].map(f => f.offsetHeight)")
    assert hoehen[0] != hoehen[2] != hoehen[1]
    seite.evaluate("hoehen.length = 0")
    ruhig(seite)
    assert seite.evaluate("hoehen.length") == 0


def test_a_script_that_comes_late_finds_the_frames_that_are_there(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    adresse, ordner = gastseite
    pfad = gastgeber(ordner, "spaet", rahmen_html(basis, "?ansicht=liste&hoehe=inhalt"))
    seite = besuche(auch=(adresse,)).oeffne(adresse + pfad)
    rahmen = seite.frames[1]
    assert innen(rahmen)[1] == 400
    seite.add_script_tag(url=f"{basis}/einbetten.js")
    bis(lambda: ohne_rollbalken(rahmen))
    assert innen(rahmen)[1] > 400


FREMD = """<!doctype html><html lang="de"><meta charset="utf-8"><title>Fremd</title>
<link rel="icon" href="data:,"><script>
  window.antworten = [];
  addEventListener("message", ({data, origin}) => antworten.push([origin, data]));
  onload = () => {
    parent.postMessage({nordwaerts: "hoehe", hoehe: 3333}, "*");
    parent.frames[0].postMessage({nordwaerts: "hoehe?"}, "*");
  };
</script></html>"""


def test_messages_from_elsewhere_are_heard_on_neither_side(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    """A page beside the map, from an origin that may even frame it, claims a height and asks."""
    adresse, ordner = gastseite
    fremd = adresse.replace("127.0.0.1", "localhost")
    (ordner / "dazwischen.html").write_text(FREMD, "utf-8")
    pfad = gastgeber(
        ordner,
        "dazwischen-gast",
        rahmen_html(basis, "?ansicht=liste&hoehe=inhalt&stadtbezirk=huckarde")
        + f'<iframe title="Fremd" src="{fremd}/dazwischen.html"></iframe>'
        + skript(basis),
    )
    seite = besuche(auch=(adresse, fremd)).oeffne(adresse + pfad)
    bis(lambda: ohne_rollbalken(seite.frames[1]))
    ruhig(seite)
    karte, nachbar = seite.frames[1], seite.frames[2]
    nachbar.evaluate("onload()")
    # The page itself may ask the map, but not claim to be the map.
    seite.evaluate("postMessage({nordwaerts: 'hoehe', hoehe: 3333}, '*')")
    seite.wait_for_timeout(300)
    hoehen = seite.evaluate("[...document.querySelectorAll('iframe')].map(f => f.offsetHeight)")
    assert hoehen[0] == innen(karte)[0]
    assert 3333 not in hoehen
    assert nachbar.evaluate("antworten") == []


def test_a_height_that_is_none_changes_nothing(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    adresse, ordner = gastseite
    pfad = gastgeber(
        ordner, "falsch", rahmen_html(basis, "?ansicht=liste&hoehe=inhalt") + skript(basis)
    )
    seite = besuche(auch=(adresse,)).oeffne(adresse + pfad)
    bis(lambda: ohne_rollbalken(seite.frames[1]))
    ruhig(seite)
    vorher = seite.locator("iframe").bounding_box()
    for falsch in ("-5", "0", "1e9", "'100'", "null", "{}", "NaN", "Infinity"):
        seite.frames[1].evaluate(
            f"parent.postMessage({{nordwaerts: 'hoehe', hoehe: {falsch}}}, '*')"
        )
    for unsinn in ("null", "'hoehe'", "[]", "{nordwaerts: {}}"):
        seite.frames[1].evaluate(f"parent.postMessage({unsinn}, '*')")
    seite.wait_for_timeout(150)
    assert seite.locator("iframe").bounding_box() == vorher


def test_what_the_frame_shows_survives_filtering_and_a_reload(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    adresse, ordner = gastseite
    pfad = gastgeber(ordner, "bleibt", rahmen_html(basis, "?ansicht=liste&stadtbezirk=huckarde"))
    seite = besuche(auch=(adresse,), viewport={"width": 1400, "height": 800}).oeffne(adresse + pfad)
    rahmen = seite.frames[1]
    rahmen.locator(FELD).check()
    bis(lambda: "handlungsfeld=flaechenentwicklung" in rahmen.url)
    assert rahmen.url.endswith("&ansicht=liste")
    assert seite.url == adresse + pfad
    ganze = rahmen.get_by_role("link", name="Ganze Karte öffnen")
    assert ganze.get_attribute("href") == "/?handlungsfeld=flaechenentwicklung&stadtbezirk=huckarde"
    with seite.expect_event("framenavigated", lambda f: f is rahmen):
        rahmen.evaluate("location.reload()")
    expect(seite.frame_locator("iframe").locator("#chips [data-entfernen]")).to_have_count(2)
    assert rahmen.locator("#karte").count() == 0
    rahmen.locator("#chips [data-zuruecksetzen]").click()
    bis(lambda: rahmen.url == f"{basis}/einbetten?ansicht=liste")


@pytest.mark.parametrize("mit_skript", [True, False])
def test_the_map_alone_has_a_list_for_those_who_cannot_see_it(
    besuche: Callable[..., Besuch], mit_skript: bool
) -> None:
    besuch = besuche(java_script_enabled=mit_skript, viewport={"width": 800, "height": 600})
    seite = besuch.oeffne("/einbetten?ansicht=karte&stadtbezirk=huckarde")
    expect(seite.get_by_role("link", name="Als Liste öffnen")).to_have_attribute(
        "href", "/projekte?stadtbezirk=huckarde"
    )
    liste = seite.locator("#liste")
    if mit_skript:
        expect(liste).to_be_hidden()
        expect(seite.locator("#karte [data-marke]").first).to_be_visible()
        assert axe(seite) == []
    else:
        expect(liste).to_be_visible()


def test_a_denied_position_leads_to_the_address_field_of_the_frame(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    adresse, ordner = gastseite
    pfad = gastgeber(
        ordner, "verweigert", rahmen_html(basis, "?ansicht=liste&hoehe=inhalt") + skript(basis)
    )
    besuch = besuche(auch=(adresse,), geolocation=HIER, viewport={"width": 360, "height": 700})
    seite = besuch.oeffne(adresse + pfad)
    rahmen = seite.frames[1]
    bis(lambda: ohne_rollbalken(rahmen))
    # In a frame without a bottom of the screen nothing opens as a sheet.
    rahmen.get_by_role("button", name="In meiner Nähe").click()
    expect(rahmen.locator("#naehe")).not_to_have_attribute("data-blatt", "")
    rahmen.get_by_role("button", name="Mein Standort").click()
    expect(rahmen.locator("#naehe-meldung")).to_contain_text("gibt den Standort nicht frei")
    expect(rahmen.locator("#naehe .ortsfeld")).to_be_focused()
    bis(lambda: ohne_rollbalken(rahmen))


def test_a_page_that_is_not_on_the_list_gets_no_map(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    adresse, ordner = gastseite
    fremd = adresse.replace("127.0.0.1", "localhost")
    pfad = gastgeber(ordner, "nicht-gelistet", rahmen_html(basis, "?hoehe=inhalt") + skript(basis))
    besuch = besuche(auch=(fremd,))
    seite = besuch.oeffne(fremd + pfad)
    assert seite.frames[1].url.startswith("chrome-error://")
    assert seite.evaluate("hoehen") == []
    assert any("frame-ancestors" in a for a in besuch.auffaellig)
    besuch.auffaellig.clear()
