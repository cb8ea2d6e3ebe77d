"""Bars: one for each group, drawn in percent of the row, so that they fit every width."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.auswertung.wahl import Mass
from app.auswertung.worte import Wert, Wertwort
from app.katalog import Katalog


@dataclass(frozen=True, slots=True)
class Gruppe:
    """What a bar stands for."""

    titel: str
    wert: Wert
    wort: Wertwort
    href: str
    name: str


@dataclass(frozen=True, slots=True)
class Balken:
    """A bar and its words; ``x`` and ``breite`` in percent, from the left on every page."""

    gruppe: Gruppe
    x: float
    breite: float


def balken(gruppen: Sequence[Gruppe], mass: Mass, t: Katalog) -> tuple[Balken, ...]:
    """Return a bar for each group; the largest fills its row."""
    hoechster = max((g.wert.groesse(mass) for g in gruppen), default=0) or 1
    fertig = []
    for gruppe in gruppen:
        breite = round(100 * gruppe.wert.groesse(mass) / hoechster, 2)
        fertig.append(Balken(gruppe, von_links(0, breite, t), breite))
    return tuple(fertig)


def von_links(x: float, breite: float, t: Katalog) -> float:
    """Return where a bar begins, from the left: mirrored where the language begins at the right."""
    return round(100 - x - breite, 2) if t.sprache.richtung == "rtl" else round(x, 2)
