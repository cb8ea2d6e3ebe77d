"""The cross-table: how many projects have a code of one facet and a code of another one.

One pass over the columns of the index, without a loop over projects or cells.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.facette import Facette

Zahlen = NDArray[np.int64]
UNBEKANNT: Final = -1
"""Costs of a project that nobody documented."""


@dataclass(frozen=True, slots=True)
class Werte:
    """What is known about groups of projects; three arrays of one shape.

    Attributes
    ----------
    anzahl
        Projects.
    bekannt
        Those of them whose costs are documented.
    kosten
        The sum of the documented costs in euros: never a total, unless ``bekannt == anzahl``.
    """

    anzahl: Zahlen
    bekannt: Zahlen
    kosten: Zahlen


@dataclass(frozen=True, slots=True)
class Kreuztabelle:
    """Cells and totals; a total counts every project once.

    Attributes
    ----------
    zellen
        Shape (rows, columns).
    je_zeile, je_spalte
        Shape (rows,) and (columns,).
    gesamt
        Shape ().
    mehrfach_zeilen, mehrfach_spalten
        How many projects stand in more than one row or column, so that the rows together
        have more than the total.
    """

    zellen: Werte
    je_zeile: Werte
    je_spalte: Werte
    gesamt: Werte
    mehrfach_zeilen: int
    mehrfach_spalten: int


@dataclass(frozen=True, slots=True)
class _Eintraege:
    """Project and position of the code, for every entry of a facet; ordered by project."""

    projekt: Zahlen
    stelle: Zahlen


def kreuztabelle(
    zeilen: tuple[Facette, Zahlen],
    spalten: tuple[Facette, Zahlen],
    treffer: NDArray[np.bool_],
    kosten: Zahlen,
) -> Kreuztabelle:
    """Count the projects of a result by the codes of two facets.

    Parameters
    ----------
    zeilen, spalten
        A facet and the positions of those of its codes that the table shows, in order.
    treffer
        Which projects the state selects, shape (n,). Each should have a shown code in both
        facets: that is so if a facet shows all codes, or those that the state has chosen.
    kosten
        Costs in whole euros, `UNBEKANNT` where they are not documented, shape (n,).
    """
    r, c = len(zeilen[1]), len(spalten[1])
    in_zeile, in_spalte = _eintraege(*zeilen, treffer), _eintraege(*spalten, treffer)
    paar_zeile, paar_spalte = _paare(in_zeile, in_spalte, len(treffer))
    zelle = in_zeile.stelle[paar_zeile] * c + in_spalte.stelle[paar_spalte]
    alle = np.flatnonzero(treffer)
    return Kreuztabelle(
        zellen=_werte(in_zeile.projekt[paar_zeile], zelle, kosten, (r, c)),
        je_zeile=_werte(in_zeile.projekt, in_zeile.stelle, kosten, (r,)),
        je_spalte=_werte(in_spalte.projekt, in_spalte.stelle, kosten, (c,)),
        gesamt=_werte(alle, np.zeros(len(alle), dtype=np.int64), kosten, ()),
        mehrfach_zeilen=_mehrfach(in_zeile),
        mehrfach_spalten=_mehrfach(in_spalte),
    )


def _eintraege(facette: Facette, gezeigt: Zahlen, treffer: NDArray[np.bool_]) -> _Eintraege:
    stelle = np.full(len(facette.codes), -1, dtype=np.int64)
    stelle[gezeigt] = np.arange(len(gezeigt))
    zeilen, werte = facette.eintraege(treffer)
    stellen = stelle[werte]
    return _Eintraege(zeilen[stellen >= 0].astype(np.int64), stellen[stellen >= 0])


def _paare(links: _Eintraege, rechts: _Eintraege, n: int) -> tuple[Zahlen, Zahlen]:
    """Join the entries of two facets on the project; return positions in both."""
    je_projekt = np.bincount(rechts.projekt, minlength=n)
    beginn = np.cumsum(je_projekt) - je_projekt
    weite = je_projekt[links.projekt]
    aus_links = np.repeat(np.arange(len(weite)), weite)
    # the how-manieth partner of its left entry a pair is
    innen = np.arange(len(aus_links)) - np.repeat(np.cumsum(weite) - weite, weite)
    return aus_links, beginn[links.projekt[aus_links]] + innen


def _werte(projekt: Zahlen, gruppe: Zahlen, kosten: Zahlen, form: tuple[int, ...]) -> Werte:
    groesse = int(np.prod(form, dtype=np.int64))
    bekannt = kosten[projekt] != UNBEKANNT
    mit = gruppe[bekannt]
    # bincount adds in float64, which is exact for whole euros below 2**53
    summe = np.bincount(mit, weights=kosten[projekt[bekannt]], minlength=groesse)
    return Werte(
        anzahl=np.bincount(gruppe, minlength=groesse).reshape(form),
        bekannt=np.bincount(mit, minlength=groesse).reshape(form),
        kosten=np.rint(summe).astype(np.int64).reshape(form),
    )


def _mehrfach(eintraege: _Eintraege) -> int:
    """Return how many projects have more than one entry."""
    return int(np.count_nonzero(np.bincount(eintraege.projekt) > 1))
