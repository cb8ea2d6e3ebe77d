"""The rows of a result in the asked order, all or one page of them, and how far they are."""

from typing import Final

import numpy as np
from psycopg import sql

from app.entfernung import Versatz, richtung
from app.naehe import Wege
from app.postgis import umkreis
from app.postgis.masken import zahlen
from app.postgis.schema import rang
from app.postgis.suche import Gezaehlt, Tabellen, Zahlen
from app.state import Abfrage
from app.werte import Punkt

_NACH_RANG: Final = """
SELECT array_send(ARRAY(SELECT zeile FROM {s}.projekt WHERE {wo}
ORDER BY {rang} {richtung} NULLS LAST, zeile LIMIT %(anzahl)s OFFSET %(von)s))
"""
_NACH_WEG: Final = """
SELECT array_send(ARRAY(SELECT p.zeile FROM {s}.projekt p
LEFT JOIN ({naechste}) n ON n.projekt = p.zeile WHERE {wo}
ORDER BY n.meter {richtung} NULLS LAST, p.zeile LIMIT %(anzahl)s OFFSET %(von)s))
"""
_MASKE: Final = "get_bit(%(maske)s, {zeile}) = 1"
_LISTE: Final = "{zeile} = ANY(%(zeilen)s)"
_ERSTE: Final = """
ort = ANY(ARRAY(SELECT ort FROM {s}.standort WHERE {wo}
ORDER BY punkt <-> ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), 3857) LIMIT %(anzahl)s))
"""
_RESERVE: Final = 4
"""One location more in so many: some are of the same project."""
_LUFT: Final = 0.001
"""Metres: more than rounding loses."""


def geordnet(t: Tabellen, abfrage: Abfrage, g: Gezaehlt, von: int, bis: int) -> Zahlen:
    """Return the rows from position ``von`` to before ``bis``, in the order of the state."""
    anzahl = min(bis, g.anzahl) - von
    if anzahl <= 0:
        return np.empty(0, dtype=np.int64)
    sort = abfrage.sort or ("entfernung" if abfrage.nahe is not None else "name")
    name, rueckwaerts = sort.removeprefix("-"), sort.startswith("-")
    werte: dict[str, object] = {"anzahl": anzahl, "von": von}
    zeilen = _wenige(t, abfrage, g, von + anzahl)
    muster = sql.SQL(_MASKE if zeilen is None else _LISTE)
    if zeilen is None:
        werte["maske"] = g.maske
    else:
        werte["zeilen"] = zeilen.tolist()
    teile: dict[str, sql.Composable] = {
        "s": t.s,
        "richtung": sql.SQL("DESC" if rueckwaerts else "ASC"),
        "wo": muster.format(zeile=sql.Identifier("zeile")),
    }
    if name == "entfernung" and abfrage.nahe is not None:
        werte |= umkreis.mitte(abfrage.nahe)
        wege = umkreis.wege(t.s, muster.format(zeile=sql.Identifier("projekt")))
        text = sql.SQL(_NACH_WEG).format(
            naechste=sql.SQL(umkreis.NAECHSTE).format(wege=wege), **teile
        )
    else:
        text = sql.SQL(_NACH_RANG).format(rang=rang(name), **teile)
    ((feld,),) = t.verbindung.zeilen(text, werte)
    return zahlen(feld)


def _wenige(t: Tabellen, abfrage: Abfrage, g: Gezaehlt, bis: int) -> Zahlen | None:
    """Return few rows among which the first ``bis`` are; None if they are all to be walked through.

    Few rows are looked up one by one; in many an index is followed until the page is full.
    """
    if g.anzahl * g.anzahl <= bis * t.n:
        return g.maske.zeilen
    if abfrage.nahe is None or (abfrage.sort or "entfernung") != "entfernung":
        return None
    return _nahe(t, abfrage.nahe, g, bis)


def _nahe(t: Tabellen, punkt: Punkt, g: Gezaehlt, bis: int) -> Zahlen | None:
    """Return rows of a set among which the ``bis`` nearest are; None if so few have a location.

    On the map plane the spatial index yields the nearest ones in order. On the ground the order
    may be another, but the farthest of them says how far the others can be at the most.
    """
    erste = sql.SQL(_ERSTE).format(
        s=t.s, wo=sql.SQL(_MASKE).format(zeile=sql.Identifier("projekt"))
    )
    text = sql.SQL(umkreis.NAECHSTE).format(wege=umkreis.wege(t.s, erste))
    werte = {
        **umkreis.mitte(punkt),
        **umkreis.auf_der_karte(punkt),
        "maske": g.maske,
        "anzahl": bis + bis // _RESERVE + _RESERVE,
    }
    gefunden = t.verbindung.zeilen(text, werte)
    if len(gefunden) < bis:
        return None
    radius = sorted(meter for _, _, meter, *_ in gefunden)[bis - 1]
    kreis = umkreis.innerhalb(t.s, punkt, radius + _LUFT)
    ((feld,),) = t.verbindung.zeilen(kreis.text, kreis.werte)
    nahe = np.unique(zahlen(feld))
    return nahe[g.maske.wahr[nahe]]


def wege(t: Tabellen, punkt: Punkt, zeilen: Zahlen) -> Wege:
    """Measure the nearest location of some rows (`app.naehe.wege`)."""
    text = sql.SQL(umkreis.NAECHSTE).format(
        wege=umkreis.wege(t.s, sql.SQL(_LISTE).format(zeile=sql.Identifier("projekt")))
    )
    werte = {**umkreis.mitte(punkt), "zeilen": zeilen.tolist()}
    gefunden = t.verbindung.zeilen(text, werte)
    spalten = np.array(gefunden, dtype=np.float64).reshape(len(gefunden), 5).T
    projekt, ort, meter, nord, ost = spalten
    return Wege(projekt.astype(np.int64), meter, ort.astype(np.int64), richtung(Versatz(nord, ost)))
