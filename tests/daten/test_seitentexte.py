"""The shipped texts: in order, nothing claimed that only the city can know."""

import re
from itertools import pairwise

import pytest

from layers.befund import Code, Schwere
from layers.seitentexte import SEITEN, Seitentext, lies
from tests.conftest import WURZEL

TEXTE, BEFUNDE = lies(WURZEL / "geodata")
OFFEN = {Code.TEXT_AUSZUFUELLEN, Code.TEXT_OHNE_STAND}


def text(seite: str, sprache: str = "de") -> Seitentext:
    return next(t for t in TEXTE if (t.seite, t.sprache) == (seite, sprache))


def test_nothing_is_wrong_but_what_the_city_has_to_add() -> None:
    assert {b.code for b in BEFUNDE} <= OFFEN
    assert {b.schwere for b in BEFUNDE} <= {Schwere.HINWEIS}


@pytest.mark.parametrize("seite", SEITEN)
def test_every_page_has_a_german_text_with_a_title(seite: str) -> None:
    assert text(seite).titel
    assert text(seite).html


@pytest.mark.parametrize("gezeigt", TEXTE, ids=lambda t: t.datei)
def test_contacts_are_either_markers_or_public_bodies_of_the_state(gezeigt: Seitentext) -> None:
    adressen = set(re.findall(r"[\w.-]+@[\w.-]+\w", gezeigt.html))
    assert adressen <= {"ombudsstelle-barrierefreie-it@mags.nrw.de", "poststelle@ldi.nrw.de"}
    assert "0231" not in gezeigt.html


@pytest.mark.parametrize("sprache", ["de", "leicht"])
def test_the_erklaerung_has_every_part_that_the_law_asks_for(sprache: str) -> None:
    html = text("barrierefreiheit", sprache).html
    assert 'href="https://www.lbbp.nrw.de/ombudsstelle"' in html
    assert "mailto:ombudsstelle-barrierefreie-it@mags.nrw.de" in html
    ueberschriften = re.findall(r"<h2>(.*?)</h2>", html)
    teile = {
        "de": ("Vereinbarkeit", "Nicht barrierefrei", "Erstellung", "Feedback", "Durchsetzung"),
        "leicht": (
            "barriere·frei?",
            "geht noch nicht",
            "Von wann",
            "Barriere gefunden",
            "geholfen",
        ),
    }
    assert [t for t in teile[sprache] if not any(t in u for u in ueberschriften)] == []


def test_leichte_sprache_has_short_sentences() -> None:
    """A hint of the form only; whether it is understood, a Prüfgruppe says."""
    html = re.sub(r"<mark.*?</mark>", "x", text("barrierefreiheit", "leicht").html)
    roh = re.sub(r"<[^>]+>", " ", re.sub(r"<br />|</(?:p|li|h\d)>", ".", html))
    laengen = {satz.strip(): len(satz.split()) for satz in re.split(r"[.!?:](?:\s|$)", roh)}
    assert {satz: n for satz, n in laengen.items() if n > 12} == {}


@pytest.mark.parametrize("gezeigt", TEXTE, ids=lambda t: t.datei)
def test_headings_leave_no_level_out(gezeigt: Seitentext) -> None:
    ebenen = [1, *map(int, re.findall(r"<h(\d)>", gezeigt.html))]
    assert all(b - a <= 1 for a, b in pairwise(ebenen))
