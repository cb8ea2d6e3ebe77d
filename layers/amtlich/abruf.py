"""Fetch a dataset of the city's open data portal (Opendatasoft, Explore API v2.1) as GeoJSON.

Everything the network can do wrong ends as `Abgelehnt`; nothing is written here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import orjson
from requests import Response

from layers import abruf
from layers.ablehnung import Abgelehnt, Grund
from layers.abruf import Netzfehler, Netzgrund, Vorgaben
from layers.einstellungen import Einstellungen

_PFAD: Final = "/api/explore/v2.1/catalog/datasets/{kennung}/exports/geojson"
_TYPEN: Final = "application/geo+json, application/json"


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

    def nimm_an(antwort: Response, stuecke: Iterator[bytes]) -> Abruf | None:
        if antwort.status_code == HTTPStatus.NOT_MODIFIED:
            if etag:
                return None
            raise Netzfehler(Netzgrund.STATUS, url=url, status=str(antwort.status_code))
        _pruefe_typ(url, antwort)
        koerper = b"".join(stuecke)
        return Abruf(_zerlege(url, koerper), antwort.headers.get("ETag", ""), len(koerper))

    kopf = {"Accept": _TYPEN} | ({"If-None-Match": etag} if etag else {})
    try:
        return abruf.hole(url, _vorgaben(einstellungen), nimm_an, kopf)
    except Netzfehler as fehler:
        if fehler.werte.get("status") == str(HTTPStatus.NOT_FOUND.value):
            raise Abgelehnt(Grund.UNBEKANNTER_DATENSATZ, url=url) from fehler
        raise Abgelehnt(Grund(fehler.grund.value), **fehler.werte) from fehler


def _vorgaben(einstellungen: Einstellungen) -> Vorgaben:
    return Vorgaben(
        verbindung_s=einstellungen.opendata_verbindung_s,
        antwort_s=einstellungen.opendata_antwort_s,
        gesamt_s=einstellungen.opendata_gesamt_s,
        versuche=einstellungen.opendata_versuche,
        pause_s=einstellungen.opendata_pause_s,
        max_mb=einstellungen.opendata_max_mb,
    )


def _pruefe_typ(url: str, antwort: Response) -> None:
    typ = antwort.headers.get("Content-Type", "")
    if "json" not in typ.partition(";")[0].lower():
        raise Abgelehnt(Grund.KEIN_JSON, url=url, typ=typ or "–")


def _zerlege(url: str, koerper: bytes) -> Any:  # noqa: ANN401  JSON can be anything
    try:
        return orjson.loads(koerper)
    except orjson.JSONDecodeError as fehler:
        # An answer without Content-Length that breaks off looks whole until here.
        if koerper[:1] in {b"{", b"["}:
            raise Netzfehler(Netzgrund.ABGEBROCHEN, url=url) from fehler
        raise Abgelehnt(Grund.KEIN_JSON, url=url, typ="JSON") from fehler
