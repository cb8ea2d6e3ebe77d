"""Meinten Sie …? Words of the index that are spelled like what found nothing.

``web/src/vorschlag.ts`` is the twin: same distance, same order, same words.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from rapidfuzz.distance import OSA

from app.hervorhebung import Stelle
from app.index import Index
from app.query import suche
from app.state import Abfrage
from app.wortindex import Wortindex
from layers.falten import wortformen

ANZAHL: Final = 3
_KURZ: Final = 4
"""Below this many letters a typing error cannot be told from another word."""
_ZWEI_FEHLER: Final = 6
_ZWEI_FEHLER_AM_ANFANG: Final = 10
"""From so many letters on two errors are forgiven, in a whole word and in the beginning of one."""


_UNBEKANNTE: Final = 3
"""With more words that nobody knows it is no typing error (and each is compared with all)."""


@dataclass(frozen=True, slots=True)
class Vorschlag:
    """A state with another text, and how many projects it has.

    ``allein``: under the other filters the text finds nothing either, so they are gone.
    """

    text: str
    abfrage: Abfrage
    anzahl: int
    allein: bool


@dataclass(frozen=True, slots=True)
class Suchlauf:
    """A word of the query: as it was typed, and folded."""

    getippt: str
    wort: str


def suchlaeufe(q: str) -> tuple[Suchlauf, ...]:
    """Return the words of a query; a hyphenated one counts as the joined one."""
    return tuple(
        Suchlauf(q[form.von[0] : form.bis[-1]], form.wort)
        for form in (formen[-1] for formen in wortformen(q))
    )


def vorschlaege(
    index: Index, abfrage: Abfrage, stellen: Callable[[int], Sequence[Stelle]]
) -> tuple[Vorschlag, ...]:
    """Return what was perhaps meant: only words that find nothing are replaced.

    Parameters
    ----------
    stellen
        Row → the texts that were searched, its name first: how words are written.
    """
    texte = _texte(index.worte, abfrage.q, stellen)
    for zustand, allein in ((abfrage, False), (abfrage.ungefiltert(), True)):
        gefragt = ((text, replace(zustand, q=text)) for text in texte)
        gefunden = tuple(
            Vorschlag(text, neu, anzahl, allein)
            for text, neu in gefragt
            if (anzahl := suche(index, neu).anzahl)
        )
        if gefunden:
            return gefunden
    return ()


def _texte(worte: Wortindex, q: str, stellen: Callable[[int], Sequence[Stelle]]) -> list[str]:
    laeufe = suchlaeufe(q)
    aehnlich = [None if worte.kennt(lauf.wort) else aehnliche(worte, lauf.wort) for lauf in laeufe]
    unbekannt = [worte_ for worte_ in aehnlich if worte_ is not None]
    if not unbekannt or not all(unbekannt):
        return []
    # Several errors at once: the likeliest correction of each, no combinations.
    wieviele = len(unbekannt[0]) if len(unbekannt) == 1 else 1
    return [
        " ".join(
            lauf.getippt if moeglich is None else _geschrieben(worte, moeglich[nummer], stellen)
            for lauf, moeglich in zip(laeufe, aehnlich, strict=True)
        )
        for nummer in range(wieviele)
    ]


def aehnliche(worte: Wortindex, wort: str) -> list[str]:
    """Return up to `ANZAHL` words of the index, the likeliest first.

    The order: fewer errors; the same first letter; the whole word before the beginning of one;
    in more projects; by the alphabet. A word that begins with an earlier one adds nothing.
    """
    if len(wort) < _KURZ or any(z.isdigit() for z in wort):
        return []
    gefunden: list[str] = []
    for *_, kandidat in sorted(_kandidaten(worte, wort)):
        if not any(kandidat.startswith(frueher) for frueher in gefunden):
            gefunden.append(kandidat)
        if len(gefunden) == ANZAHL:
            break
    return gefunden


def _kandidaten(worte: Wortindex, wort: str) -> Iterator[tuple[int, bool, bool, int, str]]:
    erlaubt = 2 if len(wort) >= _ZWEI_FEHLER else 1
    am_anfang = 2 if len(wort) >= _ZWEI_FEHLER_AM_ANFANG else 1
    for nummer, kandidat in enumerate(worte.worte):
        if len(kandidat) < _KURZ or len(kandidat) < len(wort) - erlaubt:
            continue
        fehler = OSA.distance(wort, kandidat, score_cutoff=erlaubt)
        ganz = fehler <= erlaubt
        if not ganz:
            fehler = _fehler_am_anfang(wort, kandidat, am_anfang)
            if fehler > am_anfang:
                continue
        projekte = int(worte.start[nummer + 1] - worte.start[nummer])
        yield fehler, kandidat[0] != wort[0], not ganz, -projekte, kandidat


def _fehler_am_anfang(wort: str, kandidat: str, erlaubt: int) -> int:
    laengen = range(len(wort) - 1, min(len(wort) + 1, len(kandidat)) + 1)
    return min(
        (OSA.distance(wort, kandidat[:n], score_cutoff=erlaubt) for n in laengen),
        default=erlaubt + 1,
    )


def _geschrieben(worte: Wortindex, wort: str, stellen: Callable[[int], Sequence[Stelle]]) -> str:
    """Return a word of the index as it is written in the first project that has it."""
    for stelle in stellen(worte.erste_zeile(wort)):
        for formen in wortformen(stelle.text):
            for form in formen:
                if form.wort == wort:
                    return stelle.text[form.von[0] : form.bis[-1]]
    # Written only in texts that this page does not show (another language).
    return wort
