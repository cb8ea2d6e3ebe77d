"""The last look before a build: what no format can hold, however it came into the tables.

The gate refuses a row with such a text (`layers.zellen`). This is for the day on which something
comes past it: XML, PDF and workbooks do not bear control characters, and nothing but a link may
ever become the target of one.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any, Final

import pandas as pd

from layers.check import Geprueft
from layers.quellen import Quelle
from layers.tabellen import TABELLEN, Art, Tabelle
from layers.zellen import UNZULAESSIG, ist_url, je_wert

ERSATZ: Final = "\N{REPLACEMENT CHARACTER}"
_MIT_NAMEN: Final = (Art.NAMEN, Art.ORGANISATIONEN)


def gereinigt(geprueft: Geprueft) -> Geprueft:
    """Return the checked tables with `ERSATZ` for what is no character, and links that are links.

    Tables as the gate lets them through are returned as they are.
    """
    rein = {t.name: _rein(t, geprueft.tabellen[t.name]) for t in TABELLEN}
    quellen = tuple(_quelle(quelle) for quelle in geprueft.quellen)
    return replace(geprueft, tabellen={**geprueft.tabellen, **rein}, quellen=quellen)


def text(wert: str) -> str:
    """Return a text without what XML 1.0 forbids and what changes the direction of others."""
    return wert if wert.isprintable() else UNZULAESSIG.sub(ERSATZ, wert)


def _namen(werte: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(text, werte))


def _links(werte: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(filter(ist_url, werte))


_JE_ART: Final[Mapping[Art, Callable[[Any], Any]]] = {
    Art.TEXT: text,
    Art.URLS: _links,
    **dict.fromkeys(_MIT_NAMEN, _namen),
}


def _rein(tabelle: Tabelle, rahmen: pd.DataFrame) -> pd.DataFrame:
    neu = {
        s.name: je_wert(rahmen[s.name], _JE_ART[s.art]) for s in tabelle.spalten if s.art in _JE_ART
    }
    return rahmen.assign(**neu)


def _quelle(quelle: Quelle) -> Quelle:
    texte = {feld.name: text(getattr(quelle, feld.name)) for feld in fields(quelle)}
    return replace(quelle, **texte | {"url": quelle.url if ist_url(quelle.url) else ""})
