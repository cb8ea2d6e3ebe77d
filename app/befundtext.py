"""Findings in German: the one place where a code becomes a sentence (build half)."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from rich.console import Console
from rich.text import Text

from app.katalog import Katalog
from layers.befund import Befund, Schwere
from layers.ueberschriften import SPALTEN, titel

FARBE = {Schwere.FEHLER: "red", Schwere.WARNUNG: "yellow", Schwere.HINWEIS: "cyan"}
_REIHENFOLGE = tuple(Schwere)
_BLOCK = 500
"""Findings that are printed at once."""
_LANG = 300
"""Characters of a value that a sentence repeats; a list of all codes is about as long."""


def ort(befund: Befund, t: Katalog) -> str:
    """Return where a finding lies: file, sheet, line, column, as far as known."""
    return ", ".join(filter(None, (blatt(befund, t), zelle(befund, t)))) or t("befund.ort.quelle")


def blatt(befund: Befund, t: Katalog) -> str:
    """Return the file, and the sheet of a workbook."""
    datei = _gekuerzt(befund.datei)
    if befund.blatt is None:
        return datei
    return t("befund.ort.blatt", datei=datei, blatt=_gekuerzt(befund.blatt))


def zelle(befund: Befund, t: Katalog) -> str:
    """Return the line and the column, by the heading it has in a workbook."""
    teile = []
    if befund.zeile is not None:
        teile.append(t("befund.ort.zeile", zeile=str(befund.zeile)))
    if befund.spalte:
        teile.append(t("befund.ort.spalte", spalte=_spalte(befund)))
    return ", ".join(teile)


def _spalte(befund: Befund) -> str:
    return _ueberschrift(befund.spalte or "", in_mappe=befund.blatt is not None)


# a million findings lie in a few dozen columns
@lru_cache(maxsize=1000)
def _ueberschrift(spalte: str, *, in_mappe: bool) -> str:
    return titel(spalte) if in_mappe and spalte in SPALTEN else _gekuerzt(spalte)


def saetze(befund: Befund, t: Katalog) -> tuple[str, str]:
    """Return what is wrong, with the value, and what to do about it."""
    werte = _werte(befund)
    return t(f"befund.{befund.code}.was", **werte), t(f"befund.{befund.code}.tun", **werte)


def _werte(befund: Befund) -> dict[str, object]:
    werte: dict[str, object] = {
        "wert": befund.wert,
        "spalte": _spalte(befund),
        "zeile": str(befund.zeile),
        "datei": befund.datei,
        **befund.werte,
    }
    return {
        name: _gekuerzt(wert) if isinstance(wert, str) else wert for name, wert in werte.items()
    }


def _gekuerzt(text: str) -> str:
    """Return a text short enough for a sentence, without line breaks and invisible signs."""
    if len(text) <= _LANG and text.isprintable():
        return text
    kurz = text[:_LANG]
    if not kurz.isprintable():
        kurz = "".join(z if z.isprintable() else "\N{REPLACEMENT CHARACTER}" for z in kurz)
    return kurz + "…" if len(text) > _LANG else kurz


def drucke(konsole: Console, t: Katalog, befunde: Iterable[Befund], *, auch_hinweise: bool) -> None:
    """Print findings, the gravest first; hints only when they are asked for."""
    gezeigt = (b for b in befunde if auch_hinweise or b.schwere is not Schwere.HINWEIS)
    geordnet = iter(sorted(gezeigt, key=lambda b: _REIHENFOLGE.index(b.schwere)))
    # many at once: rich takes long over a single line
    while block := tuple(islice(geordnet, _BLOCK)):
        text = Text()
        for befund in block:
            wort = t(f"befund.schwere.{befund.schwere.lower()}")
            text.append(f"{wort} ", style=FARBE[befund.schwere])
            was, tun = saetze(befund, t)
            text.append(f"{ort(befund, t)}: {was}\n")
            text.append(f"  → {tun}\n", style="dim")
        konsole.print(text, end="")
