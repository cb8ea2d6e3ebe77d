"""The map in an iframe on another origin, as a city page would hold it."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import FrameLocator, Page, expect

from tests.browser.besuch import Besuch, axe

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
