"""Cells: what is wrong with a text in a column of a given kind, and what it means.

Every function here looks at one text alone. Tables call them once for each *different* text of
a column (`je_wert`), which is what keeps a million rows quick.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, partial
from types import MappingProxyType
from typing import Any, Final, TypeAlias, TypeVar
from urllib.parse import urlsplit

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.befund import Code, Mangel
from layers.deutung.datum import ist_datum
from layers.falten import falten
from layers.tabellen import TRENNER, Art, Spalte

T = TypeVar("T")
Maengel: TypeAlias = tuple[Mangel, ...]
Pruefer: TypeAlias = Callable[[str], Maengel]

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ID_LAENGE: Final = 80
_ZAHL: Final = re.compile(r"-?\d+(\.\d+)?")
_GANZZAHL: Final = re.compile(r"-?\d+")
_GRAD: Final = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]+)?")
_METER: Final = re.compile(r"\d{6,8}([.,]\d+)?")
_GRENZE: Final = {Art.LAT: 90.0, Art.LON: 180.0}
_MARKUP: Final = re.compile(
    r"<\s*[/?]?[a-zA-Z]|<!|&(?:[a-zA-Z]{1,8};|#\d{1,7}|#[xX][0-9a-fA-F]{1,6})"
)
_NIE: Final = (
    r"\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(ebene << 16 | ende) for ebene in range(17) for ende in (0xFFFE, 0xFFFF))
)
"""Controls, changes of direction, and what Unicode says is no character: no XML may hold it."""
_VERBORGEN: Final = (
    r"\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028\u2029\u2060\u206a-\u206f\u3164\ufeff"
    r"\ufff9-\ufffb\U000e0000-\U000e007f"
)
UNZULAESSIG: Final = re.compile(f"[{_NIE}]")
_UNSICHTBAR: Final = re.compile(f"[{_VERBORGEN}]")
_KODIERUNG: Final = re.compile(r"Ã[\x80-\xbf\u0178\u0152\u201e\u0153\u2013]|â€|[\ufffd\x80-\x9f]")
_EMAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{0,190}\w"  # bounded: RFC 5321 §4.5.3.1
)
_TELEFON: Final = re.compile(r"(?<![\w/.-])(?:\+49|0\d{2,4})[ /–-]{1,3}\d[\d /–-]{4,}\d")
_LUECKE: Final = r"[\x00-\x20\u00ad\u200b-\u200f\u2060\ufeff]*"
"""What some browsers pass over within a scheme, and what no reader sees there."""
_SKRIPT: Final = re.compile(
    rf"(?i)\b(?:{_LUECKE.join('javascript')}|{_LUECKE.join('vbscript')}){_LUECKE}:"
    r"|\bdata:(?:[\w.+-]+/[\w.+-]+)?[;,]"
)
_BILD: Final = re.compile(r"(?i)[\w-][\w. -]*\.(?:jpe?g|png|webp|avif|gif|svg)")
_SCHLICHTE_URL: Final = re.compile(
    r"https?://(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]+(?:[/?#][\x21\x23-\x26\x28-\x3b=\x3f-\x5b\]_a-z~]*)?"
)
"""Addresses that need no taking apart, which takes ten times as long: nearly all."""
_FORMEL: Final = re.compile(r"[=@]|[+-](?!\s?\d[\d\s,.%–-]*(?:\s?[°%€]|$))")
"""What a spreadsheet takes for a formula at the beginning of a cell; "+4 °C" it does not."""
_AUFFAELLIG: Final = re.compile(
    r"^[=+-]|[tT] ?:|[aA]:|[<&@Ã\ufffd\u115f\u1160\u3164]|â€|\+49|0\d{2,4}[ /–-]"
)
"""What every printable text that the patterns above find contains: one search instead of six."""


@dataclass(frozen=True, slots=True)
class Woerterbuch:
    """What cells may refer to: code lists and names of organisations.

    Parameters
    ----------
    codes
        Code list → code → its label.
    organisationen
        Name or variant of a name → code of the organisation.
    schreibweisen
        Code list → label, short label or code as it is compared → code; none that stands for
        two codes.
    """

    codes: Mapping[str, Mapping[str, str]]
    organisationen: Mapping[str, str]
    schreibweisen: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def je_wert(spalte: "pd.Series[Any]", funktion: Callable[[str], T]) -> NDArray[np.object_]:
    """Return ``funktion`` of every cell as an object array; called once for each different text."""
    zellen = spalte.to_numpy(dtype=object)
    if not any(zellen):
        # most columns of a large table are empty ones, which need no hashing
        leer = np.empty(1, dtype=object)
        leer[0] = funktion("") if len(zellen) else None
        return leer[np.zeros(len(zellen), dtype=np.intp)]
    nummern, werte = pd.factorize(zellen)
    ergebnisse = np.empty(len(werte), dtype=object)
    for i, wert in enumerate(werte):
        ergebnisse[i] = funktion(wert)
    return ergebnisse[nummern]


def teile(zelle: str) -> tuple[str, ...]:
    """Return the values of a cell with several values, each once, without surrounding space."""
    return tuple(dict.fromkeys(teil.strip() for teil in zelle.split(TRENNER) if teil.strip()))


def jahr(datum: str) -> int | None:
    """Return the year of an ISO date of any precision, None for an empty text."""
    return int(datum[:4]) if datum else None


def pruefer(spalte: Spalte, woerterbuch: Woerterbuch) -> Pruefer:
    """Return the function that names what is wrong with a non-empty cell of the column."""
    codes = woerterbuch.codes.get(spalte.liste, {}) if spalte.liste else {}
    liste = _Auswahl(spalte.liste or spalte.name, codes)
    wahl = _Auswahl(spalte.name, {wort: wort for wort in spalte.werte})
    je_art: dict[Art, Pruefer] = {
        Art.ID: _id,
        Art.TEXT: partial(_text, kontakt=spalte.kontakt),
        Art.NAMEN: partial(_text, kontakt=False),
        Art.CODE: lambda zelle: tuple(_code(zelle, liste)),
        Art.CODES: lambda zelle: tuple(_codes(zelle, liste)),
        Art.WAHL: lambda zelle: tuple(_code(zelle, wahl)),
        Art.DATUM: _datum,
        Art.ZAHL: partial(_zahl, muster=_ZAHL),
        Art.GANZZAHL: partial(_zahl, muster=_GANZZAHL),
        Art.URLS: _urls,
        Art.ORGANISATIONEN: lambda zelle: tuple(_organisationen(zelle, woerterbuch.organisationen)),
        Art.BILD: _bild,
        Art.LAT: partial(_grad, grenze=_GRENZE[Art.LAT]),
        Art.LON: partial(_grad, grenze=_GRENZE[Art.LON]),
    }
    return je_art.get(spalte.art, lambda _: ())


def _id(zelle: str) -> Maengel:
    if _ID.fullmatch(zelle) and len(zelle) <= _ID_LAENGE:
        return ()
    return (Mangel(Code.ID_UNGUELTIG, zelle, {"laenge": _ID_LAENGE}),)


def _text(zelle: str, *, kontakt: bool) -> Maengel:
    if zelle.isprintable() and not _AUFFAELLIG.search(zelle):
        return ()
    muster = [
        (Code.MARKUP, _MARKUP),
        (Code.ZEICHEN_UNZULAESSIG, UNZULAESSIG),
        (Code.ZEICHEN_UNSICHTBAR, _UNSICHTBAR),
        (Code.ZEICHEN_KODIERUNG, _KODIERUNG),
        (Code.URL_GEFAEHRLICH, _SKRIPT),
    ]
    if not kontakt:
        muster += [(Code.KONTAKTDATEN, _EMAIL), (Code.KONTAKTDATEN, _TELEFON)]
    gefunden = [
        Mangel(code, zelle, _fundstelle(treffer))
        for code, ausdruck in muster
        if (treffer := ausdruck.search(zelle))
    ]
    if not kontakt and _FORMEL.match(zelle):
        gefunden.append(Mangel(Code.FORMEL_IM_TEXT, zelle, {"fund": zelle[0]}))
    return tuple(gefunden)


def _fundstelle(treffer: re.Match[str]) -> Mapping[str, str | int]:
    fund = treffer.group()
    sichtbar = fund if fund.isprintable() else f"U+{ord(fund[0]):04X}"
    return _werte(sichtbar, treffer.start() + 1)


@lru_cache(maxsize=4096)
def _werte(fund: str, stelle: int) -> Mapping[str, str | int]:
    """Return the values of a sentence; a million findings share what is alike in them."""
    return MappingProxyType({"fund": fund, "stelle": stelle})


@dataclass(frozen=True)
class _Auswahl:
    """The codes that a cell may hold, and their labels."""

    name: str
    codes: Mapping[str, str]

    @cached_property
    def werte(self) -> Mapping[str, str]:
        """What a finding says about it."""
        return {"liste": self.name, "erlaubt": ", ".join(self.codes)}

    @cached_property
    def gefaltet(self) -> Mapping[str, str]:
        """Folded label or code → code."""
        namen = {falten(label): code for code, label in self.codes.items()}
        return namen | {falten(code): code for code in self.codes}


def _code(zelle: str, auswahl: _Auswahl) -> Iterator[Mangel]:
    if zelle in auswahl.codes:
        return
    if vorschlag := _vorschlag(zelle, auswahl.gefaltet):
        yield Mangel(Code.CODE_VERSCHRIEBEN, zelle, {"vorschlag": vorschlag, **auswahl.werte})
    else:
        yield Mangel(Code.CODE_UNBEKANNT, zelle, auswahl.werte)


def _codes(zelle: str, auswahl: _Auswahl) -> Iterator[Mangel]:
    for teil in teile(zelle):
        yield from _code(teil, auswahl)
    yield from _doppelte(zelle)


def _doppelte(zelle: str) -> Iterator[Mangel]:
    gesehen: set[str] = set()
    for teil in (teil.strip() for teil in zelle.split(TRENNER)):
        if teil in gesehen:
            yield Mangel(Code.WERT_DOPPELT, teil)
        gesehen.add(teil)


def _vorschlag(wort: str, namen: Mapping[str, str]) -> str | None:
    """Return the code that was probably meant: a label typed for its code, or a near spelling."""
    nah = difflib.get_close_matches(falten(wort), namen, n=1, cutoff=0.75)
    return namen[nah[0]] if nah else None


def _organisationen(zelle: str, organisationen: Mapping[str, str]) -> Iterator[Mangel]:
    for teil in teile(zelle):
        yield from _text(teil, kontakt=False)
        if teil in organisationen:
            continue
        if nah := difflib.get_close_matches(teil, organisationen, n=1, cutoff=0.85):
            yield Mangel(Code.ORGANISATION_VERSCHRIEBEN, teil, {"vorschlag": nah[0]})
        else:
            yield Mangel(Code.ORGANISATION_UNBEKANNT, teil)
    yield from _doppelte(zelle)


def _datum(zelle: str) -> Maengel:
    return () if ist_datum(zelle) else (Mangel(Code.DATUM_UNGUELTIG, zelle),)


def _zahl(zelle: str, *, muster: re.Pattern[str]) -> Maengel:
    if muster.fullmatch(zelle) and zelle.isascii():
        return (Mangel(Code.ZAHL_NEGATIV, zelle),) if zelle.startswith("-") else ()
    return (Mangel(Code.ZAHL_UNGUELTIG, zelle),)


def _urls(zelle: str) -> Maengel:
    return tuple(
        Mangel(Code.URL_GEFAEHRLICH if _SKRIPT.match(adresse) else Code.URL_UNGUELTIG, adresse)
        for adresse in zelle.split()
        if not ist_url(adresse)
    )


def _bild(zelle: str) -> Maengel:
    if _SKRIPT.match(zelle):
        return (Mangel(Code.URL_GEFAEHRLICH, zelle),)
    return () if _BILD.fullmatch(zelle) or ist_url(zelle) else (Mangel(Code.BILD_UNGUELTIG, zelle),)


def ist_url(adresse: str) -> bool:
    """Return whether a text is an address of the web: absolute, http or https, with a host."""
    if _SCHLICHTE_URL.fullmatch(adresse):
        return True
    if re.search(r"[\x00-\x20<>\"'`\\^{|}\x7f]", adresse):
        return False
    try:
        zerlegt = urlsplit(adresse)
        _ = zerlegt.port
    except ValueError:
        return False
    return zerlegt.scheme in {"http", "https"} and "." in (zerlegt.hostname or "")


def ist_grad(zelle: str, grenze: float) -> bool:
    """Return whether a text is a number of degrees up to ``grenze``, written with a point."""
    return _GRAD.fullmatch(zelle) is not None and abs(float(zelle)) <= grenze


def _grad(zelle: str, *, grenze: float) -> Maengel:
    if ist_grad(zelle, grenze):
        return ()
    if _METER.fullmatch(zelle):
        return (Mangel(Code.KOORDINATE_BEZUGSSYSTEM, zelle),)
    return (Mangel(Code.KOORDINATE_UNGUELTIG, zelle, {"grenze": int(grenze)}),)


def grad(zelle: str, art: Art) -> float:
    """Return a latitude or longitude in degrees, NaN where the text is none."""
    return float(zelle) if zelle and not _grad(zelle, grenze=_GRENZE[art]) else float("nan")
