"""What a part works with: synthetic data and builds, made once, and the sheet for its figures."""

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from rich.console import Console

from tests.bench.messung import WIR, Ergebnis, Messreihe
from tests.conftest import WURZEL
from tests.synthetik import schreibe

BANK: Final = WURZEL / "build" / "bank"
"""Where the rivals are installed and the figures are kept."""
VENV: Final = BANK / "venv" / "bin"
NPM: Final = BANK / "npm" / "node_modules"
konsole: Final = Console(stderr=True)


@dataclass(slots=True)
class Werkbank:
    """The bench of one part.

    Attributes
    ----------
    ordner
        Where it may write; gone when all parts are through.
    kurz
        Only try whether it runs: shortest durations, one round, small data.
    sekunden
        How long ``load`` lasts.
    """

    ordner: Path
    kurz: bool = False
    sekunden: int = 60
    reihen: list[Messreihe] = field(default_factory=list)
    aufbauten: list[str] = field(default_factory=list)
    bemerkungen: list[str] = field(default_factory=list)

    def merke(self, groesse: str, fall: str, werte: Sequence[float], wer: str = WIR) -> None:
        """Write down one series."""
        self.reihen.append(Messreihe(groesse, fall, wer, tuple(float(w) for w in werte)))

    def aufbau(self, text: str) -> None:
        """Say how something is set up."""
        self.aufbauten.append(text)

    def bemerke(self, text: str) -> None:
        """Say what else was seen."""
        self.bemerkungen.append(text)

    def dauer(self, sekunden: int) -> int:
        """Return how many seconds a measurement lasts."""
        return 1 if self.kurz else sekunden

    def runden(self, anzahl: int) -> int:
        """Return how often something is measured."""
        return 1 if self.kurz else anzahl

    def geodata(self, n: int) -> Path:
        """Return a folder with ``n`` synthetic projects."""
        ziel = self.ordner / f"geodata-{n}"
        return ziel if ziel.exists() else schreibe(ziel, n)

    def build(self, n: int) -> Path:
        """Return a folder of builds, with ``n`` synthetic projects published in it."""
        ziel = self.ordner / f"build-{n}"
        if not ziel.exists():
            konsole.print(f"  building {n} projects")
            baue(self.geodata(n), ziel)
        return ziel

    def echter_build(self) -> Path:
        """Return a folder of builds with the shipped data published in it."""
        ziel = self.ordner / "build-geodata"
        if not ziel.exists():
            baue(WURZEL / "geodata", ziel)
        return ziel

    def ergebnis(self, teil: str, sekunden: float) -> Ergebnis:
        """Return what is on the sheet and begin a new one."""
        fertig = Ergebnis(
            teil=teil,
            tag=datetime.now(UTC).date().isoformat(),
            maschine=maschine(),
            code=_stand_des_codes(),
            sekunden=round(sekunden, 1),
            reihen=tuple(self.reihen),
            aufbau=tuple(self.aufbauten),
            bemerkungen=tuple(self.bemerkungen),
        )
        self.reihen, self.aufbauten, self.bemerkungen = [], [], []
        return fertig


@contextmanager
def werkbank(*, kurz: bool, sekunden: int) -> Iterator[Werkbank]:
    """Hold a bench with a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="bank-") as ordner:
        yield Werkbank(Path(ordner), kurz, sekunden)


def baue(geodata: Path, ziel: Path) -> tuple[float, float]:
    """Build once as a whole process; return wall seconds and peak memory in MiB.

    Raises
    ------
    RuntimeError
        The build failed.
    """
    beginn = time.perf_counter()
    prozess = subprocess.Popen(
        [sys.executable, WURZEL / "build_map.py", "build", "--geodata", geodata, "--ziel", ziel],
        cwd=WURZEL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, verbrauch = os.wait4(prozess.pid, 0)
    sekunden = time.perf_counter() - beginn
    prozess.returncode = os.waitstatus_to_exitcode(status)
    if prozess.returncode:
        raise RuntimeError(f"build of {geodata} failed")
    return sekunden, verbrauch.ru_maxrss / 1024


def maschine() -> str:
    """Return processor, cores, memory, system and Python in one line."""
    cpu = next(
        (
            zeile.split(":", 1)[1].strip()
            for zeile in Path("/proc/cpuinfo").read_text().splitlines()
            if zeile.startswith("model name")
        ),
        platform.machine(),
    )
    speicher = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{cpu}, {os.cpu_count()} cores, {speicher:.0f} GiB, "
        f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    )


def _stand_des_codes() -> str:
    """Return the commit that was measured, or nothing outside a checkout."""
    lauf = subprocess.run(
        ["git", "describe", "--always", "--dirty", "--exclude=*"],
        cwd=WURZEL,
        capture_output=True,
        text=True,
        check=False,
    )
    return lauf.stdout.strip()
