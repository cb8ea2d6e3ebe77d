"""Joining: who lies where, what is near, and what is only said."""

import numpy as np
import pytest

from layers.befund import Code
from layers.join import PLATZ_HOECHSTENS_M, UMKREIS_M, Verbund, join
from layers.stadtbezirke import UEBERGREIFEND
from tests.layers.conftest import Ordner, pruefe_saetze

NORDMARKT = {"lat": "51.52599", "lon": "7.46593"}
"""The square in Innenstadt-Nord, as in ``plaetze.csv``."""


def verbinde(ordner: Ordner) -> Verbund:
    verbund = join(ordner.pruefe())
    pruefe_saetze(verbund.befunde)
    return verbund


def mit_standort(ordner: Ordner, genauigkeit: str, **lage: str) -> Verbund:
    """Leave Testprojekt 1 with one location and no others."""
    zeilen = ordner.tabelle("standorte")
    ordner.schreibe("standorte", zeilen[:1])
    ordner.haenge_an(
        "standorte", projekt_id="test-1", bezeichnung="Hier", lagegenauigkeit=genauigkeit, **lage
    )
    return verbinde(ordner)


def test_projects_are_in_german_order_and_locations_follow_them(ordner: Ordner) -> None:
    verbund = verbinde(ordner)
    assert verbund.projekte["name"].tolist() == [f"Testprojekt {i}" for i in range(24)]
    assert (np.diff(verbund.standorte["projekt"]) >= 0).all()
    namen = verbund.projekte["id"].to_numpy()[verbund.standorte["projekt"]]
    assert namen.tolist() == verbund.standorte["projekt_id"].tolist()


def test_location_gets_its_districts_and_neighbours(ordner: Ordner) -> None:
    ordner.setze("projekte", 3, stadtbezirke="innenstadt-nord")
    verbund = mit_standort(ordner, "adresse", **NORDMARKT)
    standort = verbund.standorte.iloc[0]
    assert standort["bezirk"] == "innenstadt-nord"
    assert standort["statistischer_bezirk"] == "Nordmarkt"
    assert standort["platz"] == "platz-nordmarkt"
    assert standort["platz_m"] < 2
    assert Code.STADTBEZIRK_ABWEICHEND not in {b.code for b in verbund.befunde}


@pytest.mark.parametrize("genauigkeit", ["quartier", "stadtbezirk"])
def test_approximate_location_has_no_nearest_square(ordner: Ordner, genauigkeit: str) -> None:
    standort = mit_standort(ordner, genauigkeit, **NORDMARKT).standorte.iloc[0]
    assert standort["platz"] == ""
    assert np.isnan(standort["platz_m"])
    assert standort["bezirk"] == "innenstadt-nord"


@pytest.mark.parametrize(
    ("genauigkeit", "nahe", "gemessen"),
    [("adresse", True, True), ("quartier", True, False), ("stadtbezirk", False, False)],
)
def test_projects_near_a_square(
    ordner: Ordner, genauigkeit: str, nahe: bool, gemessen: bool
) -> None:
    naehe = mit_standort(ordner, genauigkeit, **NORDMARKT).naehe
    hier = naehe[naehe["ort"] == "platz-nordmarkt"]
    assert (len(hier) == 1) is nahe
    assert bool(hier["entfernung_m"].notna().any()) is gemessen


def test_what_is_too_far_is_not_near(ordner: Ordner) -> None:
    verbund = verbinde(ordner)
    assert not (verbund.naehe["entfernung_m"] > UMKREIS_M).any()
    assert not (verbund.standorte["platz_m"] > PLATZ_HOECHSTENS_M).any()
    assert not verbund.naehe.duplicated(["tabelle", "ort", "projekt"]).any()


def test_vacant_land_without_outline_has_no_distance(ordner: Ordner) -> None:
    verbund = mit_standort(ordner, "adresse", lat="51.543", lon="7.506")
    standort = verbund.standorte.iloc[0]
    assert standort["brachflaeche"] == "bf-kaiserstuhl"
    assert np.isnan(standort["brachflaeche_m"])


def test_place_that_is_named_only(ordner: Ordner) -> None:
    verbund = mit_standort(ordner, "", lat="", lon="")
    standort = verbund.standorte.iloc[0]
    assert (standort["bezeichnung"], standort["bezirk"], standort["platz"]) == ("Hier", "", "")
    assert Code.LAGE_FEHLT in {b.code for b in verbund.befunde}


def test_stated_district_stands_and_the_difference_is_named(ordner: Ordner) -> None:
    ordner.setze("projekte", 3, stadtbezirke="mengede|eving")
    verbund = mit_standort(ordner, "platz", **NORDMARKT)
    befund = next(b for b in verbund.befunde if b.code is Code.STADTBEZIRK_ABWEICHEND)
    assert (befund.wert, befund.werte["berechnet"]) == ("mengede|eving", "innenstadt-nord")
    projekt = verbund.projekte[verbund.projekte["id"] == "test-1"].iloc[0]
    assert projekt["stadtbezirke"] == ("mengede", "eving")


@pytest.mark.parametrize("genannt", ["", UEBERGREIFEND, "mengede|innenstadt-nord"])
def test_no_difference_where_nothing_contradicts(ordner: Ordner, genannt: str) -> None:
    ordner.setze("projekte", 3, stadtbezirke=genannt)
    verbund = mit_standort(ordner, "platz", **NORDMARKT)
    assert Code.STADTBEZIRK_ABWEICHEND not in {b.code for b in verbund.befunde}


def test_square_in_another_district_is_named(ordner: Ordner) -> None:
    zeile = next(i for i, z in enumerate(ordner.tabelle("plaetze"), 1) if z[0] == "platz-nordmarkt")
    ordner.setze("plaetze", zeile, stadtbezirk="hoerde")
    befunde = [b for b in verbinde(ordner).befunde if b.code is Code.STADTBEZIRK_ABWEICHEND]
    assert [(b.datei, b.zeile) for b in befunde] == [("plaetze.csv", zeile)]


def test_empty_layers_join_to_empty_layers(ordner: Ordner) -> None:
    for name in ("projekte", "standorte", "plaetze", "brachflaechen", "statistische_bezirke"):
        ordner.schreibe(name, ordner.tabelle(name)[:1])
    verbund = verbinde(ordner)
    assert len(verbund.projekte) == len(verbund.standorte) == len(verbund.naehe) == 0
    assert verbund.stand == ""
