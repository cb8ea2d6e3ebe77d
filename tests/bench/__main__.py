"""``make bench`` and ``make load``: measure parts, keep their figures, write the page."""

import argparse
import sys
import time
from typing import Final

from tests.bench import messung, seite
from tests.bench.werkbank import BANK, konsole, werkbank

ZAHLEN: Final = BANK / "zahlen"


def _argumente(worte: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--teil",
        type=lambda text: tuple(name for name in text.split(",") if name),
        default=seite.VON_SELBST,
        help=f"parts with commas between: {', '.join(seite.MESSUNGEN)}",
    )
    parser.add_argument("--dauer", type=int, default=60, help="seconds of the part load")
    parser.add_argument(
        "--kurz", action="store_true", help="only try whether it runs; nothing is kept or written"
    )
    parser.add_argument("--seite", action="store_true", help="only write the page of kept figures")
    argumente = parser.parse_args(worte)
    if fremd := set(argumente.teil) - seite.MESSUNGEN.keys():
        parser.error(f"no such part: {', '.join(sorted(fremd))}")
    return argumente


def main(worte: list[str]) -> None:
    """Measure the parts one after the other; each is kept as soon as it is through."""
    argumente = _argumente(worte)
    beginn = time.perf_counter()
    if not argumente.seite:
        _miss(argumente.teil, kurz=argumente.kurz, dauer=argumente.dauer)
    if not argumente.kurz:
        seite.schreibe(messung.lies(ZAHLEN))
        konsole.print(f"written: {seite.ZIEL}")
    konsole.print(f"total: {time.perf_counter() - beginn:.0f} s")


def _miss(teile: tuple[str, ...], *, kurz: bool, dauer: int) -> None:
    with werkbank(kurz=kurz, sekunden=dauer) as bank:
        for name in teile:
            konsole.print(f"[bold]{name}[/bold]")
            beginn = time.perf_counter()
            seite.MESSUNGEN[name](bank)
            ergebnis = bank.ergebnis(name, time.perf_counter() - beginn)
            konsole.print(f"  {ergebnis.sekunden:.0f} s")
            if kurz:
                zahlen = messung.Zahlen([ergebnis])
                konsole.print(
                    *seite.TEILE[name].zeige(zahlen) if name in seite.TEILE else (), sep="\n"
                )
            else:
                messung.schreibe(ZAHLEN, ergebnis)


if __name__ == "__main__":
    main(sys.argv[1:])
