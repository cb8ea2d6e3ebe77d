"""Coordinates as people write them, and the reference systems they may be meant in.

A pair is tried in every system that is in use in Dortmund and in both orders. Only if exactly one
reading lies in the city or close to it, that one is taken, and said.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import shapely
from pyproj import Transformer

from layers.raumbezug import UTM32, WGS84, Zahlen, grenzabstand_m, nach_utm

_ZAHL: Final = re.compile(r"-?\d+(?:\.\d+)?")
_SCHLICHT: Final = re.compile(r"-?[0-9]{1,2}\.[0-9]{1,20}")
"""Degrees as they stand in nearly every table: nothing to understand."""
_DEUTSCH: Final = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+")
_PUNKTE: Final = re.compile(r"-?\d{1,3}(?:\.\d{3}){2,}")
_TAUSEND: Final = re.compile(r"\d{3}\.\d{3}")
"""Three digits, a point, three digits: beyond 180 no degree, so thousands of metres."""
_GRUPPEN: Final = re.compile(r"-?\d{1,3}(?:[ '\u00a0]\d{3})+(?=[.,]|$)")
"""Thousands separated by spaces or apostrophes."""
_HIMMEL: Final = re.compile(r"^[NSEOWnseow]\s*|\s*[NSEOWnseow]$")
_NEGATIV: Final = re.compile(r"^[SWsw]|[SWsw]$")
_GRADZEICHEN: Final = str.maketrans("°′″’”\u00a0", "      ")
_GMS: Final = re.compile(
    r"(\d{1,3})\s*°\s*(?:(\d{1,2}(?:[.,]\d+)?)\s*['′’]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:\"|″|”|''))?"
)
_LAENGE: Final = 40
_ZONE: Final = 32_000_000
ZONENPRAEFIX: Final = "EPSG:4647"
"""UTM 32N with the zone before the east value: 32393458."""
_PUNKTLOS: Final = "punktlos"
SYSTEME: Final = (WGS84, ZONENPRAEFIX, UTM32, "EPSG:31466", "EPSG:31467", "EPSG:3857")
"""What a pair without a stated system is tried in, and what a user may state."""
STELLEN: Final = 7
"""Decimals of a converted degree: a centimetre."""


@dataclass(frozen=True, slots=True)
class Lesart:
    """One way to read a pair: degrees WGS84, in which system it was read, in which order."""

    lat: float
    lon: float
    system: str
    getauscht: bool


def zahl(text: str) -> float | None:
    """Return the number that a text means in a column of coordinates, None if there is none.

    Decimal commas, thousands separated by points or spaces, degrees, minutes and seconds, and
    letters for the points of the compass are understood; south and west are negative.

    Examples
    --------
    >>> zahl("51,53641"), zahl("5.709.524,3"), zahl("51° 30' N")
    (51.53641, 5709524.3, 51.5)
    """
    if _SCHLICHT.fullmatch(text):
        return float(text)
    text = text.strip()
    if len(text) > _LAENGE or not text.translate(_GRADZEICHEN).isascii():
        return None
    kern = _HIMMEL.sub("", text).strip()
    wert = _grad_minuten(kern) if "°" in kern else _dezimal(re.sub(r"\s*m$", "", kern))
    return -wert if wert is not None and _NEGATIV.search(text) else wert


def _dezimal(kern: str) -> float | None:
    if gruppen := _GRUPPEN.match(kern):
        kern = re.sub(r"[^\d-]", "", gruppen.group()) + kern[gruppen.end() :]
    tausend = _TAUSEND.fullmatch(kern) and float(kern) > 180
    if tausend or _PUNKTE.fullmatch(kern):
        return float(kern.replace(".", ""))
    if _ZAHL.fullmatch(kern):
        return float(kern)
    if _DEUTSCH.fullmatch(kern):
        return float(kern.replace(".", "").replace(",", "."))
    return None


def _grad_minuten(text: str) -> float | None:
    dezimal = re.fullmatch(r"(-?\d{1,3}[.,]\d+)\s*°", text)
    if dezimal:
        return float(dezimal.group(1).replace(",", "."))
    treffer = _GMS.fullmatch(text.strip())
    if not treffer:
        return None
    grad, minuten, sekunden = (float((t or "0").replace(",", ".")) for t in treffer.groups())
    return grad + minuten / 60 + sekunden / 3600


@cache
def _umrechner(system: str) -> Transformer:
    return Transformer.from_crs(system, WGS84, always_xy=True)


def in_grad(x: Zahlen, y: Zahlen, system: str) -> tuple[Zahlen, Zahlen]:
    """Return lat, lon (WGS84) of pairs in ``system`` (x = east or lon); NaN outside of it.

    An east value of EPSG:25832 may carry its zone: 32393458.
    """
    if system == UTM32:
        x = np.where((x >= _ZONE) & (x < _ZONE + 1_000_000), x - _ZONE, x)
    return _in_grad(x, y, system)


def _in_grad(x: Zahlen, y: Zahlen, system: str) -> tuple[Zahlen, Zahlen]:
    lon, lat = _umrechner(system).transform(x, y)
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    gut = np.isfinite(lon) & np.isfinite(lat) & (np.abs(lat) <= 90) & (np.abs(lon) <= 180)
    return np.where(gut, lat, np.nan), np.where(gut, lon, np.nan)


def lesarten(
    lat: Zahlen, lon: Zahlen, stadtgebiet: shapely.Geometry, umland_m: float
) -> list[list[Lesart]]:
    """Return for each pair every reading that lies in the city or near it.

    Parameters
    ----------
    lat, lon
        The numbers as they stand in the two columns.
    stadtgebiet
        (Multi)Polygon in EPSG:25832.
    umland_m
        How far beyond the city's border a reading may lie.
    """
    gefunden: list[list[Lesart]] = [[] for _ in lat]
    for y, x, getauscht in ((lat, lon, False), (lon, lat, True)):
        for system in (*SYSTEME, _PUNKTLOS):
            breite, laenge = _punktlos(y, x) if system == _PUNKTLOS else _in_grad(x, y, system)
            nah = grenzabstand_m(stadtgebiet, nach_utm(laenge, breite)) <= umland_m
            name = WGS84 if system == _PUNKTLOS else system
            for i in np.flatnonzero(nah):
                lesart = Lesart(float(breite[i]), float(laenge[i]), name, getauscht)
                if not any(_gleich(lesart, andere) for andere in gefunden[i]):
                    gefunden[i].append(lesart)
    return gefunden


def _gleich(a: Lesart, b: Lesart) -> bool:
    return round(a.lat, STELLEN) == round(b.lat, STELLEN) and round(a.lon, STELLEN) == round(
        b.lon, STELLEN
    )


def _punktlos(lat: Zahlen, lon: Zahlen) -> tuple[Zahlen, Zahlen]:
    """Return degrees whose point a spreadsheet took for a separator of thousands."""
    return _mit_punkt(lat, 2), _mit_punkt(lon, 1)


def _mit_punkt(werte: Zahlen, vorkomma: int) -> Zahlen:
    """Return whole numbers of at least six digits with a point after the first ``vorkomma``."""
    gut = np.isfinite(werte) & (werte >= 100_000) & (werte < 1e12) & (werte == np.floor(werte))
    stellen = np.floor(np.log10(np.where(gut, werte, 1.0))) + 1
    return np.where(gut, werte / 10 ** (stellen - vorkomma), np.nan)
