"""Numbers and amounts of money as people write them: "ca. 1,2 Mio. €", "67.500 Euro", "T€ 250"."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from babel.numbers import NumberFormatError, parse_decimal

from layers.falten import falten

_LAENGE: Final = 40
_CIRCA: Final = re.compile(
    r"^(?:ca|circa|etwa|rund|ungefahr|knapp|uber|mehr als|bis zu|geschatzt|max|mind)\.?\s*"
)
_EINHEIT: Final = re.compile(r"(?:€|eur\b|euro\b|ha\b|hektar\b)\.?|,-|,--|,—")
_FAKTOR: Final = {
    "mrd": 1_000_000_000, "milliarde": 1_000_000_000, "milliarden": 1_000_000_000,
    "mio": 1_000_000, "million": 1_000_000, "millionen": 1_000_000,
    "tsd": 1000, "tausend": 1000, "t": 1000, "k": 1000,
}  # fmt: skip
_BETRAG: Final = re.compile(
    rf"(?P<vor>{'|'.join(_FAKTOR)})?\.?\s*(?P<zahl>-?[\d.,'\s]*\d)\s*(?P<nach>{'|'.join(_FAKTOR)})?\.?"
)
_DEUTSCH: Final = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d+)?|-?\d+(,\d+)?")
_ENGLISCH: Final = re.compile(
    r"-?\d{1,3}(,\d{3}){2,}(\.\d+)?|-?\d{1,3}(,\d{3})+\.\d+|-?\d+\.(?!\d{3}$)\d+"
)
_TAUSENDER: Final = re.compile(r"(?<=\d)[\s'](?=\d{3}(?:\D|$))")


@dataclass(frozen=True, slots=True)
class Betrag:
    """A number as it is written in ``geodata/``; ``ungenau``: the text says that it is rounded."""

    text: str
    ungenau: bool = False


def deute(text: str, *, ganz: bool) -> Betrag | None:
    """Return the number that a text means, None if that is not clear.

    Parameters
    ----------
    ganz
        Only whole numbers are meant in this column: "67.500" can then only be thousands.

    Examples
    --------
    >>> deute("ca. 1,2 Mio. €", ganz=True)
    Betrag(text='1200000', ungenau=True)
    >>> deute("12,5 ha", ganz=False).text
    '12.5'
    """
    if len(text) > _LAENGE or not text.isprintable():
        return None
    form = " ".join(falten(text).replace("\N{EN DASH}", "-").split())
    ohne = _CIRCA.sub("", form)
    # "T€" and "TEUR" are one word: the unit goes, the thousand stays.
    kern = _EINHEIT.sub(" ", re.sub(r"^t\s*(?=€|eur)|(?<=\d)\s*t(?=€|eur)", " tsd ", ohne)).strip()
    treffer = _BETRAG.fullmatch(kern)
    if not treffer or (treffer["vor"] and treffer["nach"]):
        return None
    zahl = _zahl(_TAUSENDER.sub("", treffer["zahl"]), ganz=ganz)
    if zahl is None:
        return None
    wert = zahl * _FAKTOR.get(treffer["vor"] or treffer["nach"] or "", 1)
    if ganz and wert != wert.to_integral_value():
        return None
    return Betrag(_schreibe(wert), ungenau=ohne != form)


def _zahl(text: str, *, ganz: bool) -> Decimal | None:
    try:
        if _DEUTSCH.fullmatch(text) and (ganz or not _nur_punkt(text)):
            return parse_decimal(text, locale="de")
        if _ENGLISCH.fullmatch(text):
            return parse_decimal(text, locale="en")
    except (NumberFormatError, InvalidOperation):
        return None
    return None


def _nur_punkt(text: str) -> bool:
    """Return whether the text is one group after one point: a decimal as well as thousands."""
    return text.count(".") == 1 and "," not in text


def _schreibe(wert: Decimal) -> str:
    if wert == wert.to_integral_value():
        return str(int(wert))
    return format(wert.normalize(), "f")
