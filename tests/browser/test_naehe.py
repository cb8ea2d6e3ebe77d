"""The near-me control in a real browser: address field, device position, circle, shared links."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Frame, Geolocation, Locator, Page, Request, expect

from tests.adressen.conftest import baue_liste, liste
from tests.browser.besuch import TELEFON, Besuch, axe, ruhe
from tests.browser.conftest import dienst

HIER: Geolocation = {"latitude": 51.53657, "longitude": 7.46058, "accuracy": 15}
"""Somewhere in the Nordstadt; no district or project begins with these digits."""
SPUR = re.compile(r"51[.]53[67]|7[.]46[01]")
FELD = "Adresse, Platz oder Stadtteil"


@pytest.fixture(scope="module")
def protokoll(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the service of this module writes about its visitors."""
    return tmp_path_factory.mktemp("protokoll") / "dienst.log"


@pytest.fixture(scope="module")
def ortsbasis(
    build_dir: Path, tmp_path_factory: pytest.TempPathFactory, protokoll: Path
) -> Iterator[str]:
    """The service with a small address directory."""
    ordner = tmp_path_factory.mktemp("adressen")
    baue_liste(ordner, liste())
    adressen = str(ordner / "adressen.sqlite")
    with dienst(
        build_dir, protokoll, NORDWAERTS_ADRESSEN=adressen, NORDWAERTS_LOG="json"
    ) as adresse:
        yield adresse


@pytest.fixture
def gast(besuche: Callable[..., Besuch], ortsbasis: str) -> Callable[..., Besuch]:
    """Make visits of the service with addresses."""

    def mache(**optionen: Any) -> Besuch:
        besuch = besuche(auch=(ortsbasis, *optionen.pop("auch", ())), **optionen)
        besuch.basis = ortsbasis
        return besuch

    return mache


@pytest.fixture
def mit_standort(gast: Callable[..., Besuch]) -> Callable[..., Besuch]:
    """Make visits of somebody who lets the page know where they are."""

    def mache(**optionen: Any) -> Besuch:
        return gast(geolocation=HIER, permissions=["geolocation"], **optionen)

    return mache


def feld(seite: Page | Frame) -> Locator:
    return seite.get_by_role("combobox", name=FELD)


def optionen(seite: Page) -> Locator:
    return seite.get_by_role("listbox", name="Vorschläge").get_by_role("option")


def tippe(seite: Page, text: str) -> None:
    """Type and wait for the suggestions to this text."""
    with seite.expect_response(lambda a: "/suche?" in a.url):
        feld(seite).press_sequentially(text)
    expect(feld(seite)).to_have_attribute("aria-expanded", "true")


def entfernungen(seite: Page) -> list[str]:
    return seite.locator('#liste [data-feld="entfernung"]:visible').all_inner_texts()


def standort(seite: Page) -> None:
    """Let the page measure from the device."""
    seite.get_by_role("button", name="Mein Standort").click()
    expect(seite.locator("#satz")).to_contain_text("in Ihrer Nähe")


def test_an_address_is_found_and_chosen_by_keyboard_alone(gast: Callable[..., Besuch]) -> None:
    seite = gast().oeffne()
    feld(seite).focus()
    expect(feld(seite)).to_have_attribute("aria-expanded", "false")
    tippe(seite, "12 münsterstr")
    expect(optionen(seite).first).to_contain_text("Münsterstraße 12")
    expect(optionen(seite).first).to_contain_text("Adresse · Innenstadt-Nord")
    assert feld(seite).get_attribute("aria-activedescendant") is None
    seite.keyboard.press("ArrowDown")
    expect(optionen(seite).first).to_have_attribute("aria-selected", "true")
    erste = optionen(seite).first.get_attribute("id")
    expect(feld(seite)).to_have_attribute("aria-activedescendant", str(erste))
    seite.keyboard.press("ArrowUp")
    expect(optionen(seite).last).to_have_attribute("aria-selected", "true")
    seite.keyboard.press("ArrowDown")
    assert axe(seite) == []
    seite.keyboard.press("Enter")
    expect(seite).to_have_url(re.compile(r"\?nahe=51\.\d+,7\.\d+&umkreis=1000$"))
    expect(feld(seite)).to_be_focused()
    expect(feld(seite)).to_have_value("Münsterstraße 12")
    expect(feld(seite)).to_have_attribute("aria-expanded", "false")
    expect(seite.locator("#satz")).to_have_text(
        re.compile(r"^\d+ von 93 Projekten: in der Nähe von Münsterstraße 12, höchstens 1 km")
    )
    assert re.fullmatch(r"(etwa )?\d+ m \w+lich", entfernungen(seite)[0])
    assert axe(seite) == []


