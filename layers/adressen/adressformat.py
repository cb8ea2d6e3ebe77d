"""The two address lists that can be read, line by line: the city's and the state's.

City of Dortmund, Open Data, list of addresses: header ``STRNAME;STRSL;HNR;HNRZ;RW;HW;UBZ``, names
in capitals, EPSG:25832; ``UBZ`` is the Unterbezirk, whose first two digits are the statistical
district.

State of North Rhine-Westphalia, ``gebref.txt`` ("Gebäudereferenzen", Geobasis NRW), no header, in
two layouts of which the newer one repeats the names beside the keys:

- 15 fields: NBA; OI; QUA; LAN; RBZ; KRS; GMD; OTT; SSS; HNR; ADZ; east; north; STN; date.
  Bezirksregierung Köln, ``…/gebaeudereferenzen/datenformatbeschreibung.pdf``; the first 14 are
  those of "Hauskoordinaten", Datenformatbeschreibung of the surveying administrations, versions
  3.1 (2013) to 4.2 (2019; listed on code-knacker.de/hauskoordinaten.htm). East may carry the zone
  (EPSG:4647), decimals have a comma.
- 21 fields: nba; oid; qua; landschl; land; regbezschl; regbez; kreisschl; kreis; gmdschl; gmd;
  ottschl; ott; strschl; str; hnr; adz; zone; ostwert; nordwert; date. The first 20 are the header
  of "Hauskoordinaten" 5 (HK-DE); EPSG:25832, decimals have a point.

Of other municipalities nothing is kept.
"""

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final, NamedTuple

from layers.adressen.adressfehler import Grund, Unbrauchbar
from layers.adressen.adressquelle import Zeilen
from layers.adressen.ortsnamen import lesbar
from layers.befund import Code

GEMEINDE: Final = ("05", "9", "13", "000")
"""Dortmund: keys of state, Regierungsbezirk, Kreis and Gemeinde."""
SPALTEN: Final = ("STRNAME", "STRSL", "HNR", "HNRZ", "RW", "HW", "UBZ")
MAX_ADRESSEN: Final = 1_000_000
"""More are held by no German city; the list would not fit into memory."""
_ZONE: Final = 32_000_000.0
_KOORDINATE: Final = re.compile(r"\d{6,8}(?:[.,]\d{1,6})?", re.ASCII)
_HAUSNUMMER: Final = re.compile(r"0*[1-9]\d{0,3}", re.ASCII)
_MAX_NAME: Final = 100
_MAX_ZUSATZ: Final = 10
_MAX_WERT: Final = 60


class Adresse(NamedTuple):
    """One house number; ``ost`` and ``nord`` in EPSG:25832, ``ubz`` empty in the state's list."""

    strasse: str
    strassenschluessel: str
    nummer: int
    zusatz: str
    ost: float
    nord: float
    ubz: str


@dataclass(frozen=True, slots=True)
class Fund:
    """How often something was wrong, and where first."""

    anzahl: int
    zeile: int
    wert: str


@dataclass(slots=True)
class Maengel:
    """Counts what is wrong, by kind: a damaged list would have a hundred thousand findings."""

    je_code: dict[Code, Fund] = field(default_factory=dict)

    def zaehle(self, code: Code, zeile: int, wert: str) -> None:
        """Add one."""
        bisher = self.je_code.get(code)
        if bisher is None:
            sichtbar = "".join(z if z.isprintable() else "·" for z in wert[:_MAX_WERT])
            self.je_code[code] = Fund(1, zeile, sichtbar)
        else:
            self.je_code[code] = Fund(bisher.anzahl + 1, bisher.zeile, bisher.wert)

    @property
    def anzahl(self) -> int:
        """How many in all."""
        return sum(fund.anzahl for fund in self.je_code.values())


@dataclass(frozen=True, slots=True)
class Adressliste:
    """What was read: addresses with their lines; ``zeilen`` is all that should have been some."""

    adressen: list[Adresse]
    nummern: list[int]
    zeilen: int
    maengel: Maengel


class _Mangelhaft(Exception):
    """A line that is no address."""

    def __init__(self, code: Code, wert: str) -> None:
        super().__init__(code)
        self.code = code
        self.wert = wert


_Leser = Callable[[list[str]], Adresse | None]
"""Cells of a line → address, or None if it lies in another municipality."""


def lies(quelle: str, zeilen: Zeilen) -> Adressliste:
    """Read a list in either format.

    Raises
    ------
    Unbrauchbar
        It is neither format, or holds no address of the city.
    """
    leser, alle = _erkenne(quelle, zeilen)
    liste = Adressliste([], [], 0, Maengel())
    andere = gesamt = 0
    for nummer, text in alle:
        if not text or text.isspace():
            continue
        gesamt += 1
        try:
            adresse = leser(_zellen(text))
        except _Mangelhaft as mangel:
            liste.maengel.zaehle(mangel.code, nummer, mangel.wert)
            continue
        if adresse is None:
            andere += 1
            continue
        liste.adressen.append(adresse)
        liste.nummern.append(nummer)
        if len(liste.adressen) > MAX_ADRESSEN:
            raise Unbrauchbar(Grund.FORM, quelle=quelle)
    if andere and not liste.adressen:
        raise Unbrauchbar(Grund.ANDERE_GEMEINDE, quelle=quelle)
    return Adressliste(liste.adressen, liste.nummern, gesamt - andere, liste.maengel)


