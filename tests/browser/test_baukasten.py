"""The assistant for embedding in a browser: from the choice to the page that holds the map."""

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.besuch import TELEFON, Besuch, axe, bis
from tests.conftest import WURZEL

_VALIDATE = WURZEL / "app" / "web" / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"


def test_code_and_preview_follow_the_choice_and_the_code_works_elsewhere(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    adresse, ordner = gastseite
    besuch = besuche(auch=(adresse,), permissions=["clipboard-read", "clipboard-write"])
    seite = besuch.oeffne("/einbetten/baukasten")
    seite.get_by_label("nur die Liste").check()
    seite.get_by_label("so hoch wie der Inhalt").check()
    seite.locator('input[name="stadtbezirk"][value="huckarde"]').check()
    seite.get_by_label("Name für Vorleseprogramme").fill('Die „Liste" <hier>')
    text = seite.locator("#baukasten-text")
    expect(text).to_have_value(re.compile("Die „Liste&#34; &lt;hier&gt;"))
    expect(seite.locator("#satz")).to_have_text(re.compile("Stadtbezirk Huckarde$"))
    expect(seite.locator('[data-facette="stadtbezirk"] [data-gewaehlt]')).to_have_text("1")
    assert seite.url.startswith(f"{basis}/einbetten/baukasten?")
    innen = seite.frame_locator("#baukasten-vorschau iframe")
    expect(innen.locator("#liste .eintrag")).to_have_count(11)
    vorschau = seite.frames[-1]
    assert "hoehe=inhalt" in vorschau.url
    bis(lambda: vorschau.evaluate("document.documentElement.scrollHeight === innerHeight"))
    seite.get_by_role("button", name="Code kopieren").click()
    expect(seite.get_by_text("Code kopiert.")).to_be_visible()
    code = seite.evaluate("navigator.clipboard.readText()")
    assert code == text.input_value()
    assert axe(seite) == []

    html = (
        '<!doctype html>\n<html lang="de"><head><meta charset="utf-8"><title>Gast</title>'
        f'<link rel="icon" href="data:,"></head><body><main><h1>Gast</h1>\n{code}\n'
        "</main></body></html>\n"
    )
    (ordner / "eingefuegt.html").write_text(html, "utf-8")
    assert _meldungen(ordner / "eingefuegt.html") == []
    gast = besuch.oeffne(f"{adresse}/eingefuegt.html")
    rahmen = gast.frames[1]
    bis(lambda: rahmen.evaluate("document.documentElement.scrollHeight === innerHeight"))
    expect(rahmen.locator("#liste .eintrag")).to_have_count(11)
    assert gast.locator("iframe").get_attribute("title") == 'Die „Liste" <hier>'
    gast.get_by_role("link", name=re.compile("^Diese Projekte als Liste")).click()
    expect(gast).to_have_url(f"{basis}/projekte?stadtbezirk=huckarde&sprache=de")


def _meldungen(datei: Path) -> list[str]:
    """What html-validate says with the rules of the HTML standard."""
    einstellung = datei.parent / ".htmlvalidate.json"
    einstellung.write_text(json.dumps({"extends": ["html-validate:standard"], "root": True}))
    lauf = subprocess.run(
        ["node", str(_VALIDATE), "--config", str(einstellung), "--formatter=json", str(datei)],
        capture_output=True,
        text=True,
        check=False,
    )
    ergebnis = json.loads(lauf.stdout or "[]")
    assert ergebnis or lauf.returncode == 0, lauf.stderr
    return [meldung["message"] for eintrag in ergebnis for meldung in eintrag["messages"]]


def test_without_script_the_form_asks_the_server(besuche: Callable[..., Besuch]) -> None:
    seite = besuche(java_script_enabled=False).oeffne("/einbetten/baukasten?sprache=en")
    seite.get_by_label("map only").check()
    seite.locator('input[name="handlungsfeld"]').first.check()
    seite.get_by_role("button", name="Show code").click()
    text = seite.locator("#baukasten-text")
    expect(text).to_have_value(re.compile(r"handlungsfeld=\w+&amp;sprache=en&amp;ansicht=karte"))
    expect(seite.locator("[data-kopieren]")).to_be_hidden()
    expect(seite.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("sprache", ["de", "ar"])
def test_the_assistant_fits_a_phone(besuche: Callable[..., Besuch], sprache: str) -> None:
    seite = besuche(viewport={**TELEFON, "width": 320}).oeffne(
        f"/einbetten/baukasten?sprache={sprache}&stadtbezirk=huckarde"
    )
    assert seite.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe(seite) == []
