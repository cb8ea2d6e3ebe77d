"""The map by keyboard, key by key: in the page and in a frame."""

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.browser.besuch import Besuch, bis

Besuche = Callable[..., Besuch]
GASTBREITE = 900

_FOKUS = """() => {
  const e = document.activeElement;
  return e.matches('[data-marke], [data-bezirk]') ? 'marke'
    : e.matches('.leaflet-container') ? 'karte'
    : e.closest('.leaflet-control') ? 'bedienung' : e.closest('footer') ? 'fuss' : e.tagName;
}"""

_VERDECKT = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e.matches('iframe')) return '';
  // A checkbox of a row is as visible as its row.
  const ziel = e.matches('input') ? e.closest('label') ?? e : e;
  const rechtecke = [...ziel.getClientRects()].filter(k => k.width > 1 && k.height > 1);
  const sichtbar = rechtecke.some(k => [.5, .1, .9].some(a => [.5, .1, .9].some(b => {
    const oben = document.elementFromPoint(k.left + k.width * a, k.top + k.height * b);
    return oben && (ziel.contains(oben) || oben.contains(ziel));
  })));
  return sichtbar ? '' : e.outerHTML.slice(0, 160);
}"""


def fokus(ort: Page | Frame) -> str:
    """Say what kind of thing has the focus."""
    return str(ort.evaluate(_FOKUS))


def marken(ort: Page | Frame) -> None:
    expect(ort.locator("#karte :is([data-marke], [data-bezirk])[tabindex='0']")).to_have_count(1)
    expect(ort.locator("#karte [data-marke]").first).to_be_attached()


def zur_karte(seite: Page) -> None:
    """Take the skip link to the map."""
    seite.locator('.sprung a[href="#kartenbereich"]').focus()
    seite.keyboard.press("Enter")


def tab_bis(seite: Page, rahmen: Page | Frame, art: str) -> None:
    """Press Tab until a kind of thing has the focus."""
    for _ in range(60):
        seite.keyboard.press("Tab")
        if fokus(rahmen) == art:
            return
    pytest.fail(f"Tab never reached {art}")


def test_skip_links_come_first_and_lead_where_they_say(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    for ziel in ("#ergebnis", "#filter", "#kartenbereich"):
        seite.keyboard.press("Tab")
        link = seite.locator(f'.sprung a[href="{ziel}"]')
        expect(link).to_be_focused()
        expect(link).to_be_in_viewport(ratio=1)
    seite.keyboard.press("Enter")
    seite.keyboard.press("Tab")
    ueber = seite.get_by_role("link", name="Karte überspringen")
    expect(ueber).to_be_focused()
    expect(ueber).to_be_in_viewport(ratio=1)
    seite.keyboard.press("Enter")
    seite.keyboard.press("Tab")
    assert fokus(seite) == "fuss"


def test_one_tab_stop_into_the_map_and_few_to_its_end(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    marken(seite)
    zur_karte(seite)
    weg: list[str] = []
    while len(weg) < 20 and (not weg or weg[-1] != "fuss"):
        seite.keyboard.press("Tab")
        weg.append(fokus(seite))
    assert weg[-1] == "fuss"
    assert weg.count("marke") == 1
    assert weg.count("karte") == 0
    assert len(weg) <= 14, weg


def test_arrow_keys_go_to_the_next_marker_in_their_direction(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    marken(seite)
    zur_karte(seite)
    tab_bis(seite, seite, "marke")
    besucht = set()
    mitte = (
        "() => { const k = document.activeElement.getBoundingClientRect();"
        "return [k.x + k.width / 2, k.y + k.height / 2, document.activeElement.ariaLabel] }"
    )
    for taste, achse, sinn in (
        ("ArrowRight", 0, 1),
        ("ArrowDown", 1, 1),
        ("ArrowLeft", 0, -1),
        ("ArrowUp", 1, -1),
    ) * 3:
        vorher = seite.evaluate(mitte)
        seite.keyboard.press(taste)
        nachher = seite.evaluate(mitte)
        assert fokus(seite) == "marke"
        if nachher[2] != vorher[2]:
            assert (nachher[achse] - vorher[achse]) * sinn >= 0
        besucht.add(nachher[2])
    assert len(besucht) > 3
    # The way back in leads to where one was.
    seite.keyboard.press("Tab")
    seite.keyboard.press("Shift+Tab")
    assert seite.evaluate(mitte)[2] == nachher[2]


def test_enter_splits_a_cluster_and_the_focus_stays_on_the_map(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    marken(seite)
    gruppe = seite.locator(".marke-cluster").first
    expect(gruppe).to_have_accessible_name(re.compile(r"^\d+ Projekte, Enter zum Aufteilen"))
    schluessel = gruppe.get_attribute("data-marke")
    gruppe.focus()
    seite.keyboard.press("Enter")
    expect(seite.locator(f'[data-marke="{schluessel}"]')).to_have_count(0)
    bis(lambda: fokus(seite) == "marke")


def test_zooming_keeps_the_focus_on_a_marker(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    marken(seite)
    seite.locator(".marke-cluster").first.focus()
    zoom = "Number(location.hash.slice(7).split('/')[0])"
    stufen = []
    for taste in ("+", "+", "+", "-", "-"):
        seite.keyboard.press(taste)
        bis(lambda: fokus(seite) == "marke")
        stufen.append(seite.evaluate(zoom))
    assert [b - a for a, b in pairwise(stufen)] == [1, 1, -1, -1]


def test_without_markers_the_map_itself_is_the_tab_stop(besuch: Besuch) -> None:
    seite = besuch.oeffne("/?q=xyzxyz#karte=17/51.41/7.62")
    expect(seite.locator("#leer")).to_be_visible()
    zur_karte(seite)
    tab_bis(seite, seite, "karte")
    vorher = seite.evaluate("location.hash")
    seite.keyboard.press("ArrowUp")
    bis(lambda: seite.evaluate("location.hash") != vorher)


def test_enter_opens_a_labelled_dialog_and_esc_gives_the_focus_back(besuch: Besuch) -> None:
    seite = besuch.oeffne("/?q=binarium")
    marken(seite)
    marke = seite.locator(".marke-einzeln").first
    marke.focus()
    for taste in ("Enter", "Space"):
        seite.keyboard.press(taste)
        fenster = seite.get_by_role("dialog", name=re.compile("BINARIUM"))
        expect(fenster).to_be_visible()
        assert seite.evaluate("!!document.activeElement.closest('[role=dialog]')")
        seite.keyboard.press("Escape")
        expect(seite.get_by_role("dialog")).to_have_count(0)
        expect(marke).to_be_focused()
    # Its close button answers Space too, as a button does.
    seite.keyboard.press("Enter")
    seite.get_by_role("dialog").get_by_role("button", name="Schließen").focus()
    seite.keyboard.press("Space")
    expect(seite.get_by_role("dialog")).to_have_count(0)
    expect(marke).to_be_focused()


def test_controls_answer_enter_space_and_esc(besuch: Besuch) -> None:
    seite = besuch.oeffne("/#karte=12/51.54/7.43")
    marken(seite)
    zoom = "Number(location.hash.slice(7).split('/')[0])"
    groesser = seite.get_by_role("button", name="Vergrößern")
    groesser.focus()
    seite.keyboard.press("Space")
    bis(lambda: seite.evaluate(zoom) == 13)
    seite.keyboard.press("Enter")
    bis(lambda: seite.evaluate(zoom) == 14)
    assert seite.evaluate("scrollY") == 0
    ebenen = seite.get_by_role("button", name="Ebenen der Karte wählen")
    for taste in ("Enter", "Space"):
        ebenen.focus()
        seite.keyboard.press(taste)
        expect(seite.get_by_label("Brachflächen")).to_be_visible()
        assert fokus(seite) == "bedienung"
        assert seite.evaluate("document.activeElement.matches('input')")
        seite.keyboard.press("Escape")
        expect(seite.get_by_label("Brachflächen")).not_to_be_visible()
        expect(ebenen).to_be_focused()


def test_the_map_moves_by_buttons_alone(besuch: Besuch) -> None:
    seite = besuch.oeffne("/#karte=13/51.54/7.43")
    marken(seite)
    schalter = seite.get_by_role("button", name="Karte verschieben")
    expect(schalter).to_have_attribute("aria-expanded", "false")
    schalter.focus()
    seite.keyboard.press("Enter")
    ort = "location.hash.slice(7).split('/').map(Number)"
    for name, achse, sinn in (
        ("Norden", 1, 1),
        ("Osten", 2, 1),
        ("Süden", 1, -1),
        ("Westen", 2, -1),
    ):
        vorher = seite.evaluate(ort)
        seite.get_by_role("button", name=f"Nach {name} verschieben").click()
        nachher = seite.evaluate(ort)
        assert (nachher[achse] - vorher[achse]) * sinn > 0
    seite.get_by_role("button", name="Nach Norden verschieben").focus()
    seite.keyboard.press("Escape")
    expect(schalter).to_be_focused()
    expect(schalter).to_have_attribute("aria-expanded", "false")


def test_less_motion_means_none_on_the_map(besuche: Besuche) -> None:
    bewegungen = (
        "() => new Promise(fertig => {"
        "  const pane = document.querySelector('.leaflet-map-pane'), orte = new Set();"
        "  new MutationObserver(() => orte.add(pane.style.transform))"
        "    .observe(pane, {attributes: true, attributeFilter: ['style']});"
        "  document.querySelector('.schieber-osten').click();"
        "  setTimeout(() => fertig(orte.size), 600);"
        "})"
    )
    gezaehlt = {}
    for wunsch in ("reduce", "no-preference"):
        seite = besuche(reduced_motion=wunsch).oeffne("/#karte=13/51.54/7.43")
        marken(seite)
        gezaehlt[wunsch] = seite.evaluate(bewegungen)
    assert gezaehlt["reduce"] == 1
    assert gezaehlt["no-preference"] > 2


@pytest.mark.parametrize("pfad", ["/", "/projekte/nw-864"])
def test_the_language_menu_opens_and_closes_as_menus_do(besuch: Besuch, pfad: str) -> None:
    seite = besuch.oeffne(pfad)
    auf = seite.locator(".sprachwahl[open]")
    schalter = seite.locator(".sprachwahl summary")
    expect(schalter).to_have_accessible_name("Sprache: Deutsch")
    schalter.focus()
    seite.keyboard.press("Enter")
    expect(auf).to_have_count(1)
    seite.keyboard.press("Tab")
    seite.keyboard.press("Tab")
    assert seite.evaluate("document.activeElement.dataset.sprache") == "leicht"
    seite.keyboard.press("Escape")
    expect(auf).to_have_count(0)
    expect(schalter).to_be_focused()
    seite.keyboard.press("Enter")
    for _ in range(7):
        seite.keyboard.press("Tab")
    expect(auf).to_have_count(0)
    schalter.click()
    expect(auf).to_have_count(1)
    seite.locator("h1").first.dispatch_event("pointerdown")
    expect(auf).to_have_count(0)
    schalter.click()
    seite.get_by_role("link", name="English").click()
    expect(seite.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize(
    ("pfad", "groesse"),
    [
        ("/?stadtbezirk=huckarde", (1280, 800)),
        ("/?stadtbezirk=huckarde", (800, 600)),
        ("/?stadtbezirk=huckarde", (360, 640)),
        ("/projekte/nw-864", (1280, 400)),
        ("/projekte?stadtbezirk=huckarde", (800, 600)),
        ("/einbetten?stadtbezirk=huckarde", (700, 500)),
        ("/einbetten?stadtbezirk=huckarde", (320, 500)),
    ],
)
def test_the_focus_is_never_hidden(besuche: Besuche, pfad: str, groesse: tuple[int, int]) -> None:
    """WCAG 2.4.11, held to more than its minimum: forwards and backwards over the whole page."""
    breite, hoehe = groesse
    seite = besuche(viewport={"width": breite, "height": hoehe}).oeffne(pfad)
    for taste in ("Tab", "Shift+Tab"):
        verdeckt, schritte = [], 0
        while schritte < 400:
            seite.keyboard.press(taste)
            schritte += 1
            if seite.evaluate("document.activeElement === document.body"):
                break
            if wer := seite.evaluate(_VERDECKT):
                verdeckt.append(wer)
        assert verdeckt == []
        assert 10 < schritte < 400, "a trap, or nothing to reach"


@pytest.fixture
def gerahmt(besuche: Besuche, gastseite: tuple[str, Path], basis: str) -> Page:
    """A page of the city: a link, the map in a frame, a link."""
    adresse, ordner = gastseite
    (ordner / "tastatur.html").write_text(
        '<!doctype html><html lang="de"><title>Gast</title><link rel="icon" href="data:,">'
        '<main><h1>Eine Seite</h1><p><a id="davor" href="#">davor</a></p>'
        f'<iframe title="Projektkarte" src="{basis}/einbetten?stadtbezirk=huckarde" '
        f'width="{GASTBREITE}" height="560"></iframe>'
        '<p><a id="danach" href="#">danach</a></p></main></html>',
        "utf-8",
    )
    seite = besuche(auch=(adresse,)).oeffne(f"{adresse}/tastatur.html")
    marken(seite.frames[1])
    return seite


def test_tab_leads_through_the_frame_and_out_again(gerahmt: Page) -> None:
    rahmen = gerahmt.frames[1]
    gerahmt.locator("#davor").focus()
    arten, verdeckt = [], []
    for _ in range(200):
        gerahmt.keyboard.press("Tab")
        if gerahmt.evaluate("document.activeElement.id") == "danach":
            break
        arten.append(fokus(rahmen))
        if wer := rahmen.evaluate(_VERDECKT):
            verdeckt.append(wer)
    expect(gerahmt.locator("#danach")).to_be_focused()
    assert verdeckt == []
    assert arten.count("marke") == 1
    assert "fuss" in arten
    for _ in range(200):
        gerahmt.keyboard.press("Shift+Tab")
        if gerahmt.evaluate("document.activeElement.id") == "davor":
            break
    expect(gerahmt.locator("#davor")).to_be_focused()


def test_the_framed_map_by_keys_alone(gerahmt: Page) -> None:
    rahmen = gerahmt.frames[1]
    gerahmt.locator("#davor").focus()
    tab_bis(gerahmt, rahmen, "marke")
    erste = rahmen.evaluate("document.activeElement.ariaLabel")
    for taste in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        gerahmt.keyboard.press(taste)
        assert fokus(rahmen) == "marke"
        if rahmen.evaluate("document.activeElement.ariaLabel") != erste:
            break
    rahmen.locator(".marke-einzeln").first.focus()
    marke = rahmen.evaluate("document.activeElement.dataset.marke")
    gerahmt.keyboard.press("Enter")
    expect(rahmen.get_by_role("dialog")).to_be_visible()
    assert rahmen.evaluate("!!document.activeElement.closest('[role=dialog]')")
    gerahmt.keyboard.press("Escape")
    expect(rahmen.get_by_role("dialog")).to_have_count(0)
    assert rahmen.evaluate("document.activeElement.dataset.marke") == marke


def test_the_language_menu_of_the_frame_opens_upwards(gerahmt: Page) -> None:
    rahmen = gerahmt.frames[1]
    schalter = rahmen.locator(".sprachwahl summary")
    schalter.focus()
    gerahmt.keyboard.press("Enter")
    kasten = rahmen.locator(".sprachwahl ul").evaluate(
        "e => { const k = e.getBoundingClientRect(); return [k.left, k.top, k.right, k.bottom] }"
    )
    knopf = schalter.evaluate("e => e.getBoundingClientRect().top")
    assert kasten[0] >= 0
    assert kasten[1] >= 0
    assert kasten[2] <= GASTBREITE
    assert kasten[3] <= knopf
    letzte = rahmen.locator(".sprachwahl a").last
    letzte.focus()
    assert rahmen.evaluate(_VERDECKT) == ""
    gerahmt.keyboard.press("Escape")
    expect(schalter).to_be_focused()
    schalter.press("Enter")
    gerahmt.locator("#danach").focus()
    expect(rahmen.locator(".sprachwahl[open]")).to_have_count(0)
