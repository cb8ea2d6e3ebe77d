"""The languages of the map, and which of them a visitor gets (DESIGN §4: ``sprache``)."""

from dataclasses import dataclass
from typing import Final, Literal

from werkzeug.datastructures import LanguageAccept
from werkzeug.http import parse_accept_header

Richtung = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Sprache:
    """One language.

    Attributes
    ----------
    code
        Our own name of it: value of ``sprache``, folder in ``locale/``.
    lang
        BCP 47 tag for ``lang`` and ``hreflang``.
    locale
        CLDR locale for numbers, dates and plural forms.
    name
        What its speakers call it.
    """

    code: str
    lang: str
    locale: str
    name: str
    richtung: Richtung = "ltr"


DEUTSCH: Final = Sprache("de", "de", "de", "Deutsch")
SPRACHEN: Final = {
    sprache.code: sprache
    for sprache in (
        DEUTSCH,
        # "simple" is a registered variant (RFC 5646, IANA 2021): the plain form of a language.
        Sprache("leicht", "de-simple", "de", "Leichte Sprache"),
        Sprache("en", "en", "en_GB", "English"),
        Sprache("tr", "tr", "tr", "Türkçe"),
        Sprache("ar", "ar", "ar", "العربية", "rtl"),
        Sprache("uk", "uk", "uk", "Українська"),
    )
}
UEBERSETZT: Final = tuple(code for code in SPRACHEN if code != DEUTSCH.code)
"""Every language but German: what code lists and texts may be translated into."""
_VERHANDELBAR: Final = [s.lang for s in SPRACHEN.values() if s.code != "leicht"]
"""No browser asks for Leichte Sprache; whoever wants it chooses it on the page."""


def aus_kopf(accept_language: str | None) -> Sprache:
    """Return the language that suits an ``Accept-Language`` header best, else German."""
    wunsch = parse_accept_header(accept_language, LanguageAccept)
    return SPRACHEN[wunsch.best_match(_VERHANDELBAR, DEUTSCH.lang)]
