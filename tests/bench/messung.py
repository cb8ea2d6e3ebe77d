"""How things are measured: whole processes, requests by wrk, a throttled first visit."""

import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.browser.besuch import DESKTOP, TELEFON
from tests.conftest import WURZEL

LAEUFE = 5
DAUER_SEKUNDEN = 4
VERBINDUNGEN = 16


@dataclass(frozen=True, slots=True)
class Reihe:
    """Figures of several runs."""

    werte: tuple[float, ...]

    @property
    def median(self) -> float:
        """The figure to quote."""
        return statistics.median(self.werte)

    def text(self, muster: str) -> str:
        """Median and spread, e.g. ``1.42 (1.40–1.55)``."""
        zahlen = (format(w, muster) for w in (self.median, min(self.werte), max(self.werte)))
        return "{} ({}–{})".format(*zahlen)


def reihe(messe: Callable[[], float], laeufe: int = LAEUFE) -> Reihe:
    """Measure several times after one run that does not count."""
    messe()
    return Reihe(tuple(messe() for _ in range(laeufe)))


def bauen(geodata: Path, ziel: Path) -> tuple[float, float]:
    """Build once as a whole process; return wall seconds and peak memory in MiB."""
    beginn = time.perf_counter()
    prozess = subprocess.Popen(
        [sys.executable, WURZEL / "build_map.py", "build", "--geodata", geodata, "--ziel", ziel],
        cwd=WURZEL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, verbrauch = os.wait4(prozess.pid, 0)
    sekunden = time.perf_counter() - beginn
    prozess.returncode = os.waitstatus_to_exitcode(status)
    if prozess.returncode:
        raise RuntimeError(f"build of {geodata} failed")
    return sekunden, verbrauch.ru_maxrss / 1024


_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_P99 = re.compile(r"99%\s+([\d.]+)(us|ms|s)")
_MILLISEKUNDEN = {"us": 0.001, "ms": 1.0, "s": 1000.0}


def anfragen(url: str, kopf: str = "Accept-Encoding: br") -> tuple[float, float]:
    """Ask for a URL as fast as it goes; return requests per second and p99 in milliseconds.

    Raises
    ------
    RuntimeError
        An answer was no success, so the figure would mean nothing.
    """
    ausgabe = subprocess.run(
        ["wrk", "-t1", f"-c{VERBINDUNGEN}", f"-d{DAUER_SEKUNDEN}s", "--latency", "-H", kopf, url],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    rate, p99 = _RATE.search(ausgabe), _P99.search(ausgabe)
    if "Non-2xx" in ausgabe or rate is None or p99 is None:
        raise RuntimeError(ausgabe)
    return float(rate[1]), float(p99[1]) * _MILLISEKUNDEN[p99[2]]


_BIS_FILTER_ANTWORTET = """
(() => {
  const start = performance.now();
  const versuche = () => {
    const feld = document.querySelector('input[name="handlungsfeld"]');
    const satz = document.getElementById("satz");
    if (feld && satz) {
      const vorher = satz.textContent;
      feld.click();
      if (satz.textContent !== vorher) { window.__antwort = performance.now(); return; }
      requestAnimationFrame(() => {
        if (satz.textContent !== vorher) { window.__antwort = performance.now(); return; }
        feld.click();
        setTimeout(versuche, 5);
      });
      return;
    }
    setTimeout(versuche, 5);
  };
  versuche();
})();
"""


def _warte_auf(seite: Page, ausdruck: str) -> float:
    """Poll a number in the page (a predicate inside it would need ``unsafe-eval``)."""
    for _ in range(3000):
        if wert := seite.evaluate(ausdruck):
            return float(wert)
        seite.wait_for_timeout(20)
    raise TimeoutError(ausdruck)


def erster_besuch(browser: Browser, url: str, *, phone: bool) -> tuple[float, float, float]:
    """Open the page with an empty cache.

    Returns
    -------
    Seconds until a click on a filter changes the sentence above the list, KiB over the wire
    for everything, and seconds until the first marker is on the map. With ``phone``: CPU four
    times slower, 1.6 Mbit/s, 150 ms round trip.
    """
    kontext = browser.new_context(viewport=TELEFON if phone else DESKTOP)
    seite = kontext.new_page()
    cdp = kontext.new_cdp_session(seite)
    geladen: list[float] = []

    def merke(ereignis: dict[str, Any]) -> None:
        geladen.append(ereignis["encodedDataLength"])

    cdp.on("Network.loadingFinished", merke)
    cdp.send("Network.enable")
    if phone:
        cdp.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        bytes_je_sekunde = 1.6e6 / 8
        cdp.send(
            "Network.emulateNetworkConditions",
            {
                "offline": False,
                "latency": 150,
                "downloadThroughput": bytes_je_sekunde,
                "uploadThroughput": bytes_je_sekunde,
            },
        )
    seite.add_init_script(_BIS_FILTER_ANTWORTET)
    seite.goto(url, wait_until="commit")
    antwort = _warte_auf(seite, "window.__antwort") / 1000
    if phone:
        seite.click('[data-ansicht="karte"]')
    seite.wait_for_selector("#karte [data-marke]", state="attached", timeout=60_000)
    marke = seite.evaluate("performance.now()") / 1000
    seite.wait_for_load_state("networkidle")
    kontext.close()
    return antwort, sum(geladen) / 1024, marke
