"""Join the layers: attributes ⟵ locations by key, locations ⟵ areas by geometry.

Everything geometric happens in EPSG:25832. Where the stated and the computed Stadtbezirk of a
place disagree, that is a finding, and the stated one stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray

from layers import abgleich, stadtbezirke
from layers.befund import Befund
from layers.check import Geprueft
from layers.falten import ordnungsform
from layers.lage import GENAU
from layers.pruefregeln import STANDARD, Pruefung
from layers.quarantaene import Bilanz, Quarantaene
from layers.quelle.raster import Fundort
from layers.quellen import Quelle
from layers.raumbezug import UTM32, nach_utm
from layers.reinigung import gereinigt
from layers.seitentexte import Seitentext
from layers.tabellen import BRACHFLAECHEN, PLAETZE, STANDORTE
from layers.zellen import je_wert, teile

UMKREIS_M: Final = 500.0
"""How far a project may lie from a square or vacant land that it is named with."""
PLATZ_HOECHSTENS_M: Final = 1000.0
"""How far the nearest square may be: what is farther is no help in finding a place."""
ORTSTABELLEN: Final = (PLAETZE.name, BRACHFLAECHEN.name)


@dataclass(frozen=True, slots=True)
class Verbund:
    """All layers, joined.

    Parameters
    ----------
    projekte
        Typed table in the order of the index: by name, then id. The row number is the key of
        everything else.
    standorte
        Ordered by project: columns of the table, and ``projekt`` (row), ``id``, ``bezirk``
        (computed Stadtbezirk), ``statistischer_bezirk`` (name), ``platz``, ``platz_m``,
        ``brachflaeche``, ``brachflaeche_m`` (nearest, NaN where a distance would be invented);
        an empty text is none.
    orte
        "plaetze", "brachflaechen" → typed table in the order of the file.
    naehe
        Pairs of a place and a project within `UMKREIS_M`: ``tabelle``, ``ort`` (id),
        ``projekt`` (row), ``entfernung_m`` (float, NaN where one of the two is approximate).
    stadtbezirke, statistische_bezirke
        GeoDataFrames in EPSG:25832, see `layers.stadtbezirke`.
    tabellen
        The remaining typed tables: code lists, kennzahlen, beteiligte.
    """

    projekte: pd.DataFrame
    standorte: pd.DataFrame
    orte: Mapping[str, pd.DataFrame]
    naehe: pd.DataFrame
    stadtbezirke: gpd.GeoDataFrame
    statistische_bezirke: gpd.GeoDataFrame
    tabellen: Mapping[str, pd.DataFrame]
    befunde: tuple[Befund, ...]
    quarantaene: tuple[Quarantaene, ...]
    bilanz: Mapping[str, Bilanz]
    quellen: tuple[Quelle, ...]
    fundorte: Mapping[str, Fundort]
    texte: tuple[Seitentext, ...]

    @property
    def stand(self) -> str:
        """The newest Stand of a project, an ISO date of any precision; empty if none has one."""
        return max(self.projekte["stand"], default="")


def join(geprueft: Geprueft, regeln: Pruefung = STANDARD) -> Verbund:
    """Join the checked tables; ``regeln`` say how grave it is where they disagree."""
    geprueft = gereinigt(geprueft)
    tabellen = geprueft.tabellen
    projekte = _nach_namen(tabellen["projekte"])
    bezirke = stadtbezirke.statistische_bezirke(tabellen["statistische_bezirke"])
    punkte = _verortet(_mit_projekt(tabellen["standorte"], projekte))
    punkte = _mit_bezirk(punkte, bezirke)
    orte = {name: _verortet(tabellen[name]) for name in ORTSTABELLEN}
    naehe = pd.concat([_naehe(punkte, orte[name], name) for name in ORTSTABELLEN])
    standorte = _mit_nachbarn(punkte, orte)
    flaechen = stadtbezirke.aufgeloest(bezirke, tabellen["codelisten/stadtbezirk"])
    genannt = projekte["stadtbezirke"].to_numpy(dtype=object)[standorte["projekt"]]
    befunde = abgleich.abweichungen(standorte, genannt, flaechen, STANDORTE)
    for tabelle in (PLAETZE, BRACHFLAECHEN):
        ort = _mit_bezirk(orte[tabelle.name], bezirke)
        genannt = je_wert(ort["stadtbezirk"], teile)
        befunde += abgleich.abweichungen(ort, genannt, flaechen, tabelle)
    return Verbund(
        projekte=projekte,
        standorte=pd.DataFrame(standorte.drop(columns="geometry")),
        orte={name: pd.DataFrame(ort.drop(columns="geometry")) for name, ort in orte.items()},
        naehe=naehe,
        stadtbezirke=flaechen,
        statistische_bezirke=bezirke,
        tabellen=tabellen,
        befunde=(*geprueft.befunde, *regeln.eingestuft(befunde)),
        quarantaene=geprueft.quarantaene,
        bilanz=geprueft.bilanz,
        quellen=geprueft.quellen,
        fundorte=geprueft.fundorte,
        texte=geprueft.texte,
    )


def _nach_namen(projekte: pd.DataFrame) -> pd.DataFrame:
    schluessel = pd.DataFrame(
        {
            "ordnung": je_wert(projekte["name"], ordnungsform),
            "name": projekte["name"],
            "id": projekte["id"],
        }
    )
    folge = schluessel.sort_values(["ordnung", "name", "id"]).index
    return projekte.loc[folge].reset_index(drop=True)


def _mit_projekt(standorte: pd.DataFrame, projekte: pd.DataFrame) -> pd.DataFrame:
    zeile_von = pd.Series(np.arange(len(projekte), dtype="int64"), index=projekte["id"])
    ergebnis = standorte.assign(
        projekt=zeile_von.reindex(standorte["projekt_id"]).to_numpy(dtype="int64"),
        id=standorte["projekt_id"] + "." + standorte["n"].astype(str),
    )
    return ergebnis.sort_values(["projekt", "n"], ignore_index=True)


def _verortet(rahmen: pd.DataFrame) -> gpd.GeoDataFrame:
    punkte = nach_utm(rahmen["lon"].to_numpy(), rahmen["lat"].to_numpy())
    return gpd.GeoDataFrame(rahmen, geometry=punkte, crs=UTM32)


def _mit_bezirk(punkte: gpd.GeoDataFrame, bezirke: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    treffer = _bezirk_je_zeile(punkte, bezirke)
    gefunden = bezirke.reindex(treffer)
    return punkte.assign(
        bezirk=gefunden["stadtbezirk"].fillna("").to_numpy(dtype=object),
        statistischer_bezirk=gefunden["name"].fillna("").to_numpy(dtype=object),
    )


def _bezirk_je_zeile(punkte: gpd.GeoDataFrame, bezirke: gpd.GeoDataFrame) -> NDArray[np.int64]:
    """Return the position of the district of every point, -1 for none.

    A point on a border lies in both; the district with the lower number is taken.
    """
    paare = punkte[["geometry"]].sjoin(bezirke[["geometry"]], predicate="intersects")
    erster = paare["index_right"].groupby(level=0).min()
    treffer: NDArray[np.int64] = erster.reindex(punkte.index, fill_value=-1).to_numpy(np.int64)
    return treffer


def _naehe(punkte: gpd.GeoDataFrame, orte: gpd.GeoDataFrame, tabelle: str) -> pd.DataFrame:
    # The point of a whole Stadtbezirk says nothing about what lies around it.
    links = punkte[["projekt", "lagegenauigkeit", "geometry"]]
    links = links[links["lagegenauigkeit"] != "stadtbezirk"]
    rechts = orte[["id", "lagegenauigkeit", "geometry"]].reset_index(names="folge")
    paare = links.sjoin(rechts, predicate="dwithin", distance=UMKREIS_M)
    meter = shapely.distance(
        paare.geometry.to_numpy(), rechts.geometry.to_numpy()[paare["index_right"].to_numpy()]
    )
    genau = paare["lagegenauigkeit_left"].isin(GENAU) & paare["lagegenauigkeit_right"].isin(GENAU)
    ergebnis = pd.DataFrame(
        {
            "tabelle": tabelle,
            "folge": paare["folge"].to_numpy(),
            "ort": paare["id"].to_numpy(),
            "projekt": paare["projekt"].to_numpy(),
            "entfernung_m": np.where(genau, meter, np.nan),
        }
    )
    ergebnis = ergebnis.sort_values(["folge", "entfernung_m", "projekt"], na_position="last")
    return ergebnis.drop_duplicates(["folge", "projekt"]).drop(columns="folge")


def _mit_nachbarn(
    punkte: gpd.GeoDataFrame, orte: Mapping[str, gpd.GeoDataFrame]
) -> gpd.GeoDataFrame:
    plaetze = orte["plaetze"]
    genaue_plaetze = plaetze[plaetze["lagegenauigkeit"].isin(GENAU)]
    platz = _naechster(punkte, genaue_plaetze, PLATZ_HOECHSTENS_M)
    brachen = orte["brachflaechen"]
    brache = _naechster(punkte, brachen, UMKREIS_M)
    ungefaehr = set(brachen["id"][~brachen["lagegenauigkeit"].isin(GENAU)])
    return punkte.assign(
        platz=platz["id"].to_numpy(),
        platz_m=platz["meter"].to_numpy(),
        brachflaeche=brache["id"].to_numpy(),
        brachflaeche_m=brache["meter"].mask(brache["id"].isin(ungefaehr)).to_numpy(),
    )


def _naechster(punkte: gpd.GeoDataFrame, orte: gpd.GeoDataFrame, hoechstens: float) -> pd.DataFrame:
    """Return id and distance of the nearest place for every row; none for approximate rows."""
    genaue = punkte[punkte["lagegenauigkeit"].isin(GENAU) & punkte.geometry.notna()]
    rechts = orte[["id", "geometry"]][orte.geometry.notna()].rename(columns={"id": "ort"})
    paare = genaue[["geometry"]].sjoin_nearest(
        rechts, max_distance=hoechstens, distance_col="meter"
    )
    je_zeile = paare.sort_values("ort", kind="stable").groupby(level=0).first()[["ort", "meter"]]
    ergebnis = je_zeile.reindex(punkte.index).rename(columns={"ort": "id"})
    ergebnis["id"] = ergebnis["id"].astype(object).where(ergebnis["id"].notna(), "")
    return pd.DataFrame(ergebnis)
