"""Fetch something over HTTP, whole and within limits, or say in one word why not."""

import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Final, TypeAlias, TypeVar
from urllib.parse import urlsplit

import requests
from requests import Response, exceptions
from urllib3.exceptions import HTTPError, LocationParseError, MaxRetryError
from urllib3.util import Retry

MB: Final = 1_000_000
_STUECK: Final = 65_536
_UMLEITUNGEN: Final = 3
_PAUSE_MAX_S: Final = 30.0
_KOPF: Final = {
    # Uncompressed, so that Content-Length is the length of what arrives and a cut shows.
    "Accept-Encoding": "identity",
    "User-Agent": "nordwaerts-karte",
}
_UMLEITUNGSFEHLER: Final = (exceptions.TooManyRedirects, ValueError, LocationParseError)
"""A circle, another scheme than http(s), or no address at all; the last two as libraries put it."""

_T = TypeVar("_T")
Annahme: TypeAlias = Callable[[Response, Iterator[bytes]], _T]
"""Makes something of a good answer: its head, and its body piece by piece."""


class Netzgrund(StrEnum):
    """Why there is no answer."""

    NICHT_ERREICHBAR = "nicht-erreichbar"
    ZU_LANGSAM = "zu-langsam"
    ABGEBROCHEN = "abgebrochen"
    SERVERFEHLER = "serverfehler"
    STATUS = "status"
    UMLEITUNG = "umleitung"
    ZU_GROSS = "zu-gross"


_VORUEBERGEHEND: Final = frozenset(
    {Netzgrund.NICHT_ERREICHBAR, Netzgrund.ABGEBROCHEN, Netzgrund.SERVERFEHLER}
)
"""What the next attempt may heal."""


class Netzfehler(Exception):
    """There is no whole, valid answer within the limits."""

    def __init__(self, grund: Netzgrund, **werte: object) -> None:
        super().__init__(f"{grund}: {werte}")
        self.grund = grund
        self.werte = werte


@dataclass(frozen=True, slots=True)
class Vorgaben:
    """Limits of a fetch.

    ``verbindung_s`` and ``antwort_s`` are the longest waits for a connection and for the next
    bytes, ``gesamt_s`` for everything with all ``versuche``. The second attempt follows at once,
    before the third is a pause of ``pause_s``, doubled from there.
    """

    verbindung_s: float
    antwort_s: float
    gesamt_s: float
    versuche: int
    pause_s: float
    max_mb: float


def hole(
    url: str, vorgaben: Vorgaben, annahme: "Annahme[_T]", kopf: Mapping[str, str] | None = None
) -> _T:
    """Return what ``annahme`` makes of the answer to a GET.

    Parameters
    ----------
    annahme
        Called for every answer with status 200 or 304, in a thread of its own, perhaps several
        times; may raise `Netzfehler`.
    kopf
        Further headers of the request.

    Raises
    ------
    Netzfehler
        There is no whole answer within the limits.
    """
    aufgeben = threading.Event()

    def alles() -> _T:
        return _mit_wiederholung(
            lambda: _einmal(url, vorgaben, annahme, kopf or {}, aufgeben), vorgaben, aufgeben
        )

    try:
        return _mit_frist(alles, vorgaben.gesamt_s)
    except TimeoutError as fehler:
        raise Netzfehler(Netzgrund.ZU_LANGSAM, url=url, sekunden=vorgaben.gesamt_s) from fehler
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
    versuch: Callable[[], _T], vorgaben: Vorgaben, aufgeben: threading.Event
) -> _T:
    rest = Retry(
        total=vorgaben.versuche - 1,
        backoff_factor=vorgaben.pause_s,
        backoff_max=_PAUSE_MAX_S,
    )
    while True:
        try:
            return versuch()
        except Netzfehler as fehler:
            if fehler.grund not in _VORUEBERGEHEND or aufgeben.is_set():
                raise
            try:
                rest = rest.increment("GET", error=fehler)
            except MaxRetryError:
                raise fehler from fehler.__cause__
            rest.sleep()


def _einmal(
    url: str,
    vorgaben: Vorgaben,
    annahme: "Annahme[_T]",
    kopf: Mapping[str, str],
    aufgeben: threading.Event,
) -> _T:
    wartezeit = (vorgaben.verbindung_s, vorgaben.antwort_s)
    try:
        with requests.Session() as sitzung:
            sitzung.max_redirects = _UMLEITUNGEN
            with sitzung.get(
                url, headers={**_KOPF, **kopf}, timeout=wartezeit, stream=True
            ) as antwort:
                _pruefe_weg(url, antwort)
                _pruefe_kopf(url, antwort, vorgaben)
                return annahme(antwort, _stuecke(url, antwort, vorgaben, aufgeben))
    except _UMLEITUNGSFEHLER as fehler:
        raise Netzfehler(Netzgrund.UMLEITUNG, url=url) from fehler
    except (exceptions.ChunkedEncodingError, exceptions.ContentDecodingError) as fehler:
        raise Netzfehler(Netzgrund.ABGEBROCHEN, url=url) from fehler
    except (exceptions.RequestException, HTTPError) as fehler:
        art = type(fehler).__name__
        raise Netzfehler(Netzgrund.NICHT_ERREICHBAR, url=url, einzelheit=art) from fehler


def _pruefe_weg(url: str, antwort: Response) -> None:
    """Refuse a detour that gives up the encryption that was asked for."""
    stationen = {urlsplit(schritt.url).scheme for schritt in (*antwort.history, antwort)}
    if urlsplit(url).scheme == "https" and stationen != {"https"}:
        raise Netzfehler(Netzgrund.UMLEITUNG, url=url)


def _pruefe_kopf(url: str, antwort: Response, vorgaben: Vorgaben) -> None:
    status = antwort.status_code
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise Netzfehler(Netzgrund.SERVERFEHLER, url=url, status=str(status))
    if status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        raise Netzfehler(Netzgrund.STATUS, url=url, status=str(status))
    laenge = antwort.headers.get("Content-Length", "")
    if laenge.isdecimal() and int(laenge) > vorgaben.max_mb * MB:
        raise Netzfehler(Netzgrund.ZU_GROSS, url=url, megabyte=vorgaben.max_mb)


def _stuecke(
    url: str, antwort: Response, vorgaben: Vorgaben, aufgeben: threading.Event
) -> Iterator[bytes]:
    geladen = 0
    for stueck in antwort.iter_content(_STUECK):
        geladen += len(stueck)
        if geladen > vorgaben.max_mb * MB:
            raise Netzfehler(Netzgrund.ZU_GROSS, url=url, megabyte=vorgaben.max_mb)
        if aufgeben.is_set():
            raise Netzfehler(Netzgrund.ABGEBROCHEN, url=url)
        yield stueck
