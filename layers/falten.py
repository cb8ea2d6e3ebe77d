"""Folding and words: what counts as the same text when people search and sort.

The browser code and ``app/query`` fold the words of a query by the same rules
(``docs/architecture.md``, "Text search").
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_BMP: Final = 0xFFFF
_UMLAUT: Final = re.compile(r"([aou])e")
_LAUF: Final = re.compile(r"[^\W_]+")
_WORT: Final = re.compile(r"[^\W_]+(?:[-\u2010\u2011\u00b7][^\W_]+)*")
_BINDESTRICH: Final = re.compile(r"[-\u2010\u2011\u00b7]")
"""Hyphens, and the point that parts long words in Leichte Sprache (Spiel·platz)."""
_ZIFFERN: Final = re.compile(r"\d+")
_STELLEN: Final = 12


class _Zeichen(dict[int, int | None]):
    """Character → itself, or None if it is dropped; learns each character once."""

    def __missing__(self, zeichen: int) -> int | None:
        bleibt = zeichen <= _BMP and unicodedata.category(chr(zeichen))[0] != "M"
        self[zeichen] = zeichen if bleibt else None
        return self[zeichen]


_ZEICHEN: Final = _Zeichen()


def grundform(text: str) -> str:
    """Return the text without case, accents and ``ß``: NFKD, no marks, lower case, ``ss``.

    Examples
    --------
    >>> grundform("Münsterstraße")
    'munsterstrasse'
    """
    if text.isascii():
        return text.lower()
    zerlegt = unicodedata.normalize("NFKD", text)
    return zerlegt.translate(_ZEICHEN).lower().replace("ß", "ss")


def falten(text: str) -> str:
    """Return the folded text: `grundform`, and ``ae`` → ``a``, ``oe`` → ``o``, ``ue`` → ``u``.

    Examples
    --------
    >>> falten("Münsterstraße") == falten("Muensterstrasse") == falten("munsterstrasse")
    True
    """
    return _UMLAUT.sub(r"\1", grundform(text))


def worte(text: str) -> set[str]:
    """Return the folded words of a text.

    A word is a run of letters and digits; parts joined by hyphens also give the joined word.
    The umlaut rule is applied to the joined word too, so that it is found however it is written.

    Examples
    --------
    >>> sorted(worte("Huckarde-Nord"))
    ['huckarde', 'huckardenord', 'nord']
    """
    laeufe = _WORT.findall(grundform(text))
    verbund = [lauf for lauf in laeufe if not lauf.isalnum()]
    teile = " ".join([*laeufe, *(_BINDESTRICH.sub("", lauf) for lauf in verbund)])
    return set(_LAUF.findall(_UMLAUT.sub(r"\1", teile)))


def suchworte(text: str) -> list[str]:
    """Return the words of a query in order: a hyphenated word counts as the joined one only.

    Examples
    --------
    >>> suchworte("Schule Huckarde-Nord")
    ['schule', 'huckardenord']
    """
    laeufe = _WORT.findall(grundform(text))
    return [_UMLAUT.sub(r"\1", _BINDESTRICH.sub("", lauf)) for lauf in laeufe]


@dataclass(frozen=True, slots=True)
class Wortform:
    """A folded word and where its letters stand in the text it was made of.

    Character *i* of ``wort`` came from ``text[von[i]:bis[i]]`` (code points): two letters where
    *ue* became *u*; several characters come from the same place where *ß* became *ss*.
    """

    wort: str
    von: tuple[int, ...]
    bis: tuple[int, ...]


def wortformen(text: str) -> Iterator[tuple[Wortform, ...]]:
    """Yield what each run of letters and digits is found under: its parts, last the whole.

    All forms together are `worte`; the last of every run is what `suchworte` makes of it.
    """
    grund, herkunft = _mit_herkunft(text)
    for lauf in _WORT.finditer(grund):
        teile = [range(*t.span()) for t in _LAUF.finditer(grund, *lauf.span())]
        verbund = [stelle for teil in teile for stelle in teil]
        alle = [*teile, verbund] if len(teile) > 1 else teile
        yield tuple(_wortform(grund, stellen, herkunft) for stellen in alle)


def _mit_herkunft(text: str) -> tuple[str, list[int]]:
    """Return the `grundform` and for each of its characters the place it came from."""
    if text.isascii():
        return text.lower(), list(range(len(text)))
    bleibt: list[str] = []
    herkunft: list[int] = []
    for stelle, zeichen in enumerate(text):
        zerlegt = unicodedata.normalize("NFKD", zeichen).translate(_ZEICHEN)
        bleibt += zerlegt
        herkunft += [stelle] * len(zerlegt)
    # Lower case needs the whole text (a sigma at the end of a word); it keeps the length here.
    klein = "".join(bleibt).lower()
    mehrfach = [
        stelle for z, stelle in zip(klein, herkunft, strict=True) for _ in z.replace("ß", "ss")
    ]
    return klein.replace("ß", "ss"), mehrfach


def _wortform(grund: str, stellen: Sequence[int], herkunft: Sequence[int]) -> Wortform:
    roh = "".join(grund[stelle] for stelle in stellen)
    wort, von, bis = [], [], []
    i = 0
    while i < len(roh):
        laenge = 2 if _UMLAUT.match(roh, i) else 1
        wort.append(roh[i])
        von.append(herkunft[stellen[i]])
        bis.append(herkunft[stellen[i + laenge - 1]] + 1)
        i += laenge
    return Wortform("".join(wort), tuple(von), tuple(bis))


def ordnungsform(text: str) -> str:
    """Return a key that sorts texts as a German reader expects.

    DIN 5007-1 (ä as a, ß as ss), without case, punctuation and quotation marks; numbers by
    their value.

    Examples
    --------
    >>> sorted(["Zebra", "Ähre", "„Apfel“", "Haus 10", "Haus 9"], key=ordnungsform)
    ['Ähre', '„Apfel“', 'Haus 9', 'Haus 10', 'Zebra']
    """
    laeufe = " ".join(_LAUF.findall(grundform(text)))
    return _ZIFFERN.sub(_aufgefuellt, laeufe)


def _aufgefuellt(treffer: re.Match[str]) -> str:
    return treffer.group().zfill(_STELLEN)
