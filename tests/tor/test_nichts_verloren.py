"""Rows in = published + held back, for arbitrary tables through every reader."""

import csv
import io
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import geopandas as gpd
import orjson
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from layers.check import check
from layers.read import read_sources
from layers.tabellen import PROJEKTE, STANDORTE
from layers.ueberschriften import SPALTEN
from tests.tor.conftest import GEODATA

Zeile = Mapping[str, str]

ZELLE = st.one_of(
    st.sampled_from(
        [
            "",
            "test-1",
            "test-2",
            "eving",
            "Eving, Huckarde",
            "2016",
            "2015–2018",
            "51.53",
            "7.41",
            "51,5",
            "5709524",
            "393458",
            "umgesetzt",
            "in Vorbereitung",
            "A",
            "=1+1",
            "-",
            "1e999",
            "NaN",
            "٣",
            "Grün",
            "nordwärts-Projekt",
            "https://example.org",
            "<b>x</b>",
            "ca. 1,2 Mio. €",
            "adresse",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12),
)
SPALTE = st.sampled_from(
    [
        *(
            titel
            for name in (*PROJEKTE.lesenamen, *STANDORTE.lesenamen)
            for titel in SPALTEN[name][:2]
        ),
        "Bemerkung",
        "x",
    ]
)
TABELLE = st.lists(SPALTE, min_size=1, max_size=8, unique=True).flatmap(
    lambda kopf: st.lists(
        st.lists(ZELLE, min_size=len(kopf), max_size=len(kopf)), min_size=1, max_size=8
    ).map(lambda zeilen: (kopf, zeilen))
)


def _voll(zeilen: list[list[str]]) -> int:
    return sum(any(zelle for zelle in zeile) for zeile in zeilen)


def als_csv(ordner: Path, name: str, kopf: list[str], zeilen: list[list[str]]) -> tuple[Path, int]:
    strom = io.StringIO()
    csv.writer(strom, delimiter=";").writerows([kopf, *zeilen])
    pfad = ordner / f"{name}.csv"
    pfad.write_bytes(strom.getvalue().encode())
    return pfad, _voll(zeilen)


def als_xlsx(ordner: Path, name: str, kopf: list[str], zeilen: list[list[str]]) -> tuple[Path, int]:
    mappe = Workbook()
    blatt = mappe.worksheets[0]
    blatt.title = name
    for i, zeile in enumerate([kopf, *zeilen], start=1):
        for j, wert in enumerate(zeile, start=1):
            zelle = blatt.cell(i, j)
            zelle.value = ILLEGAL_CHARACTERS_RE.sub("", wert) or None
            if wert:
                zelle.data_type = "s"
    mappe.save(ordner / f"{name}.xlsx")
    gesaeubert = [[ILLEGAL_CHARACTERS_RE.sub("", wert) for wert in zeile] for zeile in zeilen]
    return ordner / f"{name}.xlsx", _voll(gesaeubert)


def _merkmale(kopf: list[str], zeilen: list[list[str]]) -> list[dict[str, Any]]:
    return [
        {
            "type": "Feature",
            "properties": dict(zip(kopf, zeile, strict=True)),
            "geometry": {"type": "Point", "coordinates": [7.4 + i / 100, 51.53]} if i % 3 else None,
        }
        for i, zeile in enumerate(zeilen)
    ]


def als_geojson(
    ordner: Path, name: str, kopf: list[str], zeilen: list[list[str]]
) -> tuple[Path, int]:
    pfad = ordner / f"{name}.geojson"
    sammlung = {"type": "FeatureCollection", "features": _merkmale(kopf, zeilen)}
    pfad.write_bytes(orjson.dumps(sammlung))
    return pfad, sum(any(z) or i % 3 > 0 for i, z in enumerate(zeilen))


def _rahmen(kopf: list[str], zeilen: list[list[str]]) -> gpd.GeoDataFrame:
    daten = {name: [zeile[i] for zeile in zeilen] for i, name in enumerate(kopf)}
    punkte = [shapely.Point(7.4 + i / 100, 51.53) for i in range(len(zeilen))]
    return gpd.GeoDataFrame(daten, geometry=punkte, crs="EPSG:4326")


def als_gpkg(ordner: Path, name: str, kopf: list[str], zeilen: list[list[str]]) -> tuple[Path, int]:
    eindeutig = {k.lower(): k for k in kopf if k.lower() not in ("fid", "geom")}
    rahmen = _rahmen(kopf, zeilen)[[*eindeutig.values(), "geometry"]]
    rahmen.to_file(ordner / f"{name}.gpkg", layer=name)
    return ordner / f"{name}.gpkg", len(zeilen)


def als_shapefile(
    ordner: Path, name: str, kopf: list[str], zeilen: list[list[str]]
) -> tuple[Path, int]:
    rahmen = _rahmen(kopf, zeilen)
    rahmen.columns = [f"s{i}" for i in range(len(kopf))] + ["geometry"]
    rahmen.to_file(ordner / f"{name}.shp", encoding="UTF-8")
    with zipfile.ZipFile(ordner / f"{name}.zip", "w") as archiv:
        for pfad in ordner.glob(f"{name}.*"):
            if pfad.suffix != ".zip":
                archiv.write(pfad, pfad.name)
    return ordner / f"{name}.zip", len(zeilen)


SCHREIBER = [als_csv, als_xlsx, als_geojson, als_gpkg, als_shapefile]


@pytest.mark.parametrize("schreibe", SCHREIBER, ids=lambda funktion: funktion.__name__)
@given(inhalt=TABELLE, name=st.sampled_from(["Projekte", "Standorte", "Sonstiges"]))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.filterwarnings("ignore")
def test_every_row_is_found_again(
    schreibe: Callable[..., tuple[Path, int]], inhalt: tuple[list[str], list[list[str]]], name: str
) -> None:
    kopf, zeilen = inhalt
    with tempfile.TemporaryDirectory() as ordner:
        pfad, erwartet = schreibe(Path(ordner), name, kopf, zeilen)
        quelldaten = read_sources(pfad, GEODATA)
    eigene = {
        tabelle: rahmen
        for tabelle, rahmen in quelldaten.tabellen.items()
        if not quelldaten.fundorte[tabelle].ergaenzt
    }
    # places taken out of the rows of projects are the same rows a second time
    nummern = [
        *{int(zeile) for rahmen in eigene.values() for zeile in rahmen.index},
        *(v.zeile for v in quelldaten.verwaist),
    ]
    gelesen = Counter(nummern)
    kopfzeilen = _kopfzeilen(quelldaten.fundorte, eigene)
    assert set(gelesen.values()) <= {1}, "no row counts twice"
    assert len(gelesen) + kopfzeilen == erwartet
    geprueft = check(quelldaten)
    for tabelle, rahmen in quelldaten.tabellen.items():
        bilanz = geprueft.bilanz[tabelle]
        assert bilanz.zeilen == len(rahmen) == bilanz.veroeffentlicht + bilanz.quarantaene
        zurueck = {q.zeile for q in geprueft.quarantaene if q.tabelle == tabelle}
        auf_karte = set(geprueft.tabellen[tabelle]["zeile"])
        assert zurueck | auf_karte == set(rahmen.index)
        assert not zurueck & auf_karte
    assert len(geprueft.quarantaene) == sum(b.quarantaene for b in geprueft.bilanz.values())


def _kopfzeilen(fundorte: Mapping[str, Any], eigene: Mapping[str, Any]) -> int:
    """Return how many filled rows were passed over because the header was found below them."""
    spaete = {fundorte[name].kopfzeile for name in eigene if len(eigene[name])}
    return sum(zeile - 1 for zeile in spaete)
