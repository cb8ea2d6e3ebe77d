"""Good rows and rows that are held back: every row that was read is one or the other."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from layers import standorte
from layers.befund import BLOCKIERT, Befund, Code, Schwere
from layers.quelle.raster import Verwaist
from layers.tabellen import STANDORTE, Tabelle
from layers.typen import typisiert


@dataclass(frozen=True, slots=True)
class Bilanz:
    """How many rows of a table were read, published and held back."""

    zeilen: int
    veroeffentlicht: int
    quarantaene: int


@dataclass(frozen=True, slots=True)
class Quarantaene:
    """A row that is not published: its cells as they were read, and why (codes of Fehler).

    ``datei`` and ``blatt`` are where the row stands; ``tabelle`` is the table it belongs to, or the
    name of the sheet if it belongs to none.
    """

    tabelle: str
    datei: str
    zeile: int
    zellen: Mapping[str, str]
    codes: tuple[Code, ...]
    blatt: str | None = None


@dataclass(frozen=True, slots=True)
class Ergebnis:
    """A checked table: its good rows, typed (see `layers.typen`), and all about the others."""

    tabelle: pd.DataFrame
    befunde: tuple[Befund, ...]
    quarantaene: tuple[Quarantaene, ...]
    bilanz: Bilanz


def trenne(
    tabelle: Tabelle, roh: pd.DataFrame, rahmen: pd.DataFrame, befunde: list[Befund]
) -> Ergebnis:
    """Return the rows without a Fehler, typed, and the others as they were read.

    Parameters
    ----------
    roh, rahmen
        The table as it was read, and as it was understood (index: line in the file).
    """
    befunde.sort(key=lambda befund: befund.zeile or 0)
    gruende: dict[int, list[Code]] = defaultdict(list)
    for befund in befunde:
        schlimm = befund.schwere is Schwere.FEHLER and befund.code not in BLOCKIERT
        if schlimm and befund.zeile and befund.zeile in roh.index:
            gruende[befund.zeile].append(befund.code)
    return _geteilt(tabelle, roh, rahmen, befunde, gruende)


def halte_zurueck(tabelle: Tabelle, roh: pd.DataFrame, befund: Befund) -> Ergebnis:
    """Return a table of which no row is published, for one reason."""
    gruende = dict.fromkeys(map(int, roh.index), (befund.code,))
    return _geteilt(tabelle, roh, roh, [befund], gruende)


def _geteilt(
    tabelle: Tabelle,
    roh: pd.DataFrame,
    rahmen: pd.DataFrame,
    befunde: Sequence[Befund],
    gruende: Mapping[int, Sequence[Code]],
) -> Ergebnis:
    schlecht = rahmen.index.isin(list(gruende))
    gut = typisiert(rahmen[~schlecht], tabelle)
    if tabelle is STANDORTE:
        gut["n"] = standorte.nummern(rahmen)[~schlecht].to_numpy()
    quarantaene = tuple(_zurueckgehalten(tabelle, roh[schlecht], gruende))
    bilanz = Bilanz(len(roh), len(gut), len(quarantaene))
    return Ergebnis(gut, tuple(befunde), quarantaene, bilanz)


def _zurueckgehalten(
    tabelle: Tabelle, rahmen: pd.DataFrame, gruende: Mapping[int, Sequence[Code]]
) -> Iterator[Quarantaene]:
    for zeile, werte in zip(rahmen.index, rahmen.itertuples(index=False, name=None), strict=True):
        zellen = dict(zip(tabelle.lesenamen, werte, strict=True))
        codes = tuple(dict.fromkeys(gruende[zeile]))
        yield Quarantaene(tabelle.name, tabelle.datei, int(zeile), zellen, codes)


def verwaiste(zeilen: Sequence[Verwaist]) -> tuple[list[Quarantaene], dict[str, Bilanz]]:
    """Return rows that belong to no table as held back, and the balance of each sheet or file."""
    zurueck = [
        Quarantaene(z.tabelle, z.datei, z.zeile, z.zellen, (z.code,), z.blatt) for z in zeilen
    ]
    anzahl = Counter((z.datei, z.tabelle) for z in zeilen)
    return zurueck, {
        f"{datei}: {name}": Bilanz(zahl, 0, zahl) for (datei, name), zahl in anzahl.items()
    }
