"""The server's engine against a brute-force recount."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.query import suche
from app.state import Abfrage
from app.store import Snapshot
from app.werte import Punkt
from tests.faelle.zustaende import _orte, abfragen, kurs, meter, passt, punkte, werte

EINSTELLUNG = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.fixture(scope="module")
def worte(snapshot: Snapshot) -> list[set[str]]:
    """The words of every row, turned back out of the posting lists."""
    index = snapshot.index.worte
    je_zeile: list[set[str]] = [set() for _ in snapshot.projekte]
    for nummer, wort in enumerate(index.worte):
        for zeile in index.zeilen[index.start[nummer] : index.start[nummer + 1]]:
            je_zeile[zeile].add(wort)
    return je_zeile


@EINSTELLUNG
@given(data=st.data())
def test_result_and_facets_equal_the_recount(
    data: st.DataObject, snapshot: Snapshot, worte: list[set[str]]
) -> None:
    abfrage = data.draw(abfragen(snapshot))
    ergebnis = suche(snapshot.index, abfrage)
    paare = list(zip(snapshot.projekte, worte, strict=True))
    erwartet = {p["id"] for p, w in paare if passt(p, w, abfrage)}
    assert {snapshot.index.ids[z] for z in ergebnis.zeilen} == erwartet
    assert len(ergebnis.zeilen) == len(erwartet)
    for name, codes in snapshot.index.codes.items():
        rest = [p for p, w in paare if passt(p, w, abfrage, ohne=name)]
        for code, stelle in codes.items():
            assert ergebnis.facetten[name][stelle] == sum(code in werte(p, name) for p in rest)


@EINSTELLUNG
@given(data=st.data())
def test_an_options_count_is_what_choosing_it_alone_gives(
    data: st.DataObject, snapshot: Snapshot
) -> None:
    abfrage = data.draw(abfragen(snapshot))
    name = data.draw(st.sampled_from(sorted(snapshot.index.codes)))
    code = data.draw(st.sampled_from(sorted(snapshot.index.codes[name])))
    versprochen = suche(snapshot.index, abfrage).facetten[name][snapshot.index.codes[name][code]]
    gewaehlt = Abfrage(
        **{
            **{feld: getattr(abfrage, feld) for feld in ("q", "von", "bis", "lage", "bbox")},
            "facetten": {**abfrage.facetten, name: (code,)},
        }
    )
    assert suche(snapshot.index, gewaehlt).anzahl == versprochen


@EINSTELLUNG
@given(data=st.data(), umkreis=st.integers(200, 5000))
def test_near_sorts_by_distance_and_keeps_the_radius(
    data: st.DataObject, umkreis: int, snapshot: Snapshot
) -> None:
    punkt = data.draw(punkte())
    ohne_radius = suche(snapshot.index, Abfrage(nahe=punkt))
    assert ohne_radius.anzahl == len(snapshot.projekte)
    zeilen = ohne_radius.zeilen
    assert ohne_radius.naehe is not None
    strecken = ohne_radius.naehe.meter(zeilen).tolist()
    assert strecken == sorted(strecken)
    drin = suche(snapshot.index, Abfrage(nahe=punkt, umkreis=umkreis))
    for zeile, projekt in enumerate(snapshot.projekte):
        abstaende = [meter((punkt.lat, punkt.lon), ort) for ort in _orte(projekt)]
        if abstaende and abs(min(abstaende) - umkreis) > 0.005 * umkreis:
            assert (zeile in drin.zeilen) == (min(abstaende) < umkreis)


@EINSTELLUNG
@given(punkt=punkte())
def test_the_direction_is_the_bearing_of_the_nearest_location(
    punkt: Punkt, snapshot: Snapshot
) -> None:
    ergebnis = suche(snapshot.index, Abfrage(nahe=punkt))
    naehe = ergebnis.naehe
    assert naehe is not None
    # Only what was handed out is measured.
    assert len(ergebnis.zeilen) == len(snapshot.projekte)
    for zeile, projekt in enumerate(snapshot.projekte):
        hier = (punkt.lat, punkt.lon)
        orte = sorted(_orte(projekt), key=lambda ort: meter(hier, ort))
        if not orte:
            assert naehe.weg(zeile) is None
            continue
        weiten = [meter(hier, ort) for ort in orte]
        # Two equally near ones, or a bearing on a border: both answers are right.
        knapp = len(orte) > 1 and weiten[1] - weiten[0] < 0.01 * weiten[0] and orte[0] != orte[1]
        achtel = kurs(hier, orte[0]) / 45
        if not knapp and weiten[0] > 5 and abs(achtel % 1 - 0.5) > 0.02:
            weg = naehe.weg(zeile)
            assert weg is not None
            assert weg.richtung == round(achtel) % 8
            assert snapshot.index.standorte.lat[weg.ort] == round(orte[0][0] * 1e6)


@EINSTELLUNG
@given(data=st.data(), k=st.integers(1, 40), punkt=punkte())
def test_the_nearest_of_many_are_those_of_all(
    data: st.DataObject, k: int, punkt: Punkt, snapshot: Snapshot
) -> None:
    """Judged before they are measured, which only an index of many thousands would need."""
    sort = data.draw(st.sampled_from(["entfernung", "-entfernung"]))
    abfrage = replace(data.draw(abfragen(snapshot)), nahe=punkt, sort=sort)
    alle = suche(snapshot.index, abfrage).zeilen
    with pytest.MonkeyPatch.context() as stelle:
        stelle.setattr("app.naehe._WENIGE", 5)
        ergebnis = suche(snapshot.index, abfrage)
        assert ergebnis.blatt(0, k).tolist() == alle[:k].tolist()
        assert ergebnis.blatt(3, k + 3).tolist() == alle[3 : k + 3].tolist()
        assert ergebnis.anzahl == len(alle)


def test_reversing_keeps_rows_without_value_last(snapshot: Snapshot) -> None:
    for sort in ("stand", "-stand"):
        zeilen = suche(snapshot.index, Abfrage(sort=sort)).zeilen
        staende = [snapshot.projekte[z].get("stand") for z in zeilen]
        mit = [s for s in staende if s]
        assert staende == mit + [None] * (len(staende) - len(mit))
        assert mit == sorted(mit, reverse=sort.startswith("-"))


def test_years_say_how_many_undated_projects_they_leave_out(snapshot: Snapshot) -> None:
    undatiert = sum(not p.get("beginn") and not p.get("ende") for p in snapshot.projekte)
    assert suche(snapshot.index, Abfrage(von=2000)).ohne_laufzeit == undatiert
    assert suche(snapshot.index, Abfrage()).ohne_laufzeit == 0
