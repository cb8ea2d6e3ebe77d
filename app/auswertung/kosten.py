"""The costs of the projects as one column beside the index."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from app.auswertung.kreuztabelle import UNBEKANNT, Zahlen
from layers.saetze import Saetze


def kostenspalte(projekte: Sequence[Mapping[str, Any]]) -> Zahlen:
    """Return the costs in whole euros, `UNBEKANNT` where there are none, in row order.

    Parameters
    ----------
    projekte
        The records of ``steckbriefe.json``.
    """
    if isinstance(projekte, Saetze):
        # a million records are parsed in seconds, and searched in one
        werte = projekte.werte("kosten_eur")
    else:
        werte = (projekt.get("kosten_eur") for projekt in projekte)
    return np.array([UNBEKANNT if wert is None else wert for wert in werte], dtype=np.int64)
