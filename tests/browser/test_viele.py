"""Ten thousand projects: the worker groups their places, and only what is shown is in the page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from layers.spalten import Spaltendatei, lies
from tests.browser.besuch import Besuch, bis
from tests.browser.viele import ausgetauscht, dateien

ANZAHL = 10_000


@pytest.fixture(scope="module")
def viele(build_dir: Path, basis: str) -> Iterator[tuple[str, Spaltendatei]]:
    """The service with the index of invented projects, and that index."""
    vorlage = lies(next((build_dir / "aktuell" / "assets").glob("index.*.bin")).read_bytes())
    inhalt = dateien(ANZAHL, vorlage)
    with ausgetauscht(basis, inhalt) as adresse:
        yield adresse, lies(inhalt["index"])


def summe(seite: Page) -> int:
    """How many projects all symbols together stand for."""
    return int(
        seite.locator("#karte .leaflet-marker-pane [data-marke][data-anzahl]").evaluate_all(
            "marken => marken.reduce((summe, m) => summe + Number(m.dataset.anzahl), 0)"
        )
    )


def test_a_worker_groups_the_places_of_many_projects(
    viele: tuple[str, Spaltendatei], besuche: Callable[..., Besuch]
) -> None:
    adresse, index = viele
    seite = besuche(auch=(adresse,)).oeffne(adresse + "/")
    orte = index.zahlen("standort.projekt")
    # Every place is in one symbol; a project counts once in each that has places of it.
    bis(lambda: len(np.unique(orte)) <= summe(seite) <= len(orte))
    assert len(seite.workers) == 1
    assert seite.locator("#karte [data-marke]").count() < 400
    bis(lambda: seite.locator("#liste [data-id]").count() == 500)

    feld = index.zahlen("facette.handlungsfeld")
    anzahlen = seite.locator('[data-facette="handlungsfeld"] [data-anzahl]').all_text_contents()
    assert anzahlen == [f"{n:,}".replace(",", ".") for n in np.bincount(feld)]
    treffer = np.flatnonzero(feld == 1)
    seite.locator('input[name="handlungsfeld"]').nth(1).check()
    mit_ort = np.isin(orte, treffer)
    bis(lambda: len(np.unique(orte[mit_ort])) <= summe(seite) <= mit_ort.sum())
    expect(seite.locator("#satz")).to_contain_text(f"{len(treffer):,}".replace(",", "."))

    # A cluster falls apart where it says so; the focus goes on with a part of it.
    cluster = seite.locator("#karte .marke-cluster").first
    schluessel = cluster.get_attribute("data-marke")
    cluster.focus()
    seite.keyboard.press("Enter")
    expect(seite.locator(f'[data-marke="{schluessel}"]')).to_have_count(0)
    bis(lambda: seite.evaluate("document.activeElement.matches('[data-marke]')"))


def test_the_list_goes_on_below_the_window(
    viele: tuple[str, Spaltendatei], besuche: Callable[..., Besuch]
) -> None:
    adresse, index = viele
    seite = besuche(auch=(adresse,)).oeffne(adresse + "/")
    namen = index.texte("name")
    feld, orte = index.zahlen("facette.handlungsfeld"), index.zahlen("standort.projekt")
    mit_ort = np.isin(np.arange(ANZAHL), orte)
    seite.locator('input[name="handlungsfeld"]').nth(2).check()
    erwartet = [namen[z] for z in np.flatnonzero((feld == 2) & mit_ort)[:250]]
    eintraege = seite.locator('#liste [data-abschnitt="ort"] [data-feld="name"]')
    bis(lambda: eintraege.all_text_contents() == erwartet)
    weiter = seite.locator('[data-mehr="ort"]')
    weiter.click()
    assert (
        seite.evaluate("document.activeElement.textContent")
        == namen[np.flatnonzero((feld == 2) & mit_ort)[250]]
    )


def test_without_a_worker_the_page_groups_the_places_itself(
    viele: tuple[str, Spaltendatei], besuche: Callable[..., Besuch]
) -> None:
    adresse, index = viele
    besuch = besuche(auch=(adresse,))
    besuch.context.route("**/gruppierung.*.js", lambda weg: weg.abort())
    seite = besuch.oeffne(adresse + "/")
    orte = index.zahlen("standort.projekt")
    bis(lambda: len(np.unique(orte)) <= summe(seite) <= len(orte), 20)
    feld = index.zahlen("facette.handlungsfeld")
    seite.locator('input[name="handlungsfeld"]').nth(1).check()
    mit_ort = np.isin(orte, np.flatnonzero(feld == 1))
    bis(lambda: len(np.unique(orte[mit_ort])) <= summe(seite) <= mit_ort.sum())
    # The browser says that the script did not come; nothing else may go wrong.
    besuch.auffaellig = [was for was in besuch.auffaellig if "ERR_FAILED" not in was]
