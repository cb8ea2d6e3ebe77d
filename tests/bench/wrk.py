"""wrk, and what its report says."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypedDict, Unpack

from tests.bench.prozesse import KUNDEN_KERNE, taskset

_ANZAHL: Final = re.compile(r"(\d+) requests in")
_RATE: Final = re.compile(r"Requests/sec:\s+([\d.]+)")
_QUANTIL: Final = re.compile(r"(50|99)%\s+([\d.]+)(us|ms|s|m)\b")
_ABBRUCH: Final = re.compile(
    r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)"
)
_STATUS: Final = re.compile(r"Non-2xx or 3xx responses: (\d+)")
_MILLISEKUNDEN: Final = {"us": 1e-3, "ms": 1.0, "s": 1e3, "m": 6e4}


@dataclass(frozen=True, slots=True)
class Antworten:
    """What came back: answers, failed ones, answers per second, latencies in milliseconds."""

    anzahl: int
    schlecht: int
    rate: float
    p50: float
    p99: float


def deute(bericht: str) -> Antworten:
    """Read a report of ``wrk --latency``.

    Raises
    ------
    RuntimeError
        It is no such report.
    """
    anzahl, rate = _ANZAHL.search(bericht), _RATE.search(bericht)
    quantile = {q: float(zahl) * _MILLISEKUNDEN[e] for q, zahl, e in _QUANTIL.findall(bericht)}
    if anzahl is None or rate is None or quantile.keys() != {"50", "99"}:
        raise RuntimeError(bericht)
    abbrueche, status = _ABBRUCH.search(bericht), _STATUS.search(bericht)
    schlecht = sum(map(int, abbrueche.groups())) if abbrueche else 0
    schlecht += int(status[1]) if status else 0
    return Antworten(int(anzahl[1]), schlecht, float(rate[1]), quantile["50"], quantile["99"])


def wrk(
    url: str,
    sekunden: int,
    *,
    verbindungen: int = 16,
    kopf: str = "",
    skript: Path | None = None,
) -> Antworten:
    """Ask one server as fast as it goes, from a core of its own, over kept connections.

    Parameters
    ----------
    kopf
        One more header line.
    skript
        A Lua script that says what is asked instead of ``url``.
    """
    befehl = ["wrk", "-t1", f"-c{verbindungen}", f"-d{sekunden}s", "--timeout", "60s", "--latency"]
    if kopf:
        befehl += ["-H", kopf]
    if skript:
        befehl += ["-s", str(skript)]
    lauf = subprocess.run(
        [*taskset(KUNDEN_KERNE), *befehl, url], capture_output=True, text=True, check=True
    )
    return deute(lauf.stdout)


class Last(TypedDict, total=False):
    """How `wrk` asks, where that is not as usual."""

    verbindungen: int
    kopf: str
    skript: Path | None


def fehlerlos(url: str, sekunden: int, **wie: Unpack[Last]) -> Antworten:
    """Ask as `wrk` does, of a server from which only good answers count.

    Raises
    ------
    RuntimeError
        An answer failed or none came, so the figures would mean nothing.
    """
    antworten = wrk(url, sekunden, **wie)
    if antworten.schlecht or not antworten.anzahl:
        raise RuntimeError(f"{url}: {antworten}")
    return antworten
