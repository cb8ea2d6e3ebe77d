"""Put the attacks past the data gate: straight into the tables that it has already checked.

Every attack comes once into every column of texts, spread over its rows, in a cell with a few
others; each also stands first in a cell, where a formula would have to. Rows are many or few, so
the cells of short tables hold more.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from layers.check import Geprueft
from layers.markdowntext import setze
from layers.quellen import Quelle
from layers.seitentexte import Seitentext
from layers.tabellen import BETEILIGTE, DATEN, TABELLEN, Art, Spalte, Tabelle
from tests.sicherheit.angriffe import ALLE, LINKS, schreibbar

TEXTE: Final = tuple(
    a.text for a in sorted(ALLE, key=lambda a: a.art != "formel") if schreibbar(a.text)
)
"""Formulas first: they do harm at the beginning of a cell only."""
GUT: Final = "https://example.org/gut"
JE_LABEL: Final = 4
_NAMENSSPALTEN: Final = frozenset({"traeger", "partner"})
Namen = Mapping[str, str]
Zelle = Callable[[int, int, int], str]


def zelle(zeile: int, spalte: int, zeilen: int) -> str:
    """Return the attacks of one cell, as one text: every attack is in one cell of the column."""
    return " ".join(TEXTE[(zeile + spalte) % zeilen :: zeilen])


def label(zeile: int, spalte: int, zeilen: int) -> str:
    """Return a few attacks: every one is in some label, but no label has many."""
    beginn = JE_LABEL * (spalte * zeilen + zeile)
    return " ".join(TEXTE[(beginn + i) % len(TEXTE)] for i in range(JE_LABEL))


def vergifte(geprueft: Geprueft) -> Geprueft:
    """Return the checked tables with attacks in place of every text."""
    namen = _neue_namen(geprueft.tabellen[BETEILIGTE.name])
    tabellen = {
        tabelle.name: _tabelle(tabelle, geprueft.tabellen[tabelle.name], namen)
        for tabelle in TABELLEN
    }
    return replace(
        geprueft,
        tabellen={**geprueft.tabellen, **tabellen},
        quellen=tuple(_quelle(q, i) for i, q in enumerate(geprueft.quellen)),
        texte=tuple(_seitentext(text) for text in geprueft.texte),
    )


def _neue_namen(beteiligte: pd.DataFrame) -> Namen:
    """Return name or spelling of an organisation → what stands for it from now on."""
    neu = {}
    for zeile, (name, varianten) in enumerate(
        zip(beteiligte["name"], beteiligte["varianten"], strict=True)
    ):
        neu[name] = zelle(zeile, 0, len(beteiligte)).replace("|", "/")
        for nummer, variante in enumerate(varianten, 1):
            neu[variante] = zelle(zeile, nummer, len(beteiligte)).replace("|", "/")
    return neu


def _tabelle(tabelle: Tabelle, rahmen: pd.DataFrame, namen: Namen) -> pd.DataFrame:
    neu = rahmen.copy()
    mache = zelle if tabelle in DATEN else label
    for nummer, spalte in enumerate(tabelle.spalten):
        gift = _GIFT.get(spalte.art)
        if gift and spalte.name != tabelle.schluessel:
            neu[spalte.name] = gift(spalte, rahmen[spalte.name], nummer, mache, namen)
    return neu


def _texte(
    _: Spalte, alt: "pd.Series[Any]", nummer: int, mache: Zelle, namen: Namen
) -> NDArray[np.object_]:
    werte = [namen.get(w) or mache(i, nummer, len(alt)) for i, w in enumerate(alt)]
    return np.array(werte, dtype=object)


def _namenlisten(
    spalte: Spalte, alt: "pd.Series[Any]", nummer: int, mache: Zelle, namen: Namen
) -> NDArray[np.object_]:
    """Rename what the list of organisations has, and add one that it has not."""
    neu = np.empty(len(alt), dtype=object)
    for i, tupel in enumerate(alt):
        fremd = (mache(i, nummer, len(alt)),) if spalte.name in _NAMENSSPALTEN else ()
        neu[i] = (*(namen.get(name, name) for name in tupel), *fremd)
    return neu


def _links(_: Spalte, alt: "pd.Series[Any]", nummer: int, *__: object) -> NDArray[np.object_]:
    neu = np.empty(len(alt), dtype=object)
    schritt = max(1, min(len(alt), len(LINKS)))
    for i in range(len(alt)):
        neu[i] = (GUT, *LINKS[(i + nummer) % schritt :: schritt])
    return neu


_GIFT: Final[Mapping[Art, Callable[..., NDArray[np.object_]]]] = {
    Art.TEXT: _texte,
    Art.NAMEN: _namenlisten,
    Art.ORGANISATIONEN: _namenlisten,
    Art.URLS: _links,
}


def _quelle(quelle: Quelle, nummer: int) -> Quelle:
    felder = ("titel", "herausgeber", "lizenz", "hinweis")
    gift = {name: label(nummer, i, 40) for i, name in enumerate(felder)}
    return replace(quelle, url=LINKS[nummer % len(LINKS)], **gift)


def _seitentext(text: Seitentext) -> Seitentext:
    html = setze("\n\n".join(TEXTE)).html
    return replace(text, titel=label(1, 1, 80), html=html)
