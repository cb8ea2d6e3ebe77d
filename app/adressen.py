"""The address directory (``build_map.py addresses``) as the service reads it.

It is looked for at every query, so that a new one counts at once and none is needed; what was asked
is neither kept nor logged.
"""

import logging
import os
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from layers.adressen.namensindex import FASSUNG, Namensindex
from layers.adressen.ortsnamen import Suchform

log = logging.getLogger("nordwaerts")


@dataclass(frozen=True, slots=True)
class Strasse:
    """One street; ``bezirke`` are codes, the one with most of its house numbers first."""

    nummer: int
    name: str
    form: Suchform
    bezirke: tuple[str, ...]
    lon: float
    lat: float
    hausnummern: int


@dataclass(frozen=True, slots=True)
class Hausnummer:
    """One house number of a street; its Stadtbezirk as a code."""

    nummer: int
    zusatz: str
    bezirk: str
    lon: float
    lat: float

    def __str__(self) -> str:
        luecke = " " if self.zusatz[:1].isdigit() else ""
        return f"{self.nummer}{luecke}{self.zusatz}"


class Adressen:
    """One directory, open.

    Raises
    ------
    sqlite3.Error
        From every method: the file is none, or was damaged.
    """

    def __init__(self, pfad: Path) -> None:
        # Immutable: the file is only ever replaced as a whole, so SQLite need not lock it.
        adresse = f"file:{quote(str(pfad.absolute()))}?mode=ro&immutable=1"
        self._verbindung = sqlite3.connect(adresse, uri=True, check_same_thread=False)
        (fassung,) = self._verbindung.execute("PRAGMA user_version").fetchone()
        if fassung != FASSUNG:
            self._verbindung.close()
            raise sqlite3.NotSupportedError(f"layout {fassung}")
        self._strassen = tuple(_strassen(self._verbindung))
        self._namen = Namensindex(self._verbindung, [s.form for s in self._strassen])

    def strassen(self, formen: Sequence[Suchform], grenze: int) -> list[Strasse]:
        """Return the streets whose names share most with any of the forms, in no order."""
        return [self._strassen[nummer] for nummer in self._namen.kandidaten(formen, grenze)]

    def hausnummern(self, strasse: int, nummer: int) -> list[Hausnummer]:
        """Return a house number of a street with all its suffixes, the plain one first."""
        zeilen = self._verbindung.execute(
            "SELECT nummer, zusatz, code, lon, lat FROM hausnummern"
            " JOIN bezirke ON bezirke.id = bezirk"
            " WHERE strasse = ? AND nummer = ? ORDER BY zusatz",
            (strasse, nummer),
        )
        return [Hausnummer(*zeile) for zeile in zeilen]

    def schliesse(self) -> None:
        """Give the file back."""
        self._verbindung.close()


def _strassen(verbindung: sqlite3.Connection) -> Iterator[Strasse]:
    zeilen = verbindung.execute(
        "SELECT id, name, schluessel, worte, grob, bezirke, lon, lat, hausnummern"
        " FROM strassen ORDER BY id"
    )
    for nummer, name, schluessel, worte, grob, bezirke, *rest in zeilen:
        form = Suchform(schluessel, tuple(worte.split()), grob)
        yield Strasse(nummer, name, form, tuple(bezirke.split()), *rest)


class Adressverzeichnis:
    """Where the directory should be: it may be missing, appear, and be replaced at any time."""

    def __init__(self, pfad: Path) -> None:
        self._pfad = pfad
        self._kennung: tuple[int, ...] | None = None
        self._adressen: Adressen | None = None
        # Opened now, so that the first who searches need not wait for it.
        self.adressen()

    def adressen(self) -> Adressen | None:
        """Return the directory as it is now, None if there is no usable one."""
        kennung = self._lies_kennung()
        if kennung != self._kennung:
            if self._adressen is not None:
                self._adressen.schliesse()
            self._kennung = kennung
            self._adressen = self._oeffne() if kennung else None
        return self._adressen

    def verwirf(self, fehler: sqlite3.Error) -> None:
        """Stop using a file that cannot be read, until another takes its place."""
        # The kind of error only: its text could repeat what somebody typed.
        art = type(fehler).__name__
        log.warning("address directory %s cannot be read (%s): not used", self._pfad, art)
        if self._adressen is not None:
            self._adressen.schliesse()
        self._adressen = None

    def _oeffne(self) -> Adressen | None:
        try:
            offen = Adressen(self._pfad)
        except sqlite3.Error as fehler:
            self.verwirf(fehler)
            return None
        log.info("address directory %s is used", self._pfad)
        return offen

    def _lies_kennung(self) -> tuple[int, ...] | None:
        try:
            stand = os.stat(self._pfad)  # noqa: PTH116 - at every query, and Path.stat is slower
        except OSError:
            return None
        return stand.st_dev, stand.st_ino, stand.st_mtime_ns, stand.st_size
