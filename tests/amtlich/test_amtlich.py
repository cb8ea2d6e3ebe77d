"""Fetching: whatever the network does, an answer is whole or refused, in bounded time."""

import gzip
import time
from typing import Any

import pytest
import requests

from layers.ablehnung import Abgelehnt, Grund
from layers.abruf import Netzfehler, Netzgrund, _pruefe_weg
from layers.amtlich import abruf
from tests.amtlich.portal import GEOJSON, Antwort, Portal, warte_bis
from tests.anschluss import freier_port

GUT = Antwort(b'{"type": "FeatureCollection"}')
KOPF = {"Content-Type": GEOJSON}


def hole(portal: Portal, etag: str = "", **werte: Any) -> abruf.Abruf | None:
    einstellungen = portal.einstellungen(**werte)
    return abruf.hole(abruf.adresse(einstellungen, "abc"), einstellungen, etag)


def grund(portal: Portal, **werte: Any) -> Grund:
    with pytest.raises(Abgelehnt) as fehler:
        hole(portal, **werte)
    return fehler.value.grund


def test_the_export_is_asked_for_as_the_api_wants_it(portal: Portal) -> None:
    portal.antworten = [Antwort(GUT.koerper, kopf=KOPF | {"ETag": 'W/"7"'})]
    geholt = hole(portal)
    assert geholt == abruf.Abruf({"type": "FeatureCollection"}, 'W/"7"', 29)
    pfad, kopf = portal.anfragen[0]
    assert pfad == "/api/explore/v2.1/catalog/datasets/abc/exports/geojson"
    assert "If-None-Match" not in kopf


def test_a_known_state_is_not_sent_again(portal: Portal) -> None:
    portal.antworten = [Antwort(status=304)]
    assert hole(portal, 'W/"7"') is None
    assert portal.anfragen[0][1]["If-None-Match"] == 'W/"7"'


def test_not_modified_without_a_question_is_no_answer(portal: Portal) -> None:
    portal.antworten = [Antwort(status=304)]
    assert grund(portal) is Grund.STATUS


@pytest.mark.parametrize(
    "schlecht",
    [
        Antwort(status=500),
        Antwort(status=503, kopf={"Retry-After": "3600"}),
        Antwort(GUT.koerper[:10], laenge=29),
        Antwort(GUT.koerper[:10], laenge=None),
        Antwort(b'5\r\n{"a": \r\n', kopf=KOPF | {"Transfer-Encoding": "chunked"}, laenge=None),
        Antwort(b"\x1f\x8bkaputt", kopf=KOPF | {"Content-Encoding": "gzip"}),
    ],
)
def test_a_passing_fault_is_healed_by_the_next_attempt(portal: Portal, schlecht: Antwort) -> None:
    portal.antworten = [schlecht, schlecht, GUT]
    assert hole(portal) is not None
    assert len(portal.anfragen) == 3


@pytest.mark.parametrize(
    ("schlecht", "erwartet"),
    [
        (Antwort(status=500), Grund.SERVERFEHLER),
        (Antwort(GUT.koerper[:10], laenge=29), Grund.ABGEBROCHEN),
        (Antwort(GUT.koerper[:10], laenge=None), Grund.ABGEBROCHEN),
    ],
)
def test_attempts_are_bounded(portal: Portal, schlecht: Antwort, erwartet: Grund) -> None:
    portal.antworten = [schlecht]
    assert grund(portal) is erwartet
    assert len(portal.anfragen) == 3