def _erkenne(quelle: str, zeilen: Zeilen) -> tuple[_Leser, Zeilen]:
    """Return the reader for the format, and the lines that hold data."""
    for nummer, text in zeilen:
        zellen = _zellen(text)
        namen = [zelle.strip().upper() for zelle in zellen]
        if "STRNAME" in namen:
            return _stadtliste(quelle, namen), zeilen
        if len(zellen) < min(layout.felder for layout in _LAYOUTS):
            break
        leser = _gebaeudereferenzen(len(zellen))
        if namen[0] == "NBA":
            return leser, zeilen
        if namen[0] in _SATZARTEN:
            return leser, _wieder(nummer, text, zeilen)
        break
    else:
        raise Unbrauchbar(Grund.LEER, quelle=quelle)
    raise Unbrauchbar(Grund.FORM, quelle=quelle)


def _wieder(nummer: int, text: str, zeilen: Zeilen) -> Iterator[tuple[int, str]]:
    yield nummer, text
    yield from zeilen


def _zellen(text: str) -> list[str]:
    # Line by line: a lost quotation mark must not swallow the lines after it.
    if '"' in text:
        with suppress(csv.Error):
            return next(csv.reader([text], delimiter=";"))
    return text.split(";")


def _stadtliste(quelle: str, namen: list[str]) -> _Leser:
    for spalte in SPALTEN:
        if spalte not in namen:
            raise Unbrauchbar(Grund.SPALTE, quelle=quelle, spalte=spalte)
    stelle: Mapping[str, int] = {spalte: namen.index(spalte) for spalte in SPALTEN}

    def lies_zeile(zellen: list[str]) -> Adresse:
        if len(zellen) != len(namen):
            raise _Mangelhaft(Code.ADRESSE_ZEILE, ";".join(zellen))
        return _adresse([zellen[stelle[spalte]].strip() for spalte in SPALTEN])

    return lies_zeile


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a record of the state's list has what; ``felder`` is the least number of fields."""

    felder: int
    gemeinde: tuple[int, int, int, int]
    adresse: tuple[int, int, int, int, int, int]


_LAYOUTS: Final = (
    _Layout(felder=20, gemeinde=(3, 5, 7, 9), adresse=(14, 13, 15, 16, 18, 19)),
    _Layout(felder=14, gemeinde=(3, 4, 5, 6), adresse=(13, 8, 9, 10, 11, 12)),
)
_NEU: Final = "N"
_SATZARTEN: Final = frozenset({_NEU, "A", "L"})
"""New, changed, deleted; the full list holds only new ones, the others belong to updates."""


def _gebaeudereferenzen(felder: int) -> _Leser:
    layout = next(layout for layout in _LAYOUTS if felder >= layout.felder)
    gemeinde = itemgetter(*layout.gemeinde)

    def lies_zeile(zellen: list[str]) -> Adresse | None:
        if len(zellen) != felder or zellen[0] != _NEU:
            raise _Mangelhaft(Code.ADRESSE_ZEILE, ";".join(zellen))
        if gemeinde(zellen) != GEMEINDE:
            return None
        return _adresse([*(zellen[i].strip() for i in layout.adresse), ""])

    return lies_zeile


def _adresse(zellen: Sequence[str]) -> Adresse:
    """Check and convert the cells of an address, in the order of `SPALTEN`."""
    strasse, schluessel, nummer, zusatz, ost, nord, ubz = zellen
    if not strasse or len(strasse) > _MAX_NAME or not strasse.isprintable():
        raise _Mangelhaft(Code.ADRESSE_STRASSE, strasse)
    if not _HAUSNUMMER.fullmatch(nummer) or len(zusatz) > _MAX_ZUSATZ or not zusatz.isprintable():
        raise _Mangelhaft(Code.ADRESSE_HAUSNUMMER, f"{strasse} {nummer}{zusatz}")
    for wert in (ost, nord):
        if not _KOORDINATE.fullmatch(wert):
            raise _Mangelhaft(Code.ADRESSE_KOORDINATE, wert)
    x = float(ost.replace(",", "."))
    return Adresse(
        strasse=lesbar(strasse),
        strassenschluessel=schluessel,
        nummer=int(nummer),
        zusatz=zusatz.lower(),
        ost=x - _ZONE if x >= _ZONE else x,
        nord=float(nord.replace(",", ".")),
        ubz=ubz,
    )
