"""From rasters to the raw tables: who is who, code lists out of one sheet, places out of projects.

Nothing is dropped: a row that belongs to no table is kept as an orphan (`Verwaist`) and counted.
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pandas as pd

from layers.befund import Befund, Code, Wert
from layers.quelle import kopf as kopfzeilen
from layers.quelle.kopf import Kopf
from layers.quelle.raster import Fundort, Raster, Verwaist
from layers.quellen import HERKUNFT
from layers.tabellen import CODELISTEN, PROJEKTE, STANDORTE, TABELLEN, Spalte, Tabelle
from layers.ueberschriften import CODELISTEN_BLATT, tabelle_zu, vergleichsform

ZEILE: Final = "zeile"
"""Name of the index of a raw table: the line in the file, counted from 1 with the header."""
_EIGENE: Final = {
    spalte.name: replace(spalte, pflicht=False)
    for liste in CODELISTEN
    for spalte in liste.spalten
    if spalte.name not in CODELISTEN[0].spaltennamen
}
LISTENBLATT: Final = Tabelle(
    CODELISTEN_BLATT,
    (Spalte("liste", pflicht=True), *CODELISTEN[0].spalten, *_EIGENE.values()),
    schluessel=None,
)
"""The sheet that holds all code lists: their columns, and which list a row belongs to."""
_JE_NAME: Final = {t.name: t for t in (*TABELLEN, LISTENBLATT, HERKUNFT)}
_BESTAETIGT: Final = 2
"""Headings of its table that a sheet with a telling name must have to be taken by its name."""
_ZELLE: Final = 500
"""Characters of a cell that an orphan keeps."""


@dataclass(slots=True)
class Zuordnung:
    """What has been assigned so far."""

    tabellen: dict[str, pd.DataFrame] = field(default_factory=dict)
    fundorte: dict[str, Fundort] = field(default_factory=dict)
    befunde: list[Befund] = field(default_factory=list)
    verwaist: list[Verwaist] = field(default_factory=list)


def leer(tabelle: Tabelle) -> pd.DataFrame:
    """Return the raw table without rows."""
    index = pd.Index([], dtype="int64", name=ZEILE)
    return pd.DataFrame({name: [] for name in tabelle.lesenamen}, index=index, dtype=object)


def ordne_zu(raster: Sequence[Raster]) -> Zuordnung:
    """Return the raw tables that the rasters hold; a table's own name goes before a guess."""
    ergebnis = Zuordnung()
    ohne_namen = []
    for blatt in raster:
        tabelle = _nach_namen(blatt.name)
        if tabelle and _passt(blatt, tabelle):
            _nimm(blatt, tabelle, ergebnis)
        else:
            ohne_namen.append((blatt, tabelle))
    for blatt, genannt in ohne_namen:
        if tabelle := kopfzeilen.erkenne(blatt) or genannt:
            _nimm(blatt, tabelle, ergebnis)
        else:
            _verwaise(blatt, ergebnis, Code.BLATT_UNBEKANNT)
    return ergebnis


def _nach_namen(name: str) -> Tabelle | None:
    """Return the table of a sheet or file name; "Projekte 2024 (neu)" is "Projekte"."""
    bekannt = tabelle_zu()
    form = vergleichsform(name)
    if form not in bekannt:
        anfaenge = [b for b in bekannt if len(b) > 5 and form.startswith(b)]
        form = max(anfaenge, key=len, default="")
    return _JE_NAME.get(bekannt.get(form, ""))


def _passt(raster: Raster, tabelle: Tabelle) -> bool:
    """Return whether the headings do not contradict the name: "Liste.csv" may hold projects."""
    zeile = kopfzeilen.kopfzeile(raster, tabelle)
    return zeile is None or kopfzeilen.treffer(raster.zeilen[zeile], tabelle) >= _BESTAETIGT


def _nimm(raster: Raster, tabelle: Tabelle, ergebnis: Zuordnung) -> None:
    if tabelle.name in ergebnis.fundorte:
        _verwaise(raster, ergebnis, Code.TABELLE_DOPPELT)
        return
    zeile = kopfzeilen.kopfzeile(raster, tabelle)
    ort = Fundort(raster.datei, raster.blatt)
    if zeile is None:
        ergebnis.befunde += [*raster.befunde, Befund(Code.DATEI_LEER, raster.datei, raster.blatt)]
        ergebnis.fundorte[tabelle.name] = ort
        if tabelle is not LISTENBLATT:
            ergebnis.tabellen[tabelle.name] = leer(tabelle)
        return
    gelesen = kopfzeilen.lies(raster, zeile, tabelle)
    ort = replace(
        ort,
        kopfzeile=raster.nummern[zeile],
        spalten={name: i + 1 for name, i in gelesen.spalten.items()},
    )
    if tabelle is LISTENBLATT:
        _nimm_listen(raster, gelesen, ort, ergebnis)
        return
    if tabelle is PROJEKTE and STANDORTE.name not in ergebnis.tabellen:
        gelesen = _nimm_standorte(raster, gelesen, ort, ergebnis)
    ergebnis.fundorte[tabelle.name] = ort
    _lege_ab(raster, gelesen, tabelle, ergebnis)


