"""Damaged and malicious files: never a traceback, never a gigabyte, always a finding."""

import io
import random
import tempfile
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import orjson
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.befund import Code
from layers.tabellen import PROJEKTE, Art
from tests.tor.conftest import (
    GIB,
    ORT,
    PROJEKT,
    geprueft,
    laufe,
    lies,
    schreibe_csv,
    schreibe_mappe,
    tabelle,
)
from tests.tor.test_vektor import rahmen, schreibe_shapefile


@cache
def heil() -> dict[str, bytes]:
    """Return a good file of every kind."""
    with tempfile.TemporaryDirectory() as name:
        ordner = Path(name)
        schreibe_mappe(
            ordner / "m.xlsx", {"Projekte": tabelle(PROJEKT), "Standorte": tabelle(ORT, ORT)}
        )
        schreibe_csv(ordner / "projekte.csv", tabelle(PROJEKT, {**PROJEKT, "Name": "Größe"}))
        punkte = [shapely.Point(7.4, 51.53), shapely.box(7.4, 51.5, 7.41, 51.51)]
        (ordner / "projekte.geojson").write_text(rahmen(4326, *punkte).to_json(drop_id=True))
        rahmen(25832, *punkte).to_file(ordner / "p.gpkg", layer="projekte")
        schreibe_shapefile(ordner, rahmen(25832, *punkte[:1] * 2))
        namen = ("m.xlsx", "projekte.csv", "projekte.geojson", "p.gpkg", "projekte.zip")
        return {datei: (ordner / datei).read_bytes() for datei in namen}


def kuerze(roh: bytes, zufall: random.Random) -> bytes:
    return roh[: zufall.randrange(len(roh))]


def verdirb(roh: bytes, zufall: random.Random) -> bytes:
    daten = bytearray(roh)
    for _ in range(zufall.randrange(1, 30)):
        daten[zufall.randrange(len(daten))] = zufall.randrange(256)
    return bytes(daten)


def mische(roh: bytes, zufall: random.Random) -> bytes:
    a, b = sorted(zufall.randrange(len(roh)) for _ in range(2))
    return roh[b:] + roh[a:b] + roh[:a]


def vervielfache(roh: bytes, zufall: random.Random) -> bytes:
    a, b = sorted(zufall.randrange(len(roh)) for _ in range(2))
    return roh[:b] + roh[a:b] * zufall.randrange(2, 20) + roh[b:]


def kodiere_um(roh: bytes, zufall: random.Random) -> bytes:
    ziel = zufall.choice(["utf-16", "utf-32", "cp1252", "cp850", "utf-7"])
    return roh.decode("latin-1").encode(ziel, errors="replace")


def verdirb_inneres(roh: bytes, zufall: random.Random) -> bytes:
    """Damage a part inside an archive and pack it well: the zip is whole, its content is not."""
    try:
        with zipfile.ZipFile(io.BytesIO(roh)) as archiv:
            teile = {name: archiv.read(name) for name in archiv.namelist()}
    except zipfile.BadZipFile:
        return verdirb(roh, zufall)
    opfer = zufall.choice(sorted(teile))
    art = zufall.choice([kuerze, verdirb, mische, vervielfache])
    teile[opfer] = art(teile[opfer] or b"x", zufall)
    if zufall.random() < 0.2:
        del teile[opfer]
    strom = io.BytesIO()
    with zipfile.ZipFile(strom, "w", zipfile.ZIP_DEFLATED) as archiv:
        for name, inhalt in teile.items():
            archiv.writestr(name, inhalt)
    return strom.getvalue()


SCHAEDEN = [kuerze, verdirb, mische, vervielfache, kodiere_um, verdirb_inneres]


@pytest.mark.parametrize(
    "datei", ["m.xlsx", "projekte.csv", "projekte.geojson", "p.gpkg", "projekte.zip"]
)
@given(schaden=st.sampled_from(SCHAEDEN), samen=st.integers(0, 2**32))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@pytest.mark.filterwarnings("ignore")
def test_damaged_files_give_findings_not_tracebacks(
    datei: str, schaden: Callable[[bytes, random.Random], bytes], samen: int
) -> None:
    kaputt = schaden(heil()[datei], random.Random(samen))
    with tempfile.TemporaryDirectory() as ordner:
        pfad = Path(ordner) / datei
        pfad.write_bytes(kaputt)
        ergebnis = geprueft(lies(pfad))
    eigene = [b for b in ergebnis.befunde if b.code is not Code.LAGE_FEHLT]
    assert eigene, "something has to be said"


