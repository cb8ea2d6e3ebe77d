"""What codes are called in a language: the labels of the code lists, long and short."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.katalog import Katalog
from app.sprachen import DEUTSCH
from app.state import FACETTEN
from app.store import Snapshot

OHNE_ANGABE = "ohne-angabe"
_NAMEN = "beteiligte"
"""Organisations have names, which nobody translates, instead of labels."""


@dataclass(frozen=True, slots=True)
class Beschriftung:
    """Labels in one language.

    Attributes
    ----------
    lang
        Code list → code → full label.
    facetten
        Facet → code → label for filters, chips and sentences, the short one where there is one;
        in the order of the index.
    """

    lang: Mapping[str, Mapping[str, str]]
    facetten: Mapping[str, Mapping[str, str]]


def beschriftung(snapshot: Snapshot, t: Katalog) -> Beschriftung:
    """Return the labels of a snapshot in the language of the catalogue."""
    listen = snapshot.codelisten
    lang = {
        liste: {code: _wort(eintrag, "label", t) for code, eintrag in eintraege.items()}
        for liste, eintraege in listen.items()
        if liste != _NAMEN
    }
    facetten = {}
    for name in FACETTEN:
        facette = snapshot.index.facetten[name]
        kurz = {
            code: _wort(eintrag, "kurz", t) or lang[name][code]
            for code, eintrag in listen.get(name, {}).items()
        }
        facetten[name] = {
            code: t("liste.ohne_angabe") if code == OHNE_ANGABE else kurz.get(code, label)
            for code, label in zip(facette.codes, facette.labels, strict=True)
        }
    return Beschriftung(lang, facetten)


def _wort(eintrag: Mapping[str, Any], spalte: str, t: Katalog) -> str:
    """Return a label in the language; German where a build is older than its translation."""
    code = t.sprache.code
    eigenes = eintrag.get(spalte if code == DEUTSCH.code else f"{spalte}_{code}")
    return eigenes or (eintrag["label"] if spalte == "label" else "")
