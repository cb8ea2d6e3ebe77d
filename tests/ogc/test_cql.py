"""CQL2: every operator against a recount in plain Python, and what is refused before it costs."""

import contextlib
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.errors import UngueltigeParameter
from app.ogc import cql
from app.ogc.cqlzeit import FUNKTIONEN as ZEITFUNKTIONEN
from app.ogc.crs import CRS84
from app.ogc.fehler import Unverstanden
from app.ogc.items import Blatt
from app.ogc.sammlung import Sammlung
from app.query import suche
from app.state import Abfrage
from app.store import Snapshot

Werte = Mapping[str, Any]
OHNE_FRIST = settings(deadline=None)


def ids(sammlung: Sammlung, text: str, sprache: str = "cql2-text") -> set[str]:
    wahr = cql.werte_aus(cql.lies(text, sprache), sammlung, CRS84).wahr
    return {sammlung.ids[zeile] for zeile in np.flatnonzero(wahr).tolist()}


def gezaehlt(sammlung: Sammlung, passt: Callable[[Werte], bool]) -> set[str]:
    return {fid for zeile, fid in enumerate(sammlung.ids) if passt(sammlung.eigenschaften(zeile))}


def ohne_akzente(text: str) -> str:
    return "".join(z for z in unicodedata.normalize("NFKD", text) if not unicodedata.combining(z))


FAELLE: list[tuple[str, Callable[[Werte], bool]]] = [
    ("status = 'umgesetzt'", lambda w: w["status"] == "umgesetzt"),
    ("'umgesetzt' = status", lambda w: w["status"] == "umgesetzt"),
    ("status <> 'umgesetzt'", lambda w: w["status"] not in (None, "umgesetzt")),
    ("NOT status = 'umgesetzt'", lambda w: w["status"] not in (None, "umgesetzt")),
    ("kosten_eur >= 1000000", lambda w: (w["kosten_eur"] or 0) >= 1e6),
    ("1000000 <= kosten_eur", lambda w: (w["kosten_eur"] or 0) >= 1e6),
    ("kosten_eur BETWEEN 100000 AND 5e6", lambda w: 1e5 <= (w["kosten_eur"] or 0) <= 5e6),
    (
        "kosten_eur NOT BETWEEN 100000 AND 5e6",
        lambda w: w["kosten_eur"] is not None and not 1e5 <= w["kosten_eur"] <= 5e6,
    ),
    ("status IN ('umgesetzt', 'gestartet')", lambda w: w["status"] in ("umgesetzt", "gestartet")),
    ("beginn IS NULL", lambda w: w["beginn"] is None),
    ("beginn IS NOT NULL AND ende IS NULL", lambda w: bool(w["beginn"]) and w["ende"] is None),
    (
        "status = 'umgesetzt' OR liste = 'umfeld'",
        lambda w: w["status"] == "umgesetzt" or w["liste"] == "umfeld",
    ),
    ("name LIKE 'A%'", lambda w: w["name"].startswith("A")),
    ("name LIKE '%park%'", lambda w: "park" in w["name"]),
    ("name LIKE '_u%e'", lambda w: bool(re.fullmatch(r".u.*e", w["name"], re.DOTALL))),
    ("name NOT LIKE '%a%'", lambda w: "a" not in w["name"]),
    ("CASEI(name) LIKE CASEI('%PARK%')", lambda w: "park" in w["name"].casefold()),
    ("CASEI(ACCENTI(name)) LIKE '%grun%'", lambda w: "grun" in ohne_akzente(w["name"]).casefold()),
    ("ACCENTI(name) LIKE ACCENTI('%ä%')", lambda w: "a" in ohne_akzente(w["name"])),
    ("beginn >= DATE('2016-01-01')", lambda w: (w["beginn"] or "") >= "2016"),
    (
        "beginn < TIMESTAMP('2016-01-02T12:00:00Z')",
        lambda w: w["beginn"] is not None and w["beginn"] < "2016-01-02",
    ),
    ("TRUE", lambda _: True),
    ("FALSE OR status = 'x'", lambda _: False),
]


