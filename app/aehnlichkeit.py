"""How well a name answers what was typed, as one number: 100 is the same name.

The order of the steps: the same; it begins so; all words begin words of it; it holds the text; and
each of them with a typing error. Within a step the shorter name wins.
"""

from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from layers.adressen.ortsnamen import Suchform

GLEICH: Final = 100.0
MINDESTENS: Final = 55.0
"""What scores less is not an answer."""
_ANFANG: Final = 96.0
_WORTANFAENGE: Final = 92.0
_ENTHALTEN: Final = 86.0
_VERTIPPT: Final = 94.0
_ANFANG_VERTIPPT: Final = 86.0
_TEIL_VERTIPPT: Final = 0.8
_JE_FEHLER: Final = 7.0
_UEBERHANG_MAX: Final = 50
_UEBERHANG_JE_ZEICHEN: Final = 0.2
_ENTHALTEN_AB: Final = 3
_KURZ: Final = 4
"""Below this many characters a typing error cannot be told from another word."""
_LANG: Final = 10
"""From this many on, two errors are forgiven."""
_TEIL_MINDESTENS: Final = 6
_TEIL_AEHNLICH: Final = 88.0


def punkte(frage: Suchform, name: Suchform) -> float:
    """Return 0–100; an error is a letter too many, missing or wrong, or two that are swapped."""
    gesucht, vorhanden = frage.schluessel, name.schluessel
    if gesucht == vorhanden:
        return GLEICH
    abzug = min(abs(len(vorhanden) - len(gesucht)), _UEBERHANG_MAX) * _UEBERHANG_JE_ZEICHEN
    if vorhanden.startswith(gesucht):
        return _ANFANG - abzug
    if _beginnen(frage.worte, name.worte):
        return _WORTANFAENGE - abzug
    enthalten = len(gesucht) >= _ENTHALTEN_AB and gesucht in vorhanden
    return max(_ENTHALTEN - abzug if enthalten else 0.0, _vertippt(frage, name, abzug))


def _beginnen(gesucht: tuple[str, ...], vorhanden: tuple[str, ...]) -> bool:
    for anfang in gesucht:
        for wort in vorhanden:
            if wort.startswith(anfang):
                break
        else:
            return False
    return True


def _vertippt(frage: Suchform, name: Suchform, abzug: float) -> float:
    gesucht, vorhanden = frage.schluessel, name.schluessel
    n = len(gesucht)
    if n < _KURZ:
        return 0.0
    erlaubt = 2 if n >= _LANG else 1
    if (fehler := _fehler(frage, name, erlaubt)) <= erlaubt:
        return _VERTIPPT - fehler * _JE_FEHLER
    if n > len(vorhanden):
        return 0.0
    if (fehler := _fehler_am_anfang(gesucht, vorhanden, erlaubt)) <= erlaubt:
        return _ANFANG_VERTIPPT - fehler * _JE_FEHLER - abzug
    if n < _TEIL_MINDESTENS:
        return 0.0
    aehnlich = fuzz.partial_ratio(gesucht, vorhanden, score_cutoff=_TEIL_AEHNLICH)
    return aehnlich * _TEIL_VERTIPPT - abzug


def _fehler(frage: Suchform, name: Suchform, erlaubt: int) -> int:
    gefaltet = OSA.distance(frage.schluessel, name.schluessel, score_cutoff=erlaubt)
    return min(gefaltet, OSA.distance(frage.grob, name.grob, score_cutoff=erlaubt))


def _fehler_am_anfang(gesucht: str, vorhanden: str, erlaubt: int) -> int:
    n = len(gesucht)
    gleich_lang = OSA.distance(gesucht, vorhanden[:n], score_cutoff=erlaubt + 1)
    if gleich_lang > erlaubt + 1:
        # One letter more or less can take away one error only.
        return gleich_lang
    andere = (OSA.distance(gesucht, vorhanden[:m], score_cutoff=erlaubt) for m in (n - 1, n + 1))
    return min(gleich_lang, *andere)
