"""A workbook is read through once, without building anything, before openpyxl may open it.

openpyxl makes a cell for every cell of a merged, linked or commented range, and an object for
every element: what would not fit into memory, and every document type definition (entities),
is refused here.
"""

import re
import zipfile
from typing import Final
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.expatreader import create_parser
from openpyxl.utils import coordinate_to_tuple

from layers.befund import Code
from layers.quelle import archiv
from layers.quelle.raster import Auftrag

_MAPPE: Final = "xl/workbook.xml"
_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_BEREICHE: Final = frozenset({"mergeCell", "hyperlink", "comment"})
_STUECK: Final = 1 << 23
"""Large, because Expat scans an unfinished token anew with every piece."""
_ANDERE: Final = 200_000
"""Elements that are neither cells nor their parts: styles, comments, rows."""
_TEILE_DER_ZELLE: Final = frozenset({"c", "v", "f", "is", "t", "si", "r"})


class _ZuGross(SAXException):
    """The workbook holds more than the limits allow."""


class _Zaehler(ContentHandler):
    """Counts cells, other elements and the cells of ranges over all parts of the workbook."""

    def __init__(self, zellen: int) -> None:
        super().__init__()
        self.grenze = zellen
        self.zellen = self.andere = 0
        self.formeln = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802  sax names it
        element = name.rpartition(":")[2]
        if element in ("c", "si"):
            self.zellen += 1
        elif element not in _TEILE_DER_ZELLE:
            self.andere += 1
        self.formeln |= element == "f"
        if element in _BEREICHE:
            self.zellen += _umfang(attrs.get("ref", ""))
        if self.zellen > self.grenze or self.andere > _ANDERE:
            raise _ZuGross(element)


def _umfang(bereich: str) -> int:
    """Return how many cells a range has; an unreadable one is openpyxl's to refuse."""
    ecken = [re.sub(r"\$", "", ecke) for ecke in bereich.split(":")]
    try:
        zeilen, spalten = zip(*(coordinate_to_tuple(ecke) for ecke in ecken), strict=True)
    except (ValueError, TypeError, KeyError, AttributeError):
        return 1
    return int((max(zeilen) - min(zeilen) + 1) * (max(spalten) - min(spalten) + 1))


def pruefe(auftrag: Auftrag) -> bool:
    """Return whether some cell holds a formula; raise `Abgewiesen` if openpyxl must not see it."""
    _pruefe_verschluesselung(auftrag)
    archiv.pruefe(auftrag)
    zaehler = _Zaehler(auftrag.grenzen.mappe_zellen)
    try:
        with zipfile.ZipFile(auftrag.pfad) as mappe:
            if _MAPPE not in mappe.namelist():
                raise auftrag.ablehnung(Code.DATEI_DEFEKT, grund=_MAPPE)
            for name in mappe.namelist():
                if name.endswith((".xml", ".rels", ".vml")):
                    _lies_durch(mappe, name, zaehler)
    except _ZuGross as fehler:
        grenzen = auftrag.grenzen
        raise auftrag.ablehnung(
            Code.TABELLE_ZU_GROSS, zeilen=grenzen.zeilen, zellen=grenzen.mappe_zellen
        ) from fehler
    except DefusedXmlException as fehler:
        raise auftrag.ablehnung(Code.XML_GEFAEHRLICH, grund=type(fehler).__name__) from fehler
    except (*archiv.DEFEKT, SAXException) as fehler:
        raise auftrag.ablehnung(Code.DATEI_DEFEKT, grund=type(fehler).__name__) from fehler
    return zaehler.formeln


def _pruefe_verschluesselung(auftrag: Auftrag) -> None:
    """Raise `Abgewiesen` for the container of a password-protected or a pre-2007 workbook."""
    try:
        with auftrag.pfad.open("rb") as strom:
            anfang = strom.read(len(_OLE))
    except OSError as fehler:
        raise auftrag.ablehnung(Code.DATEI_UNLESBAR, grund=type(fehler).__name__) from fehler
    if anfang == _OLE:
        raise auftrag.ablehnung(Code.DATEI_VERSCHLUESSELT)


def _lies_durch(mappe: zipfile.ZipFile, name: str, zaehler: _Zaehler) -> None:
    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(zaehler)
    with mappe.open(name) as strom:
        while stueck := strom.read(_STUECK):
            parser.feed(stueck)
    parser.close()
