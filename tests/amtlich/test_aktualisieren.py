"""The whole update: a good export replaces the source, anything else leaves every byte."""

import errno
import json
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import affinity

from app.abruftext import ablehnung, saetze
from app.katalog import lade
from layers.ablehnung import Abgelehnt, Grund
from layers.amtlich import ersetzen
from layers.amtlich.abrufstand import DATEI as ABRUFSTAND
from layers.amtlich.aktualisieren import Bericht, aktualisiere
from layers.raumbezug import nach_wgs84, umrisse_nach_utm
from layers.tabellen import STATISTISCHE_BEZIRKE
from layers.typen import typisiert
from tests.amtlich.portal import REFERENZ, STAND, WURZEL, Antwort, Portal, dateien

HEUTE = date(2026, 4, 1)
CSV = "statistische_bezirke.csv"

Export = dict[str, Any]
Liefere = Callable[..., Portal]


def erneuere(portal: Portal, geodata: Path) -> Bericht | None:
    return aktualisiere(geodata, portal.einstellungen(), HEUTE)


def lies(geodata: Path) -> pd.DataFrame:
    rahmen = pd.read_csv(geodata / CSV, dtype=str, keep_default_na=False)
    return typisiert(rahmen, STATISTISCHE_BEZIRKE)


def quelle(geodata: Path) -> dict[str, str]:
    eintraege = tomllib.loads((geodata / "quellen.toml").read_text("utf-8"))["quelle"]
    return next(eintrag for eintrag in eintraege if eintrag["datei"] == CSV)


def test_a_good_export_replaces_the_source(
    geodata: Path, liefere: Liefere, gemacht: Export
) -> None:
    vorher, alt = dateien(geodata), lies(geodata)
    bericht = erneuere(liefere(gemacht), geodata)
    assert bericht is not None
    neu = lies(geodata)
    for spalte in ("nr", "name", "stadtbezirk"):
        assert (neu[spalte] == alt[spalte]).all()
    assert neu["flaeche_ha"].to_numpy() == pytest.approx(alt["flaeche_ha"].to_numpy(), rel=0.03)
    umrisse = neu["wkt_epsg25832"].to_numpy(dtype=object)
    assert shapely.coverage_is_valid(umrisse)
    assert bericht.abdeckung.vorher.luecken > 50
    assert bericht.abdeckung.nachher.luecken == 0
    assert len(bericht.aenderungen) == 62
    assert (quelle(geodata)["stand"], quelle(geodata)["abgerufen"]) == (STAND, "2026-04-01")
    assert set(dateien(geodata)) == {*vorher, ABRUFSTAND}
    unberuehrt = set(vorher) - {CSV, "quellen.toml"}
    assert all(dateien(geodata)[name] == vorher[name] for name in unberuehrt)


def test_only_two_dates_change_in_the_provenance(
    geodata: Path, liefere: Liefere, gemacht: Export
) -> None:
    alt = (geodata / "quellen.toml").read_text("utf-8").splitlines()
    erneuere(liefere(gemacht), geodata)
    neu = (geodata / "quellen.toml").read_text("utf-8").splitlines()
    anders = [zeile for zeile, vorher in zip(neu, alt, strict=True) if zeile != vorher]
    assert anders == [f'stand = "{STAND}"', 'abgerufen = "2026-04-01"']


@pytest.mark.skipif(not REFERENZ.is_file(), reason="../shared/referenz is not there")
def test_the_official_export_gives_the_shipped_file(geodata: Path, portal: Portal) -> None:
    vorher = (geodata / CSV).read_bytes()
    portal.antworten = [Antwort(REFERENZ.read_bytes())]
    bericht = erneuere(portal, geodata)
    assert bericht is not None
    assert (geodata / CSV).read_bytes() == vorher
    assert not bericht.aenderungen
    assert bericht.stand == quelle(geodata)["stand"] == "2025-10-12"
    assert "179 Lücken (zusammen 62,7 ha" in " ".join(saetze(bericht, lade("de")))


