"""How much a source may hold: what is larger is refused with a sentence, not with a crash."""

from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

MIB: Final = 1024 * 1024


class Grenzen(BaseModel):
    """Limits of one source file: the table ``[grenzen]`` of the settings.

    The defaults are some fifty times what the programme needs and keep the check of any file,
    however it was damaged, below 1 GiB of memory. ``datei_mb``, ``zeilen`` and ``zellen`` also hold
    for all files of a folder together. They are not asked of ``geodata/`` itself.

    Attributes
    ----------
    datei_mb
        Size of a text file or workbook on disk, in MiB.
    vektor_mb
        Size of a GeoJSON, GeoPackage or unpacked shapefile, in MiB.
    entpackt_mb
        What a workbook or an archive may hold once unpacked, in MiB.
    zeilen, zellen
        Rows and cells of one table.
    mappe_zellen
        Cells of a workbook, over all its sheets.
    stuetzpunkte
        Vertices of one outline.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    datei_mb: Annotated[float, Field(gt=0)] = 64.0
    vektor_mb: Annotated[float, Field(gt=0)] = 20.0
    entpackt_mb: Annotated[float, Field(gt=0)] = 64.0
    zeilen: Annotated[int, Field(gt=0)] = 20_000
    zellen: Annotated[int, Field(gt=0)] = 1_000_000
    mappe_zellen: Annotated[int, Field(gt=0)] = 300_000
    stuetzpunkte: Annotated[int, Field(gt=0)] = 100_000


UNBEGRENZT: Final = Grenzen(
    datei_mb=1e9,
    vektor_mb=1e9,
    entpackt_mb=1e9,
    zeilen=10**12,
    zellen=10**12,
    mappe_zellen=10**12,
    stuetzpunkte=10**12,
)
"""For the project's own folder: what was published before may be read again."""
