"""The pure parts of the benchmark: reading reports, ratios, fits, files and the page."""

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.bench import bilder, messung, seite
from tests.bench.kurven import exponent, gerade
from tests.bench.messung import WIR, Ergebnis, Messreihe, Reihe, Zahlen, abwechselnd
from tests.bench.teile import bau, filterwechsel, folium, lighthouse, load, nginx, pygeoapi, server
from tests.bench.wrk import deute

BERICHT = """\
Running 4s test @ http://127.0.0.1:8000/
  1 threads and 16 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     3.61ms    1.20ms  21.00ms   91.10%
    Req/Sec     4.44k   210.11     4.80k    70.00%
  Latency Distribution
     50%  700.00us
     75%    4.02ms
     90%    5.11ms
     99%    1.20s
  17686 requests in 4.00s, 51.20MB read
{rest}Requests/sec:   4420.31
Transfer/sec:     12.80MB
"""
FEHLER = """\
  Socket errors: connect 1, read 2, write 3, timeout 4
  Non-2xx or 3xx responses: 5
"""
zahlen = st.floats(0.001, 1e6)


def ergebnis(teil: str, *reihen: Messreihe, bemerkungen: tuple[str, ...] = ()) -> Ergebnis:
    """What a part on an invented machine has measured."""
    return Ergebnis(teil, "2026-01-15", "Testrechner", "abc1234", 1.5, reihen, (), bemerkungen)


def test_a_report_of_wrk_is_read_in_milliseconds() -> None:
    antworten = deute(BERICHT.format(rest=""))
    assert (antworten.anzahl, antworten.schlecht, antworten.rate) == (17686, 0, 4420.31)
    assert (antworten.p50, antworten.p99) == pytest.approx((0.7, 1200))


def test_every_kind_of_failure_counts() -> None:
    assert deute(BERICHT.format(rest=FEHLER)).schlecht == 15


def test_what_is_no_report_is_an_error() -> None:
    with pytest.raises(RuntimeError):
        deute("unable to connect to 127.0.0.1:8000 Connection refused")


def test_a_ratio_is_that_of_neighbours() -> None:
    # The machine was half as fast in the second round; what is compared was not.
    assert Reihe((10.0, 5.0)).durch(Reihe((2.0, 1.0))).werte == (5.0, 5.0)
    with pytest.raises(ValueError, match="shorter"):
        Reihe((1.0, 2.0)).durch(Reihe((1.0,)))


def test_measurements_take_turns() -> None:
    gerufen: list[str] = []

    def ruf(name: str) -> str:
        gerufen.append(name)
        return name

    messungen = [lambda: ruf("a"), lambda: ruf("b")]
    assert abwechselnd(messungen, 2, messungen) == [["a", "a"], ["b", "b"]]
    assert gerufen == ["a", "b"] * 3


@settings(deadline=None)
@given(st.lists(zahlen, min_size=1, max_size=5), st.text(max_size=9))
def test_figures_survive_their_file(werte: list[float], text: str) -> None:
    import tempfile  # noqa: PLC0415  # hypothesis and tmp_path do not go together

    reihe = Messreihe("build: seconds", "237", WIR, tuple(werte))
    fertig = ergebnis("build", reihe, bemerkungen=(text,))
    with tempfile.TemporaryDirectory() as ordner:
        messung.schreibe(Path(ordner), fertig)
        assert messung.lies(Path(ordner)).ergebnisse == {"build": fertig}


@given(st.floats(0.01, 1e3), st.floats(0.1, 2))
def test_a_power_is_found_again(faktor: float, b: float) -> None:
    punkte = [(n, faktor * n**b) for n in (237, 10_000, 1_000_000)]
    assert math.isclose(exponent(punkte), b, rel_tol=1e-6)


@given(st.floats(0.1, 1e3), st.floats(1e-4, 10))
def test_a_straight_line_is_found_again(sockel: float, je: float) -> None:
    linie = gerade([(n, sockel + je * n) for n in (237, 1000, 10_000, 100_000)])
    assert math.isclose(linie.je_stueck, je, rel_tol=1e-4)
    assert math.isclose(linie.sockel, sockel, rel_tol=1e-2, abs_tol=1e-2)


def test_without_figures_the_page_says_so_for_every_part() -> None:
    text = seite.seite(Zahlen(()))
    for name in seite.TEILE:
        assert f"`make bench TEIL={name}`" in text
    assert "yes" not in text.split("## Targets")[1]


