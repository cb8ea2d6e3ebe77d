"""Dates and spans of time as people write them.

Understood as exactly as they are written: ``03/2021`` is a month, ``Sommer 2019`` the year, and
that something is lost is said. Two digits are a year of this century where they can be nothing
else: ``03/21`` is a month, ``15–18`` are years, ``03/04`` may be either and is not understood.
Words that leave the year open are not understood.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from babel.dates import get_month_names

from layers.falten import falten

JAHRE: Final = range(1900, 2101)
"""Years that can be meant; anything else is a slip of the keyboard."""

_ISO: Final = re.compile(r"\d{4}(-\d{2}){0,2}")
_MONATE: Final[Mapping[str, int]] = {
    falten(name.rstrip(".")): nummer
    for breite in ("wide", "abbreviated")
    for nummer, name in get_month_names(breite, locale="de").items()
} | {"marz": 3, "maerz": 3, "mrz": 3, "sep": 9}  # fmt: skip
_MONAT: Final = "|".join(sorted(_MONATE, key=len, reverse=True))
_J: Final = r"(?P<jahr>\d{4})"
_GENAU: Final = tuple(
    re.compile(muster)
    for muster in (
        rf"(?P<tag>\d{{1,2}})\.\s*(?P<monat>\d{{1,2}})\.\s*{_J}",
        rf"(?P<monat>\d{{1,2}})\s*[./]\s*{_J}",
        rf"{_J}\s*/\s*(?P<monat>\d{{2}})(?!\d)",
        rf"(?:(?P<tag>\d{{1,2}})\.\s*)?(?P<name>{_MONAT})\.?\s+{_J}",
        rf"{_J}-(?P<monat>\d{{2}})-(?P<tag>\d{{2}})[t ]\d{{2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?z?",
    )
)
_ENDE: Final = re.compile(rf"ende\s+(?:des\s+jahres\s+)?{_J}")
_UNGENAU: Final = re.compile(
    r"(?:(?:im\s+)?(?:fruhjahr|fruhling|sommer|herbst|winter|anfang|mitte|ende)"
    r"|(?:[1-4]|i{1,3}|iv)\.?\s*(?:quartal|halbjahr)|q[1-4])"
    rf"[\s/]*(?:des\s+jahres\s+)?{_J}"
)
_CIRCA: Final = re.compile(
    r"^(?:ca|circa|etwa|ungefahr|um|rund|voraussichtlich|vsl|geplant|vermutlich)\.?\s+"
)
_SEIT: Final = re.compile(r"^(?:seit|ab|von|beginn|start)\s+(?=\S)")
_BIS: Final = re.compile(r"^bis(?:\s+(?:zum|zur))?\s+(?=\S)")
_SPANNE: Final = re.compile(
    r"^(?:von\s+)?(.+?)\s*(?:\s-\s|(?<=[./]\d{2})-|(?<=[./]\d{4})-|[–—]|\bbis\b)\s*(.+)$"
)
_JAHRE: Final = re.compile(r"(\d{4})\s*[-/]\s*(\d{4}|\d{2})")
_ZWEI: Final = r"'?(1[3-9]|[234]\d)"
"""Two digits that are a year and no month."""
_KURZE_JAHRE: Final = re.compile(rf"{_ZWEI}\s*[-–—/]\s*{_ZWEI}")
_KURZ: Final = tuple(
    re.compile(muster)
    for muster in (
        r"(\d{1,2}\.\s*\d{1,2}\.\s*)'?([0-4]\d)",
        rf"(?!12\s*/\s*13)((?:0?[1-9]|1[0-2])\s*/\s*){_ZWEI}",
        rf"((?:\d{{1,2}}\.\s*)?(?:{_MONAT})\.?\s+){_ZWEI}",
        rf"((?:im\s+)?(?:fruhjahr|fruhling|sommer|herbst|winter)\s+){_ZWEI}",
    )
)
"""Dates whose year has two digits: what stands before them, and the digits."""
_JAHRHUNDERT: Final = "20"
_SERIE: Final = re.compile(r"\d{5}")
_EXCEL_NULL: Final = date(1899, 12, 30)
_LAENGE: Final = 60


@dataclass(frozen=True, slots=True)
class Zeitangabe:
    """What a text says about time: ISO dates of any precision, ``""`` = nothing said.

    ``zeitpunkt`` is the one date of a text that speaks of no span. ``ungenau``: the text is less
    exact than what it was turned into, or says more ("Sommer", "ca.").
    """

    zeitpunkt: str = ""
    beginn: str = ""
    ende: str = ""
    ungenau: bool = False


def ist_datum(text: str) -> bool:
    """Return whether the text is an ISO date: ``2016``, ``2016-12`` or ``2016-12-08``."""
    if not _ISO.fullmatch(text) or not text.isascii() or int(text[:4]) not in JAHRE:
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def deute(text: str) -> Zeitangabe | None:
    """Return what a text says about time, None if that is not clear.

    Examples
    --------
    >>> deute("03/2021").zeitpunkt, deute("2015–2018").ende, deute("bis Ende 2020").ende
    ('2021-03', '2018', '2020-12')
    """
    if len(text) > _LAENGE or not text.isprintable():
        return None
    form = " ".join(falten(text).split())
    return _spanne(form) or _einseitig(form) or _zeitpunkt(form)


def _zeitpunkt(form: str) -> Zeitangabe | None:
    gefunden = _punkt(form)
    return Zeitangabe(zeitpunkt=gefunden[0], ungenau=gefunden[1]) if gefunden else None


def _spanne(form: str) -> Zeitangabe | None:
    ungenau = bool(_CIRCA.match(form))
    form = _CIRCA.sub("", form)
    if treffer := _JAHRE.fullmatch(form):
        von, bis = treffer.groups()
        bis = von[: 4 - len(bis)] + bis
        return _geordnet(von, bis, ungenau=ungenau)
    if treffer := _KURZE_JAHRE.fullmatch(form):
        von, bis = (_JAHRHUNDERT + jahr for jahr in treffer.groups())
        return _geordnet(von, bis, ungenau=ungenau) if von != bis else None
    if not (treffer := _SPANNE.match(form)):
        return None
    von_bis = [_punkt(teil) for teil in treffer.groups()]
    if von_bis[0] is None or von_bis[1] is None:
        return None
    (von, grob), (bis, grob_bis) = von_bis[0], von_bis[1]
    return _geordnet(von, bis, ungenau=ungenau or grob or grob_bis)


def _geordnet(von: str, bis: str, *, ungenau: bool) -> Zeitangabe | None:
    stellen = min(len(von), len(bis))
    if not (ist_datum(von) and ist_datum(bis)) or bis[:stellen] < von[:stellen]:
        return None
    return Zeitangabe(beginn=von, ende=bis, ungenau=ungenau)


def _einseitig(form: str) -> Zeitangabe | None:
    if (rest := _SEIT.sub("", form)) != form and (gefunden := _punkt(rest)):
        return Zeitangabe(beginn=gefunden[0], ungenau=gefunden[1])
    if (rest := _BIS.sub("", form)) != form:
        if treffer := _ENDE.fullmatch(rest):
            return Zeitangabe(ende=f"{treffer['jahr']}-12")
        if gefunden := _punkt(rest):
            return Zeitangabe(ende=gefunden[0], ungenau=gefunden[1])
    return None


def _punkt(form: str) -> tuple[str, bool] | None:
    """Return an ISO date and whether the text was less exact, None if it is none."""
    ohne = _CIRCA.sub("", form.strip())
    circa = ohne != form.strip()
    ohne = _ausgeschrieben(ohne)
    if ist_datum(ohne):
        return ohne, circa
    if treffer := _UNGENAU.fullmatch(ohne):
        return (treffer["jahr"], True) if ist_datum(treffer["jahr"]) else None
    for muster in _GENAU:
        if treffer := muster.fullmatch(ohne):
            datum = _zusammen(treffer.groupdict())
            return (datum, circa) if ist_datum(datum) else None
    if _SERIE.fullmatch(ohne):
        return _excel(int(ohne))
    return None


def _ausgeschrieben(form: str) -> str:
    """Return the text with its year in four digits."""
    for muster in _KURZ:
        if treffer := muster.fullmatch(form):
            vor, jahr = treffer.groups()
            return f"{vor}{_JAHRHUNDERT}{jahr}"
    return form


def _zusammen(teile: Mapping[str, str | None]) -> str:
    name = teile.get("name")
    monat = str(_MONATE[name]) if name else str(teile.get("monat"))
    tag = teile.get("tag")
    return "-".join([str(teile["jahr"]), monat.zfill(2), *([tag.zfill(2)] if tag else [])])


def _excel(nummer: int) -> tuple[str, bool] | None:
    """Return the day that Excel stores as this number, if it is one since 1990."""
    tag = _EXCEL_NULL + timedelta(days=nummer)
    return (tag.isoformat(), False) if 1990 <= tag.year < JAHRE.stop else None
