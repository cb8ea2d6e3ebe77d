"""The districts: 62 statistical ones as shipped, the 12 Stadtbezirke dissolved from them."""

from collections.abc import Iterator
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers.befund import Befund, Code
from layers.raumbezug import UTM32, Geometrien
from layers.tabellen import STATISTISCHE_BEZIRKE
from layers.zellen import je_wert

UEBERGREIFEND: Final = "stadtbezirksuebergreifend"
"""Code of projects that belong to the whole city: no district, no area."""
_DATEI: Final = STATISTISCHE_BEZIRKE.datei
_FLAECHENTYPEN: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_ABWEICHUNG: Final = 0.03
"""Part of the stated area by which generalising may change a district."""
_M2_JE_HA: Final = 10_000.0
_GRAD_GRENZE: Final = 360.0
_SPALT_M: Final = 10.0
"""Up to this width a slit between two districts is a gap, not a bay of the city's border."""


def pruefe(rahmen: pd.DataFrame) -> list[Befund]:
    """Return the findings about the outlines of the raw table (index: line in the file)."""
    gefuellt = rahmen[rahmen["wkt_epsg25832"] != ""]
    with np.errstate(over="ignore"):  # 1e999 is no coordinate, and found to be none below
        umrisse = shapely.from_wkt(
            gefuellt["wkt_epsg25832"].to_numpy(dtype=object), on_invalid="ignore"
        )
    gut = _ist_flaeche(umrisse)
    in_grad = gut & (np.abs(shapely.bounds(umrisse)).max(axis=1, initial=0.0) <= _GRAD_GRENZE)
    befunde = [
        Befund(code, _DATEI, zeile=int(zeile), spalte="wkt_epsg25832")
        for code, maske in (
            (Code.GEOMETRIE_UNGUELTIG, ~gut),
            (Code.GEOMETRIE_BEZUGSSYSTEM, in_grad),
        )
        for zeile in gefuellt.index[maske]
    ]
    return [*befunde, *_groessen(gefuellt[gut & ~in_grad], umrisse[gut & ~in_grad])]


def _ist_flaeche(umrisse: Geometrien) -> NDArray[np.bool_]:
    gut: NDArray[np.bool_] = (
        np.isin(shapely.get_type_id(umrisse), _FLAECHENTYPEN)
        & ~shapely.is_empty(umrisse)
        & shapely.is_valid(umrisse)
    )
    return gut


def _groessen(rahmen: pd.DataFrame, umrisse: Geometrien) -> Iterator[Befund]:
    genannt = je_wert(rahmen["flaeche_ha"], _hektar).astype("float64")
    gemessen = shapely.area(umrisse) / _M2_JE_HA
    zeilen = rahmen.index.to_numpy()
    for i in np.flatnonzero(np.abs(gemessen - genannt) > _ABWEICHUNG * genannt):
        yield Befund(
            Code.FLAECHE_ABWEICHEND,
            _DATEI,
            zeile=int(zeilen[i]),
            spalte="flaeche_ha",
            wert=rahmen["flaeche_ha"].iloc[i],
            werte={"gemessen_ha": round(float(gemessen[i]), 1)},
        )


def _hektar(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def stadtgebiet(bezirke: pd.DataFrame) -> shapely.Geometry | None:
    """Return the area of the city (EPSG:25832) from the typed table, None without districts."""
    umrisse = bezirke["wkt_epsg25832"].to_numpy(dtype=object)
    return _vereint(umrisse) if len(umrisse) else None


def pruefe_abdeckung(bezirke: pd.DataFrame, liste: pd.DataFrame) -> list[Befund]:
    """Return findings about gaps and overlaps, and about Stadtbezirke without an area."""
    umrisse = bezirke["wkt_epsg25832"].to_numpy(dtype=object)
    befunde = []
    if undicht := int(_undichte(umrisse).sum()):
        befunde.append(Befund(Code.FLAECHEN_UNDICHT, _DATEI, werte={"anzahl": undicht}))
    ohne = set(liste["code"]) - set(bezirke["stadtbezirk"]) - {UEBERGREIFEND}
    return befunde + [
        Befund(Code.STADTBEZIRK_OHNE_FLAECHE, _DATEI, spalte="stadtbezirk", wert=code)
        for code in sorted(ohne)
    ]


def _undichte(umrisse: Geometrien) -> NDArray[np.bool_]:
    """Return which outlines do not fit their neighbours, or border on a hole in the city."""
    if not len(umrisse):
        return np.zeros(0, dtype=bool)
    kanten = shapely.coverage_invalid_edges(umrisse, gap_width=_SPALT_M)
    teile = shapely.get_parts(shapely.union_all(umrisse))
    loecher = shapely.union_all([ring for teil in teile for ring in teil.interiors])
    an_loechern = shapely.intersects(umrisse, loecher)
    undicht: NDArray[np.bool_] = ~shapely.is_empty(kanten) | an_loechern
    return undicht


def _vereint(umrisse: Geometrien) -> shapely.Geometry:
    # coverage_union needs neighbours that share their vertices, and keeps every one of them.
    if shapely.coverage_is_valid(umrisse):
        return shapely.coverage_union_all(umrisse)
    return shapely.union_all(umrisse)


def statistische_bezirke(bezirke: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the statistical districts: nr, name, stadtbezirk, flaeche_ha, geometry.

    EPSG:25832, in the order of their numbers.
    """
    spalten = bezirke[["nr", "name", "stadtbezirk", "flaeche_ha"]]
    rahmen = gpd.GeoDataFrame(
        spalten, geometry=bezirke["wkt_epsg25832"].to_numpy(dtype=object), crs=UTM32
    )
    return rahmen.sort_values("nr", ignore_index=True)


def aufgeloest(bezirke: gpd.GeoDataFrame, liste: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the Stadtbezirke in the order of their code list, dissolved from the districts.

    Columns code, name, projektgebiet (ganz, teilweise, nein), flaeche_ha (sum of the official
    areas, NaN without), geometry (EPSG:25832, None where there is no statistical district).
    """
    stadtteile = liste[liste["code"] != UEBERGREIFEND].reset_index(drop=True)
    umrisse = np.full(len(stadtteile), None, dtype=object)
    hektar = np.full(len(stadtteile), np.nan)
    for i, code in enumerate(stadtteile["code"]):
        eigene = bezirke[bezirke["stadtbezirk"] == code]
        if len(eigene):
            umrisse[i] = _vereint(eigene.geometry.to_numpy())
            hektar[i] = round(float(eigene["flaeche_ha"].sum()), 1)
    return gpd.GeoDataFrame(
        {
            "code": stadtteile["code"],
            "name": stadtteile["label"],
            "projektgebiet": stadtteile["projektgebiet"],
            "flaeche_ha": hektar,
        },
        geometry=umrisse,
        crs=UTM32,
    )
