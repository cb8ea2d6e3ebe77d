"""``make screenshots``: draw the pictures in ``docs/bilder`` from the running page."""

import tempfile
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import sync_playwright

from tests.browser.besuch import DESKTOP, TELEFON, starte
from tests.browser.conftest import dienst
from tests.conftest import WURZEL, baue

ORDNER: Final = WURZEL / "docs" / "bilder"
BILDER: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "karte": ("/?handlungsfeld=flaechenentwicklung&handlungsfeld=qualifizierung-und-bildung", {}),
    "karte-telefon": ("/", {"viewport": TELEFON, "has_touch": True, "is_mobile": True}),
    "steckbrief": ("/projekte/nw-864", {}),
}


def main() -> None:
    """Build the shipped data, serve it, and take the pictures."""
    ORDNER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as ordner, sync_playwright() as playwright:
        baue(WURZEL / "geodata", Path(ordner))
        browser = starte(playwright)
        with dienst(Path(ordner)) as basis:
            for name, (pfad, optionen) in BILDER.items():
                kontext = browser.new_context(
                    **{
                        "viewport": DESKTOP,
                        "locale": "de-DE",
                        "reduced_motion": "reduce",
                        **optionen,
                    }
                )
                seite = kontext.new_page()
                seite.goto(basis + pfad, wait_until="networkidle")
                seite.wait_for_timeout(300)
                seite.screenshot(path=ORDNER / f"{name}.png")
                kontext.close()
        browser.close()


if __name__ == "__main__":
    main()
