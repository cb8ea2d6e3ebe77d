"""States turned into every kind of file, without a service between."""

from pathlib import Path
from typing import Any

import orjson
import pytest

from app.darstellung import Darstellung, Vorbereitet
from app.export import auftrag, geopaket, mappe
from app.export.auszug import Auszug, auszug
from app.fassung import fassung
from app.state import Abfrage
from app.store import Snapshot

BASIS = "https://karte.example"


@pytest.fixture(scope="session")
def deutsch(snapshot: Snapshot) -> Darstellung:
    """The shipped data in German."""
    return Vorbereitet(snapshot).darstellung(fassung("de"))


def von(d: Darstellung, abfrage: Abfrage | None = None) -> Auszug:
    return auszug(d, abfrage or Abfrage(), BASIS)


def gesendet(auftrag_: dict[str, Any]) -> Any:
    """The job as the process gets it."""
    return orjson.loads(orjson.dumps(auftrag_))


def als_mappe(d: Darstellung, ziel: Path, abfrage: Abfrage | None = None) -> Path:
    mappe.schreibe(gesendet(auftrag.mappe(von(d, abfrage), d.t)), ziel)
    return ziel


def als_geopaket(d: Darstellung, ziel: Path, abfrage: Abfrage | None = None) -> Path:
    ziel.unlink(missing_ok=True)
    geopaket.schreibe(gesendet(auftrag.geopaket(von(d, abfrage), d.t)), ziel)
    return ziel
