"""Takes the time of writing out of files that note it, so that equal builds freeze to equal bytes.

Workbooks and DOCX are ZIP archives: every member carries a time, and ``docProps/core.xml`` two
more. GeoPackages are SQLite databases whose tables say when they were last changed.
"""

import io
import sqlite3
import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from lxml import etree

_OFFICE: Final = (".xlsx", ".docx")
_EIGENSCHAFTEN: Final = "docProps/core.xml"
_ZEITEN: Final = ("created", "modified")
_DCTERMS: Final = "{http://purl.org/dc/terms/}"
_GEOPAKET_ZEITEN: Final = (
    "UPDATE gpkg_contents SET last_change = ?",
    "UPDATE gpkg_metadata_reference SET timestamp = ?",
    "UPDATE layer_styles SET update_time = ?",
)


def mit_festem_datum(inhalt: bytes, datei: str, datum: date) -> bytes:
    """Return a file as it would be if it had been written at the beginning of a day.

    Parameters
    ----------
    inhalt, datei
        The bytes, and the name whose ending says what they are; other kinds stay as they are.
    datum
        The day that the file then names (UTC).
    """
    if datei.endswith(_OFFICE):
        return _office(inhalt, datum)
    return _geopaket(inhalt, datum) if datei.endswith(".gpkg") else inhalt


def _office(inhalt: bytes, datum: date) -> bytes:
    fertig = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(inhalt)) as quelle,
        zipfile.ZipFile(fertig, "w", zipfile.ZIP_DEFLATED) as ziel,
    ):
        for teil in quelle.infolist():
            angaben = zipfile.ZipInfo(teil.filename, (datum.year, datum.month, datum.day, 0, 0, 0))
            angaben.compress_type = teil.compress_type
            angaben.external_attr = teil.external_attr
            daten = quelle.read(teil)
            ziel.writestr(
                angaben, _kerndaten(daten, datum) if teil.filename == _EIGENSCHAFTEN else daten
            )
    return fertig.getvalue()


def _kerndaten(daten: bytes, datum: date) -> bytes:
    wurzel = etree.fromstring(daten)
    for name in _ZEITEN:
        for element in wurzel.iter(_DCTERMS + name):
            element.text = f"{datum.isoformat()}T00:00:00Z"
    return etree.tostring(wurzel, encoding="UTF-8", xml_declaration=True, standalone=True)


def _geopaket(inhalt: bytes, datum: date) -> bytes:
    zeit = f"{datum.isoformat()}T00:00:00.000Z"
    with TemporaryDirectory() as ordner:
        datei = Path(ordner) / "export.gpkg"
        datei.write_bytes(inhalt)
        verbindung = sqlite3.connect(datei)
        try:
            for befehl in _GEOPAKET_ZEITEN:
                verbindung.execute(befehl, (zeit,))
            verbindung.commit()
        finally:
            verbindung.close()
        return datei.read_bytes()
