"""Records, texts and files that lie in the database, fetched when they are asked for."""

import os
import shutil
import threading
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final, TypeVar

import orjson
from cachetools import LRUCache
from psycopg import sql

from app.dateien import Datei
from app.folge import Bereitlegend
from app.postgis.suche import Tabellen
from layers.reihe import Reihe

T_co = TypeVar("T_co", covariant=True)
_BLOCK: Final = 64
"""Neighbours fetched together."""
_STROM: Final = 2000
"""Rows fetched together by who wants all of them."""
_BEHALTEN: Final = 4096
_DATEIEN: Final = 64 * 2**20
"""Bytes of files that a process keeps."""


class Fernfolge(Bereitlegend, Reihe[T_co]):
    """A column of the table of Steckbriefe; row *i* is project *i*.

    Parameters
    ----------
    spalte
        ``record`` or ``texte``, both JSON.
    lies
        Makes a member out of what the JSON holds.
    """

    def __init__(self, t: Tabellen, spalte: str, lies: Callable[[Any], T_co]) -> None:
        self._t = t
        self._lies = lies
        teile = {"s": t.s, "spalte": sql.Identifier(spalte)}
        muster = "SELECT zeile, {spalte} FROM {s}.steckbrief WHERE zeile "
        self._einige = sql.SQL(muster + "= ANY(%s)").format(**teile)
        self._bereich = sql.SQL(muster + ">= %s AND zeile < %s ORDER BY zeile").format(**teile)
        self._da: dict[int, T_co] = {}

    def __len__(self) -> int:
        """Return how many projects there are."""
        return self._t.n

    def glied(self, stelle: int) -> T_co:
        """Return one member; its neighbours come with it."""
        if (da := self._da.get(stelle)) is not None:
            return da
        erste = stelle - stelle % _BLOCK
        gefunden = dict(self._hole(erste, erste + _BLOCK))
        self._merke(gefunden)
        return gefunden[stelle]

    def glieder(self, stellen: range) -> list[T_co]:
        """Return the members at these positions, with one question."""
        self.bereitlegen(stellen)
        return super().glieder(stellen)

    def __iter__(self) -> Iterator[T_co]:
        """Return all members in order, some thousand at a time, and keep none."""
        for erste in range(0, len(self), _STROM):
            yield from (wert for _, wert in self._hole(erste, erste + _STROM))

    def bereitlegen(self, stellen: Iterable[int]) -> None:
        """Get the members at these positions with one question."""
        fehlend = [int(stelle) for stelle in stellen if stelle not in self._da]
        if 1 < len(fehlend) <= _BEHALTEN:
            gefunden = self._t.verbindung.zeilen(self._einige, [fehlend])
            self._merke({zeile: self._lies(orjson.loads(roh)) for zeile, roh in gefunden})

    def _merke(self, gefunden: Mapping[int, T_co]) -> None:
        if len(self._da) + len(gefunden) > _BEHALTEN:
            self._da.clear()
        self._da.update(gefunden)

    def _hole(self, von: int, bis: int) -> Iterator[tuple[int, T_co]]:
        for zeile, roh in self._t.verbindung.zeilen(self._bereich, [von, bis]):
            yield zeile, self._lies(orjson.loads(roh))


class Ferndateien(Mapping[str, Datei]):
    """Prebuilt files by URL path.

    Parameters
    ----------
    pfade
        Every URL path there is.
    mache
        Makes the file at a URL path out of what the database holds.
    """

    def __init__(self, pfade: Iterable[str], mache: Callable[[str], Datei]) -> None:
        self._pfade = frozenset(pfade)
        self._mache = mache
        self._da: LRUCache[str, Datei] = LRUCache(_DATEIEN, getsizeof=_groesse)
        self._schloss = threading.Lock()

    def __getitem__(self, pfad: str) -> Datei:
        """Return a file.

        Raises
        ------
        KeyError
            There is none at that path.
        """
        if pfad not in self._pfade:
            raise KeyError(pfad)
        with self._schloss:
            da = self._da.get(pfad)
        if da is None:
            da = self._mache(pfad)
            if _groesse(da) <= self._da.maxsize:
                with self._schloss:
                    self._da[pfad] = da
        return da

    def __iter__(self) -> Iterator[str]:
        """Return the URL paths."""
        return iter(self._pfade)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._pfade)

    def teil(self, pfade: Iterable[str]) -> "Ferndateien":
        """Return only some of the files."""
        return Ferndateien(self._pfade.intersection(pfade), self._mache)


def _groesse(datei: Datei) -> int:
    return sum(len(inhalt) for inhalt, _ in datei.fassungen.values())


def lege_ab(besitzer: object, dateien: Mapping[str, bytes]) -> Path:
    """Write files into a temporary folder that goes with its owner; return the folder.

    For programs that read fonts from files only. A process that was forked later leaves it be.
    """
    ordner, prozess = mkdtemp(prefix="nordwaerts-"), os.getpid()
    for name, inhalt in dateien.items():
        (Path(ordner) / name).write_bytes(inhalt)
    weakref.finalize(besitzer, _raeume, ordner, prozess)
    return Path(ordner)


def _raeume(ordner: str, prozess: int) -> None:
    if os.getpid() == prozess:
        shutil.rmtree(ordner, ignore_errors=True)
