"""The filter engine: what an `Abfrage` means (DESIGN §4). Its twin is ``web/src/engine.ts``.

Both are held to one table of cases (``tests/faelle``) and to a brute-force recount.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial, singledispatch
from typing import Final

import numpy as np

from app import bitmenge
from app.bitmenge import Bits, schnitt
from app.index import OHNE, Index
from app.naehe import Naehe, Wege, im_rahmen, nach_weg, umkreis, wege
from app.reihenfolge import geordnet
from app.state import Abfrage
from layers.falten import suchworte
from layers.spalten import Zahlen

_MIKRO: Final = 1_000_000


@dataclass(frozen=True)
class Ergebnis:
    """What a state selects; rows are put in order, measured and sent when somebody asks for them.

    Attributes
    ----------
    anzahl
        How many projects the state selects.
    facetten
        Facet → how many projects each option would give, were it alone chosen in its own
        facet while all others stay (disjunctive counts), in the order of the codes.
    ohne_laufzeit
        How many projects only ``von``/``bis`` leave out because their Laufzeit is not documented.
    reihe
        Returns the rows from one position to before another, in the asked order.
    miss
        Returns how far rows are from ``nahe``; None without it.
    """

    anzahl: int
    facetten: Mapping[str, Zahlen]
    ohne_laufzeit: int
    reihe: Callable[[int, int], Zahlen]
    miss: Callable[[Zahlen], Wege] | None

    @cached_property
    def naehe(self) -> Naehe | None:
        """How far the projects handed out so far are from ``nahe``, or None without it."""
        return None if self.miss is None else Naehe()

    def blatt(self, von: int, bis: int) -> Zahlen:
        """Return the rows from position ``von`` to before ``bis``, in the asked order.

        Who shows one page asks for no more: only these are sorted, measured and sent.
        """
        zeilen = self.reihe(von, bis)
        if self.miss is not None and self.naehe is not None and len(zeilen):
            self.naehe.merke(self.miss(zeilen))
        return zeilen

    @cached_property
    def zeilen(self) -> Zahlen:
        """All rows of the index that the state selects, in the asked order."""
        return self.blatt(0, self.anzahl)


@singledispatch
def suche(index: Index, abfrage: Abfrage) -> Ergebnis:
    """Answer one state: rows in order, and the count of every option of every facet.

    The one seam between the surfaces and where the projects lie: an index of another kind
    registers its own engine here (`app.postgis.suche`), and nobody else knows the difference.
    """
    grund = [*_worte(index, abfrage.q), *_lage(index, abfrage.lage), *_ort(index, abfrage)]
    laufzeit, undatiert = _laufzeit(index, abfrage.von, abfrage.bis)
    gewaehlt = {
        name: index.facetten[name].menge([index.codes[name][code] for code in codes])
        for name, codes in abfrage.facetten.items()
    }
    alle = schnitt((*grund, *gewaehlt.values()), index.alle)
    treffer = schnitt(laufzeit, alle)
    return Ergebnis(
        anzahl=bitmenge.anzahl(treffer),
        facetten=_zaehlen(index, gewaehlt, (*grund, *laufzeit), treffer),
        ohne_laufzeit=sum(bitmenge.anzahl(alle & menge) for menge in undatiert),
        reihe=partial(_reihe, index, abfrage, treffer),
        miss=None if abfrage.nahe is None else partial(wege, index, abfrage.nahe),
    )


def _reihe(index: Index, abfrage: Abfrage, treffer: Bits, von: int, bis: int) -> Zahlen:
    punkt = abfrage.nahe
    sort = abfrage.sort or ("name" if punkt is None else "entfernung")
    if punkt is None or sort.removeprefix("-") != "entfernung":
        return geordnet(index, sort, treffer, von, bis)
    return nach_weg(index, punkt, treffer, bis, fernste=sort.startswith("-"))[von:]


def _zaehlen(
    index: Index, gewaehlt: Mapping[str, Bits], grund: Sequence[Bits], treffer: Bits
) -> dict[str, Zahlen]:
    zaehlung = {}
    for name, facette in index.facetten.items():
        menge = treffer
        if name in gewaehlt:
            andere = (m for anderer, m in gewaehlt.items() if anderer != name)
            menge = schnitt((*grund, *andere), index.alle)
        zaehlung[name] = index.gesamt[name] if menge is index.alle else facette.zaehle(menge)
    return zaehlung


def _worte(index: Index, q: str) -> Iterator[Bits]:
    return (index.praefix(wort) for wort in suchworte(q))


def _lage(index: Index, lage: str | None) -> Iterator[Bits]:
    if lage is not None:
        yield index.verortet if lage == "mit" else index.alle & ~index.verortet


def _ort(index: Index, abfrage: Abfrage) -> Iterator[Bits]:
    if (bbox := abfrage.bbox) is not None:
        rahmen = (round(w * _MIKRO) for w in (bbox.west, bbox.sued, bbox.ost, bbox.nord))
        orte = index.standorte
        drin = np.flatnonzero(im_rahmen(orte, *rahmen))
        yield bitmenge.aus_zeilen(orte.projekt[drin], len(index))
    if abfrage.nahe is not None and abfrage.umkreis is not None:
        yield umkreis(index, abfrage.nahe, abfrage.umkreis)


def _laufzeit(index: Index, von: int | None, bis: int | None) -> tuple[list[Bits], list[Bits]]:
    """Return which rows overlap the years, and which of the others have no documented years.

    Both lists are empty where the state names no year, else of one set.
    """
    if von is None and bis is None:
        return [], []
    undatiert = (index.beginn == OHNE) & (index.ende == OHNE)
    passt = ~undatiert
    if bis is not None:
        passt &= index.beginn <= bis
    if von is not None:
        passt &= (index.ende == OHNE) | (index.ende >= von)
    return [bitmenge.aus_maske(passt)], [bitmenge.aus_maske(undatiert)]
