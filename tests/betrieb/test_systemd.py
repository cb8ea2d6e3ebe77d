"""The units: systemd understands every line, and says how much a broken service could do."""

import configparser
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.betrieb import systemd
from tests.conftest import WURZEL

EINHEITEN = sorted((WURZEL / "deploy" / "systemd").iterdir())
DIENST = "nordwaerts-karte.service"
HOECHSTENS = {DIENST: 0.9, "nordwaerts-veroeffentlichen.service": 0.5}
"""Exposure by ``systemd-analyze security``, of 10; docs/betrieb.md has them too."""
mit_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze"), reason="systemd is not installed"
)


def aufruf(*argumente: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["systemd-analyze", *argumente], capture_output=True, text=True, check=False
    )


@mit_systemd
def test_systemd_understands_every_line(tmp_path: Path) -> None:
    kopien = []
    for einheit in EINHEITEN:
        text = einheit.read_text("utf-8").replace("/opt/nordwaerts-karte/.venv/bin/python", "PY")
        text = text.replace("PY", sys.executable).replace("/opt/nordwaerts-karte", str(WURZEL))
        kopien.append(tmp_path / einheit.name)
        kopien[-1].write_text(text, "utf-8")
    geprueft = aufruf("verify", "--man=no", *map(str, kopien))
    gemeldet = [z for z in geprueft.stderr.splitlines() if "nordwaerts" in z]
    assert gemeldet == []


@mit_systemd
@pytest.mark.parametrize("name", HOECHSTENS)
def test_exposure_stays_low(name: str) -> None:
    einheit = WURZEL / "deploy" / "systemd" / name
    bericht = aufruf("security", "--offline=yes", "--no-pager", str(einheit))
    gefunden = re.search(r"Overall exposure level for \S+: ([\d.]+)", bericht.stdout)
    assert gefunden, bericht.stderr
    assert float(gefunden[1]) <= HOECHSTENS[name]


def test_the_service_is_ended_as_it_wants_to_be() -> None:
    einheit = configparser.ConfigParser(strict=False, interpolation=None)
    einheit.optionxform = str  # type: ignore[assignment,method-assign]
    einheit.read(WURZEL / "deploy" / "systemd" / DIENST, "utf-8")
    dienst = einheit["Service"]
    assert dienst["KillMode"] == "mixed"  # documents in work are not interrupted
    assert dienst["Type"] == "notify"
    assert int(dienst["TimeoutStopSec"]) > 25 + 3
    assert set(dienst["RestartPreventExitStatus"].split()) == {"66", "78"}


def test_systemd_is_told_when_the_service_takes_requests(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as leitung:
        leitung.bind(str(tmp_path / "notify"))
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        systemd.melde("READY=1")
        assert leitung.recv(100) == b"READY=1"
