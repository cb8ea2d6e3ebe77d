"""What all tests share: a real build of the shipped data, and the service over it."""

import fcntl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.settings import Settings
from app.store import AKTUELL, Snapshot, lade
from tests.befehl import Lauf, rufe
from tests.einfrieren import friere_ein

if TYPE_CHECKING:
    from playwright.sync_api import Browser

WURZEL = Path(__file__).parents[1]
LANGE = (
    "tor/test_volle_tabelle",
    "tor/test_volle",
    "publish/",
    "tor/test_fuzz",
    "browser/",
    "tor/",
)
"""Where the longest tests are, the longest first."""


def baue(geodata: Path, ziel: Path, *auch: str) -> Lauf:
    """Run ``build_map.py build``."""
    return rufe("build", f"--geodata={geodata}", f"--ziel={ziel}", *auch)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left alone with it at the end."""
    items.sort(key=lambda item: _reihe(str(item.path)))


def _reihe(pfad: str) -> int:
    stellen = (i for i, ordner in enumerate(LANGE) if f"/tests/{ordner}" in pfad)
    return next(stellen, len(LANGE))


def _einmal(
    tmp_path_factory: pytest.TempPathFactory,
    worker_id: str,
    name: str,
    mache: Callable[[Path], None],
) -> Path:
    """A folder that the first worker who wants it makes, and all read."""
    gemeinsam = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        gemeinsam = gemeinsam.parent
    ziel = gemeinsam / name
    with (gemeinsam / f"{name}.sperre").open("w") as sperre:
        fcntl.flock(sperre, fcntl.LOCK_EX)
        fertig = gemeinsam / f"{name}.fertig"
        if not fertig.exists():
            mache(ziel)
            fertig.touch()
    return ziel


@pytest.fixture(scope="session")
def build_dir(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A build of the shipped data: made by the first worker that wants it, read by all."""

    def mache(ziel: Path) -> None:
        fertig = baue(WURZEL / "geodata", ziel)
        assert fertig.returncode == 0, fertig.stderr

    return _einmal(tmp_path_factory, worker_id, "build-aller", mache)


@pytest.fixture(scope="session")
def archiv(build_dir: Path, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A frozen copy of that build (the payload), in German and Arabic.

    Nearly all documents and workbooks in it are empty: they take most of the time, and the one
    that the command line makes (tests/archiv/test_befehl.py) has them. The copy of one file lies
    beside it (``.html``).
    """
    return _einmal(
        tmp_path_factory, worker_id, "archiv-aller", lambda ziel: friere_ein(build_dir, ziel)
    )


@pytest.fixture(scope="session")
def snapshot(build_dir: Path) -> Snapshot:
    """The snapshot of that build."""
    return lade(build_dir / AKTUELL)


@pytest.fixture(scope="session")
def client(build_dir: Path) -> Iterator[TestClient]:
    """The service over that build."""
    ohne_rate = Settings(build_dir=build_dir, rate_pro_sekunde=0)
    with TestClient(create_app(ohne_rate)) as test_client:
        yield test_client


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One Chromium for all tests of this process: Playwright runs in it only once."""
    # imported here: most tests need no browser
    from playwright.sync_api import expect, sync_playwright  # noqa: PLC0415

    from tests.browser.besuch import starte  # noqa: PLC0415

    # what is expected comes at once, unless other workers have both cores
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        chromium = starte(playwright)
        yield chromium
        chromium.close()
