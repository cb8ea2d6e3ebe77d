"""The locator map as a drawing of its own, for paper and previews: colours in it, no style sheet.

The same outlines and marks as on the page (`app.lageplan`); only light colours, since neither
paper nor a preview has a dark mode.
"""

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import escape

from app.lageplan import Bezirk, Lageplan, Punkt

AKZENT: Final = "#0b5a6f"
_OHNE_FELD: Final = "#5b6870"
_FARBEN: Final = {
    "flaechenentwicklung": "#c2410c",
    "arbeit-und-beschaeftigung": "#1f5fbf",
    "umwelt-und-lebensqualitaet": "#0f7a52",
    "qualifizierung-und-bildung": "#8b2f8f",
}
"""As in ``web/src/stil/farben.css``; the shapes as in ``symbole.css``."""
_FORMEN: Final = {
    "flaechenentwicklung": '<circle cx="12" cy="12" r="9.5"/>',
    "arbeit-und-beschaeftigung": '<path d="M3.5 3.5h17v17h-17z"/>',
    "umwelt-und-lebensqualitaet": '<path d="M12 1.5L23 21H1z"/>',
    "qualifizierung-und-bildung": '<path d="M12 .5L23.5 12L12 23.5L.5 12z"/>',
}
_FLAECHE: Final = {"ganz": "#e7f0ef", "teilweise": "#e7f0ef", "nein": "#f9f8f4"}
_GEWAEHLT: Final = "#bcdcdd"
XMLNS: Final = 'xmlns="http://www.w3.org/2000/svg"'


def farbe(handlungsfeld: str | None) -> str:
    """Return the colour of a Handlungsfeld (code), grey for none."""
    return _FARBEN.get(handlungsfeld or "", _OHNE_FELD)


def symbol(handlungsfeld: str) -> str:
    """Return the symbol of a Handlungsfeld (code) as SVG, 24 units wide."""
    form = _FORMEN.get(
        handlungsfeld,
        f'<circle cx="12" cy="12" r="8" fill="none" stroke="{_OHNE_FELD}" stroke-width="4"/>',
    )
    return f'<svg {XMLNS} viewBox="0 0 24 24" fill="{farbe(handlungsfeld)}">{form}</svg>'


def lagebild(
    plan: Lageplan, punktfarbe: str, *, schrift: int | None = None, marke: float = 1
) -> str:
    """Return the locator map as SVG.

    Parameters
    ----------
    punktfarbe
        Colour of the marks, ``#rrggbb``.
    schrift
        Size of the names of stressed districts in drawing units (the drawing is 1000 wide);
        None for a drawing without words.
    marke
        How much larger than on the page the exact marks are.
    """
    teile = [
        *(umriss(bezirk) for bezirk in plan.bezirke),
        *(_name(bezirk, schrift) for bezirk in plan.bezirke if bezirk.gewaehlt and schrift),
        *_punkte(plan.punkte, punktfarbe, marke),
    ]
    verlauf = (
        f'<defs><radialGradient id="weich"><stop offset="0" stop-color="{punktfarbe}" '
        f'stop-opacity=".5"/><stop offset="1" stop-color="{punktfarbe}" stop-opacity=".12"/>'
        "</radialGradient></defs>"
    )
    return f'<svg {XMLNS} viewBox="{plan.viewbox}">{verlauf}{"".join(teile)}</svg>'


def umriss(bezirk: Bezirk) -> str:
    """Return the outline of a Stadtbezirk as SVG path, stressed if it is chosen."""
    flaeche = _GEWAEHLT if bezirk.gewaehlt else _FLAECHE[bezirk.projektgebiet]
    linie, breite = (AKZENT, 4) if bezirk.gewaehlt else ("#98a6aa", 2)
    return (
        f'<path d="{bezirk.pfad}" fill="{flaeche}" stroke="{linie}" stroke-width="{breite}" '
        'stroke-linejoin="round"/>'
    )


def _name(bezirk: Bezirk, schrift: int) -> str:
    lage = (
        f'x="{bezirk.x}" y="{bezirk.y}" text-anchor="middle" font-family="Noto Sans" '
        f'font-weight="700" font-size="{schrift}"'
    )
    name = escape(bezirk.name)
    # the halo as a stroke of its own below: not every renderer knows paint-order
    return (
        f'<text {lage} fill="none" stroke="{_GEWAEHLT}" stroke-width="8">{name}</text>'
        f'<text {lage} fill="#3d4c53">{name}</text>'
    )


def _punkte(punkte: tuple[Punkt, ...], farbe_: str, marke: float) -> Iterator[str]:
    # the wide soft ones first, so that they hide no exact one
    for punkt in sorted(punkte, key=lambda p: (not p.ungefaehr, -p.r)):
        lage = f'cx="{punkt.x}" cy="{punkt.y}"'
        if punkt.ungefaehr:
            yield (
                f'<circle {lage} r="{punkt.r}" fill="url(#weich)" stroke="{farbe_}" '
                'stroke-width="3" stroke-dasharray="10 8"/>'
            )
        else:
            yield (
                f'<circle {lage} r="{punkt.r * marke:.1f}" fill="{farbe_}" stroke="#fff" '
                'stroke-width="4"/>'
            )
