"""The frozen copy in a browser without a network: as a file, and in a folder of any server."""

import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from app.query import suche
from app.state import parse
from app.store import Snapshot
from tests.browser.besuch import TELEFON, Besuch, axe, besuchsreihe, bis, ruhe

Oeffne = Callable[..., Page]


class _Statisch(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def unterordner(archiv: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The copy in a folder of a server that knows nothing but files."""
    wurzel = tmp_path_factory.mktemp("server")
    (wurzel / "amt" / "archiv").mkdir(parents=True)
    (wurzel / "amt" / "archiv" / "karte").symlink_to(archiv)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Statisch, directory=str(wurzel)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/amt/archiv/karte"
    server.shutdown()
    server.server_close()


@pytest.fixture
def offline(browser: Browser, archiv: Path) -> Iterator[Callable[..., Besuch]]:
    """Visits of the copy as files, the network switched off."""
    with besuchsreihe(browser) as reihe:

        def mache(basis: str = archiv.as_uri(), **optionen: Any) -> Besuch:
            return reihe(basis, ohne_netz=basis.startswith("file:"), **optionen)

        yield mache


def anzahl(snapshot: Snapshot, *paare: tuple[str, str]) -> int:
    return suche(snapshot.index, parse(list(paare), snapshot.index.codes)[0]).anzahl


def satz(seite: Page) -> str:
    return seite.inner_text("#satz")


def test_the_map_works_from_a_file(offline: Callable[..., Besuch], snapshot: Snapshot) -> None:
    besuch = offline()
    seite = besuch.oeffne("/index.html")
    assert satz(seite) == f"Alle {len(snapshot.index)} Projekte"
    expect(seite.locator(".archivstand")).to_contain_text("15. Januar 2026")
    bis(lambda: seite.locator("path.grund-bezirk").count() == 12)
    assert axe(seite) == []
    # filters
    eving = anzahl(snapshot, ("stadtbezirk", "eving"))
    seite.locator('input[name="stadtbezirk"][value="eving"]').check()
    bis(lambda: satz(seite).startswith(f"{eving} von"))
    assert seite.url.endswith("/index.html?stadtbezirk=eving")
    # an address of the copy is a state
    seite.reload()
    ruhe(seite)
    assert satz(seite).startswith(f"{eving} von")
    assert "Eving" in seite.inner_text("#chips")
    assert seite.locator('input[name="stadtbezirk"][value="eving"]').is_checked()
    # another language is another file, in the same state
    seite.locator(".sprachwahl summary").click()
    assert seite.locator("a[data-sprache]").count() == 2
    seite.locator('a[data-sprache="ar"]').click()
    ruhe(seite)
    assert urlsplit(seite.url).path.endswith("/ar/index.html")
    assert seite.evaluate("document.dir") == "rtl"
    assert seite.locator("#liste [data-id]").count() == eving
    seite.go_back()
    ruhe(seite)
    seite.locator("#chips [data-zuruecksetzen]").click()
    bis(lambda: satz(seite).startswith("Alle"))


def test_text_places_and_steckbriefe_work_from_a_file(
    offline: Callable[..., Besuch], snapshot: Snapshot
) -> None:
    seite = offline().oeffne("/index.html")
    seite.fill("#filter-q", "Hafen")
    bis(lambda: satz(seite).startswith(f"{anzahl(snapshot, ('q', 'Hafen'))} von"))
    expect(seite.locator("mark").first).to_have_text("Hafen", ignore_case=True)
    seite.fill("#filter-q", "")
    bis(lambda: satz(seite).startswith("Alle"))
    # near a square, out of the list of places
    seite.fill("#naehe-ort", "nordmarkt")
    expect(seite.locator('#naehe [role="option"]')).to_contain_text(["Nordmarkt", "Nordmarkt"])
    expect(seite.locator(".ortsfeld-hinweis")).to_contain_text("Hausnummern")
    seite.keyboard.press("ArrowDown")
    seite.keyboard.press("ArrowDown")
    seite.keyboard.press("Enter")
    bis(lambda: "Nordmarkt" in satz(seite))
    assert "nahe=51.5" in seite.url
    # a Steckbrief: short form with its text, then the whole
    seite.goto(seite.url.partition("?")[0] + "?projekt=nw-019")
    kurz = seite.locator('[data-feld="kurzbeschreibung"]')
    text = snapshot.projekte[snapshot.index.zeile["nw-019"]]["kurzbeschreibung"]
    expect(kurz).to_have_text(text)
    seite.locator('a[data-feld="link"]').click()
    ruhe(seite)
    assert urlsplit(seite.url).path.endswith("/projekte/nw-019/index.html")
    assert axe(seite) == []
    seite.locator("a.knopf").first.click()
    ruhe(seite)
    assert urlsplit(seite.url).query == "projekt=nw-019"


def test_numbers_lead_to_their_projects(offline: Callable[..., Besuch]) -> None:
    seite = offline().oeffne("/auswertung/index.html")
    assert axe(seite) == []
    zelle = seite.locator("table.kreuztabelle tbody td:not([data-leer]) a").first
    zahl = zelle.inner_text()
    zelle.click()
    ruhe(seite)
    assert satz(seite).startswith(f"{zahl} von")
    assert seite.locator("#liste [data-id]").count() == int(zahl)


def test_what_is_wrong_with_an_address_is_said(offline: Callable[..., Besuch]) -> None:
    seite = offline().oeffne("/index.html?stadtbezirk=mond&sprache=ar")
    ruhe(seite)
    assert urlsplit(seite.url).path.endswith("/ar/index.html")
    seite = offline().oeffne("/index.html?stadtbezirk=mond")
    expect(seite.locator("#hinweise")).to_contain_text("stadtbezirk=mond")
    seite = offline().oeffne("/beteiligte/index.html?name=stadt")
    assert seite.input_value("#beteiligte-name") == "stadt"
    assert axe(seite) == []


def test_any_web_server_will_do(
    offline: Callable[..., Besuch], unterordner: str, snapshot: Snapshot
) -> None:
    besuch = offline(unterordner, viewport=TELEFON)
    geholt: list[str] = []
    besuch.context.on("response", lambda a: geholt.append(f"{a.status} {urlsplit(a.url).path}"))
    # the paths of the service still lead to its pages
    seite = besuch.oeffne("/projekte/nw-019")
    assert urlsplit(seite.url).path == "/amt/archiv/karte/projekte/nw-019/"
    seite.locator(".kopf-titel").click()
    ruhe(seite)
    assert satz(seite) == f"Alle {len(snapshot.index)} Projekte"
    assert axe(seite) == []
    assert seite.evaluate("document.documentElement.scrollWidth <= innerWidth")
    seite.emulate_media(media="print")
    expect(seite.locator(".archivstand")).to_be_visible()
    assert [zeile for zeile in geholt if not zeile.startswith(("200 ", "30"))] == []
    assert all(" /amt/archiv/karte/" in zeile for zeile in geholt)


def test_without_script_everything_can_still_be_read(
    offline: Callable[..., Besuch], snapshot: Snapshot
) -> None:
    seite = offline(java_script_enabled=False).oeffne("/projekte/index.html")
    assert seite.locator("#liste [data-id]").count() == len(snapshot.index)
    expect(seite.locator("#filter > [data-nur-ohne-script]").first).to_contain_text(
        "brauchen im Archiv JavaScript"
    )
    seite.locator('#liste [data-id="nw-019"] a').first.click()
    assert "BINARIUM" in seite.inner_text("h1")


def geladen(seite: Page, wahl: str) -> tuple[str, bytes]:
    """Take a file out of the page: its name and its bytes."""
    with seite.expect_download() as vorgang:
        seite.locator(wahl).first.click()
    return vorgang.value.suggested_filename, vorgang.value.path().read_bytes()


def test_one_file_holds_everything(
    offline: Callable[..., Besuch], archiv: Path, snapshot: Snapshot
) -> None:
    besuch = offline(archiv.parent.as_uri(), accept_downloads=True)
    angefragt: list[str] = []
    besuch.context.on("request", lambda anfrage: angefragt.append(anfrage.url.partition("?")[0]))
    seite = besuch.oeffne("/archiv-aller.html")
    assert satz(seite) == f"Alle {len(snapshot.index)} Projekte"
    bis(lambda: seite.locator("path.grund-bezirk").count() == 12)
    eving = anzahl(snapshot, ("stadtbezirk", "eving"))
    seite.locator('input[name="stadtbezirk"][value="eving"]').check()
    bis(lambda: satz(seite).startswith(f"{eving} von"))
    seite.fill("#naehe-ort", "nordm")
    expect(seite.locator('#naehe [role="option"]').first).to_contain_text("Nordmarkt")
    seite.keyboard.press("Escape")
    seite.keyboard.press("Escape")
    # every Steckbrief opens above the map; Back and Esc close it
    name = seite.locator("#liste [data-id] a").first
    titel = name.inner_text()
    name.click()
    blatt = seite.locator("dialog[open]")
    expect(blatt.locator("h1")).to_have_text(titel)
    assert axe(seite) == []
    seite.go_back()
    expect(blatt).to_have_count(0)
    seite.go_forward()
    expect(blatt.locator("h1")).to_have_text(titel)
    seite.keyboard.press("Escape")
    expect(blatt).to_have_count(0)
    assert urlsplit(seite.url).query == "stadtbezirk=eving"
    # other pages are in it as well, and links inside one stay in it
    seite.locator('.kopf-nav a[href*="auswertung"]').click()
    blatt.locator('a[href="#laufzeiten"]').click()
    expect(blatt).to_have_count(1)
    blatt.locator("button.schliessen").click()
    expect(blatt).to_have_count(0)
    # files come out of the page
    seite.locator("[data-mitnehmen] summary").click()
    tabelle = geladen(seite, 'a[data-export][href$="export.csv"]')
    assert tabelle == ("export.csv", (archiv / "export.csv").read_bytes())
    assert {url.partition("#")[0] for url in angefragt if not url.startswith("blob:")} == {
        archiv.with_suffix(".html").as_uri()
    }


def test_one_file_hands_out_documents(offline: Callable[..., Besuch], archiv: Path) -> None:
    seite = offline(archiv.parent.as_uri(), accept_downloads=True).oeffne(
        "/archiv-aller.html#seite=projekte/nw-019/index.html"
    )
    blatt = seite.locator("dialog[open]")
    expect(blatt.locator("h1")).to_contain_text("BINARIUM")
    for tat in ("drucken", "teilen"):
        expect(blatt.locator(f'[data-symbol="{tat}"]')).to_be_visible()
    steckbrief = geladen(seite, "dialog a[href$='nw-019.pdf']")
    assert steckbrief == ("nw-019.pdf", (archiv / "projekte" / "nw-019.pdf").read_bytes())
    assert steckbrief[1].startswith(b"%PDF-")
    blatt.locator("button.schliessen").click()
    seite.locator(".dienste a[href*='bericht']").first.click()
    anlage = geladen(seite, "dialog a[href$='anlage-1.pdf']")
    assert anlage == ("anlage-1.pdf", (archiv / "bericht" / "anlage-1.pdf").read_bytes())
    assert anlage[1].startswith(b"%PDF-")
    assert axe(seite) == []


def test_one_file_speaks_every_language(offline: Callable[..., Besuch], archiv: Path) -> None:
    seite = offline(archiv.parent.as_uri()).oeffne("/archiv-aller.html?stadtbezirk=eving")
    zahl = seite.locator("#liste [data-id]").count()
    seite.locator(".sprachwahl summary").first.click()
    seite.locator('a[data-sprache="ar"]').click()
    ruhe(seite)
    assert urlsplit(seite.url).query == "stadtbezirk=eving&sprache=ar"
    assert seite.evaluate("document.dir") == "rtl"
    assert seite.locator("#liste [data-id]").count() == zahl
    bis(lambda: seite.locator("path.grund-bezirk").count() == 12)
    assert axe(seite) == []
    # a page can be read in the other language, and what belongs to the map follows
    seite.locator("#liste [data-id] a").first.click()
    blatt = seite.locator("dialog[open]")
    arabisch = blatt.locator("h1").inner_text()
    assert urlsplit(seite.url).fragment.startswith("seite=ar/projekte/")
    blatt.locator(".sprachwahl summary").click()
    assert axe(seite) == []
    blatt.locator('.sprachwahl a[lang="de"]').click()
    ruhe(seite)
    assert urlsplit(seite.url).fragment.startswith("seite=projekte/")
    assert seite.evaluate("document.documentElement.lang") == "de"
    expect(blatt.locator("h1")).to_have_text(arabisch)


def test_one_file_finds_organisations(offline: Callable[..., Besuch], archiv: Path) -> None:
    seite = offline(archiv.parent.as_uri(), viewport=TELEFON).oeffne(
        "/archiv-aller.html#seite=beteiligte/index.html"
    )
    blatt = seite.locator("dialog[open]")
    alle = blatt.locator("tr[data-worte]:visible").count()
    feld = blatt.locator("#beteiligte-name")
    feld.press_sequentially("stadt")
    bis(lambda: 0 < blatt.locator("tr[data-worte]:visible").count() < alle)
    feld.press("Enter")
    assert urlsplit(seite.url).query == ""
    assert axe(seite) == []


def test_a_browser_that_cannot_unpack_says_so(
    offline: Callable[..., Besuch], archiv: Path, snapshot: Snapshot
) -> None:
    besuch = offline(archiv.parent.as_uri())
    besuch.context.add_init_script("delete window.DecompressionStream")
    seite = besuch.oeffne("/archiv-aller.html")
    assert satz(seite) == f"Alle {len(snapshot.index)} Projekte"
    seite.locator("#liste [data-id] a").first.click()
    expect(seite.locator("dialog[open]")).to_contain_text("älter als von 2023")
    seite.keyboard.press("Escape")
    seite = besuch.oeffne("/archiv-aller.html?sprache=ar")
    expect(seite.locator("dialog[open]")).to_contain_text("älter als von 2023")


def test_one_file_can_be_read_without_script(
    offline: Callable[..., Besuch], archiv: Path, snapshot: Snapshot
) -> None:
    seite = offline(archiv.parent.as_uri(), java_script_enabled=False).oeffne("/archiv-aller.html")
    assert seite.locator("#liste [data-id]").count() == len(snapshot.index)
    expect(seite.locator("#filter > [data-nur-ohne-script]").first).to_be_visible()
