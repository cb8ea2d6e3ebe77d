"""A folder of sources that a test may spoil, an export of it, and a portal."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.amtlich.portal import WURZEL, Antwort, Portal, export, oeffne


@pytest.fixture(autouse=True)
def umgebung(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy and no setting of the machine gets in."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    for name in ("ADRESSE", "DATENSAETZE", "GESAMT_S", "VERSUCHE", "MAX_MB"):
        monkeypatch.delenv(f"NORDWAERTS_OPENDATA_{name}", raising=False)


@pytest.fixture
def geodata(tmp_path: Path) -> Path:
    return shutil.copytree(WURZEL / "geodata", tmp_path / "geodata")


@pytest.fixture(scope="session")
def vorlage() -> dict[str, Any]:
    """The made export; tests get copies."""
    return export(WURZEL / "geodata")


@pytest.fixture
def gemacht(vorlage: dict[str, Any]) -> dict[str, Any]:
    kopie: dict[str, Any] = json.loads(json.dumps(vorlage))
    return kopie


@pytest.fixture
def portal() -> Iterator[Portal]:
    with oeffne() as offen:
        yield offen


@pytest.fixture
def liefere(portal: Portal) -> Callable[..., Portal]:
    """Let the portal answer with this JSON from now on."""

    def stelle(inhalt: object, **antwort: Any) -> Portal:
        portal.antworten = [Antwort(json.dumps(inhalt).encode(), **antwort)]
        return portal

    return stelle
