"""``/suche``: what somebody typed, answered by addresses and places in one ranked list."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final, TypeAlias

from app.adressen import Adressen, Hausnummer, Strasse
from app.aehnlichkeit import GLEICH, MINDESTENS, punkte
from app.index import UNGEFAEHR
from app.ortsverzeichnis import Ort, Ortsverzeichnis
from app.state import Abfrage
from app.urls import NEUTRAL, Urls
from app.werte import Punkt
from layers.adressen.ortsnamen import Suchform, suchform, teile

Zusatz: TypeAlias = Callable[[Sequence[str]], str]
"""Codes of Stadtbezirke → their names in words."""
_KANDIDATEN: Final = 60
"""Names that are compared exactly, of the streets and of the places each."""
_STRASSEN_MIT_NUMMER: Final = 5
"""In so many streets at most a typed house number is looked up."""
_BONUS_ADRESSE: Final = 3.0
"""A house number that exists is surely meant; its street follows."""
_UMKREIS: Final = 1000
"""A quarter of an hour on foot, in metres."""
_ABZUG_ZUSATZ: Final = 4.0
"""12a, when 12 was typed."""
_NUMMERNWORTE: Final = frozenset({"nr", "projekt", "projektnr", "projektnummer", "teilprojekt"})
"""Before a number they say that it is a project's."""
_PLZ_STELLEN: Final = 5
_HAUSNUMMER_STELLEN: Final = 4
_ORT: Final = "dortmund"
_REIHENFOLGE: Final = (
    "stadtbezirk",
    "statistischer-bezirk",
    "adresse",
    "platz",
    "brachflaeche",
    "strasse",
    "projekt",
)
"""Which comes first among equally good ones."""


@dataclass(frozen=True, slots=True)
class Frage:
    """What was typed, read in up to two ways: with and without a house number in it.

    ``nummer`` is None if there is none; then ``ohne_nummer`` is all there is.
    """

    alles: Suchform
    ohne_nummer: Suchform
    nummer: int | None = None
    zusatz: str = ""

    @property
    def formen(self) -> tuple[Suchform, ...]:
        """The different ways to read it."""
        return tuple(dict.fromkeys((self.alles, self.ohne_nummer)))


@dataclass(frozen=True, slots=True)
class Treffer:
    """One answer; ``lage`` and ``schluessel`` as in `Ort`, the latter empty for an address.

    ``zusatz`` tells it from others of the same name: its Stadtbezirke in words.
    """

    punkte: float
    art: str
    name: str
    zusatz: str
    lage: Mapping[str, Any]
    schluessel: str = ""

    @property
    def punkt(self) -> Punkt | None:
        """Where it is, or the middle of where it is; None if that is not known."""
        return Punkt(self.lage["lat"], self.lage["lon"]) if self.lage else None

    @property
    def umkreis(self) -> int | None:
        """Metres around it that are worth a first look.

        None for an area: its middle is no place where somebody lives, and a circle around it
        would leave out parts of it.
        """
        flaeche = "bbox" in self.lage or self.lage.get("lagegenauigkeit") in UNGEFAEHR
        return None if flaeche else _UMKREIS

    def seite(self, urls: Urls) -> str:
        """Return the page about it; empty for an address, which has none."""
        seiten = {
            "stadtbezirk": urls.stadtbezirk,
            "statistischer-bezirk": urls.stadtbezirk,
            "platz": urls.platz,
            "brachflaeche": urls.brachflaeche,
            "projekt": urls.projekt,
        }
        return seiten[self.art](self.schluessel) if self.schluessel else ""

    def json(self, urls: Urls = NEUTRAL) -> dict[str, Any]:
        """Return it as the interface shows it; without a page of its own, the map around it."""
        return {
            "art": self.art,
            "name": self.name,
            "zusatz": self.zusatz,
            "url": self.seite(urls) or urls.karte(Abfrage(nahe=self.punkt)),
            **({"id": self.schluessel} if self.schluessel else {}),
            **self.lage,
            **({"umkreis": self.umkreis} if self.lage else {}),
        }


def lies(text: str) -> Frage | None:
    """Read what was typed; None if there is neither letter nor digit in it.

    The house number may stand before or behind the street, its suffix apart or not; of a range
    the first number counts. The postal code and the city's own name say nothing here.

    Examples
    --------
    >>> frage = lies("12 a Münsterstr., 44145 Dortmund")
    >>> frage.ohne_nummer.schluessel, frage.nummer, frage.zusatz
    ('munsterstrasse', 12, 'a')
    """
    alle = teile(text)
    worte = tuple(w for w in alle if not _sagt_nichts(w)) or alle
    if not worte:
        return None
    alles = suchform(worte)
    beginn, ende = _nummernlauf(worte)
    rest = worte[:beginn] + worte[ende:]
    if beginn == ende or not rest:
        return Frage(alles, alles)
    zusatz = "".join(wort for wort in worte[beginn + 1 : ende][:1] if wort.isalpha())
    return Frage(alles, suchform(rest), int(worte[beginn]), zusatz)


