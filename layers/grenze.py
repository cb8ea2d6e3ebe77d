"""What keeps a checked set of sources from being published."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from layers.befund import BLOCKIERT, Befund, Schwere
from layers.check import Geprueft
from layers.pruefregeln import Pruefung
from layers.tabellen import STANDORTE, TABELLEN, Tabelle


@dataclass(frozen=True, slots=True)
class Hindernis:
    """Why there is no build: a key of the catalogue (``build.<grund>``) and its values."""

    grund: str
    werte: Mapping[str, object]


def hindernis(geprueft: Geprueft, regeln: Pruefung) -> Hindernis | None:
    """Return what forbids publication, or None.

    A required table without a good row always does, and so does a code without a translation;
    otherwise more Fehler or Warnungen than the settings allow.
    """
    leer = [
        t.datei
        for t in TABELLEN
        if t.pflicht and geprueft.tabellen[t.name].empty and not _ohne_orte(t, geprueft)
    ]
    if leer:
        return Hindernis("quelle_leer", {"dateien": ", ".join(leer)})
    return zu_viele(geprueft.befunde, regeln)


def _ohne_orte(tabelle: Tabelle, geprueft: Geprueft) -> bool:
    """Return whether the projects of a source simply have no place yet."""
    return tabelle is STANDORTE and geprueft.fundorte[tabelle.name].ergaenzt


def zu_viele(befunde: Collection[Befund], regeln: Pruefung) -> Hindernis | None:
    """Return whether there are more errors or warnings than the settings allow.

    Of some kinds they allow none: a page half in another language helps nobody.
    """
    for code, mal in Counter(befund.code for befund in befunde).items():
        if code in BLOCKIERT:
            return Hindernis(f"blockiert.{code}", {"anzahl": mal})
    anzahl = Counter(befund.schwere for befund in befunde)
    if anzahl[Schwere.FEHLER] > regeln.max_fehler:
        werte = {"fehler": anzahl[Schwere.FEHLER], "grenze": regeln.max_fehler}
        return Hindernis("zu_viele_fehler", werte)
    erlaubt = regeln.max_warnungen
    if erlaubt is not None and anzahl[Schwere.WARNUNG] > erlaubt:
        werte = {"warnungen": anzahl[Schwere.WARNUNG], "grenze": erlaubt}
        return Hindernis("zu_viele_warnungen", werte)
    return None