def test_escape_folds_the_list_then_empties_the_field(gast: Callable[..., Besuch]) -> None:
    seite = gast().oeffne()
    tippe(seite, "münster")
    seite.keyboard.press("Escape")
    expect(feld(seite)).to_have_attribute("aria-expanded", "false")
    expect(feld(seite)).to_have_value("münster")
    seite.keyboard.press("ArrowDown")
    expect(feld(seite)).to_have_attribute("aria-expanded", "true")
    seite.keyboard.press("Escape")
    seite.keyboard.press("Escape")
    expect(feld(seite)).to_have_value("")
    expect(seite).to_have_url(re.compile(r"/$"))


def test_enter_takes_the_best_answer_even_before_it_came(gast: Callable[..., Besuch]) -> None:
    seite = gast().oeffne()
    feld(seite).fill("bruederweg 7")
    seite.keyboard.press("Enter")
    expect(seite.locator("#satz")).to_contain_text("in der Nähe von Brüderweg 7")


def test_typing_asks_once_and_tells_nothing_else(gast: Callable[..., Besuch]) -> None:
    seite = gast().oeffne("/?stadtbezirk=eving")
    fragen: list[Request] = []
    seite.on("request", lambda r: fragen.append(r) if "/suche" in r.url else None)
    tippe(seite, "münsterstraße 12")
    assert len(fragen) < 4
    assert all("referer" not in frage.all_headers() for frage in fragen)
    assert all("eving" not in frage.url for frage in fragen)


def test_the_newest_question_wins(gast: Callable[..., Besuch]) -> None:
    seite = gast().oeffne()
    spaet: list[Any] = []

    def halte(route: Any) -> None:
        if "q=eving" in route.request.url and not spaet:
            spaet.append(route)
        else:
            route.continue_()

    seite.route("**/suche?*", halte)
    feld(seite).fill("eving")
    seite.wait_for_function("() => document.querySelector('.ortsfeld-hinweis').textContent !== ''")
    feld(seite).fill("nordmarkt")
    expect(optionen(seite).first).to_contain_text("Nordmarkt")
    spaet[0].abort()
    expect(optionen(seite).first).to_contain_text("Nordmarkt")
    expect(seite.locator("#naehe")).not_to_contain_text("antwortet gerade nicht")


def test_a_silent_service_is_said(gast: Callable[..., Besuch]) -> None:
    besuch = gast()
    seite = besuch.oeffne()
    seite.route("**/suche?*", lambda route: route.abort())
    feld(seite).fill("nordmarkt")
    expect(seite.locator("#naehe")).to_contain_text("Die Ortssuche antwortet gerade nicht")
    besuch.auffaellig = [a for a in besuch.auffaellig if "ERR_FAILED" not in a]


def test_without_addresses_the_field_says_what_it_knows(
    besuche: Callable[..., Besuch], build_dir: Path, tmp_path: Path
) -> None:
    with dienst(build_dir, NORDWAERTS_ADRESSEN=str(tmp_path / "nichts.sqlite")) as adresse:
        seite = besuche(auch=(adresse,)).oeffne(f"{adresse}/")
        tippe(seite, "nordmarkt")
        expect(seite.locator("#naehe")).to_contain_text(
            "Straßen und Hausnummern sind hier nicht verzeichnet"
        )
        optionen(seite).filter(has_text="Platz").first.click()
        expect(seite.locator("#satz")).to_contain_text("in der Nähe von Nordmarkt")


