"""The list in a real browser: hits as one types, ways out, its parts, its order, long lists."""

import re
from collections.abc import Callable, Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.browser.besuch import TELEFON, Besuch, axe, ruhe
from tests.browser.conftest import dienst
from tests.conftest import baue
from tests.synthetik import schreibe

SUCHFELD = "Suche in allen Steckbriefen"


def ids(seite: Page, rahmen: str = "#liste") -> list[str]:
    eintraege = seite.locator(f"{rahmen} [data-id]")
    return [str(i) for i in eintraege.evaluate_all("e => e.map(x => x.dataset.id)")]


def tippe(seite: Page, text: str) -> None:
    seite.get_by_label(SUCHFELD).fill(text)


def test_hits_are_marked_while_typing_and_nothing_typed_is_sent(besuch: Besuch) -> None:
    seite = besuch.oeffne("/projekte")
    gesendet: list[str] = []
    seite.on("request", lambda anfrage: gesendet.append(anfrage.url))
    tippe(seite, "binar")
    erster = seite.locator("#liste [data-id]").first
    expect(erster.locator("h3 mark")).to_have_text("BINAR")
    assert erster.locator("[data-fund]").count() == 0
    tippe(seite, "spielkonsolen huckarde")
    expect(seite.locator("#liste [data-id]")).to_have_count(1)
    expect(erster.locator("[data-fund]")).to_contain_text("Kurzbeschreibung: ")
    expect(erster.locator("[data-fund] mark")).to_have_text("Spielkonsolen")
    expect(erster.locator('[data-feld="meta"] mark')).to_have_text("Huckarde")
    assert axe(seite) == []
    tippe(seite, "")
    expect(seite.locator("#liste mark")).to_have_count(0)
    expect(seite.locator("#liste [data-fund]")).to_have_count(0)
    assert gesendet
    assert not [url for url in gesendet if "binar" in url or "spielkons" in url]


LABELWORTE = {
    "de": "Qualifizierung",
    "leicht": "Ausbildung",
    "en": "education",
    "tr": "eğitim",
    "ar": "التأهيل",
    "uk": "освіта",
}
"""A word of what a Handlungsfeld is called in each language."""


@pytest.mark.parametrize("sprache", LABELWORTE)
def test_typed_or_opened_the_list_is_the_same(besuche: Callable[..., Besuch], sprache: str) -> None:
    """What the server writes is what the script writes over it."""
    ohne, mit = besuche(java_script_enabled=False), besuche()
    text = "e => e.innerText.replace(/\\s+/g, ' ')"
    for feld, wert in (
        ("q", "hafen"),
        ("q", "straße nord"),
        ("q", LABELWORTE[sprache]),
        ("sort", "stadtbezirk"),
        ("sort", "-stand"),
    ):
        vom_dienst = ohne.oeffne(f"/projekte?{feld}={quote(wert)}&sprache={sprache}")
        assert vom_dienst.locator("#liste [data-id]").count()
        seite = mit.oeffne(f"/projekte?sprache={sprache}")
        if feld == "q":
            seite.locator("#filter-q").fill(wert)
        else:
            seite.locator("#filter-sort").select_option(wert)
        expect(seite).to_have_url(re.compile(f"[?&]{feld}="))
        ruhe(seite)
        assert seite.locator("#liste").evaluate(text) == vom_dienst.locator("#liste").evaluate(text)
        for geoeffnet in (vom_dienst, seite):
            geoeffnet.close()


def test_what_was_perhaps_meant_is_one_click_away(besuch: Besuch) -> None:
    seite = besuch.oeffne("/projekte")
    tippe(seite, "Kokrei Hansa")
    vorschlag = seite.locator("#meinten a")
    expect(vorschlag).to_have_text(re.compile("„Kokerei Hansa“: 4 Projekte"))
    assert axe(seite) == []
    vorschlag.click()
    expect(seite.locator("#liste [data-id]")).to_have_count(4)
    expect(seite.get_by_label(SUCHFELD)).to_have_value("Kokerei Hansa")
    expect(seite.locator("#leer")).to_be_hidden()
    seite.go_back()
    expect(seite.locator("#leer")).to_be_visible()


def test_an_empty_result_offers_to_loosen_one_filter(besuch: Besuch) -> None:
    seite = besuch.oeffne("/projekte?stadtbezirk=eving&status=umgesetzt")
    seite.get_by_label("Laufzeit ab Jahr").select_option("2019")
    tippe(seite, "hafen")
    wege = seite.locator("#lockern a")
    expect(wege).to_have_count(2)
    expect(wege.nth(1)).to_have_text("Ohne „Stadtbezirk Eving“: 3 Projekte")
    wege.nth(1).click()
    expect(seite.locator("#liste [data-id]")).to_have_count(3)
    expect(seite.locator("#chips")).not_to_contain_text("Eving")
    # The link is gone with the empty result; the focus is where reading goes on.
    assert seite.evaluate("document.activeElement.id") == "ergebnis"