def test_targets_are_judged_by_the_median() -> None:
    fall = "offset 0, geojson"
    fremd = pygeoapi.ANBIETER["geojson"]
    alle = Zahlen(
        [
            ergebnis(
                "pygeoapi",
                Messreihe(pygeoapi.RATE, fall, WIR, (500.0, 100.0, 600.0)),
                Messreihe(pygeoapi.RATE, fall, fremd, (10.0, 10.0, 10.0)),
                Messreihe(pygeoapi.P99, fall, WIR, (2.0, 2.0, 2.0)),
                Messreihe(pygeoapi.P99, fall, fremd, (10.0, 10.0, 10.0)),
                Messreihe(pygeoapi.JE_KERN, fall, WIR, (1.0, 1.0, 1.0)),
                Messreihe(pygeoapi.JE_KERN, fall, fremd, (1.0, 1.0, 1.0)),
            ),
            ergebnis(
                "nginx",
                Messreihe(nginx.RATE, "br", WIR, (49.0,)),
                Messreihe(nginx.RATE, "br", nginx.NGINX, (100.0,)),
                Messreihe(nginx.P99, "br", WIR, (1.0,)),
                Messreihe(nginx.P99, "br", nginx.NGINX, (1.0,)),
                Messreihe(nginx.JE_KERN, "br", WIR, (1.0,)),
                Messreihe(nginx.JE_KERN, "br", nginx.NGINX, (1.0,)),
            ),
        ]
    )
    rate, p99 = pygeoapi.ziele(alle)
    assert (rate.ist, rate.erreicht) == ("50 (10–60) ×", True)
    assert (p99.ist, p99.erreicht) == ("0.200 (0.200–0.200) ×", False)
    assert [ziel.erreicht for ziel in nginx.ziele(alle)] == [False]
    text = seite.seite(alle)
    assert "| ≥ 0.5 × | 0.49 × | **not reached** |" in text
    assert "| ≥ 50 × | 50 (10–60) × | yes |" in text


def test_growth_takes_a_million_from_its_own_part() -> None:
    alle = Zahlen(
        [
            ergebnis("million", Messreihe(bau.SEKUNDEN, "1000000", WIR, (150.0,))),
            ergebnis(
                "build",
                *(Messreihe(bau.SEKUNDEN, str(n), WIR, (s,)) for n, s in ((237, 2), (10_000, 3))),
            ),
        ]
    )
    assert [n for n, _ in alle.wachstum(bau.SEKUNDEN)] == [237, 10_000, 1_000_000]
    ziele = {ziel.was: ziel.erreicht for ziel in bau.ziele(alle)}
    assert ziele["build, 1\u202f000\u202f000 projects"] is True
    assert ziele["build, 100\u202f000 projects"] is None
    assert [datei for _, datei in bilder.vorhanden(alle)] == ["leistung-build.svg"]
    (bild,) = bilder.beschreibungen(alle)
    assert bild["linien"][0]["x"] == [237, 10_000, 1_000_000]


def test_any_filter_means_the_slow_ones_too() -> None:
    reihe = Messreihe(server.WAND, "237", WIR, (*(0.1,) * 90, *(5.0,) * 10))
    ziele = list(server.ziele(Zahlen([ergebnis("server", reihe)])))
    assert [ziel.erreicht for ziel in ziele] == [False, None, None]


def test_one_failed_answer_under_load_is_too_many() -> None:
    def unter_last(schlecht: float, mib: list[float]) -> list[bool | None]:
        werte: dict[str, list[float]] = {
            load.ANTWORTEN: [1000],
            load.SCHLECHT: [schlecht],
            load.P50: [3],
            load.P99: [40],
            load.WECHSEL: [9],
            load.ZEITEN: [i * 2.0 for i in range(len(mib))],
            load.SPEICHER: mib,
        }
        reihen = [Messreihe(g, load.FALL, WIR, tuple(w)) for g, w in werte.items()]
        return [z.erreicht for z in load.ziele(Zahlen([ergebnis("load", *reihen)]))]

    assert unter_last(0, [200.0] * 20) == [True, True]
    assert unter_last(1, [200.0 + i for i in range(20)]) == [False, False]


def test_the_worst_page_decides_about_lighthouse() -> None:
    groesse = lighthouse.GROESSE.format("performance")
    reihen = [Messreihe(groesse, s, WIR, (n,)) for s, n in (("`/`", 96), ("`/projekte`", 94))]
    (ziel,) = lighthouse.ziele(Zahlen([ergebnis("lighthouse", *reihen)]))
    assert (ziel.ist, ziel.erreicht) == ("96, 94", False)


def test_the_page_of_the_repository_has_every_section() -> None:
    text = seite.ZIEL.read_text("utf-8")
    for teil in (pygeoapi, nginx, folium, filterwechsel, server, bau, lighthouse, load):
        assert f"\n## {teil.TITEL}\n" in text
    for datei in bilder.ORDNER.glob("leistung-*.svg"):
        assert f"](bilder/{datei.name})" in text