def test_what_changed_is_said(geodata: Path, liefere: Liefere, gemacht: Export) -> None:
    erneuere(liefere(gemacht), geodata)
    feature(gemacht, "120")["properties"]["statistischer_bezirk"] = "Eving-Mitte"
    bericht = erneuere(liefere(gemacht), geodata)
    assert bericht is not None
    assert [a.nr for a in bericht.aenderungen] == ["120"]
    assert list(saetze(bericht, lade("de")))[-2:] == [
        "1 von 62 Bezirken hat sich geändert:",
        "  120 Eving-Mitte (bisher Eving)",
    ]


def test_an_unchanged_export_is_not_sent_again(
    geodata: Path, liefere: Liefere, gemacht: Export
) -> None:
    kopf = {"Content-Type": "application/json", "ETag": '"7"'}
    portal = liefere(gemacht, kopf=kopf)
    assert erneuere(portal, geodata) is not None
    vorher = dateien(geodata)
    portal.antworten = [*portal.antworten, Antwort(status=304)]
    assert erneuere(portal, geodata) is None
    assert portal.anfragen[1][1]["If-None-Match"] == '"7"'
    assert dateien(geodata) == vorher


@pytest.mark.parametrize(
    "schaden",
    [
        lambda g: (g / CSV).write_bytes((WURZEL / "geodata" / CSV).read_bytes()),
        lambda g: (g / ABRUFSTAND).write_text("{"),
        lambda g: (g / ABRUFSTAND).unlink(),
    ],
)
def test_a_source_that_is_another_one_is_fetched_whole(
    geodata: Path, liefere: Liefere, gemacht: Export, schaden: Callable[[Path], object]
) -> None:
    portal = liefere(gemacht, kopf={"Content-Type": "application/json", "ETag": '"7"'})
    erneuere(portal, geodata)
    schaden(geodata)
    assert erneuere(portal, geodata) is not None
    assert "If-None-Match" not in portal.anfragen[1][1]


def feature(export: Export, nr: str) -> dict[str, Any]:
    return next(f for f in export["features"] if f["properties"]["statistischer_bezirk_nr"] == nr)


def entferne(export: Export) -> None:
    export["features"].remove(feature(export, "120"))


def verdopple(export: Export) -> None:
    export["features"].append(feature(export, "120"))


def setze(nr: str, **eigenschaften: object) -> Callable[[Export], None]:
    return lambda export: feature(export, nr)["properties"].update(eigenschaften)


def geometrie(wert: object) -> Callable[[Export], None]:
    return lambda export: feature(export, "120").update(geometry=wert)


def verzerrt(
    nr: str, verfahren: Callable[[shapely.Geometry], shapely.Geometry]
) -> Callable[[Export], None]:
    """Change one outline in metres."""

    def aendere(export: Export) -> None:
        ziel = feature(export, nr)
        grad = shapely.from_geojson(json.dumps(ziel["geometry"]))
        umriss = verfahren(umrisse_nach_utm(np.array([grad], dtype=object))[0])
        neu = nach_wgs84(np.array([umriss], dtype=object))[0]
        ziel["geometry"] = json.loads(shapely.to_geojson(neu))

    return aendere


def verschoben(umriss: shapely.Geometry) -> shapely.Geometry:
    return affinity.translate(umriss, 2000.0)


def mit_loch(umriss: shapely.Geometry) -> shapely.Geometry:
    return shapely.difference(umriss, shapely.buffer(shapely.point_on_surface(umriss), 60))


def geweitet(umriss: shapely.Geometry) -> shapely.Geometry:
    return shapely.buffer(umriss, 150)


def achsen_vertauscht(export: Export) -> None:
    for eintrag in export["features"]:
        text = shapely.from_geojson(json.dumps(eintrag["geometry"]))
        getauscht = shapely.transform(text, lambda punkte: punkte[:, ::-1])
        eintrag["geometry"] = json.loads(shapely.to_geojson(getauscht))


