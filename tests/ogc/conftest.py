"""A running service for real clients, and the interface in this process for everything else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.ogc.bestand import Bestand
from app.ogc.sammlung import Sammlung
from app.store import Snapshot
from tests.browser.conftest import dienst


@pytest.fixture(scope="session")
def landing(build_dir: Path) -> Iterator[str]:
    """Address of the landing page of a service as ``make run`` starts it."""
    with dienst(build_dir) as basis:
        yield f"{basis}/ogc"


@pytest.fixture(scope="session")
def bestand(snapshot: Snapshot) -> Bestand:
    """The collections of the shipped data."""
    return Bestand(snapshot)


@pytest.fixture(scope="session")
def projekte(bestand: Bestand) -> Sammlung:
    """The collection of projects."""
    return bestand["projekte"]


@pytest.fixture(autouse=True)
def _verhandelt_json(client: TestClient) -> Iterator[None]:
    """The client asks as a program does, whatever another test left."""
    vorher = client.headers.get("accept", "*/*")
    client.headers["accept"] = "application/geo+json, application/json;q=0.9, */*;q=0.5"
    yield
    client.headers["accept"] = vorher
