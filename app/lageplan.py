"""The locator map of a Steckbrief: our own outlines as SVG, a mark where the project lies."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.index import UNGEFAEHR

_RADIUS: Final = {"adresse": 15, "platz": 15, "quartier": 32, "stadtbezirk": 60}
"""Size of the mark in drawing units: the less is known, the wider and softer."""
_ZEICHEN: Final = 10
"""Half the width of a letter of a name, in drawing units; a name is about 34 high."""
_AUSWEICHEN: Final = (0, 48, -48, 80, -80)


@dataclass(frozen=True, slots=True)
class Punkt:
    """A mark on the drawing."""

    x: float
    y: float
    r: int
    ungefaehr: bool


@dataclass(frozen=True, slots=True)
class Bezirk:
    """The outline of one Stadtbezirk."""

    name: str
    projektgebiet: str
    pfad: str
    x: float
    y: float
    gewaehlt: bool


@dataclass(frozen=True, slots=True)
class Lageplan:
    """What the template draws; ``orte`` says the same in words."""

    viewbox: str
    bezirke: tuple[Bezirk, ...]
    punkte: tuple[Punkt, ...]
    orte: str


def lageplan(
    vorlage: Mapping[str, Any],
    bezirke: Collection[str],
    lagen: Iterable[Mapping[str, Any]],
) -> Lageplan:
    """Draw the chosen districts (codes) and locations.

    Parameters
    ----------
    vorlage
        ``lageplan.json`` of the build.
    bezirke
        Codes of the districts to stress.
    lagen
        Records with ``lon``, ``lat`` (WGS84 degrees, None if unknown) and ``lagegenauigkeit``.
    """
    ax, bx, ay, by = vorlage["affin"]
    punkte = tuple(
        Punkt(
            x=round(ax + bx * lage["lon"], 1),
            y=round(ay + by * lage["lat"], 1),
            r=_RADIUS[lage["lagegenauigkeit"]],
            ungefaehr=lage["lagegenauigkeit"] in UNGEFAEHR,
        )
        for lage in lagen
        if lage.get("lon") is not None
    )
    # the stressed ones last, so that no neighbour's border lies over theirs
    gezeichnet = sorted(
        (
            Bezirk(
                name=b["name"],
                projektgebiet=b["projektgebiet"],
                pfad=b["pfad"],
                x=b["x"],
                y=_freie_hoehe(b["name"], b["x"], b["y"], punkte),
                gewaehlt=b["code"] in bezirke,
            )
            for b in vorlage["stadtbezirke"]
        ),
        key=lambda bezirk: bezirk.gewaehlt,
    )
    return Lageplan(
        viewbox=" ".join(str(zahl) for zahl in vorlage["viewbox"]),
        bezirke=tuple(gezeichnet),
        punkte=punkte,
        orte=", ".join(b.name for b in gezeichnet if b.gewaehlt) or "–",
    )


def _freie_hoehe(name: str, x: float, y: float, punkte: Collection[Punkt]) -> float:
    """Return where a name hides no exact mark: at its place, else a bit below or above it."""

    def verdeckt(hoehe: float) -> bool:
        return any(
            not punkt.ungefaehr
            and abs(punkt.x - x) < len(name) * _ZEICHEN + punkt.r
            and abs(punkt.y - (hoehe - 12)) < 22 + punkt.r
            for punkt in punkte
        )

    return next((y + weg for weg in _AUSWEICHEN if not verdeckt(y + weg)), y)
