"""The context of every page, typed; templates show it and compute nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal
from urllib.parse import urlencode

import orjson
from markupsafe import Markup

from app.darstellung import Darstellung, Vorbereitet
from app.ergebnisliste import Liste, ergebnisliste
from app.errors import satz as fehlersatz
from app.filterform import Filterform, filterform
from app.fundtexte import FELDER
from app.grundkarten.angebot import Angebote, fuer_browser
from app.kacheln.browser import projektkacheln
from app.query import Ergebnis, suche
from app.satz import chips, satz
from app.seitentexte import SEITEN as TEXTSEITEN
from app.sprachen import SPRACHEN
from app.state import FACETTEN, PARAMETER, Abfrage, Parameterfehler
from app.urls import RAHMEN, Paare, Urls
from layers.herkunft import EBENEN, Ebene

EXPORTE: Final = ("xlsx", "pdf", "csv", "geojson", "gpkg")
"""Files a result can be taken away as, in the order in which they are offered."""
_TEXTE_FUER_BROWSER: Final = (
    "web.",
    "satz.",
    "facette.",
    "liste.",
    "filter.",
    "karte.",
    "zeitraum.",
    "naehe.",
    "ergebnis.",
    "grundkarte.",
    "teilen.",
    "ortspanel.",
)
Seitenart = Literal[
    "karte",
    "einbetten",
    "baukasten",
    "projekte",
    "steckbrief",
    "ort",
    "suche",
    "aenderungen",
    "beteiligte",
    "beteiligter",
    "zwischenbilanz",
    "auswertung",
    "bericht",
    "barrierefreiheit",
    "datenschutz",
    "impressum",
    "ogc",
    "fehler",
]


@dataclass(frozen=True, slots=True)
class Sprachlink:
    """The same page in another language."""

    code: str
    lang: str
    name: str
    href: str
    gewaehlt: bool


@dataclass(frozen=True, slots=True)
class Seite:
    """What every page shows: what the map is, how much it knows, as of when.

    ``melden`` is the prepared e-mail about a barrier on it, empty without a mailbox.
    """

    art: Seitenart
    assets: Mapping[str, str]
    skript: str
    zahlen: Mapping[str, Any]
    quellen: Sequence[Mapping[str, Any]]
    stand: str
    ungeprueft: bool
    sprachen: tuple[Sprachlink, ...]
    melden: str
    textseiten: tuple[str, ...] = TEXTSEITEN
    ebenen: tuple[Ebene, ...] = tuple(EBENEN.values())


@dataclass(frozen=True, slots=True)
class ChipLink:
    """An active filter and the address without it."""

    name: str
    wert: str
    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Exportlink:
    """The result as a file; its words stand in the catalogue under ``export.<endung>``."""

    endung: str
    href: str


@dataclass(frozen=True, slots=True)
class Handlungsfeld:
    """A row of the legend."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Rahmen:
    """How the map stands in an iframe.

    Attributes
    ----------
    ansicht
        ``beides``, ``karte`` or ``liste``.
    waechst
        Whether the frame takes the height of its content.
    duerfen
        The CSP sources that may frame it: those it talks to.
    liste
        The same state as a page of its own.
    """

    ansicht: str
    waechst: bool
    duerfen: tuple[str, ...]
    liste: str


@dataclass(frozen=True, slots=True)
class Ergebnisansicht:
    """List, filters and words of one state; the context of map, list and iframe.

    ``rahmen`` only where the page stands in one. ``index`` is the address of the index that its
    script asks for, empty where the map draws tiles and the server filters.
    """

    form: Filterform
    ziel: str
    satz: str
    chips: tuple[ChipLink, ...]
    zuruecksetzen: str
    hinweise: tuple[str, ...]
    ohne_laufzeit: str
    ohne_ort: str
    liste: Liste
    vorige: str | None
    naechste: str | None
    ganze_karte: str
    neues: str
    exporte: tuple[Exportlink, ...]
    auswertung: str
    baukasten: str
    handlungsfelder: tuple[Handlungsfeld, ...]
    zustand: Markup
    index: str
    rahmen: Rahmen | None = None


