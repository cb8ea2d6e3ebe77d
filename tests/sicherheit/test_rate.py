"""How often one address may ask."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.pforte import rate
from app.pforte.rate import PREIS_DOKUMENT, Eimer, gruppe
from app.settings import Settings


class Uhr:
    """A clock that stands still unless it is told."""

    def __init__(self) -> None:
        self.jetzt = 1000.0

    def __call__(self) -> float:
        return self.jetzt


@given(
    st.lists(st.floats(0, 5), max_size=200),
    st.floats(0.5, 50),
    st.integers(1, 20),
)
def test_never_more_than_the_stock_and_what_came_in(
    pausen: list[float], je_sekunde: float, vorrat: int
) -> None:
    uhr = Uhr()
    eimer = Eimer(je_sekunde, vorrat, uhr)
    angenommen = 0
    for pause in pausen:
        uhr.jetzt += pause
        wartezeit = eimer.nimm("a")
        angenommen += not wartezeit
        assert angenommen <= vorrat + (uhr.jetzt - 1000) * je_sekunde + 1e-6
        if wartezeit:
            uhr.jetzt += wartezeit  # who waits as told is answered
            assert eimer.nimm("a") == 0
            angenommen += 1


@pytest.mark.parametrize("beginn", [1022.08, 1022.1, 1023.91, 1023.93])
def test_waiting_as_told_is_enough_however_the_seconds_are_rounded(beginn: float) -> None:
    uhr = Uhr()
    # above 1024 a float has one bit less for the fraction: two seconds may become a little less
    uhr.jetzt = beginn
    eimer = Eimer(0.5, 1, uhr)
    assert eimer.nimm("a") == 0
    assert eimer.nimm("a") == 2
    uhr.jetzt += 2
    assert eimer.nimm("a") == 0


def test_one_does_not_use_up_what_is_anothers() -> None:
    eimer = Eimer(1, 3, Uhr())
    assert [eimer.nimm("a") for _ in range(4)] == [0, 0, 0, 1]
    assert eimer.nimm("b") == 0
    assert eimer.nimm("c", PREIS_DOKUMENT) == 0  # dearer than the stock: costs all of it


def test_a_flood_of_addresses_takes_no_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rate, "HOECHSTENS", 50)
    eimer = Eimer(1, 1, Uhr())
    for i in range(500):
        assert eimer.nimm(str(i)) == 0
    assert len(eimer._staende) == 50


def test_an_ipv6_visitor_is_a_network() -> None:
    assert gruppe("2001:db8:1:2:3::9") == gruppe("2001:db8:1:2::1") != gruppe("2001:db8:1:3::1")
    assert gruppe("::ffff:192.0.2.1") == gruppe("192.0.2.1") == "192.0.2.1"
    assert gruppe("testclient") == "testclient"


def test_what_the_gate_is_set_to_is_what_it_does(build_dir: Path) -> None:
    """The settings reach rate, hosts, proxies and HSTS of the whole application."""
    gesetzt = Settings(
        build_dir=build_dir,
        rate_pro_sekunde=0.01,
        rate_vorrat=4,
        erlaubte_hosts=("karte.example.org",),
        hsts_sekunden=60,
    )
    app = create_app(gesetzt)
    with TestClient(app, client=("127.0.0.1", 1), base_url="http://karte.example.org") as client:

        def frage(wer: str, pfad: str = "/gesundheit", **kopf: str) -> tuple[int, dict[str, str]]:
            antwort = client.get(pfad, headers={"x-forwarded-for": wer, **kopf})
            return antwort.status_code, dict(antwort.headers)

        assert [frage("192.0.2.1")[0] for _ in range(6)] == [200] * 4 + [429] * 2
        status, kopf = frage("192.0.2.1", "/")
        assert (status, kopf["retry-after"]) == (429, "100")
        assert kopf["content-type"] == "application/problem+json"
        assert "default-src 'none'" in kopf["content-security-policy"]
        assert frage("192.0.2.1", "/daten/plaetze.geojson")[0] == 429
        assert frage("192.0.2.1", "/assets/nichts.js")[0] == 404
        assert frage("192.0.2.2, 127.0.0.5")[0] == 200

        status, kopf = frage("192.0.2.3", host="boese.example")
        assert status == 421
        assert "strict-transport-security" not in kopf
        _, kopf = frage("192.0.2.4", **{"x-forwarded-proto": "https"})
        assert kopf["strict-transport-security"] == "max-age=60"
    with TestClient(app, client=("198.51.100.9", 1), base_url="http://Karte.example.org.:80") as c:
        antwort = c.get("/gesundheit", headers={"x-forwarded-proto": "https"})
        assert antwort.status_code == 200
        assert "strict-transport-security" not in antwort.headers
