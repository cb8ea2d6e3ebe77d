"""The context of ``bericht.html``: which annexes there are, and each for one Stadtbezirk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.beschriftung import OHNE_ANGABE
from app.darstellung import Darstellung
from app.errors import satz as fehlersatz
from app.satz import chips
from app.state import Abfrage, Parameterfehler
from app.urls import NEUTRAL

FORMEN: Final = ("pdf", "docx")
_ANLAGEN: Final = (1, 2, 3)
_JE_BEZIRK: Final = 2
"""The annex that a district council takes for its own district."""


@dataclass(frozen=True, slots=True)
class Datei:
    """One document; ``name`` tells it apart for those who hear links one by one."""

    form: str
    href: str
    name: str


@dataclass(frozen=True, slots=True)
class Bezirk:
    """The documents of one Stadtbezirk."""

    name: str
    dateien: tuple[Datei, ...]


@dataclass(frozen=True, slots=True)
class AnlageAnsicht:
    """An annex: its words, its documents, those of single districts."""

    titel: str
    text: str
    dateien: tuple[Datei, ...]
    bezirke: tuple[Bezirk, ...]


@dataclass(frozen=True, slots=True)
class ChipLink:
    """An active filter and the address without it."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Berichtsansicht:
    """What the page shows; without fonts in the build (``vorhanden``) there are no documents."""

    vorhanden: bool
    anlagen: tuple[AnlageAnsicht, ...]
    chips: tuple[ChipLink, ...]
    hinweise: tuple[str, ...]


def berichtsansicht(
    d: Darstellung, abfrage: Abfrage, fehler: Sequence[Parameterfehler]
) -> Berichtsansicht:
    """Return the context; all links carry the state on."""
    t, urls = d.t, d.urls
    return Berichtsansicht(
        vorhanden=d.snapshot.schriften is not None,
        anlagen=tuple(_anlage(d, nummer, abfrage) for nummer in _ANLAGEN),
        chips=tuple(
            ChipLink(chip.text, urls.seite("/bericht", chip.ohne))
            for chip in chips(abfrage, t, d.labels.facetten)
        ),
        hinweise=tuple(fehlersatz(t, einzeln) for einzeln in fehler),
    )


def _anlage(d: Darstellung, nummer: int, abfrage: Abfrage) -> AnlageAnsicht:
    titel = d.t(f"berichtsseite.{nummer}.titel")
    bezirke: tuple[Bezirk, ...] = ()
    if nummer == _JE_BEZIRK and "stadtbezirk" not in abfrage.facetten:
        bezirke = tuple(
            Bezirk(name, _dateien(d, nummer, name, _mit(abfrage, code)))
            for code, name in d.labels.facetten["stadtbezirk"].items()
            if code != OHNE_ANGABE and _gehoert_dazu(d, code)
        )
    text = d.t(f"berichtsseite.{nummer}.text")
    return AnlageAnsicht(titel, text, _dateien(d, nummer, titel, abfrage), bezirke)


def _gehoert_dazu(d: Darstellung, code: str) -> bool:
    ort = d.snapshot.orte["stadtbezirke"].get(code)
    return ort is not None and (ort["projektgebiet"] != "nein" or bool(ort["projekte"]))


def _mit(abfrage: Abfrage, code: str) -> Abfrage:
    return replace(abfrage, facetten={**abfrage.facetten, "stadtbezirk": (code,)})


def _dateien(d: Darstellung, nummer: int, name: str, abfrage: Abfrage) -> tuple[Datei, ...]:
    return tuple(
        Datei(
            d.t(f"berichtsseite.{form}"),
            NEUTRAL.anlage(nummer, form, abfrage),
            d.t("berichtsseite.datei", name=name, form=d.t(f"berichtsseite.{form}")),
        )
        for form in FORMEN
    )
