"""Too many projects for an index: the server filters, the map draws vector tiles."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from app.store import Snapshot
from tests.browser.besuch import TELEFON, Besuch, axe, bis, ruhe
from tests.browser.conftest import dienst

pytestmark = pytest.mark.browser
NEBEN_PX = 150


@pytest.fixture(scope="module")
def viele(build_dir: Path) -> Iterator[str]:
    """A service that thinks the shipped projects are too many for an index."""
    with dienst(build_dir, NORDWAERTS_KACHELN_SCHWELLE="50") as adresse:
        yield adresse


def einzelner(snapshot: Snapshot) -> tuple[str, float, float]:
    """A project with an exact location that nobody else is near."""
    orte = [
        (p["id"], o["lat"], o["lon"])
        for p in snapshot.projekte
        for o in p["standorte"]
        if o["lon"] is not None
    ]
    return next(
        ort
        for ort in orte
        if all(ort is a or abs(ort[1] - a[1]) + abs(ort[2] - a[2]) > 0.004 for a in orte)
    )


def test_the_map_draws_tiles_and_asks_for_no_index(
    viele: str, besuche: Callable[..., Besuch], snapshot: Snapshot
) -> None:
    besuch = besuche(auch=(viele,))
    gefragt: list[str] = []
    besuch.context.on("request", lambda anfrage: gefragt.append(urlsplit(anfrage.url).path))
    id_, lat, lon = einzelner(snapshot)
    # beside the middle, where the name of the district stands
    seite = besuch.oeffne(f"{viele}/#karte=15/{lat}/{lon + NEBEN_PX * 360 / (256 << 15)}")
    seite.wait_for_selector(
        ".leaflet-projektkacheln-pane canvas.leaflet-tile-loaded", state="attached"
    )
    assert [pfad for pfad in gefragt if pfad.startswith("/kacheln/projekte/")]
    assert not [pfad for pfad in gefragt if "/index." in pfad or "/suche." in pfad]
    assert seite.locator("#liste .eintrag").count() == len(snapshot.projekte)
    assert axe(seite) == []
    kasten = seite.locator("#karte").bounding_box()
    assert kasten is not None
    x, y = kasten["x"] + kasten["width"] / 2 - NEBEN_PX, kasten["y"] + kasten["height"] / 2
    # the first tile that is there need not be the one below the pointer
    ruhe(seite)
    fehlend = seite.locator(".leaflet-projektkacheln-pane canvas:not(.leaflet-tile-loaded)")
    bis(lambda: fehlend.count() == 0)
    seite.mouse.click(x, y)
    seite.wait_for_url(f"**/projekte/{id_}")


def test_a_filter_is_the_servers_and_the_map_says_that_it_shows_all(
    viele: str, besuche: Callable[..., Besuch]
) -> None:
    seite = besuche(auch=(viele,)).oeffne(f"{viele}/")
    assert seite.locator(".karte-hinweis").count() == 0
    seite.locator('input[name="status"][value="umgesetzt"]').check()
    seite.locator("#filter button[type=submit]").first.click()
    bis(lambda: "status=umgesetzt" in seite.url)
    hinweis = seite.locator(".karte-hinweis")
    hinweis.wait_for()
    assert "alle Projekte" in hinweis.inner_text()
    assert axe(seite) == []


def test_on_a_phone_map_and_filters_are_reached(viele: str, besuche: Callable[..., Besuch]) -> None:
    seite = besuche(auch=(viele,), viewport=TELEFON).oeffne(f"{viele}/")
    assert seite.locator("[data-naehe-schalter]").count() == 0
    seite.locator("[data-filter-schalter]").click()
    assert seite.locator("#filter button[type=submit]").first.is_visible()
    seite.keyboard.press("Escape")
    seite.locator('button[data-ansicht="karte"]').click()
    seite.wait_for_selector(
        ".leaflet-projektkacheln-pane canvas.leaflet-tile-loaded", state="attached"
    )
    # a district's name leads to its page: there is no index for a panel
    seite.locator("[data-bezirk=eving]").click()
    bis(lambda: urlsplit(seite.url).path == "/stadtbezirke/eving")
