"""What an `Abfrage` means, in SQL: the twin of `app.query` over the tables of `app.postgis.schema`.

Filters by code, year and location are unions and intersections of bit strings that lie ready
(`app.postgis.mengen`); words, map sections and circles are looked up through their indexes and
join them as one more bit string. Counting is one statement (`app.postgis.zaehlung`). What somebody
typed is a parameter, never part of a statement.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Final

import numpy as np
from numpy.typing import NDArray
from psycopg import sql

from app.index import Labelwort
from app.postgis import umkreis
from app.postgis.masken import Maske, zahlen
from app.postgis.verbindung import Verbindung
from app.postgis.zaehlung import Grenzen, zaehlanweisung
from app.state import FACETTEN, Abfrage
from layers.falten import suchworte

Zahlen = NDArray[np.int64]
Wahr = NDArray[np.bool_]
_LETZTES: Final = "\uffff"
_WORTE: Final = """
SELECT v.zeilen, CASE WHEN v.wort IS NULL THEN array_send(ARRAY(
  SELECT unnest(p.zeilen) FROM {s}.wort p
  WHERE p.wort >= w.wort AND p.wort < w.wort || %(letztes)s)) END
FROM unnest(%(worte)s::text[]) WITH ORDINALITY w (wort, nr)
LEFT JOIN {s}.vorsilbe v ON v.wort = w.wort ORDER BY w.nr
"""
_LABEL: Final = """
SELECT bit_or(zeilen) FROM {s}.menge
WHERE (art, code) IN (SELECT * FROM unnest(%(arten)s::text[], %(codes)s::int[]))
"""


@dataclass(frozen=True, slots=True)
class Gezaehlt:
    """The rows of a state, in no order yet, and its counts (as in `app.query.Ergebnis`)."""

    maske: Maske
    anzahl: int
    facetten: Mapping[str, Zahlen]
    ohne_laufzeit: int


@dataclass(frozen=True, slots=True)
class Tabellen:
    """The tables of one build, to be asked.

    Attributes
    ----------
    s
        Name of their schema.
    n
        How many projects there are.
    codes
        Facet → code → its number.
    grenzen
        Kind → code → how many rows, of every set that lies ready.
    """

    verbindung: Verbindung
    s: sql.Identifier
    n: int
    codes: Mapping[str, Mapping[str, int]]
    grenzen: Grenzen


def zaehle(t: Tabellen, abfrage: Abfrage, labelworte: tuple[Labelwort, ...]) -> Gezaehlt:
    """Return which projects a state selects, and how many each option would."""
    if not abfrage.filtert or not t.n:
        return Gezaehlt(_alle(t), t.n, ganze(t), 0)
    gesucht = _gesucht(t, abfrage, labelworte)
    anweisung = zaehlanweisung(t.s, abfrage, gesucht, t.codes, t.grenzen)
    erste, *je_facette = t.verbindung.zeilen(anweisung.text, anweisung.werte)
    _, _, maske, anzahl, undatiert = erste
    gezaehlt = {art: zahlen(feld) for art, feld, *_ in je_facette}
    leer = np.empty(0, dtype=np.int64)
    return Gezaehlt(maske, anzahl, {f: gezaehlt.get(f, leer) for f in FACETTEN}, undatiert)


def _alle(t: Tabellen) -> Maske:
    return Maske.aus(np.ones(max(t.n, 1), dtype=bool))


def ganze(t: Tabellen) -> dict[str, Zahlen]:
    """Return the counts of the unfiltered state, which the build brought along."""
    return {
        name: np.array([anzahl for _, anzahl in sorted(t.grenzen.get(name, {}).items())], np.int64)
        for name in FACETTEN
    }


def _gesucht(t: Tabellen, abfrage: Abfrage, labelworte: tuple[Labelwort, ...]) -> Maske:
    """Return the rows that words, map section and circle leave."""
    masken = [*_mit_worten(t, suchworte(abfrage.q), labelworte)]
    for anweisung in umkreis.orte(t.s, abfrage):
        ((feld,),) = t.verbindung.zeilen(anweisung.text, anweisung.werte)
        masken.append(_wahr(t, zahlen(feld)))
    return Maske.aus(reduce(np.logical_and, masken)) if masken else _alle(t)


def _mit_worten(t: Tabellen, worte: list[str], labelworte: tuple[Labelwort, ...]) -> Iterator[Wahr]:
    """Yield for each word the rows that hold one that begins with it, labels included."""
    if not worte:
        return
    werte = {"worte": worte, "letztes": _LETZTES}
    gefunden = t.verbindung.zeilen(sql.SQL(_WORTE).format(s=t.s), werte)
    for wort, (haeufig, seltene) in zip(worte, gefunden, strict=True):
        maske = _wahr(t, zahlen(seltene)) if haeufig is None else haeufig.wahr
        labels = [label for label in labelworte if label.wort.startswith(wort)]
        yield maske | _mit_labels(t, labels) if labels else maske


def _mit_labels(t: Tabellen, labels: list[Labelwort]) -> Wahr:
    werte = {"arten": [x.facette for x in labels], "codes": [x.code for x in labels]}
    ((maske,),) = t.verbindung.zeilen(sql.SQL(_LABEL).format(s=t.s), werte)
    gefunden: Wahr = maske.wahr
    return gefunden


def _wahr(t: Tabellen, zeilen: Zahlen) -> Wahr:
    wahr = np.zeros(t.n, dtype=bool)
    wahr[zeilen] = True
    return wahr
