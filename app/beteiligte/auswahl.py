"""Which organisations a state shows, and in which order: the page's own two parameters.

Everything else is the state (`app.state`): it says which projects count.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from app.beteiligte.mitwirkung import ROLLEN, Beteiligter, Mitwirkung, Rollen
from app.hervorhebung import getroffen
from app.state import MAX_TEXT, Abfrage, Codes, Parameterfehler, parse
from app.urls import Paare
from layers.falten import ordnungsform, suchworte

ORDNUNGEN: Final = ("name", "projekte", "traeger", "partner")
"""By what the list can be sorted; ``-`` reverses."""
EIGENE: Final = ("name", "ordnung")
_VORGABE: Final = "name"


@dataclass(frozen=True, slots=True)
class Wahl:
    """What is asked of the list itself: words of a name, and the order."""

    name: str = ""
    ordnung: str = _VORGABE

    def paare(self) -> Paare:
        """Return the parameters that differ from what is usual."""
        name = (("name", self.name),) if self.name else ()
        ordnung = (("ordnung", self.ordnung),) if self.ordnung != _VORGABE else ()
        return name + ordnung


@dataclass(frozen=True, slots=True)
class Zeile:
    """Somebody, with their projects among those of the state (rows of the index)."""

    wer: Beteiligter
    rollen: Rollen

    @property
    def zeilen(self) -> tuple[int, ...]:
        """Rows of the projects, each once."""
        return tuple(sorted({zeile for zeilen in self.rollen.values() for zeile in zeilen}))


@dataclass(frozen=True, slots=True)
class Auswahl:
    """What is shown: organisations in the asked order, then who is only described.

    ``projekte`` counts the projects of the state, those that name nobody included.
    """

    organisationen: tuple[Zeile, ...]
    beschreibungen: tuple[Zeile, ...]
    projekte: int


def lies(
    paare: Sequence[tuple[str, str]], codes: Codes
) -> tuple[Abfrage, Wahl, tuple[Parameterfehler, ...]]:
    """Read state and own parameters; a value that was not understood is left out and named."""
    abfrage, fehler = parse(paare, codes, auch=EIGENE)
    gruppen: defaultdict[str, list[str]] = defaultdict(list)
    for name, wert in paare:
        if name in EIGENE and (bereinigt := wert.strip()):
            gruppen[name].append(bereinigt)
    werte = {}
    for name, rohwerte in gruppen.items():
        falsch = _fehler(name, rohwerte)
        if falsch:
            fehler += (falsch,)
        else:
            werte[name] = rohwerte[0]
    # the order of projects and an open Steckbrief say nothing about organisations
    return replace(abfrage, sort=None, projekt=None), Wahl(**werte), fehler


def _fehler(name: str, werte: Sequence[str]) -> Parameterfehler | None:
    wert = ", ".join(werte)
    if len(werte) > 1:
        return Parameterfehler(name, wert[:MAX_TEXT], "mehrfach")
    if len(wert) > MAX_TEXT:
        return Parameterfehler(name, wert[:MAX_TEXT] + "…", "laenge", str(MAX_TEXT))
    if name == "ordnung" and wert.removeprefix("-") not in ORDNUNGEN:
        erlaubt = ", ".join(vor + ordnung for ordnung in ORDNUNGEN for vor in ("", "-"))
        return Parameterfehler(name, wert, "wahl", erlaubt)
    return None


def waehle(mitwirkung: Mitwirkung, zeilen: NDArray[np.int64], gesamt: int, wahl: Wahl) -> Auswahl:
    """Return who takes part in some projects, as far as the name is what was asked.

    Parameters
    ----------
    zeilen
        Rows of the index that count: the result of the state.
    gesamt
        How many rows the index has.
    """
    treffer = np.zeros(gesamt, dtype=bool)
    treffer[zeilen] = True
    worte = suchworte(wahl.name)

    def dabei(alle: Iterable[Beteiligter]) -> tuple[Zeile, ...]:
        gefragt = (wer for wer in alle if passt(wer, worte))
        in_auswahl = (_in_auswahl(wer, treffer) for wer in gefragt)
        return geordnet((zeile for zeile in in_auswahl if zeile.zeilen), wahl.ordnung)

    return Auswahl(
        dabei(mitwirkung.organisationen.values()), dabei(mitwirkung.beschreibungen), len(zeilen)
    )


def passt(wer: Beteiligter, worte: Sequence[str]) -> bool:
    """Say whether every folded word begins a word of the name or of another spelling."""
    return len(getroffen(wer.worte, worte)) == len(set(worte))


def _in_auswahl(wer: Beteiligter, treffer: NDArray[np.bool_]) -> Zeile:
    return Zeile(
        wer, {rolle: tuple(z for z in wer.rollen[rolle] if treffer[z]) for rolle in ROLLEN}
    )


_ZAHL: Final[dict[str, Callable[[Zeile], int]]] = {
    "projekte": lambda zeile: len(zeile.zeilen),
    "traeger": lambda zeile: len(zeile.rollen["traeger"]),
    "partner": lambda zeile: len(zeile.rollen["partner"]),
}


def geordnet(zeilen: Iterable[Zeile], ordnung: str) -> tuple[Zeile, ...]:
    """Return the rows in order; those with equal numbers by name, whichever way the numbers go."""
    nach_name = sorted(zeilen, key=lambda zeile: ordnungsform(zeile.wer.name))
    rueckwaerts, feld = ordnung.startswith("-"), ordnung.removeprefix("-")
    if feld == "name":
        return tuple(reversed(nach_name) if rueckwaerts else nach_name)
    return tuple(sorted(nach_name, key=_ZAHL[feld], reverse=rueckwaerts))
