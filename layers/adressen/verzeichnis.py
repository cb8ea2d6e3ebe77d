"""The address directory: from the city's or the state's list to a file that the service searches.

Nothing is lost silently: every line of the list is a house number of the directory or counted in a
finding, and a list in which much is wrong is refused altogether.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np
import shapely
from shapely.errors import ShapelyError

from layers.adressen import adressablage, adressformat, adressquelle
from layers.adressen.adressablage import Hausnummer, Strasse
from layers.adressen.adressfehler import Grund, Unbrauchbar
from layers.adressen.adressformat import Adresse, Adressliste, Maengel
from layers.befund import SCHWERE, Befund, Code, Schwere
from layers.falten import ordnungsform
from layers.publish import sperre
from layers.raumbezug import Geometrien, Zahlen, nach_wgs84

BEZIRKE: Final = "statistische_bezirke.csv"
FERN_M: Final = 5_000.0
"""How far outside the city an address may lie before it is taken for a mistake."""
HOECHSTANTEIL: Final = 0.05
"""With a larger part of wrong lines it is not the list that it should be."""
_UNTERBEZIRK_STELLEN: Final = 2


@dataclass(frozen=True, slots=True)
class Ergebnis:
    """What was written; ``zeilen`` = ``hausnummern`` + ``ausgelassen``."""

    zeilen: int
    strassen: int
    hausnummern: int
    ausgelassen: int
    bytes: int
    befunde: tuple[Befund, ...]


@dataclass(frozen=True, slots=True)
class _Bezirke:
    """The statistical districts: outline (EPSG:25832), number, code of the Stadtbezirk."""

    umrisse: Geometrien
    nr: dict[str, int]
    stadtbezirk: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Haus:
    """An address with its district and its place in WGS84."""

    adresse: Adresse
    zeile: int
    bezirk: str
    lon: float
    lat: float


def baue(
    quelle: str,
    ziel: Path,
    geodata: Path,
    schritt: Callable[[], None] = lambda: None,
) -> Ergebnis:
    """Build the directory from a file or a URL.

    Parameters
    ----------
    quelle
        Path or http(s) address of a list in one of the formats of ``layers/adressformat.py``.
    ziel
        The SQLite file to write.
    geodata
        Folder with the outlines of the statistical districts.
    schritt
        Called at the beginning of each of the four steps.

    Raises
    ------
    Unbrauchbar
        The list was not taken; an older directory stays as it is.
    layers.publish.Gesperrt
        Another process is writing into the folder of ``ziel``.
    """
    schritt()
    bezirke = _lies_bezirke(geodata)
    with adressquelle.oeffne(quelle) as zeilen:
        schritt()
        liste = adressformat.lies(quelle, zeilen)
    schritt()
    nach_strasse = _nach_strasse(_verorte(liste, bezirke), liste.maengel)
    _pruefe_anteil(quelle, liste)
    strassen, hausnummern = _geordnet(nach_strasse)
    schritt()
    try:
        with sperre(ziel.parent):
            angaben = {"quelle": quelle, "erstellt": datetime.now(UTC).isoformat("T", "seconds")}
            adressablage.schreibe(ziel, strassen, hausnummern, angaben)
            groesse = ziel.stat().st_size
    except OSError as fehler:
        raise Unbrauchbar(Grund.SCHREIBEN, ziel=ziel, einzelheit=fehler.strerror) from fehler
    return Ergebnis(
        zeilen=liste.zeilen,
        strassen=len(strassen),
        hausnummern=len(hausnummern),
        ausgelassen=liste.zeilen - len(hausnummern),
        bytes=groesse,
        befunde=tuple(_befunde(quelle, liste.maengel)),
    )


def _lies_bezirke(geodata: Path) -> _Bezirke:
    ort = geodata / BEZIRKE
    try:
        with ort.open(encoding="utf-8-sig", newline="") as datei:
            zeilen = list(csv.DictReader(datei))
        umrisse = shapely.from_wkt([zeile["wkt_epsg25832"] for zeile in zeilen])
        nr = {zeile["nr"]: i for i, zeile in enumerate(zeilen)}
        codes = tuple(zeile["stadtbezirk"] for zeile in zeilen)
    except (OSError, KeyError, TypeError, ValueError, csv.Error, ShapelyError) as fehler:
        raise Unbrauchbar(Grund.BEZIRKE, ort=ort) from fehler
    if not zeilen:
        raise Unbrauchbar(Grund.BEZIRKE, ort=ort)
    return _Bezirke(umrisse, nr, codes)


def _verorte(liste: Adressliste, bezirke: _Bezirke) -> Iterator[_Haus]:
    """Yield the addresses in or near the city with their district and place in WGS84."""
    lage = np.array([(a.ost, a.nord) for a in liste.adressen], dtype=float).reshape(-1, 2)
    punkte: Geometrien = np.asarray(shapely.points(lage), dtype=object)
    naechster = np.full(len(punkte), -1)
    treffer = shapely.STRtree(bezirke.umrisse).query_nearest(
        punkte, max_distance=FERN_M, all_matches=False
    )
    naechster[treffer[0]] = treffer[1]
    wgs84 = shapely.get_coordinates(nach_wgs84(punkte))
    for i, (adresse, zeile) in enumerate(zip(liste.adressen, liste.nummern, strict=True)):
        if naechster[i] < 0:
            wert = f"{adresse.strasse} {adresse.nummer} ({adresse.ost:.0f}, {adresse.nord:.0f})"
            liste.maengel.zaehle(Code.ADRESSE_FERN, zeile, wert)
            continue
        stelle = _laut_liste(adresse, bezirke)
        if stelle is None:
            stelle = int(naechster[i])
            if adresse.ubz:
                liste.maengel.zaehle(Code.ADRESSE_BEZIRK, zeile, adresse.ubz)
        lon, lat = wgs84[i].round(6).tolist()
        yield _Haus(adresse, zeile, bezirke.stadtbezirk[stelle], lon, lat)


def _laut_liste(adresse: Adresse, bezirke: _Bezirke) -> int | None:
    """Return the district that the list states: better at its border than the outline we have."""
    return bezirke.nr.get(adresse.ubz[:_UNTERBEZIRK_STELLEN] + "0")


def _nach_strasse(
    haeuser: Iterator[_Haus], maengel: Maengel
) -> dict[tuple[str, str], dict[tuple[int, str], _Haus]]:
    """Return street → house number → address; of two with one number the first."""
    strassen: defaultdict[tuple[str, str], dict[tuple[int, str], _Haus]] = defaultdict(dict)
    for haus in haeuser:
        adresse = haus.adresse
        # Streets with one name are told apart by the key, if the list has one.
        dort = strassen[adresse.strasse, adresse.strassenschluessel]
        if dort.setdefault((adresse.nummer, adresse.zusatz), haus) is not haus:
            wert = f"{adresse.strasse} {adresse.nummer}{adresse.zusatz}"
            maengel.zaehle(Code.ADRESSE_DOPPELT, haus.zeile, wert)
    return strassen


def _pruefe_anteil(quelle: str, liste: Adressliste) -> None:
    falsch = sum(
        fund.anzahl
        for code, fund in liste.maengel.je_code.items()
        if SCHWERE[code] is Schwere.FEHLER
    )
    if not liste.zeilen:
        raise Unbrauchbar(Grund.LEER, quelle=quelle)
    if falsch > liste.zeilen * HOECHSTANTEIL:
        erster = min(liste.maengel.je_code.values(), key=lambda fund: fund.zeile)
        raise Unbrauchbar(
            Grund.ZU_VIELE_MAENGEL,
            quelle=quelle,
            falsch=falsch,
            zeilen=liste.zeilen,
            zeile=str(erster.zeile),
            wert=erster.wert,
        )


def _geordnet(
    nach_strasse: dict[tuple[str, str], dict[tuple[int, str], _Haus]],
) -> tuple[list[Strasse], list[Hausnummer]]:
    strassen: list[Strasse] = []
    hausnummern: list[Hausnummer] = []
    for schluessel in sorted(nach_strasse, key=lambda s: (ordnungsform(s[0]), s)):
        dort = nach_strasse[schluessel]
        orte = np.array([(haus.lon, haus.lat) for haus in dort.values()])
        lon, lat = orte[_mittlerer(orte)].tolist()
        bezirke = Counter(haus.bezirk for haus in dort.values()).most_common()
        hausnummern += [
            Hausnummer(len(strassen), nummer, zusatz, haus.bezirk, haus.lon, haus.lat)
            for (nummer, zusatz), haus in sorted(dort.items())
        ]
        strassen.append(
            Strasse(schluessel[0], tuple(code for code, _ in bezirke), lon, lat, len(dort))
        )
    return strassen, hausnummern


def _mittlerer(orte: Zahlen) -> int:
    """Return the place nearest to the middle of all: a point on the street, not beside it."""
    return int(np.abs(orte - np.median(orte, axis=0)).sum(axis=1).argmin())


def _befunde(quelle: str, maengel: Maengel) -> Iterator[Befund]:
    datei = Path(quelle).name
    for code, fund in maengel.je_code.items():
        werte = {"anzahl": fund.anzahl}
        yield Befund(code, datei, zeile=fund.zeile, wert=fund.wert, werte=werte)