def _lege_ab(raster: Raster, kopf: Kopf, tabelle: Tabelle, ergebnis: Zuordnung) -> None:
    rahmen = _rahmen(raster, kopf, tabelle)
    if tabelle is PROJEKTE and raster.kopf_sicher:
        rahmen = _ohne_wiederholte(rahmen, ergebnis.tabellen.get(STANDORTE.name))
    ergebnis.tabellen[tabelle.name] = rahmen
    befunde = [*kopf.befunde, *kopfzeilen.fehlende(kopf, raster, tabelle), *_form(raster, kopf)]
    eigene = [b for b in raster.befunde if _betrifft(b, tabelle)]
    ergebnis.befunde += [
        _umbenannt(b, tabelle, ergebnis.fundorte[tabelle.name]) for b in (*eigene, *befunde)
    ]


def _betrifft(befund: Befund, tabelle: Tabelle) -> bool:
    return befund.code is not Code.GEOMETRIE_ALS_PUNKT or "lat" in tabelle.lesenamen


def _umbenannt(befund: Befund, tabelle: Tabelle, ort: Fundort) -> Befund:
    """Return the finding as one about the table, its column by name instead of by letter."""
    spalte = befund.spalte
    if spalte and spalte.isupper() and spalte.isalpha() and len(spalte) <= 3:
        nummer = 0
        for buchstabe in spalte:
            nummer = nummer * 26 + ord(buchstabe) - ord("A") + 1
        spalte = next((name for name, i in ort.spalten.items() if i == nummer), spalte)
    return replace(befund, datei=tabelle.datei, blatt=None, spalte=spalte)


def _form(raster: Raster, kopf: Kopf) -> Iterator[Befund]:
    if kopf.zeile and any(any(zeile) for zeile in raster.zeilen[: kopf.zeile]):
        nummer = raster.nummern[kopf.zeile]
        yield Befund(Code.KOPF_SPAETER, raster.datei, zeile=nummer)
    breite = len(raster.zeilen[kopf.zeile])
    for zellen, nummer in _datenzeilen(raster, kopf.zeile, auch_leere=True):
        if not any(zellen):
            yield Befund(Code.ZEILE_LEER, raster.datei, zeile=nummer)
        elif raster.starr and len(zellen) != breite:
            werte = {"erwartet": breite, "gefunden": len(zellen)}
            yield Befund(Code.ZEILE_SPALTENZAHL, raster.datei, zeile=nummer, werte=werte)


def _datenzeilen(
    raster: Raster, kopfzeile: int, *, auch_leere: bool = False
) -> Iterator[tuple[Sequence[str], int]]:
    for zellen, nummer in zip(
        raster.zeilen[kopfzeile + 1 :], raster.nummern[kopfzeile + 1 :], strict=True
    ):
        if auch_leere or any(zellen):
            yield zellen, nummer


def _rahmen(raster: Raster, kopf: Kopf, tabelle: Tabelle) -> pd.DataFrame:
    # Columns are taken out one by one, equal texts become one object: a million rows of
    # repeated codes and dates would not fit into memory otherwise.
    zeilen = list(_datenzeilen(raster, kopf.zeile))
    schmalste = min((len(zellen) for zellen, _ in zeilen), default=0)
    gleiche: dict[str, str] = {}
    spalten = {}
    for name in tabelle.lesenamen:
        i = kopf.spalten.get(name)
        if i is None:
            spalten[name] = [""] * len(zeilen)
            continue
        if i < schmalste:
            texte = [zellen[i] for zellen, _ in zeilen]
        else:
            texte = [zellen[i] if i < len(zellen) else "" for zellen, _ in zeilen]
        spalten[name] = list(map(gleiche.setdefault, texte, texte))
    nummern = np.array([nummer for _, nummer in zeilen], dtype=np.int64)
    index = pd.Index(nummern, name=ZEILE)
    return pd.DataFrame(spalten, index=index, dtype=object)


