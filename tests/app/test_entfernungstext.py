"""Distances in words: rounding, direction, and how much is claimed to be known."""

import pytest

from app.entfernung import RICHTUNGEN
from app.entfernungstext import entfernungstext, streckentext
from app.katalog import lade
from app.sprachen import SPRACHEN

N, SO, NW = (RICHTUNGEN.index(name) for name in ("n", "so", "nw"))


@pytest.mark.parametrize(
    ("meter", "richtung", "ungefaehr", "text"),
    [
        (352.0, N, False, "350 m nördlich"),
        (355.0, N, False, "360 m nördlich"),
        (1234.0, SO, False, "1,2 km südöstlich"),
        (996.0, NW, False, "1 km nordwestlich"),
        (1000.0, NW, False, "1 km nordwestlich"),
        (12_345.0, NW, False, "12,3 km nordwestlich"),
        (4.9, N, False, "genau hier"),
        (352.0, N, True, "etwa 400 m nördlich"),
        (1234.0, SO, True, "etwa 1,2 km südöstlich"),
        (49.0, SO, True, "etwa hier"),
    ],
)
def test_a_distance_is_said_as_exactly_as_it_is_known(
    meter: float, richtung: int, ungefaehr: bool, text: str
) -> None:
    assert entfernungstext(meter, richtung, lade("de"), ungefaehr=ungefaehr) == text


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_every_language_has_eight_different_directions(sprache: str) -> None:
    t = lade(sprache)
    texte = {entfernungstext(1234, i, t, ungefaehr=False) for i in range(len(RICHTUNGEN))}
    assert len(texte) == len(RICHTUNGEN)
    assert all("1,2" in text or "1.2" in text for text in texte)


@pytest.mark.parametrize(("meter", "text"), [(500, "500 m"), (2000, "2 km"), (1250, "1.250 m")])
def test_a_radius_is_said_in_the_unit_that_fits(meter: int, text: str) -> None:
    assert streckentext(meter, lade("de")) == text
