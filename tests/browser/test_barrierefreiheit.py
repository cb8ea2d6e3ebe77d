"""WCAG 2.2 AA, held by tests: names, announcements, contrast, forced colours, text for the map."""

import json
import re
import subprocess
from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.sprachen import SPRACHEN
from tests.browser.besuch import TELEFON, Besuch, axe, ruhe
from tests.browser.farben import FARBFEHLSICHTIG, GLEICH, Farbe, abstand, kontrast, lies, ueber
from tests.conftest import WURZEL

Besuche = Callable[..., Besuch]
WEB = WURZEL / "app" / "web"
NAH = "#karte=14/51.5375/7.409"


def karte_bereit(seite: Page) -> None:
    expect(seite.locator("#karte [data-marke]").first).to_be_attached()
    expect(seite.locator(".gebiet").first).to_be_attached()


def _nichts(_: Page) -> None:
    """Leave the page as it comes."""


def _filtere(seite: Page) -> None:
    seite.locator('input[name="handlungsfeld"][value="flaechenentwicklung"]').check()
    expect(seite.locator("#chips [data-entfernen]")).to_have_count(1)


def _oeffne_popup(seite: Page) -> None:
    expect(seite.get_by_role("dialog")).to_contain_text("Spielkonsolen")


def _oeffne_ort(seite: Page) -> None:
    karte_bereit(seite)
    expect(seite.locator(".name-bezirk:visible").first).to_be_visible()
    # One that no marker covers: a district half under a symbol is opened by a press on its ground.
    seite.evaluate(
        """() => [...document.querySelectorAll('.name-bezirk')].find(e => {
          const k = e.getBoundingClientRect();
          return k.width && [5, k.width / 2, k.width - 5].every(x => [5, k.height - 5].every(y =>
            e.contains(document.elementFromPoint(k.left + x, k.top + y))));
        }).focus()"""
    )
    seite.keyboard.press("Enter")
    expect(seite.locator(".panel[data-ort]")).to_be_visible()


def _oeffne_menue(seite: Page) -> None:
    seite.locator(".sprachwahl summary").click()


def _oeffne_ebenen(seite: Page) -> None:
    karte_bereit(seite)
    seite.locator(".leaflet-control-layers").hover()
    for name in ("Öffentliche Plätze", "Brachflächen"):
        seite.get_by_label(name).check()
    seite.locator(".schieber-schalter").click()
    seite.locator("#legende summary").click()


ZUSTAENDE: Mapping[str, tuple[str, Callable[[Page], None]]] = {
    "start": ("/", karte_bereit),
    "filtered": ("/", _filtere),
    "popup": ("/?projekt=nw-019", _oeffne_popup),
    "place panel": ("/?q=hafen", _oeffne_ort),
    "controls": (f"/?stadtbezirk=huckarde{NAH}", _oeffne_ebenen),
    "menu": ("/projekte/nw-864", _oeffne_menue),
    "no result": ("/?q=xyzxyz", lambda s: expect(s.locator("#leer")).to_be_visible()),
    "bad value": ("/?stadtbezirk=atlantis", _nichts),
    "error": ("/projekte/nichts", _nichts),
    "Steckbrief": ("/projekte/nw-864", _nichts),
    "district": ("/stadtbezirke/eving", _nichts),
    "square": ("/plaetze/platz-nordmarkt", _nichts),
    "vacant land": ("/brachflaechen/bf-hsp", _nichts),
    "list": ("/projekte?stadtbezirk=huckarde", _nichts),
    "places found": ("/suche?q=nordmarkt", _nichts),
    "frame": ("/einbetten?stadtbezirk=huckarde", karte_bereit),
    "frame with a list": ("/einbetten?ansicht=liste&hoehe=inhalt", _nichts),
    "assistant": ("/einbetten/baukasten?stadtbezirk=huckarde", _nichts),
}


def _vergiss_404(besuch: Besuch) -> None:
    # Chromium reports the 404 of the page itself as a console error.
    besuch.auffaellig = [a for a in besuch.auffaellig if "404" not in a]


