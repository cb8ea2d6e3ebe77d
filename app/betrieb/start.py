"""What must be right before the service starts: one German sentence and an exit code otherwise."""

import os
import socket
from collections.abc import Callable
from typing import Final, TypeVar

from pydantic import ValidationError
from pydantic_settings import SettingsError

from app.betrieb import einstellungsliste
from app.grundkarten.kacheldatei import Kacheldateifehler
from app.katalog import Katalog, lade
from app.settings import Settings
from app.store import BuildFehler
from app.zugang import ohne_zugang
from layers.ablehnung import Abgelehnt
from layers.einstellungsdatei import VORSATZ, betriebsdatei

T = TypeVar("T")
WARTENDE: Final = 2048
"""Connections that the system holds until a process takes them."""
_ZUGRIFF: Final = "unzugaenglich"


class Startfehler(Exception):
    """The service cannot start: the sentence that says why, and the exit code (sysexits.h)."""

    def __init__(self, satz: str, code: int) -> None:
        super().__init__(satz)
        self.satz = satz
        self.code = code


def einstellungen(**gesetzt: object) -> Settings:
    """Return the settings of the service.

    Parameters
    ----------
    gesetzt
        What the command line says; goes before environment and file.

    Raises
    ------
    Startfehler
        A name is no setting, a value is not allowed, or the file cannot be read.
    """
    t = lade("de")

    def lies() -> Settings:
        for fremd in einstellungsliste.unbekannte():
            key = "start.unbekannt.meinten" if fremd.vorschlag else "start.unbekannt"
            satz = t(key, name=fremd.name, ort=fremd.ort, vorschlag=fremd.vorschlag)
            raise Startfehler(satz, os.EX_CONFIG)
        return Settings(**gesetzt)  # type: ignore[arg-type]  # checked by pydantic

    return gesagt(lies, t)


def gesagt(lies: Callable[[], T], t: Katalog) -> T:
    """Return what ``lies`` returns; what is wrong with the settings becomes a sentence.

    Raises
    ------
    Startfehler
        A value is not allowed, or a file cannot be read.
    """
    try:
        return lies()
    except ValidationError as fehler:
        raise Startfehler(_wertsatz(fehler, t), os.EX_CONFIG) from fehler
    except SettingsError as fehler:
        satz = t("start.einstellungen", ort=f"{VORSATZ}…", einzelheit=fehler)
        raise Startfehler(satz, os.EX_CONFIG) from fehler
    except Abgelehnt as fehler:
        satz = t(f"update.abgelehnt.{fehler.grund}", **fehler.werte)
        raise Startfehler(satz, os.EX_CONFIG) from fehler


def _wertsatz(fehler: ValidationError, t: Katalog) -> str:
    erster = fehler.errors()[0]
    name = str(erster["loc"][0])
    variable = f"{VORSATZ}{name.upper()}"
    ort = variable if variable in os.environ else str(betriebsdatei() or "--" + name)
    return t(
        "start.einstellung",
        name=".".join(map(str, erster["loc"])),
        ort=ort,
        wert=ohne_zugang(str(erster["input"]))[:200],
        bedeutung=t(f"einstellung.{name}"),
    )


def buildfehler(fehler: BuildFehler) -> Startfehler:
    """Return why nothing can be served."""
    satz = lade("de")(f"start.{fehler.grund}", ort=fehler.ort, einzelheit=fehler.einzelheit)
    return Startfehler(satz, os.EX_NOPERM if fehler.grund == _ZUGRIFF else os.EX_NOINPUT)


def kachelfehler(fehler: Kacheldateifehler) -> Startfehler:
    """Return why the file of vector tiles is no base map."""
    satz = lade("de")(f"start.{fehler.grund}", ort=fehler.ort, einzelheit=fehler.einzelheit)
    return Startfehler(satz, os.EX_CONFIG)


def lausche(host: str, port: int, key: str = "start.adresse_belegt") -> socket.socket:
    """Return a listening socket; requests wait in it until a process takes them.

    Raises
    ------
    Startfehler
        The address is taken, or is none of this machine.
    """
    familie = socket.AF_INET6 if ":" in host else socket.AF_INET
    steckdose = socket.socket(familie)
    try:
        steckdose.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        steckdose.bind((host, port))
        steckdose.listen(WARTENDE)
    except OSError as fehler:
        steckdose.close()
        ort = f"[{host}]:{port}" if familie == socket.AF_INET6 else f"{host}:{port}"
        satz = lade("de")(key, adresse=f"http://{ort}")
        raise Startfehler(satz, os.EX_UNAVAILABLE) from fehler
    steckdose.setblocking(False)
    return steckdose
