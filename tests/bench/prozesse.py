"""Servers as processes on cores of their own: started, asked until they answer, ended."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from tests.anschluss import freier_port
from tests.conftest import WURZEL

_KERNE: Final = sorted(os.sched_getaffinity(0))
SERVER_KERNE: Final = _KERNE[: max(1, len(_KERNE) // 2)]
"""Where the servers run that are measured, one after the other."""
KUNDEN_KERNE: Final = _KERNE[len(_KERNE) // 2 :]
"""Where those run that ask them; the same core where there is only one."""


def taskset(kerne: Sequence[int]) -> list[str]:
    """Return the words that keep a command on these cores."""
    return ["taskset", "--cpu-list", ",".join(map(str, kerne))]


@contextmanager
def laufend(
    befehl: Sequence[str | Path], probe: str, **umgebung: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server, kept to its cores, until the block ends.

    Parameters
    ----------
    probe
        URL that it answers with success as soon as it is ready.
    umgebung
        Variables beside those of this process.

    Raises
    ------
    RuntimeError
        It ended before it answered; with what it had to say.
    TimeoutError
        It never answered.
    """
    with tempfile.TemporaryFile() as protokoll:
        prozess = subprocess.Popen(
            [*taskset(SERVER_KERNE), *map(str, befehl)],
            cwd=WURZEL,
            env={**os.environ, **umgebung},
            stdout=subprocess.DEVNULL,
            stderr=protokoll,
            start_new_session=True,
        )
        try:
            _warte(prozess, probe, protokoll)
            yield prozess
        finally:
            _beende(prozess)


def _warte(prozess: subprocess.Popen[bytes], probe: str, protokoll: IO[bytes]) -> None:
    ende = time.monotonic() + 120
    while time.monotonic() < ende:
        if prozess.poll() is not None:
            protokoll.seek(0)
            raise RuntimeError(protokoll.read().decode()[-2000:])
        try:
            with urllib.request.urlopen(probe, timeout=30) as antwort:  # noqa: S310
                if antwort.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(probe)


def _beende(prozess: subprocess.Popen[bytes]) -> None:
    for zeichen in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(prozess.pid, zeichen)
        except ProcessLookupError:
            break
        try:
            prozess.wait(20)
        except subprocess.TimeoutExpired:
            continue
        break


@contextmanager
def unser(build_dir: Path, *argumente: str) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Run our service over a folder of builds; yield its address and its process.

    As ``make run`` does, but without its limit of requests for a single address.
    """
    port = freier_port()
    basis = f"http://127.0.0.1:{port}"
    befehl = [sys.executable, "-m", "app", "--port", str(port), *argumente]
    umgebung = {
        "NORDWAERTS_BUILD_DIR": str(build_dir),
        "NORDWAERTS_WORKERS": "1",
        # every request comes from one address here
        "NORDWAERTS_RATE_PRO_SEKUNDE": "0",
    }
    with laufend(befehl, f"{basis}/gesundheit", **umgebung) as prozess:
        yield basis, prozess


def familie(pid: int) -> list[int]:
    """Return a process and all that it has started."""
    kinder = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(enkel for kind in kinder for enkel in familie(int(kind)))]


def prozessorzeit(pid: int) -> float:
    """Return the seconds of processor time that a process and its children have used."""
    takte = os.sysconf("SC_CLK_TCK")
    summe = 0
    for einer in familie(pid):
        felder = Path(f"/proc/{einer}/stat").read_text().rpartition(")")[2].split()
        summe += int(felder[11]) + int(felder[12])
    return summe / takte


def speicher_mib(pid: int) -> dict[str, float]:
    """Return the memory of one process in MiB.

    ``pss`` counts what several processes share in proportion, ``privat`` is its alone, ``rss`` is
    all that it sees.
    """
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    kib = {
        name: int(wert) for name, wert in re.findall(r"^(\w+):\s+(\d+) kB", rollup, re.MULTILINE)
    }
    return {
        "pss": kib["Pss"] / 1024,
        "privat": (kib["Private_Clean"] + kib["Private_Dirty"]) / 1024,
        "rss": kib["Rss"] / 1024,
    }
