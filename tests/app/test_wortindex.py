"""Frequent words are kept in another form than rare ones: both are found alike."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app import bitmenge
from app.wortindex import wortindex

woerter = st.text("ab", min_size=1, max_size=3)


@settings(deadline=None)
@given(st.sets(woerter, max_size=6), st.lists(st.sets(woerter, max_size=2), max_size=120), woerter)
def test_every_row_with_a_word_that_begins_so(
    haeufige: set[str], zeilen: list[set[str]], anfang: str
) -> None:
    # every other row has the frequent words
    texte = [z | haeufige if i % 2 else z for i, z in enumerate(zeilen)]
    worte = sorted(set().union(*texte))
    listen = [[i for i, z in enumerate(texte) if wort in z] for wort in worte]
    index = wortindex(
        worte,
        np.cumsum([0, *map(len, listen)]),
        np.array([i for liste in listen for i in liste], dtype=np.uint32),
        len(texte),
    )
    gefunden = bitmenge.als_maske(index.praefix(anfang), len(texte)).tolist()
    assert gefunden == [any(w.startswith(anfang) for w in z) for z in texte]
