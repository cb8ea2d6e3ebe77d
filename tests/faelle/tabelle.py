"""The table of cases: states as query strings, and what the service answers to one (DESIGN §4)."""

from typing import Any
from urllib.parse import parse_qsl

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from app.entfernungstext import zeilentext
from app.katalog import lade
from app.query import Ergebnis, suche
from app.sprachen import SPRACHEN
from app.state import Abfrage, parse
from app.store import Snapshot
from tests.faelle.zustaende import abfragen, punkte

ANZAHL = 400


def faelle(snapshot: Snapshot) -> list[str]:
    """Query strings of random states, and of what people mistype."""
    queries: list[str] = []

    @settings(max_examples=ANZAHL, phases=[Phase.generate], deadline=None, derandomize=True)
    @given(abfragen(snapshot), st.none() | st.tuples(punkte(), st.none() | st.integers(100, 9000)))
    def sammle(abfrage: Abfrage, nahe: Any) -> None:
        query = abfrage.query().removeprefix("?")
        if nahe:
            punkt, umkreis = nahe
            query += f"&nahe={punkt}" + (f"&umkreis={umkreis}" if umkreis else "")
        queries.append(query)

    sammle()
    return [
        *queries,
        "q=Münsterstraße",
        "q=muensterstrasse",
        "q=munsterstrasse",
        "q=Huckarde-Nord",
        "q=Huckarde·Nord",
        "q=„Hafen“ – Straße/Platz",
        "q=İstanbul ﬁn Ⅷ ½ 𝔘",
        "stadtbezirk=atlantis&status=umgesetzt",
        "von=abc&bis=2020",
        "von=2020&bis=2010",
        "umkreis=500",
        "sort=entfernung",
        "bbox=7.4,51.5,7.5",
        # On a project, and due east of one.
        "nahe=51.536410,7.415710",
        "nahe=51.536410,7.425710",
        "lage=mit&lage=ohne",
        "sort=-nr&utm_source=x",
    ]


def antwort_des_dienstes(snapshot: Snapshot, query: str) -> dict[str, Any]:
    abfrage, _ = parse(parse_qsl(query, keep_blank_values=True), snapshot.index.codes)
    ergebnis = suche(snapshot.index, abfrage)
    return {
        "ids": [snapshot.index.ids[z] for z in ergebnis.zeilen],
        "facetten": {name: werte.tolist() for name, werte in ergebnis.facetten.items()},
        "query": abfrage.query(),
        "entfernungen": [_entfernung(snapshot, ergebnis, z) for z in ergebnis.zeilen],
    }


def _entfernung(snapshot: Snapshot, ergebnis: Ergebnis, zeile: int) -> dict[str, str] | None:
    """How far and where a row lies, in every language."""
    if zeilentext(snapshot.index, ergebnis.naehe, zeile, lade("de")) is None:
        return None
    return {
        code: zeilentext(snapshot.index, ergebnis.naehe, zeile, lade(code)) or ""
        for code in SPRACHEN
    }
