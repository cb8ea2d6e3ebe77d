"""The command line of the nordwärts-Karte.

Each command is a module of ``app/kommando/``; this file only registers them.
"""

import typer

from app.kommando import bauen, vergleichen

cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@cli.callback()
def wurzel() -> None:
    """nordwärts-Karte: prüfen, bauen, veröffentlichen, zurücknehmen."""


cli.command()(bauen.build)
cli.command()(vergleichen.diff)
cli.command()(vergleichen.rollback)

if __name__ == "__main__":
    cli()
