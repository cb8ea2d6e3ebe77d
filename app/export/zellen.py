"""The rows of an export in the columns of the editors' workbook, as texts that read back equal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from app.export.auszug import Auszug
from app.store import Snapshot
from layers.bezeichnung import eindeutige
from layers.tabellen import (
    BETEILIGTE,
    BRACHFLAECHEN,
    CODELISTEN,
    KENNZAHLEN,
    PLAETZE,
    PROJEKTE,
    STANDORTE,
    TRENNER,
    Art,
    Spalte,
    Tabelle,
)

_MEHRERE: Final = frozenset({Art.CODES, Art.NAMEN, Art.ORGANISATIONEN})
Zeile = list[str]


def zelltext(spalte: Spalte, wert: Any) -> str:  # noqa: ANN401  a value of a record
    """Return a value of a record as its source wrote it; nothing is an empty text."""
    if wert is None:
        return ""
    if spalte.art in _MEHRERE:
        return TRENNER.join(teil["name"] if isinstance(teil, Mapping) else teil for teil in wert)
    if spalte.art is Art.URLS:
        return " ".join(wert)
    if isinstance(wert, float) and wert.is_integer():
        return str(int(wert))
    return str(wert)


def tabellenzeilen(tabelle: Tabelle, records: Iterable[Mapping[str, Any]]) -> Iterator[Zeile]:
    """Yield the rows of a table, all columns that a source may have."""
    spalten = tabelle.lesespalten
    for record in records:
        yield [zelltext(spalte, record.get(spalte.name)) for spalte in spalten]


def blaetter(auszug: Auszug) -> dict[str, list[Zeile]]:
    """Return table → rows, the sheets of the workbook.

    Projects and their locations are those of the state; in a filtered state the organisations are
    those that take part in them. What a filter does not speak of is whole.
    """
    snapshot = auszug.snapshot
    records: dict[str, Iterable[Mapping[str, Any]]] = {
        PROJEKTE.name: auszug.projekte,
        STANDORTE.name: _standorte(auszug),
        PLAETZE.name: snapshot.orte[PLAETZE.name].values(),
        BRACHFLAECHEN.name: snapshot.orte[BRACHFLAECHEN.name].values(),
        BETEILIGTE.name: beteiligte(auszug),
        KENNZAHLEN.name: snapshot.kennzahlen,
    }
    tabellen = (PROJEKTE, STANDORTE, PLAETZE, BRACHFLAECHEN, BETEILIGTE, KENNZAHLEN)
    return {t.name: list(tabellenzeilen(t, records[t.name])) for t in tabellen}


def _standorte(auszug: Auszug) -> Iterator[Mapping[str, Any]]:
    for projekt in auszug.projekte:
        for ort in projekt["standorte"]:
            yield {**ort, "projekt_id": projekt["id"]}


def beteiligte(auszug: Auszug) -> list[Mapping[str, Any]]:
    """Return the organisations (records of the list) that take part in the projects of a state."""
    alle = auszug.snapshot.codelisten[BETEILIGTE.name].values()
    if not auszug.abfrage.filtert:
        return list(alle)
    namen = {
        organisation["name"]
        for projekt in auszug.projekte
        for rolle in ("traeger", "partner")
        for organisation in projekt[rolle]
    }
    return [eintrag for eintrag in alle if eintrag["name"] in namen]


def codelisten(snapshot: Snapshot) -> dict[str, list[dict[str, str]]]:
    """Return the code lists as their tables hold them: name of the table → rows by column."""
    return {
        liste.name: [
            {name: eintrag.get(name) or "" for name in liste.lesenamen}
            for eintrag in snapshot.codelisten[liste.name.removeprefix("codelisten/")].values()
        ]
        for liste in CODELISTEN
    }


def beschriftungen(snapshot: Snapshot) -> dict[str, dict[str, str]]:
    """Return code list → code → what an editor reads for it."""
    return {
        liste.name.removeprefix("codelisten/"): eindeutige(
            (e["code"], e["label"], e.get("kurz") or "")
            for e in snapshot.codelisten[liste.name.removeprefix("codelisten/")].values()
        )
        for liste in CODELISTEN
    }


def mit_bezeichnung(spalte: Spalte, text: str, labels: Mapping[str, Mapping[str, str]]) -> str:
    """Return a cell with its codes as labels, the way the workbook shows them."""
    if not text or spalte.art not in (Art.CODE, Art.CODES):
        return text
    label = labels.get(spalte.liste or "", {})
    return TRENNER.join(label.get(teil, teil) for teil in text.split(TRENNER))


def gefuellte(tabelle: Tabelle, records: Sequence[Mapping[str, Any]]) -> tuple[Spalte, ...]:
    """Return the columns of a table for a file in which nothing can be folded away.

    Of the translations only those in which some record says something; what a build does not
    publish (pictures) is not among them.
    """
    return tuple(
        spalte
        for spalte in tabelle.spalten
        if not spalte.sprache or any(record.get(spalte.name) for record in records)
    )
