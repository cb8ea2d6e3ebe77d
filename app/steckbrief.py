"""The Steckbrief page: every field that has a value, everyone who takes part, where it lies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.darstellung import Darstellung, Text
from app.felder import Feld, Teil, felder
from app.lageplan import Lageplan, lageplan
from app.state import Abfrage

_ECKDATEN: Final = (
    "nr",
    "status",
    "status_stand",
    "beginn",
    "ende",
    "stadtbezirke",
    "handlungsfeld",
    "wirkungsfeld",
    "themenfeld",
    "projektfamilie",
    "zuordnung",
    "generation",
    "liste",
    "kosten_eur",
    "foerderung",
    "stand",
)
_TEXTE: Final = ("ziel", "sachstand", "wirkung", "links", "kontakt")
DORT_METER: Final = 30
"""Nearer than the points themselves are exact: said as "there", not in metres."""
_BETEILIGT: Final = ("traeger", "partner")


@dataclass(frozen=True, slots=True)
class StandortAnsicht:
    """One location in words."""

    bezeichnung: Text
    saetze: tuple[Feld, ...]


@dataclass(frozen=True, slots=True)
class SteckbriefAnsicht:
    """The facts of a project, for the page and the PDF alike."""

    name: Text
    kurzbeschreibung: Text
    handlungsfeld: str | None
    handlungsfeld_text: str
    auf_karte: str
    eckdaten: tuple[Feld, ...]
    texte: tuple[Feld, ...]
    beteiligt: tuple[Feld, ...]
    standorte: tuple[StandortAnsicht, ...]
    lageplan: Lageplan
    beleg: str
    quellen: tuple[str, ...]


def steckbrief(projekt: Mapping[str, Any], d: Darstellung) -> SteckbriefAnsicht:
    """Return the context for one project record."""
    feld = projekt.get("handlungsfeld")
    stufe = projekt["belegstufe"]
    return SteckbriefAnsicht(
        name=d.deutsch(projekt["name"]),
        kurzbeschreibung=d.uebersetzt(projekt, "kurzbeschreibung"),
        handlungsfeld=feld,
        handlungsfeld_text=d.labels.lang["handlungsfeld"][feld] if feld else "",
        auf_karte=d.urls.karte(Abfrage(projekt=projekt["id"])),
        eckdaten=felder(projekt, _ECKDATEN, d),
        texte=felder(projekt, _TEXTE, d),
        beteiligt=felder(projekt, _BETEILIGT, d),
        standorte=tuple(_standort(ort, d) for ort in projekt["standorte"]),
        lageplan=lageplan(
            d.snapshot.lageplan, projekt.get("stadtbezirke") or (), projekt["standorte"]
        ),
        beleg=d.t("steckbrief.beleg", stufe=stufe, text=d.labels.lang["belegstufe"][stufe]),
        quellen=tuple(projekt.get("quellen") or ()),
    )


def _standort(ort: Mapping[str, Any], d: Darstellung) -> StandortAnsicht:
    saetze = tuple(Feld("", (teil,)) for teil in _saetze(ort, d))
    return StandortAnsicht(d.deutsch(ort["bezeichnung"]), saetze)


def _saetze(ort: Mapping[str, Any], d: Darstellung) -> Iterator[Teil]:
    if ort["lon"] is None:
        yield Teil(d.t("steckbrief.ort_ohne_lage"))
        return
    yield Teil(d.labels.lang["lagegenauigkeit"][ort["lagegenauigkeit"]])
    if code := ort["stadtbezirk"]:
        name = d.labels.lang["stadtbezirk"][code]
        yield Teil(d.t("steckbrief.lage.stadtbezirk", name=name), d.urls.stadtbezirk(code))
    if statistisch := ort["statistischer_bezirk"]:
        yield Teil(d.t("steckbrief.lage.statistisch", name=statistisch))
    for art, adresse in (("platz", d.urls.platz), ("brachflaeche", d.urls.brachflaeche)):
        if nah := ort[art]:
            text = d.t(
                _naehe(art, nah["entfernung_m"]), name=nah["name"], meter=nah["entfernung_m"]
            )
            yield Teil(text, adresse(nah["id"]))


def _naehe(art: str, meter: int | None) -> str:
    """Return the key of the sentence: in metres, "there", or just "near"."""
    if meter is None:
        return f"steckbrief.lage.{art}.nahe"
    return f"steckbrief.lage.{art}.dort" if meter < DORT_METER else f"steckbrief.lage.{art}"
