"""Provenance: who published each table, under which licence, as of when.

In ``geodata/`` it stands in ``quellen.toml``, in a workbook on the sheet "Quellen". Of a table that
comes without, the file and its day are all that is known, and that is what is published.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pandas as pd

from layers.befund import Befund, Code
from layers.tabellen import CODELISTEN, Art, Spalte, Tabelle
from layers.ueberschriften import BLAETTER, QUELLEN_BLATT, blatttitel

DATEI: Final = "quellen.toml"
_PFLICHT: Final = ("datei", "titel", "herausgeber", "stand")
HERKUNFT: Final = Tabelle(
    QUELLEN_BLATT,
    (
        Spalte(
            "tabelle",
            Art.WAHL,
            pflicht=True,
            werte=tuple(blatttitel(name) for name in BLAETTER if name != QUELLEN_BLATT),
        ),
        Spalte("titel"),
        Spalte("herausgeber"),
        Spalte("lizenz"),
        Spalte("stand", Art.DATUM),
        Spalte("abgerufen", Art.DATUM),
        Spalte("url", Art.URLS),
        Spalte("hinweis"),
    ),
    schluessel="tabelle",
    pflicht=False,
)
"""The sheet "Quellen": a row says where another sheet comes from."""


@dataclass(frozen=True, slots=True)
class Quelle:
    """Provenance of one file or folder of ``geodata/``; an empty text is not documented.

    ``stand`` and ``abgerufen`` are ISO dates, as exact as they are known; ``lizenz`` is the
    short name of a licence.
    """

    datei: str
    titel: str
    herausgeber: str
    lizenz: str = ""
    stand: str = ""
    abgerufen: str = ""
    url: str = ""
    hinweis: str = ""


def lies(geodata: Path) -> tuple[tuple[Quelle, ...], tuple[Befund, ...]]:
    """Read ``quellen.toml``; what is wrong with it comes back as findings."""
    try:
        inhalt = tomllib.loads((geodata / DATEI).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return (), (Befund(Code.DATEI_FEHLT, DATEI),)
    except OSError as fehler:
        return (), (Befund(Code.DATEI_UNLESBAR, DATEI, werte={"grund": type(fehler).__name__}),)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fehler:
        return (), (Befund(Code.TOML_FEHLERHAFT, DATEI, werte={"grund": str(fehler)}),)
    eintraege = inhalt.get("quelle", [])
    if not isinstance(eintraege, list) or not all(isinstance(e, dict) for e in eintraege):
        return (), (Befund(Code.TOML_FEHLERHAFT, DATEI, werte={"grund": "[[quelle]]"}),)
    befunde = tuple(befund for eintrag in eintraege for befund in _unvollstaendig(eintrag))
    return tuple(_quelle(eintrag) for eintrag in eintraege), befunde


def _quelle(eintrag: dict[str, Any]) -> Quelle:
    return Quelle(**{feld.name: str(eintrag.get(feld.name, "")) for feld in fields(Quelle)})


def eintrag_fuer(tabelle: Tabelle) -> str:
    """Return the name under which the provenance of a table is kept: its file or its folder."""
    ordner, _, _ = tabelle.name.partition("/")
    return ordner if tabelle in CODELISTEN else tabelle.datei


def blatt_zu(eintrag: str) -> str:
    """Return the name of the sheet that holds what an entry is about."""
    return blatttitel(eintrag.removesuffix(".csv"))


@dataclass(frozen=True, slots=True)
class Lieferung:
    """A table that did not come out of ``geodata/``: from which file, and its day."""

    datei: str
    tag: date


def zusammen(
    bekannte: Sequence[Quelle],
    geliefert: Mapping[str, Lieferung],
    blatt: pd.DataFrame | None,
) -> tuple[tuple[Quelle, ...], list[Befund]]:
    """Return the provenance of what is published, and what the source does not say about itself.

    Parameters
    ----------
    bekannte
        The entries of ``geodata/quellen.toml``.
    geliefert
        Entry → what the source brings in its place.
    blatt
        The good rows of the sheet "Quellen", typed; None without one.
    """
    alle = {quelle.datei: quelle for quelle in bekannte}
    genannt = (
        {} if blatt is None else {zeile["tabelle"]: zeile for zeile in blatt.to_dict("records")}
    )
    offen: dict[Lieferung, list[str]] = {}
    for eintrag, lieferung in geliefert.items():
        name = blatt_zu(eintrag)
        titel = alle[eintrag].titel if eintrag in alle else name
        vorgabe = Quelle(eintrag, titel, lieferung.datei, stand=lieferung.tag.isoformat())
        zeile = genannt.get(name, {})
        if zeile.get("herausgeber"):
            alle[eintrag] = _ausgefuellt(vorgabe, zeile)
        else:
            alle[eintrag] = vorgabe
            offen.setdefault(lieferung, []).append(name)
    return tuple(alle.values()), [
        Befund(
            Code.QUELLE_AUS_DATEI,
            lieferung.datei,
            werte={"tabellen": ", ".join(namen), "tag": lieferung.tag.isoformat()},
        )
        for lieferung, namen in offen.items()
    ]


def _ausgefuellt(vorgabe: Quelle, zeile: Mapping[Any, Any]) -> Quelle:
    """Return the entry as the sheet has it; title and Stand may be left to the file."""
    return replace(
        vorgabe,
        titel=zeile["titel"] or vorgabe.titel,
        herausgeber=zeile["herausgeber"],
        lizenz=zeile["lizenz"],
        stand=zeile["stand"] or vorgabe.stand,
        abgerufen=zeile["abgerufen"],
        url=" ".join(zeile["url"][:1]),
        hinweis=zeile["hinweis"],
    )


def _unvollstaendig(eintrag: dict[str, Any]) -> Iterable[Befund]:
    for feld in _PFLICHT:
        if not str(eintrag.get(feld, "")).strip():
            datei = str(eintrag.get("datei", ""))
            yield Befund(
                Code.QUELLE_UNVOLLSTAENDIG, DATEI, spalte=feld, wert=datei, werte={"fuer": datei}
            )


def ohne_herkunft(quellen: Iterable[Quelle], tabellen: Iterable[Tabelle]) -> list[Befund]:
    """Return a finding for every table whose file or folder has no entry."""
    belegt = {quelle.datei for quelle in quellen}
    return [
        Befund(Code.QUELLE_FEHLT, DATEI, werte={"fuer": tabelle.datei})
        for tabelle in tabellen
        if not {tabelle.datei, eintrag_fuer(tabelle)} & belegt
    ]
