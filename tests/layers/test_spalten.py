"""The binary columns: what is written is read, and the smallest type that holds it is used."""

from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.schluessel import Schluessel, folge
from layers.spalten import Spalte, Steigend, lies, packe

namen = st.text("abc.ü", min_size=1, max_size=6)
zahlen = st.lists(st.integers(-(1 << 31), (1 << 31) - 1) | st.integers(0, 255), max_size=20)
positive = st.lists(st.integers(0, (1 << 32) - 1), max_size=20)
texte = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), max_size=12)


def verzeichnis(inhalt: bytes) -> tuple[int, dict[str, list[Any]]]:
    """Length of the header, and its directory."""
    laenge = int.from_bytes(inhalt[8:12], "little")
    return laenge, orjson.loads(inhalt[16 : 16 + laenge])["spalten"]


@given(
    st.dictionaries(namen, zahlen | positive, max_size=5),
    st.dictionaries(namen, positive, max_size=3),
    st.dictionaries(namen, texte, max_size=3),
)
def test_what_is_written_is_read(
    ganz: dict[str, list[int]], steigend: dict[str, list[int]], worte: dict[str, list[str]]
) -> None:
    summen = {name: np.cumsum(werte, dtype=np.int64) for name, werte in steigend.items()}
    spalten: dict[str, Spalte] = {
        **{f"g.{name}": np.array(werte, dtype=np.int64) for name, werte in ganz.items()},
        **{f"s.{name}": Steigend(werte) for name, werte in summen.items()},
        **{f"t.{name}": werte for name, werte in worte.items()},
    }
    inhalt = packe({"stand": "2026"}, spalten)
    assert inhalt == packe({"stand": "2026"}, spalten)
    datei = lies(inhalt)
    assert datei.kopf == {"stand": "2026"}
    for name, werte in ganz.items():
        assert datei.zahlen(f"g.{name}").tolist() == werte
    for name, summe in summen.items():
        assert datei.zahlen(f"s.{name}").tolist() == summe.tolist()
    for name, texte_ in worte.items():
        gelesen = datei.texte(f"t.{name}")
        assert gelesen == texte_
        assert [gelesen[i] for i in range(-len(texte_), len(texte_))] == [*texte_, *texte_]
        assert gelesen[1:3] == texte_[1:3]
        with pytest.raises(IndexError):
            gelesen[len(texte_)]


@given(st.lists(st.integers(0, 1 << 20), max_size=9))
def test_sections_lie_where_typed_arrays_can_begin(werte: list[int]) -> None:
    inhalt = packe({"x": "y" * len(werte)}, {"a": np.array([1]), "b": np.array(werte, np.int64)})
    laenge, abschnitte = verzeichnis(inhalt)
    assert laenge % 8 == 0
    assert all(ab % 8 == 0 for _, ab, *_ in abschnitte.values())


@pytest.mark.parametrize(
    ("werte", "typ"),
    [([255], "u1"), ([256], "u2"), ([65536], "u4"), ([-1, 65536], "i4"), ([], "u1")],
)
def test_the_smallest_type_is_used(werte: list[int], typ: str) -> None:
    inhalt = packe({}, {"a": np.array(werte, dtype=np.int64)})
    assert verzeichnis(inhalt)[1]["a"][0] == typ


def test_numbers_are_views_of_the_file() -> None:
    inhalt = packe({}, {"a": np.arange(500)})
    assert not lies(inhalt).zahlen("a").flags.owndata


@pytest.mark.parametrize(
    "spalte",
    [
        np.array([1 << 32]),
        np.array([-1, 1 << 31]),
        Steigend(np.array([2, 1])),
        Steigend(np.array([-1])),
    ],
)
def test_what_does_not_fit_is_refused(spalte: Spalte) -> None:
    with pytest.raises(ValueError, match="a"):
        packe({}, {"a": spalte})


@pytest.mark.parametrize("inhalt", [b"", b"{}", b"nwSPALT1", packe({}, {"a": np.arange(99)})[:-40]])
def test_another_or_a_torn_file_is_refused(inhalt: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        lies(inhalt).zahlen("a")


@given(st.lists(st.text(max_size=4), unique=True, max_size=30), st.text(max_size=4))
def test_keys_are_found_by_binary_search(alle: list[str], fremd: str) -> None:
    schluessel = Schluessel(alle, folge(alle))
    assert {text: schluessel[text] for text in alle} == {text: i for i, text in enumerate(alle)}
    assert (fremd in schluessel) == (fremd in alle)
    assert (list(schluessel), len(schluessel)) == (alle, len(alle))
