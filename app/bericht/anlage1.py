"""Anlage 1: what was achieved overall, out of the published data."""

from collections.abc import Iterator
from typing import Final

from app.bericht.diagramm import Balken, balken
from app.bericht.grundlage import Grundlage, Projekt, werte, zeilen
from app.bericht.inhalt import Absatz, Bild, Block, Kapitel, Spalte, Tabelle, Zelle
from app.bericht.wirkung import grund
from app.zeichnung import farbe

_OFFEN: Final = ("in-vorbereitung", "noch-nicht-begonnen")
_LAEUFT: Final = "gestartet"


def kapitel(g: Grundlage) -> tuple[Kapitel, ...]:
    """Return the chapters."""
    t = g.t
    return (
        Kapitel(1, t("bericht.1.ueberblick"), tuple(_ueberblick(g))),
        Kapitel(1, t("bericht.1.status"), tuple(_nach_status(g))),
        Kapitel(1, t("bericht.1.handlungsfeld"), tuple(_nach_feld(g, "handlungsfeld"))),
        Kapitel(1, t("bericht.1.wirkungsfeld"), tuple(_nach_feld(g, "wirkungsfeld"))),
        Kapitel(1, t("bericht.1.ausblick"), (Absatz(t("bericht.1.ausblick.text")),)),
        Kapitel(2, t("bericht.1.laeuft"), tuple(_laeuft(g))),
        *(
            Kapitel(2, t(f"bericht.1.offen.{status}"), tuple(_offen(g, status)))
            for status in _OFFEN
        ),
        *_programm(g),
    )


def _ueberblick(g: Grundlage) -> Iterator[Block]:
    t, alle, zahlen = g.t, g.projekte(), g.d.snapshot.zahlen
    gesamt = zahlen.get("teilprojekte_gesamt")
    if gesamt:
        yield Absatz(t("bericht.1.umfang", gesamt=gesamt, anzahl=len(g.d.snapshot.index)))
    yield Absatz(g.luecken(alle))
    yield Absatz(t("bericht.zuordnung"))
    beschrieben = sum(grund(projekt) is None for projekt in alle)
    kosten = [projekt["kosten_eur"] for projekt in alle if projekt.get("kosten_eur") is not None]
    paare = [(t("bericht.projekte"), g.zahl(len(alle)))]
    paare += [
        (t("bericht.davon", was=g.label("liste", code)), g.zahl(g.anzahl(liste=code)))
        for code in g.codes("liste")
    ]
    paare += [
        (t("bericht.mit_ort"), g.zahl(_mit_ort(alle))),
        (t("bericht.wirkung.beschrieben"), g.zahl(beschrieben)),
        (t("bericht.wirkung.offen"), g.zahl(len(alle) - beschrieben)),
        (t("bericht.beteiligte"), g.zahl(_organisationen(alle))),
        (t("bericht.kosten.anzahl"), g.zahl(len(kosten))),
        (t("bericht.kosten.summe"), g.euro(sum(kosten)) if kosten else g.leer),
    ]
    yield werte(t("bericht.1.zahlen"), (t("bericht.merkmal"), t("bericht.anzahl")), paare)
    yield Absatz(t("bericht.kosten.hinweis"), leise=True)


def _mit_ort(projekte: tuple[Projekt, ...]) -> int:
    return sum(any(ort["lon"] is not None for ort in p["standorte"]) for p in projekte)


def _organisationen(projekte: tuple[Projekt, ...]) -> int:
    return len(
        {
            wer["code"]
            for projekt in projekte
            for wer in (*projekt["traeger"], *projekt["partner"])
            if wer["code"]
        }
    )


def _nach_status(g: Grundlage) -> Iterator[Block]:
    t, gesamt = g.t, g.anzahl()
    zahlen = [(g.label("status", c), g.anzahl(status=c)) for c in g.codes("status")]
    yield _bild(g, "status", [Balken(name, anzahl) for name, anzahl in zahlen])
    spalten = (
        Spalte(t("facette.status"), 4),
        Spalte(t("bericht.projekte"), 1.4, zahl=True),
        Spalte(t("bericht.anteil"), 1.4, zahl=True),
    )
    reihen = [(name, g.zahl(anzahl), g.anteil(anzahl, gesamt)) for name, anzahl in zahlen]
    summe = (t("bericht.gesamt"), g.zahl(gesamt), g.anteil(gesamt, gesamt))
    yield Tabelle(t("bericht.1.status.tabelle"), spalten, zeilen(*reihen, summe), summe=True)


def _nach_feld(g: Grundlage, facette: str) -> Iterator[Block]:
    eigene = facette == "handlungsfeld"
    yield _bild(
        g,
        facette,
        [
            Balken(g.label(facette, code), g.anzahl(**{facette: code}), farbe(code), code)
            if eigene
            else Balken(g.label(facette, code), g.anzahl(**{facette: code}))
            for code in g.codes(facette)
        ],
    )
    yield kreuztabelle(g, facette)


