"""A running service and a watched browser for each test."""

import json
import os
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.anschluss import freier_port
from tests.browser.besuch import Besuch, besuchsreihe
from tests.conftest import WURZEL


@contextmanager
def dienst(build_dir: Path, log: Path = Path(os.devnull), **umgebung: str) -> Iterator[str]:
    """The service as ``make run`` starts it, until the block ends; its log goes to a file."""
    port = freier_port()
    with log.open("ab") as ziel:
        prozess = subprocess.Popen(
            [sys.executable, "-m", "app", "--port", str(port)],
            cwd=WURZEL,
            env={
                **os.environ,
                "NORDWAERTS_BUILD_DIR": str(build_dir),
                "NORDWAERTS_RATE_PRO_SEKUNDE": "0",
                **umgebung,
            },
            stdout=subprocess.DEVNULL,
            stderr=ziel,
        )
    basis = f"http://127.0.0.1:{port}"
    try:
        _warte(basis)
        yield basis
    finally:
        prozess.terminate()
        prozess.wait(60)


def _warte(basis: str) -> None:
    for _ in range(1200):
        try:
            with urllib.request.urlopen(f"{basis}/gesundheit", timeout=1) as antwort:  # noqa: S310
                if antwort.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(basis)


class _Still(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def gastseite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Another origin that frames the map: its address and the folder it serves."""
    ordner = tmp_path_factory.mktemp("gast")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Still, directory=str(ordner)))
    faden = threading.Thread(target=server.serve_forever, daemon=True)
    faden.start()
    yield f"http://127.0.0.1:{server.server_port}", ordner
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def basis(build_dir: Path, gastseite: tuple[str, Path]) -> Iterator[str]:
    """The running service; the guest page is on its list of frame ancestors."""
    liste = json.dumps(["'self'", gastseite[0]])
    with dienst(build_dir, NORDWAERTS_FRAME_ANCESTORS=liste) as adresse:
        yield adresse


@pytest.fixture
def besuche(browser: Browser, basis: str) -> Iterator[Callable[..., Besuch]]:
    """Make visits of the service; see `besuchsreihe`."""
    with besuchsreihe(browser) as mache:
        yield partial(mache, basis)


@pytest.fixture
def besuch(besuche: Callable[..., Besuch]) -> Besuch:
    """A visitor at a desktop."""
    return besuche()
