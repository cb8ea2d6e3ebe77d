"""The sort keys of the index: one dense rank a row, -1 = no value (always last)."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from layers.csr import Ganzzahlen
from layers.facetten import Facette, dicht, erste_nummer
from layers.falten import ordnungsform
from layers.zellen import je_wert


def raenge(projekte: pd.DataFrame, facetten: Mapping[str, Facette]) -> dict[str, Ganzzahlen]:
    """Return the ranks of every sort but ``entfernung``.

    Names and numbers as a German reader sorts them, codes in the order of their code list (a
    project in several Stadtbezirke by the first one stated), ``beginn`` and ``stand`` by date.
    """
    je_code = {
        name: dicht(erste_nummer(facetten[name], projekte[spalte]))
        for name, spalte in (
            ("stadtbezirk", "stadtbezirke"),
            ("handlungsfeld", "handlungsfeld"),
            ("projektfamilie", "projektfamilie"),
            ("generation", "generation"),
            ("status", "status"),
        )
    }
    return {
        "nr": _nach_text(projekte["nr"], ordnungsform),
        "name": _nach_text(projekte["name"], ordnungsform),
        **je_code,
        "beginn": _nach_text(projekte["beginn"], str),
        "stand": _nach_text(projekte["stand"], str),
    }


def _nach_text(spalte: "pd.Series[Any]", schluessel: Callable[[str], str]) -> Ganzzahlen:
    # The text itself breaks ties between keys, so that equal rank means equal text.
    verschiedene = [text for text in pd.unique(spalte) if text]
    folge = {
        text: i for i, text in enumerate(sorted(verschiedene, key=lambda t: (schluessel(t), t)))
    }
    return je_wert(spalte, lambda text: folge.get(text, -1)).astype(np.int64)
