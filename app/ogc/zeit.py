"""Time of the interface: days and intervals of days, in UTC.

The data know days, months or years (``2016-12-08``, ``2016-12``, ``2016``). Each is the interval of
all its days. A day is a whole number (proleptic ordinal), so that columns are numpy arrays.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

OFFEN_VON: Final = 0
"""Day of a beginning that is not documented or not limited: before every date."""
OFFEN_BIS: Final = date.max.toordinal() + 1
_DATUM: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_ZEITPUNKT: Final = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})", re.ASCII
)
_TAG: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class KeineZeit(ValueError):
    """A text is no date, date-time or interval as RFC 3339 and OGC 17-069 write them."""


@dataclass(frozen=True, slots=True)
class Zeitraum:
    """Days from ``von`` to ``bis``, both included (ordinals; `OFFEN_VON`, `OFFEN_BIS`)."""

    von: int
    bis: int


def tage(wert: str) -> Zeitraum:
    """Return the days of a date of the data, as exact as it is known.

    Raises
    ------
    KeineZeit
        The text is not such a date.
    """
    gefunden = _DATUM.fullmatch(wert)
    if not gefunden:
        raise KeineZeit(wert)
    jahr, monat, tag = (int(teil) if teil else 0 for teil in gefunden.groups())
    try:
        erster = date(jahr, monat or 1, tag or 1)
    except ValueError as fehler:
        raise KeineZeit(wert) from fehler
    letzter_monat = monat or 12
    letzter = date(jahr, letzter_monat, tag or monthrange(jahr, letzter_monat)[1])
    return Zeitraum(erster.toordinal(), letzter.toordinal())


def punkt(wert: str) -> int:
    """Return the day of a date or of an RFC 3339 date-time (in UTC).

    Raises
    ------
    KeineZeit
        The text is neither.
    """
    try:
        if _TAG.fullmatch(wert):
            return date.fromisoformat(wert).toordinal()
        if _ZEITPUNKT.fullmatch(wert):
            gelesen = datetime.fromisoformat(_lesbar(wert))
            return gelesen.astimezone(UTC).date().toordinal()
    except (ValueError, OverflowError) as fehler:
        raise KeineZeit(wert) from fehler
    raise KeineZeit(wert)


def _lesbar(wert: str) -> str:
    """Return a date-time as Python reads it: a leap second is the last second of its minute."""
    return re.sub(r"(:\d{2}):60", r"\1:59", wert.upper(), count=1)


def grenzen(von: str, bis: str) -> Zeitraum:
    """Return an interval of two ends; ``..`` or nothing is an open one.

    Raises
    ------
    KeineZeit
        An end is no date or date-time, or they are in the wrong order.
    """
    zeitraum = Zeitraum(
        OFFEN_VON if von in ("", "..") else punkt(von),
        OFFEN_BIS if bis in ("", "..") else punkt(bis),
    )
    if zeitraum.von > zeitraum.bis:
        raise KeineZeit(f"{von}/{bis}")
    return zeitraum


def zeitraum(wert: str) -> Zeitraum:
    """Return the value of ``datetime``: a date, a date-time, or an interval of them.

    Raises
    ------
    KeineZeit
        The text is none of these.
    """
    von, schraeg, bis = wert.partition("/")
    if not schraeg:
        tag = punkt(von)
        return Zeitraum(tag, tag)
    if {von, bis} <= {"", ".."}:
        raise KeineZeit(wert)
    return grenzen(von, bis)


def rfc3339(tag: int) -> str | None:
    """Return the beginning of a day as date-time, None for an open end."""
    if tag in (OFFEN_VON, OFFEN_BIS):
        return None
    return f"{date.fromordinal(tag).isoformat()}T00:00:00Z"
