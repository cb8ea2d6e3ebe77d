"""What a PMTiles file says about itself, read once when the service starts."""

import gzip
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson
from markupsafe import Markup
from pmtiles.tile import Compression, TileType, deserialize_header

KOPF_BYTES: Final = 127
_HOECHSTENS: Final = 8 * 2**20
"""Bytes of metadata that are read; the lists of layers in real files take some kilobytes."""
_PACKUNGEN: Final = (Compression.NONE, Compression.GZIP)
"""What browsers unpack without more code."""


class Kacheldateifehler(Exception):
    """The file cannot be a base map; ``grund`` is a key of the catalogue (``start.<grund>``)."""

    def __init__(self, grund: str, ort: Path, einzelheit: object = "") -> None:
        super().__init__(f"{grund}: {ort} {einzelheit}")
        self.grund = grund
        self.ort = ort
        self.einzelheit = str(einzelheit)


@dataclass(frozen=True, slots=True)
class Kacheldatei:
    """A file of vector tiles; ``quelle`` is its attribution as plain text, empty without one."""

    ort: Path
    quelle: str


def lies(ort: Path) -> Kacheldatei:
    """Return what the file says about itself; its tiles are not read.

    Raises
    ------
    Kacheldateifehler
        It cannot be opened (``kacheln-unzugaenglich``), is no PMTiles of version 3
        (``kacheln-unlesbar``) or holds what browsers cannot draw (``kacheln-art``).
    """
    try:
        with ort.open("rb") as datei:
            return Kacheldatei(ort, _quelle(datei, _kopf(datei, ort)))
    except OSError as fehler:
        raise Kacheldateifehler("kacheln-unzugaenglich", ort, fehler.strerror) from fehler


def _kopf(datei: BinaryIO, ort: Path) -> Any:  # noqa: ANN401 - the library's TypedDict is private
    try:
        kopf = deserialize_header(datei.read(KOPF_BYTES))
    except Exception as fehler:  # the library raises what its slices raise
        raise Kacheldateifehler("kacheln-unlesbar", ort, type(fehler).__name__) from fehler
    ende = kopf["tile_data_offset"] + kopf["tile_data_length"]
    if ende > os.fstat(datei.fileno()).st_size:
        raise Kacheldateifehler("kacheln-unlesbar", ort, "shorter than its header says")
    gepackt = {kopf["tile_compression"], kopf["internal_compression"]}
    if kopf["tile_type"] != TileType.MVT or not gepackt <= set(_PACKUNGEN):
        arten = ", ".join(sorted({kopf["tile_type"].name, *(p.name for p in gepackt)}))
        raise Kacheldateifehler("kacheln-art", ort, arten)
    return kopf


def _quelle(datei: BinaryIO, kopf: Any) -> str:  # noqa: ANN401
    datei.seek(kopf["metadata_offset"])
    roh = datei.read(min(kopf["metadata_length"], _HOECHSTENS))
    try:
        if kopf["internal_compression"] == Compression.GZIP:
            roh = gzip.decompress(roh)
        angaben = orjson.loads(roh)
    except (OSError, EOFError, ValueError):
        return ""
    text = angaben.get("attribution") if isinstance(angaben, dict) else None
    # the specification allows markup there
    return Markup(text).striptags()[:300] if isinstance(text, str) else ""  # noqa: S704
