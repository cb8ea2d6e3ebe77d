"""The context of every page, typed; templates show it and compute nothing."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import orjson
from markupsafe import Markup

from app import urls
from app.darstellung import Vorbereitet
from app.errors import satz as fehlersatz
from app.filterform import Filterform, filterform
from app.katalog import Katalog
from app.query import Ergebnis
from app.satz import chips, satz
from app.state import FACETTEN, PARAMETER, Abfrage, Parameterfehler
from app.store import Snapshot, Stand

PRO_SEITE: Final = 250
LAYER: Final = (
    "projekte",
    "plaetze",
    "brachflaechen",
    "stadtbezirke",
    "statistische_bezirke",
    "projektgebiet",
)
_TEXTE_FUER_BROWSER: Final = (
    "web.",
    "satz.",
    "facette.",
    "liste.",
    "filter.",
    "karte.",
    "zeitraum.",
)
Seitenart = Literal["karte", "einbetten", "projekte", "steckbrief", "ort", "fehler"]


@dataclass(frozen=True, slots=True)
class Seite:
    """What every page shows: what the map is, how much it knows, as of when."""

    art: Seitenart
    assets: Mapping[str, str]
    zahlen: Mapping[str, Any]
    quellen: Sequence[Mapping[str, Any]]
    stand: str
    layer: tuple[str, ...] = LAYER


@dataclass(frozen=True, slots=True)
class ChipLink:
    """An active filter and the address without it."""

    name: str
    wert: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Handlungsfeld:
    """A row of the legend."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Ergebnisansicht:
    """List, filters and words of one state; the context of map, list and iframe."""

    form: Filterform
    ziel: str
    satz: str
    chips: tuple[ChipLink, ...]
    zuruecksetzen: str
    hinweise: tuple[str, ...]
    ohne_laufzeit: str
    eintraege: tuple[Markup, ...]
    erste: int
    seite: int
    seiten: int
    vorige: str | None
    naechste: str | None
    ganze_karte: str
    handlungsfelder: tuple[Handlungsfeld, ...]
    zustand: Markup


def seite(art: Seitenart, stand: Stand[Vorbereitet]) -> Seite:
    """Return the frame of a page."""
    snapshot = stand.snapshot
    zahlen = {**snapshot.zahlen, "nordwaerts_projekte": stand.vorbereitet.nordwaerts_projekte}
    return Seite(art, snapshot.assets, zahlen, snapshot.quellen, snapshot.stand)


def ergebnisansicht(
    stand: Stand[Vorbereitet],
    abfrage: Abfrage,
    ergebnis: Ergebnis,
    fehler: Sequence[Parameterfehler],
    t: Katalog,
    *,
    ziel: str,
    nummer: int = 1,
) -> Ergebnisansicht:
    """Return the context of a page that shows a result.

    Parameters
    ----------
    ziel
        Path that the form and the chips lead to: ``/``, ``/projekte`` or ``/einbetten``.
    nummer
        Which page of the list, from 1; beyond the end it is the last one.
    """
    snapshot, vorbereitet = stand.snapshot, stand.vorbereitet
    gesamt = len(snapshot.index)
    seiten = max(1, -(-ergebnis.anzahl // PRO_SEITE))
    nummer = min(nummer, seiten)
    erste = (nummer - 1) * PRO_SEITE
    zeilen = ergebnis.zeilen[erste : erste + PRO_SEITE]
    return Ergebnisansicht(
        form=filterform(snapshot, abfrage, ergebnis, t),
        ziel=ziel,
        satz=satz(abfrage, ergebnis.anzahl, gesamt, t, vorbereitet.labels),
        chips=tuple(
            ChipLink(chip.name, chip.wert, chip.text, ziel + chip.ohne.query())
            for chip in chips(abfrage, t, vorbereitet.labels)
        ),
        zuruecksetzen=ziel + abfrage.ungefiltert().query(),
        hinweise=tuple(fehlersatz(t, einzeln) for einzeln in fehler),
        ohne_laufzeit=(
            t("liste.ohne_laufzeit", ergebnis.ohne_laufzeit) if ergebnis.ohne_laufzeit else ""
        ),
        eintraege=tuple(_eintrag(vorbereitet, ergebnis, zeile, t) for zeile in zeilen),
        erste=erste + 1,
        seite=nummer,
        seiten=seiten,
        vorige=_blatt(ziel, abfrage, nummer - 1) if nummer > 1 else None,
        naechste=_blatt(ziel, abfrage, nummer + 1) if nummer < seiten else None,
        ganze_karte=urls.karte(abfrage),
        handlungsfelder=_handlungsfelder(snapshot),
        zustand=_zustand(stand, t, ziel),
    )


def _eintrag(vorbereitet: Vorbereitet, ergebnis: Ergebnis, zeile: int, t: Katalog) -> Markup:
    if ergebnis.entfernung is None or not math.isfinite(meter := ergebnis.entfernung[zeile]):
        return vorbereitet.eintraege[zeile]
    return vorbereitet.mit_entfernung(zeile, entfernungstext(meter, t))


def entfernungstext(meter: float, t: Katalog) -> str:
    """Return a distance as people say it: to 10 m, from one kilometre on in tenths of one."""
    if meter < 1000:
        return t("liste.entfernung.m", meter=round(meter, -1))
    return t("liste.entfernung.km", km=round(meter / 1000, 1))


def _blatt(ziel: str, abfrage: Abfrage, nummer: int) -> str:
    query = abfrage.query()
    return f"{ziel}{query}{'&' if query else '?'}seite={nummer}"


def _handlungsfelder(snapshot: Snapshot) -> tuple[Handlungsfeld, ...]:
    return tuple(
        Handlungsfeld(code, eintrag["label"])
        for code, eintrag in snapshot.codelisten["handlungsfeld"].items()
    )


def _zustand(stand: Stand[Vorbereitet], t: Katalog, ziel: str) -> Markup:
    """Return the contract for the browser code as JSON that is safe inside ``<script>``."""
    snapshot = stand.snapshot
    blatt = {
        "sprache": t.sprache,
        "texte": t.auszug(*_TEXTE_FUER_BROWSER),
        "parameter": [
            {"name": p.name, "art": p.art, **({"werte": p.werte} if p.werte else {})}
            for p in PARAMETER
        ],
        "facetten_texte": {name: t(f"facette.{name}") for name in FACETTEN},
        "codes": {
            name: {
                code: {
                    "label": label,
                    "kurz": snapshot.codelisten.get(name, {}).get(code, {}).get("kurz") or "",
                }
                for code, label in stand.vorbereitet.labels[name].items()
            }
            for name in FACETTEN
        },
        "urls": {
            "index": urls.asset(snapshot.assets["index.json"]),
            "suche": urls.asset(snapshot.assets["suche.json"]),
            "api_projekt": urls.api_projekt("").removesuffix("/") + "/{id}",
            "projekt": urls.projekt("").removesuffix("/") + "/{id}",
            "stadtbezirk": urls.stadtbezirk("").removesuffix("/") + "/{code}",
        },
        "gesamt": len(snapshot.index),
        "basis": ziel,
    }
    sicher = orjson.dumps(blatt).decode()
    for zeichen in "<>&\u2028\u2029":
        sicher = sicher.replace(zeichen, f"\\u{ord(zeichen):04x}")
    return Markup(sicher)  # noqa: S704 - escaped just above
