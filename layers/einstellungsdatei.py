"""The operator's file of settings, shared by the service and the build half."""

import os
import tomllib
from pathlib import Path
from typing import Any, Final

from layers.ablehnung import Abgelehnt, Grund

VORSATZ: Final = "NORDWAERTS_"
VARIABLE: Final = f"{VORSATZ}EINSTELLUNGEN"
"""Names the file; it cannot stand in the file itself."""


def betriebsdatei() -> Path | None:
    """Return the file that the environment names, or None."""
    ort = os.environ.get(VARIABLE, "")
    return Path(ort) if ort else None


def betriebswerte() -> dict[str, Any]:
    """Return what the operator's file sets, empty without one.

    Raises
    ------
    Abgelehnt
        The file is named but missing, unreadable or not TOML.
    """
    datei = betriebsdatei()
    return lies(datei) if datei else {}


def lies(datei: Path) -> dict[str, Any]:
    """Return the keys and values of a file of settings.

    Raises
    ------
    Abgelehnt
        It cannot be read, or is not TOML in UTF-8.
    """
    try:
        return tomllib.loads(datei.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as fehler:
        grund = fehler.strerror if isinstance(fehler, OSError) else fehler
        raise Abgelehnt(Grund.EINSTELLUNGEN, ort=datei, einzelheit=grund) from fehler
