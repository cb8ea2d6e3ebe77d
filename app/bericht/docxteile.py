"""The parts of a Word document that python-docx has no name for: fields, links, repeated heads.

Everything here is WordprocessingML (ISO/IEC 29500-1); the number beside a function is its section.
"""

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import _Row
from docx.text.paragraph import Paragraph
from lxml.etree import _Element


def element(name: str, /, **attribute: str) -> _Element:
    """Return an element of the ``w:`` namespace; attributes are of that namespace too."""
    neu = OxmlElement(f"w:{name}")
    for schluessel, wert in attribute.items():
        neu.set(qn(f"w:{schluessel}"), wert)
    return neu


def feld(absatz: Paragraph, befehl: str, platzhalter: str = "1") -> None:
    """Append a field (§17.16) that Word works out: ``PAGE``, ``NUMPAGES``."""
    beginn(absatz, befehl)
    absatz.add_run(platzhalter)
    ende(absatz)


def _lauf(absatz: Paragraph) -> _Element:
    lauf: _Element = absatz.add_run().element
    return lauf


def beginn(absatz: Paragraph, befehl: str) -> None:
    """Open a field; what follows up to `ende` is its last known result."""
    _lauf(absatz).append(element("fldChar", fldCharType="begin"))
    anweisung = element("instrText")
    anweisung.set(qn("xml:space"), "preserve")
    anweisung.text = f" {befehl} "
    _lauf(absatz).append(anweisung)
    _lauf(absatz).append(element("fldChar", fldCharType="separate"))


def ende(absatz: Paragraph) -> None:
    """Close a field."""
    _lauf(absatz).append(element("fldChar", fldCharType="end"))


def marke(absatz: Paragraph, nummer: int) -> str:
    """Put a bookmark (§17.13.6) around a paragraph and return its name."""
    name = f"_Toc{nummer:08d}"
    # 0 is where the properties of the paragraph stand
    absatz.paragraph_format.element.insert(1, element("bookmarkStart", id=str(nummer), name=name))
    absatz.paragraph_format.element.append(element("bookmarkEnd", id=str(nummer)))
    return name


def sprung(absatz: Paragraph, text: str, ziel: str) -> None:
    """Append words that lead to a bookmark (§17.16.22)."""
    verweis = element("hyperlink", anchor=ziel, history="1")
    lauf = absatz.add_run(text)
    verweis.append(lauf.element)
    absatz.paragraph_format.element.append(verweis)


def stil(absatz: Paragraph, kennung: str) -> None:
    """Give a paragraph a style by its id: looking names up takes most of the time."""
    absatz.paragraph_format.element.style = kennung


def link(absatz: Paragraph, url: str, zeichenstil: str) -> None:
    """Append an address that leads there, in a character style (its id)."""
    kennung = absatz.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    verweis = OxmlElement("w:hyperlink")
    verweis.set(qn("r:id"), kennung)
    lauf = absatz.add_run(url)
    lauf.element.style = zeichenstil
    verweis.append(lauf.element)
    absatz.paragraph_format.element.append(verweis)


def kopfzeile(zeile: _Row) -> None:
    """Say that a row is the head of its table and comes again on every page (§17.4.78)."""
    _eigenschaften(zeile).append(element("tblHeader"))


def zusammenhalten(zeile: _Row) -> None:
    """Say that a row is not broken across pages (§17.4.6)."""
    _eigenschaften(zeile).append(element("cantSplit"))


def _eigenschaften(zeile: _Row) -> _Element:
    absatz = zeile.cells[0].paragraphs[0].paragraph_format.element
    reihe = absatz.getparent().getparent()
    eigene: _Element = reihe.get_or_add_trPr()
    return eigene
