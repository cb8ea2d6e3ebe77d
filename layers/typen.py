"""From texts to values: the typed form of a table whose cells have been checked."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from pandas.api.extensions import ExtensionArray

from layers.tabellen import Art, Spalte, Tabelle
from layers.zellen import grad, je_wert, teile

Spaltenwerte: TypeAlias = NDArray[Any] | ExtensionArray


def typisiert(rahmen: pd.DataFrame, tabelle: Tabelle) -> pd.DataFrame:
    """Return the table with typed columns and the line in the file as column ``zeile``.

    Texts, codes and dates stay texts (object, ``""`` = not documented); columns with several
    values become tuples; numbers and degrees float64 (NaN = not documented); whole numbers
    Int64; WKT shapely geometries, taken to be in EPSG:25832.
    """
    spalten: dict[str, Any] = {"zeile": rahmen.index.to_numpy()}
    for spalte in tabelle.spalten:
        spalten[spalte.name] = _werte(spalte, rahmen[spalte.name])
    return pd.DataFrame(spalten)


def _werte(spalte: Spalte, texte: "pd.Series[Any]") -> Spaltenwerte:
    umwandlung = _UMWANDLUNG.get(spalte.art)
    return umwandlung(texte) if umwandlung else texte.to_numpy(dtype=object)


def _zahlen(texte: "pd.Series[Any]") -> Spaltenwerte:
    return je_wert(texte, lambda text: float(text) if text else np.nan).astype("float64")


def _ganzzahlen(texte: "pd.Series[Any]") -> Spaltenwerte:
    return pd.array(list(je_wert(texte, _ganzzahl)), dtype="Int64")


def _ganzzahl(text: str) -> int | None:
    return int(text) if text else None


def _tupel(texte: "pd.Series[Any]") -> Spaltenwerte:
    return je_wert(texte, teile)


def _adressen(texte: "pd.Series[Any]") -> Spaltenwerte:
    return je_wert(texte, lambda text: tuple(text.split()))


def _grad(art: Art) -> Callable[["pd.Series[Any]"], Spaltenwerte]:
    return lambda texte: je_wert(texte, lambda text: grad(text, art)).astype("float64")


def _geometrien(texte: "pd.Series[Any]") -> Spaltenwerte:
    return shapely.from_wkt(texte.to_numpy(dtype=object))


_UMWANDLUNG: Final[Mapping[Art, Callable[["pd.Series[Any]"], Spaltenwerte]]] = {
    Art.ZAHL: _zahlen,
    Art.GANZZAHL: _ganzzahlen,
    Art.CODES: _tupel,
    Art.NAMEN: _tupel,
    Art.ORGANISATIONEN: _tupel,
    Art.URLS: _adressen,
    Art.LAT: _grad(Art.LAT),
    Art.LON: _grad(Art.LON),
    Art.WKT: _geometrien,
}
