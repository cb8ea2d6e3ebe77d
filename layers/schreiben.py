"""The files of a build on disk: hashed names, compressed beside the plain bytes, synced."""

import gzip
import hashlib
import os
import zlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

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
_FORMEN: Final = {".br": brotli.decompress, ".gz": gzip.decompress}
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
    packung: "Packung",
) -> dict[str, dict[str, Any]]:
    """Write all files; return the manifest's list: path → hash and size."""
    einfach = _sind_viele(dateien)

    def bearbeite(pfad: str) -> dict[str, dict[str, Any]]:
        eintraege = {}
        daten = dateien[pfad]
        for endung, fassung in packung.fassungen(pfad, daten, einfach=einfach).items():
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


class Packung:
    """Compresses files, also while the rest of the build is still being made.

    Compressing lets go of Python's lock, so that what is ready early costs the other core only.

    Parameters
    ----------
    vorher
        Folder of a build whose compressed files are taken over where the plain ones are equal.
    """

    def __init__(self, vorher: Path | None = None) -> None:
        self._alte = Vorrat.von(vorher)
        self._begonnen: dict[str, tuple[bytes, Future[dict[str, bytes]]]] = {}
        self._kerne = ThreadPoolExecutor(os.cpu_count())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._kerne.shutdown(wait=False, cancel_futures=True)

    def beginne(self, inhalt: Mapping[str, bytes], hashen: tuple[str, ...]) -> None:
        """Begin with some files; parameters as in `benenne`, files of many parts all at once."""
        dateien, _ = benenne(inhalt, hashen)
        einfach = _sind_viele(dateien)
        for pfad, daten in dateien.items():
            if pfad.startswith(_FUER_BROWSER):
                auftrag = self._kerne.submit(self._packe, pfad, daten, einfach=einfach)
                self._begonnen[pfad] = (daten, auftrag)

    def uebernimm(self, name: str, fassungen: dict[str, bytes]) -> None:
        """Take a file with a hash in its name that was compressed before: ending → bytes."""
        daten = fassungen[""]
        [pfad] = benenne({name: daten}, (name,))[0]
        auftrag: Future[dict[str, bytes]] = Future()
        auftrag.set_result(fassungen)
        self._begonnen[pfad] = (daten, auftrag)

    def fassungen(self, pfad: str, daten: bytes, *, einfach: bool) -> dict[str, bytes]:
        """Return a file in every form it is kept in: ending → bytes."""
        begonnen = self._begonnen.pop(pfad, None)
        if begonnen is not None and begonnen[0] == daten:
            return begonnen[1].result()
        return self._packe(pfad, daten, einfach=einfach)

    def _packe(self, pfad: str, daten: bytes, *, einfach: bool) -> dict[str, bytes]:
        return self._alte.fassungen(pfad, daten) or _fassungen(pfad, daten, einfach=einfach)


def lies_gepackt(pfad: Path) -> dict[str, bytes] | None:
    """Return a file with the compressed forms beside it: ending → bytes.

    None if one of them is missing or holds something else.
    """
    fassungen = {"": pfad.read_bytes()}
    for endung, entpacke in _FORMEN.items():
        try:
            gepackt = pfad.with_name(pfad.name + endung).read_bytes()
            if entpacke(gepackt) != fassungen[""]:
                return None
        except (OSError, EOFError, zlib.error, brotli.error):
            return None
        fassungen[endung] = gepackt
    return fassungen


def _sind_viele(pfade: Iterable[str]) -> bool:
    return sum(pfad.startswith(_VIELE) for pfad in pfade) > _WENIGE


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
