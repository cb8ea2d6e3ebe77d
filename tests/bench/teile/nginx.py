"""The whole layer of 237 projects, compressed, against nginx with the same bytes."""

import urllib.request
from collections.abc import Iterator
from functools import partial
from typing import Final

from app.store import AKTUELL
from tests.bench.messung import WIR, Zahlen, Ziel, abwechselnd
from tests.bench.prozesse import prozessorzeit, unser
from tests.bench.seitenteile import tabelle
from tests.bench.statisch import AUFBAU, fassung, nginx
from tests.bench.werkbank import Werkbank, konsole
from tests.bench.wrk import Antworten, fehlerlos

TITEL: Final = "Whole layer of 237 projects, compressed"
RATE: Final = "layer: requests/s"
P99: Final = "layer: p99, ms"
JE_KERN: Final = "layer: requests per second of processor time"
NGINX: Final = "nginx"
PFAD: Final = "/daten/projekte.geojson"
VERBINDUNGEN: Final = 16


def miss(bank: Werkbank) -> None:
    """Measure both encodings in turns with nginx."""
    build = bank.build(237)
    bank.aufbau(f"nginx {fassung()} (Debian): {AUFBAU}. Ours: `python -m app`, one worker.")
    with unser(build) as (basis, wir), nginx(build / AKTUELL, PFAD) as (fremd, er):
        for kodierung in ("br", "gzip"):
            konsole.print(f"  {kodierung}")
            if _hole(basis, kodierung) != _hole(fremd, kodierung):
                raise RuntimeError("not the same bytes")
            messungen = [
                partial(_miss, adresse, kodierung, bank.dauer(4), pid)
                for adresse, pid in ((basis, wir.pid), (fremd, er.pid))
            ]
            laeufe = abwechselnd(messungen, bank.runden(5), messungen)
            for wer, ergebnisse in zip((WIR, NGINX), laeufe, strict=True):
                bank.merke(RATE, kodierung, [a.rate for a, _ in ergebnisse], wer)
                bank.merke(P99, kodierung, [a.p99 for a, _ in ergebnisse], wer)
                bank.merke(JE_KERN, kodierung, [je for _, je in ergebnisse], wer)


def _hole(basis: str, kodierung: str) -> bytes:
    anfrage = urllib.request.Request(basis + PFAD, headers={"Accept-Encoding": kodierung})  # noqa: S310
    with urllib.request.urlopen(anfrage, timeout=20) as antwort:  # noqa: S310
        if antwort.headers["Content-Encoding"] != kodierung:
            raise RuntimeError(f"{basis} does not know {kodierung}")
        inhalt: bytes = antwort.read()
    return inhalt


def _miss(basis: str, kodierung: str, sekunden: int, pid: int) -> tuple[Antworten, float]:
    vorher = prozessorzeit(pid)
    kopf = f"Accept-Encoding: {kodierung}"
    antworten = fehlerlos(basis + PFAD, sekunden, verbindungen=VERBINDUNGEN, kopf=kopf)
    return antworten, antworten.anzahl / max(prozessorzeit(pid) - vorher, 0.01)


def zeige(zahlen: Zahlen) -> Iterator[str]:
    """Yield the table of both servers."""
    kopf = ("encoding", "server", "requests/s", "p99, ms", "requests per s of processor time")
    zeilen = []
    for kodierung in zahlen.faelle(RATE):
        for wer in zahlen.wer(RATE):
            reihen = (zahlen.reihe(g, kodierung, wer) for g in (RATE, P99, JE_KERN))
            rate, p99, je = (r for r in reihen if r)
            zeilen.append((kodierung, wer, rate.text(".0f"), p99.text(".2f"), je.text(".0f")))
    yield from tabelle(kopf, zeilen)
    yield f"\n`{PFAD}`, the same bytes from both, wrk with {VERBINDUNGEN} connections."


def ziele(zahlen: Zahlen) -> Iterator[Ziel]:
    """Yield the target for each encoding."""
    for kodierung in zahlen.faelle(RATE):
        wir, er = zahlen.reihe(RATE, kodierung), zahlen.reihe(RATE, kodierung, NGINX)
        if wir and er:
            anteil = wir.durch(er)
            was = f"whole layer of 237, {kodierung}, against nginx: requests/s"
            yield Ziel(was, "≥ 0.5 ×", anteil.text(".2f") + " ×", anteil.median >= 0.5)
