"""What people mean by a date, an amount and a coordinate."""

import doctest

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Transformer

from layers.deutung import datum, koordinate, lage, paar, zahl
from layers.deutung.datum import Zeitangabe as Z
from layers.raumbezug import WGS84
from tests.tor.conftest import GEODATA


@pytest.mark.parametrize(
    ("text", "erwartet"),
    [
        ("08.12.2016", Z("2016-12-08")),
        ("8. Dezember 2016", Z("2016-12-08")),
        ("12.2016", Z("2016-12")),
        ("03/2021", Z("2021-03")),
        ("2016/03", Z("2016-03")),
        ("März 2021", Z("2021-03")),
        ("Dez. 2016", Z("2016-12")),
        ("2016-12-08 00:00:00", Z("2016-12-08")),
        ("42712", Z("2016-12-08")),
        ("Sommer 2019", Z("2019", ungenau=True)),
        ("Frühjahr 2019", Z("2019", ungenau=True)),
        ("1. Quartal 2020", Z("2020", ungenau=True)),
        ("II. Halbjahr 2020", Z("2020", ungenau=True)),
        ("Ende 2020", Z("2020", ungenau=True)),
        ("ca. 2017", Z("2017", ungenau=True)),
        ("2015–2018", Z(beginn="2015", ende="2018")),
        ("2015-2018", Z(beginn="2015", ende="2018")),
        ("2015/16", Z(beginn="2015", ende="2016")),
        ("von 2015 bis 2018", Z(beginn="2015", ende="2018")),
        ("03/2015 - 12/2018", Z(beginn="2015-03", ende="2018-12")),
        ("03/2015-12/2018", Z(beginn="2015-03", ende="2018-12")),
        ("08.12.16", Z("2016-12-08")),
        ("03/21", Z("2021-03")),
        ("Mrz 21", Z("2021-03")),
        ("Sommer '19", Z("2019", ungenau=True)),
        ("15–18", Z(beginn="2015", ende="2018")),
        ("15/16", Z(beginn="2015", ende="2016")),
        ("03/15 – 12/18", Z(beginn="2015-03", ende="2018-12")),
        ("seit 03/21", Z(beginn="2021-03")),
        ("ca. 2015 bis 2018", Z(beginn="2015", ende="2018", ungenau=True)),
        ("seit 2016", Z(beginn="2016")),
        ("ab Frühjahr 2019", Z(beginn="2019", ungenau=True)),
        ("bis Ende 2020", Z(ende="2020-12")),
        ("bis 2020", Z(ende="2020")),
    ],
)
def test_dates_and_spans(text: str, erwartet: Z) -> None:
    assert datum.deute(text) == erwartet


@pytest.mark.parametrize(
    "text",
    [
        "gestern",
        "08.12.98",
        "03/04",
        "12/13",
        "03-15",
        "10–12",
        "18–15",
        "16",
        "21. März",
        "31.02.16",
        "1016",
        "2016-13",
        "31.02.2017",
        "2018–2015",
        "12345",
        "",
        "2016 oder 2017",
        "a\nb",
        "2" * 100,
    ],
)
def test_what_is_no_clear_date(text: str) -> None:
    assert datum.deute(text) is None


@given(text=st.text(max_size=70))
def test_any_text_is_a_date_or_none(text: str) -> None:
    angabe = datum.deute(text)
    if angabe:
        for teil in (angabe.zeitpunkt, angabe.beginn, angabe.ende):
            assert not teil or datum.ist_datum(teil)


@pytest.mark.parametrize(
    ("text", "ganz", "erwartet", "ungenau"),
    [
        ("ca. 1,2 Mio. €", True, "1200000", True),
        ("67.500 Euro", True, "67500", False),
        ("T€ 250", True, "250000", False),
        ("250 TEUR", True, "250000", False),
        ("250 T€", True, "250000", False),
        ("1.200.000,00 €", True, "1200000", False),
        ("500.000,- €", True, "500000", False),
        ("rund 3,5 Millionen Euro", True, "3500000", True),
        ("1 200 000 €", True, "1200000", False),
        ("EUR 5000", True, "5000", False),
        ("12,5 ha", False, "12.5", False),
        ("1.234,5", False, "1234.5", False),
    ],
)
def test_amounts(text: str, ganz: bool, erwartet: str, ungenau: bool) -> None:
    assert zahl.deute(text, ganz=ganz) == zahl.Betrag(erwartet, ungenau)


@pytest.mark.parametrize(
    ("text", "ganz"),
    [
        ("viele", True),
        ("1.5", True),
        ("500 €/Jahr", True),
        ("67.500 ha", False),
        ("1 bis 2 Mio.", True),
        ("", True),
        ("€", True),
    ],
)
def test_what_is_no_clear_amount(text: str, ganz: bool) -> None:
    assert zahl.deute(text, ganz=ganz) is None


