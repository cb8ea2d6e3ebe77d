"""Findings in German: the one place where a code becomes a sentence (build half)."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from app.katalog import Katalog
from layers.befund import Befund, Schwere

_FARBE = {Schwere.FEHLER: "red", Schwere.WARNUNG: "yellow", Schwere.HINWEIS: "cyan"}
_REIHENFOLGE = tuple(Schwere)


def ort(befund: Befund, t: Katalog) -> str:
    """Return where a finding lies: file, line, column, as far as known."""
    teile = {"datei": befund.datei, "zeile": str(befund.zeile), "spalte": befund.spalte}
    if befund.zeile is None:
        return t("befund.ort.datei", **teile)
    return t("befund.ort" if befund.spalte else "befund.ort.zeile", **teile)


def was(befund: Befund, t: Katalog) -> str:
    """Return what is wrong, with the value."""
    return t(f"befund.{befund.code}.was", **_werte(befund))


def tun(befund: Befund, t: Katalog) -> str:
    """Return what to do about it."""
    return t(f"befund.{befund.code}.tun", **_werte(befund))


def _werte(befund: Befund) -> dict[str, object]:
    felder = {"wert": befund.wert, "spalte": befund.spalte, "zeile": str(befund.zeile)}
    return {**felder, "datei": befund.datei, **befund.werte}


def drucke(konsole: Console, t: Katalog, befunde: Sequence[Befund], *, auch_hinweise: bool) -> None:
    """Print findings, the gravest first; hints only when they are asked for."""
    for befund in sorted(befunde, key=lambda b: _REIHENFOLGE.index(b.schwere)):
        if befund.schwere is Schwere.HINWEIS and not auch_hinweise:
            continue
        farbe = _FARBE[befund.schwere]
        wort = t(f"befund.schwere.{befund.schwere.lower()}")
        konsole.print(f"[{farbe}]{wort}[/] {escape(ort(befund, t))}: {escape(was(befund, t))}")
        konsole.print(f"  → {escape(tun(befund, t))}", style="dim")
