"""What a report is made of: chapters of paragraphs, tables and pictures, in plain words.

Both formats are set from this and from nothing else, so that they say the same. All texts are
finished German words; a block's ``art`` tells the kinds apart when the content comes as JSON.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True)
class Absatz:
    """A paragraph; ``leise`` for a remark below a table or picture."""

    text: str
    leise: bool = False
    art: Literal["absatz"] = "absatz"


@dataclass(frozen=True, slots=True)
class Spalte:
    """A column of a table.

    Attributes
    ----------
    breite
        Its share of the width of the table; only the ratio to the others counts.
    zahl
        Whether it holds numbers, which are set to the right.
    mm
        How wide it is set, in millimetres (`app.bericht.breiten`).
    """

    titel: str
    breite: float
    zahl: bool = False
    mm: float = 0


@dataclass(frozen=True, slots=True)
class Zelle:
    """A cell: its words, smaller lines below them, http(s) addresses below both."""

    text: str
    zusatz: str = ""
    links: tuple[str, ...] = ()
    fett: bool = False


@dataclass(frozen=True, slots=True)
class Tabelle:
    """A table with a head that is repeated on every page.

    ``summe`` says whether the last row holds totals.
    """

    titel: str
    spalten: tuple[Spalte, ...]
    zeilen: tuple[tuple[Zelle, ...], ...]
    summe: bool = False
    art: Literal["tabelle"] = "tabelle"


@dataclass(frozen=True, slots=True)
class Bild:
    """A drawing.

    Attributes
    ----------
    titel
        Caption above it.
    text
        What it shows, for those who do not see it.
    svg
        The drawing itself.
    breite_mm
        How wide it is set, in millimetres.
    """

    titel: str
    text: str
    svg: str
    breite_mm: int = 170
    art: Literal["bild"] = "bild"


@dataclass(frozen=True, slots=True)
class Quelle:
    """An entry of the list of sources; ``url`` is http(s) or empty."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Quellenliste:
    """A list of sources."""

    quellen: tuple[Quelle, ...]
    art: Literal["quellen"] = "quellen"


Block: TypeAlias = Absatz | Tabelle | Bild | Quellenliste


@dataclass(frozen=True, slots=True)
class Kapitel:
    """A heading and what stands below it, up to the next one.

    Attributes
    ----------
    stufe
        Level of the heading, 1 to 3.
    titel
        Its words, number included.
    neue_seite
        Whether it begins a page.
    """

    stufe: int
    titel: str
    inhalt: tuple[Block, ...] = ()
    neue_seite: bool = False


@dataclass(frozen=True, slots=True)
class Bericht:
    """One annex.

    Attributes
    ----------
    titel, untertitel
        "Anlage 1", and what it is about.
    kopf
        Lines below the title: Stand, selection.
    stand
        As the head of every page says it.
    seite
        Sentence with ``{seite}`` and ``{seiten}`` for the foot of every page.
    quer
        Whether the pages are landscape.
    leer
        The words for an empty field, which are set in grey: what is there stands out.
    tiefe
        How many levels of headings the contents list.
    erstellt
        When the data were published (ISO 8601 with offset).
    """

    titel: str
    untertitel: str
    absender: str
    kopf: tuple[str, ...]
    stand: str
    seite: str
    verzeichnis: str
    beschreibung: str
    erstellt: str
    kapitel: tuple[Kapitel, ...]
    quer: bool = False
    leer: str = ""
    tiefe: int = 2