@pytest.mark.parametrize(
    ("schlecht", "erwartet"),
    [
        (Antwort(status=404), Grund.UNBEKANNTER_DATENSATZ),
        (Antwort(status=403), Grund.STATUS),
        (Antwort(status=429), Grund.STATUS),
        (Antwort(b"<html>Wartung</html>", kopf={"Content-Type": "text/html"}), Grund.KEIN_JSON),
        (Antwort(b"<html>Wartung</html>"), Grund.KEIN_JSON),
        (Antwort(GUT.koerper, kopf={}), Grund.KEIN_JSON),
        (Antwort(b""), Grund.KEIN_JSON),
        (Antwort(status=302, kopf={"Location": "file:///etc/passwd"}), Grund.UMLEITUNG),
        (Antwort(status=302, kopf={"Location": "ftp://127.0.0.1/x"}), Grund.UMLEITUNG),
        (Antwort(status=302, kopf={"Location": "http://[kaputt/"}), Grund.UMLEITUNG),
        (Antwort(b" " * 1001, laenge=2_000_000), Grund.ZU_GROSS),
    ],
)
def test_what_does_not_pass_is_refused_at_once(
    portal: Portal, schlecht: Antwort, erwartet: Grund
) -> None:
    portal.antworten = [schlecht]
    assert grund(portal, opendata_max_mb=0.001) is erwartet
    assert len(portal.anfragen) == 1


def test_a_redirect_in_a_circle_ends(portal: Portal) -> None:
    portal.antworten = [Antwort(status=302, kopf={"Location": f"{portal.adresse}/weiter"})]
    assert grund(portal) is Grund.UMLEITUNG
    assert len(portal.anfragen) <= 5


def test_a_redirect_over_http_is_followed(portal: Portal) -> None:
    portal.antworten = [Antwort(status=301, kopf={"Location": f"{portal.adresse}/neu"}), GUT]
    assert hole(portal) is not None


def test_encryption_is_not_given_up_on_the_way() -> None:
    ziel, umweg = requests.Response(), requests.Response()
    ziel.url, umweg.url = "https://portal.example/x", "http://portal.example/x"
    ziel.history = [umweg]
    with pytest.raises(Netzfehler) as fehler:
        _pruefe_weg("https://portal.example/x", ziel)
    assert fehler.value.grund is Netzgrund.UMLEITUNG


@pytest.mark.parametrize("kopf", [KOPF, KOPF | {"Content-Encoding": "gzip"}])
def test_the_size_counts_as_it_comes_not_as_it_is_promised(
    portal: Portal, kopf: dict[str, str]
) -> None:
    koerper = b"[" + b" " * 5_000_000
    gesendet = gzip.compress(koerper) if "Content-Encoding" in kopf else koerper
    portal.antworten = [Antwort(gesendet, kopf=kopf, laenge=None)]
    assert grund(portal, opendata_max_mb=1) is Grund.ZU_GROSS


def test_silence_is_not_waited_for_longer_than_said(portal: Portal) -> None:
    portal.antworten = [Antwort(GUT.koerper, stocken_s=30), GUT]
    beginn = time.monotonic()
    assert hole(portal, opendata_antwort_s=0.2) is not None
    assert time.monotonic() - beginn < 3


@pytest.mark.parametrize(
    "langsam",
    [
        Antwort(GUT.koerper, stocken_s=0.05, stueck=1),
        Antwort(GUT.koerper, stocken_s=0.05, stueck=1, laenge=None),
        Antwort(kopf_tropft=True),
    ],
)
def test_a_server_that_drips_does_not_get_around_the_limit(
    portal: Portal, langsam: Antwort
) -> None:
    portal.antworten = [langsam]
    beginn = time.monotonic()
    assert grund(portal, opendata_gesamt_s=0.4) is Grund.ZU_LANGSAM
    assert time.monotonic() - beginn < 2


def test_after_the_limit_nothing_is_asked_any_more(portal: Portal) -> None:
    portal.antworten = [Antwort(status=500)]
    werte = {"opendata_gesamt_s": 0.3, "opendata_pause_s": 0.2, "opendata_versuche": 10}
    assert grund(portal, **werte) is Grund.ZU_LANGSAM
    gefragt = len(portal.anfragen)
    assert not warte_bis(lambda: len(portal.anfragen) > gefragt + 1, 1.5)


def test_a_slow_but_steady_server_is_waited_for(portal: Portal) -> None:
    portal.antworten = [Antwort(GUT.koerper, stocken_s=0.02, stueck=3)]
    assert hole(portal, opendata_antwort_s=0.5) is not None


def test_nobody_there(portal: Portal) -> None:
    adresse = f"http://127.0.0.1:{freier_port()}"
    assert grund(portal, opendata_adresse=adresse) is Grund.NICHT_ERREICHBAR
    assert not portal.anfragen