def test_a_district_is_measured_from_its_middle_and_offered_as_a_filter(
    gast: Callable[..., Besuch],
) -> None:
    seite = gast().oeffne()
    tippe(seite, "huckarde")
    optionen(seite).first.click()
    expect(seite.locator("#satz")).to_have_text(
        re.compile("^Alle 93 Projekte, mit Entfernung ab Huckarde$")
    )
    expect(seite.locator("#naehe-meldung")).to_contain_text("ab der Mitte von Huckarde")
    assert "umkreis" not in seite.url
    seite.get_by_role("button", name="Nur Projekte im Stadtbezirk Huckarde zeigen").click()
    expect(seite).to_have_url(re.compile(r"\?stadtbezirk=huckarde$"))
    expect(seite.get_by_role("button", name="Nur Projekte im Stadtbezirk")).to_have_count(0)


def test_a_radius_without_projects_is_widened_and_that_is_said(gast: Callable[..., Besuch]) -> None:
    seite = gast().oeffne("/?status=umgesetzt&stadtbezirk=mengede")
    tippe(seite, "münsterstraße 12")
    seite.keyboard.press("Enter")
    expect(seite.locator("#naehe-meldung")).to_contain_text("Im Umkreis von 1 km liegt kein")
    assert "umkreis=1000" not in seite.url
    assert seite.locator("#liste > li, #liste [data-id]").count() > 0


def test_the_name_of_a_place_outlives_back_and_reload(gast: Callable[..., Besuch]) -> None:
    seite = gast().oeffne()
    tippe(seite, "münsterstraße 12")
    seite.keyboard.press("Enter")
    expect(seite.locator("#satz")).to_contain_text("Münsterstraße 12")
    seite.go_back()
    expect(seite.locator("#satz")).to_have_text("Alle 93 Projekte")
    expect(feld(seite)).to_have_value("")
    seite.go_forward()
    expect(seite.locator("#satz")).to_contain_text("Münsterstraße 12")
    seite.reload()
    ruhe(seite)
    expect(seite.locator("#satz")).to_contain_text("Münsterstraße 12")
    expect(feld(seite)).to_have_value("Münsterstraße 12")
    seite.get_by_role("button", name="Ort entfernen").click()
    expect(seite.locator("#satz")).to_have_text("Alle 93 Projekte")
    expect(feld(seite)).to_be_focused()
    expect(seite).to_have_url(re.compile(r"/$"))


def test_browser_and_server_say_the_same_distances(gast: Callable[..., Besuch]) -> None:
    ohne = gast(java_script_enabled=False).oeffne("/projekte?nahe=51.519453,7.46487&umkreis=2000")
    mit = gast().oeffne("/projekte?nahe=51.519453,7.46487&umkreis=2000")
    expect(mit.locator("#satz")).to_contain_text("höchstens 2 km")
    assert entfernungen(mit) == entfernungen(ohne) != []
    mit.get_by_label("1 km").check()
    mit.get_by_label("2 km").check()
    expect(mit.locator("#satz")).to_contain_text("höchstens 2 km")
    assert entfernungen(mit) == entfernungen(ohne)
    assert any(text.startswith("etwa ") for text in entfernungen(ohne))


def test_a_device_position_sorts_counts_and_is_said_without_any_address(
    mit_standort: Callable[..., Besuch],
) -> None:
    seite = mit_standort().oeffne()
    standort(seite)
    expect(seite.locator("#naehe-meldung")).to_have_text("Standort gefunden.")
    expect(seite.locator("#naehe")).to_contain_text("Ihr Standort bleibt in diesem Browser")
    ids = seite.locator("#liste [data-id]").evaluate_all("e => e.map(x => x.dataset.id)")
    erwartet = seite.evaluate(
        "fetch('/api/projekte?nahe=51.5366,7.4606&umkreis=1000').then(a => a.json())"
    )
    assert ids == [projekt["id"] for projekt in erwartet["projekte"]]
    expect(seite.locator("#filter-sort")).to_have_value("entfernung")
    gezeigt = seite.locator('[data-facette="stadtbezirk"] [data-anzahl]').all_inner_texts()
    assert gezeigt == [str(option["anzahl"]) for option in erwartet["facetten"]["stadtbezirk"]]
    assert axe(seite) == []


