"""Names of streets and places: how people read them, and the form under which they are found.

The service (``app/ortssuche.py``) folds what visitors type by the same rules as the builder of
the address directory folds its names; so this module imports nothing heavy.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from layers.falten import falten, grundform

_KLEIN: Final = frozenset(
    {
        *("am", "an", "auf", "bei", "beim", "bis", "hinter", "im", "in", "neben", "ob", "um"),
        *("unter", "und", "van", "vom", "von", "vor", "zu", "zum", "zur"),
        *("dem", "den", "der", "des", "die"),
    }
)
"""Prepositions and articles: small letters unless they begin the name."""
_BUCHSTABEN: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ROEMISCH: Final = re.compile(r"[IVX]+\.")
_TEILE: Final = re.compile(r"\d+|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Suchform:
    """A name as the search compares it.

    Parameters
    ----------
    schluessel
        Everything joined: hyphens and spaces are written or left out as one likes.
    worte
        The words, in order: for the search by a word in the middle.
    grob
        Joined, with every letter in its place (no ``ue`` for ``u``) and ``ss`` as one ``s``: a slip
        beside an umlaut or ``ß`` is one slip here, where folding would make it two.
    """

    schluessel: str
    worte: tuple[str, ...]
    grob: str


@lru_cache(maxsize=4096)
def lesbar(name: str) -> str:
    """Return a name that is written in capitals as people write it; any other one as it is.

    Examples
    --------
    >>> lesbar("AN DER HERZ-JESU-KIRCHE"), lesbar("BERTHA-VON-SUTTNER-STRAßE")
    ('An der Herz-Jesu-Kirche', 'Bertha-von-Suttner-Straße')
    >>> lesbar("1260. PROJEKTIERTE STRAßE"), lesbar("IM II. WESTFELD"), lesbar("Hoher Wall")
    ('1260. Projektierte Straße', 'Im II. Westfeld', 'Hoher Wall')
    """
    worte = name.split()
    if any(zeichen.islower() and zeichen != "ß" for zeichen in name):
        return " ".join(worte)
    return " ".join(_wort(wort, erstes=i == 0) for i, wort in enumerate(worte))


def _wort(wort: str, *, erstes: bool) -> str:
    teile = wort.split("-")
    # A compound begins with a capital wherever it stands: "An der Von-der-Tann-Straße".
    beginn = erstes or len(teile) > 1
    return "-".join(_teil(teil, gross=beginn and i == 0) for i, teil in enumerate(teile))


def _teil(teil: str, *, gross: bool) -> str:
    if _ROEMISCH.fullmatch(teil):
        return teil
    if not gross and teil.lower() in _KLEIN:
        return teil.lower()
    return _BUCHSTABEN.sub(lambda treffer: treffer[0][0] + treffer[0][1:].lower(), teil)


def teile(text: str) -> tuple[str, ...]:
    """Return the runs of letters and the runs of digits of a text, without case and accents.

    Examples
    --------
    >>> teile("Münsterstr. 12a")
    ('munsterstr', '12', 'a')
    """
    return tuple(_TEILE.findall(grundform(text)))


def suchform(woerter: str | tuple[str, ...]) -> Suchform:
    """Return the form under which a name (or its `teile`) is found.

    Abbreviations are written out, ``ß`` is ``ss``, umlauts are their letters.

    Examples
    --------
    >>> suchform("Kurt-Schumacher-Straße") == suchform("kurt schumacher str.")
    True
    >>> suchform("St.-Georg-Str.").schluessel
    'sanktgeorgstrasse'
    >>> suchform("Brüderweg").schluessel == suchform("Bruederweg").schluessel
    True
    """
    roh = teile(woerter) if isinstance(woerter, str) else woerter
    letzter = len(roh) - 1
    voll = [_ausgeschrieben(wort, i == 0 < letzter, i == letzter > 0) for i, wort in enumerate(roh)]
    verbunden = "".join(voll)
    return Suchform(
        falten(verbunden), tuple(falten(wort) for wort in voll), verbunden.replace("ss", "s")
    )


def _ausgeschrieben(wort: str, erstes: bool, letztes: bool) -> str:
    if erstes and wort == "st":
        return "sankt"
    if letztes and wort == "pl":
        return "platz"
    return wort + "asse" if wort.endswith("str") else wort
