"""Facet counts and the first 100 projects of any state, computed anew each time."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

import numpy as np
from fastapi import FastAPI, Request
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.anfrage import Kontext, dienst, kontext
from app.anwendung import create_app
from app.postgis.laden import veroeffentliche
from app.routes.api import _json
from app.settings import Settings
from app.state import Abfrage, parse
from app.store import AKTUELL, Snapshot
from tests.bench.messung import Reihe, Zahlen, Ziel
from tests.bench.seitenteile import gross, tabelle
from tests.bench.werkbank import Werkbank, konsole
from tests.faelle.zustaende import abfragen, punkte
from tests.postgis.server import FEHLT, datenbank, neuer_server, ordner_des_servers

TITEL: Final = "Facet counts and the first 100 projects, on the server"
WAND: Final = "server: ms"
WAND_DATENBANK: Final = "server, PostGIS: ms"
SOLL_MS: Final = {237: 1, 100_000: 5, 1_000_000: 40}
ZUSTAENDE: Final = {237: 1000, 10_000: 600, 100_000: 400, 1_000_000: 150}
"""Number of projects → random states of the case table."""
ZUSTAENDE_DATENBANK: Final = 200
VERSUCHE: Final = 3
"""The fastest counts: what is slower was the machine's other work, not the state's."""


def miss(bank: Werkbank) -> None:
    """Measure random states of the case table at every size but the largest."""
    for n in (237, 10_000, 100_000):
        if not bank.kurz or n < 10_000:
            miss_groesse(bank, n)
    for n in (237, 100_000):
        if not bank.kurz or n < 10_000:
            miss_datenbank(bank, n)


def miss_groesse(bank: Werkbank, n: int) -> None:
    """Measure ``n`` projects in this process, without HTTP."""
    konsole.print(f"  {n} projects")
    dauern = dauern_ms(bank.build(n), 20 if bank.kurz else ZUSTAENDE[n])
    bank.merke(WAND, str(n), dauern)


def miss_datenbank(bank: Werkbank, n: int) -> None:
    """Measure the same states of ``n`` projects out of PostgreSQL with PostGIS."""
    if FEHLT:
        bank.bemerke(f"PostGIS: {FEHLT}.")
        return
    konsole.print(f"  {n} projects in PostgreSQL")
    build = bank.build(n)
    with ordner_des_servers() as ordner:
        server = neuer_server(ordner / "daten")
        try:
            adresse = datenbank(server, "karte")
            veroeffentliche(adresse, (build / AKTUELL).resolve(), schritt=lambda _: None)
            fern = Settings(datenquelle=adresse)
            anzahl = 20 if bank.kurz else ZUSTAENDE_DATENBANK
            bank.merke(WAND_DATENBANK, str(n), dauern_ms(build, anzahl, fern))
        finally:
            server.halte()


def dauern_ms(build: Path, anzahl: int, quelle: Settings | None = None) -> list[float]:
    """Return milliseconds of the complete JSON answer for each state, none of them kept.

    ``quelle``: the settings of a service that has the same build from somewhere else.
    """
    zustaende = _zustaende(_kontext(Settings(build_dir=build)).stand.snapshot, anzahl)
    k = _kontext(quelle or Settings(build_dir=build))
    for abfrage in zustaende[:5]:
        _json(k, abfrage, 100, 0)
    dauern = [min(_dauer_ms(k, abfrage) for _ in range(VERSUCHE)) for abfrage in zustaende]
    dienst(k.request).store.quelle.schliesse()
    return dauern


def _kontext(settings: Settings) -> Kontext:
    return kontext(_anfrage(create_app(settings)))


def _dauer_ms(k: Kontext, abfrage: Abfrage) -> float:
    beginn = time.perf_counter()
    _json(k, abfrage, 100, 0)
    return (time.perf_counter() - beginn) * 1000


def _anfrage(app: FastAPI) -> Request:
    return Request(
        {
            "type": "http",
            "method": "GET",
            "path": "/api/projekte",
            "query_string": b"",
            "headers": [],
            "app": app,
        }
    )


def _zustaende(snapshot: Snapshot, anzahl: int) -> list[Abfrage]:
    """Return random states, as the case table draws them, with places and radii among them."""
    gesammelt: list[Abfrage] = []

    @settings(max_examples=anzahl, phases=[Phase.generate], deadline=None, derandomize=True)
    @given(abfragen(snapshot), st.none() | st.tuples(punkte(), st.none() | st.integers(100, 9000)))
    def sammle(abfrage: Abfrage, nahe: tuple[object, int | None] | None) -> None:
        query = abfrage.query().removeprefix("?")
        if nahe:
            query += f"&nahe={nahe[0]}" + (f"&umkreis={nahe[1]}" if nahe[1] else "")
        gesammelt.append(parse(parse_qsl(query), snapshot.index.codes)[0])

    sammle()
    return gesammelt


def zeige(zahlen: Zahlen) -> Iterator[str]:
    """Yield the table by size: median, 99th percentile and slowest state."""
    zeilen = [
        (gross(n), wo, str(len(reihe.werte)), *(f"{ms:.2f}" for ms in _quantile(reihe)))
        for wo, groesse in (("own index", WAND), ("PostGIS", WAND_DATENBANK))
        for n, reihe in zahlen.wachstum(groesse)
    ]
    kopf = ("projects", "out of", "states", "median, ms", "p99, ms", "slowest, ms")
    yield from tabelle(kopf, zeilen)
    yield (
        "\nThe whole answer of `/api/projekte?limit=100` as bytes, every state computed anew, in "
        "one process and without HTTP. The states are random ones of the case table "
        "(`tests/faelle`): facets, text, years, bounding boxes, radii, every order. Of each the "
        f"fastest of {VERSUCHE} counts. PostGIS: a server of its own on this machine, 64 MB of "
        "`shared_buffers`; an answer is several questions."
    )


def _quantile(reihe: Reihe) -> list[float]:
    return [float(ms) for ms in np.percentile(reihe.werte, [50, 99, 100])]


def ziele(zahlen: Zahlen) -> Iterator[Ziel]:
    """Yield the 99th percentile by size: the target is meant for any filter."""
    for n, soll in SOLL_MS.items():
        reihe = zahlen.reihe(WAND, str(n))
        was = f"facet counts and first 100 items on the server, {gross(n)} projects, p99 of states"
        if reihe is None:
            yield Ziel(was, f"≤ {soll} ms", "", None)
            continue
        p50, p99 = np.percentile(reihe.werte, [50, 99])
        yield Ziel(was, f"≤ {soll} ms", f"{p99:.1f} ms (median {p50:.1f})", bool(p99 <= soll))
