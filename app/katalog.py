"""The catalogue: every sentence a person reads, one folder of PO files a language.

``locale/<sprache>/<bereich>.po``: the rooms of a page (``seite``, ``suche``, ``karte``, …) exist in
every language; ``redaktion`` (command line, findings), ``auszug`` (the words in exported files),
``bericht`` (the report to the council), ``betrieb`` (start, settings), ``publish`` (into a
database) and ``liesmich`` (the frozen copy for whoever keeps it) in German only.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from typing import Final, Literal, TypeAlias

from babel import Locale
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from app.sprachen import DEUTSCH, SPRACHEN, UEBERSETZT, Sprache

ORDNER: Final = Path(__file__).parent / "locale"
NUR_DEUTSCH: Final = frozenset({"redaktion", "auszug", "bericht", "betrieb", "publish", "liesmich"})
"""Rooms for editors, operators and the council, and for files: German like the data."""
Eintrag: TypeAlias = str | tuple[str, ...]
_KATEGORIEN: Final = ("zero", "one", "two", "few", "many", "other")


@dataclass(frozen=True, slots=True, eq=False)
class Katalog:
    """The texts of one language; there is one of each (`lade`).

    ``texte`` maps a symbolic key to its sentence, or to its plural forms in the order of the
    CLDR categories of the language (which is the order of gettext's ``msgstr[n]``).
    """

    sprache: Sprache
    locale: Locale
    texte: Mapping[str, Eintrag]

    def __call__(self, key: str, n: int | None = None, /, **werte: object) -> str:
        """Return the sentence for a key, filled; ``n`` chooses the plural form.

        Numbers are written as the language does (1.000); years are passed as text.

        Raises
        ------
        KeyError
            The catalogue has no such key, or a placeholder got no value.
        """
        text = self.texte[key]
        if isinstance(text, tuple):
            if n is None:
                raise KeyError(f"{key} needs n: it has plural forms")
            text = text[self._form(n)]
        if n is not None:
            werte = {"n": n, **werte}
        return self._gefuellt(text, werte)

    def _gefuellt(self, text: str, werte: Mapping[str, object]) -> str:
        gefuellt = {}
        for name in _namen(text):
            wert = werte[name]
            # most are texts: a page asks a thousand times
            gefuellt[name] = wert if type(wert) is str else self.geschrieben(wert)
        return text.format_map(gefuellt)

    def vorlage(self, key: str) -> tuple[str, tuple[str, ...]]:
        """Return the sentence for a key as it stands (one without plural forms), and its names.

        For whoever fills it very often: with `geschrieben` values.

        Raises
        ------
        KeyError
            The catalogue has no such key, or it has plural forms.
        """
        text = self.texte[key]
        if isinstance(text, tuple):
            raise KeyError(f"{key} has plural forms")
        return text, _namen(text)

    def geschrieben(self, wert: object) -> object:
        """Return a value as a sentence repeats it: numbers as the language writes them."""
        if isinstance(wert, int | float) and not isinstance(wert, bool):
            return _geschrieben(wert, self.sprache.locale)
        return wert

    def _form(self, n: int) -> int:
        return _kategorien(self.locale).index(self.locale.plural_form(n))

    def auszug(self, *anfaenge: str) -> dict[str, Eintrag]:
        """Return the entries whose keys begin with one of the prefixes (for the browser)."""
        return {key: text for key, text in self.texte.items() if key.startswith(anfaenge)}


@dataclass(frozen=True, slots=True)
class Luecke:
    """A text that a language lacks, or that cannot be filled like the German one."""

    sprache: str
    key: str
    grund: Literal["fehlt", "zuviel", "platzhalter", "formen"]


def _kategorien(locale: Locale) -> list[str]:
    vorhanden = {*locale.plural_form.tags, "other"}
    return [kategorie for kategorie in _KATEGORIEN if kategorie in vorhanden]


@cache
def lade(code: str) -> Katalog:
    """Read the catalogue of one language.

    Raises
    ------
    KeyError
        There is no such language.
    ValueError
        Two of its files have the same key.
    """
    sprache = SPRACHEN[code]
    texte: dict[str, Eintrag] = {}
    for datei in sorted((ORDNER / code).glob("*.po")):
        eigene = _lies(datei)
        if doppelt := texte.keys() & eigene.keys():
            raise ValueError(f"{datei}: keys of another file of this language: {sorted(doppelt)}")
        texte |= eigene
    return Katalog(sprache, Locale.parse(sprache.locale), texte)


# the German files are read for their language and to compare the others with
@cache
def _lies(pfad: Path) -> Mapping[str, Eintrag]:
    with pfad.open("rb") as datei:
        eintraege = read_po(datei, abort_invalid=True)
    texte: dict[str, Eintrag] = {}
    for eintrag in eintraege:
        if eintrag.id:
            key = eintrag.id if isinstance(eintrag.id, str) else eintrag.id[0]
            text = eintrag.string or ""
            texte[key] = text if isinstance(text, str) else tuple(text)
    return texte


def luecken() -> list[Luecke]:
    """Return everything that keeps a language from saying what the German catalogue says."""
    muster = {
        key: text
        for datei in sorted((ORDNER / DEUTSCH.code).glob("*.po"))
        if datei.stem not in NUR_DEUTSCH
        for key, text in _lies(datei).items()
    }
    return [luecke for code in UEBERSETZT for luecke in _luecken(lade(code), muster)]


def _luecken(katalog: Katalog, muster: Mapping[str, Eintrag]) -> Iterator[Luecke]:
    code = katalog.sprache.code
    for key, deutsch in muster.items():
        text = katalog.texte.get(key)
        if not text or (isinstance(text, tuple) and "" in text):
            yield Luecke(code, key, "fehlt")
        elif isinstance(text, str) != isinstance(deutsch, str) or (
            isinstance(text, tuple) and len(text) != len(_kategorien(katalog.locale))
        ):
            yield Luecke(code, key, "formen")
        elif not _platzhalter(text) <= _platzhalter(deutsch) | _zahl(deutsch):
            yield Luecke(code, key, "platzhalter")
    for key in katalog.texte.keys() - muster.keys():
        yield Luecke(code, key, "zuviel")


def _platzhalter(text: Eintrag) -> set[str]:
    formen = (text,) if isinstance(text, str) else text
    return {name for form in formen for name in _namen(form)}


# the same few sentences, and small numbers, are asked for again and again
@cache
def _namen(text: str) -> tuple[str, ...]:
    return tuple({name: None for _, name, _, _ in Formatter().parse(text) if name})


@lru_cache(maxsize=10_000)
def _geschrieben(zahl: float, locale: str) -> str:
    return format_decimal(zahl, locale=locale)


def _zahl(text: Eintrag) -> set[str]:
    """Return the number that a sentence with plural forms can always name."""
    return {"n"} if isinstance(text, tuple) else set()
