"""``steckbriefe.json``: everything that is known about a project, one record each."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from layers.facetten import organisationen_von
from layers.join import Verbund
from layers.tabellen import PROJEKTE, STANDORTE, Art


def steckbriefe(verbund: Verbund) -> Iterator[dict[str, Any]]:
    """Yield the records in row order of the index; a column without a value is left out."""
    organisationen = organisationen_von(verbund)
    standorte = _standorte(verbund)
    codes = _befunde(verbund)
    namen = PROJEKTE.spaltennamen
    mit_organisationen = {s.name for s in PROJEKTE.spalten if s.art is Art.ORGANISATIONEN}
    for i, zeile in enumerate(
        zip(*(verbund.projekte[name].tolist() for name in namen), strict=True)
    ):
        eintrag: dict[str, Any] = {}
        for name, wert in zip(namen, zeile, strict=True):
            if name in mit_organisationen:
                eintrag[name] = [_organisation(n, organisationen) for n in wert]
            elif _hat_wert(wert):
                eintrag[name] = wert
        eintrag["standorte"] = standorte.get(i, [])
        eintrag["befunde"] = codes.get(eintrag["id"], [])
        yield eintrag


def _hat_wert(wert: object) -> bool:
    return wert is not pd.NA and (isinstance(wert, int) or bool(wert))


def _organisation(
    name: str, organisationen: Mapping[str, tuple[str, str, str]]
) -> dict[str, str | None]:
    """Return code and name; what a source only describes is no organisation and has no code."""
    code, kanonisch, art = organisationen.get(name, ("", name, ""))
    return {"code": code if art == "organisation" else None, "name": kanonisch}


def _standorte(verbund: Verbund) -> dict[int, list[dict[str, Any]]]:
    ortsnamen = {
        tabelle: dict(zip(orte["id"], orte["name"], strict=True))
        for tabelle, orte in verbund.orte.items()
    }
    je_projekt: dict[int, list[dict[str, Any]]] = defaultdict(list)
    spalten = (
        "projekt", "id", "bezeichnung", "lon", "lat", "lagegenauigkeit", "bezirk",
        "statistischer_bezirk", "platz", "platz_m", "brachflaeche", "brachflaeche_m",
    )  # fmt: skip
    for zeile in zip(*(verbund.standorte[name].tolist() for name in spalten), strict=True):
        s = dict(zip(spalten, zeile, strict=True))
        je_projekt[s["projekt"]].append(
            {
                "id": s["id"],
                "bezeichnung": s["bezeichnung"],
                "lon": zahl_oder_none(s["lon"]),
                "lat": zahl_oder_none(s["lat"]),
                "lagegenauigkeit": s["lagegenauigkeit"] or None,
                "stadtbezirk": s["bezirk"] or None,
                "statistischer_bezirk": s["statistischer_bezirk"] or None,
                "platz": _nachbar(s["platz"], s["platz_m"], ortsnamen["plaetze"]),
                "brachflaeche": _nachbar(
                    s["brachflaeche"], s["brachflaeche_m"], ortsnamen["brachflaechen"]
                ),
            }
        )
    return je_projekt


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
