"""Sets documents in this process: nobody waits for another answer meanwhile."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from app import bildsatz
from app.druckerei import BILD, PDF, Druckerei
from app.pdf import setze

_FRIST_SEKUNDEN: Final = 600.0
"""Nobody waits for an answer; a busy machine must not leave a hole in the copy."""


class Hauspresse(Druckerei):
    """A Druckerei for thousands of PDFs and previews in a row.

    A process of its own for each would take ten times as long. Workbooks, GeoPackages, DOCX and
    Turtle, which are few, are made as in the service.
    """

    async def drucke(
        self,
        schluessel: tuple[str, ...],
        auftrag: Callable[[], dict[str, Any]],
        modul: str = PDF,
        *,
        frist: float | None = None,
    ) -> bytes:
        """Return the document; see `Druckerei.drucke`."""
        if modul not in (PDF, BILD):
            return await super().drucke(
                schluessel, auftrag, modul, frist=max(frist or 0.0, _FRIST_SEKUNDEN)
            )
        was = auftrag()
        if modul == BILD:
            return bildsatz.setze(Path(was["schriften"]), was["bild"])
        return setze(was["vorlage"], Path(was["schriften"]), was["daten"])
