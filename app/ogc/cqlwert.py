"""Comparisons of CQL2: ``=``, ``<``, ``LIKE``, ``BETWEEN``, ``IN``, ``IS NULL``.

A comparison is a property on one side and values on the other. A date that is known to the month or
year counts as its first day where it is compared with a DATE or TIMESTAMP.
"""

import operator
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

from app.ogc.fehler import Unverstanden
from app.ogc.logik import Logik
from app.ogc.sammlung import Sammlung
from app.ogc.spalte import Spalte
from app.ogc.zeit import KeineZeit, punkt, tage

GEOMETRIE: Final = "geometry"
LAUFZEIT: Final = "laufzeit"
"""Names for what is no property of a feature: its geometry, its Laufzeit as interval."""


def _ohne_akzente(text: str) -> str:
    zerlegt = unicodedata.normalize("NFKD", text)
    return "".join(zeichen for zeichen in zerlegt if not unicodedata.combining(zeichen))


FALTUNGEN: Final[Mapping[str, Callable[[str], str]]] = {
    "casei": str.casefold,
    "accenti": _ohne_akzente,
}
_VERGLEICHE: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_UMGEKEHRT: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}


@dataclass(frozen=True, slots=True)
class Merkmal:
    """A property of an expression, and how its texts are folded before they are compared."""

    name: str
    spalte: Spalte
    faltungen: tuple[Callable[[str], str], ...]

    def gefaltet(self, wert: Any) -> Any:  # noqa: ANN401
        """Return a value as it is compared."""
        return reduce(lambda text, falte: falte(text), self.faltungen, wert)


def _ausgepackt(arg: Any) -> tuple[Any, tuple[Callable[[str], str], ...]]:  # noqa: ANN401
    """Return what stands inside of ``CASEI`` and ``ACCENTI``, and these, the inner one first."""
    faltungen: list[Callable[[str], str]] = []
    while isinstance(arg, Mapping) and (op := str(arg.get("op", "")).lower()) in FALTUNGEN:
        if len(arg.get("args", ())) != 1:
            raise Unverstanden("cql-nicht", op, f"{op}(…)")
        faltungen.insert(0, FALTUNGEN[op])
        arg = arg["args"][0]
    return arg, tuple(faltungen)


def merkmal(arg: Any, sammlung: Sammlung) -> Merkmal | None:  # noqa: ANN401
    """Return the property that an operand is, None if it is a value.

    Raises
    ------
    Unverstanden
        The collection has no such property, or its texts cannot be folded.
    """
    innen, faltungen = _ausgepackt(arg)
    if not (isinstance(innen, Mapping) and isinstance(innen.get("property"), str)):
        return None
    spalte = benannt(innen["property"], sammlung)
    if faltungen and spalte.art not in ("text", "datum"):
        raise Unverstanden("cql-art", innen["property"], "string")
    return Merkmal(innen["property"], spalte, faltungen)


def benannt(name: str, sammlung: Sammlung) -> Spalte:
    """Return the column of a property.

    Raises
    ------
    Unverstanden
        The collection has no such property.
    """
    try:
        return sammlung.spalte(name)
    except KeyError as fehler:
        raise Unverstanden("cql-merkmal", name[:80], ", ".join(merkmale(sammlung))) from fehler


def merkmale(sammlung: Sammlung) -> tuple[str, ...]:
    """Return every name that an expression may use."""
    eigene = (LAUFZEIT,) if sammlung.hat_laufzeit else ()
    return *sammlung.arten, GEOMETRIE, *eigene


def _wert(arg: Any, m: Merkmal) -> Any:  # noqa: ANN401
    """Return a value as it is compared with a property: number, text, day (ordinal), truth."""
    innen, faltungen = _ausgepackt(arg)
    art = m.spalte.art
    match innen:
        case bool() if art == "wahr":
            return innen
        case int() | float() if art == "zahl" and not isinstance(innen, bool):
            return innen
        case str() if art in ("text", "datum"):
            return reduce(lambda text, falte: falte(text), faltungen, innen)
        case {"date": str(text)} | {"timestamp": str(text)} if art == "datum":
            return _Tag(_tag(text))
    raise Unverstanden("cql-art", str(innen)[:80], _ERWARTET[art])


_ERWARTET: Final = {"zahl": "number", "text": "string", "wahr": "boolean", "datum": "string, DATE"}


class _Tag(int):
    """A day; tells dates from numbers."""


def _tag(text: str) -> int:
    try:
        return punkt(text)
    except KeineZeit as fehler:
        raise Unverstanden("ogc-zeit", text[:80], "DATE('2016-05-01')") from fehler


