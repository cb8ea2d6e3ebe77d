"""The vocabularies of the programme: codes are slugs, labels are its own words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from layers.tabellen import CODELISTEN


def beschriftungen(liste: pd.DataFrame) -> dict[str, str]:
    """Return code → label, the short one where there is one, in the order of the list."""
    return {
        code: kurz or label
        for code, label, kurz in zip(liste["code"], liste["label"], liste["kurz"], strict=True)
    }


def als_json(tabellen: Mapping[str, pd.DataFrame]) -> dict[str, list[dict[str, Any]]]:
    """Return all code lists as records; what is not documented is None."""
    return {
        tabelle.name.removeprefix("codelisten/"): [
            {name: wert or None for name, wert in zip(tabelle.spaltennamen, zeile, strict=True)}
            for zeile in tabellen[tabelle.name][list(tabelle.spaltennamen)].itertuples(
                index=False, name=None
            )
        ]
        for tabelle in CODELISTEN
    }
