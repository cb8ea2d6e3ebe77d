"""The layers for the world: ``daten/<layer>.geojson``, and as JSON what has no places."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

import numpy as np
import orjson
import pandas as pd
import shapely

from layers import codelisten, geojson, kennzahlen
from layers.herkunft import EBENEN, herkunft
from layers.join import Verbund
from layers.raumbezug import Geometrien, nach_wgs84
from layers.tabellen import (
    BETEILIGTE,
    BRACHFLAECHEN,
    PLAETZE,
    PROJEKTE,
    TRENNER,
    Art,
    Spalte,
    Tabelle,
)

_LAGE: Final = ("lat", "lon")
_BLOCK: Final = 1 << 16
_MEHRERE: Final = frozenset({Art.CODES, Art.ORGANISATIONEN, Art.NAMEN})
_Mitglieder = Mapping[str, Any]
_STANDORT: Final = ("bezeichnung", "lagegenauigkeit", "bezirk", "statistischer_bezirk")


def dateien(verbund: Verbund) -> dict[str, bytes]:
    """Return path → content of every layer.

    Properties have the columns of the sources; several values in one are joined as there. Every
    file says itself where it comes from, under which licence and of which Stand.
    """
    ebenen = {
        "projekte": _projekte,
        "plaetze": lambda v, m: _orte(v, PLAETZE, m),
        "brachflaechen": lambda v, m: _orte(v, BRACHFLAECHEN, m),
        "stadtbezirke": _stadtbezirke,
        "statistische_bezirke": _statistische_bezirke,
        "projektgebiet": _projektgebiet,
        "kennzahlen": _kennzahlen,
        "beteiligte": _beteiligte,
        "codelisten": _codelisten,
    }
    quellen = [asdict(quelle) for quelle in verbund.quellen]
    return {
        ebene.datei: ebenen[name](verbund, herkunft(name, quellen).mitglieder())
        for name, ebene in EBENEN.items()
    }


def verzeichnis(inhalt: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """Return layer → what the catalogue says about its file: ``bytes``, ``sha256``, ``bbox``.

    ``bbox`` is west, south, east, north in WGS84, None where nothing is located.
    """
    return {
        name: {
            "bytes": len(inhalt[ebene.datei]),
            "sha256": hashlib.sha256(inhalt[ebene.datei]).hexdigest(),
            "bbox": geojson.mitglieder(inhalt[ebene.datei]).get("bbox"),
        }
        for name, ebene in EBENEN.items()
    }


def _kennzahlen(verbund: Verbund, mitglieder: _Mitglieder) -> bytes:
    eintraege = kennzahlen.als_json(verbund.tabellen["kennzahlen"])
    return orjson.dumps({**mitglieder, "kennzahlen": eintraege})


def _beteiligte(verbund: Verbund, mitglieder: _Mitglieder) -> bytes:
    tabelle = verbund.tabellen[BETEILIGTE.name][list(BETEILIGTE.spaltennamen)]
    return orjson.dumps({**mitglieder, "beteiligte": tabelle.to_dict("records")})


def _codelisten(verbund: Verbund, mitglieder: _Mitglieder) -> bytes:
    return orjson.dumps({**mitglieder, "codelisten": codelisten.als_json(verbund.tabellen)})


def _projekte(verbund: Verbund, mitglieder: _Mitglieder) -> bytes:
    """One feature a location, one without geometry for a project that has none."""
    projekte, standorte = verbund.projekte, verbund.standorte
    ohne = np.setdiff1d(np.arange(len(projekte)), standorte["projekt"])
    zeilen = pd.DataFrame({"projekt": ohne, "id": projekte["id"].to_numpy()[ohne], "n": 0})
    alle = pd.concat([standorte, zeilen], ignore_index=True)
    alle = alle.sort_values(["projekt", "n"], ignore_index=True)
    gezeigt = _gezeigte(projekte, PROJEKTE)

    def eintraege() -> Iterator[dict[str, Any]]:
        # in blocks: all columns of a million locations at once would be gigabytes
        for ab in range(0, len(alle), _BLOCK):
            block = alle.iloc[ab : ab + _BLOCK]
            kopf = block[list(_STANDORT)].rename(columns={"bezirk": "stadtbezirk_berechnet"})
            spalten = _spalten(projekte.iloc[block["projekt"]], gezeigt)
            werte = {
                "projekt_id": spalten.pop("id"),
                **spalten,
                **{str(name): _leer_ist_none(kopf[name].fillna("")) for name in kopf},
            }
            yield from _eintraege(werte)

    return geojson.sammlung(alle["id"].tolist(), _punkte(alle), eintraege(), mitglieder)


def _orte(verbund: Verbund, tabelle: Tabelle, mitglieder: _Mitglieder) -> bytes:
    """Squares or vacant land with the ids of the projects there: what ``orte.json`` says."""
    orte = verbund.orte[tabelle.name]
    paare = verbund.naehe[verbund.naehe["tabelle"] == tabelle.name]
    ids = verbund.projekte["id"].to_numpy(dtype=object)
    nahe: dict[str, list[str]] = defaultdict(list)
    for ort, projekt in zip(paare["ort"], paare["projekt"], strict=True):
        nahe[ort].append(ids[projekt])
    werte = _spalten(orte, _gezeigte(orte, tabelle)) | {
        "projekte": [TRENNER.join(nahe[id_]) or None for id_ in orte["id"]]
    }
    return geojson.sammlung(orte["id"].tolist(), _punkte(orte), _eintraege(werte), mitglieder)


def _punkte(rahmen: pd.DataFrame) -> Geometrien:
    lon, lat = rahmen["lon"].to_numpy(), rahmen["lat"].to_numpy()
    punkte = np.full(len(rahmen), None, dtype=object)
    verortet = np.isfinite(lon) & np.isfinite(lat)
    punkte[verortet] = shapely.points(lon[verortet], lat[verortet])
    return punkte


def _gezeigte(rahmen: pd.DataFrame, tabelle: Tabelle) -> list[Spalte]:
    """Return the columns that are properties; a translation only where there is any."""
    return [
        spalte
        for spalte in tabelle.spalten
        if spalte.name not in _LAGE and (not spalte.sprache or rahmen[spalte.name].any())
    ]


def _spalten(rahmen: pd.DataFrame, gezeigt: Sequence[Spalte]) -> dict[str, Sequence[Any]]:
    spalten: dict[str, Sequence[Any]] = {}
    for spalte in gezeigt:
        werte = rahmen[spalte.name]
        if spalte.art in _MEHRERE:
            werte = werte.map(TRENNER.join)
        elif spalte.art is Art.URLS:
            werte = werte.map(" ".join)
        spalten[spalte.name] = _leer_ist_none(werte)
    return spalten


def _leer_ist_none(werte: "pd.Series[Any]") -> list[Any]:
    objekte = werte.astype(object)
    return list(objekte.where(werte.notna() & (objekte != ""), None))


def _eintraege(spalten: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    namen = tuple(spalten)
    for zeile in zip(*spalten.values(), strict=True):
        yield dict(zip(namen, zeile, strict=True))


def _stadtbezirke(verbund: Verbund, mitglieder: _Mitglieder) -> bytes:
    bezirke = verbund.stadtbezirke
    werte = {
        name: _leer_ist_none(bezirke[name]) for name in ("name", "projektgebiet", "flaeche_ha")
    }
    return geojson.sammlung(
        bezirke["code"].tolist(),
        nach_wgs84(bezirke.geometry.to_numpy()),
        _eintraege(werte),
        mitglieder,
    )


def _statistische_bezirke(verbund: Verbund, mitglieder: _Mitglieder) -> bytes:
    bezirke = verbund.statistische_bezirke
    werte = {name: list(bezirke[name]) for name in ("name", "stadtbezirk", "flaeche_ha")}
    return geojson.sammlung(
        bezirke["nr"].tolist(),
        nach_wgs84(bezirke.geometry.to_numpy()),
        _eintraege(werte),
        mitglieder,
    )


def _projektgebiet(verbund: Verbund, mitglieder: _Mitglieder) -> bytes:
    """Return whole districts; of those that belong in part it is not documented which part."""
    bezirke = verbund.stadtbezirke
    eigene = bezirke[bezirke["projektgebiet"] != "nein"]
    werte = {"name": list(eigene["name"]), "umfang": list(eigene["projektgebiet"])}
    return geojson.sammlung(
        eigene["code"].tolist(),
        nach_wgs84(eigene.geometry.to_numpy()),
        _eintraege(werte),
        mitglieder,
    )
