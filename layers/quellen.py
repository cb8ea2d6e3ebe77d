"""Provenance: who published each file of ``geodata/``, under which licence, as of when."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from layers.befund import Befund, Code
from layers.tabellen import Tabelle

DATEI: Final = "quellen.toml"
_PFLICHT: Final = ("datei", "titel", "herausgeber", "stand")


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
        if not {tabelle.datei, tabelle.name.split("/", maxsplit=1)[0]} & belegt
    ]
