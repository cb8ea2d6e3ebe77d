"""Kill the builder with SIGKILL at random instants, many times; the published build stays whole.

A program of its own, because it forks: one process has everything imported and has built before,
so that its templates and catalogues are read; each child builds and is killed. Arguments: folder of
sources A, folder of sources B, folder of builds, how often.
Prints ``killed N, finished M`` and exits with 1 at the first damage.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from app.kommando import bauen
from app.kommando.ausgabe import konsole
from app.store import AKTUELL, BuildFehler, lade
from layers import schreiben


def kind(geodata: Path, ziel: Path) -> int:
    """Fork a builder; return its process id."""
    pid = os.fork()
    if pid == 0:
        try:
            bauen.build(geodata=geodata, ziel=ziel)
        except BaseException:  # noqa: BLE001 - the child must never return into the parent's code
            os._exit(1)
        os._exit(0)
    return pid


def kenne(ziel: Path) -> None:
    """Let later builders take compressed files from here, so that most kills hit the writing."""
    ordner = ziel / AKTUELL
    fassungen = schreiben._fassungen
    bekannt = {
        (str(pfad.relative_to(ordner).with_suffix("")), pfad.with_suffix("").read_bytes()): {
            "": pfad.with_suffix("").read_bytes(),
            ".gz": pfad.with_suffix(".gz").read_bytes(),
            ".br": pfad.read_bytes(),
        }
        for pfad in ordner.rglob("*.br")
    }

    def gemerkt(pfad: str, daten: bytes, *, einfach: bool = False) -> dict[str, bytes]:
        return bekannt.get((pfad, daten)) or fassungen(pfad, daten, einfach=einfach)

    schreiben._fassungen = gemerkt


def warte(pid: int) -> int:
    """Wait for a builder; return its exit code, negative for a signal."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def main() -> None:
    """Build in peace to know how long it takes, then kill."""
    a, b, ziel = (Path(argument) for argument in sys.argv[1:4])
    anzahl = int(sys.argv[4])
    konsole.quiet = True
    zufall = random.Random(20151231)
    for geodata in (b, a):
        # in this process, which compresses and warms up; how long later ones take, a child tells
        bauen.build(geodata=geodata, ziel=ziel)
        kenne(ziel)
    beginn = time.monotonic()
    if warte(kind(a, ziel)) != 0:
        sys.exit("the second build failed")
    dauer = time.monotonic() - beginn
    erlaubt = {lade(ziel / AKTUELL).id.rsplit("-", 1)[1]}
    getoetet = fertig = 0
    for runde in range(anzahl):
        pid = kind((b, a)[runde % 2], ziel)
        time.sleep(zufall.uniform(0, dauer * 1.1))
        os.kill(pid, signal.SIGKILL)
        code = warte(pid)
        getoetet += code == -signal.SIGKILL
        fertig += code == 0
        try:
            snapshot = lade(ziel / AKTUELL)
        except BuildFehler as fehler:
            sys.exit(f"damaged after round {runde}: {fehler}")
        erlaubt.add(snapshot.id.rsplit("-", 1)[1])
    if warte(kind(a, ziel)) != 0:
        sys.exit("no build is possible after the kills")
    reste = [p.name for p in ziel.iterdir() if p.name.startswith(".2")]
    if reste:
        sys.exit(f"left over: {reste}")
    sys.stdout.write(f"killed {getoetet}, finished {fertig}\n")


if __name__ == "__main__":
    main()
