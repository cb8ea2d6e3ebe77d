"""Check the sources: typed tables of good rows, findings, and the rows that were held back.

A row with a ``Fehler`` goes into quarantine with its findings: kept, counted, reported, never
half shown. For every table: rows read = published + quarantined.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd
import shapely

from layers import beteiligte, brachflaechen, plaetze, projekte, stadtbezirke, standorte
from layers.befund import Befund, Code, Schwere
from layers.codelisten import beschriftungen
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
OHNE_WOERTERBUCH: Final = Woerterbuch({}, {})


@dataclass(frozen=True, slots=True)
class Bilanz:
    """How many rows of a table were read, published and held back."""

    zeilen: int
    veroeffentlicht: int
    quarantaene: int


@dataclass(frozen=True, slots=True)
class Quarantaene:
    """A row that is not published: its cells as they were read, and why (codes of Fehler)."""

    tabelle: str
    datei: str
    zeile: int
    zellen: Mapping[str, str]
    codes: tuple[Code, ...]


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
    """

    tabellen: Mapping[str, pd.DataFrame]
    stadtgebiet: shapely.Geometry | None
    befunde: tuple[Befund, ...]
    quarantaene: tuple[Quarantaene, ...]
    bilanz: Mapping[str, Bilanz]
    quellen: tuple[Quelle, ...]


@dataclass(frozen=True, slots=True)
class _Ergebnis:
    tabelle: pd.DataFrame
    befunde: tuple[Befund, ...]
    quarantaene: tuple[Quarantaene, ...]
    bilanz: Bilanz


def check(quelldaten: Quelldaten) -> Geprueft:
    """Check all tables, what others refer to first."""
    vorab: dict[str, list[Befund]] = defaultdict(list)
    for befund in quelldaten.befunde:
        vorab[befund.datei].append(befund)
    ergebnisse: dict[str, _Ergebnis] = {}

    def pruefe(
        tabelle: Tabelle,
        woerterbuch: Woerterbuch = OHNE_WOERTERBUCH,
        zeilenpruefung: Zeilenpruefung = lambda _: [],
    ) -> pd.DataFrame:
        roh = quelldaten.tabellen[tabelle.name]
        ergebnis = _pruefe_tabelle(tabelle, roh, woerterbuch, zeilenpruefung, vorab[tabelle.datei])
        ergebnisse[tabelle.name] = ergebnis
        return ergebnis.tabelle

    codes = {
        liste.name.removeprefix("codelisten/"): beschriftungen(pruefe(liste))
        for liste in CODELISTEN
    }
    organisationen = pruefe(BETEILIGTE, OHNE_WOERTERBUCH, beteiligte.pruefe)
    worte = Woerterbuch(codes, beteiligte.schreibweisen(organisationen))
    gebiet = stadtbezirke.stadtgebiet(pruefe(STATISTISCHE_BEZIRKE, worte, stadtbezirke.pruefe))
    gute = frozenset(pruefe(PROJEKTE, worte, projekte.pruefe)["id"])
    alle = frozenset(quelldaten.tabellen[PROJEKTE.name]["id"].map(str.strip))
    pruefe(STANDORTE, worte, lambda rahmen: standorte.pruefe(rahmen, gebiet, gute, alle))
    pruefe(PLAETZE, worte, lambda rahmen: plaetze.pruefe(rahmen, gebiet))
    pruefe(BRACHFLAECHEN, worte, lambda rahmen: brachflaechen.pruefe(rahmen, gebiet))
    pruefe(KENNZAHLEN, worte)
    return _zusammen(ergebnisse, gebiet, quelldaten, vorab)


def _zusammen(
    ergebnisse: Mapping[str, _Ergebnis],
    gebiet: shapely.Geometry | None,
    quelldaten: Quelldaten,
    vorab: Mapping[str, list[Befund]],
) -> Geprueft:
    dateien = {tabelle.datei for tabelle in TABELLEN}
    tabellen = {tabelle.name: ergebnisse[tabelle.name].tabelle for tabelle in TABELLEN}
    befunde = [b for datei, gefunden in vorab.items() if datei not in dateien for b in gefunden]
    for tabelle in TABELLEN:
        befunde += ergebnisse[tabelle.name].befunde
    befunde += projekte.ohne_standort(tabellen[PROJEKTE.name], tabellen[STANDORTE.name])
    befunde += stadtbezirke.pruefe_abdeckung(
        tabellen[STATISTISCHE_BEZIRKE.name], tabellen["codelisten/stadtbezirk"]
    )
    return Geprueft(
        tabellen=tabellen,
        stadtgebiet=gebiet,
        befunde=tuple(befunde),
        quarantaene=tuple(q for t in TABELLEN for q in ergebnisse[t.name].quarantaene),
        bilanz={t.name: ergebnisse[t.name].bilanz for t in (*DATEN, *CODELISTEN)},
        quellen=quelldaten.quellen,
    )


def _pruefe_tabelle(
    tabelle: Tabelle,
    roh: pd.DataFrame,
    woerterbuch: Woerterbuch,
    zeilenpruefung: Zeilenpruefung,
    vorab: Iterable[Befund],
) -> _Ergebnis:
    rahmen, befunde = _ohne_leerraum(tabelle, roh)
    befunde = [
        *vorab,
        *befunde,
        *pruefe_zellen(tabelle, rahmen, woerterbuch),
        *_doppelte_schluessel(tabelle, rahmen),
        *zeilenpruefung(rahmen),
    ]
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
        zellen = dict(zip(tabelle.spaltennamen, werte, strict=True))
        codes = tuple(dict.fromkeys(gruende[zeile]))
        yield Quarantaene(tabelle.name, tabelle.datei, int(zeile), zellen, codes)


def _ohne_leerraum(tabelle: Tabelle, roh: pd.DataFrame) -> tuple[pd.DataFrame, list[Befund]]:
    spalten = {}
    befunde = []
    for name in tabelle.spaltennamen:
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
