"""Tiles out of PMTiles files: the file is mapped, its directories are read once."""

import gzip
import mmap
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import orjson
from pmtiles.tile import deserialize_directory, deserialize_header, find_tile, zxy_to_tileid

from app.index import Index
from app.kacheln.vorrat import Kachel, Kachelebene
from app.state import Abfrage
from app.werte import BBox

ENDUNG: Final = ".pmtiles"
_KOPF: Final = 127
_EBENEN_TIEF: Final = 4
"""Directories that may lie inside one another (of the format)."""
_VERZEICHNISSE: Final = 64


def _ecken(kopf: Mapping[str, Any]) -> tuple[int, ...]:
    namen = ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
    return tuple(kopf[name] for name in namen)


class Archiv:
    """One file of a build, which was checked against its hash when the build was read."""

    def __init__(self, name: str, pfad: Path) -> None:
        with pfad.open("rb") as datei:
            self._inhalt = mmap.mmap(datei.fileno(), 0, access=mmap.ACCESS_READ)
        self._kopf = deserialize_header(self._inhalt[:_KOPF])
        self._verzeichnis = lru_cache(_VERZEICHNISSE)(self._lies_verzeichnis)
        ab, laenge = self._kopf["metadata_offset"], self._kopf["metadata_length"]
        angaben = orjson.loads(gzip.decompress(self._inhalt[ab : ab + laenge]))
        self.ebene = Kachelebene(
            name,
            (self._kopf["min_zoom"], self._kopf["max_zoom"]),
            BBox(*(round(ecke / 1e7, 6) for ecke in _ecken(self._kopf))),
            angaben["vector_layers"][0]["fields"],
        )

    def kachel(self, kachel: Kachel) -> bytes | None:
        """Return a tile as it lies there, None if there is none."""
        nummer = zxy_to_tileid(kachel.z, kachel.x, kachel.y)
        ab, laenge = self._kopf["root_offset"], self._kopf["root_length"]
        for _ in range(_EBENEN_TIEF):
            gefunden = find_tile(self._verzeichnis(ab, laenge), nummer)
            if gefunden is None:
                return None
            if gefunden.run_length:
                ab = self._kopf["tile_data_offset"] + gefunden.offset
                return self._inhalt[ab : ab + gefunden.length]
            ab, laenge = self._kopf["leaf_directory_offset"] + gefunden.offset, gefunden.length
        return None

    def _lies_verzeichnis(self, ab: int, laenge: int) -> Any:  # noqa: ANN401 - the library's list
        return deserialize_directory(self._inhalt[ab : ab + laenge])


class Kacheldateien:
    """The files of a build; each is opened when it is first asked for."""

    def __init__(self, dateien: Mapping[str, Path]) -> None:
        self._dateien = dateien
        self._archive: dict[str, Archiv] = {}

    def ebene(self, name: str) -> Kachelebene | None:
        """Return a layer that has a file."""
        archiv = self._archiv(name)
        return None if archiv is None else archiv.ebene

    def filtert(self, name: str) -> bool:  # noqa: ARG002 - as the protocol has it
        """Return False: the files hold everything."""
        return False

    def kachel(
        self,
        name: str,
        kachel: Kachel,
        index: Index,  # noqa: ARG002 - as the protocol has it
        abfrage: Abfrage,  # noqa: ARG002
    ) -> bytes | None:
        """Return a tile as it lies in the file."""
        archiv = self._archiv(name)
        return None if archiv is None else archiv.kachel(kachel)

    def _archiv(self, name: str) -> Archiv | None:
        if name not in self._archive and name in self._dateien:
            self._archive[name] = Archiv(name, self._dateien[name])
        return self._archive.get(name)


def kacheldateien(ordner: Path, pfade: Mapping[str, Any]) -> Kacheldateien:
    """Return the tiles of a build: ``pfade`` are the paths of all its files."""
    return Kacheldateien(
        {
            pfad.removeprefix("kacheln/").removesuffix(ENDUNG): ordner / pfad
            for pfad in pfade
            if pfad.startswith("kacheln/") and pfad.endswith(ENDUNG)
        }
    )
