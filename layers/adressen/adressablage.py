"""Write the address directory: one SQLite file, complete or not at all.

The service reads it by ``app/adressen.py``; `FASSUNG` changes whenever a table does.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from layers.adressen.adressfehler import Grund, Unbrauchbar
from layers.adressen.namensindex import FASSUNG, lege_an
from layers.adressen.ortsnamen import suchform
from layers.schreiben import synchronisiere

_TABELLEN: Final = """
CREATE TABLE angaben (name TEXT PRIMARY KEY, wert TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE bezirke (id INTEGER PRIMARY KEY, code TEXT NOT NULL);
CREATE TABLE strassen (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, schluessel TEXT NOT NULL, worte TEXT NOT NULL,
    grob TEXT NOT NULL, bezirke TEXT NOT NULL, lon REAL NOT NULL, lat REAL NOT NULL,
    hausnummern INTEGER NOT NULL
);
CREATE TABLE hausnummern (
    strasse INTEGER NOT NULL, nummer INTEGER NOT NULL, zusatz TEXT NOT NULL,
    bezirk INTEGER NOT NULL, lon REAL NOT NULL, lat REAL NOT NULL,
    PRIMARY KEY (strasse, nummer, zusatz)
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Strasse:
    """One street; ``bezirke`` are codes, the one with most of its house numbers first."""

    name: str
    bezirke: tuple[str, ...]
    lon: float
    lat: float
    hausnummern: int


@dataclass(frozen=True, slots=True)
class Hausnummer:
    """One house number; ``strasse`` is the place of its street in the list of streets."""

    strasse: int
    nummer: int
    zusatz: str
    bezirk: str
    lon: float
    lat: float


def schreibe(
    ziel: Path,
    strassen: Sequence[Strasse],
    hausnummern: Iterable[Hausnummer],
    angaben: dict[str, str],
) -> None:
    """Write the directory beside ``ziel`` and move it there.

    Raises
    ------
    Unbrauchbar
        It cannot be written; what was there before is untouched.
    """
    neu = ziel.with_name(f".{ziel.name}.neu")
    try:
        neu.unlink(missing_ok=True)
        with closing(sqlite3.connect(neu, isolation_level=None)) as verbindung:
            _fuelle(verbindung, strassen, hausnummern, angaben)
        synchronisiere(neu)
        neu.replace(ziel)
        synchronisiere(ziel.parent)
    except (OSError, sqlite3.Error) as fehler:
        neu.unlink(missing_ok=True)
        einzelheit = getattr(fehler, "strerror", None) or str(fehler)
        raise Unbrauchbar(Grund.SCHREIBEN, ziel=ziel, einzelheit=einzelheit) from fehler


def _fuelle(
    verbindung: sqlite3.Connection,
    strassen: Sequence[Strasse],
    hausnummern: Iterable[Hausnummer],
    angaben: dict[str, str],
) -> None:
    # Nobody sees the file before it is whole and synced, so it needs no journal.
    verbindung.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    verbindung.executescript(_TABELLEN)
    verbindung.execute("BEGIN")
    formen = [suchform(strasse.name) for strasse in strassen]
    verbindung.executemany(
        "INSERT INTO strassen VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                *(nummer, strasse.name, form.schluessel, " ".join(form.worte), form.grob),
                *(" ".join(strasse.bezirke), strasse.lon, strasse.lat, strasse.hausnummern),
            )
            for nummer, (strasse, form) in enumerate(zip(strassen, formen, strict=True))
        ),
    )
    lege_an(verbindung, enumerate(formen))
    bezirke: dict[str, int] = {}
    verbindung.executemany(
        "INSERT INTO hausnummern VALUES (?, ?, ?, ?, ?, ?)",
        (
            (
                h.strasse,
                h.nummer,
                h.zusatz,
                bezirke.setdefault(h.bezirk, len(bezirke)),
                h.lon,
                h.lat,
            )
            for h in hausnummern
        ),
    )
    verbindung.executemany(
        "INSERT INTO bezirke VALUES (?, ?)", ((i, code) for code, i in bezirke.items())
    )
    verbindung.executemany("INSERT INTO angaben VALUES (?, ?)", angaben.items())
    verbindung.execute("COMMIT")
    verbindung.execute("ANALYZE")
    verbindung.execute(f"PRAGMA user_version={FASSUNG}")
