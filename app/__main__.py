"""``python -m app``: serve the published build with uvicorn."""

import sys
from typing import Annotated

import typer

from app.betrieb import dienst, start
from app.katalog import lade


def main(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    workers: Annotated[
        int | None, typer.Option(help="Prozesse, die Anfragen beantworten (sonst: Einstellung)")
    ] = None,
) -> None:
    """Serve ``build/aktuell``."""
    adresse = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    try:
        gesetzt = start.einstellungen(**({} if workers is None else {"workers": workers}))
        if "adresse" not in gesetzt.model_fields_set:
            gesetzt = gesetzt.model_copy(update={"adresse": adresse})
        geladen = dienst.lade(gesetzt, host, port)
    except start.Startfehler as fehler:
        sys.stderr.write(fehler.satz + "\n")
        sys.exit(fehler.code)
    if gesetzt.log == "text":
        sys.stdout.write(lade("de")("start.laeuft", adresse=adresse) + "\n")
        sys.stdout.flush()
    sys.exit(dienst.laufe(geladen))


if __name__ == "__main__":
    typer.run(main)
