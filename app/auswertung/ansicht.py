"""The context of ``auswertung.html``."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.auswertung.balken import Balken, Gruppe, balken
from app.auswertung.karte import Bezirkskarte, bezirkskarte
from app.auswertung.kreuztabelle import Zahlen
from app.auswertung.tabelle import Auszaehlung, auszaehlung, treffermaske
from app.auswertung.wahl import BEZIRK, MASSE, Wahl
from app.auswertung.worte import Wert, Wertwort, benannt, wertwort
from app.auswertung.zeitleiste import Zeitleiste, zeitleiste
from app.darstellung import Darstellung
from app.errors import satz as fehlersatz
from app.filterform import Filterform, filterform
from app.query import Ergebnis
from app.satz import chips, satz
from app.state import FACETTEN, Abfrage, Parameterfehler
from app.vorlagen import euro

ZIEL = "/auswertung"
_SCHMAL = 7
"""Columns up to which their headings can stand upright."""


@dataclass(frozen=True, slots=True)
class Zelle:
    """A number of the table, and the list of exactly its projects."""

    wort: Wertwort
    name: str
    href: str
    leer: bool


@dataclass(frozen=True, slots=True)
class Reihe:
    """A row; its total is the last cell."""

    titel: str
    zellen: tuple[Zelle, ...]


@dataclass(frozen=True, slots=True)
class Tafel:
    """The table as it is shown; ``hochkant``: headings are turned to save width."""

    titel: str
    kopf: str
    spalten: tuple[str, ...]
    reihen: tuple[Reihe, ...]
    summen: Reihe
    hochkant: bool
    hinweise: tuple[str, ...]
    csv: str
    xlsx: str
    liste: str
    getauscht: str


@dataclass(frozen=True, slots=True)
class Wahlknopf:
    """One of several views, as a link."""

    text: str
    href: str
    gewaehlt: bool


@dataclass(frozen=True, slots=True)
class Bild:
    """Map and bars of the same numbers; ``weitere`` are bars of what is on no map."""

    titel: str
    thema: str
    themen: tuple[Wahlknopf, ...]
    karte: Bezirkskarte
    balken: tuple[Balken, ...]
    weitere_titel: str
    weitere: tuple[Balken, ...]
    hinweis: str


@dataclass(frozen=True, slots=True)
class Auswertungsansicht:
    """What the page shows; ``verborgen`` are values of the state that its form has no field for."""

    titel: str
    satz: str
    chips: tuple[Wahlknopf, ...]
    zuruecksetzen: str
    hinweise: tuple[str, ...]
    ohne_laufzeit: str
    form: Filterform
    verborgen: tuple[tuple[str, str], ...]
    wahl: Wahl
    facetten: tuple[tuple[str, str], ...]
    masse: tuple[Wahlknopf, ...]
    tafel: Tafel
    bild: Bild
    zeit: Zeitleiste
    zeit_liste: str
    karte: str


@dataclass(frozen=True, slots=True)
class _Seite:
    """What all parts of one page need."""

    d: Darstellung
    kosten: Zahlen
    abfrage: Abfrage
    wahl: Wahl
    treffer: NDArray[np.bool_]

    def zaehle(self, zeilen: str, spalten: str) -> Auszaehlung:
        return auszaehlung(self.d, self.kosten, self.abfrage, self.treffer, (zeilen, spalten))

    def adresse(self, wahl: Wahl, abfrage: Abfrage | None = None) -> str:
        return self.d.urls.auswertung(abfrage or self.abfrage, wahl.paare())

    def gruppe(self, wert: Wert, codes: dict[str, str]) -> Gruppe:
        """Return the projects that have these codes (facet → code), with the list of them."""
        t, labels = self.d.t, self.d.labels.facetten
        titel = t("satz.trenner").join(labels[name][code] for name, code in codes.items())
        wort = wertwort(wert, self.wahl.mass, t)
        return Gruppe(
            titel=titel or t("auswertung.summe"),
            wert=wert,
            wort=wort,
            href=self.d.urls.liste(self.abfrage.mit_codes(codes)),
            name=benannt(wort, wert, self.wahl.mass, t, titel or t("auswertung.summe")),
        )

    def zelle(self, wert: Wert, codes: dict[str, str]) -> Zelle:
        g = self.gruppe(wert, codes)
        return Zelle(g.wort, g.name, g.href, not wert.anzahl)


def auswertungsansicht(
    d: Darstellung,
    kosten: Zahlen,
    abfrage: Abfrage,
    wahl: Wahl,
    ergebnis: Ergebnis,
    *,
    fehler: Sequence[Parameterfehler],
) -> Auswertungsansicht:
    """Return the context of the page for a state and a view."""
    t, labels = d.t, d.labels.facetten
    gesamt = len(d.snapshot.index)
    s = _Seite(d, kosten, abfrage, wahl, treffermaske(gesamt, ergebnis.zeilen))
    tafel = _tafel(s)
    return Auswertungsansicht(
        titel=tafel.titel,
        satz=satz(abfrage, ergebnis.anzahl, gesamt, t, labels),
        chips=tuple(
            Wahlknopf(chip.text, s.adresse(replace(wahl, wert=None), chip.ohne), gewaehlt=True)
            for chip in chips(abfrage, t, labels)
        ),
        zuruecksetzen=s.adresse(replace(wahl, wert=None), abfrage.ungefiltert()),
        hinweise=tuple(fehlersatz(t, einzeln) for einzeln in fehler),
        ohne_laufzeit=(
            t("liste.ohne_laufzeit", ergebnis.ohne_laufzeit) if ergebnis.ohne_laufzeit else ""
        ),
        form=filterform(abfrage, ergebnis, d, ZIEL),
        verborgen=tuple((n, w) for n, w in abfrage.paare() if n in ("umkreis", "sort")),
        wahl=wahl,
        facetten=tuple((name, t(f"facette.{name}")) for name in FACETTEN),
        masse=tuple(
            Wahlknopf(t(f"auswertung.mass.{m}"), s.adresse(replace(wahl, mass=m)), m == wahl.mass)
            for m in MASSE
        ),
        tafel=tafel,
        bild=_bild(s),
        zeit=zeitleiste(d, abfrage, s.treffer),
        zeit_liste=d.urls.liste(replace(abfrage, sort="beginn")),
        karte=d.urls.karte(abfrage),
    )


def _tafel(s: _Seite) -> Tafel:
    t, wahl, urls = s.d.t, s.wahl, s.d.urls
    a = s.zaehle(wahl.zeilen, wahl.spalten)
    zeilen, spalten = (t(f"facette.{name}") for name in (wahl.zeilen, wahl.spalten))
    codes = [*({wahl.spalten: code} for code in a.spalten.codes), {}]

    def reihe(titel: str, werte: Sequence[Wert], eigene: dict[str, str]) -> Reihe:
        paare = zip(werte, codes, strict=True)
        return Reihe(titel, tuple(s.zelle(wert, {**eigene, **je}) for wert, je in paare))

    return Tafel(
        titel=t(f"auswertung.tafel.{wahl.mass}", zeilen=zeilen, spalten=spalten),
        kopf=zeilen,
        spalten=(*a.spalten.labels, t("auswertung.summe")),
        reihen=tuple(
            reihe(titel, werte, {wahl.zeilen: code})
            for code, (titel, werte) in zip(a.zeilen.codes, a.reihen(), strict=True)
        ),
        summen=reihe(t("auswertung.summe"), a.summen(), {}),
        hochkant=wahl.mass == "anzahl" and len(a.spalten.codes) > _SCHMAL,
        hinweise=tuple(_hinweise(s, a)),
        csv=urls.auswertung(s.abfrage, wahl.paare(), ".csv"),
        xlsx=urls.auswertung(s.abfrage, wahl.paare(), ".xlsx"),
        liste=urls.liste(s.abfrage),
        getauscht=s.adresse(wahl.getauscht()),
    )


def _hinweise(s: _Seite, a: Auszaehlung) -> Iterator[str]:
    """Yield what one has to know to read the table."""
    t = s.d.t
    for art, achse, mehrfach, werte in (
        ("zeilen", a.zeilen, a.tabelle.mehrfach_zeilen, a.tabelle.je_zeile),
        ("spalten", a.spalten, a.tabelle.mehrfach_spalten, a.tabelle.je_spalte),
    ):
        if mehrfach:
            yield t(
                f"auswertung.mehrfach.{art}",
                mehrfach,
                facette=t(f"facette.{achse.facette}"),
                summe=int(werte.anzahl.sum()),
                gesamt=a.gesamt.anzahl,
            )
    yield kostensatz(s.d, a.gesamt)
    if s.wahl.mass == "kosten" and (a.tabelle.mehrfach_zeilen or a.tabelle.mehrfach_spalten):
        yield t("auswertung.kosten.mehrfach")


def kostensatz(d: Darstellung, gesamt: Wert) -> str:
    """Return of how many projects the costs are known: a sum alone would look complete."""
    if not gesamt.bekannt:
        return d.t("auswertung.kosten.nirgends")
    if gesamt.bekannt == gesamt.anzahl:
        return d.t("auswertung.kosten.alle", gesamt.anzahl, summe=euro(gesamt.kosten, d.t))
    return d.t(
        "auswertung.kosten.satz",
        gesamt.anzahl,
        bekannt=gesamt.bekannt,
        summe=euro(gesamt.kosten, d.t),
        offen=gesamt.anzahl - gesamt.bekannt,
    )


def _bild(s: _Seite) -> Bild:
    t, wahl = s.d.t, s.wahl
    a = s.zaehle(BEZIRK, wahl.thema)
    nur = {wahl.thema: wahl.wert} if wahl.wert else {}
    spalte = a.spalten.codes.index(wahl.wert) if wahl.wert in a.spalten.codes else None
    gruppen = {
        code: s.gruppe(_wert(a, i, spalte, eng=bool(nur)), {BEZIRK: code, **nur})
        for i, code in enumerate(a.zeilen.codes)
    }
    # the chosen code stands above the drawing; beside each bar the district is enough
    gruppen = {c: replace(g, titel=s.d.labels.facetten[BEZIRK][c]) for c, g in gruppen.items()}
    auf_karte = {b["code"] for b in s.d.snapshot.lageplan["stadtbezirke"]}
    daneben = [g for code, g in gruppen.items() if code not in auf_karte and g.wert.anzahl]
    return Bild(
        titel=t(f"auswertung.karte.{wahl.mass}"),
        thema=t(f"facette.{wahl.thema}"),
        themen=tuple(_themen(s, a)),
        karte=bezirkskarte(s.d.snapshot.lageplan, gruppen, wahl.mass, t),
        balken=balken(tuple(gruppen.values()), wahl.mass, t),
        weitere_titel="" if BEZIRK in (wahl.zeilen, wahl.spalten) else t(f"facette.{wahl.zeilen}"),
        weitere=_weitere(s),
        hinweis=(
            t(
                "auswertung.karte.daneben",
                auswahl=t("satz.trenner").join(f"{g.titel} ({g.wort.text})" for g in daneben),
            )
            if daneben
            else ""
        ),
    )


def _wert(a: Auszaehlung, zeile: int, spalte: int | None, *, eng: bool) -> Wert:
    if spalte is not None:
        return a.zelle(zeile, spalte)
    # a code without any project of this state is not among the columns
    return Wert(0, 0, 0) if eng else a.zeilensumme(zeile)


def _themen(s: _Seite, a: Auszaehlung) -> Iterator[Wahlknopf]:
    wahl = s.wahl
    alle = s.adresse(replace(wahl, wert=None))
    yield Wahlknopf(s.d.t("auswertung.karte.alle"), alle, wahl.wert is None)
    for code, label in zip(a.spalten.codes, a.spalten.labels, strict=True):
        yield Wahlknopf(label, s.adresse(replace(wahl, wert=code)), code == wahl.wert)


def _weitere(s: _Seite) -> tuple[Balken, ...]:
    """Return the rows of a table without Stadtbezirke as bars."""
    wahl = s.wahl
    if BEZIRK in (wahl.zeilen, wahl.spalten):
        return ()
    a = s.zaehle(wahl.zeilen, wahl.spalten)
    gruppen = (
        s.gruppe(a.zeilensumme(i), {wahl.zeilen: code}) for i, code in enumerate(a.zeilen.codes)
    )
    return balken(tuple(gruppen), wahl.mass, s.d.t)
