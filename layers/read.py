"""Read the sources: files in, raw tables and findings out. Nothing is judged yet but the form."""

import csv
import difflib
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from layers import quellen
from layers.befund import Befund, Code
from layers.quellen import Quelle
from layers.tabellen import TABELLEN, Tabelle

ZEILE: Final = "zeile"
"""Name of the index of a raw table: the line in the file, counted from 1 with the header."""


@dataclass(frozen=True, slots=True)
class Quelldaten:
    """What was read.

    Parameters
    ----------
    tabellen
        Name of the table → its rows as texts (dtype object, ``""`` = empty cell), exactly the
        columns of its definition; the index ``zeile`` is the line in the file. A table that
        could not be read is empty.
    quellen
        Provenance of the files.
    befunde
        Findings about files, headers and lines.
    """

    tabellen: Mapping[str, pd.DataFrame]
    quellen: tuple[Quelle, ...]
    befunde: tuple[Befund, ...]


@dataclass(frozen=True, slots=True)
class _Zeilen:
    kopf: tuple[str, ...]
    zeilen: Sequence[list[str]]
    nummern: Sequence[int]
    befunde: tuple[Befund, ...]


def read_sources(geodata: Path) -> Quelldaten:
    """Read all tables and their provenance from a folder.

    Whatever is wrong with a file (missing, not UTF-8, broken CSV, wrong columns) is a finding,
    never an exception.
    """
    herkunft, befunde = quellen.lies(geodata)
    tabellen = {}
    alle = list(befunde)
    for tabelle in TABELLEN:
        tabellen[tabelle.name], gefunden = _lies_tabelle(geodata, tabelle)
        alle += gefunden
    if herkunft:
        alle += quellen.ohne_herkunft(herkunft, TABELLEN)
    return Quelldaten(tabellen, herkunft, tuple(alle))


def _lies_tabelle(geodata: Path, tabelle: Tabelle) -> tuple[pd.DataFrame, list[Befund]]:
    text = _lies_text(geodata / tabelle.datei, tabelle)
    if isinstance(text, Befund):
        return _leer(tabelle), [text]
    zeilen = _zerlege(text, tabelle.datei)
    if isinstance(zeilen, Befund):
        return _leer(tabelle), [zeilen]
    befunde = [*_pruefe_kopf(zeilen.kopf, tabelle), *zeilen.befunde]
    return _rahmen(zeilen, tabelle), befunde


def _lies_text(pfad: Path, tabelle: Tabelle) -> str | Befund:
    try:
        return pfad.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        code = Code.DATEI_FEHLT if tabelle.pflicht else Code.DATEI_FEHLT_WAHLFREI
        return Befund(code, tabelle.datei)
    except OSError as fehler:
        return Befund(Code.DATEI_UNLESBAR, tabelle.datei, werte={"grund": type(fehler).__name__})
    except UnicodeDecodeError as fehler:
        zeile = fehler.object.count(b"\n", 0, fehler.start) + 1
        return Befund(Code.DATEI_KODIERUNG, tabelle.datei, zeile=zeile)


def _zerlege(text: str, datei: str) -> _Zeilen | Befund:
    """Split CSV into cells; one broken quotation mark makes the whole file untrustworthy."""
    leser = csv.reader(io.StringIO(text, newline=""), strict=True)
    befunde: list[Befund] = []
    zeilen: list[list[str]] = []
    nummern: list[int] = []
    kopf: tuple[str, ...] = ()
    beginn = 1
    try:
        for zellen in leser:
            nummer, beginn = beginn, leser.line_num + 1
            if not kopf:
                kopf = tuple(zelle.strip() for zelle in zellen)
                continue
            befunde += _pruefe_form(zellen, kopf, datei, nummer)
            if any(zellen):
                zeilen.append((zellen + [""] * len(kopf))[: len(kopf)])
                nummern.append(nummer)
    except csv.Error as fehler:
        return Befund(Code.CSV_FEHLERHAFT, datei, zeile=beginn, werte={"grund": str(fehler)})
    if not any(kopf):
        return Befund(Code.DATEI_LEER, datei)
    if len(kopf) == 1 and ";" in kopf[0]:
        return Befund(Code.CSV_TRENNZEICHEN, datei, zeile=1)
    return _Zeilen(kopf, zeilen, nummern, tuple(befunde))


def _pruefe_form(
    zellen: Sequence[str], kopf: Sequence[str], datei: str, nummer: int
) -> list[Befund]:
    if not any(zellen):
        return [Befund(Code.ZEILE_LEER, datei, zeile=nummer)]
    if len(zellen) != len(kopf):
        werte = {"erwartet": len(kopf), "gefunden": len(zellen)}
        return [Befund(Code.ZEILE_SPALTENZAHL, datei, zeile=nummer, werte=werte)]
    return []


def _pruefe_kopf(kopf: Sequence[str], tabelle: Tabelle) -> list[Befund]:
    befunde = []
    for spalte in tabelle.spalten:
        if spalte.name not in kopf:
            code = Code.SPALTE_FEHLT if spalte.pflicht else Code.SPALTE_FEHLT_WAHLFREI
            befunde.append(Befund(code, tabelle.datei, zeile=1, spalte=spalte.name))
    for name, anzahl in Counter(kopf).items():
        if anzahl > 1:
            befunde.append(Befund(Code.SPALTE_DOPPELT, tabelle.datei, zeile=1, spalte=name))
        if name not in tabelle.spaltennamen:
            befunde.append(_unbekannte_spalte(name, kopf, tabelle))
    return befunde


def _unbekannte_spalte(name: str, kopf: Sequence[str], tabelle: Tabelle) -> Befund:
    fehlend = [spalte for spalte in tabelle.spaltennamen if spalte not in kopf]
    nah = difflib.get_close_matches(name.lower(), fehlend, n=1)
    if nah:
        werte = {"vorschlag": nah[0]}
        return Befund(Code.SPALTE_VERSCHRIEBEN, tabelle.datei, zeile=1, spalte=name, werte=werte)
    return Befund(Code.SPALTE_UNBEKANNT, tabelle.datei, zeile=1, spalte=name)


def _rahmen(zeilen: _Zeilen, tabelle: Tabelle) -> pd.DataFrame:
    # Columns are taken out one by one, equal texts become one object: a million rows of
    # repeated codes and dates would not fit into memory otherwise.
    gleiche: dict[str, str] = {}
    spalten = {}
    for name in tabelle.spaltennamen:
        if name in zeilen.kopf:
            i = zeilen.kopf.index(name)
            spalten[name] = [gleiche.setdefault(z[i], z[i]) for z in zeilen.zeilen]
        else:
            spalten[name] = [""] * len(zeilen.zeilen)
    index = pd.Index(np.array(zeilen.nummern, dtype=np.int64), name=ZEILE)
    return pd.DataFrame(spalten, index=index, dtype=object)


def _leer(tabelle: Tabelle) -> pd.DataFrame:
    index = pd.Index([], dtype="int64", name=ZEILE)
    return pd.DataFrame({name: [] for name in tabelle.spaltennamen}, index=index, dtype=object)
