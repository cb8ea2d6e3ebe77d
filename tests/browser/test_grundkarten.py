"""Base maps in a real browser: nobody is asked before the visitor said yes; tiles are legible."""

import io
import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Frame, Locator, Page, expect

from app.store import AKTUELL
from tests.browser.besuch import TELEFON, Besuch, axe, bis, ruhe
from tests.browser.conftest import dienst
from tests.browser.farben import kontrast, lies, ueber
from tests.kachelkarte import mache

NACHBAR = "Testamt für Karten"
HANDLUNGSFELDER = ("--hf-0", "--hf-1", "--hf-2", "--hf-3", "--hf-4")
GRUENDE = ("land", "gruen", "wasser", "gebaeude", "strasse", "strassenrand", "bahn")


class Kachelamt:
    """Another host with pictures; it remembers who asked for what."""

    def __init__(self) -> None:
        puffer = io.BytesIO()
        Image.new("RGB", (256, 256), "#e8ece4").save(puffer, "PNG")
        gefragt = self.gefragt = list[tuple[str, dict[str, str]]]()

        class Antwort(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                gefragt.append((self.path, {k.lower(): w for k, w in self.headers.items()}))
                self.send_response(200)
                self.send_header("Content-Type", "image/png")
                self.end_headers()
                self.wfile.write(puffer.getvalue())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Antwort)
        self.basis = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture(scope="module")
def amt() -> Iterator[Kachelamt]:
    kachelamt = Kachelamt()
    yield kachelamt
    kachelamt.server.shutdown()
    kachelamt.server.server_close()


