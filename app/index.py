"""The columnar index of a build as typed arrays (see ``docs/architecture.md``, ``index.bin``)."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from layers import spalten
from layers.falten import worte
from layers.spalten import Spaltendatei, Zahlen

_LETZTES: Final = "\uffff"
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
class Facette:
    """One facet: which codes a row has, as compressed sparse rows.

    ``wert[start[i]:start[i + 1]]`` are the code positions of row *i*; ``zeile`` names the row
    of every entry of ``wert``, so that a mask over rows becomes a mask over entries.
    """

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    start: Zahlen
    wert: Zahlen
    zeile: NDArray[np.int32]

    def codes_von(self, zeile: int) -> tuple[str, ...]:
        """Return the codes of a row in the order in which they are stated."""
        von, bis = self.start[zeile : zeile + 2]
        return tuple(self.codes[wert] for wert in self.wert[von:bis])

    def maske(self, gewaehlt: Sequence[int], n: int) -> NDArray[np.bool_]:
        """Return which of the ``n`` rows have at least one of the chosen code positions."""
        treffer = np.zeros(len(self.codes), dtype=bool)
        treffer[list(gewaehlt)] = True
        maske = np.zeros(n, dtype=bool)
        maske[self.zeile[treffer[self.wert]]] = True
        return maske

    def zaehlen(self, maske: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return how many rows of the mask have each code."""
        return np.bincount(self.wert[maske[self.zeile]], minlength=len(self.codes))


@dataclass(frozen=True, slots=True)
class Standorte:
    """The locations: row of the project, place in millionths of a degree (WGS84).

    ``ungefaehr`` says which are only known to the Quartier or the Stadtbezirk.
    """

    projekt: Zahlen
    lon: Zahlen
    lat: Zahlen
    ungefaehr: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Wortindex:
    """Folded words in order, and for each the rows that hold it."""

    worte: Sequence[str]
    start: Zahlen
    zeilen: Zahlen

    def praefix(self, wort: str, n: int) -> NDArray[np.bool_]:
        """Return which of the ``n`` rows hold a word that begins with ``wort`` (folded)."""
        von = bisect_left(self.worte, wort)
        bis = bisect_left(self.worte, wort + _LETZTES)
        maske = np.zeros(n, dtype=bool)
        maske[self.zeilen[self.start[von] : self.start[bis]]] = True
        return maske

    def kennt(self, wort: str) -> bool:
        """Say whether any word begins with ``wort`` (folded)."""
        return bisect_left(self.worte, wort) < bisect_left(self.worte, wort + _LETZTES)

    def erste_zeile(self, wort: str) -> int:
        """Return the first row that holds exactly this word of the index."""
        return int(self.zeilen[self.start[bisect_left(self.worte, wort)]])


class Labelwort(NamedTuple):
    """A folded word of a label, and the code (by position in its facet) that is called so."""

    wort: str
    facette: str
    code: int


@dataclass(frozen=True, slots=True)
class Index:
    """Everything the query engine needs; rows are sorted by name.

    ``mit_ort`` says which rows have a location on the map; ``labelworte`` are the words of the
    labels in another language than German, whose words stand in ``worte`` (see `mit_labels`).
    """

    ids: tuple[str, ...]
    zeile: Mapping[str, int]
    beginn: Zahlen
    ende: Zahlen
    standjahr: Zahlen
    facetten: Mapping[str, Facette]
    codes: Mapping[str, Mapping[str, int]]
    standorte: Standorte
    mit_ort: NDArray[np.bool_]
    rang: Mapping[str, Zahlen]
    worte: Wortindex
    labelworte: tuple[Labelwort, ...] = ()

    def praefix(self, wort: str) -> NDArray[np.bool_]:
        """Return which rows hold a word that begins with ``wort`` (folded), labels included."""
        n = len(self)
        maske = self.worte.praefix(wort, n)
        for label in self.labelworte:
            if label.wort.startswith(wort):
                maske |= self.facetten[label.facette].maske([label.code], n)
        return maske

    def mit_labelworten(self, labelworte: tuple[Labelwort, ...]) -> "Index":
        """Return the same index with the words of other labels."""
        return replace(self, labelworte=labelworte)

    def __len__(self) -> int:
        return len(self.ids)


OHNE: Final = 0
"""Stands in a column of years or ranks for "no value"."""
UNGEFAEHR: Final = frozenset({"quartier", "stadtbezirk"})
"""Steps of Lagegenauigkeit whose point only stands for an area."""


def _mit_ort(projekte: Zahlen, n: int) -> NDArray[np.bool_]:
    maske = np.zeros(n, dtype=bool)
    maske[projekte] = True
    return maske


def _facette(datei: Spaltendatei, name: str, angaben: Mapping[str, Any], n: int) -> Facette:
    spalte = f"facette.{name}"
    mehrfach = f"{spalte}.start" in datei
    start = datei.zahlen(f"{spalte}.start") if mehrfach else np.arange(n + 1)
    return Facette(
        codes=tuple(angaben["codes"]),
        labels=tuple(angaben["labels"]),
        start=start,
        wert=datei.zahlen(spalte),
        zeile=np.repeat(np.arange(n, dtype=np.int32), np.diff(start)),
    )


def _standorte(datei: Spaltendatei) -> Standorte:
    stufen = datei.kopf["genauigkeiten"]
    ungefaehre = [i for i, stufe in enumerate(stufen) if stufe in UNGEFAEHR]
    return Standorte(
        projekt=datei.zahlen("standort.projekt"),
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
    standorte = _standorte(datei)
    ids = tuple(datei.texte("id"))
    return Index(
        ids=ids,
        zeile={id_: i for i, id_ in enumerate(ids)},
        beginn=datei.zahlen("beginn"),
        ende=datei.zahlen("ende"),
        standjahr=datei.zahlen("standjahr"),
        facetten=facetten,
        codes={name: {c: i for i, c in enumerate(f.codes)} for name, f in facetten.items()},
        standorte=standorte,
        mit_ort=_mit_ort(standorte.projekt, n),
        rang={name: datei.zahlen(f"rang.{name}") for name in SORTIERUNGEN},
        worte=Wortindex(text.texte("worte"), text.zahlen("start"), text.zahlen("zeilen")),
    )


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