def seite(
    art: Seitenart,
    d: Darstellung,
    vorbereitet: Vorbereitet,
    pfad: str,
    abfrage: Abfrage,
    *,
    auch: Paare = (),
    melden: str,
) -> Seite:
    """Return the frame of a page.

    Parameters
    ----------
    pfad, abfrage, auch
        Where the page is, its state and its own parameters: what the links to the other
        languages keep.
    melden
        See `app.seitentexte.melden`.
    """
    snapshot = d.snapshot
    gewaehlt = d.t.sprache.code
    return Seite(
        art=art,
        assets=snapshot.assets,
        skript=snapshot.assets.get(f"seite.{gewaehlt}.js", ""),
        zahlen={**snapshot.zahlen, "nordwaerts_projekte": vorbereitet.nordwaerts_projekte},
        quellen=snapshot.quellen,
        stand=snapshot.stand,
        ungeprueft=d.ungeprueft,
        sprachen=tuple(
            Sprachlink(
                s.code,
                s.lang,
                s.name,
                Urls(s.code).seite(pfad, replace(abfrage, sprache=None), auch),
                s.code == gewaehlt,
            )
            for s in SPRACHEN.values()
        ),
        melden=melden,
    )


def ergebnisansicht(
    d: Darstellung,
    abfrage: Abfrage,
    ergebnis: Ergebnis,
    fehler: Sequence[Parameterfehler],
    *,
    ziel: str,
    nummer: int = 1,
    grundkarten: Angebote | None = None,
    grundkarte: str = "",
    kacheln_ab: int | None = None,
) -> Ergebnisansicht:
    """Return the context of a page that shows a result.

    Parameters
    ----------
    ziel
        Path that the form and the chips lead to: ``/``, ``/projekte`` or ``/einbetten``.
    nummer
        Which page of the list, from 1; beyond the end it is the last one.
    grundkarten, grundkarte
        What the map offers beside our areas, and what the address asks for.
    kacheln_ab
        From so many projects on the map draws tiles; None where there is no map.
    """
    t, urls, labels = d.t, d.urls, d.labels.facetten
    gesamt = len(d.snapshot.index)
    liste = ergebnisliste(d, abfrage, ergebnis, ziel=ziel, nummer=nummer)
    kacheln = projektkacheln(d, abfrage, kacheln_ab)
    return Ergebnisansicht(
        form=filterform(abfrage, ergebnis, d, ziel),
        ziel=ziel,
        satz=satz(abfrage, ergebnis.anzahl, gesamt, t, labels),
        chips=tuple(
            ChipLink(chip.name, chip.wert, chip.text, urls.seite(ziel, chip.ohne))
            for chip in chips(abfrage, t, labels)
        ),
        zuruecksetzen=urls.seite(ziel, abfrage.ungefiltert()),
        hinweise=tuple(fehlersatz(t, einzeln) for einzeln in fehler),
        ohne_laufzeit=(
            t("liste.ohne_laufzeit", ergebnis.ohne_laufzeit) if ergebnis.ohne_laufzeit else ""
        ),
        ohne_ort=_ohne_ort(d, abfrage),
        liste=liste,
        vorige=_blatt(d, ziel, abfrage, liste.seite - 1) if liste.seite > 1 else None,
        naechste=(
            _blatt(d, ziel, abfrage, liste.seite + 1) if liste.seite < liste.seiten else None
        ),
        ganze_karte=urls.karte(abfrage),
        neues=urls.aenderungen(replace(abfrage, sort=None, projekt=None)),
        exporte=tuple(
            Exportlink(endung, urls.export(endung, replace(abfrage, projekt=None)))
            for endung in EXPORTE
        ),
        auswertung=urls.auswertung(replace(abfrage, sort=None, projekt=None)),
        handlungsfelder=_handlungsfelder(d),
        baukasten=urls.baukasten(replace(abfrage, sort=None, projekt=None)),
        zustand=_zustand(d, ziel, grundkarten or Angebote(), grundkarte, kacheln),
        index="" if kacheln else urls.asset(d.snapshot.assets["index.bin"]),
    )


