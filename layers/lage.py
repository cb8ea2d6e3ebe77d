"""Where something lies: the checks that every table with coordinates shares."""

from collections.abc import Iterator
from typing import Final

import numpy as np
import pandas as pd
import shapely

from layers.befund import Befund, Code
from layers.raumbezug import (
    GENERALISIERUNG_M,
    Zahlen,
    geodaete_km,
    grenzabstand_m,
    nach_utm,
)
from layers.tabellen import Art
from layers.zellen import grad, je_wert

UMLAND_M: Final = 5000.0
"""How far beyond the border a place may lie: Hof Emschertal stands in Castrop-Rauxel."""
GENAU: Final = frozenset({"adresse", "platz"})
"""``lagegenauigkeit`` that allows to measure distances; anything wider is approximate."""


def pruefe(rahmen: pd.DataFrame, datei: str, stadtgebiet: shapely.Geometry | None) -> list[Befund]:
    """Return the findings about the coordinates of a raw table.

    Parameters
    ----------
    rahmen
        Raw table with the columns lat, lon (degrees, WGS84) and lagegenauigkeit.
    stadtgebiet
        The area of the city in EPSG:25832; None if no border is known, then nothing is said
        about places outside.
    """
    lat = je_wert(rahmen["lat"], lambda text: grad(text, Art.LAT)).astype("float64")
    lon = je_wert(rahmen["lon"], lambda text: grad(text, Art.LON)).astype("float64")
    befunde = [*_vollstaendigkeit(rahmen, datei)]
    if stadtgebiet is not None and len(rahmen):
        befunde += _gegend(rahmen, datei, stadtgebiet, lat, lon)
    return befunde


def _vollstaendigkeit(rahmen: pd.DataFrame, datei: str) -> Iterator[Befund]:
    ohne_lat, ohne_lon = rahmen["lat"] == "", rahmen["lon"] == ""
    for zeile in rahmen.index[ohne_lat & ~ohne_lon]:
        yield Befund(Code.KOORDINATE_UNVOLLSTAENDIG, datei, zeile=int(zeile), spalte="lat")
    for zeile in rahmen.index[ohne_lon & ~ohne_lat]:
        yield Befund(Code.KOORDINATE_UNVOLLSTAENDIG, datei, zeile=int(zeile), spalte="lon")
    for zeile in rahmen.index[ohne_lat & ohne_lon]:
        yield Befund(Code.LAGE_FEHLT, datei, zeile=int(zeile), spalte="lat")
    ungenannt = ~ohne_lat & ~ohne_lon & (rahmen["lagegenauigkeit"] == "")
    for zeile in rahmen.index[ungenannt]:
        yield Befund(Code.LAGEGENAUIGKEIT_FEHLT, datei, zeile=int(zeile), spalte="lagegenauigkeit")


def _gegend(
    rahmen: pd.DataFrame, datei: str, stadtgebiet: shapely.Geometry, lat: Zahlen, lon: Zahlen
) -> Iterator[Befund]:
    zeilen = rahmen.index.to_numpy()
    abstand = grenzabstand_m(stadtgebiet, nach_utm(lon, lat))
    verortet = np.isfinite(lat) & np.isfinite(lon)
    for i in np.flatnonzero(verortet & (abstand > GENERALISIERUNG_M) & (abstand <= UMLAND_M)):
        yield Befund(
            Code.LAGE_AUSSERHALB,
            datei,
            zeile=int(zeilen[i]),
            spalte="lat",
            wert=f"{lat[i]}, {lon[i]}",
            werte={"entfernung_m": round(abstand[i])},
        )
    fern = np.flatnonzero(verortet & (abstand > UMLAND_M))
    for i in fern:
        yield Befund(
            Code.LAGE_FERN,
            datei,
            zeile=int(zeilen[i]),
            spalte="lat",
            wert=f"{lat[i]}, {lon[i]}",
            werte={"entfernung_km": round(geodaete_km(stadtgebiet, lon[i], lat[i]))},
        )