def _nimm_standorte(raster: Raster, kopf: Kopf, ort: Fundort, ergebnis: Zuordnung) -> Kopf:
    """Take places out of a table of projects that has coordinates of its own.

    Returns the header without what has gone into the places.
    """
    fremde = Raster(
        raster.datei,
        raster.blatt,
        raster.name,
        [_nur(raster.zeilen[kopf.zeile], set(kopf.fremd.values()))],
        [raster.nummern[kopf.zeile]],
        kopf_sicher=raster.kopf_sicher,
    )
    eigene = kopfzeilen.lies(fremde, 0, STANDORTE)
    if not {"lat", "lon"} <= set(eigene.spalten) or "id" not in kopf.spalten:
        return kopf
    spalten = {**eigene.spalten, "projekt_id": kopf.spalten["id"]}
    rahmen = _rahmen(raster, Kopf(kopf.zeile, spalten, {}), STANDORTE)
    verortet = (rahmen[["lat", "lon", "bezeichnung"]] != "").any(axis=1)
    ergebnis.tabellen[STANDORTE.name] = rahmen[verortet]
    ergebnis.fundorte[STANDORTE.name] = replace(
        ort, spalten={name: i + 1 for name, i in spalten.items()}
    )
    ergebnis.befunde += [
        replace(befund, datei=STANDORTE.datei, blatt=None)
        for befund in raster.befunde
        if befund.code is Code.GEOMETRIE_ALS_PUNKT
    ]
    vergeben = set(spalten.values())
    return replace(kopf, fremd={n: i for n, i in kopf.fremd.items() if i not in vergeben})


def _nur(zellen: Sequence[str], behalten: AbstractSet[int]) -> list[str]:
    return [zelle if i in behalten else "" for i, zelle in enumerate(zellen)]


def _ohne_wiederholte(rahmen: pd.DataFrame, orte: pd.DataFrame | None) -> pd.DataFrame:
    """Return each project once where every place of it repeats the same attributes.

    A repeated row that is no place stays, and is reported as a second row with its id.
    """
    if orte is None:
        return rahmen
    return rahmen[~rahmen.duplicated() | (rahmen["id"] == "") | ~rahmen.index.isin(orte.index)]


def _nimm_listen(raster: Raster, kopf: Kopf, ort: Fundort, ergebnis: Zuordnung) -> None:
    rahmen = _rahmen(raster, kopf, LISTENBLATT)
    liste = rahmen["liste"].str.strip().str.lower()
    ergebnis.fundorte[LISTENBLATT.name] = ort
    vergeben = pd.Series(data=False, index=rahmen.index)
    for tabelle in CODELISTEN:
        eigene = liste == tabelle.name.removeprefix("codelisten/")
        vergeben |= eigene
        if eigene.any():
            ergebnis.tabellen[tabelle.name] = rahmen.loc[eigene, list(tabelle.lesenamen)]
            ergebnis.fundorte[tabelle.name] = ort
    zellen = rahmen[~vergeben].to_dict("index")
    for zeile, werte in zellen.items():
        _verwaise_zeile(raster, int(str(zeile)), werte, ergebnis, Code.LISTE_UNBEKANNT)
    kopfbefunde = [b for b in kopf.befunde if b.code is Code.SPALTE_DOPPELT]
    ergebnis.befunde += [*raster.befunde, *kopfbefunde, *_form(raster, kopf)]


def _verwaise(raster: Raster, ergebnis: Zuordnung, code: Code) -> None:
    """Keep the rows of a raster that belongs to no table, or to one that is there already."""
    erste = next((i for i, zeile in enumerate(raster.zeilen) if any(zeile)), None)
    if erste is None:
        return
    titel = raster.zeilen[erste]
    anzahl = 0
    for zellen, nummer in _datenzeilen(raster, erste):
        werte = {
            (titel[i] if i < len(titel) and titel[i] else f"({i + 1})")[:_ZELLE]: zelle[:_ZELLE]
            for i, zelle in enumerate(zellen)
            if zelle
        }
        ergebnis.verwaist.append(
            Verwaist(raster.name, raster.datei, raster.blatt, nummer, werte, code)
        )
        anzahl += 1
    hinweis: dict[str, Wert] = {"name": raster.name[:_ZELLE], "anzahl": anzahl}
    ergebnis.befunde.append(Befund(code, raster.datei, raster.blatt, werte=hinweis))


def _verwaise_zeile(
    raster: Raster, zeile: int, werte: Mapping[object, str], ergebnis: Zuordnung, code: Code
) -> None:
    zellen = {str(name): str(wert)[:_ZELLE] for name, wert in werte.items() if wert}
    liste = zellen.get("liste", "")
    ergebnis.verwaist.append(Verwaist(raster.name, raster.datei, raster.blatt, zeile, zellen, code))
    ergebnis.befunde.append(
        Befund(code, raster.datei, raster.blatt, zeile, "liste", liste, {"name": raster.name})
    )
