"""Names in capitals become readable, and all spellings of one name become one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.adressen.ortsnamen import lesbar, suchform


@pytest.mark.parametrize(
    ("amtlich", "lesbar_"),
    [
        ("MÜNSTERSTRAßE", "Münsterstraße"),
        ("KURT-SCHUMACHER-STRAßE", "Kurt-Schumacher-Straße"),
        ("AM ALTEN GARTEN", "Am Alten Garten"),
        ("IM I. WESTFELD", "Im I. Westfeld"),
        ("AN DER HERZ-JESU-KIRCHE", "An der Herz-Jesu-Kirche"),
        ("MAX-VON-DER-GRÜN-PLATZ", "Max-von-der-Grün-Platz"),
        ("VON-DER-TANN-STRAßE", "Von-der-Tann-Straße"),
        ("PLATZ VON ROSTOW AM DON", "Platz von Rostow am Don"),
        ("AUF'M BRAUTSCHATZ", "Auf'm Brautschatz"),
        ("DR.-SAFIYE-ALI-STRAßE", "Dr.-Safiye-Ali-Straße"),
        ("EMMERICH-KÁLMÁN-STRAßE", "Emmerich-Kálmán-Straße"),
        ("SCHARBEILWEG (VERLÄNGERUNG)", "Scharbeilweg (Verlängerung)"),
        ("1260. PROJEKTIERTE STRAßE", "1260. Projektierte Straße"),
        ("II. BICKESTRAßE", "II. Bickestraße"),
        ("AM PAß", "Am Paß"),
        ("Von-der-Recke-Straße", "Von-der-Recke-Straße"),
        ("  HOHER   WALL ", "Hoher Wall"),
        ("", ""),
    ],
)
def test_a_name_in_capitals_becomes_readable(amtlich: str, lesbar_: str) -> None:
    assert lesbar(amtlich) == lesbar_


@pytest.mark.parametrize(
    ("eins", "zwei"),
    [
        ("Münsterstraße", "MUENSTERSTRASSE"),
        ("Münsterstraße", "munster str."),
        ("Kurt-Schumacher-Straße", "kurt schumacher str"),
        ("An der Herz-Jesu-Kirche", "an der herz jesu kirche"),
        ("Sankt-Georg-Straße", "St. Georg Str"),
        ("Aki-Schmidt-Platz", "aki schmidt pl."),
        ("Alte Straße", "Altestrasse"),
    ],
)
def test_spellings_of_one_name_are_one(eins: str, zwei: str) -> None:
    assert suchform(eins).schluessel == suchform(zwei).schluessel


@given(st.text())
def test_any_text_has_a_readable_and_a_search_form(text: str) -> None:
    assert suchform(lesbar(text)).schluessel == suchform(text.strip()).schluessel
    form = suchform(text)
    assert all(zeichen.isalnum() for zeichen in form.schluessel + form.grob)
    assert '"' not in "".join(form.worte)


@given(st.text(alphabet="aboustßäöüABOUST .-"))
def test_writing_umlauts_and_eszett_out_changes_nothing(text: str) -> None:
    aus = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    assert suchform(text.translate(aus)).schluessel == suchform(text).schluessel
