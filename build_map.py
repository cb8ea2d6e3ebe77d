"""The command line of the nordwärts-Karte.

Each command is a module of ``app/kommando/``; this file only registers them.
"""

import typer

from app.kommando import (
    adressen,
    aktualisieren,
    bauen,
    berichten,
    einfrieren,
    einstellungen,
    pruefen,
    vergleichen,
    veroeffentlichen,
    vorlage,
)

cli = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@cli.callback()
def wurzel() -> None:
    """nordwärts-Karte: prüfen, bauen, veröffentlichen, zurücknehmen."""


cli.command()(pruefen.check)
cli.command()(vorlage.template)
cli.command()(bauen.build)
cli.command()(vergleichen.diff)
cli.command()(vergleichen.rollback)
cli.command()(aktualisieren.update)
cli.command()(adressen.addresses)
cli.command()(berichten.report)
cli.command()(veroeffentlichen.publish)
cli.command()(einfrieren.freeze)
cli.command()(einstellungen.settings)

if __name__ == "__main__":
    cli()