@pytest.fixture(scope="module")
def datei(build_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PMTiles file out of our own areas."""
    ziel = tmp_path_factory.mktemp("kacheln") / "test.pmtiles"
    return mache(build_dir / AKTUELL / "daten", ziel)


@pytest.fixture(scope="module")
def kartenbasis(
    build_dir: Path, amt: Kachelamt, datei: Path, gastseite: tuple[str, Path]
) -> Iterator[str]:
    """The service with a file of its own, and with pictures and a WMS of another host."""
    fremd = {"quelle": "© Testamt", "empfaenger": NACHBAR, "datenschutz": "Testsatz 17."}
    karten = [
        {
            "id": "bilder",
            "name": "Testbilder",
            "art": "xyz",
            "url": f"{amt.basis}/{{z}}/{{x}}/{{y}}",
        },
        {
            "id": "dienst",
            "name": "Testdienst",
            "art": "wms",
            "url": f"{amt.basis}/wms",
            "ebenen": "a",
        },
    ]
    with dienst(
        build_dir,
        NORDWAERTS_GRUNDKARTEN=json.dumps([{**karte, **fremd} for karte in karten]),
        NORDWAERTS_GRUNDKARTE_PMTILES=str(datei),
        NORDWAERTS_FRAME_ANCESTORS=json.dumps(["'self'", gastseite[0]]),
    ) as adresse:
        yield adresse


@pytest.fixture
def gast(besuche: Callable[..., Besuch], kartenbasis: str) -> Callable[..., Besuch]:
    """Make visits of that service, which may lead to other hosts as well."""

    def mache_besuch(*auch: str, **optionen: object) -> Besuch:
        besuch = besuche(auch=(kartenbasis, *auch), **optionen)
        besuch.basis = kartenbasis
        return besuch

    return mache_besuch


def wahl(seite: Page | Frame, name: str) -> Locator:
    return seite.locator(".leaflet-control-layers").get_by_role(
        "radio", name=name, exact=True, include_hidden=True
    )


def waehle(seite: Page, name: str) -> None:
    seite.locator(".leaflet-control-layers").hover()
    wahl(seite, name).check()


def frage(seite: Page | Frame) -> Locator:
    return seite.get_by_role("group", name=f"Karte von {NACHBAR} laden?")


def test_another_host_is_asked_only_after_the_yes_and_never_after_the_no(
    gast: Callable[..., Besuch], amt: Kachelamt
) -> None:
    amt.gefragt.clear()
    seite = gast(amt.basis).oeffne("/#karte=13/51.53/7.44")
    schalter = seite.locator(".leaflet-control-layers-toggle")
    schalter.focus()
    seite.keyboard.press("Enter")
    expect(wahl(seite, "Bezirke")).to_be_focused()
    wahl(seite, "Testbilder").press("Space")
    expect(frage(seite)).to_contain_text("IP-Adresse")
    expect(frage(seite)).to_contain_text("Testsatz 17.")
    expect(frage(seite).get_by_role("heading")).to_be_focused()
    assert axe(seite) == []
    seite.keyboard.press("Escape")
    expect(frage(seite)).to_have_count(0)
    expect(schalter).to_be_focused()
    waehle(seite, "Testbilder")
    frage(seite).get_by_role("button", name="Nicht laden").click()
    expect(wahl(seite, "Bezirke")).to_be_checked()
    ruhe(seite)
    assert amt.gefragt == [], "nobody has said yes"

    waehle(seite, "Testbilder")
    with seite.expect_response(lambda a: a.url.startswith(amt.basis)):
        frage(seite).get_by_role("button", name="Karte laden").click()
    expect(seite.locator(".leaflet-control-attribution")).to_contain_text("© Testamt")
    expect(seite.locator("#karte .leaflet-tile-loaded").first).to_be_visible()
    assert amt.gefragt
    for pfad, kopf in amt.gefragt:
        assert re.fullmatch(r"/13/\d+/\d+", pfad)
        assert not {"referer", "cookie"} & kopf.keys()
    herkunft = seite.locator(".bildherkunft")
    expect(herkunft).to_contain_text(NACHBAR)
    assert axe(seite) == []
    herkunft.get_by_role("button", name="Nicht mehr laden").click()
    ruhe(seite)
    vorher = len(amt.gefragt)
    seite.get_by_role("button", name="Verkleinern").click()
    ruhe(seite)
    assert len(amt.gefragt) == vorher
    waehle(seite, "Testbilder")
    expect(frage(seite)).to_be_visible()
    seite.reload()
    ruhe(seite)
    assert len(amt.gefragt) == vorher, "the yes has ended with the page"


def test_a_wms_is_asked_for_the_same_view(gast: Callable[..., Besuch], amt: Kachelamt) -> None:
    amt.gefragt.clear()
    seite = gast(amt.basis).oeffne("/#karte=13/51.53/7.44")
    waehle(seite, "Testdienst")
    frage(seite).get_by_role("button", name="Karte laden").click()
    bis(lambda: amt.gefragt)
    # what is still on its way would be taken for a question of the next visit
    ruhe(seite)
    assert all("layers=a" in p and "request=GetMap" in p and "bbox=" in p for p, _ in amt.gefragt)


def test_in_a_frame_of_another_page_the_question_comes_first_as_well(
    gast: Callable[..., Besuch],
    amt: Kachelamt,
    kartenbasis: str,
    gastseite: tuple[str, Path],
) -> None:
    amt.gefragt.clear()
    adresse, ordner = gastseite
    rahmen = (
        f'<iframe src="{kartenbasis}/einbetten?ansicht=karte&amp;grundkarte=bilder&amp;sprache=de"'
    )
    html = (
        f'<!doctype html><html lang="de"><title>Gast</title><link rel="icon" href="data:,">{rahmen}'
    )
    (ordner / "grund.html").write_text(f'{html} title="x" width="900" height="700"></iframe>')
    seite = gast(adresse, amt.basis).oeffne(f"{adresse}/grund.html")
    innen = seite.frames[1]
    expect(frage(innen)).to_be_visible()
    ruhe(seite)
    assert amt.gefragt == []
    assert seite.evaluate("document.activeElement.tagName") == "BODY"
    frage(innen).get_by_role("button", name="Karte laden").click()
    bis(lambda: amt.gefragt)
    bis(lambda: innen.evaluate("document.querySelector('[data-grund]') !== null"))


def farbe(seite: Page, name: str) -> tuple[float, float, float]:
    """A custom property of the style sheet as the browser computes it."""
    css = seite.evaluate(
        "n => { const e = document.body.appendChild(document.createElement('i'));"
        " e.style.color = `var(${n})`; const c = getComputedStyle(e).color; e.remove(); return c }",
        name,
    )
    return lies(css)[0]


_HAEUFIG = """() => {
  const zahl = new Map();
  for (const c of document.querySelectorAll('#karte canvas.leaflet-tile')) {
    const d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;
    for (let i = 0; i < d.length; i += 4 * 7)
      if (d[i + 3]) { const k = `${d[i]},${d[i+1]},${d[i+2]}`; zahl.set(k, (zahl.get(k) ?? 0) + 1) }
  }
  const alle = [...zahl.values()].reduce((a, b) => a + b, 0);
  return [...zahl].filter(([, n]) => n > alle / 200).map(([k]) => k.split(',').map(w => w / 255));
}"""


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_words_and_symbols_stand_out_on_the_own_map(
    gast: Callable[..., Besuch], schema: str
) -> None:
    seite = gast(color_scheme=schema).oeffne("/#karte=13/51.53/7.44")
    geladen = "performance.getEntriesByType('resource').filter(e => /kacheln|pmtiles/.test(e.name))"
    assert seite.evaluate(f"{geladen}.length") == 0, "a first visit pays nothing for it"
    with seite.expect_response(lambda a: a.url.endswith(".pmtiles") and a.status == 206):
        waehle(seite, "Stadtplan")
    bis(lambda: seite.evaluate("document.querySelector('[data-grund=pmtiles] canvas') !== null"))
    ruhe(seite)
    bis(lambda: len(seite.evaluate(_HAEUFIG)) >= 3)
    expect(seite.locator(".leaflet-control-attribution")).to_contain_text(
        "© Testdaten & Stadt Dortmund"
    )
    seite.mouse.move(5, 5)
    assert axe(seite) == []
    palette = {name: farbe(seite, f"--kachel-{name}") for name in GRUENDE}
    gezeigt = [tuple(f) for f in seite.evaluate(_HAEUFIG)]
    nah = [
        min(max(abs(a - b) for a, b in zip(f, p, strict=True)) for p in palette.values())
        for f in gezeigt
    ]
    assert max(nah) < 0.02, "what is painted is the palette"
    for name, grund in palette.items():
        for schrift in ("--kachel-schrift", "--kachel-wasserschrift"):
            assert kontrast(farbe(seite, schrift), grund) >= 4.5, (name, schrift)
        for symbol in HANDLUNGSFELDER:
            assert kontrast(farbe(seite, symbol), grund) >= 3, (name, symbol)
        plakette = ueber(farbe(seite, "--karte-bezirk"), 0.88, grund)
        assert kontrast(farbe(seite, "--karte-schrift"), plakette) >= 4.5, name


def test_colours_follow_the_scheme_and_districts_stay_within_reach(
    gast: Callable[..., Besuch],
) -> None:
    seite = gast().oeffne("/#karte=13/51.53/7.44")
    waehle(seite, "Stadtplan")
    bis(lambda: len(seite.evaluate(_HAEUFIG)) >= 3)
    hell = farbe(seite, "--kachel-land")
    seite.emulate_media(color_scheme="dark")
    dunkel = farbe(seite, "--kachel-land")
    assert hell != dunkel

    def gemalt() -> bool:
        farben = seite.evaluate(_HAEUFIG)
        return any(max(abs(a - b) for a, b in zip(f, dunkel, strict=True)) < 0.01 for f in farben)

    bis(gemalt)
    seite.get_by_role("button", name=re.compile("^Stadtbezirk Huckarde")).click()
    expect(seite.get_by_role("heading", name="Huckarde", exact=True)).to_be_visible()


def test_a_file_that_is_gone_leaves_the_districts_and_says_so(
    gast: Callable[..., Besuch], datei: Path
) -> None:
    weg = datei.rename(datei.with_suffix(".weg"))
    try:
        besuch = gast(viewport=TELEFON, has_touch=True)
        seite = besuch.oeffne("/")
        seite.get_by_role("button", name="Karte", exact=True).tap()
        seite.locator(".leaflet-control-layers-toggle").tap()
        wahl(seite, "Stadtplan").tap()
        expect(seite.get_by_role("alert")).to_contain_text(
            "„Stadtplan“ lässt sich gerade nicht laden"
        )
        expect(wahl(seite, "Bezirke")).to_be_checked()
        seite.get_by_role("button", name="Schließen").tap()
        expect(seite.get_by_role("alert")).to_have_count(0)
        assert all("404" in eintrag for eintrag in besuch.auffaellig)
        besuch.auffaellig.clear()
    finally:
        weg.rename(datei)


@pytest.mark.parametrize(
    "tat",
    [
        "document.cookie = 'a=1'",
        "localStorage.setItem('a', '1')",
        "sessionStorage.setItem('a', '1')",
        "new Promise(f => (indexedDB.open('a').onsuccess = e => f(e.target.result.close())))",
        (
            "document.head.append(Object.assign(document.createElement('link'),"
            " {rel: 'preconnect', href: 'http://127.0.0.1:9'}))"
        ),
        "fetch('http://127.0.0.1:9/').catch(() => 0)",
    ],
)
def test_the_watch_over_every_visit_notices_what_is_left_behind(
    besuche: Callable[..., Besuch], tat: str
) -> None:
    besuch = besuche()
    seite = besuch.oeffne("/projekte/nw-019")
    besuch.pruefe()
    seite.evaluate(f"async () => {{ await ({tat}) }}")
    with pytest.raises(AssertionError):
        besuch.pruefe()
    besuch.context.clear_cookies()
    seite.evaluate(
        "async () => { localStorage.clear(); sessionStorage.clear(); indexedDB.deleteDatabase('a');"
        " document.querySelector('[rel=preconnect]')?.remove() }"
    )
    besuch.auffaellig.clear()
