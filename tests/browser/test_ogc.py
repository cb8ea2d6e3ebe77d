"""The pages of the OGC API in a browser: clean in every language, usable with the keyboard."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.sprachen import SPRACHEN
from tests.browser.besuch import Besuch, axe

SCHMAL = {"width": 320, "height": 640}
SEITEN = [
    *("/ogc", "/ogc/api", "/ogc/collections/projekte", "/ogc/collections/projekte/queryables"),
    *("/ogc/collections/projekte/items?limit=5", "/ogc/collections/projekte/items/nw-019.1"),
]


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_the_pages_are_clean_in_every_language(
    besuche: Callable[..., Besuch], sprache: str
) -> None:
    besuch = besuche(viewport=SCHMAL, color_scheme="dark" if sprache in ("de", "ar") else "light")
    # the frame is the same everywhere: all pages where it differs most, else one of each kind
    for adresse in SEITEN if sprache in ("de", "ar") else SEITEN[3:]:
        zeichen = "&" if "?" in adresse else "?"
        seite = besuch.oeffne(f"{adresse}{zeichen}f=html&sprache={sprache}")
        assert axe(seite) == [], adresse
        assert not seite.evaluate("document.documentElement.scrollWidth > innerWidth"), adresse
        expect(seite.locator("h1")).to_have_count(1)
        seite.close()


def test_a_visitor_finds_the_interface_and_pages_through_it(besuch: Besuch) -> None:
    seite = besuch.oeffne("/projekte?sprache=de")
    seite.get_by_text("Daten zum Mitnehmen").click()
    seite.get_by_role("link", name="OGC API – Features").click()
    expect(seite).to_have_url(re.compile(r"/ogc\?sprache=de$"))
    seite.get_by_role("main").get_by_role("link", name="Projekte", exact=True).click()
    expect(seite.get_by_role("heading", level=1)).to_have_text("Projekte")
    seite = besuch.oeffne("/ogc/collections/projekte/items?limit=40&sprache=de")
    seite.get_by_role("link", name="Weitere Objekte").click()
    expect(seite).to_have_url(re.compile(r"limit=40&sprache=de&offset=40"))
    seite.get_by_role("link", name="Vorige Objekte").click()
    expect(seite).to_have_url(re.compile(r"limit=40&sprache=de$"))
