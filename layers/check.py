"""Check the sources: typed tables of good rows, findings, and the rows that were held back.

First what people wrote is put into the form of ``geodata/`` (`layers.deutung`), then checked.
A row with a ``Fehler`` goes into quarantine with its findings: kept, counted, reported, never
half shown. For every table: rows read = published + quarantined.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from typing import Final

import pandas as pd
import shapely

from layers import (
    beteiligte,
    brachflaechen,
    plaetze,
    projekte,
    quarantaene,
    quellen,
    seitentexte,
    stadtbezirke,
    standorte,
)
from layers.befund import Befund, Code
from layers.codelisten import beschriftungen, schreibweisen
from layers.deutung import lage as lagedeutung
from layers.deutung import tabelle as deutung
from layers.lage import UMLAND_M
from layers.pruefregeln import STANDARD, Pruefung
from layers.quarantaene import Bilanz, Ergebnis, Quarantaene
from layers.quelle.raster import Fundort
from layers.quellen import HERKUNFT, Quelle
from layers.read import Quelldaten
from layers.schema import pruefe_zellen
from layers.seitentexte import Seitentext
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
    Tabelle,
)
from layers.zellen import Woerterbuch, je_wert

Zeilenpruefung = Callable[[pd.DataFrame], Iterable[Befund]]
Deuter = Callable[[pd.DataFrame], tuple[pd.DataFrame, list[Befund]]]
OHNE_WOERTERBUCH: Final = Woerterbuch({}, {})
_BILANZ: Final = (*DATEN, HERKUNFT, *CODELISTEN)


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
    texte: tuple[Seitentext, ...]


def check(
    quelldaten: Quelldaten, regeln: Pruefung = STANDARD, stichtag: date | None = None
) -> Geprueft:
    """Check all tables, what others refer to first.

    Parameters
    ----------
    regeln
        How grave findings are, and how many are named.
    stichtag
        The day on which the age of ``stand`` is judged; None: it is not. A build does not look at
        the calendar, so that equal sources make equal bytes.
    """
    vorab: dict[str, list[Befund]] = defaultdict(list)
    for befund in quelldaten.befunde:
        vorab[befund.datei].append(befund)
    for befund in seitentexte.veraltete(quelldaten.texte, stichtag) if stichtag else ():
        vorab[befund.datei].append(befund)
    ergebnisse: dict[str, Ergebnis] = {}

    def pruefe(
        tabelle: Tabelle,
        woerterbuch: Woerterbuch = OHNE_WOERTERBUCH,
        zeilenpruefung: Zeilenpruefung = lambda _: [],
        lage: Deuter = lambda rahmen: (rahmen, []),
    ) -> pd.DataFrame:
        roh = quelldaten.tabellen[tabelle.name]
        rahmen, gedeutet = _gedeutet(tabelle, roh, woerterbuch, lage)
        alle = chain(
            vorab[tabelle.datei],
            gedeutet,
            pruefe_zellen(tabelle, rahmen, woerterbuch),
            _doppelte_schluessel(tabelle, rahmen),
            zeilenpruefung(rahmen),
        )
        rest = regeln.max_befunde - sum(len(e.befunde) for e in ergebnisse.values())
        befunde = list(islice(regeln.eingestuft(alle), rest + 1))
        if len(befunde) > rest:
            werte = {"grenze": regeln.max_befunde, "zeilen": len(roh)}
            grund = Befund(Code.BEFUNDE_ZU_VIELE, tabelle.datei, werte=werte)
            ergebnis = quarantaene.halte_zurueck(tabelle, roh, grund)
        else:
            ergebnis = quarantaene.trenne(tabelle, roh, rahmen, befunde)
        ergebnisse[tabelle.name] = ergebnis
        return ergebnis.tabelle

    listen = {liste.name.removeprefix("codelisten/"): pruefe(liste) for liste in CODELISTEN}
    codes = {name: beschriftungen(liste) for name, liste in listen.items()}
    formen = {name: schreibweisen(liste) for name, liste in listen.items()}
    organisationen = pruefe(BETEILIGTE, OHNE_WOERTERBUCH, beteiligte.pruefe)
    worte = Woerterbuch(codes, beteiligte.schreibweisen(organisationen), formen)
    gebiet = stadtbezirke.stadtgebiet(pruefe(STATISTISCHE_BEZIRKE, worte, stadtbezirke.pruefe))

    def deuter(tabelle: Tabelle) -> Deuter:
        ort = quelldaten.fundorte.get(tabelle.name)
        # what a user states is about the file in hand, not about what geodata/ adds to it
        bezug = None if ort and ort.ergaenzt else quelldaten.bezug
        return lambda rahmen: lagedeutung.deute(rahmen, tabelle.datei, gebiet, bezug, UMLAND_M)

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
    if HERKUNFT.name in quelldaten.tabellen:
        pruefe(HERKUNFT)
    return _zusammen(ergebnisse, gebiet, quelldaten, vorab, regeln)


def _gedeutet(
    tabelle: Tabelle, roh: pd.DataFrame, woerterbuch: Woerterbuch, lage: Deuter
) -> tuple[pd.DataFrame, list[Befund]]:
    rahmen, leerraum = _ohne_leerraum(tabelle, roh)
    rahmen, gedeutet = deutung.deute(tabelle, rahmen, woerterbuch)
    rahmen, verortet = lage(rahmen)
    return rahmen, [*leerraum, *gedeutet, *verortet]


def _zusammen(
    ergebnisse: Mapping[str, Ergebnis],
    gebiet: shapely.Geometry | None,
    quelldaten: Quelldaten,
    vorab: Mapping[str, list[Befund]],
    regeln: Pruefung,
) -> Geprueft:
    dateien = {f"{name}.csv" for name in ergebnisse}
    tabellen = {name: ergebnis.tabelle for name, ergebnis in ergebnisse.items()}
    herkunft, ungenannt = quellen.zusammen(
        quelldaten.quellen, quelldaten.geliefert, tabellen.pop(HERKUNFT.name, None)
    )
    befunde = [b for datei, gefunden in vorab.items() if datei not in dateien for b in gefunden]
    befunde += [
        *ungenannt,
        *projekte.ohne_standort(tabellen[PROJEKTE.name], tabellen[STANDORTE.name]),
        *stadtbezirke.pruefe_abdeckung(
            tabellen[STATISTISCHE_BEZIRKE.name], tabellen["codelisten/stadtbezirk"]
        ),
    ]
    verwaiste, bilanz_der_verwaisten = quarantaene.verwaiste(quelldaten.verwaist)
    return Geprueft(
        tabellen=tabellen,
        stadtgebiet=gebiet,
        befunde=(
            *regeln.eingestuft(befunde),
            *(befund for e in ergebnisse.values() for befund in e.befunde),
        ),
        quarantaene=(*(q for e in ergebnisse.values() for q in e.quarantaene), *verwaiste),
        bilanz={t.name: ergebnisse[t.name].bilanz for t in _BILANZ if t.name in ergebnisse}
        | bilanz_der_verwaisten,
        quellen=herkunft,
        fundorte=quelldaten.fundorte,
        texte=quelldaten.texte,
    )


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


def _doppelte_schluessel(tabelle: Tabelle, rahmen: pd.DataFrame) -> Iterator[Befund]:
    """Yield a finding for the second and every further row with a key; the first one stands."""
    if tabelle.schluessel is None:
        return
    schluessel = rahmen[tabelle.schluessel]
    schluessel = schluessel[schluessel != ""]
    doppelt = schluessel[schluessel.duplicated()]
    erste = schluessel.drop_duplicates()
    zeile_von = dict(zip(erste, erste.index, strict=True)) if len(doppelt) else {}
    for zeile, wert in zip(doppelt.index, doppelt, strict=True):
        yield Befund(
            Code.ID_DOPPELT,
            tabelle.datei,
            zeile=int(zeile),
            spalte=tabelle.schluessel,
            wert=wert,
            werte={"erste": int(zeile_von[wert])},
        )
