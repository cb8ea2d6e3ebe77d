"""What a request for features says: every parameter read once, into plain values.

Parameters that the description does not name are an error (OGC 17-069, query-param-unknown)
and so are values that cannot be understood. Only a ``limit`` above the most is lowered in silence.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import Any, Final, TypeVar

from app.errors import UngueltigeParameter
from app.ogc import cql
from app.ogc.crs import CRS84, SYSTEME, Crs
from app.ogc.fehler import Unverstanden
from app.ogc.rahmen import BEISPIEL, Rechteck, rechtecke
from app.ogc.sammlung import Sammlung
from app.ogc.zeit import KeineZeit, Zeitraum, zeitraum
from app.sprachen import SPRACHEN
from app.state import MAX_TEXT, Parameterfehler

FORMATE: Final = ("json", "html")
LIMIT: Final = (1, 10_000, 100)
"""Least, most and usual number of features of a page."""
MAX_OFFSET: Final = 10**8
MAX_QUERY: Final = 8192
"""Characters of a whole query string."""
MAX_WERTE: Final = 50
"""How often one property may be asked for."""
DARSTELLUNG: Final = ("f", "sprache")
FEATURE: Final = ("crs", *DARSTELLUNG)
ITEMS: Final = (
    "limit",
    "offset",
    "bbox",
    "bbox-crs",
    "datetime",
    "crs",
    "filter",
    "filter-lang",
    "filter-crs",
    *DARSTELLUNG,
)
_ALLGEMEIN: Final = frozenset(ITEMS)
_ZEITBEISPIEL: Final = "2016-05-01T00:00:00Z, 2016-01-01/2018-12-31, 2016-05-01/.."
_GANZZAHL: Final = re.compile(r"\d{1,40}", re.ASCII)
_ZAHL: Final = re.compile(
    r"[+-]?(\d{1,300}(\.\d{0,300})?|\.\d{1,300})([eE][+-]?\d{1,3})?", re.ASCII
)
Paare = Sequence[tuple[str, str]]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Itemanfrage:
    """One request for features of a collection.

    Attributes
    ----------
    paare
        All its parameters but the page's beginning and the format: what links to other pages keep.
    format
        What the URL names with ``f``, None if the Accept header decides.
    bbox, bbox_crs
        Rectangles in x/y order and their system.
    eigenschaften
        Property → values, one of which it has to have.
    filter, filter_crs
        Tree of a CQL2 expression, and the system of its coordinates.
    """

    paare: tuple[tuple[str, str], ...]
    format: str | None
    limit: int
    offset: int
    crs: Crs
    bbox: tuple[Rechteck, ...] | None
    bbox_crs: Crs
    zeitraum: Zeitraum | None
    eigenschaften: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    filter: cql.Baum | None = None
    filter_crs: Crs = CRS84

    @property
    def alle(self) -> bool:
        """Whether it leaves no feature out."""
        gewaehlt = (self.bbox, self.zeitraum, self.filter)
        return not self.eigenschaften and all(wahl is None for wahl in gewaehlt)


class _Leser:
    """Takes values out of a query string and collects what was not understood."""

    def __init__(self, paare: Paare) -> None:
        self.werte: dict[str, list[str]] = defaultdict(list)
        for name, wert in paare:
            self.werte[name].append(wert)
        self.fehler: list[Parameterfehler] = []

    def nimm(self, name: str, vorgabe: T, lies: Any) -> T:  # noqa: ANN401
        """Return a value that may stand once, read by ``lies``."""
        werte = self.werte.get(name, [])
        if not werte:
            return vorgabe
        if len(werte) > 1:
            self.melde(name, ", ".join(werte), "mehrfach")
            return vorgabe
        try:
            gelesen: T = lies(werte[0])
        except Unverstanden as fehler:
            self.melde(name, fehler.wert, fehler.grund, fehler.erlaubt)
            return vorgabe
        return gelesen

    def unbekannte(self, *erlaubt: Collection[str]) -> None:
        """Report every name that none of the collections has."""
        for name, werte in self.werte.items():
            if not any(name in namen for namen in erlaubt):
                bekannt = ", ".join(dict.fromkeys(chain(*erlaubt)))
                self.melde(name[:MAX_TEXT], werte[0], "unbekannt", bekannt)

    def ende(self) -> None:
        """Raise what was collected.

        Raises
        ------
        UngueltigeParameter
            At least one value was not understood.
        """
        if self.fehler:
            raise UngueltigeParameter(tuple(sorted(self.fehler, key=lambda f: f.name)))

    def zahlen(self, name: str) -> None:
        """Report every value of a property of numbers that is none."""
        for wert in self.werte[name]:
            try:
                zahl(wert)
            except Unverstanden as fehler:
                self.melde(name, fehler.wert, fehler.grund, fehler.erlaubt)

    def codes(self, name: str, bekannt: Sequence[str] | None) -> None:
        """Report every value of a property of codes that is none of them."""
        for wert in self.werte[name] if bekannt else ():
            if wert not in (bekannt or ()):
                self.melde(name, wert, "code", ", ".join(bekannt or ()))

    def melde(self, name: str, wert: str, grund: str, erlaubt: str = "") -> None:
        """Note a value that was not understood."""
        self.fehler.append(Parameterfehler(name, wert[:MAX_TEXT], grund, erlaubt))


def lies_items(paare: Paare, sammlung: Sammlung) -> Itemanfrage:
    """Read a request for features.

    Raises
    ------
    UngueltigeParameter
        At least one parameter is unknown or its value was not understood.
    """
    r = _Leser(paare)
    namen = sammlung.namen
    r.unbekannte(ITEMS, namen)
    bbox_crs = r.nimm("bbox-crs", CRS84, _crs)
    sprache = r.nimm("filter-lang", cql.SPRACHEN[0], partial(_wahl, erlaubt=cql.SPRACHEN))
    ergebnis = Itemanfrage(
        paare=tuple(paar for paar in paare if paar[0] not in ("offset", "f")),
        format=r.nimm("f", None, partial(_wahl, erlaubt=FORMATE)),
        limit=min(r.nimm("limit", LIMIT[2], partial(_ganzzahl, ab=LIMIT[0])), LIMIT[1]),
        offset=min(r.nimm("offset", 0, partial(_ganzzahl, ab=0)), MAX_OFFSET),
        crs=r.nimm("crs", CRS84, _crs),
        bbox=r.nimm("bbox", None, partial(_bbox, crs=bbox_crs)),
        bbox_crs=bbox_crs,
        zeitraum=r.nimm("datetime", None, _zeit),
        eigenschaften=_eigenschaften(r, namen, sammlung),
        filter=r.nimm("filter", None, partial(cql.lies, sprache=sprache)),
        filter_crs=r.nimm("filter-crs", CRS84, _crs),
    )
    r.nimm("sprache", "", partial(_wahl, erlaubt=tuple(SPRACHEN)))
    r.ende()
    return ergebnis


def lies_feature(paare: Paare) -> tuple[str | None, Crs]:
    """Return format and system of a request for one feature.

    Raises
    ------
    UngueltigeParameter
        As `lies_items`.
    """
    r = _Leser(paare)
    r.unbekannte(FEATURE)
    crs = r.nimm("crs", CRS84, _crs)
    return _darstellung(r), crs


def lies_dokument(paare: Paare) -> str | None:
    """Return the format of a request for a document that takes no other parameters.

    Raises
    ------
    UngueltigeParameter
        As `lies_items`.
    """
    r = _Leser(paare)
    r.unbekannte(DARSTELLUNG)
    return _darstellung(r)


def _darstellung(r: _Leser) -> str | None:
    gewaehlt: str | None = r.nimm("f", None, partial(_wahl, erlaubt=FORMATE))
    r.nimm("sprache", "", partial(_wahl, erlaubt=tuple(SPRACHEN)))
    r.ende()
    return gewaehlt


def _eigenschaften(
    r: _Leser, namen: Sequence[str], sammlung: Sammlung
) -> Mapping[str, tuple[str, ...]]:
    gefragt: dict[str, tuple[str, ...]] = {}
    if r.werte.keys() <= _ALLGEMEIN:
        return gefragt
    for name in namen:
        if name not in ITEMS and (werte := r.werte.get(name)):
            if sammlung.arten[name] == "zahl":
                r.zahlen(name)
            r.codes(name, sammlung.codes.get(name))
            if len(werte) > MAX_WERTE:
                r.melde(name, str(len(werte)), "anzahl", f"≤ {MAX_WERTE}")
            gefragt[name] = tuple(dict.fromkeys(werte))
    return gefragt


def _wahl(wert: str, erlaubt: Sequence[str]) -> str:
    if wert not in erlaubt:
        raise Unverstanden("wahl", wert, ", ".join(erlaubt))
    return wert


def _crs(wert: str) -> Crs:
    if wert not in SYSTEME:
        raise Unverstanden("wahl", wert, ", ".join(SYSTEME))
    return SYSTEME[wert]


def _ganzzahl(wert: str, ab: int) -> int:
    if not _GANZZAHL.fullmatch(wert) or int(wert) < ab:
        raise Unverstanden("anzahl", wert, f"≥ {ab}")
    return int(wert)


def _bbox(wert: str, crs: Crs) -> tuple[Rechteck, ...]:
    teile = wert.split(",")
    if len(teile) not in (4, 6) or not all(map(_ZAHL.fullmatch, teile)):
        raise Unverstanden("ogc-bbox", wert, BEISPIEL)
    return rechtecke([float(teil) for teil in teile], crs)


def _zeit(wert: str) -> Zeitraum:
    try:
        return zeitraum(wert)
    except KeineZeit as fehler:
        raise Unverstanden("ogc-zeit", wert, _ZEITBEISPIEL) from fehler


def zahl(wert: str) -> float:
    """Return a number of a query string.

    Raises
    ------
    Unverstanden
        It is none.
    """
    if not _ZAHL.fullmatch(wert):
        raise Unverstanden("cql-art", wert, "number")
    return float(wert)
