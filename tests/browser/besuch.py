"""A visit in a real headless Chromium that notices what must never happen.

Every page that a test opens is watched: a request to another host, a console error, an uncaught
exception or a CSP violation fails the test, whatever else it asserts.
"""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Frame,
    Page,
    Playwright,
    Request,
    ViewportSize,
)

from tests.conftest import WURZEL

CHROMIUM: Final = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SCHALTER: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP: Final[ViewportSize] = {"width": 1280, "height": 800}
TELEFON: Final[ViewportSize] = {"width": 360, "height": 740}
AXE: Final = WURZEL / "app" / "web" / "node_modules" / "axe-core" / "axe.min.js"
_LEERLAUF: Final = (
    "() => new Promise(f => requestAnimationFrame(() => requestAnimationFrame("
    "() => requestIdleCallback(f, {timeout: 500}))))"
)
"""A picture is on the screen, and no script waits for its turn."""
VERSTOESSE: Final = """
  addEventListener("securitypolicyviolation", (v) => console.error(
    `CSP (${v.disposition}): ${v.effectiveDirective} refuses ${v.blockedURI} ${v.sample}`));
"""
"""Runs in every document before its own scripts: also what is only reported becomes an error."""
_ABGELEGT: Final = """async () => {
  try { sessionStorage } catch { return []; }
  const abgelegt = [
    ...Object.keys(sessionStorage).map(name => `sessionStorage: ${name}`),
    ...Object.keys(localStorage).map(name => `localStorage: ${name}`),
    ...[...document.querySelectorAll('link')].filter(l => /preconnect|dns-prefetch/.test(l.rel))
      .map(({href}) => `connection: ${href}`),
  ];
  if (origin === 'null') return abgelegt;
  const dienste = await navigator.serviceWorker?.getRegistrations() ?? [];
  return [
    ...abgelegt,
    ...(await indexedDB.databases()).map(({name}) => `indexedDB: ${name}`),
    ...(self.caches ? await caches.keys() : []).map(name => `cache: ${name}`),
    ...dienste.map(({scope}) => `worker: ${scope}`),
  ];
}"""
"""What a page has put into the browser beside cookies, and whom it has only greeted.

A frame that was refused or sandboxed has no storage and refuses the question; a page from disk
has neither databases nor workers.
"""
_unterwegs: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()
_REGELN: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def starte(playwright: Playwright) -> Browser:
    """Start Debian's Chromium."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(SCHALTER))


@dataclass
class Besuch:
    """One visitor: a fresh context, its pages, and everything suspicious that happened."""

    basis: str
    context: BrowserContext
    erlaubt: set[str]
    skript: bool = True
    auffaellig: list[str] = field(default_factory=list)

    def oeffne(self, pfad: str = "/") -> Page:
        """Open a page of the service and wait until it is at rest."""
        seite = self.context.new_page()
        self.beobachte(seite)
        seite.goto(pfad if "://" in pfad else self.basis + pfad)
        if self.skript:
            ruhe(seite)
        return seite

    def beobachte(self, seite: Page) -> None:
        """Note foreign requests, console errors and exceptions of a page."""
        unterwegs = _unterwegs[seite] = set()

        def beginnt(anfrage: Request) -> None:
            unterwegs.add(anfrage)

        def endet(anfrage: Request) -> None:
            unterwegs.discard(anfrage)

        seite.on("request", self._pruefe_ziel)
        seite.on("request", beginnt)
        seite.on("requestfinished", endet)
        seite.on("requestfailed", endet)
        seite.on("pageerror", lambda fehler: self.auffaellig.append(f"exception: {fehler}"))
        seite.on(
            "console",
            lambda m: self.auffaellig.append(f"console: {m.text}") if m.type == "error" else None,
        )

    def _pruefe_ziel(self, anfrage: Request) -> None:
        teile = urlsplit(anfrage.url)
        if teile.scheme not in ("data", "blob") and teile.netloc not in self.erlaubt:
            self.auffaellig.append(f"foreign request: {anfrage.url}")

    def pruefe(self) -> None:
        """Fail on anything suspicious, on cookies and on storage of any kind."""
        assert self.auffaellig == []
        assert self.context.cookies() == []
        assert self.context.storage_state(indexed_db=True)["origins"] == []
        assert self.context.service_workers == []
        for seite in self.context.pages:
            for rahmen in seite.frames:
                if self.skript and urlsplit(rahmen.url).netloc in self.erlaubt:
                    assert rahmen.evaluate(_ABGELEGT) == [], rahmen.url


@contextmanager
def besuchsreihe(browser: Browser) -> Iterator[Callable[..., Besuch]]:
    """Lend what makes visits of a place with chosen context options; in the end all are checked."""
    gemacht: list[Besuch] = []

    def mache(
        basis: str, *, auch: tuple[str, ...] = (), ohne_netz: bool = False, **optionen: Any
    ) -> Besuch:
        kontext = browser.new_context(
            **{"viewport": DESKTOP, "locale": "de-DE", "reduced_motion": "reduce", **optionen}
        )
        kontext.set_offline(ohne_netz)
        kontext.add_init_script(VERSTOESSE)
        erlaubt = {urlsplit(adresse).netloc for adresse in (basis, *auch)}
        besuch = Besuch(basis, kontext, erlaubt, optionen.get("java_script_enabled", True))
        gemacht.append(besuch)
        return besuch

    try:
        yield mache
        for besuch in gemacht:
            besuch.pruefe()
    finally:
        for besuch in gemacht:
            besuch.context.close()


def ruhe(seite: Page, sekunden: float = 20) -> None:
    """Wait until a watched page has loaded, asks for nothing and computes nothing.

    Playwright's own ``networkidle`` says the same half a second later: it waits for silence
    instead of asking.
    """
    seite.wait_for_load_state("load")
    unterwegs = _unterwegs[seite]
    ende, still = time.monotonic() + sekunden, 0
    # Twice: what a script asks for in its last turn is known to us a moment later.
    while still < 2:
        seite.evaluate(_LEERLAUF)
        still = 0 if unterwegs else still + 1
        assert time.monotonic() < ende, f"never at rest: {[r.url for r in unterwegs]}"


def bis(bedingung: Callable[[], object], sekunden: float = 20) -> None:
    """Wait for a condition (``wait_for_function`` needs eval, which the CSP forbids)."""
    ende = time.monotonic() + sekunden
    while not bedingung():
        assert time.monotonic() < ende, "waited in vain"
        time.sleep(0.02)


def axe(seite: Page | Frame, *nur: str) -> list[dict[str, Any]]:
    """Return the violations that axe finds, as short records; of all rules, or only of some."""
    if not seite.evaluate("'axe' in window"):
        seite.evaluate(Path(AXE).read_text("utf-8"))
    # axe would ask for style sheets that it cannot read; file:// gives them to nobody
    ergebnis = seite.evaluate(
        "regeln => axe.run(document, {runOnly: regeln, resultTypes: ['violations'],"
        " preload: location.protocol !== 'file:'})",
        {"type": "rule", "values": list(nur)} if nur else {"type": "tag", "values": _REGELN},
    )
    return [
        {"regel": v["id"], "stellen": [(n["target"], n["failureSummary"]) for n in v["nodes"]]}
        for v in ergebnis["violations"]
    ]
