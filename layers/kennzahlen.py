"""The programme's own figures, mostly from its interim report of 2021."""

from typing import Any

import pandas as pd

from layers.tabellen import KENNZAHLEN


def als_json(kennzahlen: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the figures as records; whole numbers as int, what is not documented as None."""
    eintraege = kennzahlen[list(KENNZAHLEN.spaltennamen)].to_dict("records")
    return [
        {str(name): _zahl(wert) if name == "wert" else wert or None for name, wert in e.items()}
        for e in eintraege
    ]


def ganzer_wert(kennzahlen: pd.DataFrame, id_: str) -> int | None:
    """Return one figure as a whole number, None if it is not among them."""
    werte = kennzahlen["wert"][kennzahlen["id"] == id_]
    return None if werte.empty else round(werte.iloc[0])


def _zahl(wert: float) -> int | float:
    return int(wert) if wert.is_integer() else wert