@pytest.mark.parametrize("zustand", ZUSTAENDE)
def test_no_violation_in_any_state_light_and_dark(besuch: Besuch, zustand: str) -> None:
    pfad, bringe_hin = ZUSTAENDE[zustand]
    seite = besuch.oeffne(pfad)
    bringe_hin(seite)
    assert axe(seite) == []
    seite.emulate_media(color_scheme="dark")
    assert axe(seite, "color-contrast") == []
    _vergiss_404(besuch)


@pytest.mark.parametrize("sprache", [code for code in SPRACHEN if code != "de"])
def test_no_violation_in_any_language(besuch: Besuch, sprache: str) -> None:
    seite = besuch.oeffne(f"/suche?sprache={sprache}")
    for pfad in ("/?stadtbezirk=huckarde&", "/projekte/nw-864?", "/einbetten?q=hafen&"):
        seite.goto(f"{besuch.basis}{pfad}sprache={sprache}")
        ruhe(seite)
        assert axe(seite) == []
        wurzel = seite.locator("html")
        expect(wurzel).to_have_attribute("lang", SPRACHEN[sprache].lang)
        expect(wurzel).to_have_attribute("dir", SPRACHEN[sprache].richtung)


def test_no_violation_on_a_phone(besuche: Besuche) -> None:
    geraet = besuche(viewport=TELEFON, has_touch=True, is_mobile=True)
    seite = geraet.oeffne("/?stadtbezirk=huckarde")
    assert axe(seite) == []
    seite.locator('[data-ansicht="karte"]').click()
    karte_bereit(seite)
    assert axe(seite) == []
    _oeffne_ort(seite)
    assert axe(seite) == []
    seite.keyboard.press("Escape")
    for schalter in ("[data-filter-schalter]", "[data-naehe-schalter]"):
        seite.locator(schalter).click()
        assert axe(seite) == []
        seite.keyboard.press("Escape")


