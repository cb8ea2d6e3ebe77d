"""Put what people wrote into the form of ``geodata/``, column by column, and say so.

Labels are taken for their codes without a word; everything else that is understood gives a
finding with the value it was read as. What is not understood is left for the check.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pandas as pd

from layers.befund import Befund, Code
from layers.deutung import datum, zahl
from layers.tabellen import TRENNER, Art, Spalte, Tabelle
from layers.ueberschriften import vergleichsform
from layers.zellen import Woerterbuch, je_wert

_PLATZHALTER: Final = frozenset(
    {"-", "--", "–", "—", "/", "?", "k.a.", "k. a.", "keine angabe", "n/a", "n.n.", "#n/v"}
)
"""What people write for "nothing"; "unbekannt" is left, it may be meant as a word."""
_TRENNER: Final = re.compile(r"\s*[|;,\n]\s*")
_TRENNER_NAMEN: Final = re.compile(r"\s*[|;\n]\s*")
_ADRESSEN: Final = re.compile(r"[\s|;,]+(?=https?://)|\s+")
_ISO_ZAHL: Final = re.compile(r"-?\d+(\.\d+)?")
_ISO_GANZZAHL: Final = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Deutung:
    """What a text was read as; ``code`` is the finding about it, None if there is none."""

    text: str
    code: Code | None = None


Deuter = Callable[[str], Deutung]


def deute(
    tabelle: Tabelle, rahmen: pd.DataFrame, woerterbuch: Woerterbuch
) -> tuple[pd.DataFrame, list[Befund]]:
    """Return the raw table in the form of ``geodata/`` and what was understood.

    Parameters
    ----------
    rahmen
        Raw table without surrounding space (texts, ``""`` = empty; index: line in the file).
    """
    spalten: dict[str, Any] = {}
    befunde: list[Befund] = []
    for spalte in tabelle.lesespalten:
        texte = rahmen[spalte.name]
        mit_befund: list[Deutung] = []
        deuter = _mit_platzhalter(_deuter(spalte, woerterbuch), spalte)
        deutungen = je_wert(texte, _gemerkt(deuter, mit_befund))
        spalten[spalte.name] = [deutung.text for deutung in deutungen]
        if mit_befund:
            befunde += _befunde(tabelle, spalte, texte, deutungen)
    gedeutet = pd.DataFrame(spalten, index=rahmen.index, dtype=object)
    if {"beginn", "ende"} <= set(spalten):
        befunde += _laufzeit(tabelle, gedeutet)
    return gedeutet, befunde


def _befunde(
    tabelle: Tabelle,
    spalte: Spalte,
    texte: "pd.Series[Any]",
    deutungen: Any,  # noqa: ANN401
) -> Iterator[Befund]:
    for zeile, text, deutung in zip(texte.index, texte, deutungen, strict=True):
        if deutung.code:
            yield Befund(
                deutung.code,
                tabelle.datei,
                zeile=int(zeile),
                spalte=spalte.name,
                wert=text,
                werte={"vorschlag": deutung.text},
            )


def _gemerkt(deuter: Deuter, mit_befund: list[Deutung]) -> Deuter:
    """Let a reader keep what it reports: columns without any need not be gone through."""

    def deute_zelle(text: str) -> Deutung:
        deutung = deuter(text)
        if deutung.code:
            mit_befund.append(deutung)
        return deutung

    return deute_zelle


def _mit_platzhalter(deuter: Deuter, spalte: Spalte) -> Deuter:
    def deute_zelle(text: str) -> Deutung:
        if text.lower() in _PLATZHALTER and text not in spalte.werte:
            return Deutung("", Code.WERT_PLATZHALTER)
        return deuter(text) if text else Deutung("")

    return deute_zelle


def _deuter(spalte: Spalte, woerterbuch: Woerterbuch) -> Deuter:
    formen = woerterbuch.schreibweisen.get(spalte.liste or "", {})
    codes = woerterbuch.codes.get(spalte.liste or "", {})
    wahl = {vergleichsform(wort): wort for wort in spalte.werte}
    je_art: dict[Art, Deuter] = {
        Art.CODE: lambda text: Deutung(_code(text, codes, formen)),
        Art.CODES: lambda text: _codes(text, codes, formen),
        Art.WAHL: lambda text: Deutung(
            text if text in spalte.werte else wahl.get(vergleichsform(text), text)
        ),
        Art.ORGANISATIONEN: lambda text: _namen(text, woerterbuch),
        Art.URLS: _adressen,
        Art.DATUM: Deutung if spalte.name in ("beginn", "ende") else _datum,
        Art.ZAHL: partial(_zahl, ganz=False),
        Art.GANZZAHL: partial(_zahl, ganz=True),
    }
    return je_art.get(spalte.art, Deutung)


def _code(text: str, codes: Any, formen: Any) -> str:  # noqa: ANN401  mappings of texts
    return text if text in codes else str(formen.get(vergleichsform(text), text))


def _codes(text: str, codes: Any, formen: Any) -> Deutung:  # noqa: ANN401
    teile = [_code(teil.strip(), codes, formen) for teil in text.split(TRENNER)]
    if all(teil in codes for teil in teile):
        return Deutung(TRENNER.join(teile))
    andere = [_code(teil, codes, formen) for teil in _TRENNER.split(text) if teil]
    if andere and all(teil in codes for teil in andere):
        return Deutung(TRENNER.join(andere), Code.WERT_GEDEUTET)
    return Deutung(TRENNER.join(teile))


def _namen(text: str, woerterbuch: Woerterbuch) -> Deutung:
    """Return names separated as in ``geodata/``; a semicolon or a new line is never in a name."""
    if text in woerterbuch.organisationen or not re.search(r"[;\n]", text):
        return Deutung(text)
    teile = [teil for teil in _TRENNER_NAMEN.split(text) if teil]
    return Deutung(TRENNER.join(teile), Code.WERT_GEDEUTET)


def _adressen(text: str) -> Deutung:
    teile = [teil.rstrip(",;|") for teil in _ADRESSEN.split(text)]
    gedeutet = " ".join(teil for teil in teile if teil)
    return Deutung(gedeutet, None if gedeutet.split() == text.split() else Code.WERT_GEDEUTET)


def _zahl(text: str, *, ganz: bool) -> Deutung:
    if (_ISO_GANZZAHL if ganz else _ISO_ZAHL).fullmatch(text) and text.isascii():
        return Deutung(text)
    betrag = zahl.deute(text, ganz=ganz)
    if betrag is None:
        return Deutung(text)
    return Deutung(betrag.text, Code.ANGABE_UNGENAU if betrag.ungenau else Code.ZAHL_GEDEUTET)


def _datum(text: str) -> Deutung:
    if datum.ist_datum(text):
        return Deutung(text)
    angabe = datum.deute(text)
    if angabe is None or not angabe.zeitpunkt:
        return Deutung(text)
    return Deutung(angabe.zeitpunkt, _datumscode(angabe))


def _datumscode(angabe: datum.Zeitangabe) -> Code:
    return Code.ANGABE_UNGENAU if angabe.ungenau else Code.DATUM_GEDEUTET


def _laufzeit(tabelle: Tabelle, rahmen: pd.DataFrame) -> Iterator[Befund]:
    """Read beginning and end together, in place: either may say both ("2015–2018")."""
    besonders = ~(
        je_wert(rahmen["beginn"], _ist_leer_oder_datum).astype(bool)
        & je_wert(rahmen["ende"], _ist_leer_oder_datum).astype(bool)
    )
    for zeile in rahmen.index[besonders]:
        for spalte in ("beginn", "ende"):
            text = str(rahmen.loc[zeile, spalte])
            angabe = None if _ist_leer_oder_datum(text) else datum.deute(text)
            if angabe is None:
                continue
            neu = _verteilt(angabe, spalte, str(rahmen.loc[zeile, _andere(spalte)]))
            if neu is None:
                continue
            rahmen.loc[zeile, ["beginn", "ende"]] = neu
            gesagt = (angabe.zeitpunkt, angabe.beginn, angabe.ende)
            vorschlag = " – ".join(filter(None, gesagt))
            yield Befund(
                _datumscode(angabe),
                tabelle.datei,
                zeile=int(zeile),
                spalte=spalte,
                wert=text,
                werte={"vorschlag": vorschlag},
            )


def _ist_leer_oder_datum(text: str) -> bool:
    return not text or datum.ist_datum(text)


def _andere(spalte: str) -> str:
    return "ende" if spalte == "beginn" else "beginn"


def _verteilt(angabe: datum.Zeitangabe, spalte: str, andere: str) -> list[str] | None:
    """Return beginning and end, None if the other column already says something else."""
    eigene = {"beginn": angabe.beginn, "ende": angabe.ende}
    if angabe.zeitpunkt:
        eigene = {spalte: angabe.zeitpunkt, _andere(spalte): ""}
    fremde = eigene[_andere(spalte)]
    if fremde and andere and andere != fremde:
        return None
    eigene[_andere(spalte)] = fremde or andere
    return [eigene["beginn"], eigene["ende"]]
