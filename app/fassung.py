"""One language of the service: catalogue, addresses and templates that belong together."""

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment

from app.katalog import Katalog, lade
from app.sprachen import SPRACHEN, aus_kopf
from app.urls import Urls
from app.vorlagen import umgebung


@dataclass(frozen=True, slots=True)
class Fassung:
    """What a page needs to be written in a language."""

    t: Katalog
    urls: Urls
    env: Environment

    @property
    def kennung(self) -> tuple[str, str]:
        """Tells answers in this version from those in others: the language, and who chose it."""
        return self.t.sprache.code, self.urls.sprache or ""


@cache
def fassung(code: str, *, gewaehlt: bool = False) -> Fassung:
    """Return the version in a language; ``gewaehlt``: the URL names it, and so do all links."""
    t, urls = lade(code), Urls(code if gewaehlt else None)
    return Fassung(t, urls, umgebung(t, urls))


def verhandelt(gewaehlt: list[str], accept_language: str | None) -> Fassung:
    """Return the version for a request: what the URL says, else what the browser asks for.

    Parameters
    ----------
    gewaehlt
        The values of ``sprache`` in the URL. Anything but one known language counts as none;
        the page says so like of any other bad value.
    """
    if len(gewaehlt) == 1 and (code := gewaehlt[0].strip()) in SPRACHEN:
        return fassung(code, gewaehlt=True)
    return fassung(aus_kopf(accept_language).code)
