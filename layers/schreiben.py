"""The files of a build on disk: hashed names, compressed beside the plain bytes, synced."""

import gzip
import hashlib
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import brotli
import orjson

from layers.ablage import MANIFEST

_FUER_BROWSER: Final = ("assets/", "daten/")
_GEPACKT: Final = ".png"
"""Compressed by its own format."""
_STUFEN: Final = ((1 << 20, 11, 9), (1 << 22, 9, 9), (1 << 25, 5, 6))
"""Up to how many bytes which quality of brotli and gzip: the last percents of a large file would
take longer than the whole build."""
_ZULETZT: Final = (4, 1)
_VIELE: Final = "assets/texte-"
"""As large together as a large one."""
_WENIGE: Final = 16
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
    ordner: Path,
    dateien: Mapping[str, bytes],
    fortschritt: Callable[[float], None],
    vorher: Path | None = None,
) -> dict[str, dict[str, Any]]:
    """Write all files; return the manifest's list: path → hash and size.

    Parameters
    ----------
    vorher
        Folder of a build whose compressed files are taken over where the plain ones are equal.
    """
    einfach = sum(pfad.startswith(_VIELE) for pfad in dateien) > _WENIGE
    alte = Vorrat.von(vorher)

    def bearbeite(pfad: str) -> dict[str, dict[str, Any]]:
        eintraege = {}
        daten = dateien[pfad]
        fassungen = alte.fassungen(pfad, daten) or _fassungen(pfad, daten, einfach=einfach)
        for endung, fassung in fassungen.items():
            schreibe(ordner / (pfad + endung), fassung)
            eintraege[pfad + endung] = {
                "sha256": hashlib.sha256(fassung).hexdigest(),
                "bytes": len(fassung),
            }
        return eintraege

    # The largest first, so that none is left alone at the end; compressing, hashing and waiting
    # for the disk let go of Python's lock.
    nach_groesse = sorted(dateien, key=lambda pfad: -len(dateien[pfad]))
    with ThreadPoolExecutor(2 * (os.cpu_count() or 1)) as gruppe:
        fertige = {}
        for nummer, (pfad, eintraege) in enumerate(
            zip(nach_groesse, gruppe.map(bearbeite, nach_groesse), strict=True), start=1
        ):
            fertige[pfad] = eintraege
            fortschritt(nummer / len(dateien))
    return {name: angabe for pfad in dateien for name, angabe in fertige[pfad].items()}


@dataclass(frozen=True, slots=True)
class Vorrat:
    """The files of an earlier build, to be taken over."""

    ordner: Path | None
    verzeichnis: Mapping[str, Mapping[str, Any]]

    @classmethod
    def von(cls, ordner: Path | None) -> "Vorrat":
        """Open a build; one that cannot be read offers nothing."""
        try:
            manifest = orjson.loads((ordner / MANIFEST).read_bytes()) if ordner else {}
            return cls(ordner, manifest.get("dateien", {}))
        except (OSError, ValueError):
            return cls(None, {})

    def fassungen(self, pfad: str, daten: bytes) -> dict[str, bytes] | None:
        """Return a file as it was compressed then, None if it was another one or is damaged."""
        gepackt = {endung: self.verzeichnis.get(pfad + endung) for endung in (".gz", ".br")}
        if self.ordner is None or not all(gepackt.values()):
            return None
        if self.verzeichnis[pfad]["sha256"] != hashlib.sha256(daten).hexdigest():
            return None
        fassungen = {"": daten}
        for endung, angabe in gepackt.items():
            try:
                inhalt = (self.ordner / (pfad + endung)).read_bytes()
            except OSError:
                return None
            if angabe is None or hashlib.sha256(inhalt).hexdigest() != angabe["sha256"]:
                return None
            fassungen[endung] = inhalt
        return fassungen


def _fassungen(pfad: str, daten: bytes, *, einfach: bool = False) -> dict[str, bytes]:
    if not pfad.startswith(_FUER_BROWSER) or pfad.endswith(_GEPACKT) or len(daten) < _KLEIN:
        return {"": daten}
    if pfad.startswith(_VIELE):
        qualitaet, stufe = _STUFEN[2][1:] if einfach else _STUFEN[1][1:]
    else:
        qualitaet, stufe = next((s[1:] for s in _STUFEN if len(daten) <= s[0]), _ZULETZT)
    return {
        "": daten,
        ".gz": gzip.compress(daten, stufe, mtime=0),
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