def _nummernlauf(worte: tuple[str, ...]) -> tuple[int, int]:
    """Return where numbers and single letters end or begin the text, from the first number on."""
    hinten = len(worte) - sum(1 for _ in takewhile(_zur_nummer, reversed(worte)))
    while hinten < len(worte) and not _ist_hausnummer(worte[hinten]):
        hinten += 1
    if hinten < len(worte) or not _ist_hausnummer(worte[0]):
        return hinten, len(worte)
    return 0, sum(1 for _ in takewhile(_zur_nummer, worte))


def _sagt_nichts(wort: str) -> bool:
    return wort == _ORT or (len(wort) == _PLZ_STELLEN and wort.isdecimal())


def _ist_hausnummer(wort: str) -> bool:
    return wort.isascii() and wort.isdecimal() and len(wort) <= _HAUSNUMMER_STELLEN


def _zur_nummer(wort: str) -> bool:
    return _ist_hausnummer(wort) or (len(wort) == 1 and wort.isalpha())


def in_worten(bezirke: Mapping[str, str], trenner: str) -> Zusatz:
    """Return the way to name Stadtbezirke by a mapping of their codes."""

    def zusatz(codes: Sequence[str]) -> str:
        return trenner.join(bezirke.get(code, code) for code in codes)

    return zusatz


def suche(
    text: str,
    orte: Ortsverzeichnis,
    adressen: Adressen | None,
    zusatz: Zusatz,
    grenze: int,
) -> list[Treffer]:
    """Return the best answers, the best first.

    Parameters
    ----------
    adressen
        The address directory; None if there is none.
    zusatz
        Puts the Stadtbezirke of an answer into words, see `in_worten`.
    grenze
        How many answers at most.

    Raises
    ------
    sqlite3.Error
        The address directory cannot be read.
    """
    frage = lies(text)
    if frage is None:
        return []
    treffer = [*_orte(frage, orte, zusatz)]
    if adressen is not None:
        treffer += _strassen(frage, adressen, zusatz)
    treffer.sort(key=lambda t: (-t.punkte, _REIHENFOLGE.index(t.art), len(t.name), t.name))
    return treffer[:grenze]


def _orte(frage: Frage, orte: Ortsverzeichnis, zusatz: Zusatz) -> Iterator[Treffer]:
    def treffer(wert: float, ort: Ort) -> Treffer:
        return Treffer(wert, ort.art, ort.name, zusatz(ort.bezirke), ort.lage, ort.schluessel)

    mit_nr = orte.projekt(_projektnummer(frage))
    if mit_nr:
        yield treffer(GLEICH, mit_nr)
    for ort in orte.orte(frage.formen, _KANDIDATEN):
        wert = max(punkte(form, ort.form) for form in frage.formen)
        if wert >= MINDESTENS and ort is not mit_nr:
            yield treffer(wert, ort)


def _projektnummer(frage: Frage) -> str:
    if frage.nummer is not None and frage.ohne_nummer.schluessel in _NUMMERNWORTE:
        return str(frage.nummer)
    return frage.alles.schluessel


def _strassen(frage: Frage, adressen: Adressen, zusatz: Zusatz) -> Iterator[Treffer]:
    bewertet = [
        (wert, strasse)
        for strasse in adressen.strassen((frage.ohne_nummer,), _KANDIDATEN)
        if (wert := _strassenpunkte(frage, strasse)) >= MINDESTENS
    ]
    bewertet.sort(key=lambda paar: (-paar[0], -paar[1].hausnummern))
    for platz, (wert, strasse) in enumerate(bewertet):
        if frage.nummer is not None and platz < _STRASSEN_MIT_NUMMER:
            dort = adressen.hausnummern(strasse.nummer, frage.nummer)
            yield from _hausnummern(wert, frage, strasse.name, dort, zusatz)
        lage = {"lat": strasse.lat, "lon": strasse.lon}
        yield Treffer(wert, "strasse", strasse.name, zusatz(strasse.bezirke), lage)


def _strassenpunkte(frage: Frage, strasse: Strasse) -> float:
    wert = punkte(frage.ohne_nummer, strasse.form)
    if frage.nummer is not None and strasse.name[0].isdigit():
        # "1260. Projektierte Straße": here the number may be the name's.
        return max(wert, punkte(frage.alles, strasse.form))
    return wert


def _hausnummern(
    wert: float,
    frage: Frage,
    strasse: str,
    dort: Sequence[Hausnummer],
    zusatz: Zusatz,
) -> Iterator[Treffer]:
    genau = [haus for haus in dort if haus.zusatz == frage.zusatz]
    # Who types 12a wants no 12b; who types 12 may be at 12a; an unknown suffix may be a slip.
    for haus in genau if genau and frage.zusatz else dort:
        abzug = 0.0 if haus in genau else _ABZUG_ZUSATZ
        yield Treffer(
            wert + _BONUS_ADRESSE - abzug,
            "adresse",
            f"{strasse} {haus}",
            zusatz((haus.bezirk,)),
            {"lat": haus.lat, "lon": haus.lon},
        )
