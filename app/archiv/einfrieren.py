"""Writes the files of a frozen copy: asks the service for each address and keeps the answer."""

import asyncio
import base64
import sys
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from fastapi import FastAPI

from app.anfrage import Dienst
from app.anwendung import create_app
from app.archiv.abruf import rufe_ab
from app.archiv.gleichbleibend import mit_festem_datum
from app.archiv.ortsliste import ortsliste
from app.archiv.plan import ORTE, Eintrag, Plan, plan
from app.archiv.presse import Hauspresse
from app.archiv.tasche import Begleitschein
from app.archiv.verweise import Umschreiber
from app.darstellung import Darstellung
from app.fassung import fassung
from app.grundkarten.einstellung import BEZIRKE
from app.katalog import Katalog
from app.settings import Settings
from app.sprachen import DEUTSCH
from app.vorlagen import datum as in_worten

_SKRIPT: Final = (
    b"(window.nordwaertsArchiv=window.nordwaertsArchiv||{})[document.currentScript.src]=",
    b";\n",
)
"""Data as a script: ``file://`` cannot be fetched from, but scripts load everywhere."""
_OHNE_BESUCHER: Final = {
    # an address directory is no part of a build
    "adressen": Path("/dev/null/keine"),
    "datenquelle": "",
    "erlaubte_hosts": (),
    "rate_pro_sekunde": 0,
    # a server would filter them
    "kacheln_schwelle": sys.maxsize,
    # tiles are read in parts or from other hosts; our own areas are in the build
    "grundkarten": (),
    "grundkarte_pmtiles": None,
    "grundkarte": BEZIRKE,
}
"""Settings that are about visitors, or about what is no part of a build."""


@dataclass(frozen=True, slots=True)
class Kopie:
    """A copy in the making: the service it is made from, and what it holds.

    Attributes
    ----------
    app
        The service over the published build.
    plan
        Which addresses become which files.
    datum
        The day of freezing; the only thing in the copy that is not of the build.
    umschreiber
        What rewrites the pages, by language.
    """

    app: FastAPI
    plan: Plan
    datum: date
    umschreiber: Mapping[str, Umschreiber]

    @property
    def dienst(self) -> Dienst:
        """The lifetime state of the service."""
        gefunden: Dienst = self.app.state.dienst
        return gefunden

    @property
    def deutsch(self) -> Darstellung:
        """The snapshot in German."""
        return self.dienst.store.stand.vorbereitet.darstellung(fassung(DEUTSCH.code))

    def begleitschein(self, t: Katalog) -> Begleitschein:
        """Return what the bag says about itself."""
        snapshot, settings = self.dienst.store.stand.snapshot, self.dienst.settings
        tag = in_worten(self.datum.isoformat(), t)
        return Begleitschein(
            build=snapshot.id,
            stand=snapshot.stand,
            datum=self.datum,
            adresse=settings.adresse,
            herausgeber=settings.herausgeber,
            kontakt=settings.kontakt,
            beschreibung=t("archivbefehl.beschreibung", datum=tag),
        )

    async def datei(self, eintrag: Eintrag) -> bytes:
        """Return the bytes of a file that is kept, or of data for the browser code.

        Raises
        ------
        app.archiv.abruf.AbrufFehler
            The service has no answer at the address.
        """
        if eintrag.art == "skript":
            return (await self.daten(eintrag)).join(_SKRIPT)
        roh = await rufe_ab(self.app, eintrag.adresse)
        return mit_festem_datum(roh, eintrag.datei, self.datum)

    async def daten(self, eintrag: Eintrag) -> bytes:
        """Return what the browser code asks for as JSON; bytes become a string of base64."""
        if urlsplit(eintrag.adresse).path == ORTE:
            vorbereitet = self.dienst.store.stand.vorbereitet
            return ortsliste(vorbereitet, vorbereitet.darstellung(fassung(eintrag.sprache)))
        roh = await rufe_ab(self.app, eintrag.adresse)
        return b'"%b"' % base64.b64encode(roh) if eintrag.adresse.endswith(".bin") else roh

    async def seiten(self, eintrag: Eintrag) -> AsyncIterator[tuple[Eintrag, bytes]]:
        """Yield a page, and where it is the first leaf of a long list all its leaves."""
        umschreiber = self.umschreiber[eintrag.sprache]
        blatt: Eintrag | None = eintrag
        while blatt is not None:
            roh = await rufe_ab(self.app, blatt.adresse)
            yield blatt, umschreiber.seite(roh, blatt)
            blatt = umschreiber.folgeblatt(roh, blatt)


def kopie(settings: Settings, datum: date, sprachen: Sequence[str], pdf: Iterable[str]) -> Kopie:
    """Prepare the copy of the published build.

    Parameters
    ----------
    settings
        Those of the service; the address directory is left out, it is no part of a build.
    sprachen
        Codes of the languages of the pages.
    pdf
        Codes of the languages in which every Steckbrief is also set as PDF.

    Raises
    ------
    app.store.BuildFehler
        There is no build that can be frozen.
    """
    app = create_app(settings.model_copy(update=_OHNE_BESUCHER))
    app.state.dienst = replace(app.state.dienst, druckerei=Hauspresse())
    vorbereitet = app.state.dienst.store.stand.vorbereitet
    plan_ = plan(vorbereitet.darstellung(fassung(DEUTSCH.code)), sprachen, pdf)
    umschreiber = {
        code: _umschreiber(vorbereitet.darstellung(fassung(code)), plan_, datum)
        for code in sprachen
    }
    return Kopie(app, plan_, datum, umschreiber)


def _umschreiber(d: Darstellung, plan_: Plan, tag: date) -> Umschreiber:
    stand, datum = in_worten(d.snapshot.stand, d.t), in_worten(tag.isoformat(), d.t)
    return Umschreiber(plan_, d.t, stand, datum)


def schreibe(kopie: Kopie, ordner: Path, schritt: Callable[[], None]) -> None:
    """Write every file of the copy below a folder that is empty.

    Parameters
    ----------
    schritt
        Called after every file of the plan.

    Raises
    ------
    app.archiv.abruf.AbrufFehler
        The service has no answer at an address of the plan.
    OSError
        The folder cannot be written.
    """
    asyncio.run(_schreibe(kopie, ordner, schritt))


async def _schreibe(kopie: Kopie, ordner: Path, schritt: Callable[[], None]) -> None:
    for eintrag in kopie.plan.eintraege.values():
        if eintrag.art == "seite":
            async for blatt, seite in kopie.seiten(eintrag):
                _lege_ab(ordner / blatt.datei, seite)
        else:
            _lege_ab(ordner / eintrag.datei, await kopie.datei(eintrag))
        schritt()


def uebergebenes(skript: bytes) -> bytes:
    """Return the JSON that a script of the copy hands over."""
    return skript.removeprefix(_SKRIPT[0]).removesuffix(_SKRIPT[1])


def _lege_ab(datei: Path, inhalt: bytes) -> None:
    datei.parent.mkdir(parents=True, exist_ok=True)
    datei.write_bytes(inhalt)
