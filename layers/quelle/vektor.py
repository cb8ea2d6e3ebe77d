"""GeoPackage and Shapefile, read by GDAL (pyogrio): features as rows.

A shapefile comes as a zip (or as ``.shp`` with its sisters); without ``.prj`` its reference
system, without ``.cpg`` its encoding is unknown, and both are said.
"""

import sqlite3
import tempfile
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Final

import numpy as np
import pyogrio
import shapely

from layers.befund import Befund, Code
from layers.quelle import archiv, attribut, geometrie
from layers.quelle.grenzen import MIB
from layers.quelle.raster import Auftrag, Raster
from layers.raumbezug import Geometrien

_SQLITE: Final = b"SQLite format 3\0"
_SHP: Final = bytes.fromhex("0000270a")
_TEILE: Final = (".shp", ".shx", ".dbf", ".prj", ".cpg")
_DEFEKT: Final = (
    pyogrio.errors.DataSourceError,
    pyogrio.errors.DataLayerError,
    pyogrio.errors.FieldError,
    pyogrio.errors.FeatureError,
    pyogrio.errors.GeometryError,
    pyogrio.errors.CRSError,
    shapely.GEOSException,
    ValueError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class _Ebene:
    """A layer: the file GDAL opens, the layer in it, what people call it, its encoding."""

    pfad: Path
    ebene: str | None
    name: str
    kodierung: str | None = None


def lies_geopackage(auftrag: Auftrag) -> list[Raster]:
    """Return the layers of a GeoPackage. Raises `Abgewiesen`."""
    if not auftrag.bytes(auftrag.grenzen.vektor_mb).startswith(_SQLITE):
        raise auftrag.ablehnung(Code.DATEI_DEFEKT, grund="SQLite")
    try:
        ebenen = _tabellen(auftrag.pfad)
    except (sqlite3.Error, UnicodeDecodeError) as fehler:
        raise auftrag.ablehnung(Code.DATEI_DEFEKT, grund=type(fehler).__name__) from fehler
    return [_lies_ebene(auftrag, _Ebene(auftrag.pfad, name, name)) for name in ebenen]


def _tabellen(pfad: Path) -> list[str]:
    """Return the layers that are tables: a view may be a query without end."""
    abfrage = (
        "SELECT c.table_name FROM gpkg_contents c JOIN sqlite_master m ON m.name = c.table_name "
        "WHERE m.type = 'table' AND c.data_type IN ('features', 'attributes') ORDER BY c.rowid"
    )
    with closing(sqlite3.connect(f"{pfad.resolve().as_uri()}?mode=ro", uri=True)) as verbindung:
        return [str(name) for (name,) in verbindung.execute(abfrage)]


def lies_shapefiles(auftrag: Auftrag) -> list[Raster]:
    """Return the layers of a zip of shapefiles, or of one ``.shp`` with its sister files.

    Raises
    ------
    Abgewiesen
        The archive is damaged or holds no shapefile.
    """
    try:
        if auftrag.pfad.suffix.lower() == ".zip":
            archiv.pruefe(auftrag)
            ebenen = _aus_zip(auftrag.pfad)
        else:
            ebenen = _aus_ordner(auftrag.pfad)
    except archiv.DEFEKT as fehler:
        raise auftrag.ablehnung(Code.DATEI_DEFEKT, grund=type(fehler).__name__) from fehler
    if not ebenen:
        raise auftrag.ablehnung(Code.SHAPEFILE_FEHLT)
    return [_shapefile(name, teile, auftrag) for name, teile in ebenen.items()]


def _aus_zip(pfad: Path) -> dict[str, dict[str, bytes]]:
    gefunden: dict[str, dict[str, bytes]] = defaultdict(dict)
    with zipfile.ZipFile(pfad) as inhalt:
        for name in inhalt.namelist():
            stelle = PurePosixPath(name)
            if stelle.suffix.lower() in _TEILE and "__MACOSX" not in stelle.parts:
                gefunden[stelle.stem][stelle.suffix.lower()] = inhalt.read(name)
    return {name: teile for name, teile in gefunden.items() if ".shp" in teile}


def _aus_ordner(pfad: Path) -> dict[str, dict[str, bytes]]:
    schwestern = {
        p.suffix.lower(): p.read_bytes()
        for p in pfad.parent.glob(f"{pfad.stem}.*")
        if p.suffix.lower() in _TEILE
    }
    return {pfad.stem: schwestern} if ".shp" in schwestern else {}


def _shapefile(name: str, teile: Mapping[str, bytes], auftrag: Auftrag) -> Raster:
    grenze = auftrag.grenzen.vektor_mb
    if sum(map(len, teile.values())) > grenze * MIB:
        raise auftrag.ablehnung(Code.DATEI_ZU_GROSS, grenze=grenze)
    if not teile[".shp"].startswith(_SHP) or ".dbf" not in teile:
        raise auftrag.ablehnung(Code.DATEI_DEFEKT, grund=f"{name}.shp/.dbf")
    kodierung = None if ".cpg" in teile else _kodierung(teile[".dbf"])
    with tempfile.TemporaryDirectory() as ordner:
        for endung, inhalt in teile.items():
            (Path(ordner) / f"ebene{endung}").write_bytes(inhalt)
        ebene = _Ebene(Path(ordner) / "ebene.shp", None, name, kodierung)
        raster = _lies_ebene(auftrag, ebene)
    if kodierung is None:
        return raster
    werte = {"gelesen": kodierung, "name": name}
    befund = Befund(Code.CPG_FEHLT, auftrag.datei, werte=werte)
    return replace(raster, befunde=(befund, *raster.befunde))


def _kodierung(dbf: bytes) -> str:
    try:
        dbf[32:].decode("utf-8")
    except UnicodeDecodeError:
        return "CP1252"
    return "UTF-8"


def _lies_ebene(auftrag: Auftrag, ebene: _Ebene) -> Raster:
    try:
        with warnings.catch_warnings(record=True) as meldungen:
            warnings.simplefilter("always")
            angaben = pyogrio.read_info(ebene.pfad, layer=ebene.ebene, encoding=ebene.kodierung)
            zeilen = angaben["features"]
            auftrag.pruefe_umfang(zeilen, zeilen * (len(angaben["fields"]) + 4))
            kopf, _, wkb, felder = pyogrio.raw.read(
                ebene.pfad, layer=ebene.ebene, encoding=ebene.kodierung, force_2d=True
            )
    except _DEFEKT as fehler:
        raise auftrag.ablehnung(Code.DATEI_DEFEKT, grund=type(fehler).__name__) from fehler
    befunde = [
        Befund(Code.VEKTOR_MELDUNG, auftrag.datei, ebene.ebene, werte={"grund": meldung})
        for meldung in dict.fromkeys(str(m.message) for m in meldungen)
    ]
    system = auftrag.system or geometrie.bezugssystem(kopf["crs"])
    if system is None and wkb is not None:
        befunde.append(Befund(Code.BEZUGSSYSTEM_FEHLT, auftrag.datei, ebene.ebene))
    anzahl = len(felder[0]) if felder else len(wkb if wkb is not None else ())
    umrisse = geometrie.zellen(_geometrien(wkb, anzahl), system, auftrag.grenzen)
    nummern = list(range(2, anzahl + 2))
    befunde += geometrie.befunde(umrisse, nummern, auftrag.datei, ebene.ebene)
    zeilen = _zeilen([str(feld) for feld in kopf["fields"]], felder, umrisse)
    return Raster(
        auftrag.datei,
        ebene.ebene,
        ebene.name,
        zeilen,
        [1, *nummern],
        tuple(befunde),
        kopf_sicher=True,
    )


def _geometrien(wkb: Any, anzahl: int) -> Geometrien:  # noqa: ANN401  array of bytes, or None
    if wkb is None:
        return np.full(anzahl, None, dtype=object)
    gelesen: Geometrien = shapely.from_wkb(wkb, on_invalid="ignore")
    return gelesen


def _zeilen(
    namen: list[str], felder: list[Any], umrisse: list[geometrie.Umriss]
) -> list[list[str]]:
    behalten = [i for i, feld in enumerate(namen) if feld not in geometrie.SPALTEN]
    spalten = [[attribut.text(wert) for wert in felder[i]] for i in behalten]
    kopf = [*(namen[i] for i in behalten), *geometrie.SPALTEN]
    return [
        kopf,
        *([*(s[i] for s in spalten), *umriss.zellen] for i, umriss in enumerate(umrisse)),
    ]
