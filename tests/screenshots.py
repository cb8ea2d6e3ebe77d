"""``make screenshots``: draw the pictures in ``docs/bilder`` from the running page."""

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from openpyxl import load_workbook
from openpyxl.worksheet.properties import PageSetupProperties
from playwright.sync_api import Browser, sync_playwright

from tests.browser.besuch import DESKTOP, TELEFON, starte
from tests.browser.conftest import dienst
from tests.conftest import WURZEL, baue

ORDNER: Final = WURZEL / "docs" / "bilder"
BILDER: Final[dict[str, tuple[str, dict[str, Any]]]] = {
    "karte": ("/?handlungsfeld=flaechenentwicklung&handlungsfeld=qualifizierung-und-bildung", {}),
    "karte-telefon": ("/", {"viewport": TELEFON, "has_touch": True, "is_mobile": True}),
    "steckbrief": ("/projekte/nw-864", {}),
}


def vorlage(ordner: Path) -> None:
    """Draw the sheet "Projekte" of the template, filled, as LibreOffice shows it."""
    mappe = ordner / "vorlage.xlsx"
    _rufe(sys.executable, "build_map.py", "template", str(mappe), "--mit-daten")
    buch = load_workbook(mappe)
    for blatt in buch.worksheets:
        if blatt.title != "Projekte":
            blatt.sheet_state = "hidden"
    buch.active = buch["Projekte"]
    seite = buch["Projekte"]
    seite.print_area = "A1:I14"
    seite.page_setup.orientation = "landscape"
    seite.page_setup.fitToWidth, seite.page_setup.fitToHeight = 1, 0
    seite.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    buch.save(mappe)
    _rufe("soffice", "--headless", "--convert-to", "pdf", "--outdir", str(ordner), str(mappe))
    bild = str(ORDNER / "vorlage")
    ausschnitt = ("-x", "75", "-y", "105", "-W", "1050", "-H", "192")
    pdf = str(ordner / "vorlage.pdf")
    _rufe("pdftoppm", "-png", "-r", "110", "-singlefile", *ausschnitt, pdf, bild)


def bericht(browser: Browser, ordner: Path) -> None:
    """Draw the report on a workbook with a few mistakes, as HTML."""
    mappe, html = ordner / "mappe.xlsx", ordner / "bericht.html"
    _rufe(sys.executable, "build_map.py", "template", str(mappe), "--mit-daten")
    buch = load_workbook(mappe)
    blatt = buch["Projekte"]
    spalten = {zelle.value: zelle.column for zelle in blatt[1]}
    for zeile, name, wert in (
        (2, "Status", "umgesezt"),
        (3, "Beginn", "Sommer 2019"),
        (4, "Kosten (Euro)", "ca. 1,2 Mio. €"),
        (5, "Kurzbeschreibung", None),
    ):
        blatt.cell(zeile, spalten[name] or 1).value = wert
    buch.save(mappe)
    _rufe(sys.executable, "build_map.py", "check", str(mappe), "--html", str(html), gut=(0, 1, 2))
    kontext = browser.new_context(viewport={"width": 1000, "height": 700}, locale="de-DE")
    seite = kontext.new_page()
    seite.goto(html.as_uri())
    seite.screenshot(path=ORDNER / "bericht.png")
    kontext.close()


def _rufe(*befehl: str, gut: tuple[int, ...] = (0,)) -> None:
    lauf = subprocess.run(befehl, cwd=WURZEL, capture_output=True, text=True, check=False)
    if lauf.returncode not in gut:
        raise RuntimeError(lauf.stderr)


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
        bericht(browser, Path(ordner))
        vorlage(Path(ordner))
        browser.close()


if __name__ == "__main__":
    main()
