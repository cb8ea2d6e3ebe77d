"""What every reader gives: rows of texts with their numbers, and where they stood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from layers.befund import Befund, Code, Wert
from layers.quelle.grenzen import MIB, Grenzen


@dataclass(frozen=True, slots=True)
class Raster:
    """The cells of one sheet, file or layer, header included.

    Parameters
    ----------
    datei
        Name of the file, as people are told.
    blatt
        Sheet of a workbook or layer of a GeoPackage; None where the file has only one table.
    name
        What the table is called: the sheet, the layer or the file without its ending.
    zeilen
        Rows of texts, ``""`` = empty; rows may differ in length.
    nummern
        Number of each row: line of a text file, row of a sheet, or 1 + number of the feature
        (the header counts as 1 everywhere).
    befunde
        Findings about the file and its rows; their ``datei`` is the one given here.
    kopf_sicher
        The first row is the header: attribute names of a vector layer.
    starr
        Every row must have as many cells as the header: what separates them is a character
        that may also stand in a text.
    """

    datei: str
    blatt: str | None
    name: str
    zeilen: Sequence[Sequence[str]]
    nummern: Sequence[int]
    befunde: tuple[Befund, ...] = ()
    kopf_sicher: bool = False
    starr: bool = False


@dataclass(frozen=True, slots=True)
class Fundort:
    """Where a table was read: file, sheet, line of the header, and column → its number from 1.

    ``ergaenzt``: the source does not hold the table, it was taken from ``geodata/``.
    """

    datei: str
    blatt: str | None = None
    kopfzeile: int = 1
    spalten: Mapping[str, int] = field(default_factory=dict)
    ergaenzt: bool = False


@dataclass(frozen=True, slots=True)
class Verwaist:
    """A row that belongs to no table: counted, kept and reported like one that is held back."""

    tabelle: str
    datei: str
    blatt: str | None
    zeile: int
    zellen: Mapping[str, str]
    code: Code


class Abgewiesen(Exception):
    """A file is refused as a whole; ``befund`` says why."""

    def __init__(self, befund: Befund) -> None:
        super().__init__(f"{befund.datei}: {befund.code}")
        self.befund = befund


@dataclass(frozen=True, slots=True)
class Auftrag:
    """One file to read.

    Parameters
    ----------
    datei
        Name of the file, as people are told.
    system
        Reference system stated by the user (``EPSG:n``); wins over what the file says.
    """

    pfad: Path
    datei: str
    grenzen: Grenzen
    system: str | None = None

    def ablehnung(self, code: Code, zeile: int | None = None, **werte: Wert) -> Abgewiesen:
        """Return the refusal of the file, to be raised."""
        return Abgewiesen(Befund(code, self.datei, zeile=zeile, werte=werte))

    def zu_gross(self) -> Abgewiesen:
        """Return the refusal of a table with too many rows or cells."""
        grenzen = self.grenzen
        return self.ablehnung(Code.TABELLE_ZU_GROSS, zeilen=grenzen.zeilen, zellen=grenzen.zellen)

    def pruefe_umfang(self, zeilen: int, zellen: int) -> None:
        """Raise `Abgewiesen` for a table beyond the limits."""
        if zeilen > self.grenzen.zeilen or zellen > self.grenzen.zellen:
            raise self.zu_gross()

    def bytes(self, grenze_mb: float) -> bytes:
        """Return the content of the file.

        Raises
        ------
        Abgewiesen
            It is larger than the limit, or cannot be read.
        """
        try:
            if self.pfad.stat().st_size > grenze_mb * MIB:
                raise self.ablehnung(Code.DATEI_ZU_GROSS, grenze=grenze_mb)
            return self.pfad.read_bytes()
        except OSError as fehler:
            raise self.ablehnung(Code.DATEI_UNLESBAR, grund=type(fehler).__name__) from fehler
