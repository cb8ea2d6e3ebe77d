"""The query contract: what is understood, what is said about the rest, one URL per state."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.state import PARAMETER, Abfrage, parse
from app.store import Snapshot
from app.werte import BBox, Punkt
from tests.faelle.zustaende import abfragen, punkte

CODES = {"handlungsfeld": {"bildung": 0, "umwelt": 1}, "status": {"umgesetzt": 0}}


def lies(query: str) -> tuple[Abfrage, list[tuple[str, str]]]:
    abfrage, fehler = parse(parse_qsl(query, keep_blank_values=True), CODES)
    return abfrage, [(f.name, f.grund) for f in fehler]


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_every_state_survives_its_url(data: st.DataObject, snapshot: Snapshot) -> None:
    abfrage = data.draw(abfragen(snapshot))
    if data.draw(st.booleans()):
        abfrage = Abfrage(facetten=abfrage.facetten, nahe=data.draw(punkte()), umkreis=500)
    paare = parse_qsl(abfrage.query().removeprefix("?"))
    assert parse(paare, snapshot.index.codes) == (abfrage, ())


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=30)), max_size=5))
def test_anything_is_parsed_or_named(paare: list[tuple[str, str]]) -> None:
    abfrage, fehler = parse(paare, CODES)
    assert parse(abfrage.paare(), CODES) == (abfrage, ())
    unbekannt = {n for n, w in paare if w.strip()} - {p.name for p in PARAMETER}
    gemeldet = {f.name for f in fehler}
    assert {n for n in unbekannt if not n.startswith(("utm_", "mtm_", "pk_"))} <= gemeldet


@pytest.mark.parametrize(
    ("query", "fehler"),
    [
        ("von=nan", [("von", "jahr")]),
        ("von=20 15", [("von", "jahr")]),
        ("von=1e3", [("von", "jahr")]),
        ("von=2020&bis=2015", [("bis", "reihenfolge")]),
        ("bbox=7,51,8", [("bbox", "bbox")]),
        ("bbox=nan,nan,nan,nan", [("bbox", "bbox")]),
        ("bbox=8,51,7,52", [("bbox", "bbox")]),
        ("bbox=7,51,8,inf", [("bbox", "bbox")]),
        ("nahe=91,7", [("nahe", "punkt")]),
        ("umkreis=500", [("umkreis", "ohne-nahe")]),
        ("sort=entfernung", [("sort", "ohne-nahe")]),
        ("sort=farbe", [("sort", "wahl")]),
        ("lage=irgendwo", [("lage", "wahl")]),
        ("handlungsfeld=kunst", [("handlungsfeld", "code")]),
        ("projekt=../../etc", [("projekt", "id")]),
        ("von=2015&von=2016", [("von", "mehrfach")]),
        ("q=" + "a" * 201, [("q", "laenge")]),
        ("farbe=rot", [("farbe", "unbekannt")]),
        ("utm_source=brief", []),
        ("q=", []),
        ("handlungsfeld=", []),
    ],
)
def test_what_is_not_understood_is_named(query: str, fehler: list[tuple[str, str]]) -> None:
    assert lies(query)[1] == fehler


def test_the_good_part_of_a_state_stays() -> None:
    abfrage, fehler = lies("handlungsfeld=umwelt&handlungsfeld=kunst&status=umgesetzt&von=abc")
    assert abfrage.facetten == {"handlungsfeld": ("umwelt",), "status": ("umgesetzt",)}
    assert [name for name, _ in fehler] == ["handlungsfeld", "von"]


def test_equal_states_have_one_url() -> None:
    eins, _ = lies("status=umgesetzt&handlungsfeld=umwelt&handlungsfeld=bildung")
    zwei, _ = lies(
        "handlungsfeld=bildung&handlungsfeld=umwelt&handlungsfeld=bildung&status=umgesetzt"
    )
    assert eins == zwei
    assert eins.query() == "?handlungsfeld=bildung&handlungsfeld=umwelt&status=umgesetzt"


def test_a_value_can_be_taken_away() -> None:
    abfrage = Abfrage(
        q="hafen",
        facetten={"handlungsfeld": ("bildung", "umwelt")},
        nahe=Punkt(51.5, 7.4),
        umkreis=500,
        sort="entfernung",
    )
    assert abfrage.ohne("handlungsfeld", "bildung").facetten == {"handlungsfeld": ("umwelt",)}
    assert abfrage.ohne("q", "hafen").q == ""
    ohne_punkt = abfrage.ohne("nahe", "51.5,7.4")
    assert (ohne_punkt.nahe, ohne_punkt.umkreis, ohne_punkt.sort) == (None, None, None)
    assert abfrage.ungefiltert() == Abfrage()


def test_coordinates_are_written_without_loss_and_without_noise() -> None:
    abfrage = Abfrage(bbox=BBox(7.0, 51.512345, 7.5, 51.6), nahe=Punkt(51.0, 7.123456))
    assert abfrage.query() == "?bbox=7,51.512345,7.5,51.6&nahe=51,7.123456"
