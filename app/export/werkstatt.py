"""``python -m app.export.werkstatt``: one workbook or GeoPackage out of JSON, in its own process.

Reads ``{"art": "xlsx" | "gpkg", …}`` from standard input, writes the file to standard output.
pandas, openpyxl and GDAL go with the process, and so does all their memory.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson


def main() -> None:
    """Make what standard input asks for."""
    auftrag = orjson.loads(sys.stdin.buffer.read())
    with TemporaryDirectory() as ordner:
        ziel = Path(ordner) / f"export.{auftrag['art']}"
        # imported here: a workbook needs no GDAL, and a GeoPackage no openpyxl
        if auftrag["art"] == "xlsx":
            from app.export import mappe  # noqa: PLC0415

            mappe.schreibe(auftrag, ziel)
        else:
            from app.export import geopaket  # noqa: PLC0415

            geopaket.schreibe(auftrag, ziel)
        sys.stdout.buffer.write(ziel.read_bytes())


if __name__ == "__main__":
    main()
