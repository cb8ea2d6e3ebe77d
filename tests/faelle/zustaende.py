"""Random states, and what they must give, recounted by brute force from the Steckbriefe.

The oracle shares no code with the engines: it walks over the records, one project at a time.
"""

import math
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from app.state import FACETTEN, SORTIERUNGEN, Abfrage
from app.store import Snapshot
from app.werte import BBox, Punkt
from layers.falten import suchworte

_SPALTE = {"stadtbezirk": "stadtbezirke"}


def werte(projekt: Mapping[str, Any], facette: str) -> set[str]:
    """The codes of one project in one facet."""
    if facette == "beteiligt":
        beteiligte = [*(projekt.get("traeger") or []), *(projekt.get("partner") or [])]
        codes = {b["code"] for b in beteiligte if b["code"]}
    else:
        wert = projekt.get(_SPALTE.get(facette, facette))
        codes = set(wert) if isinstance(wert, list) else {wert} - {None}
    return codes or {"ohne-angabe"}


def _jahr(datum: str | None) -> int | None:
    return int(datum[:4]) if datum else None


def _laufzeit(projekt: Mapping[str, Any], von: int | None, bis: int | None) -> bool:
    if von is None and bis is None:
        return True
    beginn, ende = _jahr(projekt.get("beginn")), _jahr(projekt.get("ende"))
    if beginn is None and ende is None:
        return False
    begonnen = bis is None or beginn is None or beginn <= bis
    noch_da = von is None or ende is None or ende >= von
    return begonnen and noch_da


def meter(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Vincenty-free reference: metres by the haversine formula on a sphere of 6 371 008.8 m."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    h = math.sin((lat2 - lat1) / 2) ** 2
    h += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6_371_008.8 * math.asin(math.sqrt(h))


def kurs(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The initial bearing of the great circle from one point to another, degrees from north."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*a, *b))
    ost = math.sin(lon2 - lon1) * math.cos(lat2)
    nord = math.cos(lat1) * math.sin(lat2)
    nord -= math.sin(lat1) * math.cos(lat2) * math.cos(lon2 - lon1)
    return math.degrees(math.atan2(ost, nord)) % 360


def _orte(projekt: Mapping[str, Any]) -> list[tuple[float, float]]:
    return [(o["lat"], o["lon"]) for o in projekt["standorte"] if o["lon"] is not None]


def _in(bbox: BBox, ort: tuple[float, float]) -> bool:
    return bbox.sued <= ort[0] <= bbox.nord and bbox.west <= ort[1] <= bbox.ost


def passt(
    projekt: Mapping[str, Any], worte: set[str], abfrage: Abfrage, ohne: str | None = None
) -> bool:
    """Whether a project belongs to a state, leaving out one facet."""
    orte = _orte(projekt)
    return (
        all(any(w.startswith(s) for w in worte) for s in suchworte(abfrage.q))
        and all(
            werte(projekt, name) & set(codes)
            for name, codes in abfrage.facetten.items()
            if name != ohne
        )
        and _laufzeit(projekt, abfrage.von, abfrage.bis)
        and (abfrage.lage is None or (abfrage.lage == "mit") == bool(orte))
        and (abfrage.bbox is None or any(_in(abfrage.bbox, ort) for ort in orte))
    )


def abfragen(snapshot: Snapshot) -> st.SearchStrategy[Abfrage]:
    """Random states that somebody could ask for on this snapshot (without distances)."""
    codes = snapshot.index.codes
    facetten = st.dictionaries(st.sampled_from(FACETTEN), st.integers(1, 3), max_size=3).flatmap(
        lambda gewaehlt: st.fixed_dictionaries(
            {
                name: st.sets(st.sampled_from(sorted(codes[name])), min_size=1, max_size=anzahl)
                for name, anzahl in gewaehlt.items()
            }
        ).map(lambda f: geordnet(f, codes))
    )
    worte = st.sampled_from(snapshot.index.worte.worte).flatmap(
        lambda wort: st.integers(1, len(wort)).map(lambda n: wort[:n])
    )
    jahr = st.none() | st.integers(2000, 2030)
    lon, lat = st.integers(7_300_000, 7_600_000), st.integers(51_440_000, 51_600_000)
    bbox = st.tuples(lon, lon, lat, lat).map(
        lambda w: BBox(min(w[:2]) / 1e6, min(w[2:]) / 1e6, max(w[:2]) / 1e6, max(w[2:]) / 1e6)
    )
    return st.builds(
        Abfrage,
        q=st.just("") | st.lists(worte, min_size=1, max_size=2).map(" ".join),
        facetten=facetten,
        von=jahr,
        bis=jahr,
        lage=st.sampled_from([None, None, None, "mit", "ohne"]),
        bbox=st.none() | st.none() | bbox,
        sort=st.none()
        | st.builds(
            "".join, st.tuples(st.sampled_from(["", "-"]), st.sampled_from(SORTIERUNGEN[:-1]))
        ),
    ).filter(lambda a: a.von is None or a.bis is None or a.von <= a.bis)


def punkte() -> st.SearchStrategy[Punkt]:
    """Random points over the city."""
    return st.builds(
        lambda lat, lon: Punkt(lat / 1e6, lon / 1e6),
        st.integers(51_440_000, 51_600_000),
        st.integers(7_300_000, 7_600_000),
    )


def geordnet(
    facetten: Mapping[str, set[str]], codes: Mapping[str, Mapping[str, int]]
) -> dict[str, tuple[str, ...]]:
    """Codes in the order of their list, facets in the order of the table: the canonical form."""
    return {
        name: tuple(sorted(facetten[name], key=codes[name].__getitem__))
        for name in FACETTEN
        if facetten.get(name)
    }
