"""A portal on the loopback that answers what a test wants, and exports to answer with."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from layers.einstellungen import Einstellungen
from layers.raumbezug import nach_wgs84

WURZEL = Path(__file__).parents[2]
REFERENZ = WURZEL.parent / "shared" / "referenz" / "statistische_bezirke_opendata.geojson"
STAND = "2026-03-01"
GEOJSON = "application/geo+json; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Antwort:
    """One answer; ``laenge`` None sends no Content-Length, ``stocken`` waits before each piece."""

    koerper: bytes = b""
    status: int = 200
    kopf: Mapping[str, str] = field(default_factory=lambda: {"Content-Type": GEOJSON})
    laenge: int | None = -1
    stocken_s: float = 0.0
    stueck: int = 1 << 20
    kopf_tropft: bool = False


@dataclass
class Portal:
    """What was asked, and what comes next; the last answer repeats."""

    adresse: str
    antworten: list[Antwort] = field(default_factory=list)
    anfragen: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    zu: threading.Event = field(default_factory=threading.Event)

    def naechste(self) -> Antwort:
        return self.antworten[min(len(self.anfragen), len(self.antworten)) - 1]

    def einstellungen(self, **werte: Any) -> Einstellungen:
        schnell = {"opendata_pause_s": 0.01, "opendata_antwort_s": 5.0, "opendata_versuche": 3}
        return Einstellungen(**{"opendata_adresse": self.adresse, **schnell, **werte})


@contextmanager
def oeffne() -> Iterator[Portal]:
    """Run a portal for as long as the block."""
    portal = Portal("")

    class Behandlung(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            portal.anfragen.append((self.path, dict(self.headers.items())))
            try:
                sende(self, portal.naechste(), portal.zu)
            except ConnectionError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Behandlung)
    portal.adresse = f"http://127.0.0.1:{server.server_port}"
    faden = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    faden.start()
    try:
        yield portal
    finally:
        portal.zu.set()
        server.shutdown()
        faden.join()
        server.server_close()


def sende(behandlung: BaseHTTPRequestHandler, antwort: Antwort, zu: threading.Event) -> None:
    if antwort.kopf_tropft:
        behandlung.wfile.write(b"HTTP/1.0 200 OK\r\nX-Tropfen: ")
        while not zu.wait(0.05):
            behandlung.wfile.write(b".")
        return
    behandlung.send_response(antwort.status)
    for name, wert in antwort.kopf.items():
        behandlung.send_header(name, wert)
    if antwort.laenge is not None:
        laenge = len(antwort.koerper) if antwort.laenge < 0 else antwort.laenge
        behandlung.send_header("Content-Length", str(laenge))
    behandlung.end_headers()
    for anfang in range(0, len(antwort.koerper), antwort.stueck):
        if antwort.stocken_s and zu.wait(antwort.stocken_s):
            return
        behandlung.wfile.write(antwort.koerper[anfang : anfang + antwort.stueck])
        behandlung.wfile.flush()


def export(geodata: Path, versatz_m: float = 3.0) -> dict[str, Any]:
    """Return an export in the city's form: the districts in use, each vertex moved by itself."""
    bezirke = pd.read_csv(geodata / "statistische_bezirke.csv", dtype=str)
    zufall = np.random.default_rng(62)

    def verschoben(wkt: str) -> shapely.Geometry:
        ecken = shapely.get_coordinates(shapely.from_wkt(wkt))[:-1]
        return shapely.Polygon(ecken + zufall.uniform(-versatz_m, versatz_m, ecken.shape))

    grad = nach_wgs84(np.array([verschoben(wkt) for wkt in bezirke["wkt_epsg25832"]]))
    zeilen = zip(bezirke["nr"], bezirke["name"], grad, strict=True)
    return {"type": "FeatureCollection", "features": [feature(*zeile) for zeile in zeilen]}


def feature(nr: str, name: str, umriss: shapely.Geometry) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": json.loads(shapely.to_geojson(umriss)),
        "properties": {
            "geographische_koordinaten": {"lon": 7.4, "lat": 51.5},
            "statistischer_bezirk_nr": nr,
            "statistischer_bezirk": name,
            "erstelldatum": None,
            "upload_am": STAND,
            "kommune": "Dortmund",
        },
    }


def dateien(geodata: Path) -> dict[str, bytes]:
    """Return every file of a folder with its bytes."""
    return {str(p.relative_to(geodata)): p.read_bytes() for p in geodata.rglob("*") if p.is_file()}


def warte_bis(bedingung: Callable[[], bool], sekunden: float = 5.0) -> bool:
    ende = time.monotonic() + sekunden
    while not bedingung() and time.monotonic() < ende:
        time.sleep(0.01)
    return bedingung()
