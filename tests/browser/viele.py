"""An index of any number of invented projects, and a service that answers with it."""

import re
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from layers.spalten import Spalte, Spaltendatei, Steigend, packe

_WORTE: Final = ("hafen", "schule", "strasse", "grun", "brucke", "warme", "ubergang", "hof")
_WEITERGEREICHT: Final = ("Content-Type", "Content-Security-Policy")


def dateien(n: int, vorlage: Spaltendatei, saat: int = 17) -> dict[str, bytes]:
    """Return index and words of ``n`` invented projects, with the codes of a real index."""
    zufall = np.random.default_rng(saat)
    wort = zufall.integers(0, len(_WORTE), n)
    nummer = np.arange(n)
    beginn = zufall.integers(2008, 2022, n)
    projekt = np.repeat(nummer, zufall.choice([0, 1, 2], size=n, p=[0.15, 0.75, 0.1]))
    anzahl = len(projekt)
    spalten: dict[str, Spalte] = {
        "beginn": beginn,
        "ende": beginn + zufall.integers(0, 6, n),
        "standjahr": zufall.integers(2018, 2026, n),
        "id": [f"test-{i}" for i in range(n)],
        "nr": [str(i) for i in range(n)],
        "name": [f"Testprojekt {i} {_WORTE[w]}" for i, w in enumerate(wort)],
        "standort.projekt": Steigend(projekt),
        "standort.lon": 7_310_000 + zufall.integers(0, 260_000, anzahl),
        "standort.lat": 51_430_000 + zufall.integers(0, 160_000, anzahl),
        "standort.genauigkeit": zufall.integers(0, 4, anzahl),
        "standort.bezeichnung": [""] * anzahl,
    }
    for name, facette in vorlage.kopf["facetten"].items():
        mehrere = f"facette.{name}.start" in vorlage
        je = zufall.integers(1, 3, n) if mehrere else np.ones(n, dtype=np.int64)
        start = np.concatenate([[0], np.cumsum(je)])
        spalten[f"facette.{name}"] = zufall.integers(0, len(facette["codes"]), start[-1])
        if mehrere:
            spalten[f"facette.{name}.start"] = Steigend(start)
    spalten |= _raenge(spalten, nummer)
    return {
        "index": packe({**vorlage.kopf, "anzahl": n}, spalten),
        "suche": packe({"anzahl": n}, _worte(n, wort)),
    }


def _raenge(spalten: Mapping[str, Any], nummer: NDArray[np.int64]) -> dict[str, Spalte]:
    """Return the orders: groups of the list are runs of equal ranks."""
    start = spalten["facette.stadtbezirk.start"].werte
    raenge: dict[str, Spalte] = {
        "rang.name": Steigend(nummer + 1),
        "rang.nr": nummer + 1,
        "rang.stadtbezirk": spalten["facette.stadtbezirk"][start[:-1]] + 1,
        "rang.beginn": spalten["beginn"] - 2000,
        "rang.stand": spalten["standjahr"] - 2000,
    }
    for name in ("handlungsfeld", "projektfamilie", "generation", "status"):
        raenge[f"rang.{name}"] = spalten[f"facette.{name}"] + 1
    return raenge


def _worte(n: int, wort: NDArray[np.int64]) -> dict[str, Spalte]:
    """Return the posting lists of "Testprojekt 17 Hafen", numbers by their last four digits."""
    rest = np.arange(n) % 10_000
    listen = {"testprojekt": np.arange(n)}
    listen |= {text: np.flatnonzero(wort == w) for w, text in enumerate(_WORTE)}
    folge = np.argsort(rest, kind="stable")
    grenzen = np.searchsorted(rest[folge], np.arange(min(n, 10_000) + 1))
    for i, (von, bis) in enumerate(pairwise(grenzen)):
        listen[str(i)] = folge[von:bis]
    worte = sorted(listen)
    laengen = [len(listen[w]) for w in worte]
    return {
        "start": Steigend(np.concatenate([[0], np.cumsum(laengen)])),
        "zeilen": np.concatenate([listen[w] for w in worte]),
        "worte": worte,
    }


@contextmanager
def ausgetauscht(basis: str, dateien: Mapping[str, bytes]) -> Iterator[str]:
    """Stand before the service and answer for some of its assets, by their name without hash."""

    class Vermittler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            name = re.sub(r"^/assets/([a-z]+)\.[0-9a-f]+\.bin$", r"\1", self.path)
            rumpf = dateien.get(name)
            kopf = {"Content-Type": "application/octet-stream"}
            if rumpf is None:
                with urllib.request.urlopen(basis + self.path) as antwort:  # noqa: S310
                    rumpf = antwort.read()
                    kopf = {feld: antwort.headers[feld] for feld in _WEITERGEREICHT}
            self.send_response(200)
            for feld, wert in {**kopf, "Content-Length": str(len(rumpf))}.items():
                self.send_header(feld, wert)
            self.end_headers()
            self.wfile.write(rumpf)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Vermittler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
