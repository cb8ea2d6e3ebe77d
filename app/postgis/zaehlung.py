"""The one statement that counts a state: how many projects, and how many for every option."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from psycopg import sql

from app.postgis import mengen
from app.postgis.masken import Maske
from app.state import FACETTEN, Abfrage

_MENGE: Final = "(SELECT zeilen FROM {s}.menge WHERE art = {art} AND code = {code})"
_FACETTE: Final = "(SELECT bit_or(zeilen) FROM {s}.menge WHERE art = {art} AND code = ANY({codes}))"
_ZAEHLEN: Final = """
WITH einzeln AS MATERIALIZED (SELECT {einzeln}),
verbunden AS MATERIALIZED (SELECT {alle} AS alle, {undatiert} AS undatiert {ohne} FROM einzeln)
SELECT NULL::text, NULL::bytea, alle, bit_count(alle), bit_count(undatiert) FROM verbunden
UNION ALL
SELECT art, array_send(array_agg(anzahl ORDER BY code)), NULL, NULL, NULL FROM (
  SELECT art, code, bit_count(zeilen & {maske})::int AS anzahl
  FROM {s}.menge, verbunden WHERE art = ANY(%(facetten)s) OFFSET 0
) gezaehlt GROUP BY art
"""
"""``OFFSET 0``: counted before they are grouped, or the sets would be sorted along."""
Grenzen = Mapping[str, Mapping[int, int]]
"""Kind → code → how many rows the set has."""


@dataclass(frozen=True, slots=True)
class Anweisung:
    """A statement and its values.

    Its first row has the mask of the result, how many rows are in it, and how many more only
    ``von``/``bis`` leave out; each other one a facet and its counts (``array_send``).
    """

    text: sql.Composed
    werte: Mapping[str, Any]


def zaehlanweisung(
    s: sql.Identifier,
    abfrage: Abfrage,
    gesucht: Maske,
    codes: Mapping[str, Mapping[str, int]],
    grenzen: Grenzen,
) -> Anweisung:
    """Return the statement for a state.

    Parameters
    ----------
    gesucht
        The rows that words, map section and circle leave.
    codes
        Facet → code → its number.
    """
    laufzeit, lage = _laufzeit(abfrage, grenzen), _lage(abfrage)
    werte: dict[str, Any] = {"gesucht": gesucht, "facetten": list(FACETTEN), **laufzeit, **lage}
    mengen_: dict[str, sql.Composable] = {"gesucht": sql.Placeholder("gesucht")}
    for art in (*laufzeit, *lage):
        mengen_[art] = _menge(s, art)
    for name, gewaehlt in abfrage.facetten.items():
        werte[name] = [codes[name][code] for code in gewaehlt]
        mengen_[name] = sql.SQL(_FACETTE).format(
            s=s, art=sql.Literal(name), codes=sql.Placeholder(name)
        )
    ohne = {name: [m for m in mengen_ if m != name] for name in abfrage.facetten}
    ohne_laufzeit = [m for m in mengen_ if m not in laufzeit]
    if laufzeit:
        werte["undatiert"] = 0
        mengen_["undatiert"] = sql.SQL(_MENGE).format(
            s=s, art=sql.Literal(mengen.DATIERT), code=sql.Placeholder("undatiert")
        )
    alle = [m for m in mengen_ if m != "undatiert"]
    text = sql.SQL(_ZAEHLEN).format(
        s=s,
        einzeln=_spalten(mengen_),
        alle=_und(alle),
        undatiert=_und([*ohne_laufzeit, "undatiert"]) if laufzeit else sql.SQL("B''"),
        ohne=sql.Composed(
            [sql.SQL(", {} AS {}").format(_und(m), _ohne(name)) for name, m in ohne.items()]
        ),
        maske=_maske(tuple(ohne)),
    )
    return Anweisung(text, werte)


def _laufzeit(abfrage: Abfrage, grenzen: Grenzen) -> dict[str, int]:
    """Return which sets the years ask for: kind → code, a year outside of them like the last."""
    werte = {}
    for art, jahr in ((mengen.BIS, abfrage.bis), (mengen.VON, abfrage.von)):
        if jahr is not None:
            werte[art] = min(max(jahr, min(grenzen[art])), max(grenzen[art]))
    return {**werte, mengen.DATIERT: 1} if werte else {}


def _lage(abfrage: Abfrage) -> dict[str, int]:
    return {} if abfrage.lage is None else {mengen.LAGE: int(abfrage.lage == "mit")}


def _menge(s: sql.Identifier, art: str) -> sql.Composed:
    return sql.SQL(_MENGE).format(s=s, art=sql.Literal(art), code=sql.Placeholder(art))


def _spalten(mengen_: Mapping[str, sql.Composable]) -> sql.Composed:
    spalten = [sql.SQL("{} AS {}").format(m, sql.Identifier(name)) for name, m in mengen_.items()]
    return sql.SQL(", ").join(spalten)


def _und(namen: Sequence[str]) -> sql.Composed:
    return sql.SQL(" & ").join(map(sql.Identifier, namen))


def _ohne(facette: str) -> sql.Identifier:
    return sql.Identifier(f"ohne_{facette}")


def _maske(gewaehlt: Sequence[str]) -> sql.Composed:
    """Return what the options of a facet are counted in: all filters but its own."""
    faelle = [
        sql.SQL("WHEN {} THEN {}").format(sql.Literal(name), _ohne(name)) for name in gewaehlt
    ]
    if not faelle:
        return sql.Composed([sql.SQL("alle")])
    return sql.SQL("CASE art {} ELSE alle END").format(sql.SQL(" ").join(faelle))
