"""The Steckbrief page: every field that has a value, everyone who takes part, where it lies."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app import urls
from app.felder import Feld, Teil, code_label, felder
from app.katalog import Katalog
from app.lageplan import Lageplan, lageplan
from app.state import Abfrage
from app.store import Snapshot

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
_TEXTE: Final = ("kurzbeschreibung_leicht", "ziel", "sachstand", "wirkung", "links", "kontakt")
DORT_METER: Final = 30
"""Nearer than the points themselves are exact: said as "there", not in metres."""
_BETEILIGT: Final = ("traeger", "partner")


@dataclass(frozen=True, slots=True)
class StandortAnsicht:
    """One location in words."""

    bezeichnung: str
    saetze: tuple[Feld, ...]


@dataclass(frozen=True, slots=True)
class SteckbriefAnsicht:
    """The context of ``steckbrief.html``."""

    name: str
    kurzbeschreibung: str
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


def steckbrief(projekt: Mapping[str, Any], snapshot: Snapshot, t: Katalog) -> SteckbriefAnsicht:
    """Return the context for one project record."""
    feld = projekt.get("handlungsfeld")
    stufe = projekt["belegstufe"]
    return SteckbriefAnsicht(
        name=projekt["name"],
        kurzbeschreibung=projekt["kurzbeschreibung"],
        handlungsfeld=feld,
        handlungsfeld_text=code_label(snapshot, "handlungsfeld", feld) if feld else "",
        auf_karte=urls.karte(Abfrage(projekt=projekt["id"])),
        eckdaten=felder(projekt, _ECKDATEN, snapshot, t),
        texte=felder(projekt, _TEXTE, snapshot, t),
        beteiligt=felder(projekt, _BETEILIGT, snapshot, t),
        standorte=tuple(_standort(ort, snapshot, t) for ort in projekt["standorte"]),
        lageplan=lageplan(
            snapshot.lageplan, projekt.get("stadtbezirke") or (), projekt["standorte"]
        ),
        beleg=t("steckbrief.beleg", stufe=stufe, text=code_label(snapshot, "belegstufe", stufe)),
        quellen=tuple(projekt.get("quellen") or ()),
    )


def _standort(ort: Mapping[str, Any], snapshot: Snapshot, t: Katalog) -> StandortAnsicht:
    saetze = tuple(Feld("", (teil,)) for teil in _saetze(ort, snapshot, t))
    return StandortAnsicht(ort["bezeichnung"], saetze)


def _saetze(ort: Mapping[str, Any], snapshot: Snapshot, t: Katalog) -> Iterator[Teil]:
    if ort["lon"] is None:
        yield Teil(t("steckbrief.ort_ohne_lage"))
        return
    yield Teil(code_label(snapshot, "lagegenauigkeit", ort["lagegenauigkeit"]))
    if code := ort["stadtbezirk"]:
        name = code_label(snapshot, "stadtbezirk", code)
        yield Teil(t("steckbrief.lage.stadtbezirk", name=name), urls.stadtbezirk(code))
    if statistisch := ort["statistischer_bezirk"]:
        yield Teil(t("steckbrief.lage.statistisch", name=statistisch))
    for art, adresse in (("platz", urls.platz), ("brachflaeche", urls.brachflaeche)):
        if nah := ort[art]:
            text = t(_naehe(art, nah["entfernung_m"]), name=nah["name"], meter=nah["entfernung_m"])
            yield Teil(text, adresse(nah["id"]))


def _naehe(art: str, meter: int | None) -> str:
    """Return the key of the sentence: in metres, "there", or just "near"."""
    if meter is None:
        return f"steckbrief.lage.{art}.nahe"
    return f"steckbrief.lage.{art}.dort" if meter < DORT_METER else f"steckbrief.lage.{art}"
