"""Records that are parsed when they are asked for: the same as those that were written."""

from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import saetze
from layers.saetze import Saetze
from layers.textstuecke import Textstuecke
from layers.vergleich import vergleiche

werte = st.text(max_size=8) | st.integers(-5, 5) | st.none() | st.lists(st.text(max_size=3))
records = st.lists(
    st.fixed_dictionaries({"id": st.text(max_size=5), "name": st.text(max_size=5), "x": werte}),
    max_size=9,
    unique_by=lambda satz: str(satz["id"]),
)


@given(records)
def test_what_is_written_is_read(alle: list[dict[str, Any]]) -> None:
    datei = saetze.aus(alle)
    assert orjson.loads(datei) == {"projekte": alle}
    gelesen = Saetze(datei)
    assert list(gelesen) == alle
    assert [gelesen[i] for i in range(-len(alle), len(alle))] == [*alle, *alle]
    assert gelesen[1:3] == alle[1:3]
    assert list(gelesen.ids()) == [satz["id"] for satz in alle]
    with pytest.raises(IndexError):
        gelesen[len(alle)]


@given(records)
def test_builds_from_before_are_read_too(alle: list[dict[str, Any]]) -> None:
    assert list(Saetze(orjson.dumps({"projekte": alle}))) == alle


@pytest.mark.parametrize("datei", [b"", b"[", b"{}", saetze.aus([{"id": "test-1"}])[:-1]])
def test_another_or_a_torn_file_is_refused(datei: bytes) -> None:
    with pytest.raises((KeyError, ValueError)):
        Saetze(datei)


@given(records, records)
def test_comparing_bytes_first_finds_what_comparing_records_finds(
    alt: list[dict[str, Any]], neu: list[dict[str, Any]]
) -> None:
    neu = [next((s for s in alt if s["id"] == n["id"] and len(s["id"]) % 2), n) for n in neu]
    unterschied = vergleiche(alt, neu)
    a, b = ({satz["id"]: satz for satz in seite} for seite in (alt, neu))
    assert [g.id for g in unterschied.neu] == sorted(b.keys() - a.keys())
    assert [g.id for g in unterschied.entfallen] == sorted(a.keys() - b.keys())
    anders = [id_ for id_ in sorted(a.keys() & b.keys()) if a[id_] != b[id_]]
    assert [g.id for g in unterschied.geaendert] == anders


@given(st.integers(0, 40), st.integers(1, 7))
def test_texts_come_out_of_their_piece(n: int, je: int) -> None:
    alle = [[[0, f"Text {i}"], [1, "x"]] for i in range(n)]
    dateien = [
        orjson.dumps({"felder": ["ziel", "ort"], "projekte": alle[ab : ab + je]})
        for ab in range(0, max(n, 1), je)
    ]
    texte = Textstuecke(dateien, n)
    erwartet = [(("ziel", f"Text {i}"), ("ort", "x")) for i in range(n)]
    assert list(texte) == erwartet
    assert [texte[i] for i in reversed(range(n))] == erwartet[::-1]
    assert texte[1:4] == erwartet[1:4]
    with pytest.raises(IndexError):
        texte[n]


def test_a_field_is_read_without_the_rest() -> None:
    alle: list[dict[str, Any]] = [
        {"id": "a", "ziel": 'sagt "kosten_eur":7', "kosten_eur": 12},
        {"id": "b"},
        {"id": "c", "kosten_eur": 0, "ziel": "x"},
    ]
    assert list(Saetze(saetze.aus(alle)).werte("kosten_eur")) == [12, None, 0]
    assert list(Saetze(saetze.aus(alle)).werte("ziel")) == [alle[0]["ziel"], None, "x"]
    assert list(Saetze(saetze.aus([])).werte("ziel")) == []
