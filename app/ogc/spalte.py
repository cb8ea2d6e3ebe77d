"""A property of all features as a column, out of the file beside the layer (`layers.merkmale`)."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Final, Literal, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

from app.ogc.features import Features
from app.ogc.zeit import OFFEN_BIS, OFFEN_VON, KeineZeit, Zeitraum, tage
from layers.spalten import Spaltendatei, Zahlen

Maske = NDArray[np.bool_]
Tage = NDArray[np.int32]
Art: TypeAlias = Literal["text", "zahl", "datum", "wahr"]
DATEN: Final = frozenset({"beginn", "ende", "stand", "status_stand"})
"""Properties whose texts are dates, as exact as they are known."""
LISTEN: Final = frozenset({"stadtbezirke", "traeger", "partner", "projekte"})
"""Properties that join several values with `TRENNER`."""
TRENNER: Final = "|"
_OFFEN: Final = Zeitraum(OFFEN_VON, OFFEN_BIS)


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
        """Return first and last day of each feature's date; without one both ends are open."""
        werte = self.features.werte(self.name)
        zeitraeume = (_OFFEN if wert is None else tage(wert) for wert in werte)
        grenzen = chain.from_iterable((z.von, z.bis) for z in zeitraeume)
        beide = np.fromiter(grenzen, dtype=np.int32, count=2 * len(self.features))
        return beide[::2], beide[1::2]


def spalte(name: str, features: Features, verzeichnis: Spaltendatei) -> Spalte:
    """Return a property of all features."""
    art: Art = verzeichnis.kopf["merkmale"][name]
    if f"merkmal.{name}" not in verzeichnis:
        return Freispalte(_genau(art, name, features.werte(name)), name, features)
    werte = tuple(orjson.loads(verzeichnis.zahlen(f"merkmal.{name}.werte").tobytes()))
    return Wertspalte(_genau(art, name, werte), werte, verzeichnis.zahlen(f"merkmal.{name}"))


def _genau(art: Art, name: str, werte: Iterable[Any]) -> Art:
    """Return what texts are, which the file beside the layer does not know: perhaps dates."""
    if art == "text" and name in DATEN and all(wert is None or _ist_datum(wert) for wert in werte):
        return "datum"
    return art


def _ist_datum(wert: str) -> bool:
    try:
        tage(wert)
    except KeineZeit:
        return False
    return True
