"""The locations of the projects: 0..n rows a project, joined by ``projekt_id``.

A row with a name but no coordinate is a place that is named and not located: shown on the
Steckbrief, never on the map.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

import pandas as pd
import shapely

from layers import lage
from layers.befund import Befund, Code
from layers.tabellen import STANDORTE

_DATEI = STANDORTE.datei
_GENANNT = 10
"""Projects that a finding names."""


def pruefe(
    rahmen: pd.DataFrame,
    stadtgebiet: shapely.Geometry | None,
    gute: AbstractSet[str],
    alle: AbstractSet[str],
) -> list[Befund]:
    """Return the findings about rows of the raw table (index: line in the file).

    Parameters
    ----------
    stadtgebiet
        The area of the city in EPSG:25832, or None.
    gute, alle
        Ids of the projects that are published, and of all that were read.
    """
    return [
        *_verweise(rahmen, gute, alle),
        *_nichtssagende(rahmen),
        *lage.pruefe(rahmen, _DATEI, stadtgebiet),
        *_am_selben_ort(rahmen),
    ]


def _verweise(
    rahmen: pd.DataFrame, gute: AbstractSet[str], alle: AbstractSet[str]
) -> Iterator[Befund]:
    verweis = rahmen["projekt_id"]
    offen = verweis[(verweis != "") & ~verweis.isin(gute)]
    for zeile, wert in zip(offen.index, offen, strict=True):
        code = Code.PROJEKT_IN_QUARANTAENE if wert in alle else Code.PROJEKT_UNBEKANNT
        yield Befund(code, _DATEI, zeile=int(zeile), spalte="projekt_id", wert=wert)


def _nichtssagende(rahmen: pd.DataFrame) -> Iterator[Befund]:
    leer = (rahmen["bezeichnung"] == "") & (rahmen["lat"] == "") & (rahmen["lon"] == "")
    for zeile in rahmen.index[leer]:
        yield Befund(Code.PFLICHTFELD_LEER, _DATEI, zeile=int(zeile), spalte="bezeichnung")


def _am_selben_ort(rahmen: pd.DataFrame) -> Iterator[Befund]:
    """Return a finding for each coordinate that several projects have, at the first of them."""
    verortet = rahmen[(rahmen["lat"] != "") & (rahmen["lon"] != "")]
    mehrfach = verortet[verortet.duplicated(["lat", "lon"], keep=False)]
    for (lat, lon), gruppe in mehrfach.groupby(["lat", "lon"], sort=False):
        projekte = list(dict.fromkeys(gruppe["projekt_id"]))
        if len(projekte) > 1:
            yield Befund(
                Code.PROJEKTE_AM_ORT,
                _DATEI,
                zeile=int(gruppe.index[0]),
                spalte="lat",
                wert=f"{lat}, {lon}",
                werte={"anzahl": len(projekte), "projekte": ", ".join(projekte[:_GENANNT])},
            )


def nummern(rahmen: pd.DataFrame) -> "pd.Series[int]":
    """Return the number of each row within its project, from 1, in the order of the file.

    Counted over all rows, quarantined ones too: repairing one row does not rename another.
    """
    return rahmen.groupby("projekt_id", sort=False).cumcount() + 1
