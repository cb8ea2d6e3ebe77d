"""From a change of the filter to the repainted map and list, in a real browser."""

from collections.abc import Iterator
from typing import Final

import numpy as np
from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.bench.messung import Zahlen, Ziel
from tests.bench.prozesse import unser
from tests.bench.seitenteile import gross, tabelle
from tests.bench.werkbank import Werkbank, konsole
from tests.browser.besuch import CHROMIUM, DESKTOP, SCHALTER

TITEL: Final = "Filter change to repainted map and list, in the browser"
DAUER: Final = "filter: ms to the repaint"
GESPERRT: Final = "filter: ms blocking"
RECHENZEIT: Final = "filter: ms of processor time"
BODEN: Final = "filter: ms to the repaint of one word"
SOLL_MS: Final = {237: 16, 100_000: 50, 1_000_000: 250}
OHNE_TAKT: Final = ("--disable-frame-rate-limit", "--disable-gpu-vsync")
"""No wait for the next frame of a screen: a figure is work."""

# What people do, one after the other: choose, choose more, take away, search, years, order.
SCHRITTE: Final = (
    *(
        ("facette", "handlungsfeld", 0),
        ("facette", "handlungsfeld", 1),
        ("facette", "stadtbezirk", 2),
    ),
    *(("facette", "handlungsfeld", 0), ("facette", "stadtbezirk", 2), ("facette", "status", 0)),
    *(("text", "q", "schule"), ("text", "q", "schulewort1 hafen"), ("text", "q", "")),
    *(("facette", "handlungsfeld", 1), ("wahl", "von", "2018"), ("wahl", "bis", "2021")),
    *(("facette", "themenfeld", 3), ("facette", "status", 0), ("wahl", "sort", "-stand")),
    *(("facette", "themenfeld", 3), ("wahl", "von", ""), ("wahl", "bis", "")),
    *(("wahl", "sort", "name"), ("facette", "projektfamilie", 1), ("facette", "liste", 0)),
    *(("text", "q", "brücke"), ("facette", "projektfamilie", 1), ("text", "q", "")),
    ("facette", "liste", 0),
)

# The least that can be seen: what a repaint of this page costs if nothing is computed for it.
_EIN_WORT: Final = ("wort", "satz", "")
_WORTE: Final = 9

# Changes a control and watches the document: done is the second frame after the last change that
# can be seen, if nothing changes for a while. What was seen is asked when all is over: asked
# between two frames it would make the browser lay out what closed facets hide, on the clock. Gives
# milliseconds to there, and of the event itself.
_MESSE: Final = """
([art, name, wert, ruhe]) => new Promise((fertig) => {
  const form = document.getElementById("filter");
  const unsichtbar = ["href", "aria-label"];
  const bilder = [];
  let zuletzt = 0, neue = [], bestellt = false;
  // The list goes on below the window once all that is seen is painted: nobody waits for that.
  const imFenster = (knoten) => {
    const element = knoten instanceof Element ? knoten : knoten.parentElement;
    const ort = element?.getBoundingClientRect();
    return ort !== undefined && ort.width > 0 && ort.top < innerHeight && ort.bottom > 0;
  };
  const gesehen = ({ type, target, attributeName, addedNodes, removedNodes }) =>
    type === "childList" ? removedNodes.length > 0 || [...addedNodes].some(imFenster)
    : type === "attributes" ? !unsichtbar.includes(attributeName) && imFenster(target)
    : imFenster(target);
  // A frame, and a message that comes when it is through; the frame after that says it was painted.
  const warteAufBild = () => {
    bestellt = true;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        const bild = { wechsel: neue, gemalt: 0 };
        neue = [];
        bestellt = false;
        if (!bild.wechsel.length) return;
        bilder.push(bild);
        requestAnimationFrame(() => { bild.gemalt = performance.now(); });
      };
      port2.postMessage(null);
    });
  };
  const waechter = new MutationObserver((wechsel) => {
    zuletzt = performance.now();
    neue.push(...wechsel);
    if (!bestellt) warteAufBild();
  });
  waechter.observe(document.body, {
    subtree: true, childList: true, attributes: true, characterData: true,
  });
  // Before what the page itself wants to do after the first frame.
  warteAufBild();
  const beginn = performance.now();
  if (art === "facette") document.querySelectorAll(`input[name="${name}"]`)[wert].click();
  else if (art === "wort") document.getElementById("satz").append("\u2060");
  else if (art === "text") { form.elements.namedItem(name).value = wert; form.requestSubmit(); }
  else {
    const feld = document.querySelector(`select[name="${name}"]`);
    feld.value = wert;
    feld.dispatchEvent(new Event("change", {bubbles: true}));
  }
  const gesperrt = performance.now() - beginn;
  const uhr = setInterval(() => {
    if (!bilder.at(-1)?.gemalt || performance.now() - Math.max(zuletzt, beginn) < ruhe) return;
    const letztes = bilder.findLast(({ wechsel }) => wechsel.some(gesehen));
    if (!letztes) return;
    clearInterval(uhr);
    waechter.disconnect();
    fertig([letztes.gemalt - beginn, gesperrt]);
  }, 50);
})
"""


