"""Fingers on the glass: touches through the DevTools protocol, as a touch screen sends them."""

from collections.abc import Sequence

from playwright.sync_api import Locator, Page

SCHRITTE = 8
_BILD_MS = 16
_AUSLAUF_MS = 350
"""A fling and Leaflet's snapping are over by then."""
Punkt = tuple[float, float]


def wische(seite: Page, finger: Sequence[tuple[Punkt, Punkt]]) -> None:
    """Move some fingers at once, each from one point of the window to another (CSS pixels)."""
    cdp = seite.context.new_cdp_session(seite)

    def sende(art: str, anteil: float | None) -> None:
        punkte = [
            {"x": x0 + (x1 - x0) * anteil, "y": y0 + (y1 - y0) * anteil, "id": nummer}
            for nummer, ((x0, y0), (x1, y1)) in enumerate(finger)
            if anteil is not None
        ]
        cdp.send("Input.dispatchTouchEvent", {"type": art, "touchPoints": punkte})

    sende("touchStart", 0)
    for schritt in range(1, SCHRITTE + 1):
        sende("touchMove", schritt / SCHRITTE)
        seite.wait_for_timeout(_BILD_MS)
    sende("touchEnd", None)
    seite.wait_for_timeout(_AUSLAUF_MS)
    cdp.detach()


def mitte(stelle: Locator) -> Punkt:
    """Return the middle of an element, in pixels of the window."""
    kasten = stelle.bounding_box()
    assert kasten is not None
    return kasten["x"] + kasten["width"] / 2, kasten["y"] + kasten["height"] / 2


def ein_finger(seite: Page, von: Punkt, dx: float, dy: float) -> None:
    """Drag one finger."""
    wische(seite, [(von, (von[0] + dx, von[1] + dy))])


def zwei_finger(seite: Page, um: Punkt, dx: float, dy: float) -> None:
    """Drag two fingers side by side."""
    x, y = um
    wische(seite, [((x + s, y), (x + s + dx, y + dy)) for s in (-40, 40)])


def spreize(seite: Page, um: Punkt, px: float) -> None:
    """Move two fingers apart, each by ``px``."""
    x, y = um
    wische(seite, [((x + s * 20, y), (x + s * (20 + px), y)) for s in (-1, 1)])
