"""What no document may hold: control characters, which XML 1.0 and PDF/UA-1 both forbid."""

from typing import Any, Final

import orjson
from pydantic import TypeAdapter

from app.bericht.inhalt import Bericht

BERICHT: Final = TypeAdapter(Bericht)
"""Reads a report that was passed as JSON."""
_VERBOTEN: Final = dict.fromkeys(
    [*(i for i in range(32) if chr(i) not in "\n\t"), *range(127, 160), 0xFFFE, 0xFFFF]
)


def ohne_steuerzeichen(bericht: Bericht) -> Bericht:
    """Return the report without them; both formats are set from the same clean words."""
    return BERICHT.validate_python(_bereinigt(orjson.loads(orjson.dumps(bericht))))


def _bereinigt(wert: Any) -> Any:  # noqa: ANN401
    if isinstance(wert, dict):
        return {name: _bereinigt(teil) for name, teil in wert.items()}
    if isinstance(wert, list):
        return [_bereinigt(teil) for teil in wert]
    return wert.translate(_VERBOTEN) if isinstance(wert, str) else wert
