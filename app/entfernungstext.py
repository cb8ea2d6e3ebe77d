"""Distances in words, "350 m nördlich"; ``web/src/entfernungstext.ts`` says the same."""

import math
from typing import Final

from app.entfernung import RICHTUNGEN
from app.index import Index
from app.katalog import Katalog
from app.naehe import Naehe

_GENAU: Final = 10
_UNGEFAEHR: Final = 100
"""To so many metres a distance below one kilometre is said; more would be an invention."""


def entfernungstext(meter: float, richtung: int, t: Katalog, *, ungefaehr: bool) -> str:
    """Return how far something lies, and in which direction.

    Parameters
    ----------
    meter
        Finite, not negative.
    richtung
        Position in `app.entfernung.RICHTUNGEN`, seen from where the distance is measured.
    ungefaehr
        The place is only known to the Quartier or the Stadtbezirk: then so is its distance.
    """
    schritt = _UNGEFAEHR if ungefaehr else _GENAU
    gerundet = _auf(meter, schritt)
    if gerundet >= 1000:
        gerundet = _auf(meter, 100)
    etwa = ".etwa" if ungefaehr else ""
    if not gerundet:
        return t(f"naehe.hier{etwa}")
    wohin = t(f"naehe.richtung.{RICHTUNGEN[richtung]}")
    return t(f"naehe.weg{etwa}", strecke=streckentext(gerundet, t), richtung=wohin)


def zeilentext(index: Index, naehe: Naehe | None, zeile: int, t: Katalog) -> str | None:
    """Return how far the project of a row lies; None without a point, or without a location."""
    if naehe is None or (weg := naehe.weg(zeile)) is None:
        return None
    ungefaehr = bool(index.standorte.ungefaehr[weg.ort])
    return entfernungstext(weg.meter, weg.richtung, t, ungefaehr=ungefaehr)


def streckentext(meter: int, t: Katalog) -> str:
    """Return a length in metres, or in kilometres where those are a round number."""
    if meter < 1000 or meter % 100:
        return t("naehe.strecke.m", meter=meter)
    return t("naehe.strecke.km", km=meter / 1000)


def _auf(meter: float, schritt: int) -> int:
    # Halves go up, as in the browser; Python's round() takes the even neighbour.
    return math.floor(meter / schritt + 0.5) * schritt
