"""A frozen copy for tests: the real pages, in two languages, without the slow documents."""

import io
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from app.archiv.einfrieren import kopie, schreibe
from app.archiv.einzeldatei import einzeldatei
from app.archiv.plan import plan
from app.druckerei import PDF, TURTLE, Druckerei
from app.settings import Settings

ADRESSE = "https://karte.beispiel.test"
"""Where the service is said to be found."""
TAG = date(2026, 1, 15)
SPRACHEN = ("de", "ar")


class _Leer(Druckerei):
    """Hands out empty documents and archives; only a GeoPackage has to be one."""

    async def drucke(
        self,
        schluessel: tuple[str, ...],
        auftrag: Callable[[], dict[str, Any]],
        modul: str = PDF,
        *,
        frist: float | None = None,
    ) -> bytes:
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
    allein = replace(probe, plan=plan(probe.deutsch, ("de",), ()))
    allein = replace(allein, umschreiber={"de": replace(probe.umschreiber["de"], plan=allein.plan)})
    # in a thread of its own: where a browser runs, this one already has an event loop
    with ThreadPoolExecutor(1) as faden:
        faden.submit(schreibe, probe, ziel, lambda: None).result()
        datei = faden.submit(einzeldatei, allein, "de").result()
    ziel.with_suffix(".html").write_bytes(datei)
