"""Embedded index and database answer every state alike (DESIGN §4)."""

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.darstellung import Vorbereitet
from app.fassung import fassung
from app.query import suche
from app.state import Abfrage
from app.store import Snapshot
from app.werte import BBox, Punkt
from tests.faelle.tabelle import antwort_des_dienstes, faelle
from tests.faelle.zustaende import abfragen, punkte


def test_every_case_of_the_table(snapshot: Snapshot, fern: Snapshot) -> None:
    for query in faelle(snapshot):
        assert antwort_des_dienstes(fern, query) == antwort_des_dienstes(snapshot, query), query


# the pool of connections asks ``random`` for their ages, in a thread that knows no hypothesis
@pytest.mark.filterwarnings("ignore:Do not use the `random` module:Warning")
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_pages_and_counts_of_random_states(
    data: st.DataObject, snapshot: Snapshot, fern: Snapshot
) -> None:
    abfrage = data.draw(abfragen(snapshot))
    if data.draw(st.booleans()):
        radius = data.draw(st.none() | st.integers(1, 9000))
        sort = data.draw(st.sampled_from(["entfernung", "-entfernung", abfrage.sort]))
        abfrage = replace(abfrage, nahe=data.draw(punkte()), umkreis=radius, sort=sort)
    von, bis = data.draw(st.integers(0, 100)), data.draw(st.integers(0, 120))
    hier, dort = suche(snapshot.index, abfrage), suche(fern.index, abfrage)
    assert (dort.anzahl, dort.ohne_laufzeit) == (hier.anzahl, hier.ohne_laufzeit)
    seite = dort.blatt(von, bis)
    np.testing.assert_array_equal(seite, hier.blatt(von, bis))
    if hier.naehe and dort.naehe:
        np.testing.assert_allclose(dort.naehe.meter(seite), hier.naehe.meter(seite), rtol=1e-9)
        for zeile in seite.tolist():
            weg, anderer = dort.naehe.weg(zeile), hier.naehe.weg(zeile)
            assert (weg and weg.ort) == (anderer and anderer.ort)
    for name, zahlen in hier.facetten.items():
        np.testing.assert_array_equal(dort.facetten[name], zahlen)


@pytest.mark.parametrize("code", ["en", "tr", "leicht"])
def test_labels_of_the_language_are_searched(code: str, snapshot: Snapshot, fern: Snapshot) -> None:
    hier, dort = (
        Vorbereitet(s).darstellung(fassung(code, gewaehlt=True)).index for s in (snapshot, fern)
    )
    for label in hier.labelworte[::25]:
        for q in (label.wort[:3], label.wort):
            gefunden = suche(dort, Abfrage(q=q)).zeilen
            np.testing.assert_array_equal(gefunden, suche(hier, Abfrage(q=q)).zeilen, q)


@pytest.mark.parametrize(
    "abfrage",
    [
        Abfrage(q="'; DROP SCHEMA nordwaerts CASCADE; --"),
        Abfrage(q="%_\\"),
        Abfrage(q="\uffff"),
        Abfrage(bbox=BBox(-180, -90, 180, 90)),
        Abfrage(bbox=BBox(7.4, 89.999999, 7.4, 90)),
        Abfrage(nahe=Punkt(90, 0), umkreis=1),
        Abfrage(nahe=Punkt(-90, 180), umkreis=50_000),
        Abfrage(von=1900, bis=1900),
        Abfrage(von=2100),
        Abfrage(lage="ohne", sort="-entfernung", nahe=Punkt(51.5, 7.4)),
    ],
    ids=lambda abfrage: abfrage.query(),
)
def test_odd_states(abfrage: Abfrage, snapshot: Snapshot, fern: Snapshot) -> None:
    hier, dort = suche(snapshot.index, abfrage), suche(fern.index, abfrage)
    np.testing.assert_array_equal(dort.zeilen, hier.zeilen)
    assert dort.ohne_laufzeit == hier.ohne_laufzeit


def test_everything_else_is_the_same_build(snapshot: Snapshot, fern: Snapshot) -> None:
    assert list(fern.projekte) == list(snapshot.projekte)
    assert fern.projekte[5:8] == list(snapshot.projekte[5:8])
    assert list(fern.texte) == list(snapshot.texte)
    assert fern.dateien.keys() == snapshot.dateien.keys()
    for pfad in list(snapshot.dateien)[::7]:
        assert fern.dateien[pfad] == snapshot.dateien[pfad]
    assert list(fern.index.zeile) == list(snapshot.index.ids)
    assert fern.index.zeile.get("gibt-es-nicht") is None
    grosse = {"projekte", "texte", "dateien", "index", "schriften", "kacheln"}
    for feld in {f.name for f in fields(Snapshot)} - grosse:
        assert getattr(fern, feld) == getattr(snapshot, feld), feld
    assert fern.schriften is not None
    assert snapshot.schriften is not None
    assert {p.name for p in fern.schriften.iterdir()} == {
        p.name for p in snapshot.schriften.iterdir()
    }