def spuren(seite: Page) -> list[str]:
    """Everything on the page and in its history that could carry a position out of it."""
    verlauf = seite.context.new_cdp_session(seite).send("Page.getNavigationHistory")
    stellen = [eintrag["url"] for eintrag in verlauf["entries"]]
    stellen += seite.evaluate(
        "() => [location.href, JSON.stringify(history.state), document.referrer,"
        " ...[...document.querySelectorAll('a[href], form')].map(e => e.href || e.action),"
        " ...[...document.querySelectorAll('input')].map(e => e.value)]"
    )
    return [stelle for stelle in stellen if SPUR.search(stelle)]


def test_a_device_position_never_leaves_the_browser(mit_standort: Callable[..., Besuch]) -> None:
    besuch = mit_standort()
    seite = besuch.oeffne("/?status=umgesetzt")
    gesendet: list[str] = []
    seite.on("request", lambda r: gesendet.extend([r.url, str(r.headers), r.post_data or ""]))
    standort(seite)
    expect(seite.get_by_role("group", name="Umkreis")).to_be_visible()
    seite.get_by_label("2 km").check()
    expect(seite.locator("#satz")).to_contain_text("höchstens 2 km")
    seite.locator('input[name="handlungsfeld"]').first.check()
    expect(seite).to_have_url(re.compile("handlungsfeld"))
    seite.locator("#karte").focus()
    # The view of the map is in the address otherwise, and its middle is the device now.
    for taste in ("+", "ArrowRight", "ArrowLeft", "-"):
        seite.keyboard.press(taste)
        assert spuren(seite) == []
    ausschnitt = seite.get_by_label("Nur Kartenausschnitt auflisten")
    ausschnitt.check()
    expect(seite.locator("#chips")).to_contain_text("Kartenausschnitt")
    assert spuren(seite) == []
    ausschnitt.uncheck()
    seite.locator("#liste [data-zeigen]:visible").first.click()
    expect(seite.get_by_role("dialog")).to_be_visible()
    seite.keyboard.press("Escape")
    seite.go_back()
    expect(seite.locator("#satz")).to_contain_text("in Ihrer Nähe")
    assert spuren(seite) == []
    ausschnitt.check()
    seite.locator("#chips").get_by_role("link", name="in Ihrer Nähe").click()
    expect(seite.locator("#satz")).not_to_contain_text("in Ihrer Nähe")
    seite.locator("#karte").focus()
    seite.keyboard.press("+")
    seite.wait_for_timeout(600)
    assert spuren(seite) == []
    standort(seite)
    seite.locator("#liste h3 a").first.click()
    expect(seite.get_by_role("heading", level=1)).to_be_visible()
    assert [text for text in gesendet if SPUR.search(text)] == []
    assert spuren(seite) == []


def test_a_reload_forgets_the_position(mit_standort: Callable[..., Besuch]) -> None:
    seite = mit_standort().oeffne()
    standort(seite)
    seite.reload()
    ruhe(seite)
    expect(seite.locator("#satz")).to_have_text("Alle 93 Projekte")
    expect(seite.locator("#karte .umkreis")).to_have_count(0)


def test_all_filters_reset_give_up_the_position_too(mit_standort: Callable[..., Besuch]) -> None:
    seite = mit_standort().oeffne("/?status=umgesetzt")
    standort(seite)
    seite.locator("[data-zuruecksetzen]").first.click()
    expect(seite.locator("#satz")).to_have_text("Alle 93 Projekte")
    expect(seite.locator("#karte .messpunkt")).to_have_count(0)


def geteilt(seite: Page, knopf: str) -> str:
    seite.context.grant_permissions(["geolocation", "clipboard-read", "clipboard-write"])
    seite.get_by_role("button", name=knopf).click()
    expect(seite.get_by_role("status").filter(has_text="Link kopiert")).to_be_visible()
    return str(seite.evaluate("navigator.clipboard.readText()"))


def test_only_a_shared_link_holds_the_position_and_says_so(
    mit_standort: Callable[..., Besuch],
) -> None:
    besuch = mit_standort()
    seite = besuch.oeffne("/?status=umgesetzt")
    expect(seite.get_by_text("enthält Ihren Standort")).to_be_hidden()
    standort(seite)
    expect(seite.get_by_text("enthält Ihren Standort")).to_be_visible()
    link = geteilt(seite, "Link teilen")
    assert re.search(r"/\?status=umgesetzt&nahe=51\.5366,7\.4606&umkreis=\d+$", link)
    assert spuren(seite) == []
    assert geteilt(seite, "Ohne Standort teilen").endswith("/?status=umgesetzt")
    andere = besuch.oeffne(link)
    expect(andere.locator("#satz")).to_have_text(
        re.compile("Status umgesetzt, in der Nähe eines Punktes, höchstens")
    )
    assert seite.locator("#liste [data-id]").count() == andere.locator("#liste [data-id]").count()


