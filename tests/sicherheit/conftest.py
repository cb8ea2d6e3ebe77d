"""A build full of attacks, and the service over it."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import layers.check
from app.anwendung import create_app
from app.settings import Settings
from app.store import AKTUELL
from layers.check import Geprueft
from layers.pruefregeln import Pruefung
from layers.read import Quelldaten
from tests.conftest import WURZEL, baue
from tests.sicherheit.vergiftung import vergifte


@pytest.fixture(scope="session")
def boese_builds(build_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped build, and after it the same with attacks in place of every text."""
    ordner = tmp_path_factory.mktemp("boese") / "build"
    build = (build_dir / AKTUELL).resolve()
    shutil.copytree(build, ordner / build.name)
    (ordner / AKTUELL).symlink_to(build.name)
    pruefe = layers.check.check

    def unterlaufen(
        quelldaten: Quelldaten, regeln: Pruefung, stichtag: date | None = None
    ) -> Geprueft:
        return vergifte(pruefe(quelldaten, regeln, stichtag))

    with pytest.MonkeyPatch.context() as flicken:
        flicken.setattr(layers.check, "check", unterlaufen)
        gebaut = baue(WURZEL / "geodata", ordner, "--max-fehler=100000")
    assert gebaut.returncode == 0, gebaut.stderr[-2000:]
    return ordner


@pytest.fixture(scope="session")
def boese(boese_builds: Path) -> Iterator[TestClient]:
    """The service over that build."""
    gesetzt = Settings(build_dir=boese_builds, rate_pro_sekunde=0)
    with TestClient(create_app(gesetzt)) as client:
        yield client
