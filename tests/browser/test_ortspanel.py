"""List and map as one: hover and focus links, the list that follows the map, places as panels."""

import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests import synthetik
from tests.browser.besuch import TELEFON, Besuch, axe, ruhe
from tests.browser.conftest import dienst
from tests.conftest import baue

MARKEN = "#karte .leaflet-marker-pane [data-marke]"
HERVOR = "#karte [data-marke][data-hervor]"
HUCKARDE = '[data-bezirk="huckarde"]'
SCHALTER = "Nur Kartenausschnitt auflisten"


def karte_bereit(seite: Page) -> None:
    """Wait until projects and districts stand on the map."""
    expect(seite.locator(MARKEN).first).to_be_visible()
    expect(seite.locator(HUCKARDE)).to_be_attached()


def panel(seite: Page) -> Locator:
    return seite.locator(".panel[data-ort]:not([hidden])")


def ids(ort: Page | Locator, liste: str) -> list[str]:
    return [
        str(i) for i in ort.locator(f"{liste} .eintrag").evaluate_all("e => e.map(x=>x.dataset.id)")
    ]


def api(seite: Page, query: str) -> list[dict[str, Any]]:
    antwort: list[dict[str, Any]] = seite.evaluate(
        "q => fetch('/api/projekte?limit=1000&' + q).then(a => a.json()).then(a => a.projekte)",
        query,
    )
    return antwort


def api_ids(seite: Page, query: str) -> list[str]:
    return [p["id"] for p in api(seite, query)]


def bbox(seite: Page) -> str | None:
    werte = parse_qs(urlsplit(seite.url).query).get("bbox")
    return werte[0] if werte else None


def fokus(seite: Page, ausdruck: str) -> Any:
    return seite.evaluate(f"(e => {ausdruck})(document.activeElement)")


