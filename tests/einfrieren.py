"""A frozen copy for tests: the real pages, in two languages, without most slow documents."""

import io
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from app.archiv.einfrieren import kopie, schreibe
from app.archiv.einzeldatei import schreibe_einzeldatei
from app.archiv.presse import Hauspresse
from app.druckerei import PDF, TURTLE, Druckerei
from app.settings import Settings

ADRESSE = "https://karte.beispiel.test"
"""Where the service is said to be found."""
TAG = date(2026, 1, 15)
SPRACHEN = ("de", "ar")


ECHT = frozenset({("pdf", "nw-019"), ("bericht", "1", "pdf", "")})
"""Documents that are not empty, by the end of their keys."""


class _Leer(Druckerei):
    """Hands out empty documents and archives; only few are real, and a GeoPackage has to be one."""

    _presse = Hauspresse()

    async def drucke(
        self,
        schluessel: tuple[str, ...],
        auftrag: Callable[[], dict[str, Any]],
        modul: str = PDF,
        *,
        frist: float | None = None,
    ) -> bytes:
        if schluessel[-2:] in ECHT or schluessel[-4:] in ECHT:
            return await self._presse.drucke(schluessel, auftrag, modul, frist=frist)
        if modul in (PDF, TURTLE):
            return b""
        if auftrag().get("art") == "gpkg":
            return await super().drucke(schluessel, auftrag, modul, frist=frist)
        leer = io.BytesIO()
        zipfile.ZipFile(leer, "w").close()
        return leer.getvalue()


def friere_ein(build_dir: Path, ziel: Path) -> None:
    """Write the payload of a copy to a folder, and the copy of one file beside it (``.html``)."""
    settings = Settings(
        rate_pro_sekunde=0, build_dir=build_dir, adresse=ADRESSE, kontakt="karte@beispiel.test"
    )
    probe = kopie(settings, TAG, SPRACHEN, ("de",))
    probe.app.state.dienst = replace(probe.dienst, druckerei=_Leer())
    # in a thread of its own: where a browser runs, this one already has an event loop
    with ThreadPoolExecutor(1) as faden:
        faden.submit(schreibe, probe, ziel, lambda: None).result()
        datei = ziel.with_suffix(".html")
        faden.submit(schreibe_einzeldatei, probe, ziel, datei, "de").result()
