"""Findings in German: the one place where a code becomes a sentence (build half)."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from app.katalog import Katalog
from layers.befund import Befund, Schwere
from layers.ueberschriften import SPALTEN, titel

FARBE = {Schwere.FEHLER: "red", Schwere.WARNUNG: "yellow", Schwere.HINWEIS: "cyan"}
_REIHENFOLGE = tuple(Schwere)
_LANG = 300
"""Characters of a value that a sentence repeats; a list of all codes is about as long."""


def ort(befund: Befund, t: Katalog) -> str:
    """Return where a finding lies: file, sheet, line, column, as far as known."""
    return ", ".join(filter(None, (blatt(befund, t), zelle(befund, t)))) or t("befund.ort.quelle")


def blatt(befund: Befund, t: Katalog) -> str:
    """Return the file, and the sheet of a workbook."""
    if befund.blatt is None:
        return befund.datei
    return t("befund.ort.blatt", datei=befund.datei, blatt=befund.blatt)


def zelle(befund: Befund, t: Katalog) -> str:
    """Return the line and the column, by the heading it has in a workbook."""
    teile = []
    if befund.zeile is not None:
        teile.append(t("befund.ort.zeile", zeile=str(befund.zeile)))
    if befund.spalte:
        teile.append(t("befund.ort.spalte", spalte=_spalte(befund)))
    return ", ".join(teile)


def _spalte(befund: Befund) -> str:
    spalte = befund.spalte or ""
    return titel(spalte) if befund.blatt is not None and spalte in SPALTEN else spalte


def was(befund: Befund, t: Katalog) -> str:
    """Return what is wrong, with the value."""
    return t(f"befund.{befund.code}.was", **_werte(befund))


def tun(befund: Befund, t: Katalog) -> str:
    """Return what to do about it."""
    return t(f"befund.{befund.code}.tun", **_werte(befund))


def _werte(befund: Befund) -> dict[str, object]:
    werte: dict[str, object] = {
        "wert": befund.wert,
        "spalte": _spalte(befund),
        "zeile": str(befund.zeile),
        "datei": befund.datei,
        **befund.werte,
    }
    return {name: _gekuerzt(wert) for name, wert in werte.items()}


def _gekuerzt(wert: object) -> object:
    """Return a text short enough for a sentence, without line breaks and invisible signs."""
    if not isinstance(wert, str):
        return wert
    sichtbar = "".join(z if z.isprintable() else "\N{REPLACEMENT CHARACTER}" for z in wert[:_LANG])
    return sichtbar + "…" if len(wert) > _LANG else sichtbar


def drucke(konsole: Console, t: Katalog, befunde: Sequence[Befund], *, auch_hinweise: bool) -> None:
    """Print findings, the gravest first; hints only when they are asked for."""
    for befund in sorted(befunde, key=lambda b: _REIHENFOLGE.index(b.schwere)):
        if befund.schwere is Schwere.HINWEIS and not auch_hinweise:
            continue
        farbe = FARBE[befund.schwere]
        wort = t(f"befund.schwere.{befund.schwere.lower()}")
        konsole.print(f"[{farbe}]{wort}[/] {escape(ort(befund, t))}: {escape(was(befund, t))}")
        konsole.print(f"  → {escape(tun(befund, t))}", style="dim")