@pytest.mark.parametrize(("text", "passt"), FAELLE, ids=[text for text, _ in FAELLE])
def test_an_operator_means_what_a_recount_says(
    projekte: Sammlung, text: str, passt: Callable[[Werte], bool]
) -> None:
    assert ids(projekte, text) == gezaehlt(projekte, passt)


def test_three_valued_logic(projekte: Sammlung) -> None:
    """What is unknown is neither true nor, negated, true; and true OR unknown is true."""
    bekannt = ids(projekte, "kosten_eur > 0") | ids(projekte, "NOT kosten_eur > 0")
    assert bekannt == ids(projekte, "kosten_eur IS NOT NULL")
    assert ids(projekte, "kosten_eur > 0 OR kosten_eur IS NULL") >= ids(
        projekte, "kosten_eur IS NULL"
    )


@OHNE_FRIST
@given(st.text("ab_%\\", max_size=8), st.text("abc", max_size=8))
def test_like_is_the_regular_expression_it_stands_for(muster: str, text: str) -> None:
    teile = re.findall(r"\\.|[^\\]|\\$", muster, re.DOTALL)
    regel = "".join({"%": ".*", "_": "."}.get(t, re.escape(t[-1])) for t in teile)
    sammlung = _sammlung([{"wort": text}])
    gefunden = ids(sammlung, f"wort LIKE '{muster}'")
    assert bool(gefunden) == bool(re.fullmatch(regel, text, re.DOTALL))


def test_a_pattern_of_many_wildcards_is_no_way_to_block_the_service() -> None:
    sammlung = _sammlung([{"wort": "a" * 5000}])
    assert not ids(sammlung, f"wort LIKE '{'%a' * 500}b'")


def _sammlung(eigenschaften: list[dict[str, Any]]) -> Sammlung:
    features = [
        {"type": "Feature", "id": str(i), "geometry": None, "properties": werte}
        for i, werte in enumerate(eigenschaften)
    ]
    return Sammlung("projekte", orjson.dumps({"type": "FeatureCollection", "features": features}))


TAGE = st.dates(date(2014, 1, 1), date(2014, 1, 8))


@OHNE_FRIST
@given(TAGE, TAGE, TAGE, TAGE)
def test_temporal_functions_are_the_relations_of_the_standard(
    a: date, b: date, c: date, d: date
) -> None:
    """19-079 / 21-065 table 4, on intervals with both ends."""
    (a, b), (c, d) = sorted((a, b)), sorted((c, d))
    gilt = {
        "t_after": a > d,
        "t_before": b < c,
        "t_contains": a < c and b > d,
        "t_disjoint": a > d or b < c,
        "t_during": a > c and b < d,
        "t_equals": a == c and b == d,
        "t_finishedby": a < c and b == d,
        "t_finishes": a > c and b == d,
        "t_intersects": a <= d and b >= c,
        "t_meets": b == c,
        "t_metby": a == d,
        "t_overlappedby": c < a < d < b,
        "t_overlaps": a < c < b < d,
        "t_startedby": a == c and b > d,
        "t_starts": a == c and b < d,
    }
    assert set(gilt) == set(ZEITFUNKTIONEN)
    sammlung = _sammlung([{"beginn": a.isoformat(), "ende": b.isoformat()}])
    for name, soll in gilt.items():
        text = f"{name}(laufzeit, INTERVAL('{c}', '{d}'))"
        assert bool(ids(sammlung, text)) == soll, text
        zweite = f"{name}(INTERVAL(beginn, ende), INTERVAL('{c}', '{d}'))"
        assert bool(ids(sammlung, zweite)) == soll


