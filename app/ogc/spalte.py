"""A property of all features as a column, out of the file beside the layer (`layers.merkmale`)."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

from app.ogc.features import Features
from app.ogc.zeit import OFFEN_BIS, OFFEN_VON, KeineZeit, tage
from layers.spalten import Spaltendatei, Zahlen

Maske = NDArray[np.bool_]
Tage = NDArray[np.int32]
Art: TypeAlias = Literal["text", "zahl", "datum", "wahr"]
DATEN: Final = frozenset({"beginn", "ende", "stand", "status_stand"})
"""Properties whose texts are dates, as exact as they are known."""
LISTEN: Final = frozenset({"stadtbezirke", "traeger", "partner", "projekte"})
"""Properties that join several values with `TRENNER`."""
TRENNER: Final = "|"


class Spalte(ABC):
    """One property; ``art`` is what its values are."""

    art: Art

    @property
    @abstractmethod
    def fehlt(self) -> Maske:
        """Which features have no value."""

    @abstractmethod
    def wo(self, passt: Callable[[Any], bool]) -> Maske:
        """Return which features have a value that fits."""

    @abstractmethod
    def zeitraeume(self) -> tuple[Tage, Tage]:
        """Return first and last day of each feature's date; without one both ends are open."""


@dataclass(frozen=True)
class Wertspalte(Spalte):
    """A property with few distinct values.

    Attributes
    ----------
    werte
        Its distinct values; None is not one of them.
    stelle
        For each feature the position in ``werte`` from 1 on, 0 where nothing is documented.
    """

    art: Art
    werte: tuple[Any, ...]
    stelle: Zahlen

    @property
    def fehlt(self) -> Maske:
        """Which features have no value."""
        ergebnis: Maske = self.stelle == 0
        return ergebnis

    def wo(self, passt: Callable[[Any], bool]) -> Maske:
        """Return which features have a value that fits; each distinct value is asked once."""
        treffer = np.array([False, *(passt(wert) for wert in self.werte)], dtype=bool)
        ergebnis: Maske = treffer[self.stelle]
        return ergebnis

    def zeitraeume(self) -> tuple[Tage, Tage]:
        """Return first and last day of each feature's date; without one both ends are open."""
        grenzen = [tage(wert) for wert in self.werte]
        von = np.array([OFFEN_VON, *(z.von for z in grenzen)], dtype=np.int32)
        bis = np.array([OFFEN_BIS, *(z.bis for z in grenzen)], dtype=np.int32)
        return von[self.stelle], bis[self.stelle]


@dataclass(frozen=True)
class Freispalte(Spalte):
    """A property whose values differ too much to be kept: read in the features, for each filter."""

    art: Art
    name: str
    features: Features

    @cached_property
    def fehlt(self) -> Maske:
        """Which features have no value."""
        return ~self.wo(lambda _: True)

    def wo(self, passt: Callable[[Any], bool]) -> Maske:
        """Return which features have a value that fits; each is asked."""
        passend = (
            wert is not None and bool(passt(wert)) for wert in self.features.werte(self.name)
        )
        return np.fromiter(passend, dtype=bool, count=len(self.features))

    def zeitraeume(self) -> tuple[Tage, Tage]:
        """Return open ends: dates have few distinct values, so these are none."""
        n = len(self.features)
        return np.full(n, OFFEN_VON, np.int32), np.full(n, OFFEN_BIS, np.int32)


def spalte(name: str, features: Features, verzeichnis: Spaltendatei) -> Spalte:
    """Return a property of all features."""
    art: Art = verzeichnis.kopf["merkmale"][name]
    if f"merkmal.{name}" not in verzeichnis:
        return Freispalte(art, name, features)
    werte = tuple(orjson.loads(verzeichnis.zahlen(f"merkmal.{name}.werte").tobytes()))
    if art == "text" and name in DATEN and all(map(_ist_datum, werte)):
        art = "datum"
    return Wertspalte(art, werte, verzeichnis.zahlen(f"merkmal.{name}"))


def _ist_datum(wert: object) -> bool:
    try:
        tage(str(wert))
    except KeineZeit:
        return False
    return True
