"""The pandera schema of a table, made from its definition, and the findings it gives."""

from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from layers.befund import Befund, Code
from layers.tabellen import Spalte, Tabelle
from layers.zellen import Woerterbuch, je_wert, pruefer

_ZELLE = "zelle"


def schema(tabelle: Tabelle, woerterbuch: Woerterbuch) -> pa.DataFrameSchema:
    """Return the schema of the raw table: texts, ``""`` = empty cell.

    Each column has at most two checks: ``pflichtfeld-leer``, and ``zelle`` for everything that
    the kind of the column asks of a text.
    """
    return pa.DataFrameSchema(
        {spalte.name: _spalte(spalte, woerterbuch) for spalte in tabelle.lesespalten},
        name=tabelle.name,
        strict=True,
        ordered=True,
    )


def _spalte(spalte: Spalte, woerterbuch: Woerterbuch) -> pa.Column:
    pruefe = pruefer(spalte, woerterbuch)

    def zelle(werte: "pd.Series[Any]") -> "pd.Series[bool]":
        gut = je_wert(werte, lambda wert: not wert or not pruefe(wert))
        return pd.Series(gut.astype(bool), index=werte.index)

    checks = [pa.Check(zelle, name=_ZELLE)]
    if spalte.pflicht:
        checks.append(pa.Check(_gefuellt, name=Code.PFLICHTFELD_LEER.value))
    return pa.Column(object, checks=checks, nullable=False)


def _gefuellt(werte: "pd.Series[Any]") -> "pd.Series[bool]":
    return werte != ""


def pruefe_zellen(tabelle: Tabelle, rahmen: pd.DataFrame, woerterbuch: Woerterbuch) -> list[Befund]:
    """Return what is wrong with the cells of a table, by line, then by column.

    Parameters
    ----------
    rahmen
        Raw table without surrounding space; the index is the line in the file.
    """
    if rahmen.empty:
        return []
    try:
        schema(tabelle, woerterbuch).validate(rahmen, lazy=True)
    except SchemaErrors as fehler:
        faelle = fehler.failure_cases
    else:
        return []
    je_spalte = {
        s.name: (i, cache(pruefer(s, woerterbuch))) for i, s in enumerate(tabelle.lesespalten)
    }
    gefunden: list[tuple[int, int, Befund]] = []
    for name, check, wert, zeile in zip(
        faelle["column"], faelle["check"], faelle["failure_case"], faelle["index"], strict=True
    ):
        stelle, pruefe = je_spalte[name]
        ort = Befund(Code.PFLICHTFELD_LEER, tabelle.datei, zeile=int(zeile), spalte=name)
        maengel = () if check == Code.PFLICHTFELD_LEER else pruefe(wert)
        befunde = [replace(ort, code=m.code, wert=m.wert, werte=m.werte) for m in maengel] or [ort]
        gefunden += [(int(zeile), stelle, befund) for befund in befunde]
    gefunden.sort(key=lambda eintrag: eintrag[:2])
    return [befund for _, _, befund in gefunden]
