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
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast

from requests import Response

from layers import abruf
from layers.abruf import Netzfehler, Netzgrund, Vorgaben
from layers.adressen.adressfehler import Grund, Unbrauchbar

VORGABEN: Final = Vorgaben(
    verbindung_s=10.0, antwort_s=30.0, gesamt_s=600.0, versuche=3, pause_s=0.5, max_mb=400.0
)
"""The list of the whole state has about 100 MB, packed."""
MAX_ENTPACKT: Final = 2_000_000_000
"""Most bytes that are read, unpacked; the list of the whole state has about 700 MB."""
MAX_ZEILEN: Final = 10_000_000
MAX_ZEILE: Final = 8_192
_STUECK: Final = 65_536
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
    def nimm_an(_: Response, stuecke: Iterator[bytes]) -> None:
        ablage.seek(0)
        ablage.truncate()
        ablage.writelines(stuecke)

    try:
        abruf.hole(url, VORGABEN, nimm_an)
    except Netzfehler as fehler:
        raise _unbrauchbar(url, fehler) from fehler
    except OSError as fehler:  # the disk is full
        einzelheit = fehler.strerror
        raise Unbrauchbar(Grund.NICHT_ERREICHBAR, quelle=url, einzelheit=einzelheit) from fehler


def _unbrauchbar(url: str, fehler: Netzfehler) -> Unbrauchbar:
    werte = fehler.werte
    match fehler.grund:
        case Netzgrund.STATUS | Netzgrund.SERVERFEHLER:
            return Unbrauchbar(Grund.STATUS, quelle=url, status=werte["status"])
        case Netzgrund.ZU_GROSS:
            return Unbrauchbar(Grund.ZU_GROSS, quelle=url, grenze=werte["megabyte"])
        case Netzgrund.ZU_LANGSAM:
            return Unbrauchbar(Grund.ZU_LANGSAM, quelle=url, sekunden=werte["sekunden"])
        case _:
            einzelheit = werte.get("einzelheit", fehler.grund.value)
            return Unbrauchbar(Grund.NICHT_ERREICHBAR, quelle=url, einzelheit=einzelheit)


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
