"""Where the folded words of a text stand in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.falten import suchworte, worte, wortformen

TEXT = st.text() | st.text(alphabet="aouÄÖÜäöüeßẞ-‑·\u0308ﬁ½ 1İΣσ😀", max_size=30)


@given(TEXT)
def test_all_forms_together_are_the_words_of_the_text(text: str) -> None:
    assert {form.wort for formen in wortformen(text) for form in formen} == worte(text)


@given(TEXT)
def test_the_last_form_of_every_run_is_what_a_query_looks_up(text: str) -> None:
    assert [formen[-1].wort for formen in wortformen(text)] == suchworte(text)


@given(TEXT)
def test_every_letter_comes_from_where_it_says(text: str) -> None:
    for formen in wortformen(text):
        for form in formen:
            assert len(form.wort) == len(form.von) == len(form.bis)
            assert all(0 <= v < b <= len(text) for v, b in zip(form.von, form.bis, strict=True))
            assert list(form.von) == sorted(form.von)


@pytest.mark.parametrize(
    ("text", "wort", "spanne"),
    [
        ("am Muensterplatz", "munster", "Muenster"),
        ("am Münsterplatz", "munster", "Münster"),
        ("die Straße", "stras", "Straß"),
        ("Huckarde-Nord", "huckardeno", "Huckarde-No"),
        ("Bau-Element", "baul", "Bau-El"),
        ("ﬁnden", "f", "ﬁ"),
    ],
)
def test_a_prefix_in_the_spelling_of_the_text(text: str, wort: str, spanne: str) -> None:
    gefunden = [
        text[form.von[0] : form.bis[len(wort) - 1]]
        for formen in wortformen(text)
        for form in formen
        if form.wort.startswith(wort)
    ]
    assert gefunden == [spanne]
