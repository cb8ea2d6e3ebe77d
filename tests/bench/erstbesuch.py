"""A first visit with an empty cache, on a phone with a slow line or at a desk."""

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, Request

from tests.browser.besuch import DESKTOP, TELEFON

BYTES_JE_SEKUNDE: Final = 1.6e6 / 8
VERZUG_MS: Final = 150
CPU: Final = 4
PROFIL: Final = "360 px wide, CPU 4 times slower, 1.6 Mbit/s, 150 ms round trip"

# Sets window.__antwort to the first picture after a click on a filter has changed what is shown.
# It clicks once, as soon as the filter is there, and waits as a visitor would. Only where the page
# took the click back (another control stands there, or the same one as before), or has loaded and
# done nothing for three seconds, it clicks again. Nobody's page is helped or hindered.
_PROBE: Final = """
(() => {
  const finde = () => document.querySelector(%(feld)s);
  const schau = () => document.querySelector(%(ziel)s)?.innerHTML;
  let feld = null, vorher, stand, zeit, geladen = Infinity;
  addEventListener("load", () => { geladen = performance.now(); });
  const klicke = () => {
    const neu = finde(), jetzt = schau();
    if (!neu || !jetzt) return;
    [feld, vorher, zeit] = [neu, jetzt, performance.now()];
    feld.click();
    stand = feld.checked;
  };
  const verloren = () => !feld.isConnected || feld.checked !== stand ||
    performance.now() - Math.max(zeit, geladen) > 3000;
  const pruefe = () => {
    if (!feld) klicke();
    // A frame's callbacks run before it is painted: what they see is in the picture a task later.
    else if (schau() !== vorher) {
      setTimeout(() => { window.__antwort = performance.now(); });
      return;
    }
    else if (verloren()) klicke();
    requestAnimationFrame(pruefe);
  };
  // Before the first picture there are no frames; the parser makes the filter all the same.
  const beobachter = new MutationObserver(() => {
    if (!feld) klicke();
    if (feld) beobachter.disconnect();
  });
  beobachter.observe(document, { childList: true, subtree: true });
  requestAnimationFrame(pruefe);
})();
"""


@dataclass(frozen=True, slots=True)
class Seite:
    """How to see that a page answers: the filter that is clicked, and what changes then.

    Attributes
    ----------
    karte
        The button that asks for the map, where a page may begin without.
    """

    feld: str
    ziel: str
    karte: str = ""

    @property
    def skript(self) -> str:
        """The script that clicks and looks."""
        return _PROBE % {"feld": repr(self.feld), "ziel": repr(self.ziel)}


UNSERE: Final = Seite('input[name="handlungsfeld"]', "#satz", 'button[data-ansicht="karte"]')


@dataclass(frozen=True, slots=True)
class Erstbesuch:
    """What a first visit takes.

    Attributes
    ----------
    sekunden
        Until the filter answers.
    kib_bis
        Over the wire until then, the beginnings of files that are still under way included.
    kib, anfragen
        Over the wire for everything that comes by itself, and how many requests.
    kib_mit_karte
        Over the wire when the map was asked for, too, where the page begins without it.
    """

    sekunden: float
    kib_bis: float
    kib: float
    anfragen: int
    kib_mit_karte: float


def besuche(browser: Browser, url: str, art: Seite, *, phone: bool) -> Erstbesuch:
    """Open a page with an empty cache; wait for its first answer, all it loads, and its map.

    Raises
    ------
    RuntimeError
        The page asked another host.
    TimeoutError
        The filter never answered.
    """
    kontext = browser.new_context(viewport=TELEFON if phone else DESKTOP)
    try:
        seite = kontext.new_page()
        cdp = kontext.new_cdp_session(seite)
        verkehr = _Verkehr(urlsplit(url).netloc)
        verkehr.beobachte(seite, cdp)
        if phone:
            _drossle(cdp)
        seite.add_init_script(art.skript)
        seite.goto(url, wait_until="commit")
        sekunden = _warte(seite) / 1000
        verkehr.warte(seite)
        kib, anfragen = verkehr.kib(), verkehr.anfragen
        if art.karte and seite.locator(art.karte).is_visible():
            seite.locator(art.karte).click()
            verkehr.warte(seite)
        if verkehr.fremde:
            raise RuntimeError(f"asked another host: {verkehr.fremde}")
        return Erstbesuch(sekunden, verkehr.kib(sekunden), kib, anfragen, verkehr.kib())
    finally:
        kontext.close()


