"""The programme's own figures of 2021, beside what this map documents; never one out of both.

The two count different things: the programme all of its Teilprojekte, the map what is documented
in public. So every Bereich has two parts, and nothing is added, subtracted or divided across them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from babel.numbers import format_currency, format_decimal

from app.darstellung import Darstellung, Text, Vorbereitet
from app.felder import Teil
from app.katalog import Katalog
from app.query import suche
from app.state import Abfrage
from app.vorlagen import datum

GESAMT: Final = "gesamt"
ORGANISATION: Final = "projektorganisation"
"""Bereiche of the figures that are no Wirkungsfeld."""
_NACHWEIS: Final = "laut_zwischenbericht_2021"
_ZEITBEZUG: Final = re.compile(r"(?:(bis|seit) )?(\d{4})")
_QUALIFIKATION: Final = {"rund": "rund", "mehr als": "mehr-als", "geplant": "geplant"}
_ALS_WORT: Final = {"Plätze": "plaetze", "Personen": "personen", "ha": "ha", "Prozent": "prozent"}


@dataclass(frozen=True, slots=True)
class Kennzahl:
    """A figure of the programme as it was published.

    Attributes
    ----------
    wert
        With its unit and its qualification ("rund", "mehr als", "geplant").
    zeit
        What time it is about, in words; says so where the source does not tell.
    adresse
        Where it stands, empty if the source is a document without an address.
    """

    id: str
    wert: Text
    text: Text
    zeit: Text
    quelle: Text
    adresse: str


@dataclass(frozen=True, slots=True)
class Bereich:
    """One subject: what the programme said, what the map counts.

    Attributes
    ----------
    worte
        What the interim report says about it without a figure; may be empty.
    gezaehlt
        Figures of the map, each a link to what it counts.
    """

    code: str
    titel: str
    kennzahlen: tuple[Kennzahl, ...]
    worte: Text
    gezaehlt: tuple[Teil, ...]
    status: tuple[Teil, ...]


@dataclass(frozen=True, slots=True)
class Zwischenbilanz:
    """The context of ``zwischenbilanz.html``; ``programm`` and ``karte`` name the two parts."""

    programm: str
    karte: str
    warum: str
    bereiche: tuple[Bereich, ...]


def zwischenbilanz(d: Darstellung, vorbereitet: Vorbereitet) -> Zwischenbilanz:
    """Return the context: all Bereiche in the order of their code list."""
    t, zahlen = d.t, d.snapshot.zahlen
    belegt = vorbereitet.nordwaerts_projekte
    return Zwischenbilanz(
        programm=t("zwischenbilanz.programm", stand=datum(_stand(d), t)),
        karte=t("zwischenbilanz.karte", stand=datum(d.snapshot.stand, t)),
        warum=t(
            "zwischenbilanz.warum",
            gesamt=zahlen["teilprojekte_gesamt"],
            belegt=belegt,
            umfeld=zahlen["projekte"] - belegt,
        ),
        bereiche=tuple(
            _bereich(code, d, vorbereitet) for code in d.snapshot.codelisten["kennzahlbereich"]
        ),
    )


def _stand(d: Darstellung) -> str:
    return str(next(q["stand"] for q in d.snapshot.quellen if q["datei"] == "kennzahlen.csv"))


def _bereich(code: str, d: Darstellung, vorbereitet: Vorbereitet) -> Bereich:
    feld: Mapping[str, Any] = d.snapshot.codelisten["wirkungsfeld"].get(code, {})
    return Bereich(
        code=code,
        titel=d.labels.lang["kennzahlbereich"][code],
        kennzahlen=tuple(_kennzahl(k, d) for k in d.snapshot.kennzahlen if k["bereich"] == code),
        worte=d.uebersetzt(feld, _NACHWEIS),
        gezaehlt=tuple(_gezaehlt(code, d, vorbereitet)),
        status=tuple(_status(_abfrage(code), d)) if code != ORGANISATION else (),
    )


def _abfrage(code: str) -> Abfrage:
    return Abfrage() if code == GESAMT else Abfrage(facetten={"wirkungsfeld": (code,)})


def _gezaehlt(code: str, d: Darstellung, vorbereitet: Vorbereitet) -> Iterator[Teil]:
    t = d.t
    if code == ORGANISATION:
        anzahl = len(vorbereitet.mitwirkung.organisationen)
        yield Teil(t("zwischenbilanz.organisationen", anzahl), d.urls.beteiligte())
        return
    abfrage = _abfrage(code)
    yield Teil(t("zwischenbilanz.projekte", _anzahl(abfrage, d)), d.urls.liste(abfrage))
    if code == GESAMT:
        belegt = Abfrage(facetten={"liste": ("nordwaerts-projekt",)})
        yield Teil(t("zwischenbilanz.belegt", _anzahl(belegt, d)), d.urls.liste(belegt))


def _anzahl(abfrage: Abfrage, d: Darstellung) -> int:
    return suche(d.snapshot.index, abfrage).anzahl


def _status(abfrage: Abfrage, d: Darstellung) -> Iterator[Teil]:
    """Yield how many of these projects have which status, those that none has left out."""
    gezaehlt = suche(d.snapshot.index, abfrage).facetten["status"]
    for (code, label), anzahl in zip(
        d.labels.facetten["status"].items(), gezaehlt.astype(np.int64).tolist(), strict=True
    ):
        if anzahl:
            facetten = {**abfrage.facetten, "status": (code,)}
            text = d.t("zwischenbilanz.status", status=label, anzahl=anzahl)
            yield Teil(text, d.urls.liste(Abfrage(facetten=facetten)))


def _kennzahl(kennzahl: Mapping[str, Any], d: Darstellung) -> Kennzahl:
    quelle = kennzahl["quelle"]
    return Kennzahl(
        id=kennzahl["id"],
        wert=_wert(kennzahl, d),
        text=d.uebersetzt(kennzahl, "kennzahl"),
        zeit=_zeit(kennzahl["zeitbezug"], d),
        quelle=d.deutsch(quelle),
        adresse=quelle if quelle.startswith(("https://", "http://")) else "",
    )


def _wert(kennzahl: Mapping[str, Any], d: Darstellung) -> Text:
    """Return value, unit and qualification; words that the catalogue lacks stay German."""
    t, einheit, wie = d.t, kennzahl["einheit"], kennzahl["qualifikation"]
    zahl = _zahl(kennzahl["wert"], einheit, t)
    if wie is None:
        return Text(zahl)
    if schluessel := _QUALIFIKATION.get(wie):
        return Text(t(f"zwischenbilanz.{schluessel}", wert=zahl))
    return d.deutsch(f"{wie} {zahl}")


def _zahl(wert: float, einheit: str, t: Katalog) -> str:
    if einheit == "EUR":
        return format_currency(wert, "EUR", "#,##0 ¤", locale=t.locale)
    zahl = format_decimal(wert, "#,##0.##", locale=t.locale)
    if schluessel := _ALS_WORT.get(einheit):
        return t(f"zwischenbilanz.einheit.{schluessel}", wert=zahl)
    return zahl if einheit == "Anzahl" else f"{zahl} {einheit}"


def _zeit(zeitbezug: str | None, d: Darstellung) -> Text:
    """Return the time a figure is about: a year, up to or since one, an aim, or none stated."""
    t = d.t
    if not zeitbezug:
        return Text(t("zwischenbilanz.ohne_zeit"))
    if zeitbezug == "Ziel":
        return Text(t("zwischenbilanz.ziel"))
    gefunden = _ZEITBEZUG.fullmatch(zeitbezug)
    if gefunden is None:
        return d.deutsch(zeitbezug)
    wie, jahr = gefunden.groups()
    return Text(t(f"zwischenbilanz.{wie}", jahr=jahr) if wie else jahr)
