"""``texte-<n>.json``: what of every Steckbrief is searched, as readers may see it.

The list shows where a word was found. The browser gets these texts in pieces, when the search is
first used, so that nothing typed has to leave it; the service reads the same files.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

from layers.codelisten import beschriftungen
from layers.facetten import organisationen_von
from layers.falten import worte
from layers.join import Verbund
from layers.tabellen import PROJEKTE, Art

JE_DATEI: Final = 64
"""Projects in one file: the programme's 237 make four files of some 10 KiB (brotli)."""
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


def dateien(
    verbund: Verbund, steckbriefe: Sequence[Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Return file name → content, `JE_DATEI` projects each, in row order of the index.

    ``projekte`` holds for each project ``[[field, text], …]``, the fields as positions in
    ``felder``.
    """
    schreibweisen = _schreibweisen(verbund)
    labels = {spalte.name: _labels(verbund, spalte.liste or "") for spalte in _CODES}
    projekte = [list(_stellen(projekt, schreibweisen, labels)) for projekt in steckbriefe]
    return {
        name(nummer): {"felder": FELDER, "projekte": projekte[von : von + JE_DATEI]}
        for nummer, von in enumerate(range(0, max(1, len(projekte)), JE_DATEI))
    }


def name(nummer: int) -> str:
    """Return the name of the file with the rows from ``nummer`` times `JE_DATEI`."""
    return f"texte-{nummer}.json"


def _stellen(
    projekt: Mapping[str, Any], schreibweisen: _Schreibweisen, labels: Mapping[str, _Schreibweisen]
) -> Iterator[tuple[int, str]]:
    """Yield the texts of a project; a field a second time where it has other spellings."""
    for nummer, feld in enumerate(FELDER):
        if feld in _ORGANISATIONEN:
            formen = [schreibweisen.get(o["name"], (o["name"],) * 2) for o in projekt[feld]]
        elif feld == "ort":
            formen = [(ort["bezeichnung"],) * 2 for ort in projekt["standorte"]]
        elif feld in labels:
            formen = [labels[feld][code] for code in _mehrere(projekt.get(feld))]
        else:
            formen = [(text,) * 2 for text in _mehrere(projekt.get(feld))]
        kurz, alle = (_zusammen([form[i] for form in formen]) for i in (0, 1))
        for text in dict.fromkeys((kurz, alle)):
            if text:
                yield nummer, text


def _zusammen(texte: Sequence[str]) -> str:
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
