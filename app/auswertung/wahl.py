"""What the page shows beside the state: rows, columns, measure, and what map and bars show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal, cast

from app.state import FACETTEN, Abfrage, Parameterfehler, eigene

Mass = Literal["anzahl", "kosten"]
MASSE: Final[tuple[Mass, ...]] = ("anzahl", "kosten")
BEZIRK: Final = "stadtbezirk"
_FELD: Final = "handlungsfeld"
NAMEN: Final = ("zeilen", "spalten", "mass", "wert")
"""The parameters of this surface; all others are those of `app.state`."""


@dataclass(frozen=True, slots=True)
class Wahl:
    """The chosen view.

    Attributes
    ----------
    zeilen, spalten
        Two different facets.
    mass
        Whether cells show how many projects there are or what is known about their costs.
    wert
        The code of `thema` that map and bars show; None for all projects.
    """

    zeilen: str = BEZIRK
    spalten: str = _FELD
    mass: Mass = "anzahl"
    wert: str | None = None

    @property
    def thema(self) -> str:
        """The facet that is not on the map: of its codes one can be shown there alone."""
        return self.spalten if self.zeilen == BEZIRK else self.zeilen

    def paare(self) -> tuple[tuple[str, str], ...]:
        """Return what differs from the view that the page begins with."""
        vorgabe = Wahl()
        return tuple(
            (name, wert)
            for name in NAMEN
            if (wert := getattr(self, name)) and wert != getattr(vorgabe, name)
        )

    def getauscht(self) -> "Wahl":
        """Return the view with rows as columns."""
        return replace(self, zeilen=self.spalten, spalten=self.zeilen, wert=None)


def lies(
    paare: Iterable[tuple[str, str]], abfrage: Abfrage, codes: Mapping[str, Mapping[str, int]]
) -> tuple[Wahl, tuple[Parameterfehler, ...]]:
    """Read the view from the pairs of a query string.

    Parameters
    ----------
    abfrage
        The state: of a facet that it filters only the chosen codes can be shown.
    codes
        The codes that exist in the snapshot, per facet.

    Returns
    -------
    The view made of everything that was understood, and an error for each value that was not.
    """
    gefunden, fehler = eigene(paare, NAMEN)
    werte: dict[str, str] = {}
    for name, erlaubt in (("zeilen", FACETTEN), ("spalten", FACETTEN), ("mass", MASSE)):
        wert = gefunden.get(name)
        if wert is not None and wert in erlaubt:
            werte[name] = wert
        elif wert is not None:
            fehler.append(Parameterfehler(name, wert, "wahl", ", ".join(erlaubt)))
    if "zeilen" in werte and "spalten" in werte and werte["spalten"] == werte["zeilen"]:
        andere = ", ".join(f for f in FACETTEN if f != werte["zeilen"])
        fehler.append(Parameterfehler("spalten", werte.pop("spalten"), "wahl", andere))
    zeilen, spalten = _beide(werte.get("zeilen"), werte.get("spalten"))
    wahl = Wahl(zeilen, spalten, cast("Mass", werte.get("mass", "anzahl")))
    wert = gefunden.get("wert")
    if wert is None:
        return wahl, tuple(fehler)
    zulaessig = abfrage.facetten.get(wahl.thema) or tuple(codes[wahl.thema])
    if wert in zulaessig:
        return replace(wahl, wert=wert), tuple(fehler)
    return wahl, (*fehler, Parameterfehler("wert", wert, "code", ", ".join(zulaessig)))


def _beide(zeilen: str | None, spalten: str | None) -> tuple[str, str]:
    """Return both facets; one that is not named is Stadtbezirk or Handlungsfeld, whichever fits."""
    if zeilen is None:
        zeilen = BEZIRK if spalten != BEZIRK else _FELD
    if spalten is None:
        spalten = _FELD if zeilen != _FELD else BEZIRK
    return zeilen, spalten