def test_dates_are_as_exact_as_they_are_known() -> None:
    sammlung = _sammlung([{"beginn": "2016", "ende": None}, {"beginn": "2016-05", "ende": "2017"}])
    assert ids(sammlung, "T_INTERSECTS(beginn, DATE('2016-05-31'))") == {"0", "1"}
    assert ids(sammlung, "T_INTERSECTS(beginn, DATE('2016-06-01'))") == {"0"}
    assert ids(sammlung, "T_AFTER(laufzeit, DATE('2015-12-31'))") == {"0", "1"}
    assert ids(sammlung, "T_INTERSECTS(laufzeit, INTERVAL('2030-01-01', '..'))") == {"0"}
    assert ids(sammlung, "T_BEFORE(ende, DATE('2018-01-01'))") == {"1"}


RAUM = {
    "S_INTERSECTS(geometry, POLYGON((7.4 51.5,7.5 51.5,7.5 51.6,7.4 51.6,7.4 51.5)))": True,
    "S_WITHIN(geometry, BBOX(7.4,51.5,7.5,51.6))": True,
    "S_CONTAINS(BBOX(7.4,51.5,7.5,51.6), geometry)": True,
    "S_DISJOINT(geometry, BBOX(7.4,51.5,7.5,51.6))": False,
    "S_CONTAINS(geometry, BBOX(7.4,51.5,7.5,51.6))": False,
    "S_EQUALS(geometry, POINT(7.45 51.55))": True,
    "S_TOUCHES(geometry, LINESTRING(7.45 51.55, 7.5 51.6))": True,
    "S_CROSSES(geometry, BBOX(7.4,51.5,7.5,51.6))": False,
    "S_OVERLAPS(geometry, BBOX(7.4,51.5,7.5,51.6))": False,
}


@pytest.mark.parametrize(("text", "soll"), RAUM.items())
def test_spatial_functions(text: str, soll: bool) -> None:
    punkt = {"type": "Point", "coordinates": [7.45, 51.55]}
    features = [
        {"type": "Feature", "id": "ort", "geometry": punkt, "properties": {}},
        {"type": "Feature", "id": "ohne", "geometry": None, "properties": {}},
    ]
    sammlung = Sammlung("projekte", orjson.dumps({"features": features}))
    assert ids(sammlung, text) == ({"ort"} if soll else set())
    assert ids(sammlung, f"NOT {text}") == (set() if soll else {"ort"})


@pytest.mark.parametrize(
    ("text", "grund"),
    [
        ("", "cql-form"),
        ("status =", "cql-form"),
        ("status = 'a' AND", "cql-form"),
        ("gibt_es_nicht = 1", "cql-merkmal"),
        ("status = 5", "cql-art"),
        ("kosten_eur = 'viel'", "cql-art"),
        ("kosten_eur LIKE '1%'", "cql-art"),
        ("CASEI(kosten_eur) = 1", "cql-art"),
        ("status = liste", "cql-art"),
        ("status", "cql-art"),
        ("kosten_eur + 1 = 2", "cql-nicht"),
        ("avg(kosten_eur) > 2", "cql-nicht"),
        ("A_CONTAINS(stadtbezirke, ('a', 'b'))", "cql-nicht"),
        ("S_INTERSECTS(name, POINT(7 51))", "cql-nicht"),
        ("S_INTERSECTS(geometry, POLYGON((0 0,2 2,2 0,0 2,0 0)))", "cql-geometrie"),
        ("S_INTERSECTS(geometry, BBOX(8,51,7))", "ogc-bbox"),
        ("T_AFTER(beginn, DATE('2016-13-01'))", "ogc-zeit"),
        ("T_AFTER(name, DATE('2016-01-01'))", "cql-art"),
        ("T_AFTER(beginn, 'gestern')", "ogc-zeit"),
        ("1 = 1", "cql-nicht"),
        ("beginn IN 5", "cql-art"),
        ("x" * 4001, "laenge"),
        ("(" * 500 + "status = 'a'" + ")" * 500, "cql-tiefe"),
        ("NOT " * 900 + "status = 'a'", "cql-tiefe"),
        (" OR ".join(["nr = '1'"] * 300), "cql-teile"),
    ],
)
def test_what_is_not_supported_is_named(projekte: Sammlung, text: str, grund: str) -> None:
    with pytest.raises(Unverstanden) as gemeldet:
        ids(projekte, text)
    assert gemeldet.value.grund == grund


