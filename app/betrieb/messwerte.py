"""Metrics for Prometheus, added up over all processes.

The library decides when it is imported whether its values lie in files that all processes share;
so this module is imported only after `app.betrieb.dienst` has named their folder.
"""

import os
from collections.abc import Iterable
from datetime import datetime
from socket import socket
from typing import Any, Final
from wsgiref.simple_server import WSGIRequestHandler

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, make_wsgi_app
from prometheus_client.exposition import ThreadingWSGIServer
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from app.anfrage import Dienst
from app.store import Snapshot

PFAD: Final = "/metrics"
METHODEN: Final = frozenset({"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"})
_STUFEN: Final = (0.001, 0.005, 0.02, 0.1, 0.5, 1.0, 5.0, 20.0)
"""Seconds: from ready bytes to the longest that a document may take."""
_SCHWERE: Final = {"fehler": "Fehler", "warnungen": "Warnung", "hinweise": "Hinweis"}


class Messwerte:
    """The metrics of one process; labels never hold what a visitor wrote."""

    def __init__(self) -> None:
        r = CollectorRegistry()
        self._anfragen = Counter(
            "nordwaerts_requests",
            "Requests by route template, method and status",
            ("route", "method", "status"),
            registry=r,
        )
        self._dauer = Histogram(
            "nordwaerts_request_duration_seconds",
            "Time until the answer was handed over, by route template",
            ("route",),
            buckets=_STUFEN,
            registry=r,
        )
        self._nachschlagen = Counter(
            "nordwaerts_cache_lookups",
            "Look-ups in the kept answers and documents",
            ("cache", "result"),
            registry=r,
        )
        self._wechsel = Counter("nordwaerts_build_switches", "Builds taken over", registry=r)
        self.in_arbeit = _summe(r, "nordwaerts_requests_in_progress", "Requests being answered")
        self._druckerei = _summe(
            r, "nordwaerts_documents_in_progress", "Documents being made or waiting for it"
        )
        self._build = _summe(
            r, "nordwaerts_build_workers", "Processes that serve a build", "build", "stand"
        )
        self._erstellt = _stand(
            r, "nordwaerts_build_created_timestamp_seconds", "When the served build was made"
        )
        self._projekte = _stand(r, "nordwaerts_projects", "Projects in the served build")
        self._befunde = _stand(
            r, "nordwaerts_findings", "Findings of the served build by severity", "severity"
        )
        self._quarantaene = _stand(
            r,
            "nordwaerts_quarantined_rows",
            "Rows of the sources that the served build holds back",
        )
        self._uebernommen: dict[tuple[str, str], int] = {}
        self._gezeigt: Snapshot | None = None

    def anfrage(self, route: str, methode: str, status: int, sekunden: float) -> None:
        """Count one answered request."""
        methode = methode if methode in METHODEN else "other"
        self._anfragen.labels(route, methode, str(status)).inc()
        self._dauer.labels(route).observe(sekunden)

    def uebernimm(self, dienst: Dienst) -> None:
        """Copy what the application counts itself."""
        for name, speicher in (("answers", dienst.speicher), ("documents", dienst.druckerei)):
            self._zaehle(name, "hit", speicher.treffer)
            self._zaehle(name, "miss", speicher.fehlgriffe)
        self._druckerei.set(dienst.druckerei.in_arbeit)
        snapshot = dienst.store.stand.snapshot
        if snapshot is not self._gezeigt:
            self._zeige(snapshot)

    def _zaehle(self, speicher: str, ergebnis: str, stand: int) -> None:
        neu = stand - self._uebernommen.get((speicher, ergebnis), 0)
        self._uebernommen[speicher, ergebnis] = stand
        self._nachschlagen.labels(speicher, ergebnis).inc(neu)

    def _zeige(self, snapshot: Snapshot) -> None:
        if self._gezeigt is not None:
            self._build.labels(self._gezeigt.id, self._gezeigt.stand).set(0)
            self._wechsel.inc()
        self._build.labels(snapshot.id, snapshot.stand).set(1)
        self._erstellt.set(datetime.fromisoformat(snapshot.erstellt).timestamp())
        self._projekte.set(snapshot.zahlen["projekte"])
        self._quarantaene.set(snapshot.zahlen["quarantaene"])
        for name, schwere in _SCHWERE.items():
            self._befunde.labels(schwere).set(snapshot.zahlen[name])
        self._gezeigt = snapshot


def _summe(registry: CollectorRegistry, name: str, sagt: str, *labels: str) -> Gauge:
    """Return a gauge whose values of all living processes are added."""
    return Gauge(name, sagt, labels, registry=registry, multiprocess_mode="livesum")


def _stand(registry: CollectorRegistry, name: str, sagt: str, *labels: str) -> Gauge:
    """Return a gauge of which the newest value of any living process holds."""
    return Gauge(name, sagt, labels, registry=registry, multiprocess_mode="livemostrecent")


def vergiss(pid: int) -> None:
    """Take what a process that has ended still seems to be doing out of the sums."""
    mark_process_dead(pid)  # type: ignore[no-untyped-call]


class _Still(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: whoever asks every few seconds would fill the log."""


def serviere(steckdose: socket) -> None:
    """Answer ``/metrics`` until the process that started this one is gone."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    metrics: Any = make_wsgi_app(registry)

    def nur_metrics(umgebung: dict[str, Any], antworte: Any) -> Iterable[bytes]:  # noqa: ANN401
        if umgebung["PATH_INFO"] == PFAD:
            antwort: Iterable[bytes] = metrics(umgebung, antworte)
            return antwort
        antworte("404 Not Found", [("Content-Type", "text/plain")])
        return [b""]

    steckdose.setblocking(True)
    server = ThreadingWSGIServer(steckdose.getsockname()[:2], _Still, bind_and_activate=False)
    server.socket.close()
    server.socket = steckdose
    server.server_name, server.server_port = "metrics", steckdose.getsockname()[1]
    server.setup_environ()
    server.set_app(nur_metrics)
    server.timeout = 1.0
    eltern = os.getppid()
    while os.getppid() == eltern:
        server.handle_request()
