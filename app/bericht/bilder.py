"""Drawings as PNG, for a format that does not take SVG: the same strokes as in the PDF."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import orjson
import typst

from app.bericht.inhalt import Bild
from app.typstsatz import VORLAGEN, schriftsatz

_PPI: Final = 180
"""Sharp on paper, and small: a map takes about 60 kB."""


def pngs(bilder: Sequence[Bild], schriften: Path) -> list[bytes]:
    """Return one PNG a drawing, in the same order; ``schriften``: folder of the fonts."""
    if not bilder:
        return []
    daten = [{"svg": bild.svg, "breite_mm": bild.breite_mm} for bild in bilder]
    seiten = typst.compile(
        str(VORLAGEN / "zeichnungen.typ"),
        format="png",
        ppi=_PPI,
        font_paths=schriftsatz(schriften),
        sys_inputs={"daten": orjson.dumps(daten).decode()},
    )
    return seiten if isinstance(seiten, list) else [seiten]
