"""``orte.json``: squares, vacant land and districts, and the projects that lie there."""

from collections import defaultdict
from typing import Any

import numpy as np
import shapely

from layers.join import Verbund
from layers.raumbezug import Zahlen, nach_wgs84
from layers.steckbriefe import meter_oder_none, ohne_leere
from layers.tabellen import BRACHFLAECHEN, PLAETZE, Tabelle


def orte(verbund: Verbund) -> dict[str, list[dict[str, Any]]]:
    """Return the places: columns of their sources (None = not documented) and ``projekte``."""
    return {
        "stadtbezirke": _stadtbezirke(verbund),
        PLAETZE.name: _mit_projekten(verbund, PLAETZE),
        BRACHFLAECHEN.name: _mit_projekten(verbund, BRACHFLAECHEN),
    }


def _mit_projekten(verbund: Verbund, tabelle: Tabelle) -> list[dict[str, Any]]:
    ids = verbund.projekte["id"].to_numpy(dtype=object)
    paare = verbund.naehe[verbund.naehe["tabelle"] == tabelle.name]
    nahe: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for ort, projekt, meter in zip(
        paare["ort"], paare["projekt"], paare["entfernung_m"], strict=True
    ):
        nahe[ort].append({"id": ids[projekt], "entfernung_m": meter_oder_none(meter)})
    zeilen = verbund.orte[tabelle.name][list(tabelle.spaltennamen)].to_dict("records")
    return [
        {**ohne_leere((str(n), w) for n, w in zeile.items()), "projekte": nahe[zeile["id"]]}
        for zeile in zeilen
    ]


def _stadtbezirke(verbund: Verbund) -> list[dict[str, Any]]:
    genannt: dict[str, list[str]] = defaultdict(list)
    for id_, codes in zip(verbund.projekte["id"], verbund.projekte["stadtbezirke"], strict=True):
        for code in codes:
            genannt[code].append(id_)
    bezirke = verbund.stadtbezirke
    grenzen = np.round(_grenzen(verbund), 6)
    return [
        {
            "code": code,
            "name": name,
            "projektgebiet": gebiet,
            "flaeche_ha": None if np.isnan(hektar) else float(hektar),
            "bbox": None if np.isnan(bbox).any() else bbox.tolist(),
            "projekte": genannt[code],
            "plaetze": _ids(verbund, PLAETZE, code),
            "brachflaechen": _ids(verbund, BRACHFLAECHEN, code),
            "statistische_bezirke": _namen(verbund, code),
        }
        for code, name, gebiet, hektar, bbox in zip(
            bezirke["code"],
            bezirke["name"],
            bezirke["projektgebiet"],
            bezirke["flaeche_ha"],
            grenzen,
            strict=True,
        )
    ]


def _grenzen(verbund: Verbund) -> Zahlen:
    return shapely.bounds(nach_wgs84(verbund.stadtbezirke.geometry.to_numpy()))


def _ids(verbund: Verbund, tabelle: Tabelle, code: str) -> list[str]:
    rahmen = verbund.orte[tabelle.name]
    return rahmen["id"][rahmen["stadtbezirk"] == code].tolist()


def _namen(verbund: Verbund, code: str) -> list[str]:
    rahmen = verbund.statistische_bezirke
    namen: list[str] = rahmen["name"][rahmen["stadtbezirk"] == code].tolist()
    return namen
