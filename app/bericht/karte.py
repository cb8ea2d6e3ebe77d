"""The map of one Stadtbezirk with its projects, drawn from the outlines of the locator map."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Final
from xml.sax.saxutils import escape

from app.lageplan import Bezirk, Punkt, lageplan
from app.zeichnung import XMLNS, farbe, symbol, umriss

_RAND: Final = 25
"""What is shown around the district, in units of the locator map."""
_GRENZE: Final = (0.55, 1.0)
"""Lowest and highest ratio of height to width."""
_MARKE: Final = 0.032
"""Size of an exact mark, as a share of the width."""
_SCHRIFT: Final = 0.024
"""Size of the names, as a share of the width."""
_ZEICHNUNG: Final = 1000
_KARTE: Final = 540
"""Width of map and legend together, and of the map alone, in units of the finished drawing."""
_ZEICHEN_JE_ZEILE: Final = 36


@dataclass(frozen=True, slots=True)
class Karte:
    """A map as SVG without a size, and how wide and high it is in units of the locator map."""

    svg: str
    breite: float
    hoehe: float


def bezirkskarte(
    vorlage: Mapping[str, Any], bezirk: Mapping[str, Any], projekte: Iterable[Mapping[str, Any]]
) -> Karte:
    """Return the map.

    Exact places bear the symbol of the Handlungsfeld; what is only known to the Quartier or the
    Stadtbezirk is a wide dashed circle around the middle of it.

    Parameters
    ----------
    vorlage
        ``lageplan.json`` of the build.
    bezirk
        Record of ``orte.json``; its ``bbox`` is lon, lat, lon, lat (WGS84).
    projekte
        Records of ``steckbriefe.json``; all their locations are drawn, also those that lie
        beyond the border.
    """
    x, y, breite, hoehe = _ausschnitt(vorlage["affin"], bezirk["bbox"])
    plan = lageplan(vorlage, (bezirk["code"],), ())
    teile = [
        *(umriss(nachbar) for nachbar in plan.bezirke),
        *(_name(b, breite) for b in plan.bezirke if not b.gewaehlt and _passt(b, x, breite)),
        *_marken(vorlage, projekte, breite),
    ]
    svg = (
        f'<svg {XMLNS} viewBox="{x:.1f} {y:.1f} {breite:.1f} {hoehe:.1f}">'
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{breite:.1f}" height="{hoehe:.1f}" fill="#fff"/>'
        f"{''.join(teile)}</svg>"
    )
    return Karte(svg, breite, hoehe)


def _ausschnitt(affin: Sequence[float], bbox: Sequence[float]) -> tuple[float, float, float, float]:
    ax, bx, ay, by = affin
    west, sued, ost, nord = bbox
    links, rechts = ax + bx * west - _RAND, ax + bx * ost + _RAND
    oben, unten = ay + by * nord - _RAND, ay + by * sued + _RAND
    breite, hoehe = rechts - links, unten - oben
    neu_h = max(hoehe, breite * _GRENZE[0])
    neu_b = max(breite, neu_h / _GRENZE[1])
    return links - (neu_b - breite) / 2, oben - (neu_h - hoehe) / 2, neu_b, neu_h


def _passt(bezirk: Bezirk, links: float, breite: float) -> bool:
    """Say whether a name stands wholly inside the drawing; half a name is none."""
    halb = len(bezirk.name) * breite * _SCHRIFT * 0.32
    return links + halb < bezirk.x < links + breite - halb


def _name(bezirk: Bezirk, breite: float) -> str:
    return (
        f'<text x="{bezirk.x}" y="{bezirk.y}" text-anchor="middle" font-family="Noto Sans" '
        f'font-size="{breite * _SCHRIFT:.1f}" fill="#4a5a62">{escape(bezirk.name)}</text>'
    )


def _marken(
    vorlage: Mapping[str, Any], projekte: Iterable[Mapping[str, Any]], breite: float
) -> Iterator[str]:
    lagen = [
        (projekt.get("handlungsfeld") or "", lage)
        for projekt in projekte
        for lage in projekt["standorte"]
        if lage["lon"] is not None
    ]
    punkte = lageplan(vorlage, (), (lage for _, lage in lagen)).punkte
    genau = []
    for (feld, _), punkt in zip(lagen, punkte, strict=True):
        if punkt.ungefaehr:
            yield _ungefaehr(punkt, farbe(feld), breite)
        else:
            genau.append(_genau(punkt, feld, breite))
    yield from genau


def _ungefaehr(punkt: Punkt, farbe_: str, breite: float) -> str:
    strich = breite / 250
    return (
        f'<circle cx="{punkt.x}" cy="{punkt.y}" r="{punkt.r * breite / 900:.1f}" fill="{farbe_}" '
        f'fill-opacity=".12" stroke="{farbe_}" stroke-width="{strich:.2f}" '
        f'stroke-dasharray="{strich * 3:.2f} {strich * 2:.2f}"/>'
    )


def _genau(punkt: Punkt, feld: str, breite: float) -> str:
    seite = breite * _MARKE
    lage = (
        f'x="{punkt.x - seite / 2:.1f}" y="{punkt.y - seite / 2:.1f}" width="{seite:.1f}" '
        f'height="{seite:.1f}" stroke="#fff" stroke-width="1.5"'
    )
    return symbol(feld).replace("<svg ", f"<svg {lage} ", 1)


def mit_legende(karte: Karte, felder: Iterable[tuple[str, str]], ungefaehr: str) -> str:
    """Return one drawing: the map, beside it the symbols of the Handlungsfelder (code, name).

    Parameters
    ----------
    ungefaehr
        What the dashed circle stands for.
    """
    teile, y = [], 0
    for code, name in felder:
        zeichen = symbol(code).replace(
            "<svg ", f'<svg x="0" y="{y + 4}" width="20" height="20" ', 1
        )
        worte, y = _umbrochen(name, y)
        teile.append(zeichen + worte)
    kreis = (
        f'<circle cx="10" cy="{y + 14}" r="9" fill="#4a5a62" fill-opacity=".12" '
        'stroke="#4a5a62" stroke-width="2" stroke-dasharray="5 3"/>'
    )
    worte, y = _umbrochen(ungefaehr, y)
    hoehe = _KARTE * karte.hoehe / karte.breite
    bild = karte.svg.replace("<svg ", f'<svg width="{_KARTE}" height="{hoehe:.1f}" ', 1)
    return (
        f'<svg {XMLNS} viewBox="0 0 {_ZEICHNUNG} {max(hoehe, y):.1f}">{bild}'
        f'<g transform="translate({_KARTE + 28} 0)">{"".join(teile)}{kreis}{worte}</g></svg>'
    )


def _umbrochen(text: str, y: int) -> tuple[str, int]:
    """Return lines of text from ``y`` on, and where the next entry begins."""
    zeilen = wrap(text, _ZEICHEN_JE_ZEILE)
    worte = "".join(
        f'<text x="32" y="{y + 20 + 23 * i}" font-family="Noto Sans" font-size="17" '
        f'fill="#16232a">{escape(zeile)}</text>'
        for i, zeile in enumerate(zeilen)
    )
    return worte, y + 23 * len(zeilen) + 14
