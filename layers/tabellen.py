"""The tables of ``geodata/``: one declarative definition each.

Reading, checking and the editors' workbook are all made from these definitions; the meaning of
a column stands nowhere else.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from layers.sprachen import UEBERSETZT

TRENNER: Final = "|"
"""Separates several values in one cell."""


class Art(StrEnum):
    """What kind of value a column holds; decides how a cell is checked and parsed."""

    ID = "id"
    VERWEIS = "verweis"
    TEXT = "text"
    NAMEN = "namen"
    CODE = "code"
    CODES = "codes"
    WAHL = "wahl"
    DATUM = "datum"
    ZAHL = "zahl"
    GANZZAHL = "ganzzahl"
    URLS = "urls"
    ORGANISATIONEN = "organisationen"
    LAT = "lat"
    LON = "lon"
    WKT = "wkt"
    BILD = "bild"


@dataclass(frozen=True, slots=True)
class Spalte:
    """One column.

    ``liste`` names the code list of a ``CODE`` or ``CODES`` column, ``werte`` the words allowed
    in a ``WAHL`` column. ``pflicht``: the cell must not be empty. ``kontakt``: the column is
    meant for contact details. ``sprache``: the column translates another one of the table.
    """

    name: str
    art: Art = Art.TEXT
    pflicht: bool = False
    liste: str | None = None
    werte: tuple[str, ...] = ()
    kontakt: bool = False
    sprache: str | None = None

    @property
    def original(self) -> str:
        """The column that this one translates; its own name where it is no translation."""
        return self.name.removesuffix(f"_{self.sprache}") if self.sprache else self.name


@dataclass(frozen=True, slots=True)
class Tabelle:
    """One table: its file in ``geodata/``, its columns in order, and the column with its key.

    ``pflicht``: there is no build without the file. ``hilfsspalten`` may stand in a source and
    are checked with it, but are carried no further; nobody misses one that is not there.
    """

    name: str
    spalten: tuple[Spalte, ...]
    schluessel: str | None
    pflicht: bool = True
    hilfsspalten: tuple[Spalte, ...] = ()

    @property
    def datei(self) -> str:
        """The file, relative to ``geodata/``."""
        return f"{self.name}.csv"

    @property
    def spaltennamen(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(spalte.name for spalte in self.spalten)

    @property
    def lesespalten(self) -> tuple[Spalte, ...]:
        """All columns that a source may have: own ones, help columns, translations."""
        eigene = (spalte for spalte in self.spalten if not spalte.sprache)
        return (*eigene, *self.hilfsspalten, *self.uebersetzungen)

    @property
    def uebersetzungen(self) -> tuple[Spalte, ...]:
        """The columns that translate others."""
        return tuple(spalte for spalte in self.spalten if spalte.sprache)

    @property
    def lesenamen(self) -> tuple[str, ...]:
        """The names of all columns that a source may have."""
        return tuple(spalte.name for spalte in self.lesespalten)


def _code(name: str, liste: str | None = None, *, pflicht: bool = False) -> Spalte:
    return Spalte(name, Art.CODE, pflicht=pflicht, liste=liste or name)


def _uebersetzt(sprache: str, *spalten: Spalte) -> tuple[Spalte, ...]:
    return tuple(replace(s, name=f"{s.name}_{sprache}", sprache=sprache) for s in spalten)


_LAGE: Final = (
    Spalte("lat", Art.LAT),
    Spalte("lon", Art.LON),
    _code("lagegenauigkeit"),
)
_BEZUG: Final = (Spalte("koordinatensystem"),)
"""In which reference system lat and lon of the row are written; WGS84 where it is empty."""
_BILDER: Final = (
    Spalte("bild", Art.BILD),
    Spalte("bild_alt"),
    Spalte("bild_rechte"),
)
_QUELLEN: Final = Spalte("quellen", Art.URLS, pflicht=True)
_STAND: Final = Spalte("stand", Art.DATUM)
_TEXTE: Final = tuple(map(Spalte, ("kurzbeschreibung", "ziel", "sachstand", "wirkung")))
"""What may be translated of a project, where somebody has done it."""

PROJEKTE: Final = Tabelle(
    "projekte",
    (
        Spalte("id", Art.ID, pflicht=True),
        Spalte("nr"),
        Spalte("name", pflicht=True),
        _code("liste", pflicht=True),
        _code("status"),
        Spalte("status_stand", Art.DATUM),
        _code("handlungsfeld"),
        _code("wirkungsfeld"),
        _code("themenfeld"),
        _code("projektfamilie"),
        _code("generation"),
        Spalte("stadtbezirke", Art.CODES, liste="stadtbezirk"),
        Spalte("beginn", Art.DATUM),
        Spalte("ende", Art.DATUM),
        Spalte("traeger", Art.ORGANISATIONEN),
        Spalte("partner", Art.ORGANISATIONEN),
        Spalte("foerderung"),
        Spalte("kosten_eur", Art.GANZZAHL),
        Spalte("ziel"),
        Spalte("kurzbeschreibung", pflicht=True),
        Spalte("sachstand"),
        Spalte("wirkung"),
        Spalte("kontakt", kontakt=True),
        Spalte("links", Art.URLS),
        _QUELLEN,
        _code("belegstufe", pflicht=True),
        Spalte("zuordnung", Art.WAHL, werte=("Quelle", "redaktionell")),
        _STAND,
        *(spalte for sprache in UEBERSETZT for spalte in _uebersetzt(sprache, *_TEXTE)),
    ),
    schluessel="id",
    hilfsspalten=_BILDER,
)
STANDORTE: Final = Tabelle(
    "standorte",
    (Spalte("projekt_id", Art.VERWEIS, pflicht=True), Spalte("bezeichnung"), *_LAGE),
    schluessel=None,
    hilfsspalten=_BEZUG,
)
PLAETZE: Final = Tabelle(
    "plaetze",
    (
        Spalte("id", Art.ID, pflicht=True),
        Spalte("name", pflicht=True),
        _code("stadtbezirk"),
        Spalte("ort"),
        *_LAGE,
        Spalte("teil_der_27", Art.WAHL, pflicht=True, werte=("ja", "nein", "nicht belegt")),
        Spalte("nordwaerts_bezug"),
        _code("status"),
        Spalte("status_stand", Art.DATUM),
        Spalte("kurzbeschreibung"),
        Spalte("beleg", pflicht=True),
        _QUELLEN,
        _STAND,
    ),
    schluessel="id",
    pflicht=False,
    hilfsspalten=_BEZUG,
)
BRACHFLAECHEN: Final = Tabelle(
    "brachflaechen",
    (
        Spalte("id", Art.ID, pflicht=True),
        Spalte("name", pflicht=True),
        _code("stadtbezirk"),
        Spalte("ort"),
        *_LAGE,
        Spalte("flaeche_ha", Art.ZAHL),
        Spalte("flaeche_anmerkung"),
        Spalte("vornutzung"),
        Spalte("status"),
        Spalte("status_stand", Art.DATUM),
        Spalte("kurzbeschreibung"),
        Spalte("nordwaerts_bezug"),
        _QUELLEN,
        _STAND,
    ),
    schluessel="id",
    pflicht=False,
    hilfsspalten=_BEZUG,
)
STATISTISCHE_BEZIRKE: Final = Tabelle(
    "statistische_bezirke",
    (
        Spalte("nr", Art.ID, pflicht=True),
        Spalte("name", pflicht=True),
        _code("stadtbezirk", pflicht=True),
        Spalte("flaeche_ha", Art.ZAHL, pflicht=True),
        Spalte("wkt_epsg25832", Art.WKT, pflicht=True),
    ),
    schluessel="nr",
)
KENNZAHLEN: Final = Tabelle(
    "kennzahlen",
    (
        Spalte("id", Art.ID, pflicht=True),
        _code("bereich", "kennzahlbereich", pflicht=True),
        Spalte("kennzahl", pflicht=True),
        Spalte("wert", Art.ZAHL, pflicht=True),
        Spalte("einheit", pflicht=True),
        Spalte("qualifikation"),
        Spalte("zeitbezug"),
        Spalte("quelle", pflicht=True),
    ),
    schluessel="id",
    pflicht=False,
)
BETEILIGTE: Final = Tabelle(
    "beteiligte",
    (
        Spalte("code", Art.ID, pflicht=True),
        Spalte("name", pflicht=True),
        Spalte("varianten", Art.NAMEN),
        Spalte("art", Art.WAHL, pflicht=True, werte=("organisation", "unbenannt")),
    ),
    schluessel="code",
)


def _codeliste(name: str, *weitere: Spalte) -> Tabelle:
    """Return a list whose labels every language shows: none of their translations may miss."""
    art = Art.TEXT if name == "belegstufe" else Art.ID
    label, kurz = Spalte("label", pflicht=True), Spalte("kurz")
    return Tabelle(
        f"codelisten/{name}",
        (
            Spalte("code", art, pflicht=True),
            label,
            kurz,
            Spalte("quelle", pflicht=True),
            *weitere,
            *(spalte for sprache in UEBERSETZT for spalte in _uebersetzt(sprache, label, kurz)),
        ),
        schluessel="code",
    )


CODELISTEN: Final = (
    _codeliste("handlungsfeld"),
    _codeliste("wirkungsfeld", Spalte("laut_zwischenbericht_2021")),
    _codeliste("themenfeld"),
    _codeliste("projektfamilie"),
    _codeliste("status"),
    _codeliste("liste"),
    _codeliste("generation"),
    _codeliste(
        "stadtbezirk",
        Spalte("projektgebiet", Art.WAHL, pflicht=True, werte=("ganz", "teilweise", "nein")),
    ),
    _codeliste("lagegenauigkeit"),
    _codeliste("belegstufe"),
    _codeliste("kennzahlbereich"),
)
DATEN: Final = (
    PROJEKTE,
    STANDORTE,
    PLAETZE,
    BRACHFLAECHEN,
    STATISTISCHE_BEZIRKE,
    KENNZAHLEN,
    BETEILIGTE,
)
TABELLEN: Final = (*CODELISTEN, *DATEN)
"""All tables, the vocabularies first."""
