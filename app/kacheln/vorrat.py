"""What every source of tiles can do, and what addresses of tiles are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

from app.errors import UngueltigeParameter
from app.index import Index
from app.state import Abfrage, Parameterfehler
from app.werte import BBox

TIEFSTE: Final = 22
"""No tile is asked for beyond this zoom."""


@dataclass(frozen=True, slots=True)
class Kachel:
    """One tile of the usual scheme (EPSG:3857, ``y`` from the north)."""

    z: int
    x: int
    y: int

    @classmethod
    def lies(cls, z: str, x: str, y: str) -> "Kachel":
        """Read an address.

        Raises
        ------
        UngueltigeParameter
            A part is no whole number, or there is no such tile at that zoom.
        """
        if not _ganz(z, TIEFSTE):
            raise UngueltigeParameter((_fehler("z", z, TIEFSTE),))
        letzte = (1 << int(z)) - 1
        fehler = [
            _fehler(name, wert, letzte)
            for name, wert in (("x", x), ("y", y))
            if not _ganz(wert, letzte)
        ]
        if fehler:
            raise UngueltigeParameter(tuple(fehler))
        return cls(int(z), int(x), int(y))


def _ganz(wert: str, hoechstens: int) -> bool:
    return wert.isascii() and wert.isdigit() and len(wert) < 9 and int(wert) <= hoechstens


def _fehler(name: str, wert: str, hoechstens: int) -> Parameterfehler:
    return Parameterfehler(name, wert[:200], "anzahl", f"0–{hoechstens}")


@dataclass(frozen=True, slots=True)
class Kachelebene:
    """What there is to know about the tiles of a layer.

    Attributes
    ----------
    zoom
        The first and the last one; beyond, clients enlarge.
    rahmen
        Where features lie (WGS84).
    felder
        Property → kind (``String``, ``Number``, ``Boolean``).
    """

    name: str
    zoom: tuple[int, int]
    rahmen: BBox
    felder: Mapping[str, str]


class Kacheln(Protocol):
    """Gives tiles of one build."""

    def ebene(self, name: str) -> Kachelebene | None:
        """Return a layer that has tiles, None if there is none of that name."""

    def filtert(self, name: str) -> bool:
        """Say whether the tiles of a layer can be narrowed by a state."""

    def kachel(self, name: str, kachel: Kachel, index: Index, abfrage: Abfrage) -> bytes | None:
        """Return a tile as MVT, compressed with gzip; None where nothing lies.

        Parameters
        ----------
        index
            The index in the language of the request: its labels are searched too.
        abfrage
            Which projects; without meaning where `filtert` says no.
        """
