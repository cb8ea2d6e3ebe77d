"""An annex as DOCX for the office that works on with it: real styles, fields, repeated heads.

``python -m app.bericht.docxsatz`` reads ``{"schriften", "bericht"}`` from standard input and writes
the document to standard output, in a process of its own like ``app.pdf``.
"""

import io
import sys
from collections.abc import Iterator
from datetime import datetime
from itertools import count, pairwise
from pathlib import Path
from typing import Final

import orjson
from docx import Document
from docx.document import Document as Dokument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Emu, Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from app.bericht import docxteile as teile
from app.bericht.bilder import pngs
from app.bericht.docxstile import (
    LINK,
    TABELLE,
    TABELLENTEXT,
    TABELLENTEXT_KLEIN,
    TABELLENTEXT_LEER,
    VERZEICHNIS,
    richte_ein,
)
from app.bericht.inhalt import Absatz, Bericht, Bild, Block, Quellenliste, Tabelle, Zelle
from app.bericht.reinigung import BERICHT

_RAND: Final = Mm(20)
_A4: Final = (Mm(210), Mm(297))
_LANG: Final = 1200
"""Characters from which a row may be broken across pages, as in ``bericht.typ``."""


def setze(bericht: Bericht, schriften: Path) -> bytes:
    """Return the document.

    Parameters
    ----------
    schriften
        Folder of the fonts that the drawings are set in.
    """
    dokument = Document()
    richte_ein(dokument)
    _seiten(dokument, bericht)
    _angaben(dokument, bericht)
    bilder = iter(pngs([b for b in _bloecke(bericht) if isinstance(b, Bild)], schriften))
    _titel(dokument, bericht)
    inhalt = dokument.add_paragraph(bericht.verzeichnis, style="TOC Heading")
    verzeichnis = dokument.add_paragraph(style=VERZEICHNIS[1])
    eintraege = []
    nummern = count(1)
    for kapitel in bericht.kapitel:
        kopf = dokument.add_heading(kapitel.titel, kapitel.stufe)
        kopf.paragraph_format.page_break_before = kapitel.neue_seite or None
        eintraege.append((kapitel.stufe, kapitel.titel, teile.marke(kopf, next(nummern))))
        for block, danach in pairwise((*kapitel.inhalt, None)):
            vor_tafel = isinstance(danach, Tabelle | Bild)
            _block(dokument, block, bilder, bericht.leer, vor_tafel=vor_tafel)
    inhalt.paragraph_format.keep_with_next = True
    _verzeichnis(verzeichnis, [e for e in eintraege if e[0] <= bericht.tiefe], bericht.tiefe)
    datei = io.BytesIO()
    dokument.save(datei)
    return datei.getvalue()


def _bloecke(bericht: Bericht) -> Iterator[Block]:
    for kapitel in bericht.kapitel:
        yield from kapitel.inhalt


def _seiten(dokument: Dokument, bericht: Bericht) -> None:
    abschnitt = dokument.sections[0]
    breite, hoehe = reversed(_A4) if bericht.quer else _A4
    abschnitt.orientation = WD_ORIENT.LANDSCAPE if bericht.quer else WD_ORIENT.PORTRAIT
    abschnitt.page_width, abschnitt.page_height = breite, hoehe
    abschnitt.left_margin = abschnitt.right_margin = _RAND
    abschnitt.top_margin = abschnitt.bottom_margin = Mm(25)
    abschnitt.header_distance = abschnitt.footer_distance = Mm(12)
    innen = Emu(breite - 2 * _RAND)
    kopf = abschnitt.header.paragraphs[0]
    kopf.paragraph_format.tab_stops.add_tab_stop(innen, WD_TAB_ALIGNMENT.RIGHT)
    kopf.add_run(f"{bericht.absender}, {bericht.titel}\t{bericht.stand}")
    fuss = abschnitt.footer.paragraphs[0]
    fuss.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    vorn, rest = bericht.seite.split("{seite}")
    mitte, hinten = rest.split("{seiten}")
    fuss.add_run(vorn)
    teile.feld(fuss, "PAGE")
    fuss.add_run(mitte)
    teile.feld(fuss, "NUMPAGES")
    fuss.add_run(hinten)


def _angaben(dokument: Dokument, bericht: Bericht) -> None:
    angaben = dokument.core_properties
    angaben.title = f"{bericht.titel}: {bericht.untertitel}"
    angaben.author = angaben.last_modified_by = bericht.absender
    angaben.subject = bericht.beschreibung
    angaben.comments = bericht.stand
    angaben.language = "de-DE"
    angaben.created = angaben.modified = datetime.fromisoformat(bericht.erstellt)


