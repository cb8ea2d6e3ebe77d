"""Then and now in a browser: chosen by keyboard or without script, clean in every window."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from app.ortszeit import heute
from tests.browser.besuch import Besuch, axe

Besuche = Callable[..., Besuch]
SCHMAL = {"width": 320, "height": 640}


@pytest.mark.parametrize("sprache", ["de", "ar"])
def test_the_comparison_is_clean_and_fits(besuche: Besuche, sprache: str) -> None:
    for optionen in ({"viewport": SCHMAL}, {"color_scheme": "dark"}):
        besuch = besuche(**optionen)
        for seit in (heute().isoformat(), "1999-12-31"):
            seite = besuch.oeffne(f"/aenderungen?q=hafen&seit={seit}&sprache={sprache}")
            assert axe(seite) == [], seit
            assert seite.evaluate("document.documentElement.scrollWidth <= innerWidth")
            seite.close()


@pytest.mark.parametrize("skript", [True, False])
def test_a_day_is_chosen_by_keyboard_and_the_state_stays(besuche: Besuche, skript: bool) -> None:
    seite = besuche(java_script_enabled=skript).oeffne("/aenderungen?stadtbezirk=huckarde")
    feld = seite.get_by_label("Seit dem Tag")
    feld.fill(heute().isoformat())
    feld.press("Enter")
    expect(seite).to_have_url(re.compile(rf"stadtbezirk=huckarde&seit={heute()}$"))
    expect(seite.locator(".neuigkeiten")).to_contain_text("Kein Projekt unterscheidet sich.")
    expect(seite.get_by_label("Seit dem Tag")).to_have_value(heute().isoformat())
    csv = seite.get_by_role("link", name="Als CSV").get_attribute("href") or ""
    assert csv.endswith(f"?stadtbezirk=huckarde&seit={heute()}")
    seite.get_by_role("link", name="Alle Meldungen nach Tagen zeigen").click()
    expect(seite).to_have_url(re.compile(r"/aenderungen\?stadtbezirk=huckarde$"))