def test_a_link_is_shared_with_the_view_of_the_map(gast: Callable[..., Besuch]) -> None:
    seite = gast().oeffne("/?stadtbezirk=eving#karte=14/51.55/7.47")
    link = geteilt(seite, "Link teilen")
    assert link.endswith("/?stadtbezirk=eving#karte=14/51.55/7.47")
    assert axe(seite) == []


def test_where_the_clipboard_is_closed_the_link_can_be_copied_by_hand(
    gast: Callable[..., Besuch],
) -> None:
    besuch = gast()
    besuch.context.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
    )
    seite = besuch.oeffne("/?stadtbezirk=eving")
    seite.get_by_role("button", name="Link teilen").click()
    hand = seite.get_by_label("Kopieren Sie diesen Link:")
    expect(hand).to_be_focused()
    expect(hand).to_have_value(re.compile(r"/\?stadtbezirk=eving$"))
    assert axe(seite) == []


def test_the_devices_own_sheet_comes_first(gast: Callable[..., Besuch]) -> None:
    besuch = gast()
    besuch.context.add_init_script(
        "navigator.share = daten => { window.geteilt = daten; return Promise.resolve() }"
    )
    seite = besuch.oeffne("/?stadtbezirk=eving")
    seite.get_by_role("button", name="Link teilen").click()
    assert seite.evaluate("window.geteilt.url").endswith("/?stadtbezirk=eving")


def test_a_refused_position_leads_to_the_address_field(gast: Callable[..., Besuch]) -> None:
    seite = gast().oeffne()
    seite.get_by_role("button", name="Mein Standort").click()
    expect(seite.locator("#naehe-meldung")).to_contain_text("gibt den Standort nicht frei")
    expect(feld(seite)).to_be_focused()
    assert axe(seite) == []


@pytest.mark.parametrize(("code", "text"), [(2, "gerade nicht ermitteln"), (3, "zu lange")])
def test_a_position_that_cannot_be_found_leads_to_the_address_field(
    gast: Callable[..., Besuch], code: int, text: str
) -> None:
    besuch = gast()
    besuch.context.add_init_script(
        f"navigator.geolocation.getCurrentPosition = (gut, schlecht) => schlecht({{code: {code}}})"
    )
    seite = besuch.oeffne()
    seite.get_by_role("button", name="Mein Standort").click()
    expect(seite.locator("#naehe-meldung")).to_contain_text(text)
    expect(feld(seite)).to_be_focused()


def gerahmt(besuch: Besuch, gastseite: tuple[str, Path], basis: str, erlaubnis: str) -> Frame:
    adresse, ordner = gastseite
    (ordner / "nahe.html").write_text(
        '<!doctype html><html lang="de"><title>Gast</title><link rel="icon" href="data:,">'
        f'<main><h1>Gast</h1><iframe title="Karte" src="{basis}/einbetten" {erlaubnis}'
        ' width="1200" height="800"></iframe></main></html>',
        "utf-8",
    )
    return besuch.oeffne(f"{adresse}/nahe.html").frames[1]


