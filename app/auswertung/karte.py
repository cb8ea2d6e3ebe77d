"""The district map: outlines of the snapshot, shaded by class, with the number on each."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.auswertung.balken import Gruppe
from app.auswertung.klassen import Klassen, klassen
from app.auswertung.wahl import Mass
from app.auswertung.worte import benannte_flaeche, kurz_euro
from app.katalog import Katalog


@dataclass(frozen=True, slots=True)
class Flaeche:
    """A Stadtbezirk on the map.

    Attributes
    ----------
    name
        In lines: *Innenstadt-West* is wider than its district.
    klasse
        From 0 for none; None where the state leaves this district out.
    gruppe
        Its value, None where it is left out.
    titel
        What its link is called, empty where it is left out.
    """

    name: tuple[str, ...]
    pfad: str
    x: float
    y: float
    projektgebiet: str
    klasse: int | None
    gruppe: Gruppe | None
    titel: str


@dataclass(frozen=True, slots=True)
class Legendenzeile:
    """A class and what belongs to it."""

    klasse: int
    text: str


@dataclass(frozen=True, slots=True)
class Bezirkskarte:
    """What the template draws; ``luecken`` says whether districts are left out."""

    viewbox: str
    flaechen: tuple[Flaeche, ...]
    legende: tuple[Legendenzeile, ...]
    luecken: bool


def bezirkskarte(
    vorlage: Mapping[str, Any], gruppen: Mapping[str, Gruppe], mass: Mass, t: Katalog
) -> Bezirkskarte:
    """Draw the map.

    Parameters
    ----------
    vorlage
        ``lageplan.json`` of the build: outlines in its own drawing units, y downwards.
    gruppen
        Code of the Stadtbezirk → its value; districts that are not in it are left out.
    """
    hier = [b for b in vorlage["stadtbezirke"] if b["code"] in gruppen]
    stufen = klassen(max((gruppen[b["code"]].wert.groesse(mass) for b in hier), default=0))
    flaechen = tuple(
        Flaeche(
            name=zeilen,
            pfad=b["pfad"],
            x=b["x"],
            y=b["y"],
            projektgebiet=b["projektgebiet"],
            klasse=stufen.von(gruppe.wert.groesse(mass)) if gruppe else None,
            gruppe=gruppe,
            titel=benannte_flaeche(zeilen, gruppe.wort, gruppe.wert, mass, t) if gruppe else "",
        )
        for b in vorlage["stadtbezirke"]
        for zeilen, gruppe in ((_zeilen(b["name"]), gruppen.get(b["code"])),)
    )
    return Bezirkskarte(
        viewbox=" ".join(str(zahl) for zahl in vorlage["viewbox"]),
        flaechen=flaechen,
        legende=_legende(stufen, mass, t),
        luecken=len(hier) < len(flaechen),
    )


def _zeilen(name: str) -> tuple[str, ...]:
    vorn, strich, hinten = name.partition("-")
    return (vorn + strich, hinten) if hinten else (name,)


def _legende(stufen: Klassen, mass: Mass, t: Katalog) -> tuple[Legendenzeile, ...]:
    keine = t("auswertung.keine" if mass == "anzahl" else "auswertung.kosten.keine")
    zeilen = [Legendenzeile(0, keine)]
    for klasse in range(1, stufen.anzahl + 1):
        von, bis = stufen.grenzen(klasse)
        if mass == "kosten":
            text = t("auswertung.klasse.kosten.erste", bis=kurz_euro(bis, t))
            if klasse > 1:
                unten = kurz_euro(von - 1, t)
                text = t("auswertung.klasse.kosten", von=unten, bis=kurz_euro(bis, t))
        elif von == bis:
            text = t("auswertung.projekte", von)
        else:
            text = t("auswertung.klasse", bis, von=von, bis=bis)
        zeilen.append(Legendenzeile(klasse, text))
    return tuple(zeilen)
