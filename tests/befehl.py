"""``build_map.py`` as an editor runs it, without the two seconds that a new process imports."""

import contextlib
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from build_map import cli
from layers import schreiben

WURZEL = Path(__file__).resolve().parents[1]


# most builds of a run compress the same scripts and borders
schreiben._fassungen = functools.lru_cache(maxsize=512)(schreiben._fassungen)


@dataclass(frozen=True, slots=True)
class Lauf:
    """What a command left behind."""

    returncode: int
    stdout: str
    stderr: str


def rufe(*argumente: str | Path, umgebung: Mapping[str, str] | None = None) -> Lauf:
    """Run a command in this process; whatever it does not catch is an error of the test.

    What only a process of its own can show (signals, memory, a closed pipe) has its own tests.
    """
    with contextlib.chdir(WURZEL):
        lauf = CliRunner().invoke(cli, [*map(str, argumente)], env=umgebung, catch_exceptions=False)
    return Lauf(lauf.exit_code, lauf.stdout, lauf.stderr)
