"""The columnar index of a build as typed arrays (see ``docs/architecture.md``, ``index.bin``)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from app import bitmenge
from app.bitmenge import Bits
from app.facette import Facette, facette
from app.wortindex import Wortindex, wortindex
from layers import spalten
from layers.falten import worte
from layers.schluessel import Schluessel
from layers.spalten import Spaltendatei, Zahlen

SORTIERUNGEN: Final = (
    "name",
    "nr",
    "stadtbezirk",
    "handlungsfeld",
    "projektfamilie",
    "generation",
    "status",
    "beginn",
    "stand",
)
"""What the index has ranks for."""


@dataclass(frozen=True, slots=True)
class Standorte:
    """The locations: row of the project, place in millionths of a degree (WGS84).

    Those of row *i* are ``[start[i]:start[i + 1]]``; ``ungefaehr`` says which are only known to
    the Quartier or the Stadtbezirk.
    """

    start: Zahlen
    projekt: Zahlen
    lon: Zahlen
    lat: Zahlen
    ungefaehr: NDArray[np.bool_]


class Labelwort(NamedTuple):
    """A folded word of a label, and the code (by position in its facet) that is called so."""

    wort: str
    facette: str
    code: int


@dataclass(frozen=True, slots=True)
class Index:
    """Everything the query engine needs; rows are sorted by name.

    Attributes
    ----------
    zeile
        Id → row.
    mit_ort, verortet
        Which rows have a location on the map, as booleans and as bits; ``alle`` are all rows.
    folgen
        Sort, with ``-`` where it is reversed → rows in that order.
    gesamt
        Facet → how many of all rows have each code.
    labelworte
        The words of the labels in another language than German, whose words stand in ``worte``
        (see `mit_labels`).
    """

    ids: Sequence[str]
    zeile: Mapping[str, int]
    beginn: Zahlen
    ende: Zahlen
    standjahr: Zahlen
    facetten: Mapping[str, Facette]
    codes: Mapping[str, Mapping[str, int]]
    standorte: Standorte
    mit_ort: NDArray[np.bool_]
    verortet: Bits
    alle: Bits
    rang: Mapping[str, Zahlen]
    folgen: Mapping[str, Zahlen]
    gesamt: Mapping[str, NDArray[np.int64]]
    worte: Wortindex
    labelworte: tuple[Labelwort, ...] = ()

    def praefix(self, wort: str) -> Bits:
        """Return which rows hold a word that begins with ``wort`` (folded), labels included."""
        menge = self.worte.praefix(wort)
        for label in self.labelworte:
            if label.wort.startswith(wort):
                menge |= self.facetten[label.facette].menge([label.code])
        return menge

    def mit_labelworten(self, labelworte: tuple[Labelwort, ...]) -> "Index":
        """Return the same index with the words of other labels."""
        return replace(self, labelworte=labelworte)

    def __len__(self) -> int:
        return len(self.ids)


OHNE: Final = 0
"""Stands in a column of years or ranks for "no value"."""
UNGEFAEHR: Final = frozenset({"quartier", "stadtbezirk"})
"""Steps of Lagegenauigkeit whose point only stands for an area."""


def _facette(datei: Spaltendatei, name: str, angaben: Mapping[str, Any], n: int) -> Facette:
    spalte = f"facette.{name}"
    start = datei.zahlen(f"{spalte}.start") if f"{spalte}.start" in datei else None
    return facette(angaben["codes"], angaben["labels"], datei.zahlen(spalte), start, n)


def _standorte(datei: Spaltendatei, n: int) -> Standorte:
    projekt = datei.zahlen("standort.projekt")
    stufen = datei.kopf["genauigkeiten"]
    ungefaehre = [i for i, stufe in enumerate(stufen) if stufe in UNGEFAEHR]
    return Standorte(
        start=np.searchsorted(projekt, np.arange(n + 1)),
        projekt=projekt,
        lon=datei.zahlen("standort.lon"),
        lat=datei.zahlen("standort.lat"),
        ungefaehr=np.isin(datei.zahlen("standort.genauigkeit"), ungefaehre),
    )


def lies(index: bytes | memoryview, suche: bytes | memoryview) -> Index:
    """Open ``index.bin`` and ``suche.bin``; most columns are views of these bytes.

    Raises
    ------
    KeyError, ValueError
        The files do not have the documented form.
    """
    datei, text = spalten.lies(index), spalten.lies(suche)
    n = int(datei.kopf["anzahl"])
    facetten = {name: _facette(datei, name, f, n) for name, f in datei.kopf["facetten"].items()}
    standorte = _standorte(datei, n)
    raenge = {name: datei.zahlen(f"rang.{name}") for name in SORTIERUNGEN}
    alle = bitmenge.aus_maske(np.ones(n, dtype=bool))
    verortet = bitmenge.aus_zeilen(standorte.projekt, n)
    ids = datei.texte("id")
    return Index(
        ids=ids,
        zeile=Schluessel(ids, datei.zahlen("id.folge")),
        beginn=datei.zahlen("beginn"),
        ende=datei.zahlen("ende"),
        standjahr=datei.zahlen("standjahr"),
        facetten=facetten,
        codes={name: {c: i for i, c in enumerate(f.codes)} for name, f in facetten.items()},
        standorte=standorte,
        mit_ort=bitmenge.als_maske(verortet, n),
        verortet=verortet,
        alle=alle,
        rang=raenge,
        folgen={name: folge for sort, r in raenge.items() for name, folge in _folgen(sort, r)},
        gesamt={name: facette_.zaehle(alle) for name, facette_ in facetten.items()},
        worte=wortindex(text.texte("worte"), text.zahlen("start"), text.zahlen("zeilen"), n),
    )


def _folgen(sort: str, rang: Zahlen) -> Iterator[tuple[str, Zahlen]]:
    """Yield the rows in the order of a sort and in the reversed one; without value always last."""
    letzter = int(rang.max(initial=OHNE)) + 1
    ohne = rang == OHNE
    for name, schluessel in ((sort, rang), (f"-{sort}", letzter - rang.astype(np.int32))):
        folge = np.argsort(np.where(ohne, letzter, schluessel), kind="stable")
        yield name, folge.astype(np.int32)


def mit_labels(index: Index, labels: Mapping[str, Mapping[str, str]], *, ohne: str) -> Index:
    """Return the index with the labels of a language as words to be searched.

    They are looked up by language and not kept with all the words: "Land" on a German page must
    not find what is called "land development" in English.

    Parameters
    ----------
    labels
        Facet → code → label.
    ohne
        A code that is no value and is not searched.
    """
    return index.mit_labelworten(
        tuple(
            Labelwort(wort, name, index.codes[name][code])
            for name, texte in labels.items()
            for code, text in texte.items()
            if code != ohne
            for wort in sorted(worte(text))
        )
    )