def _packe(pfad: Path, teile: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(pfad, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archiv:
        for name, inhalt in teile.items():
            archiv.writestr(name, inhalt)
    return pfad


def _mappe_mit(pfad: Path, teil: str, aendern: Callable[[bytes], bytes]) -> Path:
    with zipfile.ZipFile(io.BytesIO(heil()["m.xlsx"])) as archiv:
        teile = {name: archiv.read(name) for name in archiv.namelist()}
    teile[teil] = aendern(teile.get(teil, b""))
    return _packe(pfad, teile)


BLATT = "xl/worksheets/sheet1.xml"
ENTITAETEN = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">%s]>' % b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;&%c;">'
    % tuple([ord("b") + i] + [ord("a") + i] * 10)
    for i in range(9)
)


def zipbombe(ordner: Path) -> Path:
    return _packe(ordner / "zipbombe.xlsx", {"xl/workbook.xml": b"0" * 300_000_000})


def zipbombe_im_blatt(ordner: Path) -> Path:
    def fuelle(roh: bytes) -> bytes:
        reihe = b'<row r="%d"><c r="A%d"><v>1</v></c></row>'
        reihen = b"".join(reihe % (i, i) for i in range(10, 900_000))
        return roh.replace(b"</sheetData>", reihen + b"</sheetData>")

    return _mappe_mit(ordner / "blatt.xlsx", BLATT, fuelle)


def entitaeten(ordner: Path) -> Path:
    def fuelle(roh: bytes) -> bytes:
        text = (
            roh.replace(b"test-1", b"&j;") if b"test-1" in roh else roh.replace(b"<v>0", b"<v>&j;")
        )
        return ENTITAETEN + text

    return _mappe_mit(ordner / "entitaeten.xlsx", BLATT, fuelle)


def entitaeten_utf16(ordner: Path) -> Path:
    def fuelle(_: bytes) -> bytes:
        text = b'<?xml version="1.0" encoding="UTF-16"?>' + ENTITAETEN + b"<sst>&j;</sst>"
        return text.decode().encode("utf-16")

    return _mappe_mit(ordner / "utf16.xlsx", "xl/sharedStrings.xml", fuelle)


def fremde_entitaet(ordner: Path) -> Path:
    def fuelle(roh: bytes) -> bytes:
        return b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + roh

    return _mappe_mit(ordner / "fremd.xlsx", BLATT, fuelle)


def verbund(ordner: Path) -> Path:
    def fuelle(roh: bytes) -> bytes:
        ende = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        return roh.replace(b"</sheetData>", ende)

    return _mappe_mit(ordner / "verbund.xlsx", BLATT, fuelle)


def verweis(ordner: Path) -> Path:
    def fuelle(roh: bytes) -> bytes:
        ende = b'</sheetData><hyperlinks><hyperlink ref="A1:XFD99999" location="A1"/></hyperlinks>'
        return roh.replace(b"</sheetData>", ende)

    return _mappe_mit(ordner / "verweis.xlsx", BLATT, fuelle)


def ferne_zelle(ordner: Path) -> Path:
    def fuelle(roh: bytes) -> bytes:
        zelle = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        return roh.replace(b"</sheetData>", zelle)

    return _mappe_mit(ordner / "fern.xlsx", BLATT, fuelle)


def viele_stile(ordner: Path) -> Path:
    def fuelle(roh: bytes) -> bytes:
        return roh.replace(b"<cellXfs", b"<cellXfs" + b"", 1).replace(
            b"</cellXfs>", b'<xf numFmtId="0"/>' * 1_000_000 + b"</cellXfs>"
        )

    return _mappe_mit(ordner / "stile.xlsx", "xl/styles.xml", fuelle)


def ueberall_falsch(ordner: Path) -> Path:
    """Write a table that would give five million findings: each cell is wrong in many ways."""
    text = "=<b>\x01\u200bÃ¤ javascript: {0}@example.org 0231 50-12345"
    zeilen = ([text.format(i)] * 40 for i in range(15_000))
    kopf = [s.name for s in PROJEKTE.lesespalten if s.art is Art.TEXT][:20]
    kopf = [*PROJEKT, *kopf]
    return schreibe_csv(ordner / "projekte.csv", [kopf, *(z[: len(kopf)] for z in zeilen)])


def riesenzelle(ordner: Path) -> Path:
    zeilen = tabelle({**PROJEKT, "Ziel": "<b>" + "ä" * 900_000})
    return schreibe_csv(ordner / "riesenzelle.csv", zeilen)


def viele_zellen(ordner: Path) -> Path:
    pfad = ordner / "zellen.csv"
    pfad.write_bytes(b"Kennung;Name;Quellen\n" + b";" * 30_000_000)
    return pfad


def punkte_geojson(ordner: Path) -> Path:
    """Write a polygon of a million vertices."""
    koordinaten = [[7.4 + (i % 1000) / 1e5, 51.5 + i / 1e8] for i in range(1_000_000)]
    merkmal = {
        "type": "Feature",
        "properties": {"projekt_id": "t", "name": "n", "quellen": "q"},
        "geometry": {"type": "LineString", "coordinates": koordinaten},
    }
    pfad = ordner / "punkte.geojson"
    text = orjson.dumps({"type": "FeatureCollection", "features": [merkmal]})
    pfad.write_bytes(text[:0] + text)
    return pfad


def klammern(ordner: Path) -> Path:
    pfad = ordner / "klammern.geojson"
    pfad.write_bytes(b'{"features":' + b"[" * 5_000_000)
    return pfad


def leere_listen(ordner: Path) -> Path:
    pfad = ordner / "listen.geojson"
    pfad.write_bytes(b'{"features":[' + b"[]," * 6_500_000 + b"[]]}")
    return pfad


def verschachtelt(ordner: Path) -> Path:
    innen = '{"type": "Point", "coordinates": [7.4, 51.5]}'
    for _ in range(400):
        innen = f'{{"type": "GeometryCollection", "geometries": [{innen}]}}'
    pfad = ordner / "projekte.geojson"
    pfad.write_text(
        '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": '
        f'{{"projekt_id": "t", "name": "n", "quellen": "q"}}, "geometry": {innen}}}]}}'
    )
    return pfad


def unendlich(ordner: Path) -> Path:
    pfad = ordner / "unendlich.geojson"
    pfad.write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"x"},'
        '"geometry":{"type":"Point","coordinates":[Infinity,NaN]}}]}'
    )
    return pfad


