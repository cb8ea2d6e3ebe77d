"""The parts of the list: groups of a sort, and the projects without a location, last.

``web/src/abschnitte.ts`` is the twin.
"""

from dataclasses import dataclass
from itertools import groupby
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from app.index import OHNE, Index
from app.state import Abfrage

Abschnittsart = Literal["ort", "gruppe", "ohne-ort"]
NACH_CODE: Final = ("stadtbezirk", "handlungsfeld", "projektfamilie", "generation", "status")
NACH_JAHR: Final = {"beginn": "beginn", "stand": "standjahr"}
"""Sorts whose list has headings: by a classification, by the year of a date."""


@dataclass(frozen=True, slots=True)
class Abschnitt:
    """Rows that stand together, in order.

    Attributes
    ----------
    art
        ``ort``: located, without heading; ``gruppe``: located, with one; ``ohne-ort``.
    schluessel
        What a group has in common: a code (``ohne-angabe`` for none) or a year.
    """

    art: Abschnittsart
    zeilen: NDArray[np.int64]
    schluessel: str = ""


def sortierung(abfrage: Abfrage) -> str:
    """Return the sort of a state, the one that is not said in the URL as well."""
    return abfrage.sort or ("name" if abfrage.nahe is None else "entfernung")


def abschnitte(index: Index, abfrage: Abfrage, zeilen: NDArray[np.int64]) -> tuple[Abschnitt, ...]:
    """Return the parts of a result; the order inside of them is that of ``zeilen``."""
    mit_ort = index.mit_ort[zeilen]
    gefunden = list(_verortete(index, sortierung(abfrage).removeprefix("-"), zeilen[mit_ort]))
    if not mit_ort.all():
        gefunden.append(Abschnitt("ohne-ort", zeilen[~mit_ort]))
    return tuple(gefunden)


def _verortete(index: Index, sort: str, zeilen: NDArray[np.int64]) -> list[Abschnitt]:
    if not len(zeilen):
        return []
    if sort not in NACH_CODE and sort not in NACH_JAHR:
        return [Abschnitt("ort", zeilen)]
    return [
        Abschnitt("gruppe", np.array(list(gruppe), dtype=np.int64), schluessel)
        for schluessel, gruppe in groupby(
            zeilen.tolist(), key=lambda zeile: _schluessel(index, sort, zeile)
        )
    ]


def _schluessel(index: Index, sort: str, zeile: int) -> str:
    if sort in NACH_CODE:
        return index.facetten[sort].codes_von(zeile)[0]
    jahr = getattr(index, NACH_JAHR[sort])[zeile]
    return "ohne-angabe" if jahr == OHNE else str(jahr)
