"""The vocabularies of the programme: codes are slugs, labels are its own words."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from layers.tabellen import CODELISTEN
from layers.ueberschriften import vergleichsform


def beschriftungen(liste: pd.DataFrame) -> dict[str, str]:
    """Return code → label, the short one where there is one, in the order of the list."""
    return {
        code: kurz or label
        for code, label, kurz in zip(liste["code"], liste["label"], liste["kurz"], strict=True)
    }


def schreibweisen(liste: pd.DataFrame) -> dict[str, str]:
    """Return every spelling that is accepted for a code, as it is compared → the code.

    A spelling that stands for two codes is left out: it has to be said which is meant.
    """
    gefunden: dict[str, set[str]] = defaultdict(set)
    for code, *worte in zip(liste["code"], liste["label"], liste["kurz"], strict=True):
        for wort in (code, *worte):
            gefunden[vergleichsform(wort)].add(code)
    return {form: min(codes) for form, codes in gefunden.items() if form and len(codes) == 1}


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
