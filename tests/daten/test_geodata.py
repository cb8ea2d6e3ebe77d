"""The shipped data: nothing held back, nothing lost, nothing claimed that is not documented."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import shapely

from layers import index, stadtbezirke
from layers.befund import Code, Schwere
from layers.check import check
from layers.join import Verbund, join
from layers.raumbezug import GENERALISIERUNG_M, nach_utm
from layers.read import read_sources
from layers.sprachen import UEBERSETZT
from layers.tabellen import CODELISTEN, Tabelle

WURZEL = Path(__file__).parents[2]
SCHRIFT = {"ar": "[\u0600-\u06ff]", "uk": "[\u0400-\u04ff]"}


@pytest.fixture(scope="module")
def verbund() -> Verbund:
    return join(check(read_sources(WURZEL / "geodata")))


def test_no_row_is_held_back_and_nothing_is_wrong(verbund: Verbund) -> None:
    assert verbund.quarantaene == ()
    assert [b for b in verbund.befunde if b.schwere is Schwere.FEHLER] == []


def test_numbers_of_projects(verbund: Verbund) -> None:
    assert Counter(verbund.projekte["belegstufe"]) == {"A": 25, "B": 47, "C": 21}
    umfeld = verbund.projekte["liste"] == "umfeld"
    assert (umfeld == (verbund.projekte["belegstufe"] == "C")).all()
    assert set(verbund.projekte["zuordnung"]) == {"redaktionell"}


def test_numbers_that_the_pages_name(verbund: Verbund) -> None:
    zahlen = index.zahlen(verbund)
    assert {name: zahlen[name] for name in ("projekte", "projekte_mit_lage", "standorte")} == {
        "projekte": 93, "projekte_mit_lage": 76, "standorte": 76,
    }  # fmt: skip
    assert (zahlen["teilprojekte_gesamt"], zahlen["plaetze_analysiert"]) == (237, 27)
    assert (zahlen["stadtbezirke"], zahlen["statistische_bezirke"]) == (12, 62)


def test_no_square_is_claimed_to_be_one_of_the_27(verbund: Verbund) -> None:
    plaetze = verbund.orte["plaetze"]
    assert len(plaetze) == 23
    assert set(plaetze["teil_der_27"]) == {"nicht belegt"}


def test_vacant_land(verbund: Verbund) -> None:
    brachen = verbund.orte["brachflaechen"]
    assert len(brachen) == 18
    assert int(brachen["flaeche_ha"].notna().sum()) == 15


def test_every_organisation_is_known(verbund: Verbund) -> None:
    codes = {b.code for b in verbund.befunde}
    assert not codes & {Code.ORGANISATION_UNBEKANNT, Code.ORGANISATION_VERSCHRIEBEN}
    namen = {n for spalte in ("traeger", "partner") for z in verbund.projekte[spalte] for n in z}
    tabelle = verbund.tabellen["beteiligte"]
    schreibweisen = {*tabelle["name"], *(v for z in tabelle["varianten"] for v in z)}
    assert namen == namen & schreibweisen
    assert schreibweisen - namen <= set(tabelle["name"]), "a spelling that no source uses"


def test_districts_cover_the_city_without_gap_or_overlap(verbund: Verbund) -> None:
    umrisse = verbund.statistische_bezirke.geometry.to_numpy()
    assert len(umrisse) == 62
    assert shapely.is_valid(umrisse).all()
    assert shapely.coverage_is_valid(umrisse)
    vereint = shapely.union_all(umrisse)
    assert isinstance(vereint, shapely.Polygon)
    assert not list(vereint.interiors)
    assert np.isclose(vereint.area, shapely.area(umrisse).sum(), atol=1)


def test_stadtbezirke_are_dissolved_without_loss(verbund: Verbund) -> None:
    umrisse = verbund.stadtbezirke.geometry.to_numpy()
    assert len(umrisse) == 12
    assert shapely.is_valid(umrisse).all()
    assert shapely.coverage_is_valid(umrisse)
    stadt = shapely.area(verbund.statistische_bezirke.geometry.to_numpy()).sum()
    assert np.isclose(shapely.area(umrisse).sum(), stadt, atol=1)
    assert {g.geom_type for g in umrisse} == {"Polygon"}


def test_programme_area_is_seven_districts(verbund: Verbund) -> None:
    umfang = Counter(verbund.stadtbezirke["projektgebiet"])
    assert umfang == {"ganz": 5, "teilweise": 2, "nein": 5}


def _spalten(rahmen: pd.DataFrame, schluessel: str) -> Iterator[tuple[int, str, float, float]]:
    namen = ("zeile", schluessel, "lon", "lat")
    return zip(*(rahmen[name].tolist() for name in namen), strict=True)


def test_every_point_lies_where_it_is_said_to_lie(verbund: Verbund) -> None:
    """Checked without the join: or there is a finding about the row."""
    umrisse = dict(zip(verbund.stadtbezirke["code"], verbund.stadtbezirke.geometry, strict=True))
    befunde = {(b.datei, b.zeile) for b in verbund.befunde if b.code is Code.STADTBEZIRK_ABWEICHEND}
    genannt = dict(zip(verbund.projekte["id"], verbund.projekte["stadtbezirke"], strict=True))
    punkte = [
        ("standorte.csv", zeile, genannt[projekt], lon, lat)
        for zeile, projekt, lon, lat in _spalten(verbund.standorte, "projekt_id")
    ]
    for name, orte in verbund.orte.items():
        punkte += [
            (f"{name}.csv", zeile, (bezirk,), lon, lat)
            for zeile, bezirk, lon, lat in _spalten(orte, "stadtbezirk")
        ]
    gezaehlt = 0
    for datei, zeile, codes, lon, lat in punkte:
        if np.isnan(lon) or stadtbezirke.UEBERGREIFEND in codes or not any(codes):
            continue
        punkt = nach_utm(np.array([lon]), np.array([lat]))[0]
        abstand = min(umrisse[code].distance(punkt) for code in codes)
        assert abstand <= GENERALISIERUNG_M or (datei, zeile) in befunde
        gezaehlt += 1
    assert gezaehlt > 100


def test_stand_is_the_newest_of_the_projects(verbund: Verbund) -> None:
    assert verbund.stand == max(verbund.projekte["stand"]) == "2026-01"


def test_provenance_is_as_new_as_the_data(verbund: Verbund) -> None:
    stand = {quelle.datei: quelle.stand for quelle in verbund.quellen}
    assert stand["projekte.csv"] == verbund.stand
    for name, orte in verbund.orte.items():
        assert stand[f"{name}.csv"] == max(orte["stand"])
    bezirke = next(q for q in verbund.quellen if q.datei == "statistische_bezirke.csv")
    assert (bezirke.herausgeber, bezirke.lizenz) == ("Stadt Dortmund", "dl-de/zero-2.0")


@pytest.mark.parametrize("liste", CODELISTEN, ids=lambda liste: liste.name)
@pytest.mark.parametrize("sprache", UEBERSETZT)
def test_every_code_is_named_in_every_language(
    verbund: Verbund, liste: Tabelle, sprache: str
) -> None:
    tabelle = verbund.tabellen[liste.name]
    label, kurz = tabelle[f"label_{sprache}"], tabelle[f"kurz_{sprache}"]
    assert (label != "").all()
    assert label.is_unique
    assert ((kurz != "") == (tabelle["kurz"] != "")).all()
    gezeigt = kurz.where(kurz != "", label)
    assert gezeigt.is_unique, "two options of a filter would look alike"
    if liste.name != "codelisten/stadtbezirk" and sprache in SCHRIFT:
        assert label.str.contains(SCHRIFT[sprache]).all()


def test_stadtbezirke_are_called_what_the_street_signs_say(verbund: Verbund) -> None:
    tabelle = verbund.tabellen["codelisten/stadtbezirk"]
    bezirke = tabelle[tabelle["code"] != stadtbezirke.UEBERGREIFEND]
    for sprache in UEBERSETZT:
        assert list(bezirke[f"label_{sprache}"]) == list(bezirke["label"])


def test_one_field_has_one_name_in_every_list(verbund: Verbund) -> None:
    namen: dict[tuple[str, str], set[str]] = {}
    for liste in ("wirkungsfeld", "themenfeld", "kennzahlbereich"):
        for zeile in verbund.tabellen[f"codelisten/{liste}"].to_dict("records"):
            for sprache in UEBERSETZT:
                schluessel = (zeile["label"], sprache)
                namen.setdefault(schluessel, set()).add(zeile[f"label_{sprache}"])
    assert all(len(gleiche) == 1 for gleiche in namen.values())


def test_places_that_are_named_but_not_located_are_kept(verbund: Verbund) -> None:
    ohne = verbund.standorte[verbund.standorte["lon"].isna()]
    assert set(ohne["projekt_id"]) == {
        "nw-763-766", "hof-emschertal", "namenswettbewerb-emscher-auen",
    }  # fmt: skip
    assert (ohne["bezeichnung"] != "").all()
