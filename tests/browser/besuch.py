"""A visit in a real headless Chromium that notices what must never happen.

Every page that a test opens is watched: a request to another host, a console error, an uncaught
exception or a CSP violation fails the test, whatever else it asserts.
"""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

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
    auffaellig: list[str] = field(default_factory=list)

    def oeffne(self, pfad: str = "/") -> Page:
        """Open a page of the service and wait until it is idle."""
        seite = self.context.new_page()
        self.beobachte(seite)
        seite.goto(pfad if "://" in pfad else self.basis + pfad, wait_until="networkidle")
        return seite

    def beobachte(self, seite: Page) -> None:
        """Note foreign requests, console errors and exceptions of a page."""
        seite.on("request", self._pruefe_ziel)
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
        """Fail on anything suspicious, on cookies and on storage."""
        assert self.auffaellig == []
        assert self.context.cookies() == []
        zustand = self.context.storage_state()
        assert zustand["origins"] == []


def bis(bedingung: Callable[[], object], sekunden: float = 5) -> None:
    """Wait for a condition (``wait_for_function`` needs eval, which the CSP forbids)."""
    ende = time.monotonic() + sekunden
    while not bedingung():
        assert time.monotonic() < ende, "waited in vain"
        time.sleep(0.02)


def axe(seite: Page | Frame, *nur: str) -> list[dict[str, Any]]:
    """Return the violations that axe finds, as short records; of all rules, or only of some."""
    seite.evaluate(Path(AXE).read_text("utf-8"))
    ergebnis = seite.evaluate(
        "regeln => axe.run(document, {runOnly: regeln, resultTypes: ['violations']})",
        {"type": "rule", "values": list(nur)} if nur else {"type": "tag", "values": _REGELN},
    )
    return [
        {"regel": v["id"], "stellen": [(n["target"], n["failureSummary"]) for n in v["nodes"]]}
        for v in ergebnis["violations"]
    ]