class _Verkehr:
    """What a page loads."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.anfragen = 0
        self.fremde: list[str] = []
        self._beginn: float | None = None
        self._bytes: list[tuple[float, float]] = []
        self._je_anfrage: defaultdict[str, float] = defaultdict(float)
        self._unterwegs: set[Request] = set()

    def beobachte(self, seite: Page, cdp: CDPSession) -> None:
        cdp.on("Network.requestWillBeSent", self._merke_beginn)
        cdp.on("Network.responseReceived", self._merke_kopf)
        cdp.on("Network.dataReceived", self._merke_stueck)
        cdp.on("Network.loadingFinished", self._merke_ende)
        cdp.send("Network.enable")
        seite.on("request", self._beginnt)
        seite.on("requestfinished", self._endet)
        seite.on("requestfailed", self._endet)

    def kib(self, sekunden: float = math.inf) -> float:
        """Return how much had come so many seconds after the first request."""
        beginn = self._beginn
        assert beginn is not None
        return sum(menge for zeit, menge in self._bytes if zeit - beginn <= sekunden) / 1024

    def _merke_beginn(self, ereignis: dict[str, Any]) -> None:
        if self._beginn is None:
            self._beginn = ereignis["timestamp"]

    def _merke_kopf(self, ereignis: dict[str, Any]) -> None:
        self._merke(ereignis, ereignis["response"]["encodedDataLength"])

    def _merke_stueck(self, ereignis: dict[str, Any]) -> None:
        self._merke(ereignis, ereignis["encodedDataLength"])

    def _merke_ende(self, ereignis: dict[str, Any]) -> None:
        self.anfragen += 1
        rest = ereignis["encodedDataLength"] - self._je_anfrage[ereignis["requestId"]]
        self._merke(ereignis, rest)

    def _merke(self, ereignis: dict[str, Any], menge: float) -> None:
        self._je_anfrage[ereignis["requestId"]] += menge
        self._bytes.append((ereignis["timestamp"], menge))

    def _beginnt(self, anfrage: Request) -> None:
        self._unterwegs.add(anfrage)
        ziel = urlsplit(anfrage.url)
        if ziel.scheme not in ("data", "blob") and ziel.netloc != self.host:
            self.fremde.append(anfrage.url)

    def _endet(self, anfrage: Request) -> None:
        self._unterwegs.discard(anfrage)

    def warte(self, seite: Page) -> None:
        """Wait until nothing is on its way for two seconds: a slow processor asks late."""
        seite.wait_for_load_state("load", timeout=120_000)
        still = 0
        while still < 20:
            seite.wait_for_timeout(100)
            still = 0 if self._unterwegs else still + 1


def _drossle(cdp: CDPSession) -> None:
    cdp.send("Emulation.setCPUThrottlingRate", {"rate": CPU})
    cdp.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": VERZUG_MS,
            "downloadThroughput": BYTES_JE_SEKUNDE,
            "uploadThroughput": BYTES_JE_SEKUNDE,
        },
    )


def _warte(seite: Page) -> float:
    """Poll (a predicate inside the page would need ``unsafe-eval``)."""
    for _ in range(3000):
        if wert := seite.evaluate("window.__antwort"):
            return float(wert)
        seite.wait_for_timeout(20)
    raise TimeoutError(seite.url)