def in_metern(export: Export) -> None:
    for eintrag in export["features"]:
        grad = np.array([shapely.from_geojson(json.dumps(eintrag["geometry"]))], dtype=object)
        eintrag["geometry"] = json.loads(shapely.to_geojson(umrisse_nach_utm(grad)[0]))


def mit_crs(name: str) -> Callable[[Export], None]:
    crs = {"type": "name", "properties": {"name": name}}
    return lambda export: export.update(crs=crs)


SCHLECHT = [
    (entferne, Grund.BEZIRKE, "Fehlend: 120"),
    (setze("120", statistischer_bezirk_nr="999"), Grund.BEZIRKE, "unbekannt: 999"),
    (verdopple, Grund.BEZIRKE, "doppelt: 120"),
    (lambda e: e["features"].clear(), Grund.BEZIRKE, "Fehlend: 000"),
    (lambda e: e.pop("features"), Grund.FORM, "features"),
    (lambda e: e.update(type="Feature"), Grund.FORM, "type"),
    (setze("120", statistischer_bezirk_nr=120), Grund.FORM, "statistischer_bezirk_nr"),
    (setze("120", statistischer_bezirk=" "), Grund.FORM, "statistischer_bezirk"),
    (setze("120", upload_am=None), Grund.FORM, "upload_am"),
    (setze("120", upload_am="2025-02-30"), Grund.FORM, "upload_am"),
    (geometrie(None), Grund.FORM, "geometry"),
    (geometrie({"type": "Point", "coordinates": [7.4, 51.5]}), Grund.UMRISS, "120 Eving"),
    (geometrie({"type": "Polygon", "coordinates": []}), Grund.UMRISS, "120 Eving"),
    (geometrie({"type": "Polygon", "coordinates": [[[7, 51], [8, 51]]]}), Grund.UMRISS, "120"),
    (geometrie({"type": "Polygon", "coordinates": "x"}), Grund.UMRISS, "120 Eving"),
    (geometrie({}), Grund.UMRISS, "120 Eving"),
    (verzerrt("120", verschoben), Grund.LAGE, "120 Eving"),
    (verzerrt("120", mit_loch), Grund.LUECKEN, "1 Lücken"),
    (verzerrt("120", geweitet), Grund.FLAECHE, "2 %"),
    (achsen_vertauscht, Grund.LAGE, "liegt im Export nicht mehr"),
    (in_metern, Grund.BEZUGSSYSTEM, "WGS84"),
    (mit_crs("EPSG:25832"), Grund.BEZUGSSYSTEM, "EPSG:25832"),
    (mit_crs("unsinn"), Grund.BEZUGSSYSTEM, "unsinn"),
    (lambda e: e.update(crs={"properties": None}), Grund.FORM, "crs.properties"),
    (setze("120", statistischer_bezirk="<script>alert(1)</script>"), Grund.PRUEFUNG, "markup"),
]


@pytest.mark.parametrize(("schaden", "grund", "satzteil"), SCHLECHT)
def test_a_wrong_export_leaves_every_byte(
    geodata: Path,
    liefere: Liefere,
    gemacht: Export,
    schaden: Callable[[Export], object],
    grund: Grund,
    satzteil: str,
) -> None:
    vorher = dateien(geodata)
    schaden(gemacht)
    with pytest.raises(Abgelehnt) as fehler:
        erneuere(liefere(gemacht), geodata)
    assert fehler.value.grund is grund
    satz = ablehnung(fehler.value, lade("de"))
    assert satzteil in satz
    assert satz.endswith("bleibt, wie sie ist.")
    assert dateien(geodata) == vorher


@pytest.mark.parametrize("name", ["EPSG:4326", "urn:ogc:def:crs:OGC:1.3:CRS84"])
def test_wgs84_may_be_named(geodata: Path, liefere: Liefere, gemacht: Export, name: str) -> None:
    mit_crs(name)(gemacht)
    assert erneuere(liefere(gemacht), geodata) is not None


