"""Check a source as far as it goes: the tables, and if nothing essential is missing, the map."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from layers import grenze
from layers.befund import Befund, Code
from layers.check import check
from layers.grenze import Hindernis
from layers.join import join
from layers.pruefregeln import Pruefung
from layers.quarantaene import Bilanz, Quarantaene
from layers.quelle.raster import Fundort
from layers.quellen import HERKUNFT
from layers.read import Quelldaten
from layers.tabellen import TABELLEN

_JE_DATEI = {tabelle.datei: tabelle.name for tabelle in (*TABELLEN, HERKUNFT)}


@dataclass(frozen=True, slots=True)
class Pruefergebnis:
    """What there is to say about a source.

    Parameters
    ----------
    befunde
        About the tables of `layers.tabellen`; `verortet` says where each stands in the source.
    hindernis
        Why a build would not be published; None: it would.
    """

    befunde: tuple[Befund, ...]
    bilanz: Mapping[str, Bilanz]
    quarantaene: tuple[Quarantaene, ...]
    fundorte: Mapping[str, Fundort]
    hindernis: Hindernis | None


def pruefe(quelldaten: Quelldaten, regeln: Pruefung, stichtag: date) -> Pruefergebnis:
    """Check the tables and, unless a required one is empty, how they fit together."""
    geprueft = check(quelldaten, regeln, stichtag)
    befunde = geprueft.befunde
    hindernis = grenze.hindernis(geprueft, regeln)
    if hindernis is None or hindernis.grund != "quelle_leer":
        befunde = join(geprueft, regeln).befunde
        hindernis = grenze.zu_viele(befunde, regeln)
    return Pruefergebnis(
        befunde, geprueft.bilanz, geprueft.quarantaene, geprueft.fundorte, hindernis
    )


def stichtag(regeln: Pruefung, heute: date) -> date | None:
    """Return the day on which a build judges how old things are: only if the settings ask for it.

    Otherwise it does not look at the calendar, and equal sources make equal bytes.
    """
    return heute if {Code.STAND_ALT, Code.TEXT_VERALTET} & regeln.schwere.keys() else None


def verortet(befunde: Iterable[Befund], fundorte: Mapping[str, Fundort]) -> Iterator[Befund]:
    """Yield the findings with the file and sheet in which the table was read."""
    for befund in befunde:
        ort = fundorte.get(tabelle_zu(befund) or "")
        # a table in a file of its own name is where it is said to be
        anderswo = ort and (ort.blatt or ort.datei != befund.datei)
        yield befund.in_datei(ort.datei, ort.blatt) if ort and anderswo else befund


def tabelle_zu(befund: Befund) -> str | None:
    """Return the table that a finding is about, None if it is about a file or a sheet."""
    return None if befund.blatt else _JE_DATEI.get(befund.datei)
