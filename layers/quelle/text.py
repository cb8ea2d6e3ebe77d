"""CSV as people save it: comma or semicolon, UTF-8 with or without BOM, Windows-1252, UTF-16.

What is not plain UTF-8 is said; a file whose encoding or quotation marks cannot be trusted is
refused as a whole.
"""

import codecs
import csv
import io
from typing import Final

from layers.befund import Befund, Code
from layers.formelschutz import entschuetze, hat_geschuetzte
from layers.quelle.raster import Auftrag, Raster
from layers.quellen import HERKUNFT
from layers.tabellen import TABELLEN
from layers.ueberschriften import CODELISTEN_BLATT, kopfform, spalte_zu

TRENNZEICHEN: Final = (",", ";", "\t")
_PROBE: Final = 20
"""Records from the top of the file that are tried with each separator."""
_PROBE_ZEICHEN: Final = 100_000
_NULLEN: Final = 0.05
"""Share of null characters from which a file is no text; a lone one is a slip in a cell."""
_FELD: Final = 1_000_000
"""Characters in a cell; Excel holds 32 767."""
_BEKANNT: Final = frozenset(
    {
        kopfform(CODELISTEN_BLATT),
        *(name for tabelle in (*TABELLEN, HERKUNFT) for name in spalte_zu(tabelle)),
    }
)


def lies(auftrag: Auftrag) -> Raster:
    """Return the rows of a text file. Raises `Abgewiesen`."""
    text, befunde = dekodiere(auftrag.bytes(auftrag.grenzen.datei_mb), auftrag)
    return _zerlege(text, auftrag, befunde)


def dekodiere(roh: bytes, auftrag: Auftrag) -> tuple[str, tuple[Befund, ...]]:
    """Return the text and what is to be said about its encoding. Raises `Abgewiesen`.

    UTF-8 is tried first. A file that is not, but has more whole UTF-8 sequences than broken
    ones, is damaged UTF-8: the broken places become U+FFFD and are reported cell by cell.
    Anything else without control characters is Windows-1252.
    """
    try:
        if roh.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            befund = Befund(Code.DATEI_KODIERUNG, auftrag.datei, werte={"gelesen": "UTF-16"})
            text = roh.decode("utf-16")
            befunde: tuple[Befund, ...] = (befund,)
        else:
            text, befunde = _utf8(roh, auftrag.datei)
    except UnicodeDecodeError as fehler:
        raise auftrag.ablehnung(Code.DATEI_BINAER) from fehler
    anfang = text[:_PROBE_ZEICHEN]
    if anfang.count("\0") > _NULLEN * len(anfang):
        raise auftrag.ablehnung(Code.DATEI_BINAER)
    return text, befunde


def _utf8(roh: bytes, datei: str) -> tuple[str, tuple[Befund, ...]]:
    try:
        return roh.decode("utf-8-sig"), ()
    except UnicodeDecodeError as fehler:
        zeile = roh.count(b"\n", 0, fehler.start) + 1
    ersetzt = roh.decode("utf-8-sig", errors="replace")
    kaputt = ersetzt.count("\ufffd")
    heil = sum(1 for zeichen in ersetzt if zeichen > "\x7f") - kaputt
    if heil > kaputt:
        werte = {"anzahl": kaputt}
        return ersetzt, (Befund(Code.DATEI_KODIERUNG_DEFEKT, datei, zeile=zeile, werte=werte),)
    gelesen = {"gelesen": "Windows-1252"}
    return roh.decode("cp1252"), (Befund(Code.DATEI_KODIERUNG, datei, zeile=zeile, werte=gelesen),)


def trennzeichen(text: str) -> str:
    """Return the separator with which the top of the file has the most known headings."""

    def guete(zeichen: str) -> tuple[int, int]:
        leser = csv.reader(io.StringIO(text[:_PROBE_ZEICHEN], newline=""), delimiter=zeichen)
        bekannt = breite = 0
        try:
            for nummer, zellen in enumerate(leser):
                if nummer >= _PROBE:
                    break
                treffer = sum(kopfform(zelle) in _BEKANNT for zelle in zellen[:200])
                bekannt, breite = max(bekannt, treffer), max(breite, len(zellen))
        except csv.Error:
            return bekannt, breite
        return bekannt, breite

    return max(TRENNZEICHEN, key=guete)


def _zerlege(text: str, auftrag: Auftrag, befunde: tuple[Befund, ...]) -> Raster:
    """Split the text into cells; one broken quotation mark makes all of it untrustworthy."""
    csv.field_size_limit(_FELD)
    leser = csv.reader(io.StringIO(text, newline=""), delimiter=trennzeichen(text), strict=True)
    geschuetzt = hat_geschuetzte(text)
    zeilen: list[list[str]] = []
    nummern: list[int] = []
    beginn, zellenzahl = 1, 0
    try:
        for zellen in leser:
            zellenzahl += len(zellen)
            auftrag.pruefe_umfang(len(zeilen), zellenzahl)
            zeilen.append([entschuetze(zelle) for zelle in zellen] if geschuetzt else zellen)
            nummern.append(beginn)
            beginn = leser.line_num + 1
    except csv.Error as fehler:
        code = Code.ZELLE_ZU_LANG if "field limit" in str(fehler) else Code.CSV_FEHLERHAFT
        raise auftrag.ablehnung(code, beginn, grund=str(fehler), grenze=_FELD) from fehler
    return Raster(auftrag.datei, None, auftrag.pfad.stem, zeilen, nummern, befunde, starr=True)
