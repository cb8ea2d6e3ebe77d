"""The projects: what is checked about a row as a whole."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from layers.befund import Befund, Code
from layers.falten import falten
from layers.tabellen import PROJEKTE
from layers.zellen import je_wert

_DATEI = PROJEKTE.datei


def pruefe(rahmen: pd.DataFrame) -> list[Befund]:
    """Return the findings about rows of the raw table (index: line in the file)."""
    return [*_zeitraum(rahmen), *_doppelte(rahmen), *_unbekanntes(rahmen)]


def _zeitraum(rahmen: pd.DataFrame) -> Iterator[Befund]:
    beide = (rahmen["beginn"] != "") & (rahmen["ende"] != "")
    for zeile, beginn, ende in zip(
        rahmen.index[beide], rahmen["beginn"][beide], rahmen["ende"][beide], strict=True
    ):
        # "2016-12" and "2016" overlap: only what both dates say can contradict.
        laenge = min(len(beginn), len(ende))
        if ende[:laenge] < beginn[:laenge]:
            yield Befund(
                Code.ZEITRAUM_VERKEHRT,
                _DATEI,
                zeile=int(zeile),
                spalte="ende",
                wert=ende,
                werte={"beginn": beginn},
            )


def _doppelte(rahmen: pd.DataFrame) -> Iterator[Befund]:
    yield from _wiederholt(rahmen["nr"], rahmen["nr"], Code.NR_DOPPELT)
    gefaltet = pd.Series(je_wert(rahmen["name"], falten), index=rahmen.index, dtype=object)
    yield from _wiederholt(gefaltet, rahmen["name"], Code.NAME_DOPPELT)


def _wiederholt(
    schluessel: "pd.Series[Any]", texte: "pd.Series[Any]", code: Code
) -> Iterator[Befund]:
    gefuellt = schluessel[schluessel != ""]
    doppelt = gefuellt[gefuellt.duplicated()]
    erste = gefuellt.drop_duplicates()
    erste = erste[erste.isin(doppelt)]
    zeile_von = dict(zip(erste, erste.index, strict=True))
    for zeile, wert, text in zip(doppelt.index, doppelt, texte[doppelt.index], strict=True):
        yield Befund(
            code,
            _DATEI,
            zeile=int(zeile),
            spalte=str(texte.name),
            wert=text,
            werte={"erste": int(zeile_von[wert])},
        )


def _unbekanntes(rahmen: pd.DataFrame) -> Iterator[Befund]:
    status, stand = rahmen["status"] != "", rahmen["status_stand"] != ""
    for zeile in rahmen.index[~status]:
        yield Befund(Code.STATUS_FEHLT, _DATEI, zeile=int(zeile), spalte="status")
    for zeile in rahmen.index[status & ~stand]:
        yield Befund(Code.STATUS_OHNE_STAND, _DATEI, zeile=int(zeile), spalte="status_stand")
    for zeile in rahmen.index[rahmen["stand"] == ""]:
        yield Befund(Code.STAND_FEHLT, _DATEI, zeile=int(zeile), spalte="stand")


def ohne_standort(projekte: pd.DataFrame, standorte: pd.DataFrame) -> list[Befund]:
    """Return a finding for every published project that has no row in ``standorte``."""
    ohne = ~projekte["id"].isin(set(standorte["projekt_id"]))
    return [
        Befund(Code.STANDORT_FEHLT, _DATEI, zeile=int(zeile), spalte="id", wert=id_)
        for zeile, id_ in zip(projekte["zeile"][ohne], projekte["id"][ohne], strict=True)
    ]
