"""The organisations that take part: one code, one name, other spellings of the sources."""

from collections.abc import Iterator

import pandas as pd

from layers.befund import Befund, Code
from layers.tabellen import BETEILIGTE
from layers.zellen import teile


def pruefe(rahmen: pd.DataFrame) -> list[Befund]:
    """Return a finding for every spelling that stands for two organisations."""
    return list(_mehrdeutige(rahmen))


def _mehrdeutige(rahmen: pd.DataFrame) -> Iterator[Befund]:
    zeile_von: dict[str, int] = {}
    for zeile, name, varianten in zip(
        rahmen.index, rahmen["name"], rahmen["varianten"], strict=True
    ):
        for schreibweise in dict.fromkeys((name, *teile(varianten))):
            erste = zeile_von.setdefault(schreibweise, int(zeile))
            if schreibweise and erste != zeile:
                yield Befund(
                    Code.VARIANTE_DOPPELT,
                    BETEILIGTE.datei,
                    zeile=int(zeile),
                    spalte="name" if schreibweise == name else "varianten",
                    wert=schreibweise,
                    werte={"erste": erste},
                )


def schreibweisen(beteiligte: pd.DataFrame) -> dict[str, str]:
    """Return name or variant → code of the organisation, from the typed table."""
    return {
        schreibweise: code
        for code, name, varianten in zip(
            beteiligte["code"], beteiligte["name"], beteiligte["varianten"], strict=True
        )
        for schreibweise in (name, *varianten)
    }
