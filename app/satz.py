"""The sentence above the list and the words on the chips; ``web/src/satz.ts`` says the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.entfernungstext import streckentext
from app.katalog import Katalog
from app.state import FACETTEN, Abfrage

Codelisten = Mapping[str, Mapping[str, str]]
"""Facet → code → label."""
KEIN_FILTER = frozenset({"sort", "sprache", "projekt"})
"""Parameters that narrow nothing."""


@dataclass(frozen=True, slots=True)
class Chip:
    """One active filter: its words, and the state without it."""

    name: str
    wert: str
    text: str
    ohne: Abfrage


def satz(abfrage: Abfrage, anzahl: int, gesamt: int, t: Katalog, labels: Codelisten) -> str:
    """Return e.g. "12 von 93 Projekten: Handlungsfeld Flächenentwicklung, Stadtbezirk Huckarde"."""
    teile = list(filterworte(abfrage, t, labels))
    # A point without a radius measures; it leaves nothing out.
    if len(teile) == _misst_nur(abfrage):
        return t("satz.trenner").join([t("satz.alle", gesamt, gesamt=gesamt), *teile])
    return (
        f"{t('satz.anzahl', gesamt, anzahl=anzahl, gesamt=gesamt)}: {t('satz.trenner').join(teile)}"
    )


def _misst_nur(abfrage: Abfrage) -> bool:
    return abfrage.nahe is not None and abfrage.umkreis is None


def chips(abfrage: Abfrage, t: Katalog, labels: Codelisten) -> tuple[Chip, ...]:
    """Return one chip for each value that narrows the result."""
    return tuple(
        Chip(
            name=name,
            wert=wert,
            text=(
                f"{t(f'facette.{name}')}: {labels[name].get(wert, wert)}"
                if name in FACETTEN
                else _in_worten(name, wert, t, misst=_misst_nur(abfrage))
            ),
            ohne=abfrage.ohne(name, wert),
        )
        for name, wert in abfrage.paare()
        if name not in KEIN_FILTER
    )


def filterworte(abfrage: Abfrage, t: Katalog, labels: Codelisten) -> Iterator[str]:
    """Yield every filter of a state in words, the values of one parameter together."""
    oder = f" {t('satz.oder')} "
    einzeln: dict[str, list[str]] = {}
    for name, wert in abfrage.paare():
        if name not in KEIN_FILTER:
            einzeln.setdefault(name, []).append(wert)
    for name, werte in einzeln.items():
        if name in FACETTEN:
            yield f"{t(f'facette.{name}')} {oder.join(labels[name].get(w, w) for w in werte)}"
        elif name == "von" and "bis" in einzeln:
            yield t("satz.vonbis", von=werte[0], bis=einzeln["bis"][0])
        elif not (name == "bis" and "von" in einzeln):
            yield _in_worten(name, werte[0], t, misst=_misst_nur(abfrage))


def _in_worten(name: str, wert: str, t: Katalog, *, misst: bool) -> str:
    if name == "lage":
        return t(f"satz.lage.{wert}")
    if name == "umkreis":
        return t("satz.umkreis", strecke=streckentext(int(wert), t))
    if name == "nahe" and misst:
        return t("satz.ab")
    return t(f"satz.{name}", wert=wert)
