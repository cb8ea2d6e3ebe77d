"""What the processes that make a file are told: everything they show comes from here, as JSON."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson

from app.export import qml
from app.export.auszug import Auszug, ebenensatz, quellensatz
from app.export.geojson import ebene, features
from app.export.zellen import blaetter, codelisten
from app.katalog import Katalog
from app.vorlagen import datum
from layers.tabellen import BRACHFLAECHEN, PLAETZE, PROJEKTE, Spalte


def mappe(auszug: Auszug, t: Katalog) -> dict[str, Any]:
    """Return what `app.export.mappe` writes."""
    return {
        "art": "xlsx",
        "titel": auszug.satz,
        "angaben": list(_angaben(auszug, t)),
        "blaetter": blaetter(auszug),
        "codelisten": codelisten(auszug.snapshot),
        "quellen": list(auszug.snapshot.quellen),
        "links": [auszug.steckbrief(projekt["id"]) for projekt in auszug.projekte],
        "meter": auszug.meter,
    }


def _angaben(auszug: Auszug, t: Katalog) -> Iterator[tuple[str, str | int, str | None]]:
    """Yield what the first sheet of the workbook says: label, text, link."""
    snapshot = auszug.snapshot
    yield t("auszug.titel"), auszug.satz, None
    yield t("auszug.anzahl"), len(auszug.zeilen), None
    yield t("auszug.stand"), datum(snapshot.stand, t), None
    yield t("auszug.abfrage"), auszug.adresse, auszug.adresse
    yield t("auszug.build"), snapshot.id, None
    yield t("auszug.zuordnung.titel"), t("seite.redaktionell"), None
    for quelle in snapshot.quellen:
        name = t("auszug.quelle", titel=quelle["titel"])
        hinweis = f"\n{quelle['hinweis']}" if quelle["hinweis"] else ""
        yield name, quellensatz(quelle, t) + hinweis, quelle["url"] or None
    yield t("auszug.blaetter.titel"), t("auszug.blaetter"), None


@dataclass(frozen=True, slots=True)
class _Ebene:
    """A layer of the GeoPackage; ``schluessel`` is the column that holds the ids of features."""

    name: str
    titel: str
    geometrie: str
    schluessel: str | None
    qml: Callable[[Mapping[str, str], tuple[Spalte, ...]], str]


_EBENEN: Final = (
    _Ebene("projekte", "Projekte", "Point", "standort_id", qml.projekte),
    _Ebene(
        "plaetze", "Plätze", "Point", None,
        lambda _, spalten: qml.punkte("Platz", "pentagon", spalten),
    ),
    _Ebene(
        "brachflaechen", "Brachflächen", "Point", None,
        lambda _, spalten: qml.punkte("Brachfläche", "cross_fill", spalten),
    ),
    _Ebene(
        "stadtbezirke", "Stadtbezirke", "MultiPolygon", "code",
        lambda *_: qml.grenzen("Stadtbezirk", 0.4),
    ),
    _Ebene(
        "statistische_bezirke", "Statistische Bezirke",
        "MultiPolygon", "nr", lambda *_: qml.grenzen("Statistischer Bezirk", 0.15),
    ),
    _Ebene(
        "projektgebiet", "Projektgebiet", "MultiPolygon", "code",
        lambda *_: qml.gebiet(),
    ),
)  # fmt: skip
_SPALTEN: Final = {t.name: t.spalten for t in (PROJEKTE, PLAETZE, BRACHFLAECHEN)}


def geopaket(auszug: Auszug, t: Katalog) -> dict[str, Any]:
    """Return what `app.export.geopaket` writes: those projects, all other layers whole."""
    snapshot = auszug.snapshot
    labels = {c: e["label"] for c, e in snapshot.codelisten["handlungsfeld"].items()}
    return {
        "art": "gpkg",
        "metadaten": {
            "titel": auszug.satz,
            "abfrage": auszug.adresse,
            "stand": snapshot.stand,
            "build": snapshot.id,
            "anzahl": str(len(auszug.zeilen)),
            **{
                f"quelle_{q['datei'].removesuffix('.csv')}": f"{q['titel']}: {quellensatz(q, t)}"
                for q in snapshot.quellen
            },
        },
        "ebenen": [
            {
                "name": e.name,
                "titel": e.titel,
                "herkunft": ebenensatz(snapshot, e.name, t),
                "geometrie": e.geometrie,
                "schluessel": e.schluessel,
                "qml": e.qml(labels, _SPALTEN.get(e.name, ())),
                "ganz": orjson.Fragment(bytes(ebene(snapshot, e.name))),
                "features": features(auszug) if e.name == PROJEKTE.name else None,
                "dazu": ["entfernung_m"] if auszug.naehe and e.name == PROJEKTE.name else [],
            }
            for e in _EBENEN
        ],
    }
