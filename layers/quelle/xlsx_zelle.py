"""From a typed cell of a workbook to the text that a person sees or means."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from layers.befund import Code

_IN_ANFUEHRUNG: Final = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.')
_NULLEN: Final = re.compile(r"0{2,}")
_GANZ: Final = 1e15
"""Up to here a float holds every whole number."""

FEHLERWERTE: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA"}
)


def text(wert: object, zahlenformat: str) -> str:
    """Return the value of a cell as text.

    Parameters
    ----------
    wert
        What openpyxl gives: None, str, bool, int, float, date and time types.
    zahlenformat
        The cell's number format: says how exact a date is meant ("MMM YY" is a month) and how
        many digits a number with leading zeros has.
    """
    if wert is None:
        return ""
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, int | float):
        return _zahl(wert, zahlenformat)
    if isinstance(wert, datetime | date):
        return _datum(wert, zahlenformat)
    if isinstance(wert, time | timedelta):
        return str(wert)
    # Excel writes line breaks as \n, older programs as \r\n or _x000D_.
    return str(wert).replace("_x000D_", "").replace("\r\n", "\n")


def _zahl(wert: float, zahlenformat: str) -> str:
    if isinstance(wert, float) and wert.is_integer() and abs(wert) < _GANZ:
        wert = int(wert)
    ziffern = str(wert)
    if _NULLEN.fullmatch(zahlenformat) and ziffern.isdigit():
        return ziffern.zfill(len(zahlenformat))
    return ziffern


def _datum(wert: datetime | date, zahlenformat: str) -> str:
    muster = _IN_ANFUEHRUNG.sub("", zahlenformat).lower()
    tag = f"{wert:%Y-%m-%d}" if wert.year >= 1000 else wert.isoformat()[:10]
    if "d" in muster or "y" not in muster:
        return tag
    return tag[:7] if "m" in muster else tag[:4]


def mangel(wert: object) -> Code | None:
    """Return what is wrong with the value a formula left behind, or a typed-in error value."""
    if isinstance(wert, str) and wert in FEHLERWERTE:
        return Code.FORMEL_FEHLER
    return None
