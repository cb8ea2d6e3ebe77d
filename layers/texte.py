"""``texte-<n>.json``: what of every Steckbrief is searched, as readers may see it.

The list shows where a word was found. The browser gets these texts in pieces, when the search is
first used, so that nothing typed has to leave it; the service reads the same files.
"""

from collections.abc import Mapping, Sequence
from operator import itemgetter
from typing import Any, Final, TypeAlias

import orjson

from layers.codelisten import beschriftungen
from layers.facetten import organisationen_von
from layers.falten import worte
from layers.join import Verbund
from layers.tabellen import PROJEKTE, Art

JE_DATEI: Final = 64
"""Projects in one file: the programme's 237 make four files of some 10 KiB (brotli)."""
_VIELE: Final = (1 << 16, 256)
"""From so many projects on there are so many in a file."""
_TEXTE: Final = ("kurzbeschreibung", "ziel", "sachstand", "wirkung", "foerderung", "kontakt")
_UEBERSETZT: Final = tuple(s.name for s in PROJEKTE.uebersetzungen)
_ORGANISATIONEN: Final = ("traeger", "partner")
_CODES: Final = tuple(s for s in PROJEKTE.spalten if s.art in {Art.CODE, Art.CODES})
_Schreibweisen: TypeAlias = Mapping[str, tuple[str, str]]
"""Key → what is usually shown, and the same with every spelling that is searched as well."""
FELDER: Final = (
    *_TEXTE,
    *_UEBERSETZT,
    *_ORGANISATIONEN,
    "ort",
    "nr",
    *(s.name for s in _CODES),
)
"""In which order a hit is looked for: what tells most about a project comes first."""
_NUMMER: Final = {feld: nummer for nummer, feld in enumerate(FELDER)}


class Texte:
    """Gathers the searched texts project by project, in row order of the index."""

    def __init__(self, verbund: Verbund) -> None:
        self._schreibweisen = _schreibweisen(verbund)
        self._labels = {spalte.name: _labels(verbund, spalte.liste or "") for spalte in _CODES}
        self._je = je_datei(len(verbund.projekte))
        self._stueck: list[bytes] = []
        self._fertige: list[bytes] = []

    def nimm(self, steckbrief: Mapping[str, Any]) -> None:
        """Take the texts of the next project."""
        texte = _stellen(steckbrief, self._schreibweisen, self._labels)
        self._stueck.append(orjson.dumps(texte))
        if len(self._stueck) == self._je:
            self._schliesse()

    def dateien(self) -> dict[str, bytes]:
        """Return file name → content, `je_datei` projects each, once all were taken.

        ``projekte`` holds for each project ``[[field, text], …]``, the fields as positions in
        ``felder``.
        """
        if self._stueck or not self._fertige:
            self._schliesse()
        return {name(nummer): stueck for nummer, stueck in enumerate(self._fertige)}

    def _schliesse(self) -> None:
        kopf = orjson.dumps({"felder": FELDER, "projekte": []})
        self._fertige.append(kopf[:-2] + b",".join(self._stueck) + kopf[-2:])
        self._stueck = []


def je_datei(projekte: int) -> int:
    """Return how many projects one file holds."""
    ab, je = _VIELE
    return je if projekte >= ab else JE_DATEI


def name(nummer: int) -> str:
    """Return the name of the file with the rows from ``nummer`` times `je_datei`."""
    return f"texte-{nummer}.json"


def _stellen(
    projekt: Mapping[str, Any], schreibweisen: _Schreibweisen, labels: Mapping[str, _Schreibweisen]
) -> list[tuple[int, str]]:
    """Return the texts of a project; a field a second time where it has other spellings."""
    gefunden: list[tuple[int, str]] = []
    for feld, wert in projekt.items():
        nummer = _NUMMER.get(feld)
        if nummer is None:
            continue
        if feld in _ORGANISATIONEN:
            formen = [schreibweisen.get(o["name"], (o["name"],) * 2) for o in wert]
        elif feld in labels:
            formen = [labels[feld][code] for code in _mehrere(wert)]
        else:
            gefunden.append((nummer, _zusammen(_mehrere(wert))))
            continue
        kurz, alle = (_zusammen([form[i] for form in formen]) for i in (0, 1))
        gefunden += ((nummer, text) for text in dict.fromkeys((kurz, alle)) if text)
    if orte := _zusammen([ort["bezeichnung"] for ort in projekt["standorte"]]):
        gefunden.append((_NUMMER["ort"], orte))
    # stable: the usual spelling stays before the one with all of them
    return sorted(gefunden, key=itemgetter(0))


def _zusammen(texte: Sequence[str]) -> str:
    if len(texte) == 1:
        return texte[0]
    return "; ".join(dict.fromkeys(text for text in texte if text))


def _mehrere(wert: str | Sequence[str] | None) -> list[str]:
    if wert is None:
        return []
    return [wert] if isinstance(wert, str) else list(wert)


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
