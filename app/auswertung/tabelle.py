"""The cross-table of a state and a view: counted once, shown by the page, written by the files."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.auswertung.kreuztabelle import Kreuztabelle, Werte, Zahlen, kreuztabelle
from app.auswertung.wahl import Wahl
from app.auswertung.worte import Wert
from app.beschriftung import OHNE_ANGABE
from app.darstellung import Darstellung
from app.index import Index
from app.state import Abfrage

_VIELE = 20
"""Codes from which on those without a project are left out."""


@dataclass(frozen=True, slots=True)
class Achse:
    """Rows or columns: a facet, the codes that are shown, and what they are called."""

    facette: str
    codes: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Auszaehlung:
    """The cross-table with its axes."""

    zeilen: Achse
    spalten: Achse
    tabelle: Kreuztabelle

    def zelle(self, zeile: int, spalte: int) -> Wert:
        """Return what is known about the projects of a cell."""
        return _wert(self.tabelle.zellen, (zeile, spalte))

    def zeilensumme(self, zeile: int) -> Wert:
        """Return what is known about all projects of a row, each counted once."""
        return _wert(self.tabelle.je_zeile, zeile)

    def spaltensumme(self, spalte: int) -> Wert:
        """Return what is known about all projects of a column, each counted once."""
        return _wert(self.tabelle.je_spalte, spalte)

    @property
    def gesamt(self) -> Wert:
        """What is known about all projects of the state, each counted once."""
        return _wert(self.tabelle.gesamt, ())

    def reihen(self) -> Iterator[tuple[str, tuple[Wert, ...]]]:
        """Yield label and values of every row, its total last."""
        spalten = range(len(self.spalten.codes))
        for i, label in enumerate(self.zeilen.labels):
            yield label, (*(self.zelle(i, j) for j in spalten), self.zeilensumme(i))

    def summen(self) -> tuple[Wert, ...]:
        """Return the totals of the columns, the grand total last."""
        spalten = range(len(self.spalten.codes))
        return (*(self.spaltensumme(j) for j in spalten), self.gesamt)


def _wert(werte: Werte, stelle: Any) -> Wert:  # noqa: ANN401 - whatever indexes an array
    return Wert(int(werte.anzahl[stelle]), int(werte.bekannt[stelle]), int(werte.kosten[stelle]))


def auszaehlung(
    d: Darstellung,
    kosten: Zahlen,
    abfrage: Abfrage,
    treffer: NDArray[np.bool_],
    facetten: tuple[str, str],
) -> Auszaehlung:
    """Count the selected projects by two facets (rows, columns).

    Parameters
    ----------
    kosten
        Euros by row of the index, see `app.auswertung.kosten`.
    treffer
        Which rows of the index the state selects.
    """
    index = d.snapshot.index
    zeilen, spalten = (_stellen(index, abfrage, treffer, name) for name in facetten)
    tabelle = kreuztabelle(
        (index.facetten[facetten[0]], zeilen),
        (index.facetten[facetten[1]], spalten),
        treffer,
        kosten,
    )
    return Auszaehlung(_achse(d, facetten[0], zeilen), _achse(d, facetten[1], spalten), tabelle)


def _stellen(index: Index, abfrage: Abfrage, treffer: NDArray[np.bool_], name: str) -> Zahlen:
    """Return the positions of the codes that are shown.

    Of a filtered facet those that were chosen: the others have projects only because those
    stand in several of them, and no address could ask for their cells.
    """
    facette = index.facetten[name]
    if gewaehlt := abfrage.facetten.get(name):
        return np.array([index.codes[name][code] for code in gewaehlt], dtype=np.int64)
    belegt = facette.zaehlen(treffer) > 0
    entbehrlich = np.array([code == OHNE_ANGABE for code in facette.codes], dtype=bool)
    if len(facette.codes) > _VIELE:
        entbehrlich[:] = True
    return np.flatnonzero(belegt | ~entbehrlich)


def _achse(d: Darstellung, name: str, stellen: Zahlen) -> Achse:
    codes = tuple(d.snapshot.index.facetten[name].codes[stelle] for stelle in stellen)
    return Achse(name, codes, tuple(d.labels.facetten[name][code] for code in codes))


def treffermaske(n: int, zeilen: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return the selected rows as a mask over the index."""
    maske = np.zeros(n, dtype=bool)
    maske[zeilen] = True
    return maske


def facetten_der(wahl: Wahl) -> tuple[str, str]:
    """Return the facets of rows and columns."""
    return wahl.zeilen, wahl.spalten
