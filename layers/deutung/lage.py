"""Coordinates of a table in WGS84 degrees, whatever they were written in.

A stated reference system (column ``koordinatensystem``, or one for the whole source) is followed.
Where none is stated and the pair does not lie in the city, it is tried in the systems that are
in use; the reading that fits is taken and reported, never in silence.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.befund import Befund, Code
from layers.deutung import koordinate, paar
from layers.deutung.koordinate import STELLEN, SYSTEME
from layers.raumbezug import UTM32, WGS84, Zahlen, grenzabstand_m, nach_utm
from layers.ueberschriften import vergleichsform
from layers.zellen import ist_grad, je_wert

_NAMEN: Final = {
    "wgs84": WGS84, "gps": WGS84, "geographisch": WGS84, "4326": WGS84, "epsg4326": WGS84,
    "utm": UTM32, "utm32": UTM32, "utm32n": UTM32, "etrs89utm32": UTM32, "etrs89utm32n": UTM32,
    "etrs89": UTM32, "gk2": "EPSG:31466", "gausskruger2": "EPSG:31466", "gk3": "EPSG:31467",
    "gausskruger3": "EPSG:31467", "webmercator": "EPSG:3857",
}  # fmt: skip
"""Words for reference systems, compared without case and punctuation."""


def system(angabe: str) -> str | None:
    """Return ``EPSG:n`` of a stated system, None if it is none of those that are read.

    Examples
    --------
    >>> system("25832"), system("Gauß-Krüger 2"), system("EPSG:2056")
    ('EPSG:25832', 'EPSG:31466', None)
    """
    form = vergleichsform(angabe)
    if form in _NAMEN:
        return _NAMEN[form]
    ziffern = form.removeprefix("epsg")
    try:
        crs = CRS.from_epsg(int(ziffern)) if ziffern.isdecimal() and len(ziffern) < 7 else None
    except CRSError:
        return None
    name = f"EPSG:{ziffern}" if crs else None
    return name if name in SYSTEME else None


def deute(
    rahmen: pd.DataFrame,
    datei: str,
    stadtgebiet: shapely.Geometry | None,
    bezug: str | None,
    umland_m: float,
) -> tuple[pd.DataFrame, list[Befund]]:
    """Return the raw table with lat and lon as texts in degrees, and what was understood.

    Parameters
    ----------
    rahmen
        Raw table with lat, lon, koordinatensystem (texts, ``""`` = empty).
    stadtgebiet
        (Multi)Polygon in EPSG:25832; None: nothing is tried, only notations are read.
    bezug
        ``EPSG:n`` for rows that state none; None: WGS84 is expected.
    umland_m
        How far beyond the border a place may lie.
    """
    rahmen, paare = _geteilt(rahmen, datei)
    lat, lon = _zahlen(rahmen["lat"]), _zahlen(rahmen["lon"])
    systeme = je_wert(rahmen["koordinatensystem"], lambda text: _system(text, bezug))
    befunde = [*_unbekannte(rahmen, datei, systeme)]
    breite, laenge = lat.copy(), lon.copy()
    genannt = np.array([s not in ("", None, WGS84) for s in systeme], dtype=bool)
    for name in {systeme[i] for i in np.flatnonzero(genannt)}:
        eigene = systeme == name
        breite[eigene], laenge[eigene] = koordinate.in_grad(lon[eigene], lat[eigene], name)
    umgerechnet = genannt & np.isfinite(breite) & np.isfinite(laenge)
    if stadtgebiet is not None and len(rahmen):
        offen = np.isfinite(lat) & np.isfinite(lon) & (systeme == "")
        offen &= ~(grenzabstand_m(stadtgebiet, nach_utm(lon, lat)) <= umland_m)
        stellen = np.flatnonzero(offen)
        lesarten = koordinate.lesarten(lat[stellen], lon[stellen], stadtgebiet, umland_m)
        for i, gefunden in zip(stellen, lesarten, strict=True):
            if gefunden:
                befunde.append(_gelesen(rahmen, datei, int(i), gefunden))
            if len(gefunden) == 1:
                breite[i], laenge[i] = gefunden[0].lat, gefunden[0].lon
                umgerechnet[i] = True
    gedeutet, gelesen = _ersetzt(rahmen, datei, (breite, laenge), umgerechnet)
    befunde += [befund for befund in gelesen if befund.zeile not in paare]
    befunde += [_mit_paar(befund, gedeutet) for befund in paare.values()]
    return gedeutet, befunde


def _geteilt(rahmen: pd.DataFrame, datei: str) -> tuple[pd.DataFrame, dict[int, Befund]]:
    """Put both figures of a cell into their columns where the other one is empty.

    Returns the table, and line → finding. A heading "Koordinaten" fills both columns alike.
    """
    lat, lon = list(rahmen["lat"]), list(rahmen["lon"])
    paare = {}
    for i, (links, rechts) in enumerate(zip(lat, lon, strict=True)):
        text = links or rechts
        gefunden = paar.teile(text) if text and (not links or rechts in ("", links)) else None
        if gefunden:
            lat[i], lon[i] = gefunden
            zeile = int(rahmen.index[i])
            spalte = "lat" if links else "lon"
            paare[zeile] = Befund(Code.KOORDINATE_GEDEUTET, datei, None, zeile, spalte, text)
    if not paare:
        return rahmen, {}
    spalten = {"lat": lat, "lon": lon}
    neu = {n: pd.Series(t, index=rahmen.index, dtype=object) for n, t in spalten.items()}
    return rahmen.assign(**neu), paare


def _mit_paar(befund: Befund, gedeutet: pd.DataFrame) -> Befund:
    stelle = gedeutet.index.get_loc(befund.zeile)
    lat, lon = (str(gedeutet[name].iloc[stelle]).strip() for name in ("lat", "lon"))
    return replace(befund, werte={"vorschlag": f"{lat}, {lon}"})


def _system(angabe: str, bezug: str | None) -> str | None:
    """Return the system of a row, ``""`` if none is stated, None if it is not known."""
    return system(angabe) if angabe else (bezug or "")


def _zahlen(texte: "pd.Series[Any]") -> Zahlen:
    def zahl(text: str) -> float:
        wert = koordinate.zahl(text) if text else None
        return float("nan") if wert is None else wert

    return je_wert(texte, zahl).astype("float64")


def _unbekannte(rahmen: pd.DataFrame, datei: str, systeme: Any) -> Iterator[Befund]:  # noqa: ANN401
    angaben = rahmen["koordinatensystem"]
    for i in [i for i, name in enumerate(systeme) if name is None]:
        yield Befund(
            Code.BEZUGSSYSTEM_UNBEKANNT,
            datei,
            zeile=int(rahmen.index[i]),
            spalte="koordinatensystem",
            wert=str(angaben.iloc[i]),
            werte={"erlaubt": ", ".join(SYSTEME)},
        )


def _gelesen(rahmen: pd.DataFrame, datei: str, i: int, lesarten: list[koordinate.Lesart]) -> Befund:
    erste = lesarten[0]
    wert = f"{rahmen['lat'].iloc[i]}, {rahmen['lon'].iloc[i]}"
    zeile = int(rahmen.index[i])
    if len(lesarten) > 1:
        systeme = ", ".join(lesart.system for lesart in lesarten)
        werte: dict[str, str | int | float] = {"systeme": systeme}
        return Befund(Code.KOORDINATE_MEHRDEUTIG, datei, None, zeile, "lat", wert, werte)
    grad = {"lat": f"{erste.lat:.6f}", "lon": f"{erste.lon:.6f}"}
    if erste.system == WGS84 and erste.getauscht:
        return Befund(Code.KOORDINATEN_VERTAUSCHT, datei, None, zeile, "lat", wert, grad)
    werte = {**grad, "system": erste.system}
    return Befund(Code.KOORDINATE_UMGERECHNET, datei, None, zeile, "lat", wert, werte)


def _ersetzt(
    rahmen: pd.DataFrame,
    datei: str,
    grad: tuple[Zahlen, Zahlen],
    umgerechnet: Any,  # noqa: ANN401  boolean array
) -> tuple[pd.DataFrame, list[Befund]]:
    """Put the degrees into the table; a notation that was only read gives its own finding."""
    spalten: dict[str, Any] = {}
    befunde = []
    for name, werte, grenze in (("lat", grad[0], 90.0), ("lon", grad[1], 180.0)):
        texte = list(rahmen[name])
        for i, text in enumerate(texte):
            if umgerechnet[i]:
                texte[i] = _schreibe(float(werte[i]))
            elif text and not ist_grad(text, grenze) and abs(werte[i]) <= grenze:
                texte[i] = _schreibe(float(werte[i]))
                befunde.append(
                    Befund(
                        Code.KOORDINATE_GEDEUTET,
                        datei,
                        zeile=int(rahmen.index[i]),
                        spalte=name,
                        wert=text,
                        werte={"vorschlag": texte[i]},
                    )
                )
        spalten[name] = pd.Series(texte, index=rahmen.index, dtype=object)
    return rahmen.assign(**spalten), befunde


def _schreibe(wert: float) -> str:
    return f"{wert:.{STELLEN}f}".rstrip("0").rstrip(".")
