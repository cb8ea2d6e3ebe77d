"""The full-text index: for every folded word the rows of the projects that hold it."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from layers.codelisten import beschriftungen
from layers.csr import Ganzzahlen, gebuendelt, je_zeile, paare
from layers.facetten import organisationen_von
from layers.falten import worte
from layers.join import Verbund
from layers.spalten import Steigend, packe
from layers.tabellen import PROJEKTE, Art

if TYPE_CHECKING:
    import pandas as pd

_TEXTE: Final = tuple(s.name for s in PROJEKTE.spalten if s.art is Art.TEXT)
_CODES: Final = tuple(s for s in PROJEKTE.spalten if s.art in {Art.CODE, Art.CODES})
_ORGANISATIONEN: Final = tuple(s.name for s in PROJEKTE.spalten if s.art is Art.ORGANISATIONEN)


class _Wortschatz:
    """Gives every word a number when it first appears.

    No word reaches over white space, so that what stands between is folded once, however often
    a language repeats it.
    """

    def __init__(self) -> None:
        self.nummer: dict[str, int] = {}
        self._bekannt: dict[str, tuple[int, ...]] = {}

    def zaehler(self, text: Callable[[Any], str]) -> Callable[[Any], list[int]]:
        """Return what gives the numbers of the words of a cell."""
        return lambda zelle: self.nummern(text(zelle))

    def nummern(self, text: str) -> list[int]:
        gefunden: list[int] = []
        for teil in text.split():
            nummern = self._bekannt.get(teil)
            if nummern is None:
                nummern = self._bekannt[teil] = self._neue(teil)
            gefunden += nummern
        return gefunden

    def _neue(self, teil: str) -> tuple[int, ...]:
        nummer = self.nummer
        # Numbers end up in no file: the order of a set does not matter.
        return tuple(nummer.setdefault(wort, len(nummer)) for wort in worte(teil))


def suchindex(verbund: Verbund) -> bytes:
    """Return ``suche.bin``: words in code point order, CSR starts, rows ascending.

    Searched are name, nr, the names of the locations, all texts, organisations in every
    spelling, and the labels of the codes.
    """
    wortschatz = _Wortschatz()
    stellen: list[Ganzzahlen] = []
    for zeile, zellen, text in _durchsucht(verbund):
        csr = je_zeile(zellen, wortschatz.zaehler(text))
        stellen.append(paare(csr.wert, zeile[csr.zeile]))
    alphabetisch = sorted(wortschatz.nummer)
    rang = np.empty(len(alphabetisch), dtype=np.int64)
    rang[[wortschatz.nummer[wort] for wort in alphabetisch]] = np.arange(len(alphabetisch))
    alle = np.concatenate(stellen)
    del stellen
    index = gebuendelt(alle, rang, len(alphabetisch))
    return packe(
        {"anzahl": len(verbund.projekte)},
        {"start": Steigend(index.start), "zeilen": index.wert, "worte": alphabetisch},
    )


def _durchsucht(
    verbund: Verbund,
) -> Iterator[tuple[Ganzzahlen, "pd.Series[Any]", Callable[[Any], str]]]:
    """Yield rows, the cells that belong to them, and what of a cell is searched."""
    projekte = verbund.projekte
    alle = np.arange(len(projekte), dtype=np.int64)
    for name in _TEXTE:
        yield alle, projekte[name], str
    for spalte in _CODES:
        liste = verbund.tabellen[f"codelisten/{spalte.liste}"]
        kurz = beschriftungen(liste)
        labels = dict(zip(liste["code"], liste["label"], strict=True))
        beide = {code: f"{labels[code]} {kurz[code]}" for code in kurz}
        yield alle, projekte[spalte.name], _uebersetzer(beide)
    schreibweisen: dict[str, list[str]] = {}
    organisationen = organisationen_von(verbund)
    for schreibweise, (code, _, _) in organisationen.items():
        schreibweisen.setdefault(code, []).append(schreibweise)
    alle_namen = {n: " ".join(schreibweisen[code]) for n, (code, _, _) in organisationen.items()}
    for name in _ORGANISATIONEN:
        yield alle, projekte[name], _uebersetzer(alle_namen)
    standorte = verbund.standorte
    yield standorte["projekt"].to_numpy(dtype=np.int64), standorte["bezeichnung"], str


def _uebersetzer(texte: dict[str, str]) -> Callable[[str | Sequence[str]], str]:
    def text(zelle: str | Sequence[str]) -> str:
        codes = (zelle,) if isinstance(zelle, str) else zelle
        return " ".join(texte.get(code, code) for code in codes)

    return text