@given(text=st.text(max_size=50), ganz=st.booleans())
def test_any_text_is_an_amount_or_none(text: str, ganz: bool) -> None:
    betrag = zahl.deute(text, ganz=ganz)
    if betrag:
        float(betrag.text)


@pytest.mark.parametrize(
    ("text", "erwartet"),
    [
        ("51,53641", 51.53641),
        ("5.709.524,3", 5709524.3),
        ("5 709 524", 5709524.0),
        ("51.536.410", 51536410.0),
        ("N 51.536", 51.536),
        ("51.536°", 51.536),
        ("51° 32' 11,0\" N", 51.536389),
        ("393458 m", 393458.0),
        ("5 709 524,3", 5709524.3),
        ("7,4 W", -7.4),
        ("S 51.5", -51.5),
        ("5709524 393458", None),
        ("51,5 7,4", None),
        ("nan", None),
        ("1e2", None),
        ("abc", None),
        ("٣", None),
    ],
)
def test_notations_of_coordinates(text: str, erwartet: float | None) -> None:
    gelesen = koordinate.zahl(text)
    assert gelesen == erwartet or (gelesen and np.isclose(gelesen, erwartet or 0, atol=1e-6))


@pytest.mark.parametrize(
    "text",
    [
        "51.5, 7.4",
        "51.5,7.4",
        "51,5 7,4",
        "51,5; 7,4",
        "51,5, 7,4",
        "51.5 / 7.4",
        "(51.5, 7.4)",
        "N 51.5 E 7.4",
        "51,5N 7,4O",
        "7,4 O 51,5 N",
        "51.5°, 7.4°",
        "51° 30' N, 7° 24' E",
        "51°30'0\"N7°24'0\"E",
        "POINT (7.4 51.5)",
    ],
)
def test_both_figures_in_one_cell(text: str) -> None:
    gefunden = paar.teile(text)
    assert gefunden
    assert [koordinate.zahl(teil) for teil in gefunden] == [51.5, 7.4]


@pytest.mark.parametrize("text", ["32U 393458 5709524", "393458,2 5709524,9", "393.458 5.709.524"])
def test_both_figures_in_metres(text: str) -> None:
    gefunden = paar.teile(text)
    assert gefunden
    assert [int(koordinate.zahl(teil) or 0) for teil in gefunden] == [393458, 5709524]


@pytest.mark.parametrize(
    "text",
    ["51,5,7,4", "393458,5709524", "5 709 524 393 458", "51.5", "51.5 7.4 3", "am Hafen", ""],
)
def test_what_is_no_clear_pair(text: str) -> None:
    assert paar.teile(text) is None


@given(text=st.text("NSEOW0123456789°'\",.;/|- ()", max_size=30) | st.text(max_size=90))
def test_any_text_is_a_pair_or_none(text: str) -> None:
    for teil in paar.teile(text) or ():
        assert np.isfinite(koordinate.zahl(teil) or 0)


@given(text=st.text(max_size=50))
def test_any_text_is_a_coordinate_or_none(text: str) -> None:
    wert = koordinate.zahl(text)
    assert wert is None or np.isfinite(wert)


@pytest.mark.parametrize("system", koordinate.SYSTEME)
@pytest.mark.parametrize("getauscht", [False, True])
def test_a_pair_is_recognised_in_every_system(system: str, getauscht: bool) -> None:
    import geopandas as gpd  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    tabelle = pd.read_csv(GEODATA / "statistische_bezirke.csv")
    gebiet = gpd.GeoSeries.from_wkt(tabelle["wkt_epsg25832"]).union_all()
    x, y = Transformer.from_crs(WGS84, system, always_xy=True).transform(7.41571, 51.53641)
    if getauscht:
        x, y = y, x
    (lesarten,) = koordinate.lesarten(np.array([y]), np.array([x]), gebiet, 5000)
    (lesart,) = lesarten
    assert (lesart.system, lesart.getauscht) == (system, getauscht)
    assert np.allclose([lesart.lat, lesart.lon], [51.53641, 7.41571], atol=1e-6)


@pytest.mark.parametrize(
    ("angabe", "erwartet"),
    [
        ("25832", "EPSG:25832"),
        ("EPSG:25832", "EPSG:25832"),
        ("ETRS89 / UTM 32N", "EPSG:25832"),
        ("Gauß-Krüger 2", "EPSG:31466"),
        ("GK 3", "EPSG:31467"),
        ("WGS 84", "EPSG:4326"),
        ("epsg:3857", "EPSG:3857"),
        ("4647", "EPSG:4647"),
        ("EPSG:2056", None),
        ("Quatsch", None),
        ("9" * 50, None),
    ],
)
def test_stated_systems(angabe: str, erwartet: str | None) -> None:
    assert lage.system(angabe) == erwartet


@pytest.mark.parametrize("modul", [datum, zahl, koordinate, lage, paar])
def test_examples_of_the_documentation(modul: object) -> None:
    assert doctest.testmod(modul).failed == 0  # type: ignore[arg-type]
