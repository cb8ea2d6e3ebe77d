"""A real PostgreSQL with PostGIS, and the shipped build in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.postgis.laden import veroeffentliche
from app.postgis.quelle import Datenbank
from app.store import AKTUELL, Snapshot
from tests.postgis.server import FEHLT, Server, datenbank, neuer_server, ordner_des_servers


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for all tests of a worker."""
    if FEHLT:
        pytest.skip(FEHLT)
    with ordner_des_servers() as ordner:
        laufend = neuer_server(ordner / "daten")
        yield laufend
        laufend.halte()


@pytest.fixture
def eigener_ordner() -> Iterator[Path]:
    """An empty folder for another server."""
    with ordner_des_servers() as ordner:
        yield ordner


@pytest.fixture(scope="session")
def geladen(server: Server, build_dir: Path) -> str:
    """The address of a database that holds the shipped build."""
    adresse = datenbank(server, "karte")
    veroeffentliche(adresse, (build_dir / AKTUELL).resolve(), schritt=lambda _: None)
    return adresse


@pytest.fixture(scope="session")
def quelle(geladen: str) -> Iterator[Datenbank]:
    """That database as a source of builds."""
    datenbank_ = Datenbank(geladen)
    yield datenbank_
    datenbank_.schliesse()


@pytest.fixture(scope="session")
def fern(quelle: Datenbank) -> Snapshot:
    """The shipped build, read from the database."""
    return quelle.lade(quelle.ziel() or "")
