"""CQL2 (OGC 21-065): read within limits, then evaluated over columns.

The grammar belongs to the library ``cql2``. Its tree is evaluated here with numpy: every node gives
which features it is true and which it is false for; all others are unknown, because a value is not
documented (three-valued logic, as the standard asks for).
"""

from collections.abc import Callable, Iterator, Mapping
from functools import reduce
from typing import Any, Final

import cql2
import numpy as np

from app.ogc import cqlraum, cqlwert, cqlzeit
from app.ogc.crs import Crs
from app.ogc.fehler import Unverstanden
from app.ogc.logik import Logik
from app.ogc.sammlung import Sammlung

SPRACHEN: Final = ("cql2-text", "cql2-json")
MAX_ZEICHEN: Final = 4000
MAX_TIEFE: Final = 24
MAX_TEILE: Final = 500
"""Nodes of the tree, coordinates not counted."""
BEISPIEL: Final = "status = 'umgesetzt' AND stadtbezirke LIKE '%huckarde%'"
Baum = Any
"""A CQL2 expression as JSON, made of dicts, lists and plain values."""


def lies(text: str, sprache: str) -> Baum:
    """Read an expression.

    Parameters
    ----------
    text, sprache
        The expression and one of `SPRACHEN`.

    Raises
    ------
    Unverstanden
        It is too long, too deep or too large, or no CQL2.
    """
    if len(text) > MAX_ZEICHEN:
        raise Unverstanden("laenge", text[:40], str(MAX_ZEICHEN))
    # before the parser sees it: the parser calls itself for every level
    if _klammertiefe(text, '"' if sprache == "cql2-json" else "'") > 2 * MAX_TIEFE:
        raise Unverstanden("cql-tiefe", text[:40], str(MAX_TIEFE))
    try:
        ausdruck = cql2.parse_json(text) if sprache == "cql2-json" else cql2.parse_text(text)
        baum = ausdruck.to_json()
    except (cql2.ParseError, cql2.ValidationError, ValueError, RecursionError) as fehler:
        raise Unverstanden("cql-form", text[:80], BEISPIEL) from fehler
    _miss(baum)
    return baum


def _klammertiefe(text: str, anfuehrung: str) -> int:
    tiefe = hoechste = verneint = 0
    for nummer, teil in enumerate(text.split(anfuehrung)):
        if nummer % 2:
            continue
        verneint += teil.lower().count("not") + teil.count("-")
        for zeichen in teil:
            tiefe += (zeichen in "([{") - (zeichen in ")]}")
            hoechste = max(hoechste, tiefe)
    return hoechste + verneint // 10


def _miss(baum: Baum) -> None:
    """Refuse a tree with too many levels or nodes, without calling itself."""
    ebene, tiefe, teile = [baum], 0, 0
    while ebene:
        tiefe += 1
        teile += len(ebene)
        if tiefe > MAX_TIEFE:
            raise Unverstanden("cql-tiefe", "", str(MAX_TIEFE))
        if teile > MAX_TEILE:
            raise Unverstanden("cql-teile", "", str(MAX_TEILE))
        ebene = [kind for knoten in ebene for kind in _kinder(knoten)]


def _kinder(knoten: Baum) -> Iterator[Baum]:
    if isinstance(knoten, Mapping):
        yield from knoten.get("args", ())
    elif isinstance(knoten, list):
        yield from knoten


def werte_aus(baum: Baum, sammlung: Sammlung, crs: Crs) -> Logik:
    """Return for which features an expression is true and for which it is false.

    Parameters
    ----------
    crs
        System of the coordinates in the expression (``filter-crs``).

    Raises
    ------
    Unverstanden
        A property, function or combination that is not supported; the error names it.
    """
    match baum:
        case bool():
            ja = np.full(len(sammlung), baum)
            return Logik(ja, ~ja)
        case {"op": str(op), "args": list(args)}:
            return _operation(op.lower(), args, sammlung, crs)
        case {"property": str()}:
            return cqlwert.vergleich("=", [baum, True], sammlung)
    raise Unverstanden("cql-nicht", str(baum)[:80], ", ".join(OPERATOREN))


def _operation(op: str, args: list[Baum], sammlung: Sammlung, crs: Crs) -> Logik:
    if op in _VERKNUEPFT and args:
        teile = [werte_aus(arg, sammlung, crs) for arg in args]
        return reduce(_VERKNUEPFT[op], teile)
    if op == "not" and len(args) == 1:
        return werte_aus(args[0], sammlung, crs).nicht()
    if op in cqlwert.OPERATOREN:
        return cqlwert.OPERATOREN[op](op, args, sammlung)
    if op in cqlraum.FUNKTIONEN:
        return cqlraum.raumbezug(op, args, sammlung, crs)
    if op in cqlzeit.FUNKTIONEN:
        return cqlzeit.zeitbezug(op, args, sammlung)
    raise Unverstanden("cql-nicht", op[:80], ", ".join(OPERATOREN))


_VERKNUEPFT: Final[Mapping[str, Callable[[Logik, Logik], Logik]]] = {
    "and": Logik.und,
    "or": Logik.oder,
}
OPERATOREN: Final = (
    *_VERKNUEPFT,
    "not",
    *cqlwert.OPERATOREN,
    *cqlraum.FUNKTIONEN,
    *cqlzeit.FUNKTIONEN,
    *cqlwert.FALTUNGEN,
)
"""Everything that is supported, as errors and the description name it."""
