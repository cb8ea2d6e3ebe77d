"""The header of a table: which row it is, and which column of the table each heading means."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from layers.befund import Befund, Code
from layers.quelle.geometrie import SPALTEN as GEOMETRIESPALTEN
from layers.quelle.raster import Raster
from layers.tabellen import TABELLEN, Tabelle
from layers.ueberschriften import BEIGABEN, KOORDINATEN, SPALTEN, kopfform, spalte_zu

_SUCHE: Final = 20
"""Rows from the top among which the header is looked for."""
_ERKANNT: Final = 3
"""Headings that a table without a telling name must share with a definition."""
_DBF: Final = 10
"""Characters of the name of a column in a shapefile."""
_NAME: Final = 60
"""Longest heading that is repeated in a finding."""


@dataclass(frozen=True, slots=True)
class Kopf:
    """The header of a table.

    Parameters
    ----------
    zeile
        Position of the row in the raster.
    spalten
        Column of the table → position of its cell in a row.
    fremd
        Heading → position of the cells that no column wants.
    """

    zeile: int
    spalten: Mapping[str, int]
    fremd: Mapping[str, int]
    befunde: tuple[Befund, ...] = field(default=())


def treffer(zellen: Sequence[str], tabelle: Tabelle) -> int:
    """Return how many columns of the table the cells of a row name."""
    bekannt = spalte_zu(tabelle)
    return len({bekannt[form] for zelle in zellen if (form := _form(zelle)) in bekannt})


def _form(zelle: str) -> str:
    return kopfform(zelle[:_NAME])


def kopfzeile(raster: Raster, tabelle: Tabelle) -> int | None:
    """Return the position of the row that names most columns, None for an empty raster.

    Title rows above it are passed over; without any match the first filled row is taken.
    """
    gefuellt = [i for i, zeile in enumerate(raster.zeilen[:_SUCHE]) if any(zeile)]
    if not gefuellt:
        return next((i for i, zeile in enumerate(raster.zeilen) if any(zeile)), None)
    if raster.kopf_sicher:
        return 0
    return max(gefuellt, key=lambda i: (treffer(raster.zeilen[i], tabelle), -i))


def erkenne(raster: Raster, tabellen: Sequence[Tabelle] = TABELLEN) -> Tabelle | None:
    """Return the one table whose columns the raster has, None if none or several fit."""
    punkte = []
    for tabelle in tabellen:
        zeile = kopfzeile(raster, tabelle)
        if zeile is not None:
            punkte.append((treffer(raster.zeilen[zeile], tabelle), tabelle))
    if not punkte:
        return None
    beste = max(zahl for zahl, _ in punkte)
    # The lists of codes share their columns: their name must tell them apart.
    passende = [tabelle for zahl, tabelle in punkte if zahl == beste]
    return passende[0] if beste >= _ERKANNT and len(passende) == 1 else None


def lies(raster: Raster, zeile: int, tabelle: Tabelle) -> Kopf:
    """Return which heading means which column; one that two cells claim goes to the better."""
    zellen = [zelle.strip() for zelle in raster.zeilen[zeile]]
    spalten: dict[str, int] = {}
    fremd: dict[str, int] = {}
    befunde: list[Befund] = []
    nummer = raster.nummern[zeile]
    bekannt = _bekannte(zellen, raster, tabelle)
    for i in sorted(range(len(zellen)), key=lambda i: _rang(zellen[i], bekannt)):
        form = _form(zellen[i])
        name = bekannt.get(form)
        if name is None or (name in spalten and _form(zellen[spalten[name]]) != form):
            if zellen[i] or _hat_werte(raster, zeile, i):
                fremd[zellen[i][:_NAME] or f"({i + 1})"] = i
        elif name in spalten:
            befunde.append(
                Befund(Code.SPALTE_DOPPELT, raster.datei, raster.blatt, nummer, zellen[i][:_NAME])
            )
        else:
            spalten[name] = i
    _verdopple_koordinaten(tabelle, spalten, fremd)
    return Kopf(zeile, spalten, fremd, tuple(befunde))


def _verdopple_koordinaten(
    tabelle: Tabelle, spalten: dict[str, int], fremd: dict[str, int]
) -> None:
    """Let one column with both figures stand for latitude and longitude, in place."""
    gemeinsam = next((name for name in fremd if _form(name) in KOORDINATEN), None)
    if gemeinsam and {"lat", "lon"} <= set(tabelle.lesenamen) - set(spalten):
        spalten["lat"] = spalten["lon"] = fremd.pop(gemeinsam)


def _bekannte(zellen: Sequence[str], raster: Raster, tabelle: Tabelle) -> Mapping[str, str]:
    """Return compared spelling → column; a shapefile cuts the names of columns off."""
    bekannt = dict(spalte_zu(tabelle))
    if not raster.kopf_sicher:
        return bekannt
    for zelle in zellen:
        lang = [s for s in tabelle.lesespalten if s.name.startswith(zelle.lower())]
        # what is cut off may have been the language: a translation has to be the only one
        lang = [s for s in lang if not s.sprache] or lang[: len(lang) == 1]
        if len(zelle) == _DBF and lang:
            bekannt.setdefault(_form(zelle), min((s.name for s in lang), key=len))
    return bekannt


def _rang(zelle: str, bekannt: Mapping[str, str]) -> int:
    """Return how good a heading is: the column's own name first, then as they are listed."""
    form = _form(zelle)
    name = bekannt.get(form)
    titel = [kopfform(titel) for titel in SPALTEN[name]] if name else []
    if name is None or form == kopfform(name) or form not in titel:
        return 0
    return 1 + titel.index(form)


def _hat_werte(raster: Raster, zeile: int, stelle: int) -> bool:
    return any(len(z) > stelle and z[stelle] for z in raster.zeilen[zeile + 1 :])


def fehlende(kopf: Kopf, raster: Raster, tabelle: Tabelle) -> list[Befund]:
    """Return findings about columns that are missing and headings nobody knows."""
    nummer = raster.nummern[kopf.zeile]
    befunde = []
    for spalte in tabelle.spalten:
        # a translation that has to be there is missed in every row
        if spalte.name not in kopf.spalten and not spalte.sprache:
            code = Code.SPALTE_FEHLT if spalte.pflicht else Code.SPALTE_FEHLT_WAHLFREI
            befunde.append(Befund(code, raster.datei, raster.blatt, nummer, spalte.name))
    for name in kopf.fremd:
        if _form(name) in BEIGABEN or (raster.kopf_sicher and name in GEOMETRIESPALTEN):
            continue
        befunde.append(_unbekannte(name, kopf, raster, tabelle))
    return befunde


def _unbekannte(name: str, kopf: Kopf, raster: Raster, tabelle: Tabelle) -> Befund:
    fehlend = {
        kopfform(titel): spalte.name
        for spalte in tabelle.lesespalten
        # a near miss does not tell languages apart
        if spalte.name not in kopf.spalten and not spalte.sprache
        for titel in (*SPALTEN[spalte.name], spalte.name)
    }
    ort = (raster.datei, raster.blatt, raster.nummern[kopf.zeile], name)
    nah = difflib.get_close_matches(_form(name), fehlend, n=1, cutoff=0.8)
    if nah:
        werte = {"vorschlag": fehlend[nah[0]]}
        return Befund(Code.SPALTE_VERSCHRIEBEN, *ort, werte=werte)
    return Befund(Code.SPALTE_UNBEKANNT, *ort)
