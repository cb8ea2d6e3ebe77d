"""What all annexes count and say alike: selections through the query engine, fields in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final
from urllib.parse import urlsplit

from babel.numbers import format_currency, format_decimal, format_percent

from app.bericht.inhalt import Spalte, Tabelle, Zelle
from app.beschriftung import OHNE_ANGABE
from app.darstellung import Darstellung
from app.katalog import Katalog
from app.query import suche
from app.satz import filterworte
from app.state import Abfrage
from app.vorlagen import datum, jahre

Projekt = Mapping[str, Any]
UEBERGREIFEND: Final = "stadtbezirksuebergreifend"


def ohne_beiwerk(abfrage: Abfrage) -> Abfrage:
    """Return a state without what changes nothing in a report: order, language, open project."""
    nahe = abfrage.nahe if abfrage.umkreis is not None else None
    return replace(abfrage, sort=None, sprache=None, projekt=None, nahe=nahe)


@dataclass(frozen=True, slots=True)
class Grundlage:
    """The published data in German, narrowed to a state; ``basis``: the service's address."""

    d: Darstellung
    abfrage: Abfrage
    basis: str

    @property
    def t(self) -> Katalog:
        """The catalogue."""
        return self.d.t

    def projekte(self, **codes: str) -> tuple[Projekt, ...]:
        """Return the projects of the state that also have these codes (facet=code), by name."""
        facetten = dict(self.abfrage.facetten)
        for name, code in codes.items():
            # a facet of the state means OR within it: one more code of it can only narrow
            if code not in facetten.get(name, (code,)):
                return ()
            facetten[name] = (code,)
        snapshot = self.d.snapshot
        enger = replace(self.abfrage, facetten=facetten, sort="name")
        zeilen = suche(snapshot.index, enger).zeilen
        return tuple(snapshot.projekte[zeile] for zeile in zeilen)

    def anzahl(self, **codes: str) -> int:
        """Return how many projects of the state have these codes."""
        return len(self.projekte(**codes))

    def codes(self, facette: str) -> tuple[str, ...]:
        """Return the codes of a facet that the state leaves, "ohne-angabe" last."""
        alle = self.d.snapshot.index.facetten[facette].codes
        gewaehlt = self.abfrage.facetten.get(facette)
        return tuple(code for code in alle if not gewaehlt or code in gewaehlt)

    def label(self, liste: str, code: str | None) -> str:
        """Return what a code is called; "keine Angabe" for none."""
        if not code or code == OHNE_ANGABE:
            return self.leer
        return self.d.labels.lang[liste].get(code, code)

    @property
    def leer(self) -> str:
        """What stands for an empty field."""
        return self.t("bericht.leer")

    def text(self, projekt: Projekt, feld: str) -> str:
        """Return the words of a field, "keine Angabe" if it is empty."""
        return str(projekt.get(feld) or "").strip() or self.leer

    def laufzeit(self, projekt: Projekt) -> str:
        """Return the documented years."""
        return jahre(projekt, self.t) or self.leer

    def datum(self, wert: str | None) -> str:
        """Return an ISO date in words, as exact as it is known."""
        return datum(wert, self.t) if wert else self.leer

    def bezirke(self, projekt: Projekt) -> str:
        """Return the stated Stadtbezirke."""
        namen = [self.label("stadtbezirk", code) for code in projekt.get("stadtbezirke") or ()]
        return self.t("satz.trenner").join(namen) or self.leer

    def zahl(self, wert: float) -> str:
        """Return a number as Germans write it."""
        return format_decimal(wert, locale=self.t.locale)

    def euro(self, wert: float) -> str:
        """Return an amount."""
        return format_currency(wert, "EUR", "#,##0 ¤", locale=self.t.locale, currency_digits=False)

    def anteil(self, teil: int, ganzes: int) -> str:
        """Return a share in percent, a dash of nothing."""
        return format_percent(teil / ganzes, "#,##0 %", locale=self.t.locale) if ganzes else "–"

    def gezaehlt(self, key: str, n: int, **werte: object) -> str:
        """Return a sentence that counts; none has a sentence of its own (``key`` + ".keins")."""
        return self.t(key, n, **werte) if n else self.t(f"{key}.keins", **werte)

    def luecken(self, projekte: Sequence[Projekt]) -> str:
        """Say how many projects have words about their effect and their progress, or that none."""
        if not projekte:
            return self.t("bericht.fehlt.alles")
        saetze = []
        for feld in ("wirkung", "sachstand"):
            da = sum(bool((projekt.get(feld) or "").strip()) for projekt in projekte)
            key = f"bericht.fehlt.{feld}" if da else f"bericht.fehlt.{feld}.keins"
            saetze.append(self.t(key, anzahl=da, gesamt=len(projekte)))
        return " ".join(saetze)

    def auswahl(self) -> str:
        """Return the state in words."""
        worte = list(filterworte(self.abfrage, self.t, self.d.labels.facetten))
        return self.t("satz.trenner").join(worte) or self.t("bericht.auswahl.alle")

    def projektzelle(self, projekt: Projekt) -> Zelle:
        """Return number and name of a project, its short description below them."""
        nr = projekt.get("nr")
        name = f"{nr} {projekt['name']}" if nr else projekt["name"]
        return Zelle(name, str(projekt.get("kurzbeschreibung") or ""), fett=True)


def verweisbar(urls: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses that may be links: http and https."""
    return tuple(url for url in urls if urlsplit(url).scheme in ("http", "https"))


def werte(titel: str, kopf: tuple[str, str], paare: Sequence[tuple[str, str]]) -> Tabelle:
    """Return a table of labels and numbers."""
    spalten = (Spalte(kopf[0], 4), Spalte(kopf[1], 1.4, zahl=True))
    return Tabelle(titel, spalten, tuple((Zelle(name), Zelle(wert)) for name, wert in paare))


def zeilen(*reihen: Sequence[str]) -> tuple[tuple[Zelle, ...], ...]:
    """Return rows of plain cells."""
    return tuple(tuple(Zelle(text) for text in reihe) for reihe in reihen)
