"""The data gate: what it refuses in every column of texts and links, and what it lets through."""

import pytest

from layers.befund import SCHWERE, Code, Schwere
from layers.pruefregeln import LOCKERBAR
from layers.tabellen import DATEN, Art, Spalte
from layers.zellen import Woerterbuch, pruefer
from tests.sicherheit.angriffe import ALLE, LINKS, Angriff

_WORTE = Woerterbuch({}, {"Testorganisation": "testorganisation"})
_TEXTE = (Art.TEXT, Art.NAMEN, Art.ORGANISATIONEN)
TEXTSPALTEN = [(t.name, s) for t in DATEN for s in t.lesespalten if s.art in _TEXTE]
# pictures are checked only: nothing shows them
# of pictures only the name is checked: nothing shows them
LINKSPALTEN = [(t.name, s) for t in DATEN for s in t.lesespalten if s.art is Art.URLS]


def fehler(spalte: Spalte, text: str) -> set[Code]:
    """The errors about a cell, as the check reads it: without white space around it."""
    maengel = pruefer(spalte, _WORTE)(text.strip()) if text.strip() else ()
    return {m.code for m in maengel if SCHWERE[m.code] is Schwere.FEHLER}


def test_the_corpus_is_large_and_says_each_thing_once() -> None:
    assert len(ALLE) >= 250
    assert len({a.text for a in ALLE}) == len(ALLE)
    assert len({a.art for a in ALLE}) == 11


@pytest.mark.parametrize(("tabelle", "spalte"), TEXTSPALTEN, ids=lambda x: getattr(x, "name", x))
def test_every_column_of_texts_refuses_what_must_be_refused(tabelle: str, spalte: Spalte) -> None:
    falsch = [a for a in ALLE if bool(fehler(spalte, a.text)) != _erwartet(a)]
    assert falsch == [], tabelle


def _erwartet(angriff: Angriff) -> bool:
    # white space around a cell is taken away before it is looked at
    return angriff.abgelehnt and angriff.text.strip() != "=1+1"


@pytest.mark.parametrize(("tabelle", "spalte"), LINKSPALTEN, ids=lambda x: getattr(x, "name", x))
def test_every_column_of_links_refuses_all_that_is_no_link(tabelle: str, spalte: Spalte) -> None:
    for text in (*LINKS, *(a.text for a in ALLE if a.abgelehnt and a.text.strip())):
        assert fehler(spalte, text), (tabelle, text)
        assert fehler(spalte, f"https://example.org {text}"), text


def test_no_setting_can_lower_what_keeps_a_text_out() -> None:
    assert not LOCKERBAR & {
        *(Code.MARKUP, Code.ZEICHEN_UNZULAESSIG, Code.URL_GEFAEHRLICH, Code.URL_UNGUELTIG)
    }