def _titel(dokument: Dokument, bericht: Bericht) -> None:
    dokument.add_paragraph(bericht.titel, style="Subtitle")
    dokument.add_paragraph(bericht.untertitel, style="Title")
    for zeile in bericht.kopf:
        dokument.add_paragraph(zeile)


def _verzeichnis(erster: Paragraph, eintraege: list[tuple[int, str, str]], tiefe: int) -> None:
    """Write the contents as Word would; it adds the page numbers when it opens the file."""
    teile.beginn(erster, f'TOC \\o "1-{tiefe}" \\h \\z \\u')
    anker, letzter = erster, erster
    for i, (stufe, titel, marke) in enumerate(eintraege):
        if i:
            neu = anker.insert_paragraph_before()
            neu.style = VERZEICHNIS[stufe]
            # python-docx only inserts before; the contents are written from the top
            letzter.paragraph_format.element.addnext(neu.paragraph_format.element)
            letzter = neu
        teile.sprung(letzter, titel, marke)
    teile.ende(letzter)


def _block(
    dokument: Dokument, block: Block | None, bilder: Iterator[bytes], leer: str, *, vor_tafel: bool
) -> None:
    match block:
        case Absatz():
            absatz = dokument.add_paragraph(block.text, style="Leise" if block.leise else None)
            # what introduces a table or a drawing stays with it
            absatz.paragraph_format.keep_with_next = vor_tafel or None
        case Tabelle():
            _tabelle(dokument, block, leer)
        case Bild():
            _bild(dokument, block, next(bilder))
        case Quellenliste():
            for quelle in block.quellen:
                absatz = dokument.add_paragraph(quelle.text)
                if quelle.url:
                    absatz.add_run().add_break()
                    teile.link(absatz, quelle.url, LINK)


def _bild(dokument: Dokument, bild: Bild, png: bytes) -> None:
    dokument.add_paragraph(bild.titel, style="Caption").paragraph_format.keep_with_next = True
    form = dokument.add_picture(io.BytesIO(png), width=Mm(bild.breite_mm))
    angaben = form._inline.docPr  # noqa: SLF001 - python-docx has no name for the alternative text
    angaben.set("descr", bild.text)
    angaben.set("title", bild.titel)


def _tabelle(dokument: Dokument, tabelle: Tabelle, leer: str) -> None:
    titel = dokument.add_paragraph(tabelle.titel, style="Caption")
    titel.paragraph_format.keep_with_next = True
    breiten = [Mm(spalte.mm) for spalte in tabelle.spalten]
    t = dokument.add_table(rows=1, cols=len(tabelle.spalten), style=TABELLE)
    t.autofit = False
    for spalte, breite in zip(t.columns, breiten, strict=True):
        spalte.width = breite
    kopf = t.rows[0]
    teile.kopfzeile(kopf)
    for zelle, spalte, breite in zip(kopf.cells, tabelle.spalten, breiten, strict=True):
        zelle.width = breite
        _zelle(zelle, Zelle(spalte.titel), zahl=spalte.zahl, fett=True, kopf=True)
    letzte = len(tabelle.zeilen) - 1
    for i, zeile in enumerate(tabelle.zeilen):
        reihe = t.add_row()
        if sum(len(z.text) + len(z.zusatz) + sum(map(len, z.links)) for z in zeile) <= _LANG:
            teile.zusammenhalten(reihe)
        fett = tabelle.summe and i == letzte
        for j, zelle in enumerate(reihe.cells):
            zelle.width = breiten[j]
            _zelle(zelle, zeile[j], zahl=tabelle.spalten[j].zahl, fett=fett)
            if zeile[j].text == leer:
                teile.stil(zelle.paragraphs[0], TABELLENTEXT_LEER)
    dokument.add_paragraph(style="Abstand")


def _zelle(
    zelle: _Cell, inhalt: Zelle, *, zahl: bool, fett: bool = False, kopf: bool = False
) -> None:
    absatz = zelle.paragraphs[0]
    teile.stil(absatz, TABELLENTEXT_KLEIN if kopf else TABELLENTEXT)
    if zahl:
        absatz.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if inhalt.text:
        absatz.add_run(inhalt.text).bold = fett or inhalt.fett or None
    if inhalt.zusatz:
        teile.stil(zelle.add_paragraph(inhalt.zusatz), TABELLENTEXT_KLEIN)
    for i, url in enumerate(inhalt.links):
        neu = absatz if i == 0 and not inhalt.text else zelle.add_paragraph()
        teile.stil(neu, TABELLENTEXT_KLEIN)
        teile.link(neu, url, LINK)


def main() -> None:
    """Set what standard input asks for."""
    auftrag = orjson.loads(sys.stdin.buffer.read())
    bericht = BERICHT.validate_python(auftrag["bericht"])
    sys.stdout.buffer.write(setze(bericht, Path(auftrag["schriften"])))


if __name__ == "__main__":
    main()
