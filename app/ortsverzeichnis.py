"""The places of a snapshot that can be searched: districts, squares, vacant land, projects."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

import orjson

from app.store import Snapshot
from layers.adressen.namensindex import Namensindex, lege_an
from layers.adressen.ortsnamen import Suchform, suchform

Ortsart = Literal["stadtbezirk", "statistischer-bezirk", "platz", "brachflaeche", "projekt"]
_BEZIRKSEBENE: Final = "/daten/statistische_bezirke.geojson"


@dataclass(frozen=True, slots=True)
class Ort:
    """One place.

    Attributes
    ----------
    schluessel
        What its page is called; a statistical district is shown on the page of its Stadtbezirk.
    bezirke
        Codes of its Stadtbezirke: what tells it from others of the same name.
    lage
        ``lat``, ``lon``, and how exactly they are known; empty if nothing is known.
    nr
        A project's number, as it is typed: without leading zeros.
    """

    art: Ortsart
    name: str
    schluessel: str
    form: Suchform
    bezirke: tuple[str, ...] = ()
    lage: Mapping[str, Any] = field(default_factory=dict)
    nr: str = ""


class Ortsverzeichnis:
    """All places of one snapshot, with an index of their names in memory."""

    def __init__(self, orte: Iterable[Ort]) -> None:
        self._orte = tuple(orte)
        self._nach_nr = {ort.nr: ort for ort in self._orte if ort.nr}
        # Filled by the thread that loads a build, then only read, by the one that answers.
        verbindung = sqlite3.connect(":memory:", check_same_thread=False)
        formen = [ort.form for ort in self._orte]
        lege_an(verbindung, enumerate(formen))
        self._namen = Namensindex(verbindung, formen)

    def alle(self) -> tuple[Ort, ...]:
        """Return all places: districts first, then squares, vacant land, projects."""
        return self._orte

    def orte(self, formen: Sequence[Suchform], grenze: int) -> list[Ort]:
        """Return the places whose names share most with any of the forms, in no order."""
        return [self._orte[i] for i in self._namen.kandidaten(formen, grenze)]

    def projekt(self, nr: str) -> Ort | None:
        """Return the project with a number."""
        return self._nach_nr.get(nr.lstrip("0"))


def ortsverzeichnis(snapshot: Snapshot) -> Ortsverzeichnis:
    """Return the places of a snapshot."""
    return Ortsverzeichnis(
        [
            *_stadtbezirke(snapshot),
            *_statistische_bezirke(snapshot),
            *_flaechen(snapshot, "platz", "plaetze"),
            *_flaechen(snapshot, "brachflaeche", "brachflaechen"),
            *_projekte(snapshot),
        ]
    )


def _stadtbezirke(snapshot: Snapshot) -> Iterator[Ort]:
    for code, bezirk in snapshot.orte["stadtbezirke"].items():
        name = bezirk["name"]
        yield Ort("stadtbezirk", name, code, suchform(name), lage=_rahmen(*bezirk["bbox"]))


def _statistische_bezirke(snapshot: Snapshot) -> Iterator[Ort]:
    ebene = orjson.loads(snapshot.dateien[_BEZIRKSEBENE].fassungen[""][0])
    for bezirk in ebene["features"]:
        name, code = bezirk["properties"]["name"], bezirk["properties"]["stadtbezirk"]
        yield Ort(
            "statistischer-bezirk",
            name,
            code,
            suchform(name),
            (code,),
            _umgebend(bezirk["geometry"]),
        )


def _flaechen(
    snapshot: Snapshot, art: Literal["platz", "brachflaeche"], ebene: str
) -> Iterator[Ort]:
    for id_, ort in snapshot.orte[ebene].items():
        name = ort["name"]
        yield Ort(art, name, id_, suchform(name), (ort["stadtbezirk"],), _punkt(ort))


def _projekte(snapshot: Snapshot) -> Iterator[Ort]:
    for projekt in snapshot.projekte:
        name = projekt["name"]
        lagen = (lage for standort in projekt["standorte"] if (lage := _punkt(standort)))
        yield Ort(
            "projekt",
            name,
            projekt["id"],
            suchform(name),
            tuple(projekt.get("stadtbezirke") or ()),
            next(lagen, {}),
            (projekt.get("nr") or "").lstrip("0"),
        )


def _punkt(ort: Mapping[str, Any]) -> dict[str, Any]:
    if ort.get("lat") is None or ort.get("lon") is None:
        return {}
    return {"lat": ort["lat"], "lon": ort["lon"], "lagegenauigkeit": ort["lagegenauigkeit"]}


def _rahmen(west: float, sued: float, ost: float, nord: float) -> dict[str, Any]:
    return {
        "lat": round((sued + nord) / 2, 6),
        "lon": round((west + ost) / 2, 6),
        "bbox": [west, sued, ost, nord],
    }


def _umgebend(geometrie: Mapping[str, Any]) -> dict[str, Any]:
    """Return the frame of a (Multi)Polygon."""
    einzeln = geometrie["type"] == "Polygon"
    polygone = [geometrie["coordinates"]] if einzeln else geometrie["coordinates"]
    lon, lat = zip(*(punkt for polygon in polygone for punkt in polygon[0]), strict=True)
    return _rahmen(min(lon), min(lat), max(lon), max(lat))
