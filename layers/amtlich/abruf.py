"""Fetch a dataset of the city's open data portal (Opendatasoft, Explore API v2.1) as GeoJSON.

Everything the network can do wrong ends as `Abgelehnt`; nothing is written here.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final, TypeVar
from urllib.parse import urlsplit

import orjson
import requests
from requests import Response, exceptions
from urllib3.exceptions import HTTPError, LocationParseError, MaxRetryError
from urllib3.util import Retry

from layers.ablehnung import Abgelehnt, Grund
from layers.einstellungen import Einstellungen

_PFAD: Final = "/api/explore/v2.1/catalog/datasets/{kennung}/exports/geojson"
_STUECK: Final = 65_536
_MB: Final = 1_000_000
_UMLEITUNGEN: Final = 3
_PAUSE_MAX_S: Final = 30.0
_KOPF: Final = {
    "Accept": "application/geo+json, application/json",
    # Uncompressed, so that Content-Length is the length of what arrives and a cut shows.
    "Accept-Encoding": "identity",
    "User-Agent": "nordwaerts-karte",
}
_VORUEBERGEHEND: Final = frozenset({Grund.NICHT_ERREICHBAR, Grund.ABGEBROCHEN, Grund.SERVERFEHLER})
"""What the next attempt may heal."""
_UMLEITUNGSFEHLER: Final = (exceptions.TooManyRedirects, ValueError, LocationParseError)
"""A circle, another scheme than http(s), or no address at all; the last two as libraries put it."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Abruf:
    """What the portal answered.

    Parameters
    ----------
    inhalt
        The decoded JSON.
    etag
        The portal's mark for this state, to be shown next time; empty if it gives none.
    bytes
        Size of the answer.
    """

    inhalt: Any
    etag: str
    bytes: int


def adresse(einstellungen: Einstellungen, kennung: str) -> str:
    """Return the URL of a dataset's GeoJSON export (WGS84, all records)."""
    return str(einstellungen.opendata_adresse).rstrip("/") + _PFAD.format(kennung=kennung)


def hole(url: str, einstellungen: Einstellungen, etag: str = "") -> Abruf | None:
    """Fetch one export; None if it is still the one with this ETag.

    Parameters
    ----------
    url
        Address of the export.
    einstellungen
        Limits of time, size and attempts.
    etag
        The mark of the state that is known already, empty for none.

    Raises
    ------
    Abgelehnt
        There is no whole, valid answer within the limits.
    """
    aufgeben = threading.Event()

    def alles() -> Abruf | None:
        return _mit_wiederholung(
            lambda: _einmal(url, einstellungen, etag, aufgeben),
            einstellungen,
            aufgeben,
        )

    try:
        return _mit_frist(alles, einstellungen.opendata_gesamt_s)
    except TimeoutError as fehler:
        raise Abgelehnt(
            Grund.ZU_LANGSAM, url=url, sekunden=einstellungen.opendata_gesamt_s
        ) from fehler
    finally:
        aufgeben.set()


def _mit_frist(aufgabe: Callable[[], _T], sekunden: float) -> _T:
    """Run a task for so long at most, then leave it behind.

    A thread, because no time limit of a library covers names that do not resolve, headers that
    come byte by byte, and the pauses between attempts together.
    """
    ergebnis: Future[_T] = Future()

    def lauf() -> None:
        try:
            ergebnis.set_result(aufgabe())
        except BaseException as fehler:  # noqa: BLE001  raised again where the result is asked for
            ergebnis.set_exception(fehler)

    threading.Thread(target=lauf, name="abruf", daemon=True).start()
    return ergebnis.result(timeout=sekunden)


def _mit_wiederholung(
    versuch: Callable[[], _T], einstellungen: Einstellungen, aufgeben: threading.Event
) -> _T:
    rest = Retry(
        total=einstellungen.opendata_versuche - 1,
        backoff_factor=einstellungen.opendata_pause_s,
        backoff_max=_PAUSE_MAX_S,
    )
    while True:
        try:
            return versuch()
        except Abgelehnt as fehler:
            if fehler.grund not in _VORUEBERGEHEND or aufgeben.is_set():
                raise
            try:
                rest = rest.increment("GET", error=fehler)
            except MaxRetryError:
                raise fehler from fehler.__cause__
            rest.sleep()