def test_sorting_above_the_list_groups_it_and_stays_in_the_address(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    wahl = seite.get_by_label("Sortieren nach")
    wahl.select_option("stadtbezirk")
    expect(seite).to_have_url(re.compile("sort=stadtbezirk"))
    erste = seite.locator(".abschnitt").first
    expect(erste.locator("h2")).to_have_text(re.compile(r"Eving \(\d+\)"))
    expect(seite.locator("#mehrere-bezirke")).to_be_visible()
    assert axe(seite) == []
    wahl.select_option("name")
    expect(seite.locator("#mehrere-bezirke")).to_be_hidden()
    expect(seite).not_to_have_url(re.compile("sort="))
    seite.goto(f"{besuch.basis}/?sort=-status")
    ruhe(seite)
    expect(wahl.locator("option:checked")).to_have_text("Status, umgekehrt")


def test_projects_without_a_location_are_a_jump_away(besuch: Besuch) -> None:
    seite = besuch.oeffne("/#karte=13/51.54/7.45")
    link = seite.get_by_role("link", name=re.compile("davon ohne Ort auf der Karte"))
    link.focus()
    seite.keyboard.press("Enter")
    expect(seite.locator("#projekte-ohne-ort h2")).to_be_in_viewport()
    assert seite.evaluate("document.activeElement.id") == "projekte-ohne-ort"
    # The map's view is what the fragment is for.
    assert "#karte=" in seite.url
    liste = seite.locator("#projekte-ohne-ort ol")
    anzahl = liste.locator("> li").count()
    assert liste.get_attribute("start") == str(93 - anzahl + 1)


def test_options_of_a_long_facet_can_be_searched_and_all_be_unchosen(besuch: Besuch) -> None:
    seite = besuch.oeffne("/projekte")
    facette = seite.locator('[data-facette="beteiligt"]')
    facette.locator("summary").click()
    feld = seite.get_by_label("Beteiligte: Auswahl durchsuchen")
    feld.fill("gruenfl")
    sichtbar = facette.locator("[data-option]:visible")
    expect(sichtbar).not_to_have_count(0)
    assert all("grünfl" in t.lower() for t in sichtbar.locator(".option-text").all_text_contents())
    expect(facette.get_by_role("status")).to_contain_text("pass")
    feld.press("Enter")
    assert "beteiligt" not in seite.url
    sichtbar.first.get_by_role("checkbox").check()
    expect(seite).to_have_url(re.compile("beteiligt="))
    assert axe(seite) == []
    facette.get_by_role("link", name="Beteiligte: Auswahl aufheben").click()
    expect(seite).not_to_have_url(re.compile("beteiligt="))
    expect(facette.locator("input:checked")).to_have_count(0)
    assert seite.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_the_phone_counts_the_filters_on_its_button(besuche: Callable[..., Besuch]) -> None:
    seite = besuche(viewport=TELEFON, has_touch=True, is_mobile=True).oeffne("/?stadtbezirk=eving")
    schalter = seite.locator("[data-filter-schalter]")
    expect(schalter).to_contain_text("1")
    seite.locator("#chips [data-entfernen]").click()
    expect(schalter).not_to_contain_text("1")


@pytest.mark.parametrize("sprache", ["de", "ar"])
def test_found_and_empty_lists_are_accessible(besuch: Besuch, sprache: str) -> None:
    for query in ("q=binarium", "q=kokrei&status=umgesetzt", "sort=status"):
        seite = besuch.oeffne(f"/projekte?sprache={sprache}&{query}")
        assert axe(seite) == []
        seite.emulate_media(color_scheme="dark")
        assert axe(seite, "color-contrast") == []
        seite.close()


@pytest.fixture(scope="module")
def viele(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over two thousand invented projects."""
    ordner = tmp_path_factory.mktemp("viele")
    fertig = baue(schreibe(ordner / "daten", 2000), ordner / "build")
    assert fertig.returncode == 0, fertig.stderr
    with dienst(ordner / "build") as adresse:
        yield adresse


def test_a_long_list_is_shown_in_pieces_and_goes_on_by_keyboard(
    besuche: Callable[..., Besuch], viele: str
) -> None:
    gast = besuche(auch=(viele,))
    seite = gast.oeffne(f"{viele}/projekte")
    eigene = '.abschnitt:not([data-abschnitt="ohne-ort"])'
    expect(seite.locator(f"{eigene} [data-id]")).to_have_count(250)
    mehr = seite.locator('[data-mehr="ort"]')
    expect(mehr).to_have_text("250 weitere Projekte anzeigen")
    mehr.focus()
    seite.keyboard.press("Enter")
    expect(seite.locator(f"{eigene} [data-id]")).to_have_count(500)
    # Whoever pressed the button goes on with the first of the new ones.
    name = seite.locator(f"{eigene} [data-id] h3 a").nth(250)
    expect(name).to_be_focused()
    # Both parts are within reach, however long the first one is.
    expect(seite.locator("#projekte-ohne-ort [data-id]")).to_have_count(250)
    assert axe(seite) == []
    # Texts are fetched for what is about to be seen only.
    geholt: list[str] = []
    seite.on("request", lambda r: geholt.append(r.url) if "texte-" in r.url else None)
    tippe(seite, "grunwort9")
    # The words of two thousand projects have to come first.
    expect(seite.locator("#liste [data-fund] mark").first).to_be_visible(timeout=30_000)
    dateien = seite.evaluate("JSON.parse(zustand.textContent).urls.texte.length")
    assert 0 < len(geholt) < dateien
