"""Cleaning: random grids become gap-free coverages, or are refused; nothing in between."""

import json

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from layers.ablehnung import Abgelehnt, Grund
from layers.amtlich import abdeckung
from layers.amtlich.abdeckung import ABWEICHUNG, Abdeckung, bereinige, messe
from layers.amtlich.bezirksexport import lies
from layers.raumbezug import Geometrien
from tests.amtlich.portal import REFERENZ

_ECKEN = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], dtype=float)
_URSPRUNG = (390_000.0, 5_700_000.0)


def raster(
    spalten: int, zeilen: int, seite: float, punkte: int, versatz: float, saat: int, rand: bool
) -> Geometrien:
    """Return cells whose vertices are moved one by one; ``rand``: on the outer border, too."""
    zufall = np.random.default_rng(saat)
    schritte = np.arange(punkte)[:, None] / punkte
    zellen = []
    for stelle in np.ndindex(spalten, zeilen):
        kanten = zip(_ECKEN, np.roll(_ECKEN, -1, axis=0), strict=True)
        ring = np.concatenate([a + (b - a) * schritte for a, b in kanten]) + stelle
        aussen = (np.isclose(ring, 0) | np.isclose(ring, (spalten, zeilen))).any(axis=1)
        fehler = zufall.uniform(-versatz, versatz, ring.shape)
        if not rand:
            fehler[aussen] = 0
        zellen.append(shapely.Polygon(ring * seite + fehler + _URSPRUNG))
    return np.array(zellen, dtype=object)


def namen(umrisse: Geometrien) -> list[str]:
    return [str(i) for i in range(len(umrisse))]


def pruefe(umrisse: Geometrien, ergebnis: Abdeckung) -> None:
    rund = ergebnis.umrisse
    assert len(rund) == len(umrisse)
    assert shapely.is_valid(rund).all()
    assert shapely.coverage_is_valid(rund)
    vereint = shapely.union_all(rund)
    assert isinstance(vereint, shapely.Polygon)
    assert not vereint.interiors
    assert vereint.area == pytest.approx(shapely.area(rund).sum(), abs=1e-3)
    punkte = shapely.get_coordinates(rund)
    assert (punkte == punkte.round()).all()
    vorher = shapely.area(umrisse)
    assert (np.abs(shapely.area(rund) - vorher) <= ABWEICHUNG * vorher).all()
    assert (ergebnis.nachher.luecken, ergebnis.nachher.teile) == (0, 1)
    assert ergebnis.nachher.ueberlappung_ha == pytest.approx(0, abs=1e-6)


@settings(max_examples=100, deadline=None)
@given(
    spalten=st.integers(1, 6),
    zeilen=st.integers(1, 6),
    seite=st.floats(900, 2500),
    punkte=st.integers(1, 8),
    versatz=st.floats(0, 4),
    saat=st.integers(0, 2**32 - 1),
)
def test_a_grid_with_gaps_and_overlaps_becomes_gap_free(
    spalten: int, zeilen: int, seite: float, punkte: int, versatz: float, saat: int
) -> None:
    umrisse = raster(spalten, zeilen, seite, punkte, versatz, saat, rand=False)
    pruefe(umrisse, bereinige(umrisse, namen(umrisse)))


@settings(max_examples=100, deadline=None)
@given(
    spalten=st.integers(1, 4),
    zeilen=st.integers(1, 4),
    seite=st.floats(20, 2000),
    punkte=st.integers(1, 8),
    versatz=st.floats(0, 400),
    saat=st.integers(0, 2**32 - 1),
)
def test_whatever_comes_is_gap_free_or_refused(
    spalten: int, zeilen: int, seite: float, punkte: int, versatz: float, saat: int
) -> None:
    umrisse = raster(spalten, zeilen, seite, punkte, versatz, saat, rand=True)
    umrisse = umrisse[shapely.area(umrisse) > 0]
    try:
        ergebnis = bereinige(umrisse, namen(umrisse))
    except Abgelehnt:
        return
    pruefe(umrisse, ergebnis)


def kacheln(*ecken: tuple[float, float, float, float]) -> Geometrien:
    return np.array([shapely.box(*ecke) for ecke in ecken], dtype=object)


def grund(umrisse: Geometrien) -> Abgelehnt:
    with pytest.raises(Abgelehnt) as fehler:
        bereinige(umrisse, namen(umrisse))
    return fehler.value


def test_what_fits_already_stays() -> None:
    umrisse = kacheln((0, 0, 1000, 1000), (1000, 0, 2000, 1000))
    ergebnis = bereinige(umrisse, namen(umrisse))
    assert ergebnis.vorher == ergebnis.nachher
    assert shapely.equals(ergebnis.umrisse, umrisse).all()
    assert not ergebnis.abweichung.any()


def test_gaps_and_overlaps_are_measured() -> None:
    rahmen = shapely.box(0, 0, 1000, 1000) - shapely.box(400, 400, 500, 500)
    messung = messe(np.array([rahmen, shapely.box(990, 0, 2000, 1000)], dtype=object))
    assert messung.luecken == 1
    assert messung.luecken_ha == pytest.approx(1.0)
    assert messung.groesste_luecke_ha == pytest.approx(1.0)
    assert messung.ueberlappung_ha == pytest.approx(1.0)


def test_a_wide_hole_is_not_closed_but_refused() -> None:
    umrisse = kacheln((0, 0, 2000, 2000))
    umrisse[0] = umrisse[0] - shapely.box(800, 800, 1000, 1000)
    assert grund(umrisse).grund is Grund.LUECKEN


def test_a_city_in_two_parts_is_refused() -> None:
    assert grund(kacheln((0, 0, 1000, 1000), (1050, 0, 2000, 1000))).grund is Grund.LUECKEN


def test_a_district_that_would_change_too_much_is_named() -> None:
    fehler = grund(kacheln((0, 0, 1000, 1000), (900, 0, 2000, 1000)))
    assert fehler.grund is Grund.FLAECHE
    assert fehler.werte["name"] in {"0", "1"}


def test_an_old_geos_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(abdeckung, "_GEOS", (99, 0))
    assert grund(kacheln((0, 0, 1000, 1000))).grund is Grund.GEOS


@pytest.mark.skipif(not REFERENZ.is_file(), reason="../shared/referenz is not there")
def test_the_official_export_becomes_gap_free() -> None:
    export = lies(json.loads(REFERENZ.read_bytes()))
    ergebnis = bereinige(export.umrisse, export.name)
    assert ergebnis.vorher.luecken == 179
    assert ergebnis.vorher.luecken_ha == pytest.approx(62.7, abs=0.05)
    assert ergebnis.vorher.groesste_luecke_ha == pytest.approx(5.2, abs=0.05)
    pruefe(export.umrisse, ergebnis)
    assert ergebnis.abweichung.max() < 0.019
