"""What keeps a checked set of sources from being published."""

from collections.abc import Mapping
from dataclasses import dataclass

from layers.befund import Schwere
from layers.check import Geprueft
from layers.tabellen import TABELLEN


@dataclass(frozen=True, slots=True)
class Hindernis:
    """Why there is no build: a key of the catalogue (``build.<grund>``) and its values."""

    grund: str
    werte: Mapping[str, object]


def hindernis(geprueft: Geprueft, max_fehler: int) -> Hindernis | None:
    """Return what forbids publication, or None.

    A required table without a good row always does; otherwise more than ``max_fehler``
    findings of severity Fehler do.
    """
    leer = [t.datei for t in TABELLEN if t.pflicht and geprueft.tabellen[t.name].empty]
    if leer:
        return Hindernis("quelle_leer", {"dateien": ", ".join(leer)})
    fehler = sum(befund.schwere is Schwere.FEHLER for befund in geprueft.befunde)
    if fehler > max_fehler:
        return Hindernis("zu_viele_fehler", {"fehler": fehler, "grenze": max_fehler})
    return None
