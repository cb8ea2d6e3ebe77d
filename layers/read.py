"""Read the sources: files in, raw tables and findings out. Nothing is judged yet but the form.

A source is the whole folder ``geodata/``, or any other folder or single file (workbook, CSV,
GeoJSON, GeoPackage, Shapefile); what that one does not hold is taken from ``geodata/``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from layers import quellen, seitentexte
from layers.befund import Befund, Code, Schwere
from layers.quelle import dateien
from layers.quelle.grenzen import UNBEGRENZT, Grenzen
from layers.quelle.raster import Fundort, Verwaist
from layers.quelle.zuordnung import ZEILE, Zuordnung, leer, ordne_zu
from layers.quellen import HERKUNFT, Lieferung, Quelle
from layers.seitentexte import Seitentext
from layers.tabellen import DATEN, PROJEKTE, STANDORTE, TABELLEN
from layers.ueberschriften import tabelle_zu, vergleichsform

__all__ = ["ZEILE", "Quelldaten", "read_sources"]

_GRENZEN: Final = Grenzen()
"""What a source from elsewhere may hold, unless the settings say otherwise."""


@dataclass(frozen=True, slots=True)
class Quelldaten:
    """What was read.

    Parameters
    ----------
    tabellen
        Name of the table → its rows as texts (dtype object, ``""`` = empty cell), exactly the
        columns that its definition allows a source; the index ``zeile`` is the line in the
        file. A table that could not be read is empty. `layers.quellen.HERKUNFT` is among them
        only if the source has it.
    quellen
        Provenance of the files.
    befunde
        Findings about files, headers and lines. ``datei`` is the table's own file name
        wherever the table was read; `fundorte` says where that was.
    fundorte
        Name of the table → where it was read.
    verwaist
        Rows that belong to no table.
    geliefert
        Entry of `layers.quellen` → the file that takes the place of the one in ``geodata/``.
    bezug
        Reference system of coordinates in text columns, stated by the user; None: WGS84 or what
        the row says.
    texte
        What the law asks for; a source that has no folder of them leaves those of ``geodata/``.
    """

    tabellen: Mapping[str, pd.DataFrame]
    quellen: tuple[Quelle, ...]
    befunde: tuple[Befund, ...]
    fundorte: Mapping[str, Fundort] = field(default_factory=dict)
    verwaist: tuple[Verwaist, ...] = ()
    geliefert: Mapping[str, Lieferung] = field(default_factory=dict)
    bezug: str | None = None
    texte: tuple[Seitentext, ...] = ()


def read_sources(
    quelle: Path,
    bestand: Path | None = None,
    *,
    grenzen: Grenzen = _GRENZEN,
    bezug: str | None = None,
) -> Quelldaten:
    """Read all tables and their provenance.

    Whatever is wrong with a file (missing, damaged, too large, wrong columns) is a finding,
    never an exception.

    Parameters
    ----------
    quelle
        A file or folder.
    bestand
        The folder that holds what the source does not; None, or a source that brings its own
        ``quellen.toml``: the source has to hold everything.
    grenzen
        How large a source may be; one that is the folder ``bestand`` itself has no limits.
    bezug
        ``EPSG:n`` of coordinates whose system the source does not say.
    """
    eigene = bestand is None or _selber_ort(quelle, bestand)
    rasters, abgewiesen = dateien.lies(quelle, UNBEGRENZT if eigene else grenzen, bezug)
    zuordnung = ordne_zu(rasters)
    abgelehnt = [_umbenannt(befund) for befund in abgewiesen]
    kaputt = {name for b in abgelehnt for name in _tabellen_der(b.datei)}
    if bestand is None or eigene or (quelle / quellen.DATEI).is_file():
        return _mit_texten(_ganz(quelle, zuordnung, abgelehnt, kaputt, bezug), quelle)
    geliefert = _lieferungen(quelle, zuordnung)
    ergaenzt = _ergaenzt(zuordnung, abgelehnt, kaputt, bestand, bezug)
    if (quelle / seitentexte.ORDNER).is_dir():
        return _mit_texten(replace(ergaenzt, geliefert=geliefert), quelle)
    return _mit_texten(replace(ergaenzt, geliefert=geliefert), bestand, eigene=False)


def _mit_texten(quelldaten: Quelldaten, ordner: Path, *, eigene: bool = True) -> Quelldaten:
    """Return the data with the texts of a folder.

    What the city has yet to add to its own texts is no matter of a workbook with projects.
    """
    texte, befunde = seitentexte.lies(ordner)
    if not eigene:
        befunde = tuple(b for b in befunde if b.schwere is not Schwere.HINWEIS)
    andere = (b for b in quelldaten.befunde if not b.datei.startswith(f"{seitentexte.ORDNER}/"))
    return replace(quelldaten, texte=texte, befunde=(*andere, *befunde))


def _lieferungen(quelle: Path, zuordnung: Zuordnung) -> dict[str, Lieferung]:
    """Return which tables the source holds, by file and the day on which that was saved."""
    geliefert = {}
    for tabelle in TABELLEN:
        if len(zuordnung.tabellen.get(tabelle.name, ())):
            datei = zuordnung.fundorte[tabelle.name].datei
            pfad = quelle / datei if quelle.is_dir() else quelle
            tag = date.fromtimestamp(pfad.stat().st_mtime)  # noqa: DTZ012  the editor's own day
            geliefert[quellen.eintrag_fuer(tabelle)] = Lieferung(datei, tag)
    return geliefert


def _selber_ort(a: Path, b: Path) -> bool:
    return a.resolve() == b.resolve()


def _tabellen_der(datei: str) -> list[str]:
    """Return the table that a file name stands for, if any."""
    name = tabelle_zu().get(vergleichsform(datei.rsplit(".", maxsplit=1)[0]))
    return [name] if name else []


def _umbenannt(befund: Befund) -> Befund:
    """Return a finding about a refused file as one about its table."""
    tabelle = next((t for t in TABELLEN if t.name in _tabellen_der(befund.datei)), None)
    return replace(befund, datei=tabelle.datei) if tabelle else befund


def _ganz(
    ordner: Path, zuordnung: Zuordnung, abgelehnt: list[Befund], kaputt: set[str], bezug: str | None
) -> Quelldaten:
    """Return what a folder holds that must hold everything."""
    herkunft, befunde = quellen.lies(ordner)
    alle = [*befunde, *abgelehnt, *zuordnung.befunde]
    for tabelle in TABELLEN:
        if tabelle.name not in zuordnung.tabellen and tabelle.name not in kaputt:
            code = Code.DATEI_FEHLT if tabelle.pflicht else Code.DATEI_FEHLT_WAHLFREI
            alle.append(Befund(code, tabelle.datei))
    if herkunft:
        alle += quellen.ohne_herkunft(herkunft, TABELLEN)
    return _quelldaten(zuordnung, herkunft, alle, bezug)


def _ergaenzt(
    zuordnung: Zuordnung,
    abgelehnt: list[Befund],
    kaputt: set[str],
    bestand: Path,
    bezug: str | None,
) -> Quelldaten:
    """Return what the source holds, and the tables it does not hold out of ``bestand``.

    A sheet without rows is one that the source does not hold. A source without any row but
    codes is not completed: that would publish the old data anew.
    """
    rest = read_sources(bestand)
    befunde = [*abgelehnt, *zuordnung.befunde]
    zuordnung.tabellen = {n: t for n, t in zuordnung.tabellen.items() if len(t)}
    if not {tabelle.name for tabelle in DATEN} & set(zuordnung.tabellen):
        if not abgelehnt and not zuordnung.verwaist:
            befunde.append(Befund(Code.QUELLE_OHNE_TABELLE, ""))
        return _quelldaten(zuordnung, rest.quellen, befunde, bezug)
    fehlend = [
        t.name for t in TABELLEN if t.name not in zuordnung.tabellen and t.name not in kaputt
    ]
    fremd = {t.datei for t in TABELLEN if t.name not in fehlend}
    befunde += [b for b in rest.befunde if b.datei not in fremd]
    for name in fehlend:
        tabelle = rest.tabellen[name]
        if name == STANDORTE.name and PROJEKTE.name in zuordnung.tabellen:
            tabelle, befund = _passende(tabelle, zuordnung.tabellen[PROJEKTE.name])
            befunde.append(befund)
        zuordnung.tabellen[name] = tabelle
        datei = f"{bestand.name}/{rest.fundorte[name].datei}"
        zuordnung.fundorte[name] = Fundort(datei, ergaenzt=True)
    return _quelldaten(zuordnung, rest.quellen, befunde, bezug)


def _passende(standorte: pd.DataFrame, projekte: pd.DataFrame) -> tuple[pd.DataFrame, Befund]:
    """Return the known places of the projects that the source has."""
    bleibt = standorte["projekt_id"].isin(set(projekte["id"].str.strip()))
    werte = {"anzahl": int(bleibt.sum()), "entfallen": int((~bleibt).sum())}
    return standorte[bleibt], Befund(Code.STANDORTE_AUS_BESTAND, STANDORTE.datei, werte=werte)


def _quelldaten(
    zuordnung: Zuordnung, herkunft: tuple[Quelle, ...], befunde: list[Befund], bezug: str | None
) -> Quelldaten:
    alle = [*TABELLEN, *([HERKUNFT] if HERKUNFT.name in zuordnung.tabellen else [])]
    tabellen = {t.name: zuordnung.tabellen.get(t.name, leer(t)) for t in alle}
    fundorte = {t.name: zuordnung.fundorte.get(t.name, Fundort(t.datei)) for t in alle}
    return Quelldaten(
        tabellen, herkunft, tuple(befunde), fundorte, tuple(zuordnung.verwaist), bezug=bezug
    )
