"""Anlage 3: every project whose effects cannot be described yet, by the reason."""

from app.bericht.grundlage import Grundlage, Projekt
from app.bericht.inhalt import Absatz, Kapitel, Spalte, Tabelle, Zelle
from app.bericht.wirkung import GRUENDE, Grund, grund


def kapitel(g: Grundlage) -> tuple[Kapitel, ...]:
    """Return the chapters."""
    t = g.t
    gruppen: dict[Grund, list[Projekt]] = {name: [] for name in GRUENDE}
    for projekt in g.projekte():
        if (warum := grund(projekt)) is not None:
            gruppen[warum].append(projekt)
    offen = sum(map(len, gruppen.values()))
    reihen = [
        (Zelle(t(f"bericht.3.{name}")), Zelle(g.zahl(len(gruppe))))
        for name, gruppe in gruppen.items()
    ]
    reihen += [
        (Zelle(t("bericht.3.summe")), Zelle(g.zahl(offen))),
    ]
    spalten = (Spalte(t("bericht.3.grund"), 5), Spalte(t("bericht.projekte"), 1.2, zahl=True))
    uebersicht = Tabelle(t("bericht.3.uebersicht"), spalten, tuple(reihen), summe=True)
    return (
        Kapitel(
            1,
            t("bericht.3.ueberblick"),
            (
                Absatz(t("bericht.3.regel")),
                uebersicht,
                Absatz(g.luecken(g.projekte())),
            ),
        ),
        *(_gruppe(g, name, gruppe) for name, gruppe in gruppen.items()),
    )


def _gruppe(g: Grundlage, name: Grund, projekte: list[Projekt]) -> Kapitel:
    t = g.t
    text = Absatz(g.gezaehlt(f"bericht.3.{name}.text", len(projekte)))
    if not projekte:
        return Kapitel(1, t(f"bericht.3.{name}"), (text,))
    spalten = (
        Spalte(t("bericht.nr"), 1.5),
        Spalte(t("bericht.projekt"), 4.9),
        Spalte(t("facette.stadtbezirk"), 2.6),
        Spalte(t("facette.handlungsfeld"), 2.8),
        Spalte(t("facette.status"), 2.1),
        Spalte(t("bericht.laufzeit"), 1.6),
        Spalte(t("feld.stand"), 2),
    )
    reihen = tuple(
        (
            Zelle(g.text(p, "nr")),
            Zelle(p["name"], fett=True),
            Zelle(g.bezirke(p)),
            Zelle(g.label("handlungsfeld", p.get("handlungsfeld"))),
            Zelle(g.label("status", p.get("status"))),
            Zelle(g.laufzeit(p)),
            Zelle(g.datum(p.get("stand"))),
        )
        for p in projekte
    )
    return Kapitel(
        1,
        t(f"bericht.3.{name}"),
        (text, Tabelle(t("bericht.3.tabelle", grund=t(f"bericht.3.{name}")), spalten, reihen)),
    )
