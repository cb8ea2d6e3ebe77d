"""Latitude and longitude in one cell: "51.5, 7.4", "N 51,5 E 7,4", "POINT (7.4 51.5)"."""

import re
from collections.abc import Iterator
from typing import Final

from layers.deutung.koordinate import zahl

_LAENGE: Final = 80
_NORD: Final = r"[NSns]"
_OST: Final = r"[EOWeow]"
_VORN: Final = tuple(
    re.compile(rf"({erste}\s*[^NSEOWnseow]+?)[\s,;/|]*({zweite}\s*[^NSEOWnseow]+)")
    for erste, zweite in ((_NORD, _OST), (_OST, _NORD))
)
_HINTEN: Final = tuple(
    re.compile(rf"([^NSEOWnseow]+{erste})[\s,;/|]*([^NSEOWnseow]+{zweite})")
    for erste, zweite in ((_NORD, _OST), (_OST, _NORD))
)
_PUNKT: Final = re.compile(r"(?i)point\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)")
_ZONE: Final = re.compile(r"32\s?U\s+(?=\d)")
"""The field of the military grid that Dortmund lies in, as navigation devices write it."""
_TRENNER: Final = tuple(
    re.compile(muster)
    for muster in (r"\s*[;|/\n]\s*", r",\s+", r"(?<=[°'\"′″’”])\s*,?\s*(?=-?\d+\s*°)", r"\s+", r",")
)
"""What may stand between the two, the clearest first."""


def teile(text: str) -> tuple[str, str] | None:
    """Return the two figures of a cell as texts, latitude first; None if it does not hold two.

    Without letters for the points of the compass they stay in the order they are in: which of the
    two is the latitude is decided where a single one would be, too.

    Examples
    --------
    >>> teile("51.5, 7.4"), teile("E 7,4 N 51,5"), teile("51,5,7,4")
    (('51.5', '7.4'), ('N 51,5', 'E 7,4'), None)
    """
    text = text.strip()
    text = text.strip(" ()[]") if text[:1] in ("(", "[") else text
    if len(text) > _LAENGE or zahl(text) is not None:
        return None
    if treffer := _PUNKT.fullmatch(text):
        return treffer[2], treffer[1]
    for formen in (_VORN, _HINTEN):
        for i, form in enumerate(formen):
            if treffer := form.fullmatch(text):
                erste, zweite = treffer.groups()
                paar = (zweite, erste) if i else (erste, zweite)
                return paar if all(zahl(teil.strip()) is not None for teil in paar) else None
    moeglich = set(_zerlegt(_ZONE.sub("", text)))
    return moeglich.pop() if len({tuple(map(zahl, paar)) for paar in moeglich}) == 1 else None


def _zerlegt(text: str) -> Iterator[tuple[str, str]]:
    """Yield every way in which the text is two figures and nothing else."""
    for trenner in _TRENNER:
        stuecke = trenner.split(text)
        if len(stuecke) == 2 and all(zahl(stueck) is not None for stueck in stuecke):
            yield stuecke[0].strip(), stuecke[1].strip()
