"""Pages of one request: what is the same of them is found out once, whichever page is asked for.

Programs read a layer page by page: requests that differ in nothing but the number behind
``offset``. How such a request is understood does not depend on that number, so the first one says
how all others are answered (`app.betrieb.schnellweg`).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from layers.abbild import Puffer

BLATTFOLGE: Final = "nordwaerts.blattfolge"
"""Key of the scope: the `Blattfolge` of a request that has one."""
_ABSTAND: Final = re.compile(rb"GET /[^ ?]*\?(?:[^ ]*&)?offset=(\d{1,40})[& ]")

_IM_QUERY: Final = re.compile(r"((?:^|&)offset=)\d+")


@dataclass(frozen=True, slots=True)
class Einzelblatt:
    """What one page has for itself: header lines, and its bytes but for their end."""

    kopf: Mapping[str, str]
    inhalt: tuple[Puffer, ...]


Blattfolge: TypeAlias = Callable[[str], Einzelblatt | None]
"""Makes the page for an offset as it is written; None: that one has to go the whole way."""


@dataclass(frozen=True, slots=True)
class Stelle:
    """A head taken apart: what stands before the offset, the offset, what stands behind it."""

    davor: bytes
    abstand: str
    danach: bytes

    @classmethod
    def finde(cls, roh: bytes) -> "Stelle | None":
        """Take a head apart; None if it asks for no page by a number."""
        gefunden = _ABSTAND.match(roh)
        if gefunden is None:
            return None
        von, bis = gefunden.span(1)
        return cls(roh[:von], roh[von:bis].decode(), roh[bis:])

    @property
    def muster(self) -> tuple[bytes, bytes]:
        """What all pages of the request have in common."""
        return self.davor, self.danach


def mit_abstand(query: str, abstand: str) -> str:
    """Return a query string with another offset, written as it is asked for."""
    return _IM_QUERY.sub(lambda gefunden: gefunden[1] + abstand, query, count=1)
