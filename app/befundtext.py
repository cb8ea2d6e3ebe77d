"""Findings in German: the one place where a code becomes a sentence (build half)."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from itertools import islice
from operator import attrgetter
from typing import Final, NamedTuple

from rich.console import Console
from rich.text import Text

from app.katalog import Katalog
from layers.befund import Befund, Code, Schwere
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
    return _blatt(t, befund.datei, befund.blatt)


def zelle(befund: Befund, t: Katalog) -> str:
    """Return the line and the column, by the heading it has in a workbook."""
    zeile = _zeile(t, befund.zeile)
    if not befund.spalte:
        return zeile
    spalte = _in_spalte(t, _spalte(befund))
    return f"{zeile}, {spalte}" if zeile else spalte


# a million findings lie in a few dozen columns, and each report goes through a line many times


@lru_cache(maxsize=100)
def _blatt(t: Katalog, datei: str, blatt: str | None) -> str:
    if blatt is None:
        return _gekuerzt(datei)
    return t("befund.ort.blatt", datei=_gekuerzt(datei), blatt=_gekuerzt(blatt))


@lru_cache(maxsize=1 << 15)
def _zeile(t: Katalog, zeile: int | None) -> str:
    return "" if zeile is None else t("befund.ort.zeile", zeile=str(zeile))


@lru_cache(maxsize=1000)
def _in_spalte(t: Katalog, spalte: str) -> str:
    return t("befund.ort.spalte", spalte=spalte)


def _spalte(befund: Befund) -> str:
    return _ueberschrift(befund.spalte or "", in_mappe=befund.blatt is not None)


@lru_cache(maxsize=1000)
def _ueberschrift(spalte: str, *, in_mappe: bool) -> str:
    return titel(spalte) if in_mappe and spalte in SPALTEN else _gekuerzt(spalte)


def saetze(befund: Befund, t: Katalog) -> tuple[str, str]:
    """Return what is wrong, with the value, and what to do about it."""
    was, tun = _vorlagen(t, befund.code)
    # filled here and not by calling the catalogue, which looks up again what a code always has
    return (
        was.text.format_map({name: _wert(befund, name, t) for name in was.namen}),
        _rat(tun, *[_wert(befund, name, t) for name in tun.namen]),
    )


class _Vorlage(NamedTuple):
    """A sentence of the catalogue, and which values it repeats."""

    text: str
    namen: tuple[str, ...]


@cache
def _vorlagen(t: Katalog, code: Code) -> tuple[_Vorlage, _Vorlage]:
    was, tun = f"befund.{code}.was", f"befund.{code}.tun"
    return _Vorlage(*t.vorlage(was)), _Vorlage(*t.vorlage(tun))


# what to do seldom depends on the cell: neighbours share it
@lru_cache(maxsize=1000)
def _rat(tun: _Vorlage, *werte: object) -> str:
    return tun.text.format_map(dict(zip(tun.namen, werte, strict=True)))


def _wert(befund: Befund, name: str, t: Katalog) -> object:
    """Return what a sentence repeats under a name; what the finding adds goes before.

    Raises
    ------
    KeyError
        The finding has nothing of this name.
    """
    wert: object = befund.werte.get(name)
    if wert is None:
        wert = _EIGENE[name](befund)
    return _gekuerzt(wert) if isinstance(wert, str) else t.geschrieben(wert)


_EIGENE: Final[Mapping[str, Callable[[Befund], object]]] = {
    "wert": attrgetter("wert"),
    "spalte": _spalte,
    "zeile": lambda befund: str(befund.zeile),
    "datei": attrgetter("datei"),
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
