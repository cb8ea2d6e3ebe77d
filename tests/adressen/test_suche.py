"""What people type leads to what they mean: spellings, word order, one slip, several kinds."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.adressen import Adressverzeichnis
from app.ortssuche import lies
from layers.adressen.ortsnamen import suchform
from tests.adressen.conftest import Sucher, baue_liste, liste, vertippe, zufall


@pytest.mark.parametrize(
    ("text", "strasse", "nummer", "zusatz"),
    [
        ("Münsterstraße 12", "munsterstrasse", 12, ""),
        ("12 münsterstr", "munsterstrasse", 12, ""),
        ("münsterstr 12a", "munsterstrasse", 12, "a"),
        ("Münsterstr. 12 A", "munsterstrasse", 12, "a"),
        ("12 a münsterstr", "munsterstrasse", 12, "a"),
        ("münsterstr12", "munsterstrasse", 12, ""),
        ("Münsterstraße 12-14", "munsterstrasse", 12, ""),
        ("Münsterstr. 12, 44145 Dortmund", "munsterstrasse", 12, ""),
        ("dortmund münsterstraße", "munsterstrasse", None, ""),
        ("1260. Projektierte Str. 5", "1260projektiertestrasse", 5, ""),
        ("12 am hang", "amhang", 12, ""),
        ("864", "864", None, ""),
        ("44145", "44145", None, ""),
        ("a", "a", None, ""),
        ("12 a", "12a", None, ""),
    ],
)
def test_a_text_is_read_as_street_and_number(
    text: str, strasse: str, nummer: int | None, zusatz: str
) -> None:
    frage = lies(text)
    assert frage is not None
    assert (frage.ohne_nummer.schluessel, frage.nummer, frage.zusatz) == (strasse, nummer, zusatz)


@pytest.mark.parametrize("text", ["", "   ", ".,-", "\x00", "🏠", '"'])
def test_a_text_without_letters_asks_nothing(text: str, klein: Sucher) -> None:
    assert lies(text) is None
    assert klein(text) == []


@pytest.mark.parametrize(
    ("text", "erster"),
    [
        ("12 münsterstr", "Münsterstraße 12"),
        ("münsterstr 12a", "Münsterstraße 12a"),
        ("Muensterstrasse 12 a", "Münsterstraße 12a"),
        ("munsterstraße", "Münsterstraße"),
        ("münster", "Münsterstraße"),
        ("kurt schumacher str", "Kurt-Schumacher-Straße"),
        ("schumacher", "Kurt-Schumacher-Straße"),
        ("kurt schumaher str. 5", "Kurt-Schumacher-Straße 5"),
        ("herz jesu", "An der Herz-Jesu-Kirche"),
        ("1260. projektierte str 5", "1260. Projektierte Straße 5"),
        ("1260. projektierte straße", "1260. Projektierte Straße"),
        ("bruederweg", "Brüderweg"),
        ("brdüerweg", "Brüderweg"),
        ("nordmakt", "Nordmarkt"),
        ("019", "BINARIUM – Deutsches Museum der digitalen Kultur"),
        ("Nr. 19", "BINARIUM – Deutsches Museum der digitalen Kultur"),
        ("huckarde", "Huckarde"),
    ],
)
def test_the_first_answer_is_what_was_meant(klein: Sucher, text: str, erster: str) -> None:
    assert klein.namen(text)[0] == erster


def test_a_number_that_does_not_exist_leads_to_the_street(klein: Sucher) -> None:
    arten = [(treffer.art, treffer.name) for treffer in klein("münsterstraße 77")]
    assert arten[0] == ("strasse", "Münsterstraße")
    assert all(art != "adresse" for art, _ in arten)


def test_an_unknown_suffix_leads_to_street_and_number(klein: Sucher) -> None:
    assert klein.namen("münsterstraße 12z")[:3] == [
        "Münsterstraße",
        "Münsterstraße 12",
        "Münsterstraße 12a",
    ]


def test_all_kinds_come_in_one_list(klein: Sucher) -> None:
    arten = {
        treffer.art for text in ("hafen", "eving", "nordmarkt 1") for treffer in klein(text, 50)
    }
    arten |= {treffer.art for treffer in klein("hafenstr 3", 50)}
    arten |= {treffer.art for treffer in klein("kokerei kaiserstuhl", 50)}
    assert arten == {
        *("stadtbezirk", "statistischer-bezirk", "platz", "brachflaeche", "projekt"),
        *("strasse", "adresse"),
    }


def test_streets_of_one_name_say_their_district(klein: Sucher) -> None:
    hafen = [t for t in klein("hafenstraße", 10) if t.name == "Hafenstraße"]
    assert {treffer.zusatz for treffer in hafen} == {"Innenstadt-Nord", "Mengede"}


def test_every_place_of_the_snapshot_is_found_by_its_name(klein: Sucher) -> None:
    for ort in klein.vorbereitet.orte._orte:
        assert ort.name in klein.namen(ort.name, 3)


def test_without_a_directory_the_places_are_still_found(klein: Sucher, tmp_path: Path) -> None:
    ohne = Sucher(tmp_path / "nichts.sqlite", klein.vorbereitet)
    assert ohne.adressen is None
    assert ohne.namen("huckarde")[0] == "Huckarde"
    assert ohne("münsterstraße 12a", 50)
    assert {"strasse", "adresse"}.isdisjoint(t.art for t in ohne("münsterstraße 12a", 50))


@given(text=st.text(max_size=200), grenze=st.integers(1, 50))
@settings(deadline=None)
def test_any_text_has_an_answer_in_order(klein: Sucher, text: str, grenze: int) -> None:
    treffer = klein(text, grenze)
    werte = [t.punkte for t in treffer]
    assert werte == sorted(werte, reverse=True)
    assert len(treffer) <= grenze
    assert all(t.json()["url"].startswith("/") for t in treffer)


_SILBEN = (
    "ahl",
    "berg",
    "brink",
    "dorf",
    "eich",
    "feld",
    "grün",
    "holz",
    "kamp",
    "lüt",
    "münd",
    "ost",
)
_ENDEN = ("straße", "weg", " Straße", "platz", "-Allee")


@pytest.fixture(scope="module")
def erfunden(tmp_path_factory: pytest.TempPathFactory, klein: Sucher) -> tuple[Sucher, list[str]]:
    """Three hundred invented streets, many of them alike."""
    generator = zufall(11)
    namen = sorted(
        {
            "".join(generator.sample(_SILBEN, generator.randint(1, 3))).capitalize()
            + generator.choice(_ENDEN)
            for _ in range(300)
        }
    )
    zeilen = [f"{name};{80000 + i};1;;392900.10;5708900.20;051" for i, name in enumerate(namen)]
    ordner = tmp_path_factory.mktemp("erfunden")
    baue_liste(ordner, liste(zeilen))
    return Sucher(ordner / "adressen.sqlite", klein.vorbereitet), namen


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_one_slip_still_leads_to_the_street(
    erfunden: tuple[Sucher, list[str]], data: st.DataObject
) -> None:
    sucher, namen = erfunden
    name = data.draw(st.sampled_from([n for n in namen if sum(map(str.isalpha, n)) >= 6]))
    text = vertippe(name, zufall(data.draw(st.integers(0, 2**32))))
    assert name in sucher.namen(text), text


def test_one_slip_still_leads_to_each_street_of_the_city(stadt: Sucher) -> None:
    generator = zufall(7)
    for name in stadt.strassennamen:
        if sum(map(str.isalpha, name)) >= 6:
            text = vertippe(name, generator)
            assert name in stadt.namen(text), text


SCHREIBWEISEN = (
    *(("ß", "ss"), ("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ä", "a"), ("ü", "u")),
    *(("straße", "str."), ("Straße", "Str"), ("-", " "), ("-", ""), (" ", "")),
)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_spelling_does_not_matter_in_the_city(stadt: Sucher, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(stadt.strassennamen))
    text = name
    for von, nach in data.draw(st.lists(st.sampled_from(SCHREIBWEISEN), max_size=4)):
        text = text.replace(von, nach)
    text = data.draw(st.sampled_from([text, text.lower(), text.upper()]))
    assert name in stadt.namen(text), text


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_the_number_may_stand_anywhere_in_the_city(stadt: Sucher, data: st.DataObject) -> None:
    strasse = data.draw(st.sampled_from(stadt.strassennamen[4:]))
    assert stadt.adressen is not None
    nummern = {
        str(haus)
        for s in stadt.adressen._strassen
        if s.name == strasse
        for n in range(1, 40)
        for haus in stadt.adressen.hausnummern(s.nummer, n)
    }
    assume(nummern)
    nummer = data.draw(st.sampled_from(sorted(nummern)))
    muster = data.draw(st.sampled_from(["{s} {n}", "{n} {s}", "{s}{n}", "{s} {n}, 44137 Dortmund"]))
    assert stadt.namen(muster.format(s=strasse.lower(), n=nummer))[0] == f"{strasse} {nummer}"


def test_a_new_directory_counts_at_once_and_a_broken_one_never(tmp_path: Path) -> None:
    ziel = tmp_path / "adressen.sqlite"
    verzeichnis = Adressverzeichnis(ziel)
    assert verzeichnis.adressen() is None
    baue_liste(tmp_path, liste())
    erste = verzeichnis.adressen()
    assert erste is not None
    assert verzeichnis.adressen() is erste
    baue_liste(tmp_path, liste(["TESTWEG;1;1;;392900.10;5708900.20;051"]))
    zweite = verzeichnis.adressen()
    assert zweite is not None
    assert [s.name for s in zweite.strassen([suchform("testweg")], 5)] == ["Testweg"]
    ziel.write_bytes(b"no database")
    assert verzeichnis.adressen() is None
    with closing(sqlite3.connect(tmp_path / "fremd.sqlite")) as fremd:
        fremd.execute("CREATE TABLE x (y)")
    (tmp_path / "fremd.sqlite").replace(ziel)
    assert verzeichnis.adressen() is None
    ziel.unlink()
    assert verzeichnis.adressen() is None
