"""``python -m app``: serve the published build with uvicorn."""

import logging
import socket
import sys
from typing import Annotated

import typer
import uvicorn

from app.anwendung import create_app
from app.katalog import lade
from app.settings import Settings
from app.store import BuildFehler


def main(
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
) -> None:
    """Serve ``build/aktuell``."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    t = lade("de")
    adresse = f"http://{host}:{port}"
    settings = Settings()
    if "adresse" not in settings.model_fields_set:
        settings = settings.model_copy(update={"adresse": adresse})
    try:
        app = create_app(settings)
    except BuildFehler as fehler:
        sys.exit(t(f"start.{fehler.grund}", ort=fehler.ort, einzelheit=fehler.einzelheit))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            sys.exit(t("start.adresse_belegt", adresse=adresse))
    sys.stdout.write(t("start.laeuft", adresse=adresse) + "\n")
    sys.stdout.flush()
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)


if __name__ == "__main__":
    typer.run(main)
