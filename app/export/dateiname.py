"""What a download is called, so that it is found again: filters and Stand, never a place."""

import re
from collections.abc import Iterator
from typing import Final

from app.export.auszug import SCHREIBTISCH
from app.state import Abfrage
from layers.falten import falten

_LAENGE: Final = 80
_OERTLICH: Final = {"nahe": "umkreis", "bbox": "ausschnitt"}
"""Parameters that hold a place: only that there is one is said."""


def dateiname(abfrage: Abfrage, stand: str, endung: str) -> str:
    """Return e.g. ``nordwaerts-projekte_huckarde_umgesetzt_2026-01.xlsx``; ASCII, no quotes."""
    filter_ = "_".join(_worte(abfrage))[:_LAENGE].strip("_-")
    teile = ("nordwaerts-projekte", filter_, stand)
    return "_".join(teil for teil in teile if teil) + f".{endung}"


def _worte(abfrage: Abfrage) -> Iterator[str]:
    for name, wert in abfrage.paare():
        if name in SCHREIBTISCH or name == "umkreis":
            continue
        text = _OERTLICH.get(name, wert)
        vorsatz = f"{name}-" if name in ("von", "bis", "lage") else ""
        if wort := re.sub(r"[^a-z0-9]+", "-", falten(text)).strip("-"):
            yield vorsatz + wort
