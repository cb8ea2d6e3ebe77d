"""``steckbriefe.json``: everything that is known about a project, one record each."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import pairwise
from typing import Any

import orjson
import pandas as pd

from layers.bruchstuecke import (
    Bruchstuecke,
    Schreiber,
    bloecke,
    grenzen,
    je_zeile,
    verbunden,
)
from layers.facetten import organisationen_von
from layers.join import Verbund
from layers.tabellen import PROJEKTE, STANDORTE, Art


def steckbriefe(verbund: Verbund) -> Iterator[bytes]:
    """Yield the records as JSON in row order of the index; a column without a value is left out."""
    schreiber = dict(_schreiber(verbund))
    ortsnamen = {
        tabelle: dict(zip(orte["id"], orte["name"], strict=True))
        for tabelle, orte in verbund.orte.items()
    }
    codes = _befunde(verbund)
    for zeilen in bloecke(len(verbund.projekte)):
        projekte = verbund.projekte.iloc[zeilen]
        spalten = [je_zeile(projekte[name].tolist(), f) for name, f in schreiber.items()]
        spalten.append(_standorte(verbund.standorte, zeilen, ortsnamen))
        spalten.append([_mitglied("befunde", codes.get(id_, [])) for id_ in projekte["id"]])
        yield from (b"{%b}" % satz for satz in verbunden(spalten))


def _schreiber(verbund: Verbund) -> Iterator[tuple[str, Schreiber]]:
    """Yield column → what writes a value of it as a member of the record."""
    organisationen = organisationen_von(verbund)

    def namen(name: str, wert: tuple[str, ...]) -> bytes:
        return _mitglied(name, [_organisation(n, organisationen) for n in wert])

    for spalte in PROJEKTE.spalten:
        mit_namen = spalte.art is Art.ORGANISATIONEN
        yield spalte.name, partial(namen if mit_namen else _wert, spalte.name)


def _wert(name: str, wert: object) -> bytes:
    return _mitglied(name, wert) if _hat_wert(wert) else b""


def _mitglied(name: str, wert: object) -> bytes:
    return b'"%b":%b' % (name.encode(), orjson.dumps(wert))


def _hat_wert(wert: object) -> bool:
    return wert is not pd.NA and (isinstance(wert, int) or bool(wert))


def _organisation(
    name: str, organisationen: Mapping[str, tuple[str, str, str]]
) -> dict[str, str | None]:
    """Return code and name; what a source only describes is no organisation and has no code."""
    code, kanonisch, art = organisationen.get(name, ("", name, ""))
    return {"code": code if art == "organisation" else None, "name": kanonisch}


def _standorte(
    standorte: pd.DataFrame, zeilen: slice, ortsnamen: Mapping[str, Mapping[str, str]]
) -> Bruchstuecke:
    """Return the locations of each row of a block."""
    ab = grenzen(standorte, zeilen)
    block = standorte.iloc[ab[0] : ab[-1]]
    spalten = (
        "id", "bezeichnung", "lon", "lat", "lagegenauigkeit", "bezirk",
        "statistischer_bezirk", "platz", "platz_m", "brachflaeche", "brachflaeche_m",
    )  # fmt: skip
    zeilenweise = zip(*(block[name].tolist() for name in spalten), strict=True)
    orte = [_standort(dict(zip(spalten, zeile, strict=True)), ortsnamen) for zeile in zeilenweise]
    stellen = (ab - ab[0]).tolist()
    return [_mitglied("standorte", orte[von:bis]) for von, bis in pairwise(stellen)]


def _standort(s: Mapping[str, Any], ortsnamen: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    brachflaechen = ortsnamen["brachflaechen"]
    return {
        "id": s["id"],
        "bezeichnung": s["bezeichnung"],
        "lon": zahl_oder_none(s["lon"]),
        "lat": zahl_oder_none(s["lat"]),
        "lagegenauigkeit": s["lagegenauigkeit"] or None,
        "stadtbezirk": s["bezirk"] or None,
        "statistischer_bezirk": s["statistischer_bezirk"] or None,
        "platz": _nachbar(s["platz"], s["platz_m"], ortsnamen["plaetze"]),
        "brachflaeche": _nachbar(s["brachflaeche"], s["brachflaeche_m"], brachflaechen),
    }


def zahl_oder_none(wert: float) -> float | None:
    """Return the number, None for NaN."""
    return None if math.isnan(wert) else wert


def meter_oder_none(wert: float) -> int | None:
    """Return whole metres, None for NaN."""
    return None if math.isnan(wert) else round(wert)


def _nachbar(id_: str, meter: float, namen: Mapping[str, str]) -> dict[str, Any] | None:
    if not id_:
        return None
    return {"id": id_, "name": namen[id_], "entfernung_m": meter_oder_none(meter)}


def _befunde(verbund: Verbund) -> dict[str, list[str]]:
    """Return the codes of the findings on each project and on its locations."""
    ids = {
        PROJEKTE.datei: dict(zip(verbund.projekte["zeile"], verbund.projekte["id"], strict=True)),
        STANDORTE.datei: dict(
            zip(verbund.standorte["zeile"], verbund.standorte["projekt_id"], strict=True)
        ),
    }
    codes: dict[str, dict[str, None]] = defaultdict(dict)
    for befund in verbund.befunde:
        projekt = ids.get(befund.datei, {}).get(befund.zeile)
        if projekt is not None:
            codes[projekt][befund.code.value] = None
    return {projekt: list(gefunden) for projekt, gefunden in codes.items()}


def ohne_leere(werte: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Return a record in which an empty text or NaN is None."""
    return {name: None if _ist_leer(wert) else wert for name, wert in werte}


def _ist_leer(wert: object) -> bool:
    return wert == "" or (isinstance(wert, float) and math.isnan(wert))