def test_in_a_frame_without_permission_the_address_is_offered(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    besuch = besuche(auch=(gastseite[0],), geolocation=HIER, permissions=["geolocation"])
    rahmen = gerahmt(besuch, gastseite, basis, "")
    rahmen.get_by_role("button", name="Mein Standort").click()
    expect(rahmen.locator("#naehe-meldung")).to_contain_text("in eine andere Seite eingebettet")
    expect(feld(rahmen)).to_be_focused()


def test_in_a_frame_with_permission_it_measures_and_shares_the_whole_map(
    besuche: Callable[..., Besuch], gastseite: tuple[str, Path], basis: str
) -> None:
    besuch = besuche(auch=(gastseite[0],))
    # Permissions of a context without an origin do not reach frames of another one.
    besuch.context.grant_permissions(["geolocation"], origin=basis)
    besuch.context.grant_permissions(["geolocation"], origin=gastseite[0])
    besuch.context.set_geolocation(HIER)
    rahmen = gerahmt(besuch, gastseite, basis, 'allow="geolocation"')
    rahmen.get_by_role("button", name="Mein Standort").click()
    expect(rahmen.locator("#satz")).to_contain_text("in Ihrer Nähe")
    assert rahmen.url.endswith("/einbetten")
    rahmen.get_by_role("button", name="Ohne Standort teilen").click()
    # A frame may not use the clipboard unasked: the link is shown, and leads to a page for people.
    expect(rahmen.get_by_label("Kopieren Sie diesen Link:")).to_have_value(f"{basis}/")


def kreis(seite: Page) -> dict[str, float]:
    """The box of the circle in the map's own pixels, and the map's size."""
    masse: dict[str, float] = seite.evaluate(
        """() => {
          const k = document.querySelector('#karte path.umkreis').getBoundingClientRect();
          const m = document.querySelector('#karte').getBoundingClientRect();
          return {links: k.left - m.left, oben: k.top - m.top, rechts: m.right - k.right,
                  unten: m.bottom - k.bottom, breite: k.width, hoehe: k.height}
        }"""
    )
    return masse


def test_the_circle_is_drawn_named_and_seen_as_a_whole(gast: Callable[..., Besuch]) -> None:
    seite = gast().oeffne("/?nahe=51.519453,7.46487&umkreis=1000")
    for weite, text in (("1000", "1 km"), ("5000", "5 km"), ("500", "500 m")):
        seite.locator(f'input[name="umkreis"][value="{weite}"]').check(force=True)
        expect(seite.locator("#karte .umkreis-schild")).to_contain_text(text)
        masse = kreis(seite)
        assert min(masse[seitenrand] for seitenrand in ("links", "oben", "rechts", "unten")) >= 0
        assert max(masse["breite"], masse["hoehe"]) > 180
    assert seite.locator("#karte path.umkreis").evaluate(
        "e => getComputedStyle(e).strokeDasharray"
    ) not in ("", "none")
    expect(seite.locator("#karte .messpunkt")).to_have_text("gewählter Punkt")
    seite.get_by_label("ohne Grenze").check()
    expect(seite.locator("#karte path.umkreis")).to_have_count(0)
    expect(seite.locator("#karte .messpunkt")).to_have_count(1)
    assert axe(seite) == []


@pytest.mark.parametrize("optionen", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_dark_and_forced_colours_keep_point_and_circle(
    mit_standort: Callable[..., Besuch], optionen: dict[str, str]
) -> None:
    seite = mit_standort(**optionen).oeffne()
    standort(seite)
    expect(seite.locator("#karte .messpunkt")).to_have_text("Ihr Standort")
    assert (
        seite.locator("#karte path.umkreis").evaluate("e => getComputedStyle(e).stroke") != "none"
    )
    assert axe(seite) == []


def test_giving_up_the_position_gives_the_view_back(mit_standort: Callable[..., Besuch]) -> None:
    seite = mit_standort().oeffne("/#karte=12/51.58/7.36")
    standort(seite)
    seite.get_by_role("button", name="Ort entfernen").click()
    expect(seite.locator("#karte .messpunkt")).to_have_count(0)
    seite.get_by_role("button", name="Vergrößern").click()
    expect(seite).to_have_url(re.compile(r"#karte=13/51\.5[78]\d*/7\.3[56]"))


def test_without_script_an_address_leads_to_the_nearest_projects(
    gast: Callable[..., Besuch],
) -> None:
    for pfad in ("/", "/projekte"):
        seite = gast(java_script_enabled=False).oeffne(pfad)
        expect(seite.get_by_role("button", name="Mein Standort")).to_be_hidden()
        seite.get_by_label(FELD).fill("münsterstr 12")
        seite.get_by_role("button", name="Ort suchen").click()
        expect(seite.get_by_role("heading", level=1)).to_have_text("In meiner Nähe")
        expect(seite.get_by_label(FELD)).to_have_value("münsterstr 12")
        seite.get_by_role("link", name="Münsterstraße 12", exact=True).click()
        expect(seite.locator("#satz")).to_contain_text("höchstens 1 km entfernt")
        assert entfernungen(seite)
        seite.get_by_label("2 km").check()
        seite.get_by_role("button", name="Umkreis anwenden").click()
        expect(seite.locator("#satz")).to_contain_text("höchstens 2 km entfernt")


@pytest.mark.parametrize("sprache", ["de", "leicht", "en", "tr", "ar", "uk"])
def test_the_page_of_answers_is_clean_in_every_language(
    gast: Callable[..., Besuch], sprache: str
) -> None:
    seite = gast().oeffne(f"/suche?q=nordmarkt&sprache={sprache}")
    assert seite.locator(".ortsliste li").count() > 1
    assert axe(seite) == []


@pytest.mark.parametrize("breite", [TELEFON["width"], 320])
def test_on_a_phone_it_is_a_small_sheet_of_its_own(
    mit_standort: Callable[..., Besuch], breite: int
) -> None:
    besuch = mit_standort(viewport={"width": breite, "height": 640}, has_touch=True, is_mobile=True)
    seite = besuch.oeffne()
    schalter = seite.get_by_role("button", name="In meiner Nähe")
    expect(feld(seite)).to_be_hidden()
    schalter.click()
    blatt = seite.get_by_role("dialog", name="In meiner Nähe")
    expect(blatt).to_be_visible()
    expect(seite.get_by_role("heading", name="In meiner Nähe")).to_be_focused()
    expect(seite.locator("#filter")).to_be_hidden()
    assert axe(seite) == []
    seite.keyboard.press("Escape")
    expect(blatt).to_be_hidden()
    expect(schalter).to_be_focused()
    schalter.click()
    blatt.get_by_role("button", name="Mein Standort").click()
    expect(blatt.get_by_role("group", name="Umkreis")).to_be_visible()
    assert seite.evaluate("document.documentElement.scrollWidth") <= breite
    assert axe(seite) == []
    blatt.get_by_role("button", name=re.compile("anzeigen$")).click()
    expect(blatt).to_be_hidden()
    expect(seite.locator("#satz")).to_contain_text("in Ihrer Nähe")
    seite.locator('[data-ansicht="karte"]').click()
    expect(seite.locator("#karte .messpunkt")).to_have_text("Ihr Standort")
    masse = kreis(seite)
    assert min(masse[rand] for rand in ("links", "oben", "rechts", "unten")) >= 0


def test_the_log_knows_neither_what_was_typed_nor_where_somebody_is(
    mit_standort: Callable[..., Besuch], protokoll: Path
) -> None:
    besuch = mit_standort()
    seite = besuch.oeffne()
    tippe(seite, "Nordmarkt")
    optionen(seite).first.click()
    expect(seite).to_have_url(re.compile("nahe="))
    seite.reload()  # now the server is asked with the place in the address
    ruhe(seite)
    standort(seite)
    seite.get_by_label("Suche in allen Steckbriefen").fill("Grünflächen")
    expect(seite).to_have_url(re.compile("q="))
    besuch.oeffne("/projekte?q=Geheimwort&nahe=51.5361,7.4611&umkreis=500&bbox=7.4,51.5,7.5,51.6")
    besuch.oeffne("/projekte%3Fq=Geheimwort")
    besuch.auffaellig.clear()  # the browser reports that there is no such page
    text = protokoll.read_text("utf-8")
    zeilen = [zeile for zeile in map(json.loads, text.splitlines()) if "pfad" in zeile]
    assert {"/", "/suche", "/projekte"} <= {zeile["pfad"] for zeile in zeilen}
    assert {zeile["adresse"] for zeile in zeilen} == {"127.0.0.0"}
    spuren = re.compile(
        r"Nordmarkt|Geheimwort|Gr(ü|%C3%BC)nfl|nahe|umkreis|bbox|[?&]|127[.]0[.]0[.]1\b"
        r"|\b51[.]\d|\b7[.][3-6]\d",
        re.IGNORECASE,
    )
    gefunden = [zeile for zeile in zeilen if spuren.search(json.dumps(zeile["pfad"]))]
    assert gefunden == []
    for wort in ("Nordmarkt", "Geheimwort", "127.0.0.1", "51.53"):
        assert wort not in text
