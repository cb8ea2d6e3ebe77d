"""The facets of the index: which codes each project has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from layers.codelisten import beschriftungen
from layers.csr import Csr, Ganzzahlen, je_zeile
from layers.falten import ordnungsform
from layers.join import Verbund

if TYPE_CHECKING:
    import pandas as pd

OHNE_ANGABE: Final = "ohne-angabe"
"""Code for "this project has no value": what is not documented can be asked for."""
_OHNE_ANGABE_LABEL: Final = "ohne Angabe"
_SPALTEN: Final = {
    "handlungsfeld": "handlungsfeld",
    "wirkungsfeld": "wirkungsfeld",
    "themenfeld": "themenfeld",
    "projektfamilie": "projektfamilie",
    "stadtbezirk": "stadtbezirke",
    "status": "status",
    "liste": "liste",
    "generation": "generation",
}
"""Facet → column of ``projekte``, in the order of ``app/state.py``; ``beteiligt`` follows."""


@dataclass(frozen=True, slots=True)
class Facette:
    """One facet: its options in order, and the options of every row.

    ``mehrfach``: a row may have several. A row without a value has the option `OHNE_ANGABE`.
    """

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    zeilen: Csr
    mehrfach: bool


def facetten(verbund: Verbund) -> dict[str, Facette]:
    """Return all facets in the order of the contract."""
    ergebnis = {}
    for name, spalte in _SPALTEN.items():
        labels = beschriftungen(verbund.tabellen[f"codelisten/{name}"])
        ergebnis[name] = _facette(verbund.projekte[spalte], labels, mehrfach=name == "stadtbezirk")
    ergebnis["beteiligt"] = _beteiligt(verbund)
    return ergebnis


def _facette(spalte: "pd.Series[Any]", labels: Mapping[str, str], *, mehrfach: bool) -> Facette:
    nummer = {code: i for i, code in enumerate(labels)}

    def nummern(zelle: str | tuple[str, ...]) -> Sequence[int]:
        codes = (zelle,) if isinstance(zelle, str) else zelle
        # As stated: the first one is where the project stands when sorted by this facet.
        gefunden = dict.fromkeys(nummer[code] for code in codes if code in nummer)
        return list(gefunden) or [len(nummer)]

    zeilen = je_zeile(spalte, nummern)
    codes, namen = tuple(labels), tuple(labels.values())
    if (zeilen.wert == len(nummer)).any():
        codes, namen = (*codes, OHNE_ANGABE), (*namen, _OHNE_ANGABE_LABEL)
    return Facette(codes, namen, zeilen, mehrfach)


def _beteiligt(verbund: Verbund) -> Facette:
    """Return Träger and Partner together; only organisations that a project names."""
    organisationen = organisationen_von(verbund)
    genannt = sorted(
        {
            (ordnungsform(name), name, code)
            for namen in {*verbund.projekte["traeger"], *verbund.projekte["partner"]}
            for code, name, art in (organisationen[n] for n in namen if n in organisationen)
            if art == "organisation"
        }
    )
    beide = verbund.projekte["traeger"] + verbund.projekte["partner"]
    codes = beide.map(
        lambda namen: tuple(organisationen[n][0] for n in namen if n in organisationen)
    )
    return _facette(codes, {code: name for _, name, code in genannt}, mehrfach=True)


def organisationen_von(verbund: Verbund) -> dict[str, tuple[str, str, str]]:
    """Return name or variant → (code, name, art) of the organisation."""
    tabelle = verbund.tabellen["beteiligte"]
    return {
        schreibweise: (code, name, art)
        for code, name, varianten, art in zip(
            tabelle["code"], tabelle["name"], tabelle["varianten"], tabelle["art"], strict=True
        )
        for schreibweise in (name, *varianten)
    }


def erste_nummer(facette: Facette, spalte: "pd.Series[Any]") -> Ganzzahlen:
    """Return the position in the code list of the first value of every row, -1 for none."""
    nummer = {code: i for i, code in enumerate(facette.codes) if code != OHNE_ANGABE}

    def erste(zelle: str | tuple[str, ...]) -> Sequence[int]:
        code = zelle if isinstance(zelle, str) else next(iter(zelle), "")
        return [nummer.get(code, -1)]

    return je_zeile(spalte, erste).wert


def dicht(schluessel: Ganzzahlen) -> Ganzzahlen:
    """Return dense ranks of keys; a negative key is no value and stays -1."""
    mit = schluessel >= 0
    rang = np.full(len(schluessel), -1, dtype=np.int64)
    rang[mit] = np.unique(schluessel[mit], return_inverse=True)[1]
    return rang
