"""What ``/aenderungen`` shows, to take away: CSV for offices, JSON for programs."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import orjson

from app.darstellung import Darstellung
from app.dateiherkunft import herkunftszeile
from app.neuigkeiten import nachricht
from app.protokoll import Meldung
from app.state import Abfrage
from app.urls import NEUTRAL
from app.zeitvergleich import Seit
from layers.formelschutz import schuetze
from layers.herkunft import herkunft

SPALTEN: Final = ("art", "id", "name", "feld", "alt", "neu", "zeit", "seite", "quelle")


@dataclass(frozen=True, slots=True)
class Auszug:
    """Messages, and what they are an extract of; ``basis`` is the service's public address."""

    d: Darstellung
    abfrage: Abfrage
    seit: Seit | None
    meldungen: tuple[Meldung, ...]
    basis: str

    @property
    def eigene(self) -> tuple[tuple[str, str], ...]:
        """The parameter that is not part of the state."""
        return self.seit.paare() if self.seit else ()


def als_csv(auszug: Auszug) -> bytes:
    """Return UTF-8 with BOM and ``;``, a row a field; no cell is run as a formula.

    Who is new or gone has one row without a field. ``zeit`` (ISO 8601) is when the change was
    published; empty in a comparison, where a row joins several.
    """
    puffer = io.StringIO()
    schreiber = csv.writer(puffer, delimiter=";", lineterminator="\r\n")
    schreiber.writerow(auszug.d.t(f"zeitvergleich.datei.{spalte}") for spalte in SPALTEN)
    for zeile in _zeilen(auszug):
        schreiber.writerow(map(schuetze, zeile))
    return puffer.getvalue().encode("utf-8-sig")


def _zeilen(auszug: Auszug) -> Iterator[tuple[str, ...]]:
    d = auszug.d
    seite = auszug.basis + d.urls.aenderungen(auszug.abfrage, auszug.eigene)
    quelle = herkunftszeile(d, "projekte", seite)
    for meldung in auszug.meldungen:
        n = nachricht(meldung, d)
        vorn = (n.art_text, meldung.id, meldung.name)
        zeit = "" if auszug.seit else meldung.zeit.isoformat()
        hinten = (zeit, auszug.basis + n.href if n.href else "", quelle)
        yield from (
            ((*vorn, a.titel, a.alt.text, a.neu.text, *hinten) for a in n.aenderungen)
            if n.aenderungen
            else ((*vorn, "", n.anmerkung, "", *hinten),)
        )


def als_json(auszug: Auszug) -> bytes:
    """Return the same with the codes and values of the data instead of words."""
    snapshot = auszug.d.snapshot
    woher = herkunft("projekte", snapshot.quellen)
    return orjson.dumps(
        {
            "seit": str(auszug.seit.von) if auszug.seit else None,
            "build": snapshot.id,
            "stand": snapshot.stand,
            "abfrage": NEUTRAL.aenderungen(auszug.abfrage, auszug.eigene),
            "lizenz": woher.lizenz.text if woher.lizenz else None,
            "quellen": [
                {name: q[name] for name in ("titel", "herausgeber", "lizenz", "stand")}
                for q in woher.quellen
            ],
            "anzahl": len(auszug.meldungen),
            "meldungen": [_objekt(meldung, auszug) for meldung in auszug.meldungen],
        }
    )


def _objekt(meldung: Meldung, auszug: Auszug) -> dict[str, Any]:
    vorhanden = meldung.id in auszug.d.snapshot.index.zeile
    return {
        "art": meldung.art,
        "id": meldung.id,
        "name": meldung.name,
        "zeit": None if auszug.seit else meldung.zeit.isoformat(),
        "felder": [{"feld": f, "alt": alt, "neu": neu} for f, alt, neu in meldung.felder],
        "unterbrochen": meldung.unterbrochen,
        "url": NEUTRAL.projekt(meldung.id) if vorhanden else None,
    }