def miss(bank: Werkbank) -> None:
    """Measure every step at the size of the programme and at 100 000."""
    for n in (237, 100_000):
        if not bank.kurz or n < 10_000:
            miss_groesse(bank, n)


def miss_groesse(bank: Werkbank, n: int) -> None:
    """Measure ``n`` projects at a desk, after map and words have been loaded."""
    konsole.print(f"  {n} projects")
    ruhe = 150 if n < 10_000 else 800
    with unser(bank.build(n)) as (basis, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*SCHALTER, *OHNE_TAKT])
        seite = browser.new_page(viewport=DESKTOP)
        seite.set_default_timeout(300_000)
        seite.goto(basis, wait_until="commit")
        seite.wait_for_selector("#karte [data-marke]", state="attached")
        # the words are fetched when somebody goes to the search
        seite.focus("input[name=q]")
        seite.wait_for_load_state("networkidle")
        faden = seite.context.new_cdp_session(seite)
        # Processor time of the page's main thread: other people's work on the machine is not in it.
        faden.send("Performance.enable", {"timeDomain": "threadTicks"})
        laeufe = [_schritt(seite, faden, schritt, ruhe) for schritt in SCHRITTE]
        boden = [_schritt(seite, faden, _EIN_WORT, ruhe)[0] for _ in range(_WORTE)]
        browser.close()
    gemalt, gesperrt, rechenzeit = zip(*laeufe, strict=True)
    bank.merke(DAUER, str(n), gemalt)
    bank.merke(GESPERRT, str(n), gesperrt)
    bank.merke(RECHENZEIT, str(n), rechenzeit)
    bank.merke(BODEN, str(n), boden)


def _schritt(
    seite: Page, faden: CDPSession, schritt: tuple[str, str, int | str], ruhe: int
) -> tuple[float, float, float]:
    vorher = _rechenzeit_ms(faden)
    gemalt, gesperrt = seite.evaluate(_MESSE, [*schritt, ruhe])
    return float(gemalt), float(gesperrt), _rechenzeit_ms(faden) - vorher


def _rechenzeit_ms(faden: CDPSession) -> float:
    werte = faden.send("Performance.getMetrics")["metrics"]
    return next(float(w["value"]) for w in werte if w["name"] == "TaskDuration") * 1000


def zeige(zahlen: Zahlen) -> Iterator[str]:
    """Yield the table by size: median, 95th percentile and slowest step."""
    zeilen = []
    for n, reihe in zahlen.wachstum(DAUER):
        p50, p95 = np.percentile(reihe.werte, [50, 95])
        gesperrt = zahlen.reihe(GESPERRT, str(n))
        rechenzeit = zahlen.reihe(RECHENZEIT, str(n))
        boden = zahlen.reihe(BODEN, str(n))
        zeilen.append(
            (
                *(gross(n), f"{p50:.1f}", f"{p95:.1f}", f"{max(reihe.werte):.1f}"),
                gesperrt.text(".1f") if gesperrt else "",
                rechenzeit.text(".1f") if rechenzeit else "",
                boden.text(".1f") if boden else "",
            )
        )
    yield from tabelle(
        (
            *("projects", "median, ms", "95th percentile, ms", "slowest, ms"),
            *("of it blocking, ms", "processor time, ms", "one word, ms"),
        ),
        zeilen,
    )
    yield (
        f"\n{len(SCHRITTE)} changes one after the other at a desk (1280 × 800, CPU not slowed): "
        "facets, text, years, order. From the event to the second frame after the last change of "
        "what the window shows (what the list adds below it afterwards is not waited for, the "
        "zoom to a chosen district is), in a Chromium without a frame rate, so that a figure is "
        "work and not the wait for a frame: on a screen of 60 Hz up to 17 ms come on top. "
        "Processor time is that of the page's main thread for the whole change, with what it does "
        "below the window afterwards; unlike the other figures it holds no work of others on the "
        "machine. One word: the same from a script that appends a character to the sentence above "
        "the list, nothing else; so much of every figure is the browser's way to the screen."
    )


def ziele(zahlen: Zahlen) -> Iterator[Ziel]:
    """Yield the median step by size."""
    for n, soll in SOLL_MS.items():
        reihe = zahlen.reihe(DAUER, str(n))
        was = f"filter change to repainted map and list, {gross(n)} projects"
        ist = reihe.text(".0f") + " ms" if reihe else ""
        yield Ziel(was, f"≤ {soll} ms", ist, reihe.median <= soll if reihe else None)
