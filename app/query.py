"""The filter engine: what an `Abfrage` means (DESIGN §4). Its twin is ``web/src/engine.ts``.

Both are held to one table of cases (``tests/faelle``) and to a brute-force recount.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce, singledispatch

import numpy as np
from numpy.typing import NDArray

from app.entfernung import meter, richtung, versatz
from app.index import OHNE, Index
from app.state import Abfrage
from app.werte import BBox
from layers.falten import suchworte

Maske = NDArray[np.bool_]
_MIKRO = 1_000_000


OHNE_ORT = -1


@dataclass(frozen=True, slots=True)
class Naehe:
    """How far, and in which direction, the nearest location of each row of the *index* lies.

    Attributes
    ----------
    meter
        Infinite where a row has no location.
    ort
        Position of that location in ``index.standorte``, `OHNE_ORT` where there is none.
    richtung
        Position in `app.entfernung.RICHTUNGEN`, seen from ``nahe``; without meaning where
        there is no location.
    """

    meter: NDArray[np.float64]
    ort: NDArray[np.int64]
    richtung: NDArray[np.int64]


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


@singledispatch
def suche(index: Index, abfrage: Abfrage) -> Ergebnis:
    """Answer one state: rows in order, and the count of every option of every facet.

    The one seam between the surfaces and where the projects lie: an index of another kind
    registers its own engine here (`app.postgis.suche`), and nobody else knows the difference.
    """
    n = len(index)
    naehe = _naehe(index, abfrage)
    entfernung = naehe.meter if naehe else None
    grund = _worte(index, abfrage.q) & _lage(index, abfrage.lage) & _bbox(index, abfrage.bbox)
    if entfernung is not None and abfrage.umkreis is not None:
        grund &= entfernung <= abfrage.umkreis
    laufzeit, undatiert = _laufzeit(index, abfrage.von, abfrage.bis)
    gewaehlt = {
        name: index.facetten[name].maske([index.codes[name][code] for code in codes], n)
        for name, codes in abfrage.facetten.items()
    }
    alle = reduce(np.logical_and, gewaehlt.values(), grund)
    treffer = alle & laufzeit
    return Ergebnis(
        zeilen=_ordnen(index, abfrage, np.flatnonzero(treffer), entfernung),
        facetten=_zaehlen(index, gewaehlt, grund & laufzeit, treffer),
        naehe=naehe,
        ohne_laufzeit=int(np.count_nonzero(alle & undatiert)),
    )


def _zaehlen(
    index: Index, gewaehlt: Mapping[str, Maske], grund: Maske, treffer: Maske
) -> dict[str, NDArray[np.int64]]:
    zaehlung = {}
    for name, facette in index.facetten.items():
        maske = treffer
        if name in gewaehlt:
            andere = [m for anderer, m in gewaehlt.items() if anderer != name]
            maske = reduce(np.logical_and, andere, grund)
        zaehlung[name] = facette.zaehlen(maske)
    return zaehlung


def _alle(index: Index) -> Maske:
    return np.ones(len(index), dtype=bool)


def _worte(index: Index, q: str) -> Maske:
    masken = (index.praefix(wort) for wort in suchworte(q))
    return reduce(np.logical_and, masken, _alle(index))


def _lage(index: Index, lage: str | None) -> Maske:
    if lage is None:
        return _alle(index)
    return index.mit_ort if lage == "mit" else ~index.mit_ort


def _bbox(index: Index, bbox: BBox | None) -> Maske:
    if bbox is None:
        return _alle(index)
    west, sued, ost, nord = (
        round(wert * _MIKRO) for wert in (bbox.west, bbox.sued, bbox.ost, bbox.nord)
    )
    orte = index.standorte
    drin = (orte.lon >= west) & (orte.lon <= ost) & (orte.lat >= sued) & (orte.lat <= nord)
    maske = ~_alle(index)
    maske[orte.projekt[drin]] = True
    return maske


def _laufzeit(index: Index, von: int | None, bis: int | None) -> tuple[Maske, Maske]:
    """Return which rows overlap the years, and which of the others have no documented years."""
    if von is None and bis is None:
        return _alle(index), ~_alle(index)
    undatiert = (index.beginn == OHNE) & (index.ende == OHNE)
    passt = ~undatiert
    if bis is not None:
        passt &= index.beginn <= bis
    if von is not None:
        passt &= (index.ende == OHNE) | (index.ende >= von)
    return passt, undatiert


def _naehe(index: Index, abfrage: Abfrage) -> Naehe | None:
    if abfrage.nahe is None:
        return None
    orte, n = index.standorte, len(index)
    weg = versatz(abfrage.nahe.lat, abfrage.nahe.lon, orte.lat / _MIKRO, orte.lon / _MIKRO)
    je_ort = meter(weg)
    # By project, then by distance, then by position: the first of each project is the nearest.
    geordnet = np.lexsort((je_ort, orte.projekt))
    zeilen, erste = np.unique(orte.projekt[geordnet], return_index=True)
    naechste = geordnet[erste]
    weite = np.full(n, np.inf)
    weite[zeilen] = je_ort[naechste]
    ort = np.full(n, OHNE_ORT, dtype=np.int64)
    ort[zeilen] = naechste
    wohin = np.zeros(n, dtype=np.int64)
    wohin[zeilen] = richtung(weg)[naechste]
    return Naehe(weite, ort, wohin)


def _ordnen(
    index: Index,
    abfrage: Abfrage,
    zeilen: NDArray[np.int64],
    entfernung: NDArray[np.float64] | None,
) -> NDArray[np.int64]:
    sort = abfrage.sort or ("entfernung" if entfernung is not None else "name")
    name = sort.removeprefix("-")
    vorzeichen = -1 if sort.startswith("-") else 1
    if name == "entfernung" and entfernung is not None:
        schluessel = entfernung[zeilen]
        fehlt = np.isinf(schluessel)
    else:
        schluessel = index.rang[name][zeilen].astype(np.float64)
        fehlt = schluessel == OHNE
    geordnet: NDArray[np.int64] = zeilen[np.lexsort((zeilen, vorzeichen * schluessel, fehlt))]
    return geordnet