def _ohne_ort(d: Darstellung, abfrage: Abfrage) -> str:
    """Return how many projects a map section leaves out because no location is known."""
    if abfrage.bbox is None or abfrage.lage == "mit":
        return ""
    anzahl = suche(d.index, replace(abfrage, bbox=None, lage="ohne")).anzahl
    return d.t("ortspanel.ohne_ort", anzahl) if anzahl else ""


def _blatt(d: Darstellung, ziel: str, abfrage: Abfrage, nummer: int) -> str:
    adresse = d.urls.seite(ziel, abfrage)
    return f"{adresse}{'&' if '?' in adresse else '?'}seite={nummer}"


def _handlungsfelder(d: Darstellung) -> tuple[Handlungsfeld, ...]:
    return tuple(
        Handlungsfeld(code, label) for code, label in d.labels.lang["handlungsfeld"].items()
    )


def _zustand(
    d: Darstellung,
    ziel: str,
    grundkarten: Angebote,
    grundkarte: str,
    kacheln: Mapping[str, Any] | None,
) -> Markup:
    """Return the contract for the browser code as JSON that is safe inside ``<script>``."""
    snapshot, t, urls = d.snapshot, d.t, d.urls
    blatt = {
        "sprache": t.sprache.code,
        "texte": t.auszug(*_TEXTE_FUER_BROWSER),
        "parameter": [
            {"name": p.name, "art": p.art, **({"werte": p.werte} if p.werte else {})}
            for p in PARAMETER
        ],
        "facetten_texte": {name: t(f"facette.{name}") for name in FACETTEN},
        "codes": d.labels.facetten,
        "felder": {feld: t(f"feld.{feld}") for feld in FELDER},
        "urls": {
            "index": urls.asset(snapshot.assets["index.bin"]),
            "suche": urls.asset(snapshot.assets["suche.bin"]),
            "gruppierung": urls.asset(snapshot.assets["gruppierung.js"]),
            "texte": [urls.asset(name) for name in _textdateien(snapshot.assets)],
            "orte": urls.suche(),
            "api_projekt": _muster(urls.api_projekt, "id"),
            "projekt": _muster(urls.projekt, "id"),
            "stadtbezirk": _muster(urls.stadtbezirk, "code"),
            "platz": _muster(urls.platz, "id"),
            "brachflaeche": _muster(urls.brachflaeche, "id"),
        },
        "gesamt": len(snapshot.index),
        "basis": ziel,
        "auch": urlencode(urls.rahmen) if ziel == RAHMEN else "",
        "grund": fuer_browser(grundkarten, t, snapshot.assets, grundkarte),
        "kacheln": kacheln,
    }
    return sicher(blatt)


def _textdateien(assets: Mapping[str, str]) -> list[str]:
    namen = (name for name in assets if name.startswith("texte-"))
    return [assets[name] for name in sorted(namen, key=lambda n: int(n[6:-5]))]


def _muster(adresse: Callable[[str], str], name: str) -> str:
    """Return an address with a place for a key: ``/projekte/{id}?sprache=en``."""
    return adresse("0").replace("/0", f"/{{{name}}}")


def sicher(inhalt: object) -> Markup:
    """Return data as JSON that cannot end the ``<script>`` it stands in."""
    text = orjson.dumps(inhalt).decode()
    for zeichen in "<>&\u2028\u2029":
        text = text.replace(zeichen, f"\\u{ord(zeichen):04x}")
    return Markup(text)  # noqa: S704 - escaped just above
