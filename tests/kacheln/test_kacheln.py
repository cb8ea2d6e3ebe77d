"""``/kacheln`` out of the files of the build: what lies in a tile, addresses, caches."""

import gzip
import hashlib
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pytest
from starlette.testclient import TestClient

from app.kacheln.archiv import Archiv
from app.kacheln.vorrat import Kachel
from app.store import AKTUELL, Snapshot
from layers.herkunft import KARTENEBENEN
from tests.kacheln.mvt import lies

MVT = "application/vnd.mapbox-vector-tile"


def kachel_von(lon: float, lat: float, z: int) -> tuple[int, int]:
    """The tile that a point lies in."""
    x = int((lon + 180) / 360 * 2**z)
    y = int((1 - np.arcsinh(np.tan(np.radians(lat))) / np.pi) / 2 * 2**z)
    return x, y


def test_every_layer_with_a_place_is_described(client: TestClient) -> None:
    for ebene in KARTENEBENEN:
        angaben = client.get(f"/kacheln/{ebene}.json").json()
        assert angaben["tilejson"] == "3.0.0"
        assert angaben["vector_layers"][0]["id"] == ebene
        assert angaben["minzoom"] < angaben["maxzoom"]
        west, sued, ost, nord = angaben["bounds"]
        assert 7.2 < west < ost < 7.7
        assert 51.4 < sued < nord < 51.7
        assert angaben["quellen"]
        adresse = angaben["tiles"][0].removeprefix("http://127.0.0.1:8000")
        x, y = kachel_von((west + ost) / 2, (sued + nord) / 2, 9)
        assert client.get(adresse.format(z=9, x=x, y=y)).status_code == 200
    assert client.get("/kacheln/gibt-es-nicht.json").status_code == 404
    assert client.get("/kacheln/codelisten/9/1/1.mvt").status_code == 404


@pytest.mark.parametrize("z", [8, 13])
def test_all_locations_are_in_the_tiles(
    z: int, client: TestClient, snapshot: Snapshot, tmp_path: Path
) -> None:
    orte = [
        (p["id"], zeile, ort, p.get("handlungsfeld", ""))
        for zeile, p in enumerate(snapshot.projekte)
        for ort in p["standorte"]
        if ort["lon"] is not None
    ]
    kacheln = {kachel_von(ort["lon"], ort["lat"], z) for _, _, ort, _ in orte}
    gezeigt: list[Any] = []
    for x, y in kacheln:
        roh = client.get(f"/kacheln/projekte/{z}/{x}/{y}.mvt").content
        rahmen = lies(roh, "projekte", z, x, y, tmp_path)
        innen = [kachel_von(p.x, p.y, z) == (x, y) for p in rahmen.geometry]
        gezeigt += list(rahmen[innen].itertuples())
    assert sum(zeile.anzahl for zeile in gezeigt) == len(orte)
    bekannt = {(id_, zeile): feld for id_, zeile, _, feld in orte}
    for eine in gezeigt:
        assert bekannt[eine.id, eine.zeile] == eine.handlungsfeld
    if z == 13:
        assert len(gezeigt) == len(orte)
        assert sum(eine.ungefaehr for eine in gezeigt) == sum(
            ort["lagegenauigkeit"] in {"quartier", "stadtbezirk"} for _, _, ort, _ in orte
        )


def test_tiles_are_sent_as_they_lie_and_kept_by_caches(client: TestClient) -> None:
    x, y = kachel_von(7.45, 51.53, 11)
    adresse = f"/kacheln/projekte/{11}/{x}/{y}.mvt"
    gepackt = client.get(adresse, headers={"accept-encoding": "gzip"})
    assert gepackt.headers["content-type"] == MVT
    assert gepackt.headers["content-encoding"] == "gzip"
    assert gepackt.headers["cache-control"] == "public, no-cache"
    assert gepackt.headers["cross-origin-resource-policy"] == "cross-origin"
    glatt = client.get(adresse, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in glatt.headers
    assert glatt.content == gepackt.content
    assert glatt.headers["etag"] != gepackt.headers["etag"]
    marke = {"if-none-match": glatt.headers["etag"], "accept-encoding": "identity"}
    assert client.get(adresse, headers=marke).status_code == 304
    leer = client.get("/kacheln/projekte/11/0/0.mvt")
    assert (leer.status_code, leer.content) == (204, b"")


@pytest.mark.parametrize(
    ("stelle", "parameter", "erlaubt"),
    [
        ("x/1/1", "z", "0–22"),
        ("23/1/1", "z", "0–22"),
        ("-1/0/0", "z", "0–22"),
        ("2/4/0", "x", "0–3"),
        ("2/0/²", "y", "0–3"),
        ("9/1e3/1", "x", "0–511"),
        ("2/1/1", "z", "8–13"),
        ("9/266/170.mvt?stadtbezirk=gibt-es-nicht", "stadtbezirk", "eving"),
        ("9/266/170.mvt?stadtbezirk=eving", "stadtbezirk", ""),
        ("9/266/170.mvt?nix=1", "nix", "stadtbezirk"),
    ],
)
def test_bad_addresses_say_what_is_allowed(
    stelle: str, parameter: str, erlaubt: str, client: TestClient
) -> None:
    mit_ende = stelle if ".mvt" in stelle else f"{stelle}.mvt"
    antwort = client.get(f"/kacheln/projekte/{mit_ende}")
    assert antwort.status_code == 400
    assert antwort.headers["content-type"] == "application/problem+json"
    (fehler,) = antwort.json()["parameter"]
    assert fehler["name"] == parameter
    assert erlaubt in fehler["erlaubt"]
    assert fehler["grund"]


def test_what_changes_no_tile_is_allowed(client: TestClient) -> None:
    x, y = kachel_von(7.45, 51.53, 9)
    antwort = client.get(f"/kacheln/projekte/9/{x}/{y}.mvt?sprache=en&sort=nr")
    assert antwort.status_code == 200


def test_an_archive_is_what_its_directories_say(build_dir: Path) -> None:
    pfad = build_dir / AKTUELL / "kacheln" / "projekte.pmtiles"
    archiv = Archiv("projekte", pfad)
    x, y = kachel_von(7.45, 51.53, 9)
    kachel = archiv.kachel(Kachel(9, x, y))
    assert kachel is not None
    assert gzip.decompress(kachel)
    assert archiv.kachel(Kachel(9, 0, 0)) is None
    manifest = orjson.loads((build_dir / AKTUELL / "manifest.json").read_bytes())
    gelistet = manifest["dateien"]["kacheln/projekte.pmtiles"]["sha256"]
    assert hashlib.sha256(pfad.read_bytes()).hexdigest() == gelistet
