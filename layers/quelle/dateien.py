"""Which reader takes which file; a folder is all the files in it that some reader takes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from layers.befund import Befund, Code
from layers.quelle import geojson, text, vektor, xlsx
from layers.quelle.grenzen import Grenzen
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
"""Files in a folder that are looked at."""


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
    for pfad in pfade:
        datei = pfad.name if pfad == quelle else pfad.relative_to(quelle).as_posix()
        try:
            rasters += _lies_datei(Auftrag(pfad, datei, grenzen, system))
        except Abgewiesen as fehler:
            befunde.append(fehler.befund)
    return rasters, befunde


def _im_ordner(ordner: Path) -> Iterator[Path]:
    gefunden = sorted(
        pfad
        for muster in ("*", "codelisten/*")
        for pfad in ordner.glob(muster)
        if pfad.suffix.lower() in LESBAR | FREMD and not pfad.name.startswith((".", "~"))
    )
    yield from gefunden[:_DATEIEN]


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