def _bild(g: Grundlage, facette: str, reihen: list[Balken]) -> Bild:
    worte = g.t("satz.trenner").join(f"{r.name}: {g.zahl(r.anzahl)}" for r in reihen)
    titel = g.t("bericht.balken", facette=g.t(f"facette.{facette}"))
    return Bild(titel, g.t("bericht.balken.text", titel=titel, worte=worte), balken(reihen))


def kreuztabelle(g: Grundlage, facette: str, *, summe: bool = True) -> Tabelle:
    """Return the projects by a facet and by status.

    ``summe``: add the row of totals; each project is counted once in it.
    """
    stati, t = g.codes("status"), g.t
    spalten = (
        Spalte(t(f"facette.{facette}"), 3.4),
        *(Spalte(g.label("status", status), 1.5, zahl=True) for status in stati),
        Spalte(t("bericht.gesamt"), 1.2, zahl=True),
    )
    reihen = [_reihe(g, g.label(facette, code), {facette: code}) for code in g.codes(facette)]
    if summe:
        reihen.append(_reihe(g, t("bericht.gesamt"), {}))
    titel = t("bericht.kreuztabelle", facette=t(f"facette.{facette}"))
    return Tabelle(titel, spalten, zeilen(*reihen), summe=summe)


def _reihe(g: Grundlage, name: str, codes: dict[str, str]) -> tuple[str, ...]:
    je_status = (g.anzahl(status=status, **codes) for status in g.codes("status"))
    return (name, *map(g.zahl, je_status), g.zahl(g.anzahl(**codes)))


def _laeuft(g: Grundlage) -> Iterator[Block]:
    t = g.t
    laufend = g.projekte(status=_LAEUFT) if _LAEUFT in g.codes("status") else ()
    mit_ende = sum(bool(projekt.get("ende")) for projekt in laufend)
    yield Absatz(g.gezaehlt("bericht.1.laeuft.text", len(laufend), ende=mit_ende))
    if laufend:
        geordnet = sorted(laufend, key=lambda p: (not p.get("ende"), p.get("ende") or ""))
        yield _liste(g, t("bericht.1.laeuft.tabelle"), geordnet)


def _offen(g: Grundlage, status: str) -> Iterator[Block]:
    offen = g.projekte(status=status) if status in g.codes("status") else ()
    name = g.label("status", status)
    yield Absatz(g.gezaehlt("bericht.1.offen.text", len(offen), status=name))
    if offen:
        yield _liste(g, g.t("bericht.1.offen.tabelle", status=name), offen)


def _liste(g: Grundlage, titel: str, projekte: tuple[Projekt, ...] | list[Projekt]) -> Tabelle:
    t = g.t
    spalten = (
        Spalte(t("bericht.projekt"), 3.9),
        Spalte(t("facette.stadtbezirk"), 2.9),
        Spalte(t("feld.beginn"), 1.6),
        Spalte(t("feld.ende"), 1.6),
        Spalte(t("bericht.status_stand"), 1.7),
    )
    reihen = [
        (
            Zelle(g.projektzelle(p).text),
            Zelle(g.bezirke(p)),
            *(Zelle(g.datum(p.get(feld))) for feld in ("beginn", "ende", "status_stand")),
        )
        for p in projekte
    ]
    return Tabelle(titel, spalten, tuple(reihen))


def _programm(g: Grundlage) -> Iterator[Kapitel]:
    """Yield what the programme said about itself, apart from what is counted here."""
    t = g.t
    text = (Absatz(t("bericht.1.programm.text")), Absatz(t("bericht.1.programm.trennung")))
    yield Kapitel(1, t("bericht.1.programm"), text)
    kennzahlen = g.d.snapshot.kennzahlen
    spalten = (
        Spalte(t("bericht.kennzahl"), 4),
        Spalte(t("bericht.wert"), 2.6, zahl=True),
        Spalte(t("bericht.zeitbezug"), 1.4),
        Spalte(t("bericht.quelle"), 3),
    )
    for bereich in dict.fromkeys(k["bereich"] for k in kennzahlen):
        reihen = tuple(
            _kennzahl(g, kennzahl) for kennzahl in kennzahlen if kennzahl["bereich"] == bereich
        )
        name = g.label("kennzahlbereich", bereich)
        titel = t("bericht.1.programm.tabelle", bereich=name)
        yield Kapitel(2, name, (Tabelle(titel, spalten, reihen),))


def _kennzahl(g: Grundlage, kennzahl: Projekt) -> tuple[Zelle, ...]:
    wert, einheit = kennzahl["wert"], kennzahl.get("einheit") or ""
    zahl = g.euro(wert) if einheit == "EUR" else g.zahl(wert)
    zusatz = "" if einheit in ("EUR", "Anzahl") else einheit
    teile = (kennzahl.get("qualifikation"), zahl, zusatz)
    quelle = kennzahl.get("quelle") or g.leer
    ist_url = quelle.startswith(("http://", "https://"))
    return (
        Zelle(kennzahl["kennzahl"]),
        Zelle(" ".join(teil for teil in teile if teil)),
        Zelle(kennzahl.get("zeitbezug") or g.leer),
        Zelle("", links=(quelle,)) if ist_url else Zelle(quelle),
    )
