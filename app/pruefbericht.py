"""The report on a source: in the terminal, as a page, as JSON (build half)."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

import orjson
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app import befundtext
from app.katalog import Katalog
from app.vorlagen import datum, umgebung
from layers.befund import Befund, Code, Schwere
from layers.check import Quarantaene
from layers.grenze import Hindernis
from layers.pruefung import Pruefergebnis, verortet
from layers.quelle.raster import Fundort
from layers.tabellen import CODELISTEN, TABELLEN
from layers.ueberschriften import BLAETTER

_REIHENFOLGE: Final = tuple(Schwere)
JE_ART: Final = 500
"""Findings of one kind, and rows held back, that are written out; further ones are counted.

A table of twenty thousand wrong rows gives one message twenty thousand times.
"""
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
    """The findings of one kind: the first `JE_ART` in sentences, and how many there are."""

    code: Code
    zeilen: Sequence[Zeile]
    anzahl: int

    @property
    def weitere(self) -> int:
        """How many findings are only counted."""
        return self.anzahl - len(self.zeilen)


@dataclass(frozen=True, slots=True)
class Gruppe:
    """All findings of one severity, by kind."""

    schwere: Schwere
    arten: Sequence[Art]

    @property
    def anzahl(self) -> int:
        """How many findings there are."""
        return sum(art.anzahl for art in self.arten)


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
    zurueckgehalten: Sequence[tuple[Quarantaene, str]]
    anzahl_zurueck: int
    hindernis: str | None

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
    """Put the findings into sentences, the gravest first, equal kinds together."""
    orte = ergebnis.fundorte
    je_art: dict[tuple[int, Code], list[Befund]] = defaultdict(list)
    for befund in ergebnis.befunde:
        je_art[_REIHENFOLGE.index(befund.schwere), befund.code].append(befund)
    gruppen = [
        Gruppe(
            schwere,
            [
                _art(code, befunde, orte, t)
                for (stelle, code), befunde in sorted(je_art.items())
                if stelle == nummer
            ],
        )
        for nummer, schwere in enumerate(_REIHENFOLGE)
    ]
    gruppen = [gruppe for gruppe in gruppen if gruppe.arten]
    return Bericht(
        quelle,
        tag,
        gruppen,
        list(_bilanz(ergebnis, orte, t)),
        [(zeile, _zellen(zeile)) for zeile in ergebnis.quarantaene[:JE_ART]],
        len(ergebnis.quarantaene),
        _satz(ergebnis.hindernis, t),
    )


def _art(code: Code, befunde: Sequence[Befund], orte: Mapping[str, Fundort], t: Katalog) -> Art:
    zeilen = [
        Zeile(b, befundtext.ort(b, t), befundtext.was(b, t), befundtext.tun(b, t))
        for b in verortet(befunde[:JE_ART], orte)
    ]
    return Art(code, zeilen, len(befunde))


def _satz(hindernis: Hindernis | None, t: Katalog) -> str | None:
    return t(f"build.{hindernis.grund}", **hindernis.werte) if hindernis else None


def _bilanz(ergebnis: Pruefergebnis, orte: Mapping[str, Fundort], t: Katalog) -> Iterator[Posten]:
    namen = {tabelle.name for tabelle in TABELLEN}
    for name, bilanz in ergebnis.bilanz.items():
        ort = orte.get(name)
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


def drucke(konsole: Console, inhalt: Bericht, t: Katalog) -> None:
    """Print the report, every finding in it."""
    konsole.print(t("pruefung.quelle", quelle=inhalt.quelle), style="bold", markup=False)
    for gruppe in inhalt.gruppen:
        farbe = befundtext.FARBE[gruppe.schwere]
        wort = t(f"befund.schwere.{gruppe.schwere.lower()}")
        konsole.print()
        konsole.rule(f"[bold {farbe}]{wort}: {gruppe.anzahl}[/]", align="left", style=farbe)
        for art in gruppe.arten:
            _drucke_art(konsole, art.zeilen, farbe)
            if art.weitere:
                konsole.print(f"  {t('pruefung.weitere', art.weitere)}", style="dim")
    konsole.print()
    konsole.print(_bilanztabelle(inhalt, t))
    konsole.print(t("pruefung.zahlen", **inhalt.zahlen), style="bold", markup=False)
    schluss = inhalt.hindernis or t("pruefung.gut")
    konsole.print(schluss, style="bold red" if inhalt.hindernis else "bold green", markup=False)


def _drucke_art(konsole: Console, zeilen: Sequence[Zeile], farbe: str) -> None:
    """Print findings of one kind; what to do stands below them once, if it is the same."""
    je_rat: dict[str, list[Zeile]] = defaultdict(list)
    for zeile in zeilen:
        je_rat[zeile.tun].append(zeile)
    for rat, gleiche in je_rat.items():
        for zeile in gleiche:
            konsole.print(f"[{farbe}]●[/] [bold]{escape(zeile.ort)}[/]: {escape(zeile.was)}")
        konsole.print(f"  → {escape(rat)}", style="dim")


def _bilanztabelle(inhalt: Bericht, t: Katalog) -> Table:
    tabelle = Table(title=t("pruefung.bilanz"), title_justify="left", show_footer=True)
    summen = Counter(
        {
            feld: sum(getattr(posten, feld) for posten in inhalt.bilanz)
            for feld in ("zeilen", "veroeffentlicht", "quarantaene")
        }
    )
    tabelle.add_column(t("pruefung.bilanz.tabelle"), footer=t("pruefung.bilanz.summe"))
    tabelle.add_column(t("pruefung.bilanz.woher"), overflow="fold")
    for kopf, feld in (
        ("zeilen", "zeilen"),
        ("auf_karte", "veroeffentlicht"),
        ("zurueck", "quarantaene"),
    ):
        tabelle.add_column(t(f"pruefung.bilanz.{kopf}"), str(summen[feld]), justify="right")
    for p in inhalt.bilanz:
        zahlen = (str(p.zeilen), str(p.veroeffentlicht), str(p.quarantaene))
        tabelle.add_row(escape(p.tabelle), escape(p.woher), *zahlen)
    return tabelle


def als_html(inhalt: Bericht, t: Katalog) -> str:
    """Return the report as one self-contained page."""
    vorlage = umgebung(t).get_template("pruefbericht.html")
    return vorlage.render(bericht=inhalt, tag=datum(inhalt.tag.isoformat(), t))


def als_json(inhalt: Bericht) -> bytes:
    """Return the report as JSON: the findings with code, values and sentences."""
    dokument: dict[str, Any] = {
        "quelle": inhalt.quelle,
        "geprueft_am": inhalt.tag.isoformat(),
        "zahlen": inhalt.zahlen,
        "rueckgabe": inhalt.rueckgabe,
        "hindernis": inhalt.hindernis,
        "je_art": {art.code.value: art.anzahl for gruppe in inhalt.gruppen for art in gruppe.arten},
        "bilanz": [asdict(posten) for posten in inhalt.bilanz],
        "befunde": [
            _als_eintrag(zeile)
            for gruppe in inhalt.gruppen
            for art in gruppe.arten
            for zeile in art.zeilen
        ],
        "quarantaene": [zeile for zeile, _ in inhalt.zurueckgehalten],
    }
    return orjson.dumps(dokument, option=orjson.OPT_INDENT_2)


def _als_eintrag(zeile: Zeile) -> dict[str, Any]:
    befund = zeile.befund
    return {
        "code": befund.code,
        "schwere": befund.schwere,
        "datei": befund.datei,
        "blatt": befund.blatt,
        "zeile": befund.zeile,
        "spalte": befund.spalte,
        "wert": befund.wert,
        "werte": dict(befund.werte),
        "was": zeile.was,
        "tun": zeile.tun,
    }
