"""The filter engine: what an `Abfrage` means (DESIGN §4). Its twin is ``web/src/engine.ts``.

Both are held to one table of cases (``tests/faelle``) and to a brute-force recount.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import singledispatch
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from app import bitmenge
from app.bitmenge import Bits, schnitt
from app.index import OHNE, Index
from app.naehe import Naehe, im_rahmen, miss, naechste, umkreis, ungemessen
from app.state import Abfrage
from layers.falten import suchworte

_MIKRO: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Ergebnis:
    """What a state selects.

    Attributes
    ----------
    zeilen
        Rows of the index, in the asked order.
    facetten
        Facet → how many projects each option would give, were it alone chosen in its own
        facet while all others stay (disjunctive counts), in the order of the codes.
    naehe
        How far the projects are from ``nahe``, or None without it.
    ohne_laufzeit
        How many projects only ``von``/``bis`` leave out because their Laufzeit is not documented.
    """

    zeilen: NDArray[np.int64]
    facetten: Mapping[str, NDArray[np.int64]]
    naehe: Naehe | None
    ohne_laufzeit: int

    @property
    def entfernung(self) -> NDArray[np.float64] | None:
        """Metres as in `Naehe`, or None without ``nahe``."""
        return self.naehe.meter if self.naehe else None

    @property
    def anzahl(self) -> int:
        """How many projects the state selects."""
        return len(self.zeilen)

    def blatt(self, von: int, bis: int) -> NDArray[np.int64]:
        """Return the rows from position ``von`` to before ``bis``, in the asked order.

        Who shows one page asks for no more: a database then sorts and sends only these.
        """
        return self.zeilen[von:bis]


class Naheergebnis(Ergebnis):
    """An `Ergebnis` by distance, or with it: only rows that are handed out are measured.

    ``naehe`` knows the distances of the rows that were handed out so far.
    """

    __slots__ = ("_abfrage", "_index", "_treffer")
    _abfrage: Abfrage
    _index: Index
    _treffer: Bits

    def __init__(
        self,
        index: Index,
        abfrage: Abfrage,
        treffer: Bits,
        facetten: Mapping[str, NDArray[np.int64]],
        ohne_laufzeit: int,
    ) -> None:
        fest = {
            "_index": index,
            "_abfrage": abfrage,
            "_treffer": treffer,
            "facetten": facetten,
            "naehe": ungemessen(len(index)),
            "ohne_laufzeit": ohne_laufzeit,
        }
        for name, wert in fest.items():
            object.__setattr__(self, name, wert)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - only one
        """Put all rows into their order."""
        if name != "zeilen":
            raise AttributeError(name)
        zeilen = self.blatt(0, self.anzahl)
        object.__setattr__(self, "zeilen", zeilen)
        return zeilen

    @property
    def anzahl(self) -> int:
        """How many projects the state selects."""
        return bitmenge.anzahl(self._treffer)

    def blatt(self, von: int, bis: int) -> NDArray[np.int64]:
        """Return the rows from position ``von`` to before ``bis``, in the asked order."""
        index, punkt, naehe = self._index, self._abfrage.nahe, self.naehe
        sort = self._abfrage.sort or "entfernung"
        assert punkt is not None  # noqa: S101 - made for states with a point only
        assert naehe is not None  # noqa: S101
        if sort == "entfernung":
            return naechste(index, punkt, self._treffer, bis, naehe)[von:]
        if sort == "-entfernung":
            zeilen = np.flatnonzero(bitmenge.als_maske(self._treffer, len(index)))
            miss(index, punkt, zeilen, naehe)
            schluessel = np.where(np.isinf(naehe.meter[zeilen]), 1, -naehe.meter[zeilen])
            return zeilen[np.argsort(schluessel, kind="stable")][von:bis]
        zeilen = _geordnet(index, sort, self._treffer)[von:bis]
        miss(index, punkt, zeilen, naehe)
        return zeilen


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
    facetten = _zaehlen(index, gewaehlt, (*grund, *laufzeit), treffer)
    ohne_laufzeit = sum(bitmenge.anzahl(alle & menge) for menge in undatiert)
    if abfrage.nahe is not None:
        return Naheergebnis(index, abfrage, treffer, facetten, ohne_laufzeit)
    return Ergebnis(
        _geordnet(index, abfrage.sort or "name", treffer), facetten, None, ohne_laufzeit
    )


def _zaehlen(
    index: Index, gewaehlt: Mapping[str, Bits], grund: Sequence[Bits], treffer: Bits
) -> dict[str, NDArray[np.int64]]:
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
        yield bitmenge.aus_zeilen(orte.projekt[im_rahmen(orte, *rahmen)], len(index))
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


def _geordnet(index: Index, sort: str, treffer: Bits) -> NDArray[np.int64]:
    maske = bitmenge.als_maske(treffer, len(index))
    if sort == "name":
        return np.flatnonzero(maske)
    folge = index.folgen[sort]
    return folge[maske[folge]].astype(np.int64)
