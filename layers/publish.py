"""The last step: a build is written completely, then published with one atomic rename.

Whatever happens before that rename, ``aktuell`` still names the build before. A folder whose name
begins with a dot is unfinished and belongs to nobody once the lock is free.
"""

import fcntl
import gzip
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import brotli
import orjson

AKTUELL: Final = "aktuell"
BEHALTEN: Final = 10
_FUER_BROWSER: Final = ("assets/", "daten/")
_BROTLI_GROSS: Final = 1_000_000
"""Above this size brotli 11 takes longer than its last percent is worth."""
_KLEIN: Final = 200
"""Below this size a compressed body saves nothing."""


class Gesperrt(RuntimeError):
    """Another build is being published; its process id is in the message."""


@dataclass(frozen=True, slots=True)
class Build:
    """What was published."""

    id: str
    ordner: Path
    bytes: int
    dateien: int


def veroeffentliche(
    build_dir: Path,
    inhalt: Mapping[str, bytes],
    *,
    hashen: tuple[str, ...],
    kopf: Mapping[str, Any],
    fortschritt: Callable[[float], None] = lambda _: None,
    behalten: int = BEHALTEN,
) -> Build:
    """Write a build and make it the published one.

    Parameters
    ----------
    build_dir
        Folder of all builds.
    inhalt
        Path in the build → bytes. What lies below ``assets/`` or ``daten/`` is compressed too.
    hashen
        Names among ``inhalt`` that go to ``assets/<name>.<hash>.<ending>``.
    kopf
        What the manifest says beside files and assets: ``stand``, ``zahlen``, ``quellen``.
    fortschritt
        Called with the share (0–1) of the files that are done.
    behalten
        How many builds stay, this one included.

    Raises
    ------
    Gesperrt
        Somebody else is publishing right now.
    OSError
        The folder cannot be written; the published build is untouched.
    """
    build_dir.mkdir(parents=True, exist_ok=True)
    with _sperre(build_dir):
        _raeume_unfertige(build_dir)
        dateien, assets = _benenne(inhalt, hashen)
        jetzt = datetime.now(UTC)
        zeit = f"{jetzt:%Y%m%d-%H%M%S}{jetzt.microsecond // 1000:03d}"
        id_ = f"{zeit}-{_fingerabdruck(dateien)}"
        ordner = build_dir / f".{id_}"
        verzeichnis = _schreibe_alle(ordner, dateien, fortschritt)
        manifest = {
            "id": id_,
            "erstellt": jetzt.isoformat(timespec="seconds"),
            **kopf,
            "assets": assets,
            "dateien": verzeichnis,
        }
        _schreibe(ordner / "manifest.json", orjson.dumps(manifest, option=orjson.OPT_INDENT_2))
        ziel = build_dir / id_
        if ziel.exists():
            shutil.rmtree(ordner)
        else:
            ordner.rename(ziel)
        schalte(build_dir, id_)
        _raeume_alte(build_dir, behalten)
    groesse = sum(angabe["bytes"] for angabe in verzeichnis.values())
    return Build(id_, ziel, groesse, len(verzeichnis))


def schalte(build_dir: Path, id_: str) -> None:
    """Let ``aktuell`` name a finished build, with one atomic rename."""
    neu = build_dir / f".{AKTUELL}"
    neu.unlink(missing_ok=True)
    neu.symlink_to(id_)
    neu.replace(build_dir / AKTUELL)
    _fsync_ordner(build_dir)


@contextmanager
def _sperre(build_dir: Path) -> Iterator[None]:
    with (build_dir / ".sperre").open("a+") as datei:
        try:
            fcntl.flock(datei, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fehler:
            datei.seek(0)
            raise Gesperrt(datei.read().strip()) from fehler
        datei.truncate(0)
        datei.write(str(os.getpid()))
        datei.flush()
        yield


def _benenne(
    inhalt: Mapping[str, bytes], hashen: tuple[str, ...]
) -> tuple[dict[str, bytes], dict[str, str]]:
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


def _fingerabdruck(dateien: Mapping[str, bytes]) -> str:
    summe = hashlib.sha256()
    for pfad in sorted(dateien):
        summe.update(pfad.encode() + b"\0" + hashlib.sha256(dateien[pfad]).digest())
    return summe.hexdigest()[:8]


def _schreibe_alle(
    ordner: Path, dateien: Mapping[str, bytes], fortschritt: Callable[[float], None]
) -> dict[str, dict[str, Any]]:
    verzeichnis = {}
    for nummer, (pfad, daten) in enumerate(dateien.items(), start=1):
        for endung, fassung in _fassungen(pfad, daten).items():
            _schreibe(ordner / (pfad + endung), fassung)
            verzeichnis[pfad + endung] = {
                "sha256": hashlib.sha256(fassung).hexdigest(),
                "bytes": len(fassung),
            }
        fortschritt(nummer / len(dateien))
    return verzeichnis


def _fassungen(pfad: str, daten: bytes) -> dict[str, bytes]:
    if not pfad.startswith(_FUER_BROWSER) or len(daten) < _KLEIN:
        return {"": daten}
    qualitaet = 9 if len(daten) > _BROTLI_GROSS else 11
    return {
        "": daten,
        ".gz": gzip.compress(daten, compresslevel=9, mtime=0),
        ".br": brotli.compress(daten, quality=qualitaet),
    }


def _schreibe(pfad: Path, daten: bytes) -> None:
    pfad.parent.mkdir(parents=True, exist_ok=True)
    with pfad.open("wb") as datei:
        datei.write(daten)
        datei.flush()
        os.fsync(datei.fileno())


def _fsync_ordner(ordner: Path) -> None:
    deskriptor = os.open(ordner, os.O_RDONLY)
    try:
        os.fsync(deskriptor)
    finally:
        os.close(deskriptor)


def builds(build_dir: Path) -> list[str]:
    """Return the ids of the finished builds, newest first."""
    return sorted(
        (p.parent.name for p in build_dir.glob("*/manifest.json") if not p.parent.is_symlink()),
        reverse=True,
    )


def _raeume_unfertige(build_dir: Path) -> None:
    for ordner in build_dir.glob(".*-*-*"):
        shutil.rmtree(ordner)


def _raeume_alte(build_dir: Path, behalten: int) -> None:
    aktuell = (build_dir / AKTUELL).readlink().name
    for id_ in builds(build_dir)[behalten:]:
        if id_ != aktuell:
            shutil.rmtree(build_dir / id_)
