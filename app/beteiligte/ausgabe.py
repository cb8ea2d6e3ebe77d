"""What the page shows, to take away: CSV, JSON, and what the workbook is made of."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson

from app.beteiligte.auswahl import Auswahl, Wahl, Zeile
from app.beteiligte.liste import bezirkscodes
from app.beteiligte.mitwirkung import ROLLEN
from app.darstellung import Darstellung
from app.dateiherkunft import herkunftszeile, quellensaetze
from app.state import Abfrage
from app.urls import NEUTRAL
from layers.formelschutz import schuetze
from layers.herkunft import herkunft

_BOM: Final = "\ufeff"
"""Without it German spreadsheets read UTF-8 as something else."""
_TRENNER: Final = " | "
_EBENE: Final = "projekte"
"""Who takes part is counted over projects: both their sources are named."""
SPALTEN: Final = (
    "name",
    "code",
    "art",
    "varianten",
    "projekte",
    "traeger",
    "partner",
    "traeger_von",
    "partner_bei",
    "stadtbezirke",
    "seite",
)


@dataclass(frozen=True, slots=True)
class Auszug:
    """A selection, and what it is an extract of; ``basis`` is the service's public address."""

    d: Darstellung
    abfrage: Abfrage
    wahl: Wahl
    auswahl: Auswahl
    basis: str

    @property
    def adresse(self) -> str:
        """The page that shows the same."""
        return self.basis + self.d.urls.beteiligte(self.abfrage, self.wahl.paare())

    @property
    def zeilen(self) -> tuple[Zeile, ...]:
        """The organisations, then the descriptions, as on the page."""
        return (*self.auswahl.organisationen, *self.auswahl.beschreibungen)


def tabelle(auszug: Auszug) -> Iterator[list[str | int]]:
    """Yield the headings, then one row for each organisation or description."""
    t = auszug.d.t
    yield [t(f"beteiligte.datei.{name}") for name in SPALTEN]
    for zeile in auszug.zeilen:
        yield list(_werte(zeile, auszug).values())


def _werte(zeile: Zeile, auszug: Auszug) -> dict[str, str | int]:
    d, wer = auszug.d, zeile.wer
    namen = d.labels.facetten["stadtbezirk"]
    genannt = {
        rolle: _TRENNER.join(d.snapshot.projekte[z]["name"] for z in zeile.rollen[rolle])
        for rolle in ROLLEN
    }
    werte: tuple[str | int, ...] = (
        wer.name,
        wer.code,
        d.t(f"beteiligte.art.{wer.art}"),
        _TRENNER.join(wer.varianten),
        len(zeile.zeilen),
        len(zeile.rollen["traeger"]),
        len(zeile.rollen["partner"]),
        genannt["traeger"],
        genannt["partner"],
        _TRENNER.join(namen[code] for code in bezirkscodes(zeile.zeilen, d)),
        auszug.basis + d.urls.beteiligter(wer.code) if wer.code else "",
    )
    return dict(zip(SPALTEN, werte, strict=True))


def als_csv(auszug: Auszug) -> bytes:
    """Return UTF-8 with BOM and ``;``; no cell is run as a formula; every row says its source."""
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, delimiter=";", lineterminator="\r\n")
    quelle = herkunftszeile(auszug.d, _EBENE, auszug.adresse)
    for nummer, zeile in enumerate(tabelle(auszug)):
        woher = quelle if nummer else auszug.d.t("daten.datei.quelle")
        schreiber.writerow(
            [wert if isinstance(wert, int) else schuetze(wert) for wert in (*zeile, woher)]
        )
    return (_BOM + puffer.getvalue()).encode()


def als_mappe(auszug: Auszug) -> dict[str, Any]:
    """Return what `app.tabellenmappe` makes the workbook of."""
    t = auszug.d.t
    return {
        "titel": t("beteiligte.titel"),
        "zeilen": list(tabelle(auszug)),
        "summe": False,
        "angaben_titel": t("auswertung.datei.angaben"),
        "angaben": [
            [t("beteiligte.titel"), t("seite.titel")],
            [t("beteiligte.datei.stand"), auszug.d.snapshot.stand],
            [t("beteiligte.datei.abfrage"), auszug.adresse],
            *([t("seite.quellen"), satz] for satz in quellensaetze(auszug.d, _EBENE)),
        ],
        "von_rechts": t.sprache.richtung == "rtl",
    }


def als_json(auszug: Auszug) -> bytes:
    """Return the same for programs: codes instead of labels, ids of projects instead of names."""
    d = auszug.d
    woher = herkunft(_EBENE, d.snapshot.quellen).mitglieder()
    return orjson.dumps(
        {
            "anzahl": len(auszug.auswahl.organisationen),
            "projekte": auszug.auswahl.projekte,
            "stand": d.snapshot.stand,
            "build": d.snapshot.id,
            **{name: wert for name, wert in woher.items() if name != "stand"},
            "abfrage": NEUTRAL.beteiligte(auszug.abfrage, auszug.wahl.paare()),
            "organisationen": [_objekt(z, d) for z in auszug.auswahl.organisationen],
            "beschreibungen": [_objekt(z, d) for z in auszug.auswahl.beschreibungen],
        }
    )


def _objekt(zeile: Zeile, d: Darstellung) -> dict[str, Any]:
    wer, ids = zeile.wer, d.snapshot.index.ids
    return {
        "code": wer.code or None,
        "name": wer.name,
        "art": wer.art,
        "varianten": list(wer.varianten),
        "projekte": len(zeile.zeilen),
        **{rolle: [ids[z] for z in zeile.rollen[rolle]] for rolle in ROLLEN},
        "stadtbezirke": list(bezirkscodes(zeile.zeilen, d)),
        "url": NEUTRAL.beteiligter(wer.code) if wer.code else None,
    }
