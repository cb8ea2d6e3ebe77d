"""The columns beside a layer say what its features say."""

import json
from typing import Any

import numpy as np
import orjson
import pytest

from layers import merkmale, spalten
from layers.merkmale import NIRGENDS, kanonisch, verzeichne, wertmuster, zerlege
from layers.spalten import Spaltendatei

Feature = dict[str, Any]


def feature(nummer: int, ort: list[float] | None = None, **werte: Any) -> Feature:
    geometrie = None if ort is None else {"type": "Point", "coordinates": ort}
    return {"type": "Feature", "id": f"f-{nummer}", "geometry": geometrie, "properties": werte}


def ebene(*features: Feature) -> bytes:
    return kanonisch(orjson.dumps({"type": "FeatureCollection", "features": features}))


def gelesen(roh: bytes) -> Spaltendatei:
    return spalten.lies(verzeichne(roh))


def werte(datei: Spaltendatei, name: str) -> list[Any]:
    alle = [None, *json.loads(datei.zahlen(f"merkmal.{name}.werte").tobytes())]
    return [alle[stelle] for stelle in datei.zahlen(f"merkmal.{name}")]


SCHWIERIG = (
    'er sagt "hallo", und {"type":"Feature","id":"x","geometry":null,"properties":{"a":"b"}}',
    '","geometry":null,"properties":{}},{"type":"Feature","id":',
    "\\", '\\"', '"a":"b"', "ü\u2028\n", "",
)  # fmt: skip


def test_features_are_found_whatever_stands_in_their_texts() -> None:
    features = [feature(i, a=text, b=f"{text}!") for i, text in enumerate(SCHWIERIG)]
    roh = ebene(*features)
    von = gelesen(roh).zahlen("von")
    for erwartet, ab, bis in zip(features, von, von[1:], strict=False):
        stueck = roh[ab : bis - 1]
        assert orjson.loads(stueck) == erwartet
        teile = zerlege(stueck)
        assert orjson.loads(teile.id) == erwartet["id"]
        assert orjson.loads(teile.geometrie) is None
        assert orjson.loads(teile.eigenschaften) == erwartet["properties"]
        for name in ("a", "b"):
            gefunden = wertmuster(name).search(roh, int(ab), int(bis))
            assert gefunden is not None
            assert orjson.loads(gefunden[1]) == erwartet["properties"][name]


def test_properties_are_their_distinct_values_and_where_they_stand() -> None:
    datei = gelesen(
        ebene(
            feature(0, status="a", zahl=1, ja=True),
            feature(1, status=None, zahl=2.5, ja=None),
            feature(2, status="a", zahl=None, ja=False),
        )
    )
    assert werte(datei, "status") == ["a", None, "a"]
    assert werte(datei, "zahl") == [1, 2.5, None]
    assert datei.kopf["merkmale"] == {"status": "text", "zahl": "zahl", "ja": "wahr"}


def test_a_property_that_only_some_features_have_is_missing_in_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(merkmale, "_BLOCK", 2)
    alle: list[dict[str, Any]] = [{"a": 1}, {"a": 2, "b": 3}, {"c": 4}, {}, {"b": 5}]
    datei = gelesen(ebene(*(feature(i, **e) for i, e in enumerate(alle))))
    for name in "abc":
        assert werte(datei, name) == [eigene.get(name) for eigene in alle]


def test_values_that_all_differ_stay_in_the_features(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merkmale, "_MAX_WERTE_BYTES", 50)
    monkeypatch.setattr(merkmale, "_BLOCK", 3)
    datei = gelesen(ebene(*(feature(i, name=f"Platz {i}", art="x") for i in range(10))))
    assert "merkmal.name" not in datei
    assert datei.kopf["merkmale"]["name"] == "text"
    assert werte(datei, "art") == ["x"] * 10


def test_places_are_millionths_of_a_degree() -> None:
    datei = gelesen(ebene(feature(0, [7.465123, 51.5]), feature(1), feature(2, [-0.5, 0.0])))
    assert datei.zahlen("lon").tolist() == [7465123, NIRGENDS, -500000]
    assert datei.zahlen("lat").tolist() == [51500000, NIRGENDS, 0]


@pytest.mark.parametrize("koordinaten", [[7.4651234, 51.5], [7.4, 51.5, 80.0], [2500.0, 51.5]])
def test_places_that_would_lose_something_have_no_columns(koordinaten: list[float]) -> None:
    datei = gelesen(ebene(feature(0, [7.4, 51.5]), feature(1, koordinaten)))
    assert "lon" not in datei


def test_ids_are_in_order() -> None:
    features = [feature(i) for i in (7, 10, 2)]
    assert gelesen(ebene(*features)).zahlen("folge").tolist() == [1, 2, 0]


def test_an_empty_layer_has_columns_without_rows() -> None:
    datei = gelesen(ebene())
    assert datei.kopf == {"anzahl": 0, "merkmale": {}}
    assert len(datei.zahlen("von")) == 1
    assert np.array_equal(datei.zahlen("folge"), [])
