"""A first visit with an empty cache, on a phone with a slow line or at a desk."""

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, Request

from tests.browser.besuch import DESKTOP, TELEFON

BYTES_JE_SEKUNDE: Final = 1.6e6 / 8
VERZUG_MS: Final = 150
CPU: Final = 4
PROFIL: Final = "360 px wide, CPU 4 times slower, 1.6 Mbit/s, 150 ms round trip"

# Both scripts set window.__antwort as soon as a click on a filter has changed what is shown.
# A click that comes too early is taken back and tried again: nobody's page is helped or hindered.
_PROBE: Final = """
(() => {
  const versuche = () => {
    const feld = document.querySelector(%(feld)s);
    const schau = () => { const e = document.querySelector(%(ziel)s); return e && e.innerHTML; };
    const vorher = schau();
    if (!feld || !vorher) { setTimeout(versuche, 5); return; }
    feld.click();
    let bilder = 0;
    const pruefe = () => {
      if (schau() !== vorher) { window.__antwort = performance.now(); return; }
      if (++bilder < 60) { requestAnimationFrame(pruefe); return; }
      feld.click();
      setTimeout(versuche, 5);
    };
    pruefe();
  };
  versuche();
})();
"""


@dataclass(frozen=True, slots=True)
class Seite:
    """How to see that a page answers: the filter that is clicked, and what changes then."""

    feld: str
    ziel: str

    @property
    def skript(self) -> str:
        """The script that clicks and looks."""
        return _PROBE % {"feld": repr(self.feld), "ziel": repr(self.ziel)}


UNSERE: Final = Seite('input[name="handlungsfeld"]', "#satz")


@dataclass(frozen=True, slots=True)
class Erstbesuch:
    """Seconds until the filter answers, KiB over the wire for everything, how many requests."""

    sekunden: float
    kib: float
    anfragen: int


def besuche(browser: Browser, url: str, art: Seite, *, phone: bool) -> Erstbesuch:
    """Open a page with an empty cache and wait for its first answer, then for all it loads.

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
        if verkehr.fremde:
            raise RuntimeError(f"asked another host: {verkehr.fremde}")
        return Erstbesuch(sekunden, sum(verkehr.geladen) / 1024, len(verkehr.geladen))
    finally:
        kontext.close()


class _Verkehr:
    """What a page loads."""

    def __init__(self, host: str) -> None:
        self.host = host
        self.geladen: list[float] = []
        self.fremde: list[str] = []
        self._unterwegs: set[Request] = set()

    def beobachte(self, seite: Page, cdp: CDPSession) -> None:
        cdp.on("Network.loadingFinished", self._merke)
        cdp.send("Network.enable")
        seite.on("request", self._beginnt)
        seite.on("requestfinished", self._endet)
        seite.on("requestfailed", self._endet)

    def _merke(self, ereignis: dict[str, Any]) -> None:
        self.geladen.append(ereignis["encodedDataLength"])

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
