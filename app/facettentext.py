"""The facets of ``/api/projekte`` as JSON: all but the counts is the same for every state."""

from collections.abc import Mapping

import numpy as np
import orjson

from app.state import FACETTEN
from layers.spalten import Zahlen

_STELLE = b"%d"


def facettenmuster(labels: Mapping[str, Mapping[str, str]]) -> bytes:
    """Return the JSON with a place for each count; ``labels``: facet → code → label."""
    facetten = (
        orjson.dumps(name) + b":[" + b",".join(map(_option, labels[name].items())) + b"]"
        for name in FACETTEN
    )
    return b"{" + b",".join(facetten) + b"}"


def _option(werte: tuple[str, str]) -> bytes:
    code, label = werte
    roh = orjson.dumps({"code": code, "label": label}).replace(b"%", b"%%")
    return roh[:-1] + b',"anzahl":' + _STELLE + b"}"


def facettentext(muster: bytes, anzahlen: Mapping[str, Zahlen]) -> bytes:
    """Fill in the counts of every option."""
    return muster % tuple(np.concatenate([anzahlen[name] for name in FACETTEN]).tolist())
