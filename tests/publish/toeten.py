"""Kill the builder with SIGKILL at random instants, many times; the published build stays whole.

A program of its own, because it forks: one process has everything imported and has built before,
so that its templates and catalogues are read; each child builds and is killed. Arguments: folder of
sources A, folder of sources B, folder of builds, how often. Of a build nineteen parts in twenty
touch no file, so most children get the contents ready-made and only publish: nearly every kill hits
them while they write, switch or clear away. One child in five makes a whole build.
Prints ``killed N, finished M`` and exits with 1 at the first damage.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from app.kommando import bauen
from app.kommando.ausgabe import konsole
from app.store import AKTUELL, BuildFehler, lade
from layers import publish, schreiben

GANZE = 5
"""One round in so many is a whole build."""


def kind(arbeit: Callable[[], object]) -> int:
    """Fork a process that does some work; return its id."""
    pid = os.fork()
    if pid == 0:
        try:
            arbeit()
        except BaseException:  # noqa: BLE001 - the child must never return into the parent's code
            os._exit(1)
        os._exit(0)
    return pid


def baue_und_merke(geodata: Path, ziel: Path) -> Callable[[], object]:
    """Build; return what publishes the same contents again."""
    veroeffentliche = publish.veroeffentliche
    gemerkt: list[dict[str, Any]] = []

    def merke(build_dir: Path, inhalt: dict[str, bytes], **angaben: Any) -> publish.Build:
        gemerkt.append({"build_dir": build_dir, "inhalt": inhalt, **angaben, "packung": None})
        return veroeffentliche(build_dir, inhalt, **angaben)

    publish.veroeffentliche = merke  # type: ignore[assignment]
    try:
        bauen.build(geodata=geodata, ziel=ziel)
    finally:
        publish.veroeffentliche = veroeffentliche
    return partial(veroeffentliche, **gemerkt[0])


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


def dauer(arbeiten: tuple[Callable[[], object], ...]) -> float:
    """Return how long the longer of two works takes in a child."""
    dauern = []
    for arbeit in arbeiten:
        beginn = time.monotonic()
        if warte(kind(arbeit)) != 0:
            sys.exit("a build in peace failed")
        dauern.append(time.monotonic() - beginn)
    return max(dauern)


def main() -> None:
    """Build in peace to know how long it takes, then kill."""
    a, b, ziel = (Path(argument) for argument in sys.argv[1:4])
    anzahl = int(sys.argv[4])
    konsole.quiet = True
    zufall = random.Random(20151231)
    erlaubt: set[bytes] = set()
    nur_schreiben = []
    for geodata in (b, a):
        # in this process, which compresses and warms up; how long later ones take, a child tells
        nur_schreiben.append(baue_und_merke(geodata, ziel))
        kenne(ziel)
        erlaubt.add(stand(ziel))
    ganze = tuple(partial(bauen.build, geodata=geodata, ziel=ziel) for geodata in (b, a))
    kurze = tuple(nur_schreiben)
    fenster = {arbeiten: dauer(arbeiten) * 1.1 for arbeiten in (ganze, kurze)}
    getoetet = fertig = 0
    for runde in range(anzahl):
        arbeiten = kurze if runde % GANZE else ganze
        pid = kind(arbeiten[runde % 2])
        time.sleep(zufall.uniform(0, fenster[arbeiten]))
        os.kill(pid, signal.SIGKILL)
        code = warte(pid)
        getoetet += code == -signal.SIGKILL
        fertig += code == 0
        try:
            jetzt = stand(ziel)
        except BuildFehler as fehler:
            sys.exit(f"damaged after round {runde}: {fehler}")
        if jetzt not in erlaubt:
            sys.exit(f"neither A nor B after round {runde}")
    if warte(kind(ganze[1])) != 0:
        sys.exit("no build is possible after the kills")
    reste = [p.name for p in ziel.iterdir() if p.name.startswith(".2")]
    if reste:
        sys.exit(f"left over: {reste}")
    sys.stdout.write(f"killed {getoetet}, finished {fertig}\n")


def stand(ziel: Path) -> bytes:
    """Return what tells A and B apart, of what is published; the log of changes goes on.

    Raises
    ------
    BuildFehler
        It is damaged.
    """
    lade(ziel / AKTUELL)
    return (ziel / AKTUELL / "steckbriefe.json").read_bytes()


if __name__ == "__main__":
    main()
