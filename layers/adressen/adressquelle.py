"""Open an address list: a file or a URL, plain, gzip or zip, as numbered lines of text.

Whatever the network, the packing or the encoding can do wrong ends as `Unbrauchbar`; nothing is
held in memory but one line.
"""

import gzip
import io
import lzma
import os
import struct
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import IO, Final, cast

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError
from urllib3.util import Retry

from layers.adressen.adressfehler import Grund, Unbrauchbar

MAX_GELADEN: Final = 400_000_000
"""Largest file that is fetched; the list of the whole state has about 100 MB, packed."""
MAX_ENTPACKT: Final = 2_000_000_000
"""Most bytes that are read, unpacked; the list of the whole state has about 700 MB."""
MAX_ZEILEN: Final = 10_000_000
MAX_ZEILE: Final = 8_192
_FRIST_S: Final = 600.0
_WARTEN_S: Final = (10.0, 30.0)
_STUECK: Final = 65_536
_WIEDERHOLEN: Final = Retry(
    total=2,
    backoff_factor=0.5,
    status_forcelist=(500, 502, 503, 504),
    redirect=3,
    raise_on_status=False,
)
_NETZ: Final = ("http://", "https://")
_GZIP: Final = b"\x1f\x8b"
_ZIP: Final = b"PK"
_ZIP_ENDE: Final = b"PK\x05\x06"
_ZIP_ENDE_MAX: Final = 22 + 65_535
"""Length of the record at a zip's end, with the longest comment."""
_MAX_VERZEICHNIS: Final = 1_000_000
_TEXTENDUNGEN: Final = (".txt", ".csv")
_BESCHAEDIGT: Final = (
    OSError,
    EOFError,
    ValueError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    zipfile.BadZipFile,
    NotImplementedError,  # an unknown compression
    RuntimeError,  # a password
)
"""What the packing raises, from files that other programs spoiled."""

Zeilen = Iterator[tuple[int, str]]
"""Lines with their numbers, counted from 1, without the line break."""


@contextmanager
def oeffne(quelle: str) -> Iterator[Zeilen]:
    """Yield the lines of a list.

    Parameters
    ----------
    quelle
        Path of a file, or an address with http or https.

    Raises
    ------
    Unbrauchbar
        Also while the lines are read.
    """
    if quelle.lower().startswith(_NETZ):
        with tempfile.TemporaryFile() as ablage:
            _lade(quelle, ablage)
            ablage.seek(0)
            yield _zeilen(quelle, ablage)
        return
    try:
        datei = Path(quelle).open("rb")  # noqa: SIM115 - only opening it is tried here
    except FileNotFoundError as fehler:
        raise Unbrauchbar(Grund.FEHLT, quelle=quelle) from fehler
    except OSError as fehler:
        raise Unbrauchbar(Grund.UNLESBAR, quelle=quelle, einzelheit=fehler.strerror) from fehler
    with datei:
        yield _zeilen(quelle, datei)


def _lade(url: str, ablage: IO[bytes]) -> None:
    # Uncompressed on the way, so that Content-Length tells whether everything arrived.
    kopf = {"Accept-Encoding": "identity", "User-Agent": "nordwaerts-karte"}
    try:
        with requests.Session() as sitzung:
            for art in _NETZ:
                sitzung.mount(art, HTTPAdapter(max_retries=_WIEDERHOLEN))
            with sitzung.get(url, headers=kopf, timeout=_WARTEN_S, stream=True) as antwort:
                if antwort.status_code != HTTPStatus.OK:
                    raise Unbrauchbar(Grund.STATUS, quelle=url, status=str(antwort.status_code))
                _uebertrage(url, antwort, ablage)
    except (OSError, HTTPError, UnicodeError) as fehler:  # requests' errors are OSErrors
        einzelheit = getattr(fehler, "strerror", None) or type(fehler).__name__
        raise Unbrauchbar(Grund.NICHT_ERREICHBAR, quelle=url, einzelheit=einzelheit) from fehler


def _uebertrage(url: str, antwort: requests.Response, ablage: IO[bytes]) -> None:
    ende = time.monotonic() + _FRIST_S
    geladen = 0
    # read1 hands over what has arrived: a server that drips does not get around the limit.
    while stueck := antwort.raw.read1(_STUECK):
        geladen += ablage.write(stueck)
        if geladen > MAX_GELADEN:
            raise Unbrauchbar(Grund.ZU_GROSS, quelle=url, grenze=MAX_GELADEN // 10**6)
        if time.monotonic() > ende:
            raise Unbrauchbar(Grund.ZU_LANGSAM, quelle=url, sekunden=int(_FRIST_S))


def _zeilen(quelle: str, datei: IO[bytes]) -> Zeilen:
    try:
        with _entpackt(quelle, datei) as strom:
            yield from _gelesen(quelle, strom)
    except _BESCHAEDIGT as fehler:
        raise Unbrauchbar(Grund.BESCHAEDIGT, quelle=quelle) from fehler


@contextmanager
def _entpackt(quelle: str, datei: IO[bytes]) -> Iterator[IO[bytes]]:
    anfang = datei.read(len(_GZIP))
    datei.seek(0)
    if anfang == _GZIP:
        with gzip.GzipFile(fileobj=datei) as strom:
            yield cast("IO[bytes]", strom)
    elif anfang == _ZIP:
        if _verzeichnis_bytes(datei) > _MAX_VERZEICHNIS:
            raise Unbrauchbar(Grund.FORM, quelle=quelle)
        with zipfile.ZipFile(datei) as archiv, archiv.open(_groesster_text(quelle, archiv)) as teil:
            yield io.BufferedReader(cast("io.RawIOBase", teil), _STUECK)
    else:
        yield datei


def _verzeichnis_bytes(datei: IO[bytes]) -> int:
    """Return the size of a zip's directory, which zipfile would read into memory as a whole."""
    groesse = datei.seek(0, os.SEEK_END)
    datei.seek(max(0, groesse - _ZIP_ENDE_MAX))
    schluss = datei.read()
    datei.seek(0)
    stelle = schluss.rfind(_ZIP_ENDE)
    return int.from_bytes(schluss[stelle + 12 : stelle + 16], "little") if stelle >= 0 else 0


def _groesster_text(quelle: str, archiv: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Return the list itself: the state's zip also holds a small file of keys."""
    texte = [teil for teil in archiv.infolist() if teil.filename.lower().endswith(_TEXTENDUNGEN)]
    if not texte:
        raise Unbrauchbar(Grund.FORM, quelle=quelle)
    return max(texte, key=lambda teil: teil.file_size)


def _gelesen(quelle: str, strom: IO[bytes]) -> Zeilen:
    gelesen = nummer = 0
    while roh := strom.readline(MAX_ZEILE):
        gelesen += len(roh)
        nummer += 1
        if len(roh) == MAX_ZEILE:
            raise Unbrauchbar(Grund.FORM, quelle=quelle)
        if gelesen > MAX_ENTPACKT or nummer > MAX_ZEILEN:
            raise Unbrauchbar(Grund.ZU_GROSS, quelle=quelle, grenze=MAX_ENTPACKT // 10**6)
        try:
            text = roh.decode("utf-8-sig" if nummer == 1 else "utf-8")
        except UnicodeDecodeError as fehler:
            raise Unbrauchbar(Grund.KODIERUNG, quelle=quelle, zeile=str(nummer)) from fehler
        yield nummer, text.rstrip("\r\n")
