"""Texts that the city writes: what is hostile is named and not shown, the rest set as meant."""

import os
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers import index
from layers.befund import Befund, Code, Schwere
from layers.check import Geprueft, check
from layers.join import join
from layers.markdowntext import LINKZIELE, fehlstellen, setze
from layers.pruefregeln import Pruefung
from layers.pruefung import stichtag
from layers.read import read_sources
from layers.seitentexte import GRENZE_KB, SEITEN, geaenderte
from tests.layers.conftest import Ordner

ERLAUBT = {
    *("p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote"),
    *("em", "strong", "code", "a", "mark"),
}
DATEI = "texte/datenschutz.md"


class _Zeichen(HTMLParser):
    """Everything in a piece of HTML that is not text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.ziele: list[str] = []
        self.anderes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, wert in attrs:
            if name == "href":
                self.ziele.append(wert or "")
            elif name not in ("rel", "title", "start", "class"):
                self.anderes.append(name)

    def handle_comment(self, data: str) -> None:
        self.anderes.append(data)

    def handle_decl(self, decl: str) -> None:
        self.anderes.append(decl)

    def handle_pi(self, data: str) -> None:
        self.anderes.append(data)


def zeichen(html: str) -> _Zeichen:
    gelesen = _Zeichen()
    gelesen.feed(html)
    gelesen.close()
    return gelesen


def schreibe(ordner: Ordner, text: str | bytes, datei: str = DATEI) -> Geprueft:
    roh = text.encode() if isinstance(text, str) else text
    (ordner.pfad / datei).write_bytes(roh)
    return ordner.pruefe()


def befunde(geprueft: Geprueft, datei: str = DATEI) -> list[Befund]:
    return [b for b in geprueft.befunde if b.datei == datei]


def gezeigt(geprueft: Geprueft, seite: str = "datenschutz", sprache: str = "de") -> str | None:
    return next((t.html for t in geprueft.texte if (t.seite, t.sprache) == (seite, sprache)), None)


FEINDLICH = [
    ("<script>alert(1)</script>", Code.TEXT_HTML),
    ("Ein <b>Wort</b>", Code.TEXT_HTML),
    ("<!-- Notiz -->", Code.TEXT_HTML),
    ('<a href="https://dortmund.de" onclick="x()">Link</a>', Code.TEXT_HTML),
    ("<iframe src=https://x.example>", Code.TEXT_HTML),
    ("<?php echo 1 ?>", Code.TEXT_HTML),
    ("[Link](javascript:alert(1))", Code.TEXT_LINK),
    ("[Link](JaVaScRiPt:alert(1))", Code.TEXT_LINK),
    ("[Link](&#106;avascript:alert(1))", Code.TEXT_LINK),
    ("[Link][a]\n\n[a]: vbscript:x", Code.TEXT_LINK),
    ("[Link](data:text/html;base64,PHNjcmlwdD4=)", Code.TEXT_LINK),
    ("<javascript:alert(1)>", Code.TEXT_LINK),
    ("[Link](//fremd.example)", Code.TEXT_LINK),
    ("[Link](/projekte)", Code.TEXT_LINK),
    ("[Link](file:///etc/passwd)", Code.TEXT_LINK),
    ("![Bild](https://fremd.example/zaehler.png)", Code.TEXT_BILD),
    ("![Bild](data:image/svg+xml,<svg onload=x>)", None),
    ("> - [tief](javascript:x)", Code.TEXT_LINK),
    ("Ein \x07 Zeichen", Code.TEXT_ZEICHEN),
    ("Verkehrt \u202egnutlleD", Code.TEXT_ZEICHEN),
]


@pytest.mark.parametrize(("text", "code"), FEINDLICH)
def test_what_could_harm_is_named_with_its_line_and_not_shown(
    ordner: Ordner, text: str, code: Code | None
) -> None:
    geprueft = schreibe(ordner, f"# Titel\n\nEin Absatz.\n\n{text}\n")
    schlimm = [b for b in befunde(geprueft) if b.schwere is Schwere.FEHLER]
    assert schlimm
    assert {b.zeile for b in schlimm} == {5}
    assert code is None or code in {b.code for b in schlimm}
    assert gezeigt(geprueft) is None
    html = setze(text).html
    assert zeichen(html).tags <= ERLAUBT, "and if it were shown, it would be harmless"
    assert all(ziel.startswith(LINKZIELE) for ziel in zeichen(html).ziele)


@given(st.text(alphabet=st.sampled_from("<>[]()!#*_-`&;:/\\\"'=\n \tajsx:lt1hp"), max_size=120))
def test_no_text_whatsoever_becomes_anything_but_plain_elements(text: str) -> None:
    gelesen = zeichen(setze(text).html)
    assert gelesen.tags <= ERLAUBT
    assert all(ziel.startswith(LINKZIELE) for ziel in gelesen.ziele)
    assert gelesen.anderes == []


@pytest.mark.parametrize(
    ("roh", "code"),
    [
        (b"# Titel\n" + b"a" * 1_000_000, Code.TEXT_ZU_GROSS),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), Code.TEXT_KODIERUNG),
        ("# Titel\n\nGröße".encode("latin-1"), Code.TEXT_KODIERUNG),
        ("# Titel".encode("utf-16"), Code.TEXT_KODIERUNG),
        (b"PK\x03\x04" + b"\x00" * 100, Code.TEXT_ZEICHEN),
        (b"", Code.TEXT_LEER),
        (b"\xef\xbb\xbf \r\n\t\n", Code.TEXT_LEER),
    ],
)
def test_a_file_that_is_no_text_is_refused(ordner: Ordner, roh: bytes, code: Code) -> None:
    geprueft = schreibe(ordner, roh)
    assert code in {b.code for b in befunde(geprueft)}
    assert gezeigt(geprueft) is None
    assert gezeigt(geprueft, "impressum"), "the other texts do not suffer"


@pytest.mark.parametrize(
    "stueck", ["[", "a](", "**a*b", "![a](", "`a``b", "<a@b.", "[auszufüllen: ", "# a\n", "> "]
)
def test_the_largest_text_is_read_however_odd_it_is(stueck: str) -> None:
    text = stueck * (GRENZE_KB * 1000 // len(stueck.encode()))
    assert zeichen(setze(text).html).tags <= ERLAUBT
    list(fehlstellen(text))


def test_missing_texts_are_named_and_a_folder_is_none(ordner: Ordner) -> None:
    (ordner.pfad / DATEI).unlink()
    (ordner.pfad / "texte" / "impressum.md").unlink()
    (ordner.pfad / "texte" / "impressum.md").mkdir()
    geprueft = ordner.pruefe()
    assert [b.code for b in befunde(geprueft)] == [Code.TEXT_FEHLT]
    assert [b.code for b in befunde(geprueft, "texte/impressum.md")] == [Code.DATEI_UNLESBAR]
    assert [t.seite for t in geprueft.texte if t.sprache == "de"] == ["barrierefreiheit"]


@pytest.mark.parametrize("name", ["datenschuz.md", "datenschutz.fr.md", "impressum.docx"])
def test_a_file_of_no_page_is_named(ordner: Ordner, name: str) -> None:
    geprueft = schreibe(ordner, "# Titel", f"texte/{name}")
    assert [b.code for b in befunde(geprueft, f"texte/{name}")] == [Code.TEXT_UNBEKANNT]


def test_a_translation_that_is_refused_leaves_the_german_text(ordner: Ordner) -> None:
    geprueft = schreibe(ordner, "# Privacy\n\n<b>x</b>", "texte/datenschutz.en.md")
    assert gezeigt(geprueft, sprache="en") is None
    assert gezeigt(geprueft)
    geprueft = schreibe(ordner, "# Privacy\n\nText", "texte/datenschutz.en.md")
    assert gezeigt(geprueft, sprache="en") == "<p>Text</p>\n"
    assert befunde(geprueft, "texte/datenschutz.en.md") == []


def test_markers_are_counted_named_and_set_off(ordner: Ordner) -> None:
    text = "# T\n\nStand: 2026\n\nPost: [auszufüllen: Straße & Nr.]\n- [Auszufuellen:x]\n"
    geprueft = schreibe(ordner, text)
    (befund,) = befunde(geprueft)
    assert (befund.code, befund.werte["anzahl"]) == (Code.TEXT_AUSZUFUELLEN, 2)
    assert "Straße & Nr." in str(befund.werte["angaben"])
    html = gezeigt(geprueft) or ""
    assert '<mark class="auszufuellen">[auszufüllen: Straße &amp; Nr.]</mark>' in html


@pytest.mark.parametrize(
    ("zeile", "stand"),
    [
        ("Stand: 2026-01-15", "2026-01-15"),
        ("**Stand:** 15.01.2026", "2026-01-15"),
        ("Stand: Januar 2026", "2026-01"),
        ("Stand: 31.02.2026", ""),
        ("Stand: ca. 2026", ""),
        ("Stand: [auszufüllen: Datum]", ""),
        ("Der Stand: 2026", ""),
    ],
)
def test_the_stand_is_read_and_what_is_not_read_stays(
    ordner: Ordner, zeile: str, stand: str
) -> None:
    geprueft = schreibe(ordner, f"# T\n\n{zeile}\n\nText\n")
    text = next(t for t in geprueft.texte if t.datei == DATEI)
    assert text.stand == stand
    assert ("Stand" in text.html) == (not stand)
    assert (Code.TEXT_OHNE_STAND in {b.code for b in befunde(geprueft)}) == (not stand)


@pytest.mark.parametrize(
    ("stand", "tag", "alt"),
    [
        ("2025-03-10", date(2026, 3, 10), False),
        ("2025-03-10", date(2026, 3, 11), True),
        ("2025-03", date(2026, 3, 31), False),
        ("2025-03", date(2026, 4, 1), True),
        ("2025", date(2026, 12, 31), False),
        ("2025", date(2027, 1, 1), True),
    ],
)
def test_an_erklaerung_is_good_for_a_year(ordner: Ordner, stand: str, tag: date, alt: bool) -> None:
    for seite in SEITEN:
        (ordner.pfad / f"texte/{seite}.md").write_text(f"# T\n\nStand: {stand}\n", "utf-8")
    geprueft = check(ordner.lies(), stichtag=tag)
    veraltet = [b.datei for b in geprueft.befunde if b.code is Code.TEXT_VERALTET]
    assert veraltet == (["texte/barrierefreiheit.md"] if alt else [])


def test_a_build_looks_at_the_calendar_only_if_it_is_asked_to() -> None:
    tag = date(2026, 5, 4)
    assert stichtag(Pruefung(), tag) is None
    assert stichtag(Pruefung(schwere={Code.TEXT_VERALTET: "Fehler"}), tag) == tag


def test_title_and_headings_fit_into_a_page() -> None:
    text = setze("# Der *ganze* Titel\n\n#### Tief\n\nText\n\n# Noch einer\n\n### Weiter\n")
    assert text.titel == "Der ganze Titel"
    assert text.html == "<h2>Tief</h2>\n<p>Text</p>\n<h2>Noch einer</h2>\n<h3>Weiter</h3>\n"


def test_a_text_without_a_title_is_shown_and_named(ordner: Ordner) -> None:
    geprueft = schreibe(ordner, "Stand: 2026\n\n## Nur Abschnitt\n")
    assert [b.code for b in befunde(geprueft)] == [Code.TEXT_OHNE_UEBERSCHRIFT]
    assert gezeigt(geprueft) == "<h2>Nur Abschnitt</h2>\n"


def test_an_address_keeps_its_lines_and_links_say_where_they_lead() -> None:
    html = setze("Stadt\nStraße 1\n\n[a](https://x.example/?a=1&b=2) <mailto:a@b.example>").html
    assert "Stadt<br />\nStraße 1" in html
    assert '<a href="https://x.example/?a=1&amp;b=2" rel="external noopener">a</a>' in html
    assert '<a href="mailto:a@b.example">' in html


def test_texts_are_part_of_the_build_and_of_its_fingerprint(ordner: Ordner) -> None:
    def datei() -> bytes:
        return index.dateien(join(ordner.pruefe()))["seitentexte.json"]

    vorher = datei()
    assert datei() == vorher
    schreibe(ordner, "# Datenschutz\n\nStand: 2026\n\nAnders.\n")
    nachher = datei()
    inhalt = orjson.loads(nachher)["seiten"]["datenschutz"]["de"]
    assert inhalt == {
        "titel": "Datenschutz", "html": "<p>Anders.</p>\n", "stand": "2026", "offen": 0,
    }  # fmt: skip
    assert geaenderte(vorher, nachher) == (DATEI,)
    assert geaenderte(vorher, vorher) == ()
    assert len(geaenderte(None, nachher)) >= len(SEITEN)


def test_a_source_without_texts_leaves_those_of_the_house(ordner: Ordner, tmp_path: Path) -> None:
    quelle = tmp_path / "projekte.csv"
    quelle.write_bytes((ordner.pfad / "projekte.csv").read_bytes())
    gelesen = read_sources(quelle, ordner.pfad)
    assert gelesen.texte == read_sources(ordner.pfad).texte != ()
    mappe = tmp_path / "lieferung"
    (mappe / "texte").mkdir(parents=True)
    os.link(quelle, mappe / "projekte.csv")
    (mappe / "texte" / "impressum.md").write_text("# Impressum\n\nAus der Lieferung\n", "utf-8")
    gelesen = read_sources(mappe, ordner.pfad)
    assert [t.seite for t in gelesen.texte] == ["impressum"]
    assert [b.datei for b in gelesen.befunde if b.code is Code.TEXT_FEHLT] == [
        "texte/barrierefreiheit.md",
        DATEI,
    ]
