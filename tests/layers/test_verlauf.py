"""A joined log says what a direct comparison of the first and the last state says."""

from dataclasses import asdict
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from layers.vergleich import Unterschied, vergleiche
from layers.verlauf import verbinde

IDS = [f"testprojekt-{n}" for n in range(4)]
Zustand = dict[str, dict[str, Any]]
steckbrief: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {"name": st.sampled_from(["Testprojekt A", "Testprojekt B"])},
    optional={
        "status": st.sampled_from(["gestartet", "umgesetzt"]),
        "ziel": st.sampled_from([None, "eins", "zwei"]),
        "befunde": st.just([]),
    },
)
zustand: st.SearchStrategy[Zustand] = st.dictionaries(st.sampled_from(IDS), steckbrief)


def liste(zustand: Zustand) -> list[dict[str, Any]]:
    return [{"id": id_, **felder} for id_, felder in zustand.items()]


def protokoll(zustaende: list[Zustand]) -> list[dict[str, Any]]:
    """The entries that publishing these states one after the other writes, the oldest first."""
    listen = [liste(z) for z in zustaende]
    return [asdict(vergleiche(alt, neu)) for alt, neu in pairwise(listen)]


def ohne_reihenfolge(u: Unterschied) -> dict[str, Any]:
    return asdict(u) | {
        "geaendert": {
            g.id: (g.name, {f.feld: (f.alt, f.neu) for f in g.felder}) for g in u.geaendert
        }
    }


def unterbrochene(zustaende: list[Zustand]) -> set[str]:
    """Who is there at the beginning and at the end, but not all the time."""
    erster, *mitte, letzter = zustaende
    return {i for i in erster if i in letzter and any(i not in z for z in mitte)}


@given(st.lists(zustand, min_size=2, max_size=6))
def test_joining_the_log_is_comparing_first_and_last(
    zustaende: list[Zustand],
) -> None:
    weg = unterbrochene(zustaende)
    verbunden = verbinde(protokoll(zustaende))
    ohne = [{i: f for i, f in z.items() if i not in weg} for z in (zustaende[0], zustaende[-1])]
    direkt = vergleiche(*map(liste, ohne))
    bekannt = Unterschied(
        verbunden.neu,
        tuple(g for g in verbunden.geaendert if g.id not in weg),
        verbunden.abgeschlossen,
        verbunden.entfallen,
    )
    assert ohne_reihenfolge(bekannt) == ohne_reihenfolge(direkt)
    assert {g.id for g in verbunden.geaendert if not g.felder} == weg


def test_what_was_undone_is_no_change_and_who_came_and_went_was_never_there() -> None:
    vorher = {"a": {"name": "A", "ziel": "eins"}}
    zwischen = {"a": {"name": "A", "ziel": "zwei"}, "b": {"name": "B"}}
    assert not verbinde(protokoll([vorher, zwischen, vorher]))


def test_several_changes_of_a_field_are_one_from_the_oldest_to_the_newest_value() -> None:
    zustaende = [{"a": {"name": "A", "ziel": ziel}} for ziel in ("eins", "zwei", "drei")]
    (geaendert,) = verbinde(protokoll(zustaende)).geaendert
    (feld,) = geaendert.felder
    assert (feld.feld, feld.alt, feld.neu) == ("ziel", "eins", "drei")


def test_a_project_is_completed_once() -> None:
    status = ("gestartet", "umgesetzt", "gestartet", "umgesetzt")
    zustaende = [{"a": {"name": "A", "status": s}} for s in status]
    assert [g.id for g in verbinde(protokoll(zustaende)).abgeschlossen] == ["a"]
    assert not verbinde(protokoll(zustaende[1:])).abgeschlossen
