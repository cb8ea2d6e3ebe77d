"""Which reader takes which file; a folder is all the files in it that some reader takes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from layers.befund import Befund, Code
from layers.quelle import geojson, text, vektor, xlsx
from layers.quelle.grenzen import MIB, Grenzen
from layers.quelle.raster import Abgewiesen, Auftrag, Raster

TEXT: Final = frozenset({".csv", ".txt", ".tsv"})
MAPPE: Final = frozenset({".xlsx", ".xlsm"})
GEOJSON: Final = frozenset({".geojson", ".json"})
GEOPACKAGE: Final = frozenset({".gpkg"})
SHAPEFILE: Final = frozenset({".zip", ".shp"})
FREMD: Final = frozenset({".xls", ".ods", ".numbers", ".pdf", ".kml", ".kmz", ".gml", ".xlsb"})
"""Formats that people send and that are refused by name."""
LESBAR: Final = TEXT | MAPPE | GEOJSON | GEOPACKAGE | SHAPEFILE
_DATEIEN: Final = 200
"""Files of a folder that are read."""


def lies(quelle: Path, grenzen: Grenzen, system: str | None) -> tuple[list[Raster], list[Befund]]:
    """Return the rasters of a file or folder, and why some files give none.

    Parameters
    ----------
    system
        Reference system stated by the user (``EPSG:n``), for files with geometries.
    """
    pfade = _im_ordner(quelle) if quelle.is_dir() else [quelle]
    rasters: list[Raster] = []
    befunde: list[Befund] = []
    rest = _Rest(grenzen)
    for pfad in pfade:
        datei = pfad.name if pfad == quelle else pfad.relative_to(quelle).as_posix()
        auftrag = Auftrag(pfad, datei, grenzen, system)
        try:
            if quelle.is_dir():
                rasters += rest.lies(auftrag)
            else:
                rasters += _lies_datei(auftrag)
        except Abgewiesen as fehler:
            befunde.append(fehler.befund)
    return rasters, befunde


class _Rest:
    """What the files of a folder may still hold, all together."""

    def __init__(self, grenzen: Grenzen) -> None:
        self.dateien = _DATEIEN
        self.bytes = grenzen.datei_mb * MIB
        self.zeilen, self.zellen = grenzen.zeilen, grenzen.zellen

    def lies(self, auftrag: Auftrag) -> list[Raster]:
        """Return the rasters of a file for which there is room. Raises `Abgewiesen`."""
        groesse = auftrag.pfad.stat().st_size
        if not self.dateien or groesse > self.bytes:
            raise self._zu_gross(auftrag)
        rasters = _lies_datei(auftrag)
        daten = [zeile for raster in rasters for zeile in raster.zeilen[1:]]
        zellen = sum(map(len, daten))
        if len(daten) > self.zeilen or zellen > self.zellen:
            raise self._zu_gross(auftrag)
        self.dateien -= 1
        self.bytes -= groesse
        self.zeilen -= len(daten)
        self.zellen -= zellen
        return rasters

    def _zu_gross(self, auftrag: Auftrag) -> Abgewiesen:
        grenzen = auftrag.grenzen
        return auftrag.ablehnung(
            Code.ORDNER_ZU_GROSS,
            dateien=_DATEIEN,
            zeilen=grenzen.zeilen,
            zellen=grenzen.zellen,
            grenze=grenzen.datei_mb,
        )


def _im_ordner(ordner: Path) -> list[Path]:
    return sorted(
        pfad
        for muster in ("*", "codelisten/*")
        for pfad in ordner.glob(muster)
        if pfad.suffix.lower() in LESBAR | FREMD and not pfad.name.startswith((".", "~"))
    )


def _lies_datei(auftrag: Auftrag) -> list[Raster]:
    endung = auftrag.pfad.suffix.lower()
    if not auftrag.pfad.exists():
        raise auftrag.ablehnung(Code.DATEI_FEHLT)
    for endungen, leser in _LESER:
        if endung in endungen:
            return leser(auftrag)
    raise auftrag.ablehnung(Code.DATEI_FORMAT, endung=endung or auftrag.datei)


def _text(auftrag: Auftrag) -> list[Raster]:
    """Return the raster under its path: ``codelisten/status`` is a table, ``status`` a guess."""
    raster = text.lies(auftrag)
    ordner, _, datei = auftrag.datei.rpartition("/")
    return [replace(raster, name=f"{ordner}/{Path(datei).stem}") if ordner else raster]


_LESER: Final[tuple[tuple[frozenset[str], Callable[[Auftrag], list[Raster]]], ...]] = (
    (TEXT, _text),
    (MAPPE, xlsx.lies),
    (GEOJSON, lambda auftrag: [geojson.lies(auftrag)]),
    (GEOPACKAGE, vektor.lies_geopackage),
    (SHAPEFILE, vektor.lies_shapefiles),
)
