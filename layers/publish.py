"""The last step: a build is written completely, then published with one atomic rename.

Whatever happens before that rename, ``aktuell`` still names the build before. A folder whose name
begins with a dot is unfinished and belongs to nobody once the lock is free.
"""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import orjson

from layers import ablage
from layers.ablage import AKTUELL, MANIFEST
from layers.saetze import Saetze
from layers.schreiben import (
    Packung,
    benenne,
    fingerabdruck,
    schreibe,
    schreibe_alle,
    synchronisiere,
)
from layers.vergleich import Genannt, Unterschied, fortgeschrieben, vergleiche

BEHALTEN: Final = 10


class Gesperrt(RuntimeError):
    """Somebody else is publishing or rolling back; the message is that process's id."""


class Wegfall(RuntimeError):
    """Projects of the published build are missing in the new one, and nobody allowed it."""

    def __init__(self, projekte: tuple[Genannt, ...]) -> None:
        super().__init__(", ".join(projekt.id for projekt in projekte))
        self.projekte = projekte


@dataclass(frozen=True, slots=True)
class Build:
    """What was published; ``unterschied`` is None for the first build of a folder."""

    id: str
    ordner: Path
    bytes: int
    dateien: int
    unterschied: Unterschied | None


def veroeffentliche(
    build_dir: Path,
    inhalt: Mapping[str, bytes],
    *,
    hashen: tuple[str, ...],
    kopf: Mapping[str, Any],
    erlaube_wegfall: bool = False,
    fortschritt: Callable[[float], None] = lambda _: None,
    behalten: int = BEHALTEN,
    packung: Packung | None = None,
) -> Build:
    """Compare with the published build, write the new one, switch to it.

    Parameters
    ----------
    build_dir
        Folder of all builds.
    inhalt
        Path in the build → bytes, ``steckbriefe.json`` among them. What lies below
        ``assets/`` or ``daten/`` is compressed too.
    hashen
        Names among ``inhalt`` that go to ``assets/<name>.<hash>.<ending>``.
    kopf
        What the manifest says beside files and assets: ``stand``, ``zahlen``, ``quellen``.
    erlaube_wegfall
        Publish although projects of the present build are gone.
    fortschritt
        Called with the share (0–1) of the files that are done.
    behalten
        How many builds stay, this one included.
    packung
        What has begun to compress some of ``inhalt`` already.

    Raises
    ------
    Gesperrt, Wegfall
        As their names say; nothing was written.
    layers.ablage.Beschaedigt
        The published build cannot be read, so nothing can be compared with it.
    OSError
        The folder cannot be written; the published build is untouched.
    """
    with sperre(build_dir):
        _raeume_unfertige(build_dir)
        jetzt = datetime.now(UTC)
        alt = ablage.aktuell(build_dir)
        unterschied = _unterschied(build_dir, alt, inhalt)
        if unterschied and unterschied.entfallen and not erlaube_wegfall:
            raise Wegfall(unterschied.entfallen)
        protokoll = fortgeschrieben(
            ablage.datei(build_dir, alt, "aenderungen.json") if alt else None,
            unterschied,
            jetzt.isoformat(timespec="seconds"),
            kopf["stand"],
        )
        dateien, assets = benenne({**inhalt, "aenderungen.json": protokoll}, hashen)
        zeit = f"{jetzt:%Y%m%d-%H%M%S}{jetzt.microsecond // 1000:03d}"
        id_ = f"{zeit}-{fingerabdruck(dateien)}"
        packung = packung or Packung(build_dir / alt if alt else None)
        verzeichnis = schreibe_alle(build_dir / f".{id_}", dateien, fortschritt, packung)
        manifest = {
            "id": id_,
            "erstellt": jetzt.isoformat(timespec="seconds"),
            **kopf,
            "assets": assets,
            "dateien": verzeichnis,
        }
        manifest_bytes = orjson.dumps(manifest, option=orjson.OPT_INDENT_2)
        schreibe(build_dir / f".{id_}" / MANIFEST, manifest_bytes)
        ziel = (build_dir / f".{id_}").rename(build_dir / id_)
        schalte(build_dir, id_)
        _raeume_alte(build_dir, behalten)
    groesse = sum(angabe["bytes"] for angabe in verzeichnis.values())
    return Build(id_, ziel, groesse, len(verzeichnis), unterschied)


def _unterschied(
    build_dir: Path, alt: str | None, inhalt: Mapping[str, bytes]
) -> Unterschied | None:
    if alt is None:
        return None
    return vergleiche(ablage.steckbriefe(build_dir, alt), Saetze(inhalt["steckbriefe.json"]))


def schalte_zurueck(build_dir: Path, id_: str | None = None) -> str:
    """Publish a kept build again; without an id the one before the present.

    Returns
    -------
    The id that is published now.

    Raises
    ------
    LookupError
        No such build is kept; its arguments are the ids that are.
    layers.ablage.Beschaedigt
        The build does not hold what was published; the present one stays.
    Gesperrt
        Somebody else is publishing.
    """
    with sperre(build_dir):
        vorhanden = ablage.builds(build_dir)
        jetzt = ablage.aktuell(build_dir) or ""
        ziel = id_ or next((build for build in vorhanden if build < jetzt), None)
        if ziel not in vorhanden:
            raise LookupError(*vorhanden)
        ablage.pruefe(build_dir, ziel)
        schalte(build_dir, ziel)
        return ziel


def schalte(build_dir: Path, id_: str) -> None:
    """Let ``aktuell`` name a finished build, with one atomic rename."""
    synchronisiere(build_dir)
    neu = build_dir / f".{AKTUELL}"
    neu.unlink(missing_ok=True)
    neu.symlink_to(id_)
    neu.replace(build_dir / AKTUELL)
    synchronisiere(build_dir)


@contextmanager
def sperre(build_dir: Path) -> Iterator[None]:
    """Hold the folder of builds for oneself.

    The lock belongs to the process and goes with it, however it ends.

    Raises
    ------
    Gesperrt
        Somebody else holds it.
    """
    build_dir.mkdir(parents=True, exist_ok=True)
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


def _raeume_unfertige(build_dir: Path) -> None:
    for ordner in build_dir.glob(".*-*-*"):
        shutil.rmtree(ordner)


def _raeume_alte(build_dir: Path, behalten: int) -> None:
    for id_ in ablage.builds(build_dir)[behalten:]:
        if id_ != ablage.aktuell(build_dir):
            # out of sight first: a half removed build must not look like a kept one
            weg = (build_dir / id_).rename(build_dir / f".{id_}")
            shutil.rmtree(weg)
