"""Replace files as one: all are written beside their targets first, then renamed in order."""

import fcntl
import os
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from layers.schreiben import schreibe, synchronisiere

_RECHTE: Final = 0o644


def ersetze(ordner: Path, dateien: Mapping[str, bytes]) -> None:
    """Replace files of one folder; those that have these bytes already are left alone.

    Each file is at every moment the old or the new one, whole. The renames come in the order
    given, when nothing but the end of the process can stop them any more. A second process that
    replaces files in this folder waits.

    Raises
    ------
    OSError
        A file could not be written; all are the old ones.
    """
    neue = {name: daten for name, daten in dateien.items() if _bytes(ordner / name) != daten}
    with _sperre(ordner):
        try:
            for name, daten in neue.items():
                schreibe(_vorlaeufig(ordner, name), daten)
                _vorlaeufig(ordner, name).chmod(_rechte(ordner / name))
            for name in neue:
                _vorlaeufig(ordner, name).replace(ordner / name)
            synchronisiere(ordner)
        finally:
            for name in neue:
                _vorlaeufig(ordner, name).unlink(missing_ok=True)


@contextmanager
def _sperre(ordner: Path) -> Iterator[None]:
    deskriptor = os.open(ordner, os.O_RDONLY)
    try:
        fcntl.flock(deskriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(deskriptor)


def _vorlaeufig(ordner: Path, name: str) -> Path:
    # The name is fixed: what a killed process leaves behind, the next one writes over.
    return ordner / f".{name.removeprefix('.')}.neu"


def _bytes(pfad: Path) -> bytes | None:
    return pfad.read_bytes() if pfad.is_file() else None


def _rechte(pfad: Path) -> int:
    return stat.S_IMODE(pfad.stat().st_mode) if pfad.is_file() else _RECHTE
