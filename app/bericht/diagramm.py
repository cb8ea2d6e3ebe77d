"""Bars as SVG: name, bar and number beside each other, so that no colour has to say anything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

from app.zeichnung import AKZENT, XMLNS, symbol

_BREITE: Final = 1000
_NAME: Final = 430
"""Where the bars begin, in drawing units; the longest name of a code list ends before it."""
_ZEILE: Final = 38
_BALKEN: Final = 22
_SCHRIFT: Final = 'font-family="Noto Sans" font-size="17" fill="#16232a"'


@dataclass(frozen=True, slots=True)
class Balken:
    """A bar; ``handlungsfeld`` gives it the colour and the symbol that it has on the map."""

    name: str
    anzahl: int
    farbe: str = AKZENT
    handlungsfeld: str = ""


def balken(reihen: Sequence[Balken]) -> str:
    """Return the bars as SVG, the longest as wide as there is room."""
    groesste = max((reihe.anzahl for reihe in reihen), default=0) or 1
    teile = [_reihe(reihe, i * _ZEILE, groesste) for i, reihe in enumerate(reihen)]
    hoehe = max(1, len(reihen)) * _ZEILE
    return (
        f'<svg {XMLNS} viewBox="0 0 {_BREITE} {hoehe}">{"".join(teile)}'
        f'<path d="M{_NAME} 0V{hoehe}" stroke="#4a5a62" stroke-width="1.5"/></svg>'
    )


def _reihe(reihe: Balken, y: int, groesste: int) -> str:
    breite = round(reihe.anzahl / groesste * (_BREITE - _NAME - 70), 1)
    text = y + _ZEILE / 2 + 6
    zeichen, einzug = "", 0
    if reihe.handlungsfeld:
        zeichen = symbol(reihe.handlungsfeld).replace(
            "<svg ", f'<svg x="0" y="{y + _ZEILE / 2 - 9}" width="18" height="18" ', 1
        )
        einzug = 28
    return (
        f'{zeichen}<text x="{einzug}" y="{text}" {_SCHRIFT}>{escape(reihe.name)}</text>'
        f'<rect x="{_NAME}" y="{y + (_ZEILE - _BALKEN) / 2}" width="{breite}" '
        f'height="{_BALKEN}" fill="{reihe.farbe}"/>'
        f'<text x="{_NAME + breite + 9}" y="{text}" {_SCHRIFT} font-weight="700">'
        f"{reihe.anzahl}</text>"
    )
