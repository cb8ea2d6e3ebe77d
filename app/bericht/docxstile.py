"""The styles of the report in Word: few, named, sober; a change of one changes all."""

from typing import Final

from docx.document import Document as Dokument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from app.bericht.docxteile import element

SCHRIFT: Final = "Arial"
"""In every office; the fonts of the build are in none."""
LINK: Final = "Hyperlink"
TABELLENTEXT: Final = "Tabellentext"
TABELLENTEXT_KLEIN: Final = "TabellentextKlein"
TABELLENTEXT_LEER: Final = "TabellentextLeer"
"""Names without a space are their own ids."""
TABELLE: Final = "Berichtstabelle"
VERZEICHNIS: Final = {1: "TOC 1", 2: "TOC 2", 3: "TOC 3"}
_AKZENT: Final = RGBColor(0x0B, 0x5A, 0x6F)
_TINTE: Final = RGBColor(0x16, 0x23, 0x2A)
_LEISE: Final = RGBColor(0x4A, 0x5A, 0x62)


def richte_ein(dokument: Dokument) -> None:
    """Set language and styles, and ask Word to work out the fields when it opens the document."""
    _sprache(dokument)
    _schrift(dokument, "Normal", 10, _TINTE, nach=6)
    for name, groesse, farbe, vor in (
        ("Heading 1", 15, _AKZENT, 16),
        ("Heading 2", 12, _TINTE, 10),
        ("Heading 3", 10.5, _TINTE, 12),
        ("TOC Heading", 12, _AKZENT, 14),
    ):
        _schrift(dokument, name, groesse, farbe, vor=vor, nach=6, fett=True)
    _schrift(dokument, "Title", 21, _TINTE, nach=10, fett=True)
    _ohne_linie(dokument, "Title")
    _schrift(dokument, "Subtitle", 11, _LEISE, nach=2, fett=True)
    dokument.styles["Subtitle"].font.italic = False
    _schrift(dokument, "Caption", 8.5, _LEISE, vor=8, nach=4, fett=True)
    _schrift(dokument, "Header", 8, _LEISE)
    # the template's stops stand in the middle and right of a page of another size
    dokument.styles["Header"].paragraph_format.tab_stops.clear_all()
    _schrift(dokument, "Footer", 8, _LEISE)
    for name, groesse, farbe in (
        ("Leise", 8.5, _LEISE),
        (TABELLENTEXT, 8.5, _TINTE),
        (TABELLENTEXT_KLEIN, 7.5, _TINTE),
        (TABELLENTEXT_LEER, 8.5, _LEISE),
        ("Abstand", 4, _TINTE),
    ):
        dokument.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _schrift(dokument, name, groesse, farbe, nach=4 if name == "Leise" else 1)
        dokument.styles[name].paragraph_format.line_spacing = 1.0
    for stufe, name in VERZEICHNIS.items():
        dokument.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _schrift(dokument, name, 10, _TINTE, nach=2, fett=stufe == 1)
        dokument.styles[name].paragraph_format.left_indent = Mm(6 * (stufe - 1))
        dokument.styles[name].paragraph_format.tab_stops.add_tab_stop(
            Mm(170), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
        )
    link = dokument.styles.add_style(LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = _AKZENT, True
    _tabellenstil(dokument)
    for name in ("autoHyphenation", "updateFields"):
        dokument.settings.element.insert(0, element(name, val="true"))


def _sprache(dokument: Dokument) -> None:
    for vorgabe in dokument.styles.element.iter(qn("w:lang")):
        vorgabe.set(qn("w:val"), "de-DE")


def _schrift(
    dokument: Dokument,
    name: str,
    groesse: float,
    farbe: RGBColor,
    *,
    vor: float = 0,
    nach: float = 0,
    fett: bool = False,
) -> None:
    stil = dokument.styles[name]
    font, absatz = stil.font, stil.paragraph_format
    font.name, font.size, font.bold = SCHRIFT, Pt(groesse), fett
    font.color.rgb = farbe
    absatz.space_before, absatz.space_after = Pt(vor), Pt(nach)
    # the template's fonts of the theme would win over a font by name
    schriften = font.element.rPr.rFonts
    for art in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        schriften.attrib.pop(qn(f"w:{art}"), None)
    schriften.set(qn("w:cs"), SCHRIFT)


def _ohne_linie(dokument: Dokument, name: str) -> None:
    eigenschaften = dokument.styles[name].element.pPr
    for linie in eigenschaften.findall(qn("w:pBdr")):
        eigenschaften.remove(linie)


def _tabellenstil(dokument: Dokument) -> None:
    """Make the table style: fine lines between rows, a tinted head."""
    stil = dokument.styles.add_style(TABELLE, WD_STYLE_TYPE.TABLE).element
    linien = element("tblBorders")
    for seite in ("bottom", "insideH"):
        linien.append(element(seite, val="single", sz="4", space="0", color="AAB7BC"))
    raender = element("tblCellMar")
    for seite, breite in (("top", "25"), ("left", "70"), ("bottom", "25"), ("right", "70")):
        raender.append(element(seite, w=breite, type="dxa"))
    tabelle = element("tblPr")
    tabelle.append(linien)
    tabelle.append(raender)
    stil.append(tabelle)
    kopf = element("tblStylePr", type="firstRow")
    zelle = element("tcPr")
    unten = element("tcBorders")
    unten.append(element("bottom", val="single", sz="8", space="0", color="0B5A6F"))
    zelle.append(unten)
    zelle.append(element("shd", val="clear", color="auto", fill="E7F0EF"))
    kopf.append(zelle)
    stil.append(kopf)
