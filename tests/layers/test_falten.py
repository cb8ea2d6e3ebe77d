"""Folding: what counts as the same text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.falten import falten, grundform, ordnungsform, suchworte, worte

WORT = st.text(alphabet="abcdefghiäöüßéoue", min_size=1, max_size=12)


@pytest.mark.parametrize(
    "schreibweise",
    ["Münsterstraße", "Muensterstrasse", "Munsterstrasse", "MÜNSTERSTRASSE", "Mu\u0308nsterstraße"],
)
def test_all_spellings_are_one_word(schreibweise: str) -> None:
    assert falten(schreibweise) == "munsterstrasse"


@pytest.mark.parametrize(
    ("text", "erwartet"),
    [
        ("aeoeue", "aou"),
        ("neue Aue", "neu au"),
        ("ẞ İ ſ ﬁ ²", "ss i s fi 2"),
        ("Ökologie 😀 Größe", "okologie  grosse"),
        ("Київ, Türkçe", "киів, turkce"),
    ],
)
def test_folding(text: str, erwartet: str) -> None:
    assert falten(text) == erwartet


def test_hyphenated_words_give_parts_and_whole() -> None:
    assert worte("Huckarde-Nord") == {"huckarde", "nord", "huckardenord"}
    assert worte("Huckarde\u2011Nord") == worte("Huckarde-Nord")
    assert worte("Spiel·platz") == {"spiel", "platz", "spielplatz"}
    assert worte("a–b - c · d") == {"a", "b", "c", "d"}
    assert suchworte("Schule Huckarde-Nord") == ["schule", "huckardenord"]


@given(WORT, WORT)
def test_hyphenated_word_is_found_however_it_is_written(links: str, rechts: str) -> None:
    text = worte(f"vor {links}-{rechts} nach")
    for anfrage in (f"{links}-{rechts}", f"{links}{rechts}"):
        for wort in suchworte(anfrage):
            assert wort in text


@given(st.text())
def test_folded_words_are_what_the_browser_can_compare(text: str) -> None:
    for wort in worte(text):
        assert wort.isalnum()
        assert all(ord(c) <= 0xFFFF and unicodedata.category(c)[0] != "M" for c in wort)


@given(st.text())
def test_case_does_not_matter_once_folded(text: str) -> None:
    assert grundform(grundform(text)) == grundform(text)


def test_words_of_a_query_are_words_of_the_text() -> None:
    text = "Dortmund all inclusive – Förderung des „innerstädtischen Grenzverkehrs“ (329/330)"
    assert set(suchworte(text)) <= worte(text)


def test_german_order() -> None:
    richtig = ["Ähre", "„Apfel“", "Haus 9", "Haus 10", "Öl", "Straße", "Strassen", "Zebra"]
    gemischt = [*richtig[4:], *richtig[:4]]
    assert sorted(gemischt, key=ordnungsform) == richtig


def test_ae_is_no_umlaut_in_the_order() -> None:
    assert sorted(["Aerosol", "Arosa", "Acker"], key=ordnungsform) == ["Acker", "Aerosol", "Arosa"]
