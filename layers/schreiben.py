"""The files of a build on disk: hashed names, compressed beside the plain bytes, synced."""

import gzip
import hashlib
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import brotli

_FUER_BROWSER: Final = ("assets/", "daten/")
_GEPACKT: Final = ".png"
"""Compressed by its own format."""
_BROTLI_GROSS: Final = 1_000_000
"""Above this size brotli 11 takes longer than its last percent is worth."""
_VIELE: Final = "assets/texte-"
"""As large together as a large one; brotli 11 would double the time of a build for six percent."""
_KLEIN: Final = 200
"""Below this size a compressed body saves nothing."""


def benenne(
    inhalt: Mapping[str, bytes], hashen: tuple[str, ...]
) -> tuple[dict[str, bytes], dict[str, str]]:
    """Give the files their paths in the build.

    Returns
    -------
    Path → bytes, and for the names in ``hashen``: name → ``<name>.<hash>.<ending>`` below
    ``assets/``.
    """
    assets = {}
    dateien = {}
    for pfad, daten in inhalt.items():
        if pfad in hashen:
            stamm, _, endung = pfad.rpartition(".")
            assets[pfad] = f"{stamm}.{hashlib.sha256(daten).hexdigest()[:12]}.{endung}"
            dateien[f"assets/{assets[pfad]}"] = daten
        else:
            dateien[pfad] = daten
    return dateien, assets


def fingerabdruck(dateien: Mapping[str, bytes]) -> str:
    """Return eight hexadecimal digits that stand for all paths and bytes."""
    summe = hashlib.sha256()
    for pfad in sorted(dateien):
        summe.update(pfad.encode() + b"\0" + hashlib.sha256(dateien[pfad]).digest())
    return summe.hexdigest()[:8]


def schreibe_alle(
    ordner: Path, dateien: Mapping[str, bytes], fortschritt: Callable[[float], None]
) -> dict[str, dict[str, Any]]:
    """Write all files; return the manifest's list: path → hash and size."""
    verzeichnis = {}
    for nummer, (pfad, daten) in enumerate(dateien.items(), start=1):
        for endung, fassung in _fassungen(pfad, daten).items():
            schreibe(ordner / (pfad + endung), fassung)
            verzeichnis[pfad + endung] = {
                "sha256": hashlib.sha256(fassung).hexdigest(),
                "bytes": len(fassung),
            }
        fortschritt(nummer / len(dateien))
    return verzeichnis


def _fassungen(pfad: str, daten: bytes) -> dict[str, bytes]:
    if not pfad.startswith(_FUER_BROWSER) or pfad.endswith(_GEPACKT) or len(daten) < _KLEIN:
        return {"": daten}
    viele = pfad.startswith(_VIELE)
    qualitaet = 9 if viele or len(daten) > _BROTLI_GROSS else 11
    return {
        "": daten,
        ".gz": gzip.compress(daten, compresslevel=9, mtime=0),
        ".br": brotli.compress(daten, quality=qualitaet),
    }


def schreibe(pfad: Path, daten: bytes) -> None:
    """Write one file and see it through to the disk."""
    pfad.parent.mkdir(parents=True, exist_ok=True)
    with pfad.open("wb") as datei:
        datei.write(daten)
        datei.flush()
        os.fsync(datei.fileno())


def synchronisiere(ordner: Path) -> None:
    """See a folder's entries through to the disk."""
    deskriptor = os.open(ordner, os.O_RDONLY)
    try:
        os.fsync(deskriptor)
    finally:
        os.close(deskriptor)
