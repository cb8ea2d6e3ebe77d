"""From an attribute of a feature to the text of a cell."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import numpy as np
import orjson

from layers.tabellen import TRENNER


def text(wert: Any) -> str:  # noqa: ANN401  what a JSON document or GDAL holds
    """Return the value as text; nothing, NaN and NaT are empty, a list of texts is joined."""
    if isinstance(wert, np.generic):
        wert = wert.item()
    if wert is None or wert != wert:  # noqa: PLR0124  NaN and NaT only
        return ""
    if isinstance(wert, bool | float | datetime | date):
        return _schreibe(wert)
    if isinstance(wert, list) and all(isinstance(teil, str) for teil in wert):
        return TRENNER.join(wert)
    return orjson.dumps(wert).decode() if isinstance(wert, list | Mapping) else str(wert)


def _schreibe(wert: bool | float | datetime | date) -> str:
    if isinstance(wert, bool):
        return "ja" if wert else "nein"
    if isinstance(wert, float):
        return str(int(wert)) if wert.is_integer() else str(wert)
    return wert.isoformat()[:10]
