"""The page of the report in a browser: clean, on a phone, by keyboard, without script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.besuch import Besuch, axe

Besuche = Callable[..., Besuch]
SCHMAL = {"width": 320, "height": 640}


@pytest.mark.parametrize("sprache", ["de", "ar"])
def test_the_page_is_clean_and_fits_every_window(besuche: Besuche, sprache: str) -> None:
    for optionen in ({"viewport": SCHMAL}, {"color_scheme": "dark"}):
        besuch = besuche(**optionen)
        seite = besuch.oeffne(f"/bericht?sprache={sprache}&status=umgesetzt&von=x")
        assert axe(seite) == []
        assert seite.evaluate("document.documentElement.scrollWidth <= innerWidth")
        expect(seite.get_by_role("alert")).to_be_visible()
        for verweis in seite.locator("#inhalt section a").all():
            kasten = verweis.bounding_box()
            assert kasten
            assert min(kasten["width"], kasten["height"]) >= 24
        seite.close()


def test_the_way_leads_from_the_analysis_to_a_document_without_script(besuche: Besuche) -> None:
    seite = besuche(java_script_enabled=False).oeffne("/auswertung")
    seite.locator("#inhalt").get_by_role("link", name="Bericht an den Rat").click()
    expect(seite.locator("h1")).to_have_text("Bericht an den Rat")
    huckarde = seite.get_by_role("link", name="PDF: Huckarde")
    huckarde.focus()
    expect(huckarde).to_be_focused()
    antwort = seite.request.get(seite.url.replace("/bericht", huckarde.get_attribute("href") or ""))
    assert antwort.headers["content-type"] == "application/pdf"
    assert antwort.body().startswith(b"%PDF-")
