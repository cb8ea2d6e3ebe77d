"""Large collections: filters beside the event loop, texts read in the features."""

import asyncio
import operator
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import orjson
import pytest

from app.ogc import bestand as modul
from app.ogc.bestand import Bestand
from app.ogc.crs import CRS84
from app.ogc.items import Blatt
from app.ogc.sammlung import Sammlung
from app.ogc.spalte import Freispalte, Wertspalte
from app.store import Snapshot
from layers import merkmale
from tests.ogc.test_cql import ids

ADRESSE = "http://test/ogc/collections/projekte/items"


@pytest.mark.parametrize(
    ("query", "daneben"),
    [
        ("", False),
        ("limit=3&offset=2&f=json", False),
        ("crs=http://www.opengis.net/def/crs/EPSG/0/25832", False),
        ("bbox=7.4,51.5,7.5,51.6", True),
        ("limit=3&filter=name%20LIKE%20'A%25'", True),
    ],
)
def test_only_filters_of_large_collections_are_looked_up_in_a_thread(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch, query: str, *, daneben: bool
) -> None:
    faeden = []
    lies = Blatt.lies

    def notiert(*args: Any) -> Blatt:
        faeden.append(threading.current_thread())
        return lies(*args)

    monkeypatch.setattr(Blatt, "lies", notiert)
    monkeypatch.setattr(modul, "_VIELE", 0)
    bestand = Bestand(snapshot)
    projekte = bestand["projekte"]

    async def zweimal() -> tuple[threading.Thread, Blatt, Blatt]:
        erstes = await bestand.erstes_blatt(projekte, query, ADRESSE)
        zweites = await bestand.erstes_blatt(projekte, query, ADRESSE)
        return threading.current_thread(), erstes, zweites

    # in the main thread a browser's loop may be running, left by tests before this one
    with ThreadPoolExecutor(1) as eigener:
        schleife, erstes, zweites = eigener.submit(lambda: asyncio.run(zweimal())).result()
    assert zweites is erstes
    assert [faden is not schleife for faden in faeden] == [daneben]
    assert erstes.geojson() == lies(projekte, query, ADRESSE).geojson()


TEXTE = ('a "b": "c"', "\\", None, "x,y}", "", "Ü")


@pytest.mark.parametrize("grenze", [0, 1 << 18])
def test_dates_are_dates_wherever_they_are_read(
    monkeypatch: pytest.MonkeyPatch, grenze: int
) -> None:
    monkeypatch.setattr(merkmale, "_MAX_WERTE_BYTES", grenze)
    features = [
        {"type": "Feature", "id": str(i), "geometry": None, "properties": {"stand": tag}}
        for i, tag in enumerate(("2019", None, "2021-03", "2021-03-04"))
    ]
    sammlung = Sammlung("projekte", orjson.dumps({"features": features}))
    assert isinstance(sammlung.spalte("stand"), Wertspalte if grenze else Freispalte)
    assert sammlung.arten == {"stand": "datum"}
    assert ids(sammlung, "T_AFTER(stand, DATE('2020-12-31'))") == {"2", "3"}
    assert ids(sammlung, "T_BEFORE(stand, DATE('2021-01-01'))") == {"0"}
    assert ids(sammlung, "stand IS NULL") == {"1"}


@pytest.mark.parametrize("grenze", [0, 1 << 18])
def test_a_property_answers_the_same_wherever_it_is_read(
    monkeypatch: pytest.MonkeyPatch, grenze: int
) -> None:
    monkeypatch.setattr(merkmale, "_MAX_WERTE_BYTES", grenze)
    features = [
        {"type": "Feature", "id": str(i), "geometry": None, "properties": {"b": text, "z": i * 1.5}}
        for i, text in enumerate(TEXTE)
    ]
    sammlung = Sammlung("projekte", orjson.dumps({"features": features}))
    assert isinstance(sammlung.spalte("b"), Wertspalte if grenze else Freispalte)
    assert sammlung.arten == {"b": "text", "z": "zahl"}
    assert ids(sammlung, "b IS NULL") == {"2"}
    assert ids(sammlung, "z > 4") == {"3", "4", "5"}
    for i, text in enumerate(TEXTE):
        if text is not None:
            gefunden = sammlung.spalte("b").wo(partial(operator.eq, text))
            assert gefunden.tolist() == [zeile == i for zeile in range(len(TEXTE))]
    assert orjson.loads(sammlung.feature(0, CRS84)) == features[0]
