"""The projects: what is checked about a row as a whole."""

import re
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pandas as pd
from rapidfuzz import fuzz

from layers.befund import Befund, Code
from layers.deutung.datum import ist_datum
from layers.falten import falten
from layers.tabellen import PROJEKTE
from layers.zellen import je_wert

_DATEI = PROJEKTE.datei
_WORT: Final = re.compile(r"[^\W\d_]{3,}")
_ZIFFERN: Final = re.compile(r"\d+")
_SELTEN: Final = 50
"""Names in which a word may occur and still be compared through it."""
_AEHNLICH: Final = 90.0
"""Similarity (0–100, rapidfuzz ratio) from which two names may be one."""
_TAGE_JE_JAHR: Final = 365.25


def pruefe(rahmen: pd.DataFrame) -> list[Befund]:
    """Return the findings about rows of the raw table (index: line in the file)."""
    return [
        *_zeitraum(rahmen),
        *_doppelte(rahmen),
        *_aehnliche(rahmen),
        *_unbekanntes(rahmen),
        *_bilder(rahmen),
    ]


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


def _aehnliche(rahmen: pd.DataFrame) -> Iterator[Befund]:
    """Return a finding for a name that differs from an earlier one by a few letters.

    Only names that share a rare word, and all their numbers, are compared: "Abschnitt 2" is
    no slip for "Abschnitt 1", and a hundred thousand names stay quick.
    """
    zeilen_mit: dict[str, list[int]] = defaultdict(list)
    namen = {
        int(zeile): falten(name) for zeile, name in zip(rahmen.index, rahmen["name"], strict=True)
    }
    for zeile, name in namen.items():
        gleiche = [zeilen_mit[wort] for wort in set(_WORT.findall(name))]
        kandidaten = {andere for zeilen in gleiche if len(zeilen) <= _SELTEN for andere in zeilen}
        for zeilen in gleiche:
            zeilen.append(zeile)
        nahe = [a for a in kandidaten if namen[a] != name and _fast_gleich(namen[a], name)]
        if nahe:
            erste = min(nahe)
            yield Befund(
                Code.NAME_AEHNLICH,
                _DATEI,
                zeile=zeile,
                spalte="name",
                wert=str(rahmen.loc[zeile, "name"]),
                werte={"erste": erste, "anderer": str(rahmen.loc[erste, "name"])},
            )


def _fast_gleich(a: str, b: str) -> bool:
    if _ZIFFERN.findall(a) != _ZIFFERN.findall(b):
        return False
    return fuzz.ratio(a, b, score_cutoff=_AEHNLICH) > 0


def _bilder(rahmen: pd.DataFrame) -> Iterator[Befund]:
    """Return findings for images that nobody who cannot see them, or asks for rights, can use."""
    for spalte, code in (
        ("bild_alt", Code.BILD_OHNE_BESCHREIBUNG),
        ("bild_rechte", Code.BILD_OHNE_RECHTE),
    ):
        for zeile in rahmen.index[(rahmen["bild"] != "") & (rahmen[spalte] == "")]:
            yield Befund(code, _DATEI, zeile=int(zeile), spalte=spalte)


def veraltete(rahmen: pd.DataFrame, stichtag: date, jahre: float) -> list[Befund]:
    """Return a finding for every project whose ``stand`` is older than ``jahre`` on that day.

    A date that is only known to the year or month counts as its last day.
    """
    befunde = []
    for zeile, stand in zip(rahmen.index, rahmen["stand"], strict=True):
        if ist_datum(stand) and (stichtag - _spaetestens(stand)).days > jahre * _TAGE_JE_JAHR:
            befunde.append(
                Befund(
                    Code.STAND_ALT,
                    _DATEI,
                    zeile=int(zeile),
                    spalte="stand",
                    wert=stand,
                    werte={"jahre": jahre},
                )
            )
    return befunde


def _spaetestens(stand: str) -> date:
    jahr, monat, tag = (*(int(teil) for teil in stand.split("-")), 0, 0)[:3]
    monat = monat or 12
    return date(jahr, monat, tag or monthrange(jahr, monat)[1])


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
