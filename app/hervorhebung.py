"""What of a text was found: the hits, in its own spelling.

``web/src/hervorheben.ts`` is the twin.
"""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from layers.falten import worte as gefaltete_worte
from layers.falten import wortformen

_LAENGE: Final = 150
_VORLAUF: Final = 45
"""Characters of a snippet, and of what stands before its first hit."""
_FUNDSTELLEN: Final = 2
"""More lines below a name would hide the other projects."""


@dataclass(frozen=True, slots=True)
class Stueck:
    """A piece of a text; ``treffer``: it was looked for."""

    text: str
    treffer: bool = False


@dataclass(frozen=True, slots=True)
class Stelle:
    """A text that was searched; ``fremd``: German words on a page in another language."""

    feld: str
    text: str
    fremd: bool = False


@dataclass(frozen=True, slots=True)
class Fundstelle:
    """The part of a `Stelle` that shows a hit."""

    feld: str
    stuecke: tuple[Stueck, ...]
    fremd: bool


def markiere(text: str, worte: Collection[str]) -> tuple[Stueck, ...]:
    """Return the whole text in pieces; ``worte`` are folded (`layers.falten.suchworte`)."""
    return _stuecke(text, _bereiche(text, worte), 0, len(text))


def getroffen(text: str, worte: Iterable[str]) -> frozenset[str]:
    """Return which of the folded words begin a word of the text."""
    vorhanden = gefaltete_worte(text)
    return frozenset(w for w in worte if any(v.startswith(w) for v in vorhanden))


def fundstellen(
    stellen: Sequence[Stelle], worte: Collection[str], offen: Iterable[str]
) -> tuple[Fundstelle, ...]:
    """Return where the open words were found: as few texts as show most of them, at most two.

    Parameters
    ----------
    stellen
        The texts in the order of their weight: among equals the first one is taken.
    worte, offen
        All folded words of the query, which are marked, and those that no other line shows.
    """
    rest = set(offen)
    gefunden: list[Fundstelle] = []
    while rest and len(gefunden) < _FUNDSTELLEN:
        treffer = [getroffen(stelle.text, rest) for stelle in stellen]
        meiste = max(treffer, key=len, default=frozenset())
        if not meiste:
            break
        stelle = stellen[treffer.index(meiste)]
        gefunden.append(
            Fundstelle(stelle.feld, _ausschnitt(stelle.text, worte, meiste), stelle.fremd)
        )
        rest -= meiste
    return tuple(gefunden)


def _ausschnitt(text: str, worte: Collection[str], gesucht: Collection[str]) -> tuple[Stueck, ...]:
    bereiche = _bereiche(text, worte)
    if len(text) <= _LAENGE:
        return _stuecke(text, bereiche, 0, len(text))
    beginn, ende = _bereiche(text, gesucht)[0]
    von = max(0, beginn - _VORLAUF)
    if von:
        luecke = text.find(" ", von, beginn)
        von = luecke + 1 if luecke >= 0 else beginn
    bis = min(len(text), von + _LAENGE)
    if bis < len(text):
        luecke = text.rfind(" ", ende, bis)
        bis = luecke if luecke >= 0 else max(ende, bis)
    return _stuecke(text, bereiche, von, bis)


def _bereiche(text: str, worte: Collection[str]) -> list[tuple[int, int]]:
    """Return the hits as [from, to) in code points, in order, those that meet as one."""
    roh = sorted(
        (form.von[0], _mit_zeichen(text, form.bis[len(wort) - 1]))
        for formen in wortformen(text)
        for form in formen
        for wort in worte
        if form.wort.startswith(wort)
    )
    bereiche: list[tuple[int, int]] = []
    for von, bis in roh:
        if bereiche and von <= bereiche[-1][1]:
            bereiche[-1] = (bereiche[-1][0], max(bis, bereiche[-1][1]))
        else:
            bereiche.append((von, bis))
    return bereiche


def _mit_zeichen(text: str, bis: int) -> int:
    """Take along the marks that belong to the letter before."""
    while bis < len(text) and unicodedata.category(text[bis])[0] == "M":
        bis += 1
    return bis


def _stuecke(
    text: str, bereiche: Iterable[tuple[int, int]], von: int, bis: int
) -> tuple[Stueck, ...]:
    """Return the part [from, to) of a text in pieces; an ellipsis says what was left out."""
    roh = [("… ", False)] if von else []
    stelle = von
    for beginn, ende in bereiche:
        if beginn >= bis or ende <= von:
            continue
        roh.append((text[stelle:beginn], False))
        roh.append((text[max(beginn, stelle) : min(ende, bis)], True))
        stelle = min(ende, bis)
    roh.append((text[stelle:bis], False))
    if bis < len(text):
        roh.append((" …", False))
    stuecke: list[Stueck] = []
    for teil, treffer in roh:
        if not teil:
            continue
        if stuecke and stuecke[-1].treffer == treffer:
            stuecke[-1] = Stueck(stuecke[-1].text + teil, treffer)
        else:
            stuecke.append(Stueck(teil, treffer))
    return tuple(stuecke)