def test_json_is_held_to_the_same_limits(projekte: Sammlung) -> None:
    tief = '{"op":"not","args":[' * 100 + "true" + "]}" * 100
    for text, grund in ((tief, "cql-tiefe"), ("[", "cql-form"), ('{"op":1}', "cql-form")):
        with pytest.raises(Unverstanden) as gemeldet:
            ids(projekte, text, "cql2-json")
        assert gemeldet.value.grund == grund


@OHNE_FRIST
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(
            [
                "status",
                "=",
                "'a'",
                "(",
                ")",
                "AND",
                "NOT",
                "IN",
                ",",
                "geometry",
                "S_INTERSECTS(",
                "POINT(7 51)",
                "BBOX(",
                "1",
                "-",
                "T_AFTER(",
                "DATE('2016-01-01')",
                "LIKE",
                "BETWEEN",
                "IS NULL",
                "CASEI(",
                "beginn",
                "INTERVAL(",
                "'..'",
                "+",
                "TRUE",
            ]
        ),
        max_size=12,
    ).map(" ".join)
)
def test_nothing_but_the_one_error_comes_out_of_any_text(projekte: Sammlung, text: str) -> None:
    with contextlib.suppress(Unverstanden):
        ids(projekte, text)


def test_errors_reach_the_client_as_problems(client: TestClient) -> None:
    for frage in ("gibt_es_nicht = 1", "foo(1)", "status =", "("):
        antwort = client.get("/ogc/collections/projekte/items", params={"filter": frage})
        assert antwort.status_code == 400
        assert antwort.headers["content-type"] == "application/problem+json"
        assert antwort.json()["parameter"][0]["name"] == "filter"
        assert antwort.json()["parameter"][0]["erlaubt"]


FACETTEN = ("handlungsfeld", "wirkungsfeld", "themenfeld", "projektfamilie", "status", "liste")


@OHNE_FRIST
@given(daten=st.data())
def test_property_filters_select_what_the_query_engine_selects(
    daten: st.DataObject, projekte: Sammlung, snapshot: Snapshot
) -> None:
    """The same codes as parameters of a page and of /ogc: the same projects."""
    codes = {
        name: sorted(set(snapshot.index.codes[name]) - {"ohne-angabe"})
        for name in (*FACETTEN, "stadtbezirk")
    }
    namen = daten.draw(st.lists(st.sampled_from(list(codes)), unique=True, max_size=3))
    gewaehlt = {
        name: tuple(daten.draw(st.lists(st.sampled_from(codes[name]), min_size=1, max_size=3)))
        for name in namen
    }
    zeilen = suche(snapshot.index, Abfrage(facetten=gewaehlt)).zeilen
    erwartet = {snapshot.index.ids[zeile] for zeile in zeilen}
    query = "&".join(
        f"{'stadtbezirke' if name == 'stadtbezirk' else name}={code}"
        for name, gefragt in gewaehlt.items()
        for code in gefragt
    )
    blatt = Blatt.lies(projekte, f"limit=10000&{query}".rstrip("&"), "")
    gefunden = {projekte.eigenschaften(zeile)["projekt_id"] for zeile in blatt.zeilen.tolist()}
    assert gefunden == erwartet


def test_a_query_that_is_too_long_is_refused_unread(projekte: Sammlung) -> None:
    with pytest.raises(UngueltigeParameter) as gemeldet:
        Blatt.lies(projekte, "name=" + "x" * 9000, "")
    assert gemeldet.value.fehler[0].grund == "laenge"
