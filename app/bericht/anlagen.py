"""The three annexes as typed content: title, chapters, list of sources, numbers of the headings."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from app.bericht import anlage1, anlage2, anlage3
from app.bericht.breiten import HOCHFORMAT_MM, QUERFORMAT_MM, spaltenbreiten
from app.bericht.grundlage import Grundlage, ohne_beiwerk, verweisbar
from app.bericht.inhalt import Bericht, Kapitel, Quelle, Quellenliste, Spalte, Tabelle, Zelle
from app.bericht.reinigung import ohne_steuerzeichen
from app.darstellung import Darstellung
from app.state import Abfrage
from app.vorlagen import datum

ANLAGEN: Final[Mapping[int, Callable[[Grundlage], tuple[Kapitel, ...]]]] = {
    1: anlage1.kapitel,
    2: anlage2.kapitel,
    3: anlage3.kapitel,
}
_QUER: Final = frozenset({3})
"""Annexes that are one wide table."""
_FLACH: Final = frozenset({2})
"""Annexes whose chapters are alike: the contents list the districts only."""


def bericht(nummer: int, d: Darstellung, abfrage: Abfrage, basis: str) -> Bericht:
    """Return an annex.

    Parameters
    ----------
    nummer
        1, 2 or 3.
    d
        The snapshot in German.
    abfrage
        The state it is narrowed to.
    basis
        Public address of the service, named among the sources.
    """
    g = Grundlage(d, ohne_beiwerk(abfrage), basis)
    t, stand = d.t, datum(d.snapshot.stand, d.t)
    quellen = Kapitel(1, t("bericht.quellen"), (Quellenliste(tuple(_quellen(g))),))
    untertitel = t(f"bericht.{nummer}.titel")
    innen = QUERFORMAT_MM if nummer in _QUER else HOCHFORMAT_MM
    kapitel = _bemessen((*ANLAGEN[nummer](g), quellen), innen)
    inhalt = Bericht(
        titel=t("bericht.anlage", nummer=str(nummer)),
        untertitel=untertitel,
        absender=t("bericht.absender"),
        kopf=(
            t("bericht.stand", stand=stand),
            t("bericht.auswahl", auswahl=g.auswahl()),
            t("bericht.leer.hinweis"),
        ),
        stand=t("bericht.stand", stand=stand),
        seite=t("dokument.seite", seite="{seite}", seiten="{seiten}"),
        verzeichnis=t("bericht.inhalt"),
        beschreibung=t(f"bericht.{nummer}.beschreibung"),
        erstellt=d.snapshot.erstellt,
        kapitel=tuple(_nummeriert(kapitel)),
        quer=nummer in _QUER,
        leer=g.leer,
        tiefe=1 if nummer in _FLACH else 2,
    )
    return ohne_steuerzeichen(inhalt)


def dateiname(nummer: int, form: str, abfrage: Abfrage) -> str:
    """Return a name for saving; codes of districts are slugs, so nothing in it needs quoting."""
    bezirke = abfrage.facetten.get("stadtbezirk", ())
    nur_bezirke = abfrage.filtert and abfrage == Abfrage(facetten={"stadtbezirk": bezirke})
    zusatz = "-".join(("", *bezirke)) if nur_bezirke else "-auswahl" if abfrage.filtert else ""
    return f"nordwaerts-anlage-{nummer}{zusatz}.{form}"


def _bemessen(kapitel: Sequence[Kapitel], innen_mm: float) -> Iterator[Kapitel]:
    """Yield the chapters with the widths of columns; tables with the same head are set alike."""
    gleiche: dict[tuple[Spalte, ...], list[tuple[Zelle, ...]]] = {}
    for eins in kapitel:
        for block in eins.inhalt:
            if isinstance(block, Tabelle):
                gleiche.setdefault(block.spalten, []).extend(block.zeilen)
    spalten = {kopf: spaltenbreiten(kopf, zeilen, innen_mm) for kopf, zeilen in gleiche.items()}
    for eins in kapitel:
        inhalt = tuple(
            replace(block, spalten=spalten[block.spalten]) if isinstance(block, Tabelle) else block
            for block in eins.inhalt
        )
        yield replace(eins, inhalt=inhalt)


def _nummeriert(kapitel: Iterable[Kapitel]) -> Iterator[Kapitel]:
    """Yield the chapters with numbered headings, so that both formats count alike."""
    zaehler = [0, 0, 0]
    for eins in kapitel:
        zaehler[eins.stufe - 1] += 1
        zaehler[eins.stufe :] = [0] * (3 - eins.stufe)
        nummer = ".".join(map(str, zaehler[: eins.stufe]))
        yield Kapitel(eins.stufe, f"{nummer} {eins.titel}", eins.inhalt, eins.neue_seite)


def _quellen(g: Grundlage) -> Iterator[Quelle]:
    t = g.t
    adresse = g.basis + g.d.urls.karte(g.abfrage)
    yield Quelle(t("bericht.quellen.karte", build=g.d.snapshot.id), adresse)
    for quelle in g.d.snapshot.quellen:
        yield Quelle(_quelle(g, quelle), next(iter(verweisbar((quelle["url"],))), ""))


def _quelle(g: Grundlage, quelle: Mapping[str, Any]) -> str:
    t = g.t
    teile = [f"{quelle['titel']}: {quelle['herausgeber']}"]
    teile.append(t("auszug.lizenz", lizenz=quelle.get("lizenz") or t("auszug.lizenz.offen")))
    teile.append(t("bericht.stand", stand=g.datum(quelle.get("stand"))))
    if quelle.get("abgerufen"):
        teile.append(t("bericht.quellen.abgerufen", datum=g.datum(quelle["abgerufen"])))
    hinweis = f". {quelle['hinweis']}" if quelle.get("hinweis") else ""
    return t("satz.trenner").join(teile) + hinweis
