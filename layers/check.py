"""Check the sources: typed tables of good rows, findings, and the rows that were held back.

First what people wrote is put into the form of ``geodata/`` (`layers.deutung`), then checked.
A row with a ``Fehler`` goes into quarantine with its findings: kept, counted, reported, never
half shown. For every table: rows read = published + quarantined.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

import pandas as pd
import shapely

from layers import beteiligte, brachflaechen, plaetze, projekte, stadtbezirke, standorte
from layers.befund import Befund, Code, Schwere
from layers.codelisten import beschriftungen, schreibweisen
from layers.deutung import lage as lagedeutung
from layers.deutung import tabelle as deutung
from layers.lage import UMLAND_M
from layers.pruefregeln import STANDARD, Pruefung
from layers.quelle.raster import Fundort, Verwaist
from layers.quellen import Quelle
from layers.read import Quelldaten
from layers.schema import pruefe_zellen
from layers.tabellen import (
    BETEILIGTE,
    BRACHFLAECHEN,
    CODELISTEN,
    DATEN,
    KENNZAHLEN,
    PLAETZE,
    PROJEKTE,
    STANDORTE,
    STATISTISCHE_BEZIRKE,
    TABELLEN,
    Tabelle,
)
from layers.typen import typisiert
from layers.zellen import Woerterbuch, je_wert

Zeilenpruefung = Callable[[pd.DataFrame], list[Befund]]
Deuter = Callable[[pd.DataFrame], tuple[pd.DataFrame, list[Befund]]]
OHNE_WOERTERBUCH: Final = Woerterbuch({}, {})


@dataclass(frozen=True, slots=True)
class Bilanz:
    """How many rows of a table were read, published and held back."""

    zeilen: int
    veroeffentlicht: int
    quarantaene: int


@dataclass(frozen=True, slots=True)
class Quarantaene:
    """A row that is not published: its cells as they were read, and why (codes of Fehler).

    ``datei`` and ``blatt`` are where the row stands; ``tabelle`` is the table it belongs to, or the
    name of the sheet if it belongs to none.
    """

    tabelle: str
    datei: str
    zeile: int
    zellen: Mapping[str, str]
    codes: tuple[Code, ...]
    blatt: str | None = None


@dataclass(frozen=True, slots=True)
class Geprueft:
    """What passed the checks, and what is to be said about it.

    Parameters
    ----------
    tabellen
        Name of the table → its good rows, typed (see `layers.typen`), in the order of the
        file; ``standorte`` also has ``n``, the number of the row within its project.
    stadtgebiet
        The area of the city in EPSG:25832; None without statistical districts.
    bilanz
        Name of the table → its balance.
    fundorte
        Name of the table → where it was read.
    """

    tabellen: Mapping[str, pd.DataFrame]
    stadtgebiet: shapely.Geometry | None
    befunde: tuple[Befund, ...]
    quarantaene: tuple[Quarantaene, ...]
    bilanz: Mapping[str, Bilanz]
    quellen: tuple[Quelle, ...]
    fundorte: Mapping[str, Fundort]


@dataclass(frozen=True, slots=True)
class _Ergebnis:
    tabelle: pd.DataFrame
    befunde: tuple[Befund, ...]
    quarantaene: tuple[Quarantaene, ...]
    bilanz: Bilanz


def check(
    quelldaten: Quelldaten, regeln: Pruefung = STANDARD, stichtag: date | None = None
) -> Geprueft:
    """Check all tables, what others refer to first.

    Parameters
    ----------
    regeln
        How grave findings are.
    stichtag
        The day on which the age of ``stand`` is judged; None: it is not. A build does not look at
        the calendar, so that equal sources make equal bytes.
    """
    vorab: dict[str, list[Befund]] = defaultdict(list)
    for befund in quelldaten.befunde:
        vorab[befund.datei].append(befund)
    ergebnisse: dict[str, _Ergebnis] = {}

    def pruefe(
        tabelle: Tabelle,
        woerterbuch: Woerterbuch = OHNE_WOERTERBUCH,
        zeilenpruefung: Zeilenpruefung = lambda _: [],
        lage: Deuter = lambda rahmen: (rahmen, []),
    ) -> pd.DataFrame:
        roh = quelldaten.tabellen[tabelle.name]
        rahmen, befunde = _gedeutet(tabelle, roh, woerterbuch, lage)
        befunde = [
            *vorab[tabelle.datei],
            *befunde,
            *pruefe_zellen(tabelle, rahmen, woerterbuch),
            *_doppelte_schluessel(tabelle, rahmen),
            *zeilenpruefung(rahmen),
        ]
        ergebnisse[tabelle.name] = _trenne(tabelle, roh, rahmen, regeln.eingestuft(befunde))
        return ergebnisse[tabelle.name].tabelle

    listen = {liste.name.removeprefix("codelisten/"): pruefe(liste) for liste in CODELISTEN}
    codes = {name: beschriftungen(liste) for name, liste in listen.items()}
    formen = {name: schreibweisen(liste) for name, liste in listen.items()}
    organisationen = pruefe(BETEILIGTE, OHNE_WOERTERBUCH, beteiligte.pruefe)
    worte = Woerterbuch(codes, beteiligte.schreibweisen(organisationen), formen)
    gebiet = stadtbezirke.stadtgebiet(pruefe(STATISTISCHE_BEZIRKE, worte, stadtbezirke.pruefe))

    def deuter(tabelle: Tabelle) -> Deuter:
        return lambda rahmen: lagedeutung.deute(
            rahmen, tabelle.datei, gebiet, quelldaten.bezug, UMLAND_M
        )

    def pruefe_projekte(rahmen: pd.DataFrame) -> list[Befund]:
        alte = projekte.veraltete(rahmen, stichtag, regeln.stand_max_jahre) if stichtag else []
        return [*projekte.pruefe(rahmen), *alte]

    gute = frozenset(pruefe(PROJEKTE, worte, pruefe_projekte)["id"])
    alle = frozenset(quelldaten.tabellen[PROJEKTE.name]["id"].map(str.strip))
    pruefe(
        STANDORTE,
        worte,
        lambda rahmen: standorte.pruefe(rahmen, gebiet, gute, alle),
        deuter(STANDORTE),
    )
    pruefe(PLAETZE, worte, lambda rahmen: plaetze.pruefe(rahmen, gebiet), deuter(PLAETZE))
    pruefe(
        BRACHFLAECHEN,
        worte,
        lambda rahmen: brachflaechen.pruefe(rahmen, gebiet),
        deuter(BRACHFLAECHEN),
    )
    pruefe(KENNZAHLEN, worte)
    return _zusammen(ergebnisse, gebiet, quelldaten, vorab, regeln)


def _gedeutet(
    tabelle: Tabelle, roh: pd.DataFrame, woerterbuch: Woerterbuch, lage: Deuter
) -> tuple[pd.DataFrame, list[Befund]]:
    rahmen, leerraum = _ohne_leerraum(tabelle, roh)
    rahmen, gedeutet = deutung.deute(tabelle, rahmen, woerterbuch)
    rahmen, verortet = lage(rahmen)
    return rahmen, [*leerraum, *gedeutet, *verortet]


def _zusammen(
    ergebnisse: Mapping[str, _Ergebnis],
    gebiet: shapely.Geometry | None,
    quelldaten: Quelldaten,
    vorab: Mapping[str, list[Befund]],
    regeln: Pruefung,
) -> Geprueft:
    dateien = {tabelle.datei for tabelle in TABELLEN}
    tabellen = {tabelle.name: ergebnisse[tabelle.name].tabelle for tabelle in TABELLEN}
    allgemein = [b for datei, gefunden in vorab.items() if datei not in dateien for b in gefunden]
    befunde = regeln.eingestuft(allgemein)
    for tabelle in TABELLEN:
        befunde += ergebnisse[tabelle.name].befunde
    befunde += regeln.eingestuft(
        [
            *projekte.ohne_standort(tabellen[PROJEKTE.name], tabellen[STANDORTE.name]),
            *stadtbezirke.pruefe_abdeckung(
                tabellen[STATISTISCHE_BEZIRKE.name], tabellen["codelisten/stadtbezirk"]
            ),
        ]
    )
    quarantaene = [q for t in TABELLEN for q in ergebnisse[t.name].quarantaene]
    return Geprueft(
        tabellen=tabellen,
        stadtgebiet=gebiet,
        befunde=tuple(befunde),
        quarantaene=(*quarantaene, *map(_verwaist, quelldaten.verwaist)),
        bilanz={t.name: ergebnisse[t.name].bilanz for t in (*DATEN, *CODELISTEN)}
        | _bilanz_der_verwaisten(quelldaten),
        quellen=quelldaten.quellen,
        fundorte=quelldaten.fundorte,
    )


def _verwaist(zeile: Verwaist) -> Quarantaene:
    return Quarantaene(
        zeile.tabelle, zeile.datei, zeile.zeile, zeile.zellen, (zeile.code,), zeile.blatt
    )


def _bilanz_der_verwaisten(quelldaten: Quelldaten) -> dict[str, Bilanz]:
    """Return the balance of sheets and files that are no table: everything is held back."""
    anzahl = Counter((v.datei, v.tabelle) for v in quelldaten.verwaist)
    return {
        f"{datei}: {name}": Bilanz(zeilen, 0, zeilen) for (datei, name), zeilen in anzahl.items()
    }


def _trenne(
    tabelle: Tabelle, roh: pd.DataFrame, rahmen: pd.DataFrame, befunde: list[Befund]
) -> _Ergebnis:
    """Return the rows without a Fehler, typed, and the others as they were read."""
    befunde.sort(key=lambda befund: befund.zeile or 0)
    gruende: dict[int, list[Code]] = defaultdict(list)
    for befund in befunde:
        if befund.schwere is Schwere.FEHLER and befund.zeile and befund.zeile in roh.index:
            gruende[befund.zeile].append(befund.code)
    schlecht = rahmen.index.isin(list(gruende))
    gut = typisiert(rahmen[~schlecht], tabelle)
    if tabelle is STANDORTE:
        gut["n"] = standorte.nummern(rahmen)[~schlecht].to_numpy()
    quarantaene = tuple(_zurueckgehalten(tabelle, roh[schlecht], gruende))
    return _Ergebnis(gut, tuple(befunde), quarantaene, Bilanz(len(roh), len(gut), len(quarantaene)))


def _zurueckgehalten(
    tabelle: Tabelle, rahmen: pd.DataFrame, gruende: Mapping[int, list[Code]]
) -> Iterator[Quarantaene]:
    for zeile, werte in zip(rahmen.index, rahmen.itertuples(index=False, name=None), strict=True):
        zellen = dict(zip(tabelle.lesenamen, werte, strict=True))
        codes = tuple(dict.fromkeys(gruende[zeile]))
        yield Quarantaene(tabelle.name, tabelle.datei, int(zeile), zellen, codes)


def _ohne_leerraum(tabelle: Tabelle, roh: pd.DataFrame) -> tuple[pd.DataFrame, list[Befund]]:
    spalten = {}
    befunde = []
    for name in tabelle.lesenamen:
        spalten[name] = je_wert(roh[name], str.strip)
        for i in (spalten[name] != roh[name].to_numpy(dtype=object)).nonzero()[0]:
            zeile = int(roh.index[i])
            befunde.append(
                Befund(
                    Code.LEERRAUM, tabelle.datei, zeile=zeile, spalte=name, wert=roh[name].iloc[i]
                )
            )
    return pd.DataFrame(spalten, index=roh.index, dtype=object), befunde


def _doppelte_schluessel(tabelle: Tabelle, rahmen: pd.DataFrame) -> list[Befund]:
    """Return a finding for the second and every further row with a key; the first one stands."""
    if tabelle.schluessel is None:
        return []
    schluessel = rahmen[tabelle.schluessel]
    schluessel = schluessel[schluessel != ""]
    doppelt = schluessel[schluessel.duplicated()]
    erste = schluessel.drop_duplicates()
    zeile_von = dict(zip(erste, erste.index, strict=True)) if len(doppelt) else {}
    return [
        Befund(
            Code.ID_DOPPELT,
            tabelle.datei,
            zeile=int(zeile),
            spalte=tabelle.schluessel,
            wert=wert,
            werte={"erste": int(zeile_von[wert])},
        )
        for zeile, wert in zip(doppelt.index, doppelt, strict=True)
    ]
