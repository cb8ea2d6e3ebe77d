"""The catalogue: every sentence a person reads, one PO file a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from babel import Locale
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

ORDNER: Final = Path(__file__).parent / "locale"


@dataclass(frozen=True, slots=True)
class Katalog:
    """The texts of one language.

    ``texte`` maps a symbolic key to its sentence, or to its plural forms in the order of the
    CLDR categories of the language (which is the order of gettext's ``msgstr[n]``).
    """

    sprache: str
    locale: Locale
    texte: Mapping[str, str | tuple[str, ...]]

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
        return text.format(**{name: self._wert(wert) for name, wert in werte.items()})

    def _wert(self, wert: object) -> object:
        if isinstance(wert, int | float) and not isinstance(wert, bool):
            return format_decimal(wert, locale=self.locale)
        return wert

    def _form(self, n: int) -> int:
        vorhanden = {*self.locale.plural_form.tags, "other"}
        kategorien: list[str] = [k for k in _KATEGORIEN if k in vorhanden]
        return kategorien.index(self.locale.plural_form(n))

    def auszug(self, *anfaenge: str) -> dict[str, str | tuple[str, ...]]:
        """Return the entries whose keys begin with one of the prefixes (for the browser)."""
        return {key: text for key, text in self.texte.items() if key.startswith(anfaenge)}


_KATEGORIEN: Final = ("zero", "one", "two", "few", "many", "other")


@cache
def lade(sprache: str) -> Katalog:
    """Read the catalogue of one language.

    Raises
    ------
    FileNotFoundError
        There is no ``locale/<sprache>.po``.
    """
    with (ORDNER / f"{sprache}.po").open("rb") as datei:
        eintraege = read_po(datei)
    texte: dict[str, str | tuple[str, ...]] = {}
    for eintrag in eintraege:
        if eintrag.id:
            key = eintrag.id if isinstance(eintrag.id, str) else eintrag.id[0]
            text = eintrag.string or ""
            texte[key] = text if isinstance(text, str) else tuple(text)
    return Katalog(sprache, Locale.parse(sprache), texte)
