"""``docs/leistung.md``: the targets, then a section for each part, rendered from kept figures."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, Protocol

from tests.bench.bilder import vorhanden, zeichne
from tests.bench.messung import Ergebnis, Zahlen, Ziel
from tests.bench.seitenteile import tabelle
from tests.bench.teile import (
    adressen,
    anfragen,
    bau,
    filterwechsel,
    folium,
    lighthouse,
    load,
    million,
    nginx,
    pygeoapi,
    server,
    speicher,
)
from tests.bench.werkbank import Werkbank
from tests.conftest import WURZEL

ZIEL: Final = WURZEL / "docs" / "leistung.md"
GROSSE: Final = "million"
_KOPF: Final = """\
# Leistung

Written by `make bench`; do not edit. Figures are the median of the runs, with minimum and maximum
in brackets. What is compared was measured in turns (A, B, A, B, …) in one run, on the same machine,
with the same data; a ratio is that of neighbours. A server and who asks it have different cores.
All projects but the shipped ones are invented ("Testprojekt 17", `tests/synthetik.py`).

`make bench TEIL=pygeoapi,nginx` measures only these parts and keeps the others: {teile}.
The machine is a small virtual one whose processors others use too: trust ratios more than digits.

## Targets
"""


class Teil(Protocol):
    """What every module in ``teile`` that has a section offers."""

    @property
    def TITEL(self) -> str:  # noqa: N802  # a constant of the module
        """The heading."""

    def miss(self, bank: Werkbank, /) -> None:
        """Measure."""

    def zeige(self, zahlen: Zahlen, /) -> Iterator[str]:
        """Yield the lines of its section."""

    def ziele(self, zahlen: Zahlen, /) -> Iterator[Ziel]:
        """Yield the targets that it can judge."""


TEILE: Final[Mapping[str, Teil]] = {
    "pygeoapi": pygeoapi,
    "nginx": nginx,
    "folium": folium,
    "filter": filterwechsel,
    "server": server,
    "build": bau,
    "memory": speicher,
    "lighthouse": lighthouse,
    "load": load,
    "requests": anfragen,
    "addresses": adressen,
}
AUCH_MILLION: Final = frozenset({"filter", "server", "build", "memory"})
"""Parts whose figures for a million projects come from that part."""
MESSUNGEN: Final[Mapping[str, Callable[[Werkbank], None]]] = {
    **{name: teil.miss for name, teil in TEILE.items()},
    GROSSE: million.miss,
}
VON_SELBST: Final = tuple(name for name in MESSUNGEN if name not in ("load", GROSSE))
"""What ``make bench`` measures if nobody says which parts: all that ends within half an hour."""


def seite(zahlen: Zahlen) -> str:
    """Return the page over all figures that were ever kept."""
    return "\n".join(_zeilen(zahlen)) + "\n"


def schreibe(zahlen: Zahlen, ziel: Path = ZIEL) -> None:
    """Draw the curves and write the page."""
    zeichne(zahlen)
    ziel.write_text(seite(zahlen), "utf-8")


def _zeilen(zahlen: Zahlen) -> Iterator[str]:
    yield _KOPF.format(teile=", ".join(f"`{name}`" for name in MESSUNGEN))
    ziele = [ziel for teil in TEILE.values() for ziel in teil.ziele(zahlen)]
    kopf = ("what", "target", "measured", "reached")
    yield from tabelle(kopf, ((z.was, z.soll, z.ist or "–", _urteil(z)) for z in ziele))
    if bilder := vorhanden(zahlen):
        yield "\n## Growth\n"
        yield "Dashed: the straight line that fits best in proportion. Red: targets.\n"
        for titel, datei in bilder:
            yield f"![{titel}](bilder/{datei})"
    for name, teil in TEILE.items():
        yield f"\n## {teil.TITEL}\n"
        yield from _abschnitt(zahlen, name, teil)


def _urteil(ziel: Ziel) -> str:
    if ziel.erreicht is None:
        return "not measured"
    return "yes" if ziel.erreicht else "**not reached**"


def _abschnitt(zahlen: Zahlen, name: str, teil: Teil) -> Iterator[str]:
    auch = (GROSSE,) if name in AUCH_MILLION else ()
    ergebnisse = [zahlen.ergebnisse[n] for n in (name, *auch) if n in zahlen.ergebnisse]
    if not ergebnisse:
        yield f"Not measured yet: `make bench TEIL={name}`."
        return
    yield from teil.zeige(zahlen)
    yield ""
    texte = [t for e in ergebnisse if e.teil == name for t in (*e.aufbau, *e.bemerkungen)]
    yield from (f"- {text}" for text in texte)
    yield ""
    for ergebnis in ergebnisse:
        yield _herkunft(ergebnis)


def _herkunft(e: Ergebnis) -> str:
    teil = " (1\u202f000\u202f000)" if e.teil == GROSSE else ""
    code = f" at `{e.code}`" if e.code else ""
    return f"*Measured{teil} on {e.tag}{code} in {e.sekunden:.0f} s: {e.maschine}.*"
