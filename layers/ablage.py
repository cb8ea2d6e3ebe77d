"""The folder of builds, for reading: which are kept, which one is published, what it holds."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from layers import abbild
from layers.saetze import Saetze

AKTUELL: Final = "aktuell"
MANIFEST: Final = "manifest.json"


class Beschaedigt(RuntimeError):
    """A kept build does not hold what was published; the message is the file."""


def builds(build_dir: Path) -> list[str]:
    """Return the ids of the finished builds, newest first."""
    manifeste = (pfad.parent for pfad in build_dir.glob(f"*/{MANIFEST}"))
    return sorted((ordner.name for ordner in manifeste if not ordner.is_symlink()), reverse=True)


def aktuell(build_dir: Path) -> str | None:
    """Return the id of the published build, None if there is none."""
    verweis = build_dir / AKTUELL
    return verweis.readlink().name if verweis.is_symlink() and verweis.is_dir() else None


def steckbriefe(build_dir: Path, id_: str) -> Sequence[Mapping[str, Any]]:
    """Return the Steckbriefe of a build.

    Raises
    ------
    Beschaedigt
        The build has no readable Steckbriefe.
    """
    try:
        return Saetze(abbild.lies(build_dir / id_ / "steckbriefe.json"))
    except (OSError, KeyError, TypeError, ValueError) as fehler:
        raise Beschaedigt(f"{id_}/steckbriefe.json") from fehler


def datei(build_dir: Path, id_: str, name: str) -> bytes | None:
    """Return one file of a build, None if the build has none of that name."""
    pfad = build_dir / id_ / name
    return pfad.read_bytes() if pfad.is_file() else None


def pruefe(build_dir: Path, id_: str) -> None:
    """Hold every file of a build against its manifest.

    Raises
    ------
    Beschaedigt
        The manifest is not readable, or a file is missing or was changed.
    """
    try:
        manifest = orjson.loads((build_dir / id_ / MANIFEST).read_bytes())
        verzeichnis: Mapping[str, Mapping[str, Any]] = manifest["dateien"]
    except (OSError, KeyError, TypeError, orjson.JSONDecodeError) as fehler:
        raise Beschaedigt(f"{id_}/{MANIFEST}") from fehler
    for name, angaben in verzeichnis.items():
        inhalt = datei(build_dir, id_, name)
        if inhalt is None or hashlib.sha256(inhalt).hexdigest() != angaben["sha256"]:
            raise Beschaedigt(f"{id_}/{name}")
