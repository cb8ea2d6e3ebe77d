"""What the page tells the browser where the map draws tiles instead of an index."""

from dataclasses import replace
from typing import Any

from app.darstellung import Darstellung
from app.grundkarten.angebot import KACHELSKRIPT
from app.state import Abfrage

_EBENE = "projekte"


def projektkacheln(d: Darstellung, abfrage: Abfrage, ab: int | None) -> dict[str, Any] | None:
    """Return address, script and deepest zoom of the tiles of a state.

    None where the browser answers by itself: below ``ab`` projects, or without tiles. ``alle`` says
    that the tiles hold all projects although the state has filters.
    """
    snapshot = d.snapshot
    if ab is None or len(snapshot.index) < ab:
        return None
    ebene = snapshot.kacheln.ebene(_EBENE)
    if ebene is None or KACHELSKRIPT not in snapshot.assets:
        return None
    filtert = snapshot.kacheln.filtert(_EBENE)
    zustand = replace(abfrage, sort=None, projekt=None) if filtert else Abfrage()
    return {
        "url": f"/kacheln/{_EBENE}/{{z}}/{{x}}/{{y}}.mvt{zustand.query()}",
        "skript": d.urls.asset(snapshot.assets[KACHELSKRIPT]),
        "zoom": ebene.zoom[1],
        "alle": abfrage.filtert and not filtert,
    }
