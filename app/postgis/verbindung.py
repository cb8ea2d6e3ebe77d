"""Connections of the service: few, read-only, never waited for long, and lost without harm."""

import logging
import os
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any, Final, LiteralString

import psycopg
from psycopg import sql
from psycopg_pool import ConnectionPool, PoolTimeout

from app.errors import Fehler
from app.postgis.masken import verstehe

log = logging.getLogger("nordwaerts")

HOECHSTENS: Final = 4
"""Connections of one process."""
_WARTEN_S: Final = 3.0
"""Longest wait for a connection."""
_OPTIONEN: Final = "-c default_transaction_read_only=on -c statement_timeout=20000 -c jit=off"
_RUHE_S: Final = 5.0
"""So long after a failure only who looks whether it is over is made to wait for the same one."""
Anweisung = LiteralString | sql.Composed


class Datenbankfehler(Fehler):
    """The database cannot be asked now; the same request works a little later."""

    typ = "datenbank"
    status = 503

    def __init__(self) -> None:
        super().__init__(retry_after=f"{_RUHE_S:.0f}")


class Verbindung:
    """Asks the database; one object a source, one pool a process.

    The pool is opened by whoever asks first in a process, so that processes may be forked before.

    Parameters
    ----------
    adresse
        ``postgresql://…``; several hosts (replicas) are possible there.
    """

    def __init__(self, adresse: str) -> None:
        self._adresse = adresse
        self._pool: ConnectionPool | None = None
        self._prozess = 0
        self._schloss = threading.Lock()
        self._gestoert_bis = 0.0

    @property
    def gestoert(self) -> bool:
        """Whether the database has not answered lately."""
        return time.monotonic() < self._gestoert_bis

    def zeilen(
        self,
        anweisung: Anweisung,
        werte: Sequence[Any] | Mapping[str, Any] = (),
        *,
        geduldig: bool = False,
    ) -> list[tuple[Any, ...]]:
        """Return the rows of a statement; values go as parameters, never into its text.

        Parameters
        ----------
        geduldig
            Ask even if somebody else has just failed: who looks whether it is back.

        Raises
        ------
        Datenbankfehler
            The database is lost, too slow, or holds the build no longer.
        """
        if self.gestoert and not geduldig:
            raise Datenbankfehler
        try:
            try:
                gefunden = self._frage(anweisung, werte)
            except psycopg.OperationalError as fehler:
                if isinstance(fehler, PoolTimeout | psycopg.errors.QueryCanceled):
                    raise
                # a connection of before a restart: reading again does no harm
                gefunden = self._frage(anweisung, werte)
        except psycopg.Error as fehler:
            self._gestoert_bis = time.monotonic() + _RUHE_S
            log.warning("the database does not answer: %s", _knapp(fehler))
            raise Datenbankfehler from fehler
        self._gestoert_bis = 0.0
        return gefunden

    def _frage(
        self, anweisung: Anweisung, werte: Sequence[Any] | Mapping[str, Any]
    ) -> list[tuple[Any, ...]]:
        with self._offen().connection(_WARTEN_S) as verbindung:
            return verbindung.execute(anweisung, werte, binary=True).fetchall()

    def _offen(self) -> ConnectionPool:
        with self._schloss:
            if self._pool is None or self._prozess != os.getpid():
                self._prozess = os.getpid()
                self._pool = ConnectionPool(
                    self._adresse,
                    min_size=1,
                    max_size=HOECHSTENS,
                    kwargs={
                        "autocommit": True,
                        "options": _OPTIONEN,
                        "connect_timeout": 3,
                        "application_name": "nordwaerts",
                    },
                    configure=verstehe,
                    reconnect_timeout=2,
                    open=True,
                )
            return self._pool

    def schliesse(self) -> None:
        """Let go of all connections; the next question opens new ones."""
        with self._schloss:
            if self._pool is not None and self._prozess == os.getpid():
                self._pool.close()
            self._pool = None


def _knapp(fehler: Exception) -> str:
    """Return the first line: the rest may quote what somebody asked for."""
    return f"{type(fehler).__name__}: {str(fehler).splitlines()[0] if str(fehler) else ''}"
