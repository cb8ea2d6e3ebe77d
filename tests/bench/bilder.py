"""Which growth curves there are; `bild.py` draws them in the environment of the benchmark."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from tests.bench.kurven import exponent, gerade
from tests.bench.messung import WIR, Reihe, Zahlen
from tests.bench.teile import bau, filterwechsel, load, server, speicher
from tests.bench.werkbank import VENV
from tests.conftest import WURZEL

ORDNER: Final = WURZEL / "docs" / "bilder"


@dataclass(frozen=True, slots=True)
class Kurve:
    """A quantity over the number of projects, drawn with its fit and its targets."""

    name: str
    titel: str
    groesse: str
    y: str
    ziele: Mapping[int, float]
    wer: str = WIR

    @property
    def datei(self) -> Path:
        """Where the picture lies."""
        return ORDNER / f"leistung-{self.name}.svg"


KURVEN: Final = (
    Kurve("build", "Build", bau.SEKUNDEN, "seconds", bau.SOLL),
    Kurve("memory-build", "Peak memory of a build", bau.SPITZE, "MiB", bau.SOLL_SPITZE_MIB),
    Kurve("index", "Index for the browser", bau.INDEX, "KiB in brotli", {}),
    Kurve("server", "Counts and first 100 on the server", server.WAND, "ms", server.SOLL_MS),
    Kurve("memory-worker", "Worker", speicher.PSS, "PSS, MiB", speicher.SOLL_MIB, speicher.ALLEIN),
    Kurve("filter", "Filter change", filterwechsel.DAUER, "ms", filterwechsel.SOLL_MS),
)
LAST: Final = ORDNER / "leistung-load.svg"


def zeichne(zahlen: Zahlen) -> None:
    """Draw all curves of which something was measured."""
    subprocess.run(
        [VENV / "python", Path(__file__).with_name("bild.py")],
        input=json.dumps(beschreibungen(zahlen)),
        text=True,
        check=True,
    )


def beschreibungen(zahlen: Zahlen) -> list[dict[str, Any]]:
    """Return what `bild.py` shall draw."""
    return [*_kurven(zahlen), *_last(zahlen)]


def vorhanden(zahlen: Zahlen) -> list[tuple[str, str]]:
    """Return title and file name of each picture that these figures give."""
    kurven = [(k.titel, k.datei.name) for k in KURVEN if len(_punkte(zahlen, k)) > 1]
    last = [("Memory under load", LAST.name)] if zahlen.reihe(load.SPEICHER, load.FALL) else []
    return kurven + last


def _punkte(zahlen: Zahlen, kurve: Kurve) -> list[tuple[int, Reihe]]:
    return zahlen.wachstum(kurve.groesse, kurve.wer)


def _kurven(zahlen: Zahlen) -> Iterator[dict[str, Any]]:
    for kurve in KURVEN:
        punkte = _punkte(zahlen, kurve)
        if len(punkte) < 2:
            continue
        yield {
            "datei": str(kurve.datei),
            "titel": kurve.titel,
            "verbunden": False,
            "x": "projects",
            "y": f"{kurve.titel}, {kurve.y}",
            "logarithmisch": True,
            "linien": [_linie("median, 5th and 95th percentile", punkte)],
            "fit": _fit([(n, r.median) for n, r in punkte]),
            "ziele": list(kurve.ziele.items()),
        }


def _linie(name: str, punkte: list[tuple[int, Reihe]]) -> dict[str, Any]:
    quantile = [np.percentile(r.werte, [5, 50, 95]) for _, r in punkte]
    return {
        "name": name,
        "x": [n for n, _ in punkte],
        "unten": [float(q[0]) for q in quantile],
        "y": [float(q[1]) for q in quantile],
        "oben": [float(q[2]) for q in quantile],
    }


def _fit(punkte: list[tuple[int, float]]) -> dict[str, Any]:
    """The straight line, as a curve in the logarithmic picture, and the exponent beside it."""
    linie = gerade(punkte)
    x = np.geomspace(punkte[0][0], punkte[-1][0], 60)
    y = np.maximum(linie.sockel + linie.je_stueck * x, 1e-3)
    formel = f"{linie.sockel:.3g} + {linie.je_stueck:.3g} · n"
    return {
        "name": f"{formel}   (all in all n^{exponent(punkte):.2f})",
        "punkte": [x.tolist(), y.tolist()],
    }


def _last(zahlen: Zahlen) -> Iterator[dict[str, Any]]:
    zeiten, mib = zahlen.reihe(load.ZEITEN, load.FALL), zahlen.reihe(load.SPEICHER, load.FALL)
    if zeiten is None or mib is None:
        return
    werte = list(mib.werte)
    yield {
        "datei": str(LAST),
        "titel": "Memory under load",
        "verbunden": True,
        "x": "minutes",
        "y": "PSS of all processes, MiB",
        "logarithmisch": False,
        "linien": [
            {"name": "all processes", "x": [z / 60 for z in zeiten.werte]}
            | dict.fromkeys(("unten", "y", "oben"), werte)
        ],
        "fit": None,
        "ziele": [],
    }