def test_pointing_at_an_entry_makes_its_marker_stand_out(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    eintrag = seite.locator("#liste .eintrag:has([data-zeigen])").first
    eintrag.hover()
    expect(seite.locator(HERVOR)).to_have_count(1)
    # by shape and size, not by colour alone
    ring = seite.locator(HERVOR).evaluate("e => getComputedStyle(e, '::before').borderTopWidth")
    assert float(ring.removesuffix("px")) >= 2
    seite.locator("#satz").hover()
    expect(seite.locator(HERVOR)).to_have_count(0)
    eintrag.locator("a").focus()
    expect(seite.locator(HERVOR)).to_have_count(1)


def test_pointing_at_a_marker_makes_its_entries_stand_out_and_moves_nothing(
    besuch: Besuch,
) -> None:
    seite = besuch.oeffne("/?q=binarium")
    karte_bereit(seite)
    eintrag = seite.locator('#liste [data-id="nw-019"]')
    seite.locator(MARKEN).first.hover()
    expect(eintrag).to_have_attribute("data-hervor", "")
    seite.locator("#satz").hover()
    expect(eintrag).not_to_have_attribute("data-hervor", "")
    seite.locator(MARKEN).first.focus()
    expect(eintrag).to_have_attribute("data-hervor", "")

    alle = besuch.oeffne()
    karte_bereit(alle)
    marke = alle.locator(f"{MARKEN}.marke-cluster").first
    marke.focus()
    assert alle.evaluate("scrollY") == 0
    # entries further down belong to it too, as soon as they can be seen
    hervor = alle.locator("#liste [data-hervor]")
    gesehen: set[str] = set()
    for _ in range(60):
        gesehen |= {str(i) for i in hervor.evaluate_all("e => e.map(x => x.dataset.id)")}
        alle.evaluate("scrollBy(0, 400)")
        ruhe(alle)
    assert len(gesehen) == int(marke.get_attribute("data-anzahl") or 0)


@pytest.fixture(scope="module")
def synthetisch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service over invented projects, some with several locations."""
    ordner = tmp_path_factory.mktemp("synthetisch")
    fertig = baue(synthetik.schreibe(ordner / "geodata", 120), ordner / "build")
    assert fertig.returncode == 0, fertig.stderr
    with dienst(ordner / "build") as adresse:
        yield adresse


def test_a_project_with_k_locations_is_once_in_the_list_and_k_times_on_the_map(
    besuche: Callable[..., Besuch], synthetisch: str
) -> None:
    gast = besuche(auch=(synthetisch,))
    seite = gast.oeffne(f"{synthetisch}/")
    mehrere = [p for p in api(seite, "") if len(p["standorte"]) > 1]
    assert mehrere
    for projekt in mehrere[:3]:
        nummer = re.search(r"\d+", projekt["name"])
        assert nummer
        seite.goto(f"{synthetisch}/?q={nummer.group()}")
        ruhe(seite)
        karte_bereit(seite)
        eintrag = seite.locator(f'#liste [data-id="{projekt["id"]}"]')
        expect(eintrag).to_have_count(1)
        eintrag.hover()
        orte = {(o["lon"], o["lat"]) for o in projekt["standorte"]}
        # on the map, or in a cluster with another of its places
        anzahl = seite.locator(HERVOR).count()
        assert 1 <= anzahl <= len(orte)
        if not seite.locator(f"{HERVOR}.marke-cluster").count():
            assert anzahl == len(orte)


def test_the_list_can_follow_the_map(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    schalter = seite.get_by_label(SCHALTER)
    schalter.check()
    expect(seite).to_have_url(re.compile("bbox="))
    expect(seite.locator("#satz")).to_contain_text("Kartenausschnitt")
    expect(seite.locator('#chips [data-entfernen^="bbox="]')).to_have_count(1)
    ohne_ort = len(api_ids(seite, "lage=ohne"))
    expect(seite.locator("#ohne-ort")).to_have_text(
        f"{ohne_ort} Projekte ohne Ort werden hier nicht gezeigt."
    )
    seite.evaluate(
        "() => { window.saetze = []; new MutationObserver(() =>"
        " window.saetze.push(satz.textContent)).observe(satz, {childList: true, subtree: true,"
        " characterData: true}) }"
    )
    schritte = seite.evaluate("history.length")
    vorher = bbox(seite)
    # both in one turn: on a busy machine the map might come to rest in between
    seite.get_by_role("button", name="Vergrößern").evaluate("k => { k.click(); k.click(); }")
    expect(seite).not_to_have_url(re.compile(re.escape(f"bbox={vorher}")))
    seite.wait_for_timeout(600)
    assert set(ids(seite, "#liste")) == set(api_ids(seite, f"bbox={bbox(seite)}"))
    assert seite.evaluate("history.length") == schritte
    # said once, when the map has come to rest
    assert len(seite.evaluate("window.saetze")) == 1
    assert axe(seite) == []
    schalter.uncheck()
    assert bbox(seite) is None
    expect(seite.locator("#satz")).to_have_text("Alle 93 Projekte")
    expect(seite.locator("#ohne-ort")).to_be_hidden()


def test_dragging_the_map_takes_the_list_along_and_no_filter_moves_it_back(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    seite.get_by_label(SCHALTER).check()
    seite.get_by_role("button", name="Vergrößern").click()
    seite.wait_for_timeout(500)
    vorher = bbox(seite)
    kasten = seite.locator("#karte").bounding_box()
    assert kasten
    x, y = kasten["x"] + kasten["width"] / 2, kasten["y"] + kasten["height"] - 90
    seite.mouse.move(x, y)
    seite.mouse.down()
    seite.mouse.move(x - 150, y - 40, steps=5)
    seite.mouse.up()
    expect(seite).not_to_have_url(re.compile(re.escape(f"bbox={vorher}")))
    ruhe(seite)
    gezogen = bbox(seite)
    assert set(ids(seite, "#liste")) == set(api_ids(seite, f"bbox={gezogen}"))
    seite.locator('input[name="stadtbezirk"][value="luetgendortmund"]').check()
    expect(seite.locator("#chips [data-entfernen]")).to_have_count(2)
    seite.wait_for_timeout(500)
    assert bbox(seite) == gezogen
    seite.go_back()
    expect(seite.locator("#chips [data-entfernen]")).to_have_count(1)
    assert bbox(seite) == gezogen
    seite.reload()
    ruhe(seite)
    karte_bereit(seite)
    expect(seite.get_by_label(SCHALTER)).to_be_checked()
    seite.wait_for_timeout(500)
    assert bbox(seite) == gezogen


def test_a_url_with_a_section_shows_that_section_and_stays_as_it_is(besuch: Besuch) -> None:
    wert = "7.38,51.5,7.45,51.55"
    seite = besuch.oeffne(f"/?bbox={wert}")
    karte_bereit(seite)
    expect(seite.get_by_label(SCHALTER)).to_be_checked()
    erwartet = api_ids(seite, f"bbox={wert}")
    assert 0 < len(erwartet) < 93
    assert set(ids(seite, "#liste")) == set(erwartet)
    seite.wait_for_timeout(500)
    assert bbox(seite) == wert
    # the section fills the map as far as the two shapes allow, and what is not in it is said
    anzahl = seite.locator(MARKEN).evaluate_all(
        "e => e.reduce((s, x) => s + Number(x.dataset.anzahl), 0)"
    )
    assert anzahl == len(erwartet)
    expect(seite.locator("#karte .ausschnitt-rahmen")).to_have_count(1)
    expect(seite.locator("#ohne-ort")).to_be_visible()
    # what the visitor moves counts from then on
    seite.get_by_role("button", name="Vergrößern").click()
    expect(seite).not_to_have_url(re.compile(re.escape(wert)))
    expect(seite.locator("#karte .ausschnitt-rahmen")).to_have_count(0)
    seite.locator('#chips [data-entfernen^="bbox="]').click()
    expect(seite.get_by_label(SCHALTER)).not_to_be_checked()
    assert bbox(seite) is None


def test_without_script_a_section_says_what_it_leaves_out(besuche: Callable[..., Besuch]) -> None:
    seite = besuche(java_script_enabled=False).oeffne("/projekte?bbox=7.38,51.5,7.45,51.55")
    expect(seite.locator("#ohne-ort")).to_have_text(re.compile(r"^\d+ Projekte ohne Ort"))


def test_a_district_opens_by_keyboard_and_gives_the_focus_back(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    name = seite.locator(HUCKARDE)
    erwartet = api_ids(seite, "stadtbezirk=huckarde")
    expect(name).to_have_accessible_name(
        f"Stadtbezirk Huckarde: {len(erwartet)} Projekte, Enter zum Auflisten"
    )
    name.focus()
    seite.keyboard.press("Enter")
    expect(panel(seite)).to_have_role("dialog")
    expect(panel(seite)).to_have_accessible_name("Huckarde")
    assert fokus(seite, "e.textContent") == "Huckarde"
    expect(panel(seite)).to_contain_text(f"{len(erwartet)} Projekte hier")
    assert ids(panel(seite), "header ~ .liste") == erwartet
    stadtweit = len(api_ids(seite, "stadtbezirk=stadtbezirksuebergreifend"))
    expect(panel(seite).locator("summary")).to_have_text(f"Dazu {stadtweit} stadtweite Projekte")
    expect(seite.locator("#karte .auswahl-linie")).to_have_count(1)
    assert axe(seite) == []
    seite.keyboard.press("Escape")
    expect(panel(seite)).to_have_count(0)
    assert fokus(seite, "e.dataset.bezirk") == "huckarde"
    expect(seite.locator("#karte .auswahl-linie")).to_have_count(0)


def test_a_click_on_the_ground_opens_its_district_a_double_click_only_zooms(
    besuch: Besuch,
) -> None:
    seite = besuch.oeffne("/?q=xyzxyz#karte=12/51.5355/7.41")
    expect(seite.locator(HUCKARDE)).to_be_visible()
    kasten = seite.locator(HUCKARDE).bounding_box()
    assert kasten
    # Beside the name, which is a button of its own.
    x, y = kasten["x"] + kasten["width"] / 2, kasten["y"] + kasten["height"] + 30
    seite.mouse.dblclick(x, y)
    seite.wait_for_timeout(500)
    expect(panel(seite)).to_have_count(0)
    seite.mouse.click(x, y)
    expect(panel(seite)).to_have_accessible_name("Huckarde")
    seite.get_by_role("button", name="Schließen").click()
    expect(panel(seite)).to_have_count(0)


def test_only_this_district_sets_the_filter_and_the_view_fits_it(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    seite.locator(HUCKARDE).focus()
    seite.keyboard.press("Enter")
    panel(seite).get_by_role("button", name="Nur Huckarde zeigen").click()
    expect(seite).to_have_url(re.compile(r"stadtbezirk=huckarde"))
    expect(panel(seite)).to_have_count(0)
    assert ids(seite, "#liste") == api_ids(seite, "stadtbezirk=huckarde")
    assert fokus(seite, "e.id") == "ergebnis"
    linie = seite.locator("#karte .auswahl-linie")
    expect(linie).to_have_count(1)
    assert linie.evaluate("e => parseFloat(getComputedStyle(e).strokeWidth)") >= 3
    seite.wait_for_timeout(300)
    rahmen, bezirk = seite.locator("#karte").bounding_box(), linie.bounding_box()
    assert rahmen
    assert bezirk
    assert bezirk["x"] >= rahmen["x"]
    assert bezirk["x"] + bezirk["width"] <= rahmen["x"] + rahmen["width"]
    assert bezirk["height"] > rahmen["height"] / 2
    seite.locator('#chips [data-entfernen="stadtbezirk=huckarde"]').click()
    expect(linie).to_have_count(0)


def test_the_panel_follows_the_filters_and_says_what_they_hide(besuch: Besuch) -> None:
    seite = besuch.oeffne("/?handlungsfeld=flaechenentwicklung")
    karte_bereit(seite)
    hier = api_ids(seite, "stadtbezirk=mengede&handlungsfeld=flaechenentwicklung")
    alle = api_ids(seite, "stadtbezirk=mengede")
    seite.locator('[data-bezirk="mengede"]').focus()
    seite.keyboard.press("Enter")
    expect(panel(seite).locator(".ortspanel-anzahl")).to_have_text(
        f"{len(hier)} Projekte hier, {len(alle) - len(hier)} weitere mit anderen Filtern"
    )
    assert ids(panel(seite), "header ~ .liste") == hier
    seite.locator('input[name="handlungsfeld"][value="flaechenentwicklung"]').uncheck()
    expect(panel(seite).locator(".ortspanel-anzahl")).to_have_text(f"{len(alle)} Projekte hier")
    assert ids(panel(seite), "header ~ .liste") == alle


@pytest.mark.parametrize(
    ("ebene", "marke", "adresse"),
    [
        ("Öffentliche Plätze", "plaetze:platz-nordmarkt", "/plaetze/platz-nordmarkt"),
        ("Brachflächen", "brachflaechen:bf-energiecampus", "/brachflaechen/bf-energiecampus"),
    ],
)
def test_squares_and_vacant_land_list_what_their_pages_list(
    besuch: Besuch, ebene: str, marke: str, adresse: str
) -> None:
    seite = besuch.oeffne("/?sprache=de")
    karte_bereit(seite)
    seite.locator(".leaflet-control-layers").hover()
    seite.locator(".leaflet-control-layers").get_by_label(ebene).check()
    seite.locator(f'[data-marke="{marke}"]').focus()
    seite.keyboard.press("Enter")
    expect(panel(seite)).to_contain_text("im Umkreis von 500 m")
    gezeigt = set(ids(panel(seite), "header ~ .liste"))
    assert gezeigt
    assert axe(seite) == []
    panel(seite).get_by_role("link", name="Mehr über diesen Ort").click()
    # the address comes from the page's own patterns: it keeps the chosen language
    expect(seite).to_have_url(re.compile(re.escape(adresse) + r"\?sprache=de$"))
    assert gezeigt == set(ids(seite, ".liste"))


def test_a_shared_spot_lists_its_projects_and_leads_there_and_back(besuch: Besuch) -> None:
    seite = besuch.oeffne("/#karte=17/51.5408/7.37153")
    marke = seite.locator(MARKEN).first
    expect(marke).to_be_visible()
    anzahl = int(marke.get_attribute("data-anzahl") or 0)
    marke.focus()
    seite.keyboard.press("Enter")
    expect(panel(seite)).to_contain_text(f"{anzahl} Projekte hier")
    assert len(ids(panel(seite), "header ~ .liste")) == anzahl
    zweiter = panel(seite).locator(".eintrag a").nth(1)
    titel = zweiter.inner_text()
    zweiter.press("Enter")
    kurzform = seite.locator(".leaflet-popup")
    expect(kurzform).to_have_accessible_name(titel)
    expect(panel(seite)).to_be_visible()
    assert axe(seite) == []
    seite.keyboard.press("Escape")
    expect(kurzform).to_have_count(0)
    assert fokus(seite, "e.textContent") == titel
    seite.keyboard.press("Escape")
    expect(panel(seite)).to_have_count(0)
    assert fokus(seite, "e.matches('[data-marke]')")


@pytest.mark.parametrize("breite", [800, 1280])
def test_the_panel_covers_the_list_and_moves_nothing(
    besuche: Callable[..., Besuch], breite: int
) -> None:
    seite = besuche(viewport={"width": breite, "height": 800}).oeffne()
    karte_bereit(seite)
    stellen = [seite.locator(wahl) for wahl in ("#satz", "#liste .eintrag >> nth=3", "#karte")]
    vorher = [stelle.bounding_box() for stelle in stellen]
    seite.locator(HUCKARDE).focus()
    seite.keyboard.press("Enter")
    expect(panel(seite)).to_be_visible()
    assert [stelle.bounding_box() for stelle in stellen] == vorher
    kasten, satz = panel(seite).bounding_box(), vorher[0]
    assert kasten
    assert satz
    assert kasten["x"] <= satz["x"]
    assert kasten["x"] + kasten["width"] >= satz["x"] + satz["width"]
    assert kasten["y"] <= satz["y"]


def test_whoever_goes_to_the_list_by_keyboard_gets_the_list(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    seite.locator(HUCKARDE).focus()
    seite.keyboard.press("Enter")
    expect(panel(seite)).to_be_visible()
    # a filter beside it stays usable
    seite.locator('input[name="handlungsfeld"]').first.focus()
    seite.wait_for_timeout(100)
    expect(panel(seite)).to_be_visible()
    seite.locator("#liste .eintrag a").first.focus()
    expect(panel(seite)).to_have_count(0)


def test_enter_on_a_cluster_leads_to_one_of_its_parts(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    cluster = seite.locator(f"{MARKEN}.marke-cluster").first
    anzahl = int(cluster.get_attribute("data-anzahl") or 0)
    expect(cluster).to_have_accessible_name(
        re.compile(rf"^{anzahl} Projekte?, Enter zum Aufteilen")
    )
    schluessel = cluster.get_attribute("data-marke")
    cluster.focus()
    seite.keyboard.press("Enter")
    expect(seite.locator(f'[data-marke="{schluessel}"]')).to_have_count(0)
    assert fokus(seite, "e.matches('[data-marke]')")
    assert 0 < int(fokus(seite, "e.dataset.anzahl")) < anzahl


def test_the_map_is_one_tab_stop_and_arrows_reach_projects_and_districts(besuch: Besuch) -> None:
    blick = "#karte=11/51.53/7.43"
    seite = besuch.oeffne(f"/{blick}")
    karte_bereit(seite)
    halte = seite.locator("#karte :is([data-marke], [data-bezirk]):not([hidden])")
    assert halte.evaluate_all("e => e.filter(x => x.tabIndex === 0).length") == 1
    namen = halte.evaluate_all("e => e.map(x => x.getAttribute('aria-label') || '')")
    assert all(namen)
    halte.first.focus()
    erreicht = set()
    # breadth first: from everything reached, in all four directions
    offen = [fokus(seite, "e.getAttribute('aria-label')")]
    while offen:
        name = offen.pop()
        if name in erreicht:
            continue
        erreicht.add(name)
        for taste in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
            seite.evaluate(
                "n => [...document.querySelectorAll('#karte [aria-label]')]"
                ".find(e => e.getAttribute('aria-label') === n)?.focus()",
                name,
            )
            seite.keyboard.press(taste)
            neu = fokus(seite, "e.getAttribute('aria-label')")
            # Where nothing lies that way an arrow moves the map.
            seite.evaluate("h => { if (location.hash !== h) location.hash = h }", blick)
            if neu and neu not in erreicht:
                offen.append(neu)
        if set(namen) <= erreicht:
            break
    assert set(namen) <= erreicht
    assert halte.evaluate_all("e => e.filter(x => x.tabIndex === 0).length") == 1


def test_enter_opens_a_marker_also_after_the_map_was_dragged(besuch: Besuch) -> None:
    seite = besuch.oeffne("/?q=binarium")
    karte_bereit(seite)
    kasten = seite.locator("#karte").bounding_box()
    assert kasten
    x, y = kasten["x"] + 300, kasten["y"] + kasten["height"] - 120
    seite.mouse.move(x, y)
    seite.mouse.down()
    seite.mouse.move(x + 60, y - 20, steps=4)
    seite.mouse.up()
    seite.locator(MARKEN).first.focus()
    seite.keyboard.press("Enter")
    expect(seite.get_by_role("dialog")).to_contain_text("BINARIUM")


def test_on_a_phone_a_place_is_a_sheet_with_a_way_back(besuche: Callable[..., Besuch]) -> None:
    seite = besuche(viewport=TELEFON, has_touch=True, is_mobile=True).oeffne()
    seite.locator('[data-ansicht="karte"]').tap()
    karte_bereit(seite)
    seite.locator('[data-bezirk="mengede"]').focus()
    seite.keyboard.press("Enter")
    blatt = panel(seite)
    expect(blatt).to_have_accessible_name("Mengede")
    kasten = blatt.bounding_box()
    assert kasten
    assert kasten["width"] == TELEFON["width"]
    assert round(kasten["y"] + kasten["height"]) == TELEFON["height"]
    # what it is about is not below it
    marke = seite.locator("#karte [data-offen]").bounding_box()
    assert marke
    assert marke["y"] + marke["height"] <= kasten["y"]
    assert axe(seite) == []
    eintrag = blatt.locator(".eintrag a").nth(1)
    titel = eintrag.inner_text()
    eintrag.tap()
    expect(blatt).to_have_accessible_name(titel)
    assert axe(seite) == []
    blatt.get_by_role("button", name="Zurück zur Liste: Mengede").tap()
    expect(blatt).to_have_accessible_name("Mengede")
    assert fokus(seite, "e.textContent") == titel
    blatt.get_by_role("button", name="Schließen").tap()
    expect(blatt).to_have_count(0)
    assert seite.evaluate("document.documentElement.scrollWidth") <= TELEFON["width"]


@pytest.mark.parametrize("sprache", ["ar", "uk", "tr", "en", "leicht"])
def test_places_and_sections_speak_every_language(
    besuche: Callable[..., Besuch], sprache: str
) -> None:
    seite = besuche(color_scheme="dark").oeffne(f"/?sprache={sprache}")
    karte_bereit(seite)
    seite.locator(HUCKARDE).focus()
    seite.keyboard.press("Enter")
    expect(panel(seite)).to_be_visible()
    text = panel(seite).inner_text() + seite.locator(".ausschnitt").inner_text()
    assert "ortspanel." not in text
    assert "{" not in text
    assert "Projekte hier" not in text or sprache == "leicht"
    assert [v for v in axe(seite) if "ungeprueft" not in str(v)] == []


def test_in_a_frame_places_open_too(besuch: Besuch) -> None:
    seite = besuch.oeffne("/einbetten")
    karte_bereit(seite)
    seite.locator(HUCKARDE).focus()
    seite.keyboard.press("Enter")
    mehr = panel(seite).get_by_role("link", name="Mehr über diesen Ort")
    expect(mehr).to_have_attribute("target", "_blank")
    assert axe(seite) == []