def test_a_self_intersection_and_heights_are_mended(
    geodata: Path, liefere: Liefere, gemacht: Export
) -> None:
    ring = feature(gemacht, "120")["geometry"]["coordinates"][0]
    (x, y), (xx, yy) = ring[3], ring[4]
    ring[4:4] = [[xx, yy], [x + 1e-6, y + 2e-6]]  # a bow tie of some centimetres
    feature(gemacht, "130")["geometry"]["coordinates"][0] = [
        [*punkt, 80.0] for punkt in feature(gemacht, "130")["geometry"]["coordinates"][0]
    ]
    assert erneuere(liefere(gemacht), geodata) is not None
    assert shapely.is_valid(lies(geodata)["wkt_epsg25832"].to_numpy(dtype=object)).all()


@pytest.mark.parametrize(
    ("schaden", "grund"),
    [
        (lambda g: (g / CSV).unlink(), Grund.BISHERIGE_QUELLE),
        (lambda g: (g / CSV).write_text("nr,name\n"), Grund.BISHERIGE_QUELLE),
        (lambda g: kuerze(g / CSV), Grund.BISHERIGE_QUELLE),
        (lambda g: ersetze(g / CSV, "POLYGON", "POLYGONE"), Grund.BISHERIGE_QUELLE),
        (lambda g: ersetze(g / CSV, "177.5", "viel"), Grund.BISHERIGE_QUELLE),
        (lambda g: (g / "quellen.toml").unlink(), Grund.HERKUNFT),
        (lambda g: (g / "quellen.toml").write_text("[[["), Grund.HERKUNFT),
        (lambda g: (g / "quellen.toml").write_text("quelle = 1"), Grund.HERKUNFT),
        (lambda g: ersetze(g / "quellen.toml", CSV, "anders.csv"), Grund.HERKUNFT),
    ],
)
def test_without_a_sound_source_the_portal_is_not_even_asked(
    geodata: Path, portal: Portal, schaden: Callable[[Path], object], grund: Grund
) -> None:
    schaden(geodata)
    vorher = dateien(geodata)
    with pytest.raises(Abgelehnt) as fehler:
        erneuere(portal, geodata)
    assert fehler.value.grund is grund
    assert not portal.anfragen
    assert dateien(geodata) == vorher


def kuerze(pfad: Path) -> None:
    pfad.write_text("".join(pfad.read_text("utf-8").splitlines(keepends=True)[:-1]), "utf-8")


def ersetze(pfad: Path, alt: str, neu: str) -> None:
    text = pfad.read_text("utf-8")
    assert alt in text
    pfad.write_text(text.replace(alt, neu, 1), "utf-8")


@pytest.mark.parametrize("nummer", [1, 2, 3])
def test_a_full_disk_leaves_every_byte(
    geodata: Path,
    liefere: Liefere,
    gemacht: Export,
    monkeypatch: pytest.MonkeyPatch,
    nummer: int,
) -> None:
    geschrieben: list[Path] = []

    def schreibe(pfad: Path, daten: bytes) -> None:
        geschrieben.append(pfad)
        pfad.write_bytes(daten[:10] if len(geschrieben) == nummer else daten)
        if len(geschrieben) == nummer:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(ersetzen, "schreibe", schreibe)
    vorher = dateien(geodata)
    with pytest.raises(Abgelehnt) as fehler:
        erneuere(liefere(gemacht), geodata)
    assert fehler.value.grund is Grund.SCHREIBEN
    assert dateien(geodata) == vorher


def test_a_replaced_file_keeps_its_rights(geodata: Path, liefere: Liefere, gemacht: Export) -> None:
    (geodata / CSV).chmod(0o664)
    erneuere(liefere(gemacht), geodata)
    assert (geodata / CSV).stat().st_mode & 0o777 == 0o664


def test_every_reason_has_a_sentence_and_no_sentence_is_left_over() -> None:
    anfang = "update.abgelehnt."
    vorhanden = {key.removeprefix(anfang) for key in lade("de").texte if key.startswith(anfang)}
    assert vorhanden == set(Grund)
