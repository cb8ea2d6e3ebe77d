"""``build_map.py publish``: a build into PostgreSQL, for services on any number of machines."""

import time
from pathlib import Path
from typing import Annotated

import typer

from app.kommando.ausgabe import ende, konsole, t
from app.kommando.bauen import BUILD
from app.zugang import ohne_zugang


def publish(
    to: Annotated[str, typer.Option(help="Datenbank, postgresql://rolle:passwort@rechner/name")],
    ziel: Annotated[Path, typer.Option(help="Ordner der Builds")] = BUILD,
    build: Annotated[str, typer.Option(help="Build (sonst: der veröffentlichte)")] = "",
    behalten: Annotated[
        int, typer.Option(min=1, max=100, help="Wie viele Builds in der Datenbank bleiben")
    ] = 3,
) -> None:
    """Einen Build in eine PostgreSQL-Datenbank laden und auf ihn umschalten."""
    # imported here: the database driver takes a moment
    import psycopg  # noqa: PLC0415

    from app.postgis.laden import FremdeFassung, veroeffentliche  # noqa: PLC0415
    from app.store import AKTUELL, BuildFehler  # noqa: PLC0415

    beginn = time.monotonic()
    ordner = ziel / (build or AKTUELL)
    ort = ohne_zugang(to)
    if not to.startswith(("postgresql://", "postgres://")):
        ende(t("publish.adresse", ort=ort), code=2)
    try:
        with konsole.status("") as anzeige:
            fertig = veroeffentliche(
                to,
                ordner.resolve(),
                behalten=behalten,
                schritt=lambda name: anzeige.update(t(f"publish.schritt.{name}")),
            )
    except BuildFehler as fehler:
        ende(t(f"start.{fehler.grund}", ort=ordner, einzelheit=fehler.einzelheit))
    except FremdeFassung as fehler:
        ende(t("start.datenbank-fassung", ort=ort, einzelheit=fehler))
    except psycopg.Error as fehler:
        ende(t("publish.datenbank", ort=ort, einzelheit=ohne_zugang(str(fehler).strip())))
    sekunden = round(time.monotonic() - beginn)
    key = "publish.fertig" if fertig.neu else "publish.umgeschaltet"
    konsole.print(
        t(key, build=fertig.id, ort=ort, projekte=fertig.projekte, sekunden=sekunden), markup=False
    )
    if fertig.entfernt:
        konsole.print(t("publish.entfernt", builds=", ".join(fertig.entfernt)), markup=False)
