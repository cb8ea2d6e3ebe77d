"""Tiles out of the database hold the projects of a state."""

from pathlib import Path

import orjson
import pytest
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.query import suche
from app.settings import Settings
from app.state import Abfrage
from app.store import Snapshot
from app.werte import Punkt
from layers.herkunft import KARTENEBENEN
from tests.kacheln.mvt import lies
from tests.kacheln.test_kacheln import kachel_von


@pytest.fixture(scope="module")
def dienst(geladen: str):
    with TestClient(create_app(Settings(rate_pro_sekunde=0, datenquelle=geladen))) as client:
        yield client


@pytest.mark.parametrize(
    "abfrage",
    [
        Abfrage(),
        Abfrage(facetten={"status": ("umgesetzt",)}, von=2012),
        Abfrage(q="hafen"),
        Abfrage(nahe=Punkt(51.53, 7.45), umkreis=3000),
        Abfrage(lage="ohne"),
    ],
    ids=lambda abfrage: abfrage.query(),
)
def test_a_tile_holds_the_projects_of_the_state(
    abfrage: Abfrage, dienst: TestClient, snapshot: Snapshot, tmp_path: Path
) -> None:
    for z in (9, 14):
        gefunden: dict[str, int] = {}
        orte = snapshot.index.standorte
        gesucht = set(suche(snapshot.index, abfrage).zeilen.tolist())
        kacheln = {
            kachel_von(lon / 1e6, lat / 1e6, z)
            for lon, lat in zip(orte.lon.tolist(), orte.lat.tolist(), strict=True)
        }
        for x, y in kacheln if z == 9 else list(kacheln)[:12]:
            zustand = abfrage.query()
            antwort = dienst.get(f"/kacheln/projekte/{z}/{x}/{y}.mvt{zustand}")
            if antwort.status_code == 204:
                continue
            for eine in lies(antwort.content, "projekte", z, x, y, tmp_path).itertuples():
                assert eine.zeile in gesucht
                assert snapshot.index.ids[eine.zeile] == eine.id
                if kachel_von(eine.geometry.x, eine.geometry.y, z) == (x, y):
                    gefunden[eine.id] = gefunden.get(eine.id, 0) + eine.anzahl
        if z == 9:
            assert sum(gefunden.values()) == sum(p in gesucht for p in orte.projekt.tolist())


def test_layers_of_places_and_areas_are_the_same_as_in_the_files(
    dienst: TestClient, client: TestClient, tmp_path: Path
) -> None:
    for ebene in KARTENEBENEN[1:]:
        hier, dort = (
            orjson.loads(c.get(f"/kacheln/{ebene}.json").content) for c in (client, dienst)
        )
        assert dort["bounds"] == pytest.approx(hier["bounds"], abs=1e-5)
        x, y = kachel_von(7.45, 51.53, 9)
        kacheln = [
            lies(c.get(f"/kacheln/{ebene}/9/{x}/{y}.mvt").content, ebene, 9, x, y, tmp_path)
            for c in (client, dienst)
        ]
        assert sorted(kacheln[1]["id"]) == sorted(kacheln[0]["id"])
        assert sorted(kacheln[1]["name"]) == sorted(kacheln[0]["name"])


def test_a_filter_of_a_layer_that_has_none_is_said(dienst: TestClient) -> None:
    x, y = kachel_von(7.45, 51.53, 9)
    antwort = dienst.get(f"/kacheln/plaetze/9/{x}/{y}.mvt?stadtbezirk=eving&q=x")
    assert antwort.status_code == 400
    assert {p["name"] for p in antwort.json()["parameter"]} == {"stadtbezirk", "q"}
    assert dienst.get("/kacheln/gibt-es-nicht.json").status_code == 404


def test_what_somebody_typed_is_kept_by_no_cache_on_the_way(dienst: TestClient) -> None:
    x, y = kachel_von(7.45, 51.53, 9)
    antwort = dienst.get(f"/kacheln/projekte/9/{x}/{y}.mvt?q=hafen")
    assert antwort.headers["cache-control"] == "private, no-cache"
