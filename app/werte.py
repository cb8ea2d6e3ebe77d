"""Values of parameters: small types, and parsers that accept exactly one way to write each."""

import re
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class BBox:
    """A rectangle in WGS84 degrees, longitude first (as in RFC 7946), to 6 decimals."""

    west: float
    sued: float
    ost: float
    nord: float

    def __str__(self) -> str:
        return ",".join(_grad(wert) for wert in (self.west, self.sued, self.ost, self.nord))


@dataclass(frozen=True, slots=True)
class Punkt:
    """A place in WGS84 degrees, latitude first (as people and phones write it)."""

    lat: float
    lon: float

    def __str__(self) -> str:
        return f"{_grad(self.lat)},{_grad(self.lon)}"


def _grad(wert: float) -> str:
    return f"{wert:.6f}".rstrip("0").rstrip(".")


class Ungueltig(ValueError):
    """A value was not understood: a key of the catalogue, and what would have been right."""

    def __init__(self, grund: str, erlaubt: str = "") -> None:
        super().__init__(grund)
        self.grund = grund
        self.erlaubt = erlaubt


_GANZZAHL: Final = re.compile(r"\d{1,9}", re.ASCII)
_ZAHL: Final = re.compile(r"-?\d{1,3}(\.\d{1,15})?", re.ASCII)
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")


def ganzzahl(wert: str, grenzen: tuple[int, int], grund: str) -> int:
    """Read a whole number within limits (both included)."""
    von, bis = grenzen
    if not _GANZZAHL.fullmatch(wert) or not von <= int(wert) <= bis:
        raise Ungueltig(grund, f"{von}–{bis}")
    return int(wert)


def _zahlen(wert: str, anzahl: int, grund: str) -> list[float]:
    teile = wert.split(",")
    if len(teile) != anzahl or not all(_ZAHL.fullmatch(teil) for teil in teile):
        raise Ungueltig(grund)
    return [round(float(teil), 6) for teil in teile]


def bbox(wert: str) -> BBox:
    """Read ``lon,lat,lon,lat``; NaN, infinity and crossed corners are not understood."""
    west, sued, ost, nord = _zahlen(wert, 4, "bbox")
    if not (-180 <= west <= ost <= 180 and -90 <= sued <= nord <= 90):
        raise Ungueltig("bbox")
    return BBox(west, sued, ost, nord)


def punkt(wert: str) -> Punkt:
    """Read ``lat,lon``."""
    lat, lon = _zahlen(wert, 2, "punkt")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise Ungueltig("punkt")
    return Punkt(lat, lon)


def kennung(wert: str) -> str:
    """Read an id: lower case letters, digits and hyphens."""
    if not _ID.fullmatch(wert):
        raise Ungueltig("id")
    return wert
