"""What is new, in words: messages of the log (`app.protokoll`) for a page or a feed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from babel.dates import format_date

from app.darstellung import Darstellung, Text
from app.felder import in_worten
from app.ortszeit import tag
from app.protokoll import Meldung
from app.sprachen import SPRACHEN, UEBERSETZT, Sprache

_LISTE: Final = {"stadtbezirke": "stadtbezirk"}
_LANG: Final = 160
"""Characters from which a text is folded away: both versions of a Sachstand fill a screen."""


@dataclass(frozen=True, slots=True)
class Aenderung:
    """One changed field in words; an empty text stands for no value."""

    titel: str
    alt: Text
    neu: Text

    @property
    def lang(self) -> bool:
        """Whether the texts are too long to stand side by side."""
        return max(len(self.alt.text), len(self.neu.text)) > _LANG


@dataclass(frozen=True, slots=True)
class Nachricht:
    """A message as a page or a feed shows it; without ``href`` the project is gone.

    ``anmerkung`` says why a changed project names no field, empty for all others.
    """

    meldung: Meldung
    art_text: str
    name: Text
    href: str
    aenderungen: tuple[Aenderung, ...]
    anmerkung: str


@dataclass(frozen=True, slots=True)
class Gruppe:
    """Messages that belong together: those of a day, or of a kind; the heading in words."""

    titel: str
    nachrichten: tuple[Nachricht, ...]


def nachricht(meldung: Meldung, d: Darstellung) -> Nachricht:
    """Put a message into the words of a language."""
    vorhanden = meldung.id in d.snapshot.index.zeile
    return Nachricht(
        meldung,
        d.t(f"neuigkeiten.art.{meldung.art}"),
        d.deutsch(meldung.name),
        d.urls.projekt(meldung.id) if vorhanden else "",
        tuple(
            Aenderung(_titel(feld, d), _wert(feld, alt, d), _wert(feld, neu, d))
            for feld, alt, neu in meldung.felder
        ),
        d.t("zeitvergleich.unterbrochen") if meldung.unterbrochen else "",
    )


def tage(gewaehlt: Iterable[Meldung], d: Darstellung) -> tuple[Gruppe, ...]:
    """Return messages by the day on which they were published."""
    return tuple(
        Gruppe(
            format_date(datum, "long", locale=d.t.locale),
            tuple(nachricht(meldung, d) for meldung in gruppe),
        )
        for datum, gruppe in groupby(gewaehlt, key=lambda meldung: tag(meldung.zeit))
    )


def arten(gewaehlt: Iterable[Meldung], d: Darstellung) -> tuple[Gruppe, ...]:
    """Return messages by their kind, in the order in which they come."""
    return tuple(
        Gruppe(d.t(f"zeitvergleich.art.{art}"), tuple(nachricht(meldung, d) for meldung in gruppe))
        for art, gruppe in groupby(gewaehlt, key=lambda meldung: meldung.art)
    )


def _titel(feld: str, d: Darstellung) -> str:
    sprache = _sprache(feld)
    if sprache is None:
        return d.t(f"feld.{feld}")
    stamm = feld.removesuffix(f"_{sprache.code}")
    return d.t("neuigkeiten.uebersetzung", feld=d.t(f"feld.{stamm}"), sprache=sprache.name)


def _sprache(feld: str) -> Sprache | None:
    """Return the language of a translated column, None for all others."""
    code = feld.rpartition("_")[2]
    return SPRACHEN[code] if code in UEBERSETZT else None


def _wert(feld: str, wert: Any, d: Darstellung) -> Text:  # noqa: ANN401
    """Return a value in words; what no code list knows any more stands as its code."""
    if wert in (None, "", []):
        return Text("")
    trenner = d.t("satz.trenner")
    labels = d.labels.lang.get(_LISTE.get(feld, feld))
    if labels is not None:
        codes = wert if isinstance(wert, list) else [wert]
        return Text(trenner.join(labels.get(code, code) for code in codes))
    if isinstance(wert, list):
        return d.deutsch(trenner.join(_stueck(teil) for teil in wert))
    text = in_worten(feld, wert, d.t)
    if sprache := _sprache(feld):
        return Text(text, None if sprache is d.t.sprache else sprache.lang)
    return d.deutsch(text) if text == str(wert) else Text(text)


def _stueck(teil: str | Mapping[str, Any]) -> str:
    """Return one of several values: an address, an organisation, a location."""
    if isinstance(teil, str):
        return teil
    return str(teil["name"] if "name" in teil else teil["bezeichnung"])
