"""Compare the Stadtbezirk that a source states with the one in which the point lies."""

from typing import Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from layers.befund import Befund, Code
from layers.raumbezug import GENERALISIERUNG_M
from layers.stadtbezirke import UEBERGREIFEND
from layers.tabellen import STANDORTE, Tabelle

_SPALTE: Final = "stadtbezirk"
_SPALTE_PROJEKT: Final = "stadtbezirke"


def abweichungen(
    rahmen: gpd.GeoDataFrame,
    genannt: NDArray[np.object_],
    flaechen: gpd.GeoDataFrame,
    tabelle: Tabelle,
) -> list[Befund]:
    """Return a finding for every point that lies in none of the Stadtbezirke stated for it.

    A point that misses a stated district by no more than the borders were generalised, and a
    project of the whole city, agree.

    Parameters
    ----------
    rahmen
        Points in EPSG:25832 with ``zeile`` and ``bezirk`` (computed, ``""`` = outside).
    genannt
        The stated codes of every row, as tuples.
    flaechen
        The Stadtbezirke: ``code``, geometry.
    """
    umrisse = dict(zip(flaechen["code"], flaechen.geometry.to_numpy(), strict=True))
    punkte = rahmen.geometry.to_numpy()
    zeilen, bezirke = rahmen["zeile"].to_numpy(), rahmen["bezirk"].to_numpy(dtype=object)
    befunde = []
    for i, codes in enumerate(genannt):
        if not codes or not bezirke[i] or bezirke[i] in codes or UEBERGREIFEND in codes:
            continue
        eigene = [umrisse[code] for code in codes if umrisse.get(code) is not None]
        abstand = shapely.distance(np.array(eigene, dtype=object), punkte[i]).min(initial=np.inf)
        if abstand > GENERALISIERUNG_M:
            befunde.append(
                Befund(
                    Code.STADTBEZIRK_ABWEICHEND,
                    tabelle.datei,
                    zeile=int(zeilen[i]),
                    spalte=_SPALTE_PROJEKT if tabelle is STANDORTE else _SPALTE,
                    wert="|".join(codes),
                    werte={"berechnet": bezirke[i], "id": str(rahmen["id"].iloc[i])},
                )
            )
    return befunde
