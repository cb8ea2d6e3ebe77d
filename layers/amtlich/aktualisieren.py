"""One official source, brought up to date: fetch, read, clean, check, replace.

Until the last step nothing in ``geodata/`` is touched.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import shapely
import tomlkit
from shapely.errors import ShapelyError
from tomlkit.exceptions import ParseError

from layers import quellen
from layers.ablehnung import Abgelehnt, Grund
from layers.amtlich import abdeckung, abruf, abrufstand, bezirksexport
from layers.amtlich.abdeckung import Abdeckung
from layers.amtlich.bezirksexport import Bezirksexport
from layers.amtlich.ersetzen import ersetze
from layers.befund import Schwere
from layers.check import check
from layers.einstellungen import Einstellungen
from layers.read import Quelldaten, read_sources
from layers.tabellen import STATISTISCHE_BEZIRKE
from layers.typen import typisiert

ANZAHL: Final = 62
"""How many statistical districts Dortmund has."""
_TABELLE: Final = STATISTISCHE_BEZIRKE
_M2_JE_HA: Final = 10_000.0
_GLEICHER_ORT: Final = 0.5
"""Part of its old area that a district must still cover to be taken for the same one."""


@dataclass(frozen=True, slots=True)
class Aenderung:
    """A district that is not what it was; areas are the official ones in hectares."""

    nr: str
    name: str
    name_alt: str
    ha: float
    ha_alt: float
    umriss: bool


@dataclass(frozen=True, slots=True)
class Bericht:
    """What an update did.

    Parameters
    ----------
    stand
        ISO date of the fetched data.
    bytes
        Size of the export.
    abdeckung
        The cleaned outlines and their measures.
    groesste_abweichung
        Name of the district whose area changed most by cleaning.
    aenderungen
        The districts that differ from the source before.
    ha, ha_alt
        Sum of the official areas in hectares, now and before.
    """

    stand: str
    bytes: int
    abdeckung: Abdeckung
    groesste_abweichung: str
    aenderungen: tuple[Aenderung, ...]
    ha: float
    ha_alt: float


def aktualisiere(
    geodata: Path,
    einstellungen: Einstellungen,
    heute: date,
    schritt: Callable[[], None] = lambda: None,
) -> Bericht | None:
    """Bring ``statistische_bezirke.csv`` up to date; None if the portal has nothing newer.

    Parameters
    ----------
    geodata
        Folder of the sources; the file in use and its entry in ``quellen.toml`` must be there.
    einstellungen
        Where to fetch, and within which limits.
    heute
        Becomes ``abgerufen`` in ``quellen.toml``.
    schritt
        Called when a step begins: fetching, reading, cleaning, writing.

    Raises
    ------
    Abgelehnt
        Anything is not as it should be; all files are as before.
    """
    schritt()
    quelldaten = read_sources(geodata)
    bisher = _bisher(quelldaten)
    _herkunft(geodata, "", heute)  # better refused before the portal is asked
    url = abruf.adresse(einstellungen, einstellungen.opendata_datensaetze.statistische_bezirke)
    bekannt = abrufstand.etag(geodata, _TABELLE.datei, url)
    geholt = abruf.hole(url, einstellungen, etag=bekannt)
    if geholt is None:
        return None
    schritt()
    export = bezirksexport.lies(geholt.inhalt)
    _pruefe_bezirke(export, bisher)
    schritt()
    ergebnis = abdeckung.bereinige(export.umrisse, export.name)
    rahmen = _rahmen(export, ergebnis, bisher)
    _pruefe(quelldaten, rahmen)
    schritt()
    daten = _csv(rahmen)
    stand = abrufstand.mit(geodata, _TABELLE.datei, adresse=url, etag=geholt.etag, daten=daten)
    try:
        # The mark comes last: as long as it is missing, the next update does all of this again.
        ersetze(
            geodata,
            {
                _TABELLE.datei: daten,
                quellen.DATEI: _herkunft(geodata, export.stand, heute),
                abrufstand.DATEI: stand,
            },
        )
    except OSError as fehler:
        raise Abgelehnt(Grund.SCHREIBEN, ort=geodata, einzelheit=fehler.strerror) from fehler
    return _bericht(export, ergebnis, rahmen, bisher, geholt.bytes)


def _bisher(quelldaten: Quelldaten) -> pd.DataFrame:
    """Return the source in use, typed, in the order of the numbers."""
    rahmen = quelldaten.tabellen[_TABELLE.name].sort_values("nr")
    try:
        bisher = typisiert(rahmen, _TABELLE)
    except (ValueError, ShapelyError) as fehler:
        raise Abgelehnt(Grund.BISHERIGE_QUELLE, datei=_TABELLE.datei) from fehler
    umrisse = bisher["wkt_epsg25832"].to_numpy(dtype=object)
    heil = shapely.is_valid(umrisse) & ~shapely.is_empty(umrisse)  # a missing one is not valid
    if len(bisher) != ANZAHL or not bisher["nr"].is_unique or not heil.all():
        raise Abgelehnt(Grund.BISHERIGE_QUELLE, datei=_TABELLE.datei)
    return bisher


def _herkunft(geodata: Path, stand: str, heute: date) -> bytes:
    """Return ``quellen.toml`` with new dates for the table, everything else as it stands there."""
    try:
        dokument = tomlkit.parse((geodata / quellen.DATEI).read_bytes().decode())
        eintraege = [e for e in dokument["quelle"] if e["datei"] == _TABELLE.datei]
    except (OSError, UnicodeDecodeError, ParseError, KeyError, TypeError) as fehler:
        raise Abgelehnt(Grund.HERKUNFT, datei=quellen.DATEI, fuer=_TABELLE.datei) from fehler
    if len(eintraege) != 1:
        raise Abgelehnt(Grund.HERKUNFT, datei=quellen.DATEI, fuer=_TABELLE.datei)
    eintraege[0].update({"stand": stand, "abgerufen": heute.isoformat()})
    return tomlkit.dumps(dokument).encode()


def _pruefe_bezirke(export: Bezirksexport, bisher: pd.DataFrame) -> None:
    """Demand the same districts, each about where it was."""
    fehlend = sorted(set(bisher["nr"]) - set(export.nr))
    unbekannt = sorted(set(export.nr) - set(bisher["nr"]))
    if fehlend or unbekannt:
        raise Abgelehnt(
            Grund.BEZIRKE,
            fehlend=", ".join(fehlend) or "–",
            unbekannt=", ".join(unbekannt) or "–",
            doppelt="–",
        )
    alt = bisher["wkt_epsg25832"].to_numpy(dtype=object)
    neu = shapely.make_valid(export.umrisse, method="structure", keep_collapsed=False)
    gedeckt = shapely.area(shapely.intersection(alt, neu)) / shapely.area(alt)
    if (gedeckt < _GLEICHER_ORT).any():
        stelle = int(gedeckt.argmin())
        raise Abgelehnt(Grund.LAGE, nr=export.nr[stelle], name=export.name[stelle])


def _rahmen(export: Bezirksexport, ergebnis: Abdeckung, bisher: pd.DataFrame) -> pd.DataFrame:
    """Return the raw table as it will be read again (index: line in the file)."""
    hektar = shapely.area(export.umrisse) / _M2_JE_HA
    spalten = {
        "nr": export.nr,
        "name": export.name,
        # The export does not say to which Stadtbezirk a district belongs: its number does.
        "stadtbezirk": bisher["stadtbezirk"],
        "flaeche_ha": [f"{wert:.1f}" for wert in hektar],
        "wkt_epsg25832": shapely.to_wkt(ergebnis.umrisse, rounding_precision=0),
    }
    zeilen = pd.RangeIndex(2, len(export.nr) + 2, name="zeile")
    return pd.DataFrame({n: np.asarray(w, dtype=object) for n, w in spalten.items()}, index=zeilen)


def _pruefe(quelldaten: Quelldaten, rahmen: pd.DataFrame) -> None:
    """Let the gate say what it would say at the next build."""
    tabellen = {**quelldaten.tabellen, _TABELLE.name: rahmen}
    for befund in check(replace(quelldaten, tabellen=tabellen, befunde=())).befunde:
        if befund.datei == _TABELLE.datei and befund.schwere is Schwere.FEHLER:
            raise Abgelehnt(
                Grund.PRUEFUNG,
                befund=befund.code,
                zeile="–" if befund.zeile is None else str(befund.zeile),
                wert=befund.wert or "–",
            )


def _csv(rahmen: pd.DataFrame) -> bytes:
    puffer = io.StringIO()
    rahmen.to_csv(puffer, index=False, lineterminator="\n", quoting=csv.QUOTE_MINIMAL)
    return puffer.getvalue().encode()


def _bericht(
    export: Bezirksexport,
    ergebnis: Abdeckung,
    rahmen: pd.DataFrame,
    bisher: pd.DataFrame,
    anzahl_bytes: int,
) -> Bericht:
    neu = typisiert(rahmen, _TABELLE)
    return Bericht(
        stand=export.stand,
        bytes=anzahl_bytes,
        abdeckung=ergebnis,
        groesste_abweichung=export.name[int(ergebnis.abweichung.argmax())],
        aenderungen=tuple(_aenderungen(neu, bisher)),
        ha=float(neu["flaeche_ha"].sum()),
        ha_alt=float(bisher["flaeche_ha"].sum()),
    )


def _aenderungen(neu: pd.DataFrame, bisher: pd.DataFrame) -> Iterator[Aenderung]:
    namen = zip(neu["nr"], neu["name"], bisher["name"], strict=True)
    hektar = zip(neu["flaeche_ha"], bisher["flaeche_ha"], strict=True)
    umriss = neu["wkt_epsg25832"].to_numpy() != bisher["wkt_epsg25832"].to_numpy()
    for (nr, name, name_alt), (ha, ha_alt), anders in zip(namen, hektar, umriss, strict=True):
        if anders or name != name_alt or ha != ha_alt:
            yield Aenderung(
                str(nr), str(name), str(name_alt), float(ha), float(ha_alt), bool(anders)
            )
