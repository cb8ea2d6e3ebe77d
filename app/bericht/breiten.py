"""How wide the columns of a table are: no word of a heading is torn, no column is empty space.

Measured once for both formats, so that they look alike; a rough rule for the width of letters is
enough, since it rounds up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from app.bericht.inhalt import Spalte, Zelle

HOCHFORMAT_MM: Final = 170
QUERFORMAT_MM: Final = 257
"""Width between the margins of A4."""
_MM_JE_PT: Final = 25.4 / 72
_TEXT_PT: Final = 8.5
_KLEIN_PT: Final = 8.0
_LUFT_MM: Final = 3.2
"""Left and right of the words in a cell."""
_SCHMAL: Final = frozenset("iljtfrI.,:;!|()[]/-–' ")
_BREIT: Final = frozenset("mwMW%—€")
_FETT: Final = 1.07
_GENUG: Final = 160
"""Characters of a text that are measured; more never fit into a line."""
_KURZ: Final = 10
"""Words up to so many letters are kept whole."""
_FAST_GANZ: Final = 0.7
"""From this share of the page on a table is set as wide as the page."""


def spaltenbreiten(
    spalten: Sequence[Spalte], zeilen: Sequence[Sequence[Zelle]], innen_mm: float
) -> tuple[Spalte, ...]:
    """Return the columns with their widths in millimetres.

    A column is as wide as its words need in one line; where the page has no room for that, the
    shares (``Spalte.breite``) decide among those that need more. Numbers are never broken.

    Parameters
    ----------
    zeilen
        The rows of all tables that have these columns.
    innen_mm
        Width between the margins.
    """
    mindest, natur = [], []
    for i, spalte in enumerate(spalten):
        mindest.append(max(_kopf(spalte), _kurzes(zeile[i].text for zeile in zeilen)))
        natur.append(max(mindest[i], max((_zelle(zeile[i]) for zeile in zeilen), default=0)))
    breiten = _verteilt(spalten, mindest, natur, innen_mm)
    rest = innen_mm - sum(breiten)
    if rest > 0 and sum(breiten) >= _FAST_GANZ * innen_mm:
        breiten[breiten.index(max(breiten))] += rest
    return tuple(
        replace(spalte, mm=round(mm, 1)) for spalte, mm in zip(spalten, breiten, strict=True)
    )


def _verteilt(
    spalten: Sequence[Spalte], mindest: Sequence[float], natur: Sequence[float], innen: float
) -> list[float]:
    fest = {i: natur[i] for i, spalte in enumerate(spalten) if spalte.zahl}
    while offen := [i for i in range(len(spalten)) if i not in fest]:
        rest = innen - sum(fest.values())
        ganz = sum(spalten[i].breite for i in offen)
        anteil = {i: rest * spalten[i].breite / ganz for i in offen}
        # who needs less than the share leaves the rest to the others, whose shares grow by it
        neu = {i: natur[i] for i in offen if natur[i] <= anteil[i]}
        neu = neu or {i: mindest[i] for i in offen if mindest[i] > anteil[i]}
        fest |= neu or anteil
    return [fest[i] for i in range(len(spalten))]


def _kopf(spalte: Spalte) -> float:
    return max(_mm(wort, _KLEIN_PT) * _FETT for wort in spalte.titel.split()) + _LUFT_MM


def _kurzes(texte: Iterable[str]) -> float:
    worte = {wort for text in texte for wort in text[:_GENUG].split() if len(wort) <= _KURZ}
    return max((_mm(wort, _TEXT_PT) for wort in worte), default=0) + _LUFT_MM


def _zelle(zelle: Zelle) -> float:
    texte: Iterable[float] = (
        _mm(zelle.text, _TEXT_PT) * (_FETT if zelle.fett else 1),
        *(_mm(zeile, _KLEIN_PT) for zeile in zelle.zusatz.splitlines()),
        *(_mm(url, _KLEIN_PT) for url in zelle.links),
    )
    return max(texte) + _LUFT_MM


def _mm(text: str, pt: float) -> float:
    return sum(map(_geviert, text[:_GENUG])) * pt * _MM_JE_PT


def _geviert(zeichen: str) -> float:
    """Return about how wide a letter is, as a share of the size of the font."""
    if zeichen in _SCHMAL:
        return 0.33
    if zeichen in _BREIT:
        return 0.92
    return 0.66 if zeichen.isupper() else 0.57
