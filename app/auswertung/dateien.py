"""The cross-table as files: CSV for German offices, and the content of a workbook."""

import csv
import io
from collections.abc import Iterator
from typing import Any, Final

from app.auswertung.ansicht import kostensatz
from app.auswertung.tabelle import Auszaehlung
from app.auswertung.wahl import Wahl
from app.auswertung.worte import Wert
from app.darstellung import Darstellung
from app.dateiherkunft import herkunftszeile, quellensaetze
from app.satz import satz
from app.state import Abfrage
from app.vorlagen import datum
from layers.formelschutz import schuetze

MEDIENTYP: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def als_csv(d: Darstellung, abfrage: Abfrage, wahl: Wahl, a: Auszaehlung, basis: str) -> bytes:
    """Return the table in UTF-8 with BOM, separated by semicolons; every row says its source."""
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, delimiter=";", lineterminator="\r\n")
    woher = herkunftszeile(d, "projekte", basis + d.urls.auswertung(abfrage, wahl.paare()))
    for nummer, zeile in enumerate(zeilen(d, wahl, a)):
        quelle = woher if nummer else d.t("daten.datei.quelle")
        schreiber.writerow(
            schuetze(wert) if isinstance(wert, str) else wert for wert in (*zeile, quelle)
        )
    return puffer.getvalue().encode("utf-8-sig")


def zeilen(d: Darstellung, wahl: Wahl, a: Auszaehlung) -> Iterator[tuple[str | int, ...]]:
    """Yield header, rows and totals.

    With costs a column becomes three: what is known, of how many projects, out of how many.
    """
    t = d.t
    namen = (*a.spalten.labels, t("auswertung.summe"))
    if wahl.mass == "kosten":
        arten = ("kosten", "bekannt", "projekte")
        namen = tuple(t(f"auswertung.datei.{art}", spalte=name) for name in namen for art in arten)
    yield (t(f"facette.{wahl.zeilen}"), *namen)
    for label, werte in a.reihen():
        yield (label, *_zahlen(wahl, werte))
    yield (t("auswertung.summe"), *_zahlen(wahl, a.summen()))


def _zahlen(wahl: Wahl, werte: tuple[Wert, ...]) -> Iterator[str | int]:
    for wert in werte:
        if wahl.mass == "anzahl":
            yield wert.anzahl
        else:
            # an empty cell, not 0: nothing is known
            yield from (wert.kosten if wert.bekannt else "", wert.bekannt, wert.anzahl)


def als_mappe(
    d: Darstellung, abfrage: Abfrage, wahl: Wahl, a: Auszaehlung, basis: str
) -> dict[str, Any]:
    """Return what ``python -m app.tabellenmappe`` writes: the table, and where it is from."""
    t = d.t
    gesamt = len(d.snapshot.index)
    facetten = {art: t(f"facette.{getattr(wahl, art)}") for art in ("zeilen", "spalten")}
    angaben = [
        t(f"auswertung.tafel.{wahl.mass}", **facetten),
        satz(abfrage, a.gesamt.anzahl, gesamt, t, d.labels.facetten),
        kostensatz(d, a.gesamt),
        t("seite.stand", stand=datum(d.snapshot.stand, t)),
        t("seite.redaktionell"),
        *quellensaetze(d, "projekte"),
        basis + d.urls.auswertung(abfrage, wahl.paare()),
    ]
    return {
        "titel": t("auswertung.titel"),
        "angaben_titel": t("auswertung.datei.angaben"),
        "von_rechts": t.sprache.richtung == "rtl",
        "zeilen": list(zeilen(d, wahl, a)),
        "summe": True,
        "angaben": [[angabe] for angabe in angaben],
    }
