"""Colours as numbers: contrast as WCAG 2.2 defines it, and what colour-blind eyes see.

The matrices are those of Machado, Oliveira and Fernandes, "A Physiologically-based Model for
Simulation of Color Vision Deficiency" (IEEE TVCG 15, 2009), severity 1.0, for linear RGB.
"""

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Final, TypeAlias

Farbe: TypeAlias = tuple[float, float, float]
"""Red, green, blue from 0 to 1, sRGB."""
Matrix: TypeAlias = tuple[Farbe, Farbe, Farbe]

FARBFEHLSICHTIG: Final[Mapping[str, Matrix]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_ZAHL: Final = re.compile(r"[\d.]+")


def lies(css: str) -> tuple[Farbe, float]:
    """Return colour and opacity of a computed value, ``rgb(…)`` or ``rgba(…)``."""
    assert css.startswith("rgb"), css
    r, g, b, *a = (float(zahl) for zahl in _ZAHL.findall(css))
    return (r / 255, g / 255, b / 255), a[0] if a else 1.0


def ueber(oben: Farbe, deckkraft: float, unten: Farbe) -> Farbe:
    """Lay a translucent colour over another."""
    r, g, b = (deckkraft * o + (1 - deckkraft) * u for o, u in zip(oben, unten, strict=True))
    return r, g, b


def _linear(wert: float) -> float:
    return wert / 12.92 if wert <= 0.04045 else ((wert + 0.055) / 1.055) ** 2.4


def _helligkeit(farbe: Farbe) -> float:
    r, g, b = map(_linear, farbe)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def kontrast(a: Farbe, b: Farbe) -> float:
    """Return the contrast ratio of WCAG 2.2, from 1 to 21."""
    hell, dunkel = sorted((_helligkeit(a), _helligkeit(b)), reverse=True)
    return (hell + 0.05) / (dunkel + 0.05)


def gesehen(farbe: Farbe, matrix: Matrix) -> Farbe:
    """Return what somebody with this colour vision sees, in linear RGB."""
    linear = [_linear(wert) for wert in farbe]
    r, g, b = (
        min(1.0, max(0.0, sum(m * w for m, w in zip(zeile, linear, strict=True))))
        for zeile in matrix
    )
    return r, g, b


GLEICH: Final[Matrix] = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
"""Nothing missing."""


def _lab(linear: Farbe) -> Farbe:
    r, g, b = linear
    xyz = (
        (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505,
        0.2126 * r + 0.7152 * g + 0.0722 * b,
        (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089,
    )
    fx, fy, fz = (w ** (1 / 3) if w > 216 / 24389 else (24389 / 27 * w + 16) / 116 for w in xyz)
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def abstand(a: Farbe, b: Farbe, matrix: Matrix) -> float:
    """Return how different two colours look (CIE 1976 ΔE) to this colour vision."""
    labs = [_lab(gesehen(farbe, matrix)) for farbe in (a, b)]
    ((x, y),) = pairwise(labs)
    return float(sum((u - v) ** 2 for u, v in zip(x, y, strict=True)) ** 0.5)
