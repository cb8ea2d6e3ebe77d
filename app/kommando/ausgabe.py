"""What commands share in talking to a person: console, progress, the one sentence at the end."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from app.katalog import lade

t: Final = lade("de")
konsole: Final = Console(stderr=True, highlight=False)
GEODATA: Final = Path("geodata")
Koordinatensystem = Annotated[
    str | None,
    typer.Option(
        help="Worin Koordinaten stehen, wenn die Quelle es nicht sagt, zum Beispiel EPSG:25832"
    ),
]


@contextmanager
def fortschritt(schritte: Sequence[str]) -> Iterator[Callable[[], None]]:
    """Show a bar over named steps; the yielded function begins the next one."""
    spalten = (TextColumn("{task.description:<22}"), BarColumn(), TimeElapsedColumn())
    with Progress(*spalten, console=konsole, transient=True) as balken:
        aufgabe = balken.add_task("", total=len(schritte))
        rest = iter(enumerate(schritte))

        def schritt() -> None:
            nummer, text = next(rest)
            balken.update(aufgabe, completed=nummer, description=text)

        yield schritt


def ende(satz: str, code: int = 1) -> NoReturn:
    """Stop with one sentence and an exit code."""
    konsole.print(satz, style="bold red", markup=False)
    sys.exit(code)
