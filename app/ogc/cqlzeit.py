"""Temporal functions of CQL2: dates and Laufzeiten of features against times of the expression.

All times are intervals of days, both ends included; a date that is known to the month or year is
the interval of all its days.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from app.ogc.cqlwert import LAUFZEIT, benannt
from app.ogc.fehler import Unverstanden
from app.ogc.logik import Logik
from app.ogc.sammlung import Sammlung
from app.ogc.spalte import Maske, Tage
from app.ogc.zeit import OFFEN_BIS, OFFEN_VON, KeineZeit, grenzen, punkt

_Bezug = Callable[[Tage, Tage, Tage, Tage], Maske]
FUNKTIONEN: Final[Mapping[str, _Bezug]] = {
    "t_after": lambda a, _e, _b, f: a > f,
    "t_before": lambda _a, e, b, _f: e < b,
    "t_contains": lambda a, e, b, f: (a < b) & (e > f),
    "t_disjoint": lambda a, e, b, f: (a > f) | (e < b),
    "t_during": lambda a, e, b, f: (a > b) & (e < f),
    "t_equals": lambda a, e, b, f: (a == b) & (e == f),
    "t_finishedby": lambda a, e, b, f: (a < b) & (e == f),
    "t_finishes": lambda a, e, b, f: (a > b) & (e == f),
    "t_intersects": lambda a, e, b, f: (a <= f) & (e >= b),
    "t_meets": lambda _a, e, b, _f: e == b,
    "t_metby": lambda a, _e, _b, f: a == f,
    "t_overlappedby": lambda a, e, b, f: (a > b) & (a < f) & (e > f),
    "t_overlaps": lambda a, e, b, f: (a < b) & (e > b) & (e < f),
    "t_startedby": lambda a, e, b, f: (a == b) & (e > f),
    "t_starts": lambda a, e, b, f: (a == b) & (e < f),
}
"""Name → relation of an interval from a to e and one from b to f."""


@dataclass(frozen=True, slots=True)
class _Zeiten:
    """First and last day for each feature, and for which of them that is not documented."""

    von: Tage
    bis: Tage
    fehlt: Maske


def zeitbezug(op: str, args: list[Any], sammlung: Sammlung) -> Logik:
    """Evaluate a temporal function.

    Raises
    ------
    Unverstanden
        An operand is no date, date-time, interval, date property or ``laufzeit``.
    """
    if len(args) != 2:
        raise Unverstanden("cql-nicht", op, f"{op}(beginn, DATE('2016-05-01'))")
    a, b = (_zeiten(arg, sammlung) for arg in args)
    wahr = FUNKTIONEN[op](a.von, a.bis, b.von, b.bis)
    return Logik.bekannt(wahr, a.fehlt | b.fehlt)


def _zeiten(arg: Any, sammlung: Sammlung) -> _Zeiten:  # noqa: ANN401
    try:
        match arg:
            case {"property": str(name)}:
                return _eigene(name, sammlung)
            case {"date": str(text)} | {"timestamp": str(text)}:
                tag = punkt(text)
                return _fest(tag, tag, sammlung)
            case {"interval": [str(von), str(bis)]}:
                zeitraum = grenzen(von, bis)
                return _fest(zeitraum.von, zeitraum.bis, sammlung)
            case {"interval": [von, bis]}:
                a, b = (_ende(ende, sammlung) for ende in (von, bis))
                return _Zeiten(a.von, b.bis, a.fehlt | b.fehlt)
    except KeineZeit as fehler:
        raise Unverstanden("ogc-zeit", str(fehler)[:80], "DATE('2016-05-01')") from fehler
    raise Unverstanden("ogc-zeit", str(arg)[:80], "DATE('2016-05-01')")


def _ende(arg: Any, sammlung: Sammlung) -> _Zeiten:  # noqa: ANN401
    """Return one end of an interval; ``..`` is open to both sides."""
    if isinstance(arg, str):
        zeitraum = grenzen(arg, arg)
        return _fest(zeitraum.von, zeitraum.bis, sammlung)
    if isinstance(arg, Mapping) and isinstance(arg.get("property"), str):
        return _eigene(arg["property"], sammlung)
    raise KeineZeit(str(arg))


def _fest(von: int, bis: int, sammlung: Sammlung) -> _Zeiten:
    n = len(sammlung)
    return _Zeiten(
        np.full(n, von, dtype=np.int32), np.full(n, bis, dtype=np.int32), np.zeros(n, dtype=bool)
    )


def _eigene(name: str, sammlung: Sammlung) -> _Zeiten:
    if name == LAUFZEIT and sammlung.hat_laufzeit:
        von, bis = sammlung.laufzeiten()
        return _Zeiten(von, bis, (von == OFFEN_BIS) & (bis == OFFEN_VON))
    spalte = benannt(name, sammlung)
    if spalte.art != "datum":
        raise Unverstanden("cql-art", name[:80], "DATE")
    return _Zeiten(*spalte.zeitraeume(), spalte.fehlt)
