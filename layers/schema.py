"""Every cell of a table is held against the definition of its column."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from layers.befund import Befund, Code
from layers.tabellen import Spalte, Tabelle
from layers.zellen import Maengel, Woerterbuch, je_wert, pruefer


def pruefe_zellen(
    tabelle: Tabelle, rahmen: pd.DataFrame, woerterbuch: Woerterbuch
) -> Iterator[Befund]:
    """Yield what is wrong with the cells of a table, column by column.

    Parameters
    ----------
    rahmen
        Raw table without surrounding space (texts, ``""`` = empty); the index is the line in the
        file.
    """
    for spalte in tabelle.lesespalten:
        texte = rahmen[spalte.name]
        if spalte.pflicht:
            for zeile in rahmen.index[texte == ""]:
                yield _leer(spalte, tabelle, rahmen, int(zeile))
        yield from _maengel(tabelle, spalte, texte, woerterbuch)


def _maengel(
    tabelle: Tabelle, spalte: Spalte, texte: "pd.Series[Any]", woerterbuch: Woerterbuch
) -> Iterator[Befund]:
    pruefe = pruefer(spalte, woerterbuch)

    def je_text(text: str) -> Maengel | None:
        return (pruefe(text) if text else ()) or None

    gefunden, zeilen = je_wert(texte, je_text), texte.index.to_numpy()
    for i in np.flatnonzero(gefunden != None):  # noqa: E711  compared element by element
        for mangel in gefunden[i]:
            yield Befund(
                mangel.code,
                tabelle.datei,
                zeile=int(zeilen[i]),
                spalte=spalte.name,
                wert=mangel.wert,
                werte=mangel.werte,
            )


def _leer(spalte: Spalte, tabelle: Tabelle, rahmen: pd.DataFrame, zeile: int) -> Befund:
    """Return the finding about an empty cell of a required column."""
    if not spalte.sprache:
        return Befund(Code.PFLICHTFELD_LEER, tabelle.datei, zeile=zeile, spalte=spalte.name)
    werte = {"eintrag": str(rahmen.loc[zeile, spalte.original])}
    return Befund(
        Code.UEBERSETZUNG_FEHLT, tabelle.datei, zeile=zeile, spalte=spalte.name, werte=werte
    )
