"""``texte-<n>.json``: what of every Steckbrief is searched, as readers may see it.

The list shows where a word was found. The browser gets these texts in pieces, when the search is
first used, so that nothing typed has to leave it; the service reads the same files.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import orjson

from layers.bruchstuecke import (
    Bruchstuecke,
    Schreiber,
    bloecke,
    grenzen,
    je_zeile,
    verbunden,
)
from layers.codelisten import beschriftungen
from layers.facetten import organisationen_von
from layers.falten import worte
from layers.join import Verbund
from layers.tabellen import PROJEKTE, Art

if TYPE_CHECKING:
    import pandas as pd

JE_DATEI: Final = 64
"""Projects in one file: the programme's 237 make four files of some 10 KiB (brotli)."""
_VIELE: Final = (1 << 16, 256)
"""From so many projects on there are so many in a file."""
_TEXTE: Final = ("kurzbeschreibung", "ziel", "sachstand", "wirkung", "foerderung", "kontakt")
_UEBERSETZT: Final = tuple(s.name for s in PROJEKTE.uebersetzungen)
_ORGANISATIONEN: Final = ("traeger", "partner")
_CODES: Final = tuple(s for s in PROJEKTE.spalten if s.art in {Art.CODE, Art.CODES})
_ORT: Final = "ort"
_Schreibweisen: TypeAlias = Mapping[str, tuple[str, str]]
"""Key → what is usually shown, and the same with every spelling that is searched as well."""
FELDER: Final = (
    *_TEXTE,
    *_UEBERSETZT,
    *_ORGANISATIONEN,
    _ORT,
    "nr",
    *(s.name for s in _CODES),
)
"""In which order a hit is looked for: what tells most about a project comes first."""
_NUMMER: Final = {feld: nummer for nummer, feld in enumerate(FELDER)}


def dateien(verbund: Verbund) -> dict[str, bytes]:
    """Return file name → content, `je_datei` projects each, in row order of the index.

    ``projekte`` holds for each project ``[[field, text], …]``, the fields as positions in
    ``felder``; a field a second time where it has other spellings.
    """
    je = je_datei(len(verbund.projekte))
    kopf = orjson.dumps({"felder": FELDER, "projekte": []})
    texte = _je_projekt(verbund)
    fertige: dict[str, bytes] = {}
    while stueck := list(islice(texte, je)):
        fertige[name(len(fertige))] = kopf[:-2] + b",".join(stueck) + kopf[-2:]
    return fertige or {name(0): kopf}


def _je_projekt(verbund: Verbund) -> Iterator[bytes]:
    schreiber = dict(_schreiber(verbund))
    for zeilen in bloecke(len(verbund.projekte)):
        projekte = verbund.projekte.iloc[zeilen]
        spalten = [
            _orte(verbund.standorte, zeilen)
            if feld == _ORT
            else je_zeile(projekte[feld].tolist(), schreiber[feld])
            for feld in FELDER
        ]
        yield from (b"[%b]" % stellen for stellen in verbunden(spalten))


def _schreiber(verbund: Verbund) -> Iterator[tuple[str, Schreiber]]:
    """Yield column → what writes a value of it as ``[field, text]``, once or twice."""
    organisationen = organisationen_von(verbund)
    schreibweisen = _schreibweisen(verbund)

    def namen(wert: Sequence[str]) -> Iterator[tuple[str, str]]:
        for genannt in wert:
            eigentlich = organisationen[genannt][1] if genannt in organisationen else genannt
            yield schreibweisen.get(eigentlich, (eigentlich,) * 2)

    for feld in (*_TEXTE, *_UEBERSETZT, "nr"):
        yield feld, partial(_stelle, feld)
    for feld in _ORGANISATIONEN:
        yield feld, partial(_in_formen, feld, namen)
    for spalte in _CODES:
        labels = _labels(verbund, spalte.liste or "")
        yield spalte.name, partial(_in_formen, spalte.name, partial(_beschriftet, labels))


def _stelle(feld: str, text: str) -> bytes:
    return b"[%d,%b]" % (_NUMMER[feld], orjson.dumps(text)) if text else b""


def _in_formen(
    feld: str, formen: Callable[[Any], Iterable[tuple[str, str]]], wert: object
) -> bytes:
    """Return the usual texts of a value, then the same with all other spellings."""
    alle = list(formen(wert))
    texte = dict.fromkeys(_zusammen([form[i] for form in alle]) for i in (0, 1))
    return b",".join(_stelle(feld, text) for text in texte if text)


def _beschriftet(labels: _Schreibweisen, wert: str | Sequence[str]) -> list[tuple[str, str]]:
    codes = [wert] if isinstance(wert, str) else wert
    return [labels[code] for code in codes if code]


def _orte(standorte: "pd.DataFrame", zeilen: slice) -> Bruchstuecke:
    """Return the names of the locations of each row of a block."""
    ab = grenzen(standorte, zeilen)
    namen = standorte["bezeichnung"].iloc[ab[0] : ab[-1]].tolist()
    stellen = (ab - ab[0]).tolist()
    return [_stelle(_ORT, _zusammen(namen[von:bis])) for von, bis in pairwise(stellen)]


def je_datei(projekte: int) -> int:
    """Return how many projects one file holds."""
    ab, je = _VIELE
    return je if projekte >= ab else JE_DATEI


def name(nummer: int) -> str:
    """Return the name of the file with the rows from ``nummer`` times `je_datei`."""
    return f"texte-{nummer}.json"


def _zusammen(texte: Sequence[str]) -> str:
    if len(texte) == 1:
        return texte[0]
    return "; ".join(dict.fromkeys(text for text in texte if text))


def _schreibweisen(verbund: Verbund) -> _Schreibweisen:
    """Return name → name, and name with the other spellings by which it is found as well."""
    gruppen: dict[str, list[str]] = {}
    kanonisch: dict[str, str] = {}
    for schreibweise, (code, eigentlich, _) in organisationen_von(verbund).items():
        kanonisch[code] = eigentlich
        gruppen.setdefault(code, []).append(schreibweise)
    return {
        kanonisch[code]: _formen(kanonisch[code], [a for a in alle if a != kanonisch[code]])
        for code, alle in gruppen.items()
    }


def _labels(verbund: Verbund, liste: str) -> _Schreibweisen:
    """Return code → label, and label with the short one where that has words of its own."""
    tabelle = verbund.tabellen[f"codelisten/{liste}"]
    kurz = beschriftungen(tabelle)
    return {
        code: _formen(label, [] if worte(kurz[code]) <= worte(label) else [kurz[code]])
        for code, label in zip(tabelle["code"], tabelle["label"], strict=True)
    }


def _formen(text: str, zusatz: Sequence[str]) -> tuple[str, str]:
    return text, f"{text} ({', '.join(zusatz)})" if zusatz else text
