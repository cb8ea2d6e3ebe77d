"""Anlage 2: the results of each Stadtbezirk; what is citywide has a chapter of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from app.bericht.anlage1 import kreuztabelle
from app.bericht.grundlage import UEBERGREIFEND, Grundlage, Projekt, verweisbar, werte
from app.bericht.inhalt import Absatz, Bild, Block, Kapitel, Spalte, Tabelle, Zelle
from app.bericht.karte import bezirkskarte, mit_legende
from app.bericht.wirkung import grund
from app.beschriftung import OHNE_ANGABE
from app.index import UNGEFAEHR


def kapitel(g: Grundlage) -> tuple[Kapitel, ...]:
    """Return the chapters."""
    nummern = _quellennummern(g)
    return (
        Kapitel(1, g.t("bericht.2.ueberblick"), tuple(_ueberblick(g))),
        *(teil for code in bezirke(g) for teil in _bezirk(g, code, nummern)),
        *_projektquellen(g, nummern),
    )


def bezirke(g: Grundlage) -> tuple[str, ...]:
    """Return which Stadtbezirke have a chapter.

    Those of the programme's area always, the others and the two that are no district (citywide,
    no statement) only with a project of the state.
    """
    orte = g.d.snapshot.orte["stadtbezirke"]

    def gehoert_dazu(code: str) -> bool:
        return code in orte and orte[code]["projektgebiet"] != "nein"

    return tuple(
        code for code in g.codes("stadtbezirk") if gehoert_dazu(code) or g.anzahl(stadtbezirk=code)
    )


def _titel(g: Grundlage, code: str) -> str:
    if code == OHNE_ANGABE:
        return g.t("bericht.2.ohne_angabe")
    if code == UEBERGREIFEND:
        return g.t("bericht.2.uebergreifend")
    return g.t("bericht.2.stadtbezirk", name=g.label("stadtbezirk", code))


def _ueberblick(g: Grundlage) -> Iterator[Block]:
    mehrere = sum(len(p.get("stadtbezirke") or ()) > 1 for p in g.projekte())
    yield Absatz(g.t("bericht.2.einleitung"))
    yield Absatz(g.luecken(g.projekte()))
    yield Absatz(g.t("bericht.2.mehrfach", mehrere))
    yield kreuztabelle(g, "stadtbezirk")


def _bezirk(g: Grundlage, code: str, nummern: Mapping[str, int]) -> Iterator[Kapitel]:
    projekte = g.projekte(stadtbezirk=code)
    # a district council takes the pages of its own district
    eigene_seite = code in g.d.snapshot.orte["stadtbezirke"]
    yield Kapitel(1, _titel(g, code), tuple(_kopf(g, code, projekte)), neue_seite=eigene_seite)
    for feld in g.codes("handlungsfeld"):
        eigene = g.projekte(stadtbezirk=code, handlungsfeld=feld)
        if eigene:
            name = g.label("handlungsfeld", feld)
            titel = g.t("bericht.2.feld", feld=name)
            if feld == OHNE_ANGABE:
                titel = g.t("bericht.2.ohne_feld")
            yield Kapitel(2, titel, (_projekttabelle(g, name, eigene, nummern),))


def _kopf(g: Grundlage, code: str, projekte: tuple[Projekt, ...]) -> Iterator[Block]:
    t, ort = g.t, g.d.snapshot.orte["stadtbezirke"].get(code)
    if ort and ort["projektgebiet"] != "ganz":
        yield Absatz(t(f"bericht.2.gebiet.{ort['projektgebiet']}"))
    if not projekte:
        yield Absatz(t("bericht.2.leer"))
        return
    beschrieben = sum(grund(projekt) is None for projekt in projekte)
    paare = [(t("bericht.projekte"), g.zahl(len(projekte)))]
    if ort:
        auch = sum(len(projekt["stadtbezirke"]) > 1 for projekt in projekte)
        paare.append((t("bericht.2.auch_anderswo"), g.zahl(auch)))
    paare += [
        (t("bericht.davon", was=_status(g, status)), g.zahl(anzahl))
        for status in g.codes("status")
        if (anzahl := g.anzahl(stadtbezirk=code, status=status))
    ]
    paare += [
        (t("bericht.wirkung.beschrieben"), g.zahl(beschrieben)),
        (t("bericht.wirkung.offen"), g.zahl(len(projekte) - beschrieben)),
    ]
    if ort:
        paare += [
            (t("bericht.2.plaetze"), g.zahl(len(ort["plaetze"]))),
            (t("bericht.2.brachflaechen"), g.zahl(len(ort["brachflaechen"]))),
        ]
    titel = t("bericht.2.zahlen" if ort else "bericht.2.zahlen.andere")
    yield werte(titel, (t("bericht.merkmal"), t("bericht.anzahl")), paare)
    if ort and g.d.snapshot.lageplan["affin"]:
        yield from _karte(g, ort, projekte)


def _status(g: Grundlage, status: str) -> str:
    return g.t("bericht.ohne_status") if status == OHNE_ANGABE else g.label("status", status)


def _karte(g: Grundlage, ort: Projekt, projekte: tuple[Projekt, ...]) -> Iterator[Block]:
    t = g.t
    lagen = [s for p in projekte for s in p["standorte"] if s["lon"] is not None]
    ungefaehr = sum(lage["lagegenauigkeit"] in UNGEFAEHR for lage in lagen)
    ohne = sum(all(s["lon"] is None for s in p["standorte"]) for p in projekte)
    text = t(
        "bericht.2.karte.text",
        name=ort["name"],
        genau=len(lagen) - ungefaehr,
        ungefaehr=ungefaehr,
        ohne=ohne,
    )
    felder = [(c, g.label("handlungsfeld", c)) for c in g.codes("handlungsfeld")]
    karte = bezirkskarte(g.d.snapshot.lageplan, ort, projekte)
    svg = mit_legende(karte, felder, t("bericht.2.legende.ungefaehr"))
    worte = t("bericht.2.legende.text", felder=t("satz.trenner").join(n for _, n in felder))
    yield Bild(t("bericht.2.karte", name=ort["name"]), f"{text} {worte}", svg)
    yield Absatz(text, leise=True)


def _projekttabelle(
    g: Grundlage, name: str, projekte: tuple[Projekt, ...], nummern: Mapping[str, int]
) -> Tabelle:
    t = g.t
    spalten = (
        Spalte(t("bericht.projekt"), 5),
        Spalte(t("facette.status"), 2.3),
        Spalte(t("feld.sachstand"), 2.6),
        Spalte(t("feld.wirkung"), 2.6),
    )
    reihen = tuple(
        (
            _mit_quellen(g, p, nummern),
            Zelle(g.label("status", p.get("status")), _zeiten(g, p)),
            Zelle(g.text(p, "sachstand")),
            Zelle(g.text(p, "wirkung")),
        )
        for p in projekte
    )
    return Tabelle(t("bericht.2.tabelle", len(projekte), feld=name), spalten, reihen)


def _mit_quellen(g: Grundlage, projekt: Projekt, nummern: Mapping[str, int]) -> Zelle:
    zelle = g.projektzelle(projekt)
    eigene = sorted(nummern[url] for url in verweisbar(projekt.get("quellen") or ()))
    quelle = g.t("satz.trenner").join(map(str, eigene)) if eigene else g.leer
    verweis = g.t("bericht.quellen.verweis", nummern=quelle)
    return replace(zelle, zusatz=f"{zelle.zusatz} {verweis}".strip())


def _zeiten(g: Grundlage, projekt: Projekt) -> str:
    """Return the documented years, and of when the facts are."""
    jahre = g.laufzeit(projekt) if projekt.get("beginn") or projekt.get("ende") else ""
    stand = g.t("bericht.stand", stand=g.datum(projekt.get("stand")))
    return "\n".join(teil for teil in (jahre, stand) if teil)


def _projektquellen(g: Grundlage, nummern: Mapping[str, int]) -> Iterator[Kapitel]:
    t = g.t
    spalten = (Spalte(t("bericht.nr"), 1), Spalte(t("bericht.quelle"), 12))
    reihen = tuple((Zelle(str(nr)), Zelle("", links=(url,))) for url, nr in nummern.items())
    if reihen:
        tabelle = Tabelle(t("bericht.quellen.projekte.tabelle"), spalten, reihen)
        text = Absatz(t("bericht.quellen.projekte.text"))
        yield Kapitel(1, t("bericht.quellen.projekte"), (text, tabelle), neue_seite=True)


def _quellennummern(g: Grundlage) -> dict[str, int]:
    """Return the number of each address: those of one host stand together, each once."""
    alle = {url for p in g.projekte() for url in verweisbar(p.get("quellen") or ())}
    geordnet = sorted(alle, key=lambda url: (urlsplit(url).netloc.removeprefix("www."), url))
    return {url: nr for nr, url in enumerate(geordnet, 1)}