def test_every_marker_cluster_and_control_has_a_name_of_its_own(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    for ansicht in ("", NAH):
        if ansicht:
            seite.goto(besuch.basis + "/" + ansicht)
            seite.reload()
            ruhe(seite)
            karte_bereit(seite)
        bild = seite.locator("#karte").aria_snapshot()
        assert re.search(r'button "\d+ Projekte, Enter zum Aufteilen', bild) or ansicht
        knoepfe = re.findall(r"^\s*- '?button\b(.*)$", bild, re.MULTILINE)
        assert len(knoepfe) > 8
        assert [k for k in knoepfe if not re.search(r'"\S', k)] == []
        assert len(set(knoepfe)) == len(knoepfe), sorted(knoepfe)
    rollen = seite.locator("#karte [data-marke]").evaluate_all("l => l.map(e => e.tagName)")
    assert set(rollen) == {"BUTTON"}


_HOERE = """() => {
  window.gehoert = [];
  const wahl = '[role=status], [role=alert], [aria-live]';
  new MutationObserver(liste => {
    const regionen = new Set(liste
      .map(m => (m.target.nodeType === 3 ? m.target.parentElement : m.target)?.closest(wahl))
      .filter(r => r && r.checkVisibility() && r.textContent.trim()));
    for (const region of regionen) window.gehoert.push(region.textContent.trim());
  }).observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


def test_the_number_of_results_is_announced_once_per_change(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    seite.evaluate(_HOERE)

    def gehoert() -> list[str]:
        # The map and the list settle; a second announcement would have come by then.
        seite.wait_for_timeout(500)
        return [str(text) for text in seite.evaluate("window.gehoert.splice(0)")]

    _filtere(seite)
    (erstes,) = gehoert()
    assert re.match(r"^\d+ von 93 Projekten", erstes)
    assert erstes == seite.locator("#satz").inner_text()
    seite.locator('input[name="stadtbezirk"][value="huckarde"]').check()
    (zweites,) = gehoert()
    assert zweites != erstes
    seite.locator("#chips [data-entfernen]").first.click()
    assert len(gehoert()) == 1
    # Sorting changes no number: nothing to say.
    seite.locator('select[name="sort"]').select_option("-name")
    assert gehoert() == []
    seite.locator("#filter-q").fill("Hafen")
    assert len(gehoert()) == 1


def test_the_popup_is_a_labelled_dialog(besuch: Besuch) -> None:
    seite = besuch.oeffne("/?projekt=nw-019")
    fenster = seite.get_by_role("dialog")
    expect(fenster).to_have_accessible_name(re.compile("^BINARIUM"))
    expect(fenster.get_by_role("button", name="Schließen")).to_be_visible()


def test_links_in_text_are_underlined(besuch: Besuch) -> None:
    seite = besuch.oeffne("/projekte/nw-864")
    for pfad in ("/projekte/nw-864", "/"):
        seite.goto(besuch.basis + pfad)
        ohne = seite.locator("main p a, main dd a, .fuss p a, .fuss li a").evaluate_all(
            "l => l.filter(a => !a.matches('.knopf, .werkzeug')"
            " && getComputedStyle(a).textDecorationLine !== 'underline').map(a => a.outerHTML)"
        )
        assert ohne == []


def test_handlungsfelder_differ_in_shape(besuch: Besuch) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    # What is drawn of the same square: an outline cut out of it, or a mask.
    umrisse = seite.locator('[data-facette="handlungsfeld"] .symbol').evaluate_all(
        "l => l.map(e => getComputedStyle(e)).map(s => `${s.clipPath} ${s.maskImage}`)"
    )
    assert len(umrisse) >= 4
    assert "none none" not in umrisse
    assert len(set(umrisse)) == len(umrisse)
    seite.goto(f"{besuch.basis}/#karte=15/51.5364/7.4157")
    formen: dict[str, set[str]] = {}
    for lat in (51.5364, 51.5264, 51.5464, 51.5164):
        seite.evaluate("h => { location.hash = h }", f"#karte=15/{lat}/7.4157")
        for code, form in seite.locator(".marke-einzeln .zeichen").evaluate_all(
            "l => l.map(e => [e.dataset.code, e.querySelector('.form').getAttribute('d')])"
        ):
            formen.setdefault(code, set()).add(form)
    assert len(formen) > 1
    assert all(len(einzelne) == 1 for einzelne in formen.values())
    assert len({form for einzelne in formen.values() for form in einzelne}) == len(formen)
    # What is only roughly known is hollow and ringed, and says so.
    ungefaehr = seite.locator("[data-ungefaehr].marke").first
    expect(ungefaehr.locator(".hof")).to_be_attached()
    expect(ungefaehr).to_have_accessible_name(re.compile("ungefähr"))


_KARTENFARBEN = """() => {
  const stil = wahl => getComputedStyle(document.querySelector(wahl));
  const farbe = (wahl, was) => stil(wahl)[was];
  const wurzel = document.documentElement;
  // Any CSS colour becomes rgb() once something has it.
  const probe = document.body.appendChild(document.createElement('i'));
  const variable = name => {
    probe.style.color = `var(${name})`;
    return getComputedStyle(probe).color;
  };
  const alle = (wahl, was) => [...new Set([...document.querySelectorAll(wahl)]
    .map(e => getComputedStyle(e)[was]))].filter(f => f.startsWith('rgb'));
  const ergebnis = {
    umland: farbe('.leaflet-container', 'backgroundColor'),
    bezirk: farbe('.grund-bezirk', 'fill'),
    gebiet: [farbe('.gebiet', 'fill'), farbe('.gebiet', 'fillOpacity')],
    schraffur: [farbe('.schraffur', 'stroke'), farbe('.schraffur', 'strokeOpacity')],
    felder: Object.fromEntries(
      [...document.querySelectorAll('[data-facette=handlungsfeld] .symbol')]
        .map(e => [e.dataset.code, getComputedStyle(e).backgroundColor])),
    rand: variable('--symbolrand'),
    namen: alle('.name-bezirk, .name-bezirk span, .name-statistisch', 'color'),
    teller: farbe('.teller', 'fill'),
    zahl: farbe('.zahl', 'fill'),
    ort: alle('.marke-ort .form', 'stroke'),
    fokus: variable('--akzent'),
    grund: variable('--grund'),
  };
  probe.remove();
  return ergebnis;
}"""


@pytest.fixture
def kartenfarben(besuche: Besuche) -> Callable[[str], dict[str, Any]]:
    def lies_farben(schema: str) -> dict[str, Any]:
        seite = besuche(color_scheme=schema).oeffne("/")
        karte_bereit(seite)
        seite.locator(".leaflet-control-layers").hover()
        for name in ("Öffentliche Plätze", "Brachflächen"):
            seite.get_by_label(name).check()
        expect(seite.locator(".marke-ort").first).to_be_attached()
        werte: dict[str, Any] = seite.evaluate(_KARTENFARBEN)
        return werte

    return lies_farben


def untergruende(farben: Mapping[str, Any]) -> dict[str, Farbe]:
    """Every colour that a symbol or a name can lie on."""
    bezirk, umland = lies(farben["bezirk"])[0], lies(farben["umland"])[0]
    gebiet = ueber(lies(farben["gebiet"][0])[0], float(farben["gebiet"][1]), bezirk)
    return {"umland": umland, "bezirk": bezirk, "gebiet": gebiet}


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_contrast_over_every_ground_of_the_map(
    kartenfarben: Callable[[str], dict[str, Any]], schema: str
) -> None:
    farben = kartenfarben(schema)
    gruende = untergruende(farben)
    teller = lies(farben["teller"])[0]
    zu_schwach: dict[str, tuple[float, float]] = {}
    for name, grund in gruende.items():
        for code, farbe in farben["felder"].items():
            zu_schwach[f"{code} on {name}"] = (kontrast(lies(farbe)[0], grund), 3)
        for schrift in farben["namen"]:
            zu_schwach[f"name on {name}"] = (kontrast(lies(schrift)[0], grund), 4.5)
        for linie in farben["ort"]:
            zu_schwach[f"place on {name}"] = (kontrast(lies(linie)[0], grund), 3)
        zu_schwach[f"focus on {name}"] = (kontrast(lies(farben["fokus"])[0], grund), 3)
    for code, farbe in farben["felder"].items():
        zu_schwach[f"{code} in a ring"] = (kontrast(lies(farbe)[0], teller), 3)
    zu_schwach["number in a ring"] = (kontrast(lies(farben["zahl"])[0], teller), 4.5)
    assert {wer: wert for wer, wert in zu_schwach.items() if wert[0] < wert[1]} == {}


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_the_four_colours_differ_for_every_kind_of_colour_vision(
    kartenfarben: Callable[[str], dict[str, Any]], schema: str
) -> None:
    """A just noticeable difference is about 2.3; ten is plain side by side. Shape says it too."""
    felder = {code: lies(farbe)[0] for code, farbe in kartenfarben(schema)["felder"].items()}
    abstaende = {
        (sehen, a, b): abstand(felder[a], felder[b], matrix)
        for sehen, matrix in {"full": GLEICH, **FARBFEHLSICHTIG}.items()
        for a, b in combinations([code for code in felder if code != "ohne-angabe"], 2)
    }
    assert {paar: wert for paar, wert in abstaende.items() if wert < 10} == {}


_ERZWUNGEN = """() => {
  const funde = [];
  const rgb = s => (s.match(/[\\d.]+/g) ?? []).map(Number);
  const leer = f => f === 'rgba(0, 0, 0, 0)' || f === 'transparent';
  const grund = e => {
    for (; e; e = e.parentElement) {
      const f = getComputedStyle(e).backgroundColor;
      if (!leer(f)) return f;
    }
    return 'rgb(255, 255, 255)';
  };
  for (const e of document.querySelectorAll('body *')) {
    if (!e.checkVisibility({visibilityProperty: true})) continue;
    for (const pseudo of [null, '::before', '::after']) {
      const stil = getComputedStyle(e, pseudo);
      if (pseudo && (stil.content === 'none' || stil.content === 'normal')) continue;
      if (!stil.maskImage || stil.maskImage === 'none') continue;
      const hinten = grund(pseudo ? e : e.parentElement);
      const [a, b] = [rgb(stil.backgroundColor), rgb(hinten)];
      const weite = Math.max(...[0, 1, 2].map(i => Math.abs(a[i] - b[i])));
      if (leer(stil.backgroundColor) || weite < 80)
        funde.push(`${e.className}${pseudo ?? ''}: ${stil.backgroundColor} on ${hinten}`);
    }
  }
  return [...new Set(funde)];
}"""


@pytest.mark.parametrize("schema", ["light", "dark"])
def test_forced_colours_keep_symbols_focus_and_what_is_chosen(
    besuche: Besuche, schema: str
) -> None:
    besuch = besuche(viewport=TELEFON, forced_colors="active", color_scheme=schema)
    seite = besuch.oeffne("/?projekt=nw-019")
    assert seite.evaluate(_ERZWUNGEN) == []
    gewaehlt, andere = (
        seite.locator(f'[data-ansicht][aria-pressed="{wert}"]').evaluate(
            "e => getComputedStyle(e).backgroundColor"
        )
        for wert in ("true", "false")
    )
    assert gewaehlt != andere
    aktuell = seite.locator(".kopf-nav [aria-current]")
    assert aktuell.evaluate("e => parseFloat(getComputedStyle(e).borderBlockEndWidth)") >= 2
    seite.goto(besuch.basis + "/")
    seite.locator('[data-ansicht="karte"]').click()
    karte_bereit(seite)
    assert seite.evaluate(_ERZWUNGEN) == []
    marke = seite.locator(".marke").first
    seite.locator(".sprung-ueber").focus()
    seite.keyboard.press("Tab")
    seite.locator(".marke-cluster").first.focus()
    ring = seite.locator(".marke:focus-visible")
    expect(ring).to_have_count(1)
    stil = ring.evaluate(
        "e => { const s = getComputedStyle(e); return [s.outlineStyle, s.outlineWidth] }"
    )
    assert stil == ["solid", "3px"]
    # Symbols keep their own colours on their own ground.
    expect(marke).to_be_visible()
    karte = seite.locator("#karte").evaluate("e => getComputedStyle(e).backgroundColor")
    teller = seite.locator(".teller").first.evaluate("e => getComputedStyle(e).fill")
    zahl = seite.locator(".zahl").first.evaluate("e => getComputedStyle(e).fill")
    bogen = seite.locator(".bogen").first.evaluate("e => getComputedStyle(e).stroke")
    assert kontrast(lies(zahl)[0], lies(teller)[0]) >= 4.5
    assert kontrast(lies(bogen)[0], lies(karte)[0]) >= 3


@pytest.fixture(scope="module")
def flach() -> Callable[[str], str]:
    def mache(text: str) -> str:
        return re.sub(r"\s+", " ", text).strip()

    return mache


def _fakten(feld: str, text: str) -> list[str]:
    """Return what a field of the short form says, apart from how the sentence around it goes."""
    if feld == "handlungsfeld_text":
        # The page has the full label, the popup the short one; both stand beside the same symbol.
        return []
    if feld == "zeitraum":
        return re.findall(r"\d{4}", text)
    if feld == "stadtbezirke":
        return text.split(", ")
    if feld == "ort":
        ort, ungefaehr, genauigkeit = text.partition(" (Lage nur ungefähr: ")
        return [ort, *([genauigkeit.rstrip(")"), "ungefähr"] if ungefaehr else [])]
    return [text] if text else []


_KURZFORMEN = """async ids => {
  const bild = () => new Promise(f => requestAnimationFrame(f));
  const lies = async id => {
    const antwort = await fetch(`/projekte/${id}`);
    const haupt = new DOMParser().parseFromString(await antwort.text(), 'text/html')
      .querySelector('main');
    return [haupt.textContent, [...haupt.querySelectorAll('[data-code]')].map(e => e.dataset.code)];
  };
  const funde = [];
  for (const id of ids) {
    window.nordwaerts.kern.oeffne(id, null);
    const [ganz, codes] = await lies(id);
    let fenster = null;
    for (let i = 0; i < 300 && !fenster; i++) {
      await bild();
      const offen = [...document.querySelectorAll('[role=dialog]')]
        .find(e => e.checkVisibility() && e.querySelector('[data-feld=link]'));
      const link = offen?.querySelector('[data-feld=link]')?.getAttribute('href');
      const laedt = offen?.textContent.includes('Wird geladen');
      if (link?.split('?')[0].endsWith(`/${id}`) && !laedt) fenster = offen;
    }
    if (!fenster) throw new Error(`no short form of ${id}`);
    const felder = [...fenster.querySelectorAll('[data-feld]:not([data-feld=link])')]
      .map(e => [e.dataset.feld, e.textContent]);
    funde.push([id, felder, fenster.querySelector('.symbol').dataset.code, ganz, codes]);
  }
  return funde;
}"""


def test_every_fact_of_a_popup_stands_on_the_page_of_its_project(
    besuch: Besuch, flach: Callable[[str], str]
) -> None:
    seite = besuch.oeffne()
    karte_bereit(seite)
    index = "window.nordwaerts.kern.bild.engine.index"
    ids = seite.evaluate(
        f"[...new Set({index}.standorte.projekt)].map((zeile) => {index}.id.von(zeile))"
    )
    assert len(ids) > 60
    fehlt = {}
    for projekt, felder, code, ganz, codes in seite.evaluate(_KURZFORMEN, ids):
        if code not in codes:
            fehlt[f"{projekt} handlungsfeld"] = code
        assert len(felder) > 4, projekt
        for feld, text in felder:
            for teil in _fakten(feld, flach(text)):
                if teil not in flach(ganz):
                    fehlt[f"{projekt} {feld}"] = teil
    assert fehlt == {}


def test_every_area_and_place_of_the_map_has_a_page_in_words(
    besuch: Besuch, flach: Callable[[str], str]
) -> None:
    hole = besuch.context.request.get

    def layer(name: str) -> list[dict[str, Any]]:
        features: list[dict[str, Any]] = hole(f"{besuch.basis}/daten/{name}.geojson").json()[
            "features"
        ]
        return features

    seiten = {}
    for art in ("stadtbezirke", "plaetze", "brachflaechen"):
        for feature in layer(art):
            antwort = hole(f"{besuch.basis}/{art}/{feature['id']}")
            assert antwort.status == 200, feature["id"]
            text = flach(antwort.text())
            seiten[feature["id"]] = text
            assert feature["properties"]["name"].replace("&", "&amp;") in text
    for feature in layer("statistische_bezirke"):
        eigenschaften = feature["properties"]
        assert eigenschaften["name"] in seiten[eigenschaften["stadtbezirk"]]
    for feature in layer("projektgebiet"):
        assert "Programmgebiet" in seiten[feature["id"]]


_HTML_SEITEN = tuple(
    f"{pfad}{'&' if '?' in pfad else '?'}sprache={sprache}"
    for pfad in dict.fromkeys(pfad.partition("#")[0] for pfad, _ in ZUSTAENDE.values())
    for sprache in (("de", "ar") if pfad in ("/", "/projekte/nw-864", "/einbetten") else ("de",))
)


@pytest.fixture(scope="module")
def gerendert(basis: str, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All kinds of pages as files, as the service sends them."""
    ordner = tmp_path_factory.mktemp("html")
    kontext = browser.new_context()
    for nummer, pfad in enumerate(_HTML_SEITEN):
        text = kontext.request.get(basis + pfad, headers={"accept": "text/html"}).text()
        name = re.sub(r"\W+", "-", pfad).strip("-")
        (ordner / f"{nummer:02}-{name}.html").write_text(text, "utf-8")
    kontext.close()
    return ordner


def test_the_html_is_valid(gerendert: Path) -> None:
    """html-validate with its standard rules: those of the HTML standard."""
    einstellung = gerendert / ".htmlvalidate.json"
    einstellung.write_text(json.dumps({"extends": ["html-validate:standard"], "root": True}))
    lauf = subprocess.run(
        [
            "node",
            str(WEB / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"),
            "--config",
            str(einstellung),
            "--formatter=json",
            *map(str, sorted(gerendert.glob("*.html"))),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    ergebnis = json.loads(lauf.stdout or "[]")
    assert ergebnis or lauf.returncode == 0, lauf.stderr
    funde = {
        (meldung["ruleId"], meldung["message"], Path(datei["filePath"]).name, meldung["line"])
        for datei in ergebnis
        for meldung in datei["messages"]
    }
    assert funde == set()
