"""What every document set with Typst needs: where the templates lie, and which fonts it may use."""

from functools import lru_cache
from pathlib import Path
from typing import Final

import typst

VORLAGEN: Final = Path(__file__).parent / "templates"


# who sets many documents in a row has one folder; a build's folder never changes
@lru_cache(maxsize=1)
def schriftsatz(ordner: Path) -> typst.Fonts:
    """Return the fonts of a folder and no others, so that a document looks alike everywhere."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(ordner)]
    )
