"""``/export.csv``: one row a project, as German offices open it and as the gate reads it back.

UTF-8 with BOM, ``;``, CRLF (RFC 4180). Every text is in quotation marks, numbers are not: who reads
types out of that gets project numbers with their zeros.
"""

from collections.abc import Iterator
from typing import Final

from app.export.auszug import Auszug, ebenensatz
from app.export.zellen import beschriftungen, gefuellte, mit_bezeichnung, zelltext
from app.katalog import Katalog
from layers.formelschutz import schuetze
from layers.tabellen import PROJEKTE, Art
from layers.ueberschriften import titel

BOM: Final = b"\xef\xbb\xbf"
_TRENNER: Final = ";"
_ZEILE: Final = "\r\n"


def csv(auszug: Auszug, t: Katalog) -> bytes:
    """Return the file."""
    return BOM + "".join(f"{_TRENNER.join(z)}{_ZEILE}" for z in _zeilen(auszug, t)).encode()


def _zeilen(auszug: Auszug, t: Katalog) -> Iterator[list[str]]:
    spalten = gefuellte(PROJEKTE, auszug.snapshot.projekte)
    labels = beschriftungen(auszug.snapshot)
    meter = auszug.meter
    kopf = [
        *(s.name for s in spalten),
        *(["entfernung_m"] if meter is not None else []),
        "datenquelle",
    ]
    yield [_text(titel(name)) for name in kopf]
    woher = _text(quellenangabe(auszug, t))
    wege = meter or (None,) * len(auszug.zeilen)
    for projekt, weite in zip(auszug.projekte, wege, strict=True):
        zellen = [
            zelltext(s, projekt.get(s.name))
            if s.art is Art.GANZZAHL
            else _text(mit_bezeichnung(s, zelltext(s, projekt.get(s.name)), labels))
            for s in spalten
        ]
        weg = ["" if weite is None else str(weite)] if meter else []
        yield [*zellen, *weg, woher]


def quellenangabe(auszug: Auszug, t: Katalog) -> str:
    """Return licence, source, Stand and query for every row: a row may be copied elsewhere."""
    return f"{ebenensatz(auszug.snapshot, PROJEKTE.name, t)} | {auszug.adresse}"


def _text(text: str) -> str:
    return '"' + schuetze(text).replace('"', '""') + '"' if text else ""
