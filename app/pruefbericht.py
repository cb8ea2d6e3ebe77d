"""What the report on a source says: every finding, the balance, the verdict (build half).

A table full of nonsense gives a million findings: they are put into sentences one by one, while a
report is written.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from app import befundtext
from app.katalog import Katalog
from layers.befund import Befund, Code, Schwere
from layers.grenze import Hindernis
from layers.pruefung import Pruefergebnis, verortet
from layers.quarantaene import Quarantaene
from layers.quelle.raster import Fundort
from layers.quellen import HERKUNFT
from layers.tabellen import CODELISTEN, TABELLEN
from layers.ueberschriften import BLAETTER

_REIHENFOLGE: Final = tuple(Schwere)
_ZELLE: Final = 80
"""Characters of a cell that the report repeats of a row that was held back."""


@dataclass(frozen=True, slots=True)
class Zeile:
    """One finding as a person reads it."""

    befund: Befund
    ort: str
    was: str
    tun: str


@dataclass(frozen=True, slots=True)
class Art:
    """The findings of one kind, those about one column together, in the order of the file."""

    code: Code
    befunde: Sequence[Befund]
    orte: Mapping[str, Fundort]
    t: Katalog

    @property
    def zeilen(self) -> Iterator[Zeile]:
        """The findings in sentences, made as they are asked for."""
        t = self.t
        for befund in verortet(self.befunde, self.orte):
            yield Zeile(befund, befundtext.ort(befund, t), *befundtext.saetze(befund, t))


@dataclass(frozen=True, slots=True)
class Gruppe:
    """All findings of one severity, by kind."""

    schwere: Schwere
    arten: Sequence[Art]

    @property
    def anzahl(self) -> int:
        """How many findings there are."""
        return sum(len(art.befunde) for art in self.arten)


@dataclass(frozen=True, slots=True)
class Posten:
    """The balance of one table."""

    tabelle: str
    woher: str
    zeilen: int
    veroeffentlicht: int
    quarantaene: int


@dataclass(frozen=True, slots=True)
class Bericht:
    """Everything the report says.

    ``hindernis`` is the sentence about why nothing would be published, None if it would.
    """

    quelle: str
    tag: date
    gruppen: Sequence[Gruppe]
    bilanz: Sequence[Posten]
    quarantaene: Sequence[Quarantaene]
    hindernis: str | None

    @property
    def arten(self) -> Iterator[Art]:
        """All kinds of findings, the gravest first."""
        return (art for gruppe in self.gruppen for art in gruppe.arten)

    @property
    def zurueckgehalten(self) -> Iterator[tuple[Quarantaene, str]]:
        """The rows that are held back, with what is in their cells."""
        return ((zeile, _zellen(zeile)) for zeile in self.quarantaene)

    @property
    def zahlen(self) -> dict[str, int]:
        """Findings of each severity."""
        anzahl = {gruppe.schwere: gruppe.anzahl for gruppe in self.gruppen}
        return {
            "fehler": anzahl.get(Schwere.FEHLER, 0),
            "warnungen": anzahl.get(Schwere.WARNUNG, 0),
            "hinweise": anzahl.get(Schwere.HINWEIS, 0),
        }

    @property
    def rueckgabe(self) -> int:
        """The exit code: 2 with errors or if nothing may be published, 1 with warnings, else 0."""
        zahlen = self.zahlen
        if zahlen["fehler"] or self.hindernis:
            return 2
        return 1 if zahlen["warnungen"] else 0


def bericht(ergebnis: Pruefergebnis, quelle: str, tag: date, t: Katalog) -> Bericht:
    """Return the report: the gravest findings first, equal kinds together."""
    je_art: dict[tuple[int, Code], list[Befund]] = defaultdict(list)
    for befund in ergebnis.befunde:
        je_art[_REIHENFOLGE.index(befund.schwere), befund.code].append(befund)
    for befunde in je_art.values():
        # two stable sorts: one by a pair would make a million pairs
        befunde.sort(key=lambda befund: befund.spalte or "")
        befunde.sort(key=lambda befund: befund.datei)
    gruppen = [
        Gruppe(
            schwere,
            [
                Art(code, befunde, ergebnis.fundorte, t)
                for (stelle, code), befunde in sorted(je_art.items())
                if stelle == nummer
            ],
        )
        for nummer, schwere in enumerate(_REIHENFOLGE)
    ]
    return Bericht(
        quelle,
        tag,
        [gruppe for gruppe in gruppen if gruppe.arten],
        list(_bilanz(ergebnis, t)),
        ergebnis.quarantaene,
        _satz(ergebnis.hindernis, t),
    )


def _satz(hindernis: Hindernis | None, t: Katalog) -> str | None:
    return t(f"build.{hindernis.grund}", **hindernis.werte) if hindernis else None


def _bilanz(ergebnis: Pruefergebnis, t: Katalog) -> Iterator[Posten]:
    namen = {tabelle.name for tabelle in (*TABELLEN, HERKUNFT)}
    for name, bilanz in ergebnis.bilanz.items():
        ort = ergebnis.fundorte.get(name)
        woher = befundtext.blatt(Befund(Code.DATEI_LEER, ort.datei, ort.blatt), t) if ort else ""
        yield Posten(
            _tabelle(name, t) if name in namen else name,
            woher,
            bilanz.zeilen,
            bilanz.veroeffentlicht,
            bilanz.quarantaene,
        )


def _tabelle(name: str, t: Katalog) -> str:
    if name in {liste.name for liste in CODELISTEN}:
        return t("pruefung.codeliste", name=name.removeprefix("codelisten/"))
    return BLAETTER[name][0]


def _zellen(zeile: Quarantaene) -> str:
    return " · ".join(
        " ".join(wert[:_ZELLE].split()) for wert in zeile.zellen.values() if wert.strip()
    )[: 4 * _ZELLE]