def _einmal(
    url: str, einstellungen: Einstellungen, etag: str, aufgeben: threading.Event
) -> Abruf | None:
    kopf = _KOPF | ({"If-None-Match": etag} if etag else {})
    wartezeit = (einstellungen.opendata_verbindung_s, einstellungen.opendata_antwort_s)
    grenze = int(einstellungen.opendata_max_mb * _MB)
    try:
        with requests.Session() as sitzung:
            sitzung.max_redirects = _UMLEITUNGEN
            with sitzung.get(url, headers=kopf, timeout=wartezeit, stream=True) as antwort:
                _pruefe_weg(url, antwort)
                if antwort.status_code == HTTPStatus.NOT_MODIFIED and etag:
                    return None
                _pruefe_kopf(url, antwort, grenze)
                koerper = _lies(url, antwort, grenze, aufgeben)
                return Abruf(_zerlege(url, koerper), antwort.headers.get("ETag", ""), len(koerper))
    except _UMLEITUNGSFEHLER as fehler:
        raise Abgelehnt(Grund.UMLEITUNG, url=url) from fehler
    except (exceptions.ChunkedEncodingError, exceptions.ContentDecodingError) as fehler:
        raise Abgelehnt(Grund.ABGEBROCHEN, url=url) from fehler
    except (exceptions.RequestException, HTTPError) as fehler:
        art = type(fehler).__name__
        raise Abgelehnt(Grund.NICHT_ERREICHBAR, url=url, einzelheit=art) from fehler


def _pruefe_weg(url: str, antwort: Response) -> None:
    """Refuse a detour that gives up the encryption that was asked for."""
    stationen = {urlsplit(schritt.url).scheme for schritt in (*antwort.history, antwort)}
    if urlsplit(url).scheme == "https" and stationen != {"https"}:
        raise Abgelehnt(Grund.UMLEITUNG, url=url)


def _pruefe_kopf(url: str, antwort: Response, grenze: int) -> None:
    status = antwort.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Abgelehnt(Grund.SERVERFEHLER, url=url, status=str(status))
    if status == HTTPStatus.NOT_FOUND:
        raise Abgelehnt(Grund.UNBEKANNTER_DATENSATZ, url=url)
    if status != HTTPStatus.OK:
        raise Abgelehnt(Grund.STATUS, url=url, status=str(status))
    typ = antwort.headers.get("Content-Type", "")
    if "json" not in typ.partition(";")[0].lower():
        raise Abgelehnt(Grund.KEIN_JSON, url=url, typ=typ or "–")
    laenge = antwort.headers.get("Content-Length", "")
    if laenge.isdecimal() and int(laenge) > grenze:
        raise Abgelehnt(Grund.ZU_GROSS, url=url, megabyte=grenze / _MB)


def _lies(url: str, antwort: Response, grenze: int, aufgeben: threading.Event) -> bytes:
    koerper = bytearray()
    for stueck in antwort.iter_content(_STUECK):
        koerper += stueck
        if len(koerper) > grenze:
            raise Abgelehnt(Grund.ZU_GROSS, url=url, megabyte=grenze / _MB)
        if aufgeben.is_set():
            raise Abgelehnt(Grund.ABGEBROCHEN, url=url)
    return bytes(koerper)


def _zerlege(url: str, koerper: bytes) -> Any:  # noqa: ANN401  JSON can be anything
    try:
        return orjson.loads(koerper)
    except orjson.JSONDecodeError as fehler:
        # An answer without Content-Length that breaks off looks whole until here.
        grund = Grund.ABGEBROCHEN if koerper[:1] in {b"{", b"["} else Grund.KEIN_JSON
        raise Abgelehnt(grund, url=url, typ="JSON") from fehler
