"""Sets of rows as bits, and facets on them, against plain Python."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app import bitmenge
from app.facette import facette

ohne_frist = settings(deadline=None)
masken = st.lists(st.booleans(), max_size=200)


@ohne_frist
@given(masken, st.data())
def test_bits_are_sets(maske: list[bool], data: st.DataObject) -> None:
    n = len(maske)
    andere = data.draw(st.lists(st.booleans(), min_size=n, max_size=n))
    a, b = (bitmenge.aus_maske(np.array(m, dtype=bool)) for m in (maske, andere))
    beide = [x and y for x, y in zip(maske, andere, strict=True)]
    assert bitmenge.als_maske(bitmenge.schnitt((a, b), a), n).tolist() == beide
    assert bitmenge.anzahl(a & b) == sum(beide)
    zeilen = np.flatnonzero(maske)
    assert (bitmenge.aus_zeilen(np.concatenate([zeilen, zeilen[::-1]]), n) == a).all()
    von, bis = sorted(data.draw(st.tuples(*[st.integers(0, len(zeilen))] * 2)))
    assert bitmenge.stellen(a, von, bis).tolist() == zeilen[von:bis].tolist()


@ohne_frist
@given(
    st.lists(st.lists(st.integers(0, 99), unique=True, max_size=3), max_size=150),
    st.sampled_from([1, 5, 64, 65, 100]),
    st.data(),
)
def test_many_and_few_codes_count_alike(
    zeilen: list[list[int]], codes: int, data: st.DataObject
) -> None:
    """With many codes the column is read, with few the sets: the answer is the same."""
    zeilen = [[wert % codes for wert in dict.fromkeys(w % codes for w in z)] for z in zeilen]
    if data.draw(st.booleans()):
        zeilen = [z[:1] for z in zeilen if z]
    n = len(zeilen)
    einzeln = all(len(z) == 1 for z in zeilen)
    werte = np.array([wert for z in zeilen for wert in z], dtype=np.uint8)
    start = None if einzeln else np.cumsum([0, *map(len, zeilen)])
    namen = [f"c{i}" for i in range(codes)]
    f = facette(namen, namen, werte, start, n)
    maske = np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)), dtype=bool)
    drin = [z for z, m in zip(zeilen, maske, strict=True) if m]
    assert f.zaehlen(maske).tolist() == [sum(c in z for z in drin) for c in range(codes)]
    gewaehlt = data.draw(st.lists(st.integers(0, codes - 1), min_size=1, max_size=4))
    erwartet = [not set(gewaehlt).isdisjoint(z) for z in zeilen]
    assert f.maske(gewaehlt, n).tolist() == erwartet
    assert [f.codes_von(i) for i in range(n)] == [tuple(namen[w] for w in z) for z in zeilen]
    assert f.mehrere_in(np.flatnonzero(maske)) == any(len(z) > 1 for z in drin)