ABGELEHNT = [
    (zipbombe, {Code.ARCHIV_ZU_GROSS}),
    (zipbombe_im_blatt, {Code.TABELLE_ZU_GROSS}),
    (entitaeten, {Code.XML_GEFAEHRLICH}),
    (entitaeten_utf16, {Code.XML_GEFAEHRLICH, Code.DATEI_DEFEKT}),
    (fremde_entitaet, {Code.XML_GEFAEHRLICH}),
    (verbund, {Code.TABELLE_ZU_GROSS}),
    (verweis, {Code.TABELLE_ZU_GROSS}),
    (ferne_zelle, set()),
    (viele_stile, {Code.TABELLE_ZU_GROSS}),
    (riesenzelle, {Code.MARKUP}),
    (viele_zellen, {Code.TABELLE_ZU_GROSS}),
    (punkte_geojson, {Code.GEOMETRIE_ZU_GROSS, Code.DATEI_ZU_GROSS}),
    (klammern, {Code.JSON_FEHLERHAFT}),
    (leere_listen, {Code.TABELLE_ZU_GROSS}),
    (verschachtelt, {Code.GEOMETRIE_DEFEKT}),
    (unendlich, {Code.JSON_FEHLERHAFT}),
]


def test_bombs_are_refused_within_a_gigabyte(tmp_path: Path) -> None:
    pfade = [baue(tmp_path) for baue, _ in ABGELEHNT]
    ergebnisse = laufe(*pfade)
    for (baue, erwartet), ergebnis in zip(ABGELEHNT, ergebnisse, strict=True):
        name = baue.__name__
        assert not erwartet or erwartet & set(ergebnis["codes"]), (name, ergebnis)
        assert ergebnis["mib"] < GIB, name


def test_a_table_with_more_findings_than_are_named_is_held_back_as_a_whole(tmp_path: Path) -> None:
    (ergebnis,) = laufe(ueberall_falsch(tmp_path))
    assert ergebnis["codes"] == [Code.BEFUNDE_ZU_VIELE.value, *ergebnis["codes"][1:]]
    assert ergebnis["befunde"] < 100
    assert ergebnis["rueckgabe"] == 2
    assert ergebnis["mib"] < GIB
