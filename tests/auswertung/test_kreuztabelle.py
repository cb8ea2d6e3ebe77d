"""The counts of the Auswertung against a recount that walks over the records, one at a time."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.auswertung.klassen import HOECHSTENS, klassen
from app.auswertung.kosten import kostenspalte
from app.auswertung.kreuztabelle import UNBEKANNT, Kreuztabelle, kreuztabelle
from app.auswertung.tabelle import Auszaehlung, auszaehlung, treffermaske
from app.auswertung.worte import Wert
from app.auswertung.zeitleiste import jahreszahlen
from app.darstellung import Darstellung, Vorbereitet
from app.facette import Facette
from app.facette import facette as mache
from app.fassung import fassung
from app.query import suche
from app.state import FACETTEN, Abfrage
from app.store import Snapshot
from tests.faelle.zustaende import abfragen, werte

EINSTELLUNG = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
PAARE = st.lists(st.sampled_from(FACETTEN), min_size=2, max_size=2, unique=True).map(
    lambda paar: (paar[0], paar[1])
)


@pytest.fixture(scope="module")
def d(snapshot: Snapshot) -> Darstellung:
    return Vorbereitet(snapshot).darstellung(fassung("de"))


def zaehle(d: Darstellung, abfrage: Abfrage, facetten: tuple[str, str]) -> Auszaehlung:
    treffer = treffermaske(len(d.snapshot.index), suche(d.snapshot.index, abfrage).zeilen)
    return auszaehlung(d, kostenspalte(d.snapshot.projekte), abfrage, treffer, facetten)


def nachgezaehlt(projekte: list[Mapping[str, Any]]) -> Wert:
    kosten = [p["kosten_eur"] for p in projekte if p.get("kosten_eur") is not None]
    return Wert(len(projekte), len(kosten), sum(kosten))


@EINSTELLUNG
@given(data=st.data())
def test_cells_and_totals_equal_the_recount(data: st.DataObject, d: Darstellung) -> None:
    abfrage, facetten = data.draw(abfragen(d.snapshot)), data.draw(PAARE)
    zeilen, spalten = facetten
    a = zaehle(d, abfrage, facetten)
    alle = [d.snapshot.projekte[z] for z in suche(d.snapshot.index, abfrage).zeilen]
    for i, r in enumerate(a.zeilen.codes):
        in_reihe = [p for p in alle if r in werte(p, zeilen)]
        assert a.zeilensumme(i) == nachgezaehlt(in_reihe)
        for j, c in enumerate(a.spalten.codes):
            assert a.zelle(i, j) == nachgezaehlt([p for p in in_reihe if c in werte(p, spalten)])
    for j, c in enumerate(a.spalten.codes):
        assert a.spaltensumme(j) == nachgezaehlt([p for p in alle if c in werte(p, spalten)])
    assert a.gesamt == nachgezaehlt(alle)
    gezeigt = set(a.zeilen.codes)
    assert a.tabelle.mehrfach_zeilen == sum(len(werte(p, zeilen) & gezeigt) > 1 for p in alle)


@EINSTELLUNG
@given(data=st.data())
def test_no_project_is_missing_and_every_number_is_the_count_of_its_state(
    data: st.DataObject, d: Darstellung
) -> None:
    abfrage, facetten = data.draw(abfragen(d.snapshot)), data.draw(PAARE)
    index = d.snapshot.index
    a = zaehle(d, abfrage, facetten)
    assert a.tabelle.je_zeile.anzahl.sum() >= a.gesamt.anzahl
    assert a.tabelle.je_spalte.anzahl.sum() >= a.gesamt.anzahl
    if not a.tabelle.mehrfach_zeilen:
        assert a.tabelle.je_zeile.anzahl.sum() == a.gesamt.anzahl
    reihen = [*enumerate(a.zeilen.codes), (None, None)]
    spalten = [*enumerate(a.spalten.codes), (None, None)]
    # every cell of a random row and a random column, and all of their totals
    i, r = data.draw(st.sampled_from(reihen))
    j, c = data.draw(st.sampled_from(spalten))
    for zeile, spalte in [(i, j), (i, None), (None, j), (None, None)]:
        codes = {
            f: x
            for f, x, s in ((facetten[0], r, zeile), (facetten[1], c, spalte))
            if x and s is not None
        }
        erwartet = suche(index, abfrage.mit_codes(codes)).anzahl
        assert _anzahl(a, zeile, spalte) == erwartet


def _anzahl(a: Auszaehlung, i: int | None, j: int | None) -> int:
    if i is None and j is None:
        return a.gesamt.anzahl
    if i is None:
        return a.spaltensumme(j or 0).anzahl
    return (a.zeilensumme(i) if j is None else a.zelle(i, j)).anzahl


def facette(zeilen: list[list[int]], k: int) -> Facette:
    """A facet of ``k`` codes in compressed sparse rows."""
    return mache(
        codes=[f"c{i}" for i in range(k)],
        labels=[f"C {i}" for i in range(k)],
        wert=np.array([code for codes in zeilen for code in codes], dtype=np.int32),
        start=np.cumsum([0, *(len(codes) for codes in zeilen)]),
        n=len(zeilen),
    )


@EINSTELLUNG
@given(data=st.data())
def test_random_columns_equal_the_recount(data: st.DataObject) -> None:
    """Facets of any shape, also several codes on both sides, which the shipped data hardly have."""
    n, r, c = (
        data.draw(st.integers(0, 12)),
        data.draw(st.integers(1, 5)),
        data.draw(st.integers(1, 4)),
    )

    def codes(k: int) -> st.SearchStrategy[list[list[int]]]:
        eine = st.sets(st.integers(0, k - 1), min_size=1).map(sorted)
        return st.lists(eine, min_size=n, max_size=n)

    zeilen, spalten = data.draw(codes(r)), data.draw(codes(c))
    treffer = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)), dtype=bool)
    kosten = np.array(
        data.draw(st.lists(st.just(UNBEKANNT) | st.integers(0, 10**10), min_size=n, max_size=n)),
        dtype=np.int64,
    )
    t = kreuztabelle(
        (facette(zeilen, r), np.arange(r)), (facette(spalten, c), np.arange(c)), treffer, kosten
    )
    for i in range(r):
        for j in range(c):
            drin = [p for p in range(n) if treffer[p] and i in zeilen[p] and j in spalten[p]]
            assert t.zellen.anzahl[i, j] == len(drin)
            bekannt = [int(kosten[p]) for p in drin if kosten[p] != UNBEKANNT]
            assert (t.zellen.bekannt[i, j], t.zellen.kosten[i, j]) == (len(bekannt), sum(bekannt))
    _summen(t, zeilen, treffer)


def _summen(t: Kreuztabelle, zeilen: list[list[int]], treffer: np.ndarray[Any, Any]) -> None:
    assert t.gesamt.anzahl == np.count_nonzero(treffer)
    mehr = [len(codes) for codes, ja in zip(zeilen, treffer, strict=True) if ja]
    assert t.je_zeile.anzahl.sum() == sum(mehr)
    assert t.mehrfach_zeilen == sum(k > 1 for k in mehr)


@EINSTELLUNG
@given(data=st.data())
def test_a_years_number_is_the_count_of_that_year(data: st.DataObject, d: Darstellung) -> None:
    abfrage = data.draw(abfragen(d.snapshot))
    index = d.snapshot.index
    treffer = treffermaske(len(index), suche(index, abfrage).zeilen)
    zahlen = jahreszahlen(index, treffer, abfrage.von, abfrage.bis)
    undatiert = [
        p for p, ja in zip(d.snapshot.projekte, treffer, strict=True)
        if ja and not p.get("beginn") and not p.get("ende")
    ]  # fmt: skip
    assert zahlen.ohne == len(undatiert)
    for jahr, laufend, offen in zip(zahlen.jahre, zahlen.laufend, zahlen.offen, strict=True):
        gemeint = Abfrage(
            **{
                **{f: getattr(abfrage, f) for f in ("q", "lage", "bbox", "facetten")},
                "von": int(jahr),
                "bis": int(jahr),
            }
        )
        assert laufend == suche(index, gemeint).anzahl
        assert 0 <= offen <= laufend


@settings(deadline=None)
@given(hoechster=st.integers(0, 10**12), wert=st.integers(0, 10**12))
def test_classes_hold_every_value_in_equal_steps(hoechster: int, wert: int) -> None:
    stufen = klassen(hoechster)
    assert stufen.anzahl <= HOECHSTENS
    if wert > hoechster:
        return
    klasse = stufen.von(wert)
    if wert == 0:
        assert klasse == 0
    else:
        unten, oben = stufen.grenzen(klasse)
        assert 1 <= klasse <= stufen.anzahl
        assert unten <= wert <= oben
