"""A PostgreSQL server for tests: its data in a temporary folder, on a free port of this machine."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.anschluss import freier_port

_ORTE = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
PROGRAMME = next((ort for ort in _ORTE if (ort / "initdb").exists()), None)
_ERWEITERUNG = Path("/usr/share/postgresql")
FEHLT = (
    "PostgreSQL with PostGIS is not installed (Debian: postgresql, postgis)"
    if PROGRAMME is None or not list(_ERWEITERUNG.glob("*/extension/postgis.control"))
    else ""
)
"""Why there can be no server; empty if there can."""
NUTZER = "postgres"
"""Unprivileged account that runs the server where the tests are run by root."""


@dataclass(frozen=True)
class Server:
    """A cluster in a folder."""

    ordner: Path
    port: int

    def adresse(self, datenbank: str = "postgres", rolle: str = NUTZER) -> str:
        return f"postgresql://{rolle}@127.0.0.1:{self.port}/{datenbank}"

    def starte(self) -> None:
        self._pg_ctl("-w", "-l", str(self.ordner / "log"), "start")

    def halte(self) -> None:
        self._pg_ctl("-m", "immediate", "stop")

    def _pg_ctl(self, *argumente: str) -> None:
        befehl("pg_ctl", "-D", str(self.ordner), *argumente)

    def kopiere(self, ordner: Path) -> "Server":
        """Return a replica that follows this server, running."""
        befehl("pg_basebackup", "-h", "127.0.0.1", "-p", str(self.port), "-U", NUTZER, "-R",
               "-c", "fast", "-D", str(ordner))  # fmt: skip
        replik = Server(ordner, freier_port())
        with (ordner / "postgresql.conf").open("a") as datei:
            datei.write(f"port = {replik.port}\n")
        replik.starte()
        return replik


def befehl(programm: str, *argumente: str) -> None:
    """Run one of the server's programs, not as root."""
    assert PROGRAMME is not None
    vorsatz: tuple[str, ...] = ("runuser", "-u", NUTZER, "--") if os.geteuid() == 0 else ()
    lauf = subprocess.run(
        [*vorsatz, PROGRAMME / programm, *argumente],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
        cwd="/",
    )
    assert lauf.returncode == 0, lauf.stderr


def neuer_server(ordner: Path) -> Server:
    """Make a cluster and start it; nothing in it is safe from a power cut."""
    befehl("initdb", "-D", str(ordner), "-A", "trust", "-U", NUTZER, "--no-sync",
           "--locale=C.UTF-8", "--no-instructions")  # fmt: skip
    server = Server(ordner, freier_port())
    with (ordner / "postgresql.conf").open("a") as datei:
        datei.write(
            f"port = {server.port}\nlisten_addresses = '127.0.0.1'\n"
            "unix_socket_directories = ''\nfsync = off\nsynchronous_commit = off\n"
            "full_page_writes = off\nshared_buffers = 64MB\nautovacuum = off\n"
        )
    server.starte()
    return server


@contextmanager
def ordner_des_servers() -> Iterator[Path]:
    """Make a folder that the server's account may use; those of pytest are closed to it."""
    with tempfile.TemporaryDirectory(prefix="nordwaerts-pg-") as ordner:
        if os.geteuid() == 0:
            shutil.chown(ordner, NUTZER)
        yield Path(ordner)


def datenbank(server: Server, name: str) -> str:
    """Make an empty database and return its address."""
    with psycopg.connect(server.adresse(), autocommit=True) as verbindung:
        verbindung.execute(f'CREATE DATABASE "{name}"')
    return server.adresse(name)