def _pruefung(op: str, m: Merkmal, wert: Any) -> Callable[[Any], bool]:  # noqa: ANN401
    vergleiche = _VERGLEICHE[op]
    if isinstance(wert, _Tag):
        return lambda eigener: vergleiche(tage(eigener).von, int(wert))
    return lambda eigener: vergleiche(m.gefaltet(eigener), wert)


def _gefragt(args: list[Any], anzahl: int, op: str, sammlung: Sammlung) -> Merkmal:
    if len(args) != anzahl or (m := merkmal(args[0], sammlung)) is None:
        raise Unverstanden("cql-nicht", op, f"{next(iter(sammlung.arten))} {op} …")
    return m


def vergleich(op: str, args: list[Any], sammlung: Sammlung) -> Logik:
    """Evaluate ``=``, ``<>``, ``<``, ``>``, ``<=``, ``>=``; the value may stand first."""
    if len(args) == 2 and merkmal(args[0], sammlung) is None:
        args, op = args[::-1], _UMGEKEHRT.get(op, op)
    m = _gefragt(args, 2, op, sammlung)
    passt = _pruefung(op, m, _wert(args[1], m))
    return Logik.bekannt(m.spalte.wo(passt), m.spalte.fehlt)


def _aehnlich(op: str, args: list[Any], sammlung: Sammlung) -> Logik:
    m = _gefragt(args, 2, op, sammlung)
    muster = _wert(args[1], m)
    if not isinstance(muster, str):
        raise Unverstanden("cql-art", str(args[1])[:80], "string")
    stuecke = _stuecke(muster)
    wahr = m.spalte.wo(lambda wert: _passt(m.gefaltet(wert), stuecke))
    return Logik.bekannt(wahr, m.spalte.fehlt)


@dataclass(frozen=True, slots=True)
class _Stueck:
    """What stands between two ``%``: it always matches the same number of characters."""

    muster: re.Pattern[str]
    laenge: int


def _stuecke(muster: str) -> list[_Stueck]:
    r"""Cut a pattern at its ``%``; ``_`` is any character, ``\`` takes the next one literally."""
    stuecke: list[list[str]] = [[]]
    for zeichen in re.findall(r"\\.|[^\\]|\\$", muster, re.DOTALL):
        if zeichen == "%":
            stuecke.append([])
        else:
            stuecke[-1].append("." if zeichen == "_" else re.escape(zeichen[-1]))
    return [_Stueck(re.compile("".join(s), re.DOTALL), len(s)) for s in stuecke]


def _passt(text: str, stuecke: list[_Stueck]) -> bool:
    """Find the pieces one after the other; the leftmost place is always good enough.

    One regular expression for the whole pattern would try all ways to share out the text.
    """
    erstes, *mitte = stuecke
    if not mitte:
        return erstes.muster.fullmatch(text) is not None
    letztes = mitte.pop()
    if not (gefunden := erstes.muster.match(text)):
        return False
    for stueck in mitte:
        if not (gefunden := stueck.muster.search(text, gefunden.end())):
            return False
    anfang = len(text) - letztes.laenge
    return anfang >= gefunden.end() and letztes.muster.match(text, anfang) is not None


def _zwischen(op: str, args: list[Any], sammlung: Sammlung) -> Logik:
    m = _gefragt(args, 3, op, sammlung)
    ab, bis = (_pruefung(o, m, _wert(w, m)) for o, w in ((">=", args[1]), ("<=", args[2])))
    return Logik.bekannt(m.spalte.wo(lambda wert: ab(wert) and bis(wert)), m.spalte.fehlt)


def _eins_von(op: str, args: list[Any], sammlung: Sammlung) -> Logik:
    m = _gefragt(args, 2, op, sammlung)
    if not isinstance(args[1], list):
        raise Unverstanden("cql-art", str(args[1])[:80], "(…, …)")
    pruefungen = [_pruefung("=", m, _wert(wert, m)) for wert in args[1]]
    wahr = m.spalte.wo(lambda wert: any(passt(wert) for passt in pruefungen))
    return Logik.bekannt(wahr, m.spalte.fehlt)


def _unbekannt(op: str, args: list[Any], sammlung: Sammlung) -> Logik:
    name = args[0].get("property") if len(args) == 1 and isinstance(args[0], Mapping) else None
    if name == GEOMETRIE:
        fehlt = sammlung.lage.fehlt
    elif name == LAUFZEIT and sammlung.hat_laufzeit:
        von, bis = sammlung.laufzeiten()
        fehlt = von > bis
    else:
        fehlt = _gefragt(args, 1, op, sammlung).spalte.fehlt
    return Logik(fehlt, ~fehlt)


OPERATOREN: Final[Mapping[str, Callable[[str, list[Any], Sammlung], Logik]]] = {
    **dict.fromkeys(_VERGLEICHE, vergleich),
    "like": _aehnlich,
    "between": _zwischen,
    "in": _eins_von,
    "isnull": _unbekannt,
}
