"""Distances without a sine are never further off than they say."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.entfernung import meter, versatz
from app.ungefaehr import quadrate
from app.werte import Punkt

MIKRO = 1_000_000
stellen = st.tuples(st.integers(-85 * MIKRO, 85 * MIKRO), st.integers(-180 * MIKRO, 180 * MIKRO))


@settings(deadline=None)
@given(
    stellen,
    stellen,
    st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), max_size=40),
    st.sampled_from([0, 100, 200_000, 5 * MIKRO]),
)
def test_the_error_is_within_its_bound(
    punkt: tuple[int, int],
    mitte: tuple[int, int],
    orte: list[tuple[float, float]],
    umgebung: int,
) -> None:
    lats = np.array([mitte[0] + round(dy * umgebung) for dy, _ in orte], dtype=np.int32)
    lons = np.array([mitte[1] + round(dx * umgebung) for _, dx in orte], dtype=np.int32)
    lat, lon = punkt[0] / MIKRO, punkt[1] / MIKRO
    weiten, fehler = quadrate(Punkt(lat, lon), lats, lons)
    genau = meter(versatz(lat, lon, lats / MIKRO, lons / MIKRO))
    assert (np.abs(np.sqrt(weiten) - genau) <= fehler).all()


def test_across_a_city_the_bound_is_centimetres() -> None:
    lats = np.linspace(51_400_000, 51_600_000, 50).astype(np.uint32)
    lons = np.linspace(7_300_000, 7_650_000, 50).astype(np.uint32)
    assert quadrate(Punkt(51.4, 7.3), lats, lons).fehler < 0.1
