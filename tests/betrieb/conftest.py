"""A service as it runs on a server: two processes, JSON log, metrics, its own folder of builds."""

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pytest

from app.store import AKTUELL
from layers.publish import schalte
from tests.anschluss import freier_port
from tests.conftest import WURZEL


def hole(url: str, **kopf: str) -> Any:
    """Ask for a URL; the caller closes the answer."""
    return urllib.request.urlopen(urllib.request.Request(url, headers=kopf), timeout=20)  # noqa: S310


@dataclass(frozen=True, slots=True)
class Betrieb:
    """A running service."""

    prozess: subprocess.Popen[bytes]
    basis: str
    metrics: str
    log: Path
    builds: tuple[str, str]
    build_dir: Path

    def zeilen(self) -> list[dict[str, Any]]:
        ganze = self.log.read_text("utf-8").rpartition("\n")[0]
        return [json.loads(zeile) for zeile in ganze.splitlines()]

    def anfrage(self, kennung: str) -> list[dict[str, Any]]:
        """Return the lines about a request; they are written after its answer has gone out."""
        for _ in range(100):
            if zeilen := [z for z in self.zeilen() if z.get("anfrage") == kennung]:
                return zeilen
            time.sleep(0.05)
        raise AssertionError(kennung)

    def schalte(self, nummer: int) -> None:
        schalte(self.build_dir, self.builds[nummer])

    def messwert(self, anfang: str) -> float:
        """Sum of the samples whose line begins like this."""
        with hole(self.metrics) as antwort:
            zeilen = antwort.read().decode().splitlines()
        return sum(float(z.rsplit(" ", 1)[1]) for z in zeilen if z.startswith(anfang))

    def bis(self, anfang: str, wert: float) -> None:
        """Wait until a sum of samples is reached."""
        for _ in range(100):
            if self.messwert(anfang) == wert:
                return
            time.sleep(0.1)
        raise AssertionError((anfang, self.messwert(anfang)))


def verdopple(build: Path, ordner: Path) -> tuple[Path, str, str]:
    """Make a folder of builds with two that differ in their id only; the first is published."""
    eins = build.name
    zwei = eins[:-1] + ("0" if eins[-1] != "0" else "1")
    for name in (eins, zwei):
        shutil.copytree(build, ordner / name)
    manifest = ordner / zwei / "manifest.json"
    manifest.write_bytes(orjson.dumps(orjson.loads(manifest.read_bytes()) | {"id": zwei}))
    (ordner / AKTUELL).symlink_to(eins)
    return ordner, eins, zwei


@pytest.fixture(scope="module")
def zwillinge(build_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A folder with two builds that differ in their id only."""
    build = (build_dir / AKTUELL).resolve()
    return verdopple(build, tmp_path_factory.mktemp("betrieb") / "build")


@contextmanager
def starte(
    zwillinge: tuple[Path, str, str], log: Path, *argumente: str, **umgebung: str
) -> Iterator[Betrieb]:
    """Run ``python -m app`` until the block ends."""
    ordner, *builds = zwillinge
    port, metrics = freier_port(), freier_port()
    gesetzt = {
        "NORDWAERTS_BUILD_DIR": str(ordner),
        "NORDWAERTS_METRICS": f"127.0.0.1:{metrics}",
        "NORDWAERTS_LOG": "json",
        "NORDWAERTS_RATE_PRO_SEKUNDE": "0",  # one visitor asks for hundreds here
        **umgebung,
    }
    with log.open("wb") as ziel:
        prozess = subprocess.Popen(
            [sys.executable, "-m", "app", "--port", str(port), *argumente],
            cwd=WURZEL,
            env={**os.environ, **gesetzt},
            stderr=ziel,
        )
        try:
            ende = time.monotonic() + 60
            while "start: build" not in log.read_text("utf-8"):
                if prozess.poll() is not None or time.monotonic() > ende:
                    raise TimeoutError(log.read_text("utf-8"))
                time.sleep(0.05)
            yield Betrieb(
                prozess,
                f"http://127.0.0.1:{port}",
                f"http://127.0.0.1:{metrics}/metrics",
                log,
                (builds[0], builds[1]),
                ordner,
            )
        finally:
            prozess.terminate()
            prozess.wait(20)


@pytest.fixture(scope="module")
def betrieb(
    zwillinge: tuple[Path, str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Betrieb]:
    """Two processes that several tests ask."""
    log = tmp_path_factory.mktemp("log") / "dienst.log"
    with starte(zwillinge, log, "--workers", "2", NORDWAERTS_POLL_SECONDS="0.1") as laufend:
        yield laufend
