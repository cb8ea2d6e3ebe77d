"""Pages of features: which ones a request selects, and their bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

import numpy as np
import orjson
from numpy.typing import NDArray

from app.errors import UngueltigeParameter
from app.ogc import cql
from app.ogc.anfrage import MAX_QUERY, Itemanfrage, lies_items, zahl
from app.ogc.crs import CRS84, Crs
from app.ogc.fehler import Unverstanden
from app.ogc.rahmen import schneidet
from app.ogc.sammlung import Sammlung, benachbart
from app.ogc.spalte import LISTEN, TRENNER, Maske
from app.state import Parameterfehler
from layers.abbild import Puffer

GEOJSON: Final = "application/geo+json"


@dataclass(frozen=True)
class Blatt:
    """One page of features.

    Attributes
    ----------
    adresse
        Absolute address of the collection's items.
    zeilen
        Rows of the collection on this page, in its order.
    gesamt
        How many features the request selects on all pages.
    stamm
        The query string that all pages of the request have in common.
    """

    sammlung: Sammlung
    adresse: str
    anfrage: Itemanfrage
    zeilen: NDArray[np.int64]
    gesamt: int
    stamm: str

    @classmethod
    def lies(cls, sammlung: Sammlung, query: str, adresse: str) -> "Blatt":
        """Answer the raw query string of a request.

        Raises
        ------
        UngueltigeParameter
            It is too long, names what is unknown, or a value cannot be understood.
        """
        if len(query) > MAX_QUERY:
            raise UngueltigeParameter(
                (Parameterfehler("filter", query[:40], "laenge", str(MAX_QUERY)),)
            )
        anfrage = lies_items(parse_qsl(query, keep_blank_values=True), sammlung)
        zeilen, gesamt = _zeilen(sammlung, anfrage)
        stamm = urlencode(anfrage.paare, quote_via=quote, safe=",/:")
        return cls(sammlung, adresse, anfrage, zeilen, gesamt, stamm)

    @property
    def geschnitten(self) -> bool:
        """Whether the features are one piece of the layer's file, as they are of most requests."""
        return self.anfrage.crs is CRS84 and benachbart(self.zeilen)

    @property
    def kopfzeilen(self) -> Mapping[str, str]:
        """The headers of the answer: the system of its coordinates, links to the other pages."""
        link = ", ".join(
            f'<{v["href"]}>; rel="{v["rel"]}"; type="{v["type"]}"' for v in self.verweise
        )
        return {**inhaltssystem(self.anfrage.crs), "link": link}

    def ziel(self, format_: str | None, offset: int) -> str:
        """Return the query string of a page of the same request, with its ``?``."""
        # numbers and the names of formats: nothing in them needs to be quoted
        eigene = (f"offset={offset}" if offset else "", f"f={format_}" if format_ else "")
        query = "&".join(filter(None, (self.stamm, *eigene)))
        return f"?{query}" if query else ""

    def naechste(self) -> int | None:
        """Return where the next page begins."""
        ende = self.anfrage.offset + len(self.zeilen)
        return ende if len(self.zeilen) and ende < self.gesamt else None

    def vorige(self) -> int | None:
        """Return where the page before begins."""
        offset = self.anfrage.offset
        return max(0, min(offset, self.gesamt) - self.anfrage.limit) if offset else None

    @cached_property
    def verweise(self) -> list[dict[str, str]]:
        """The links of the page."""
        f, hier = self.anfrage.format, self.anfrage.offset
        links = [
            _link("self", self.adresse + self.ziel(f, hier), GEOJSON),
            _link("alternate", self.adresse + self.ziel("html", hier), "text/html"),
            _link("collection", self.adresse.removesuffix("/items"), "application/json"),
        ]
        for rel, offset in (("next", self.naechste()), ("prev", self.vorige())):
            if offset is not None:
                links.append(_link(rel, self.adresse + self.ziel(f, offset), GEOJSON))
        return links

    def geojson(self, ende: bytes = b"") -> bytes:
        """Return the page as a FeatureCollection; ``ende``: its time stamp and brace."""
        return b"".join((*self.teile(), ende))

    def teile(self) -> tuple[bytes, Puffer, bytes]:
        """Return the FeatureCollection but for its end, in pieces that need not be joined."""
        kopf = {
            "type": "FeatureCollection",
            "numberMatched": self.gesamt,
            "numberReturned": len(self.zeilen),
            "links": self.verweise,
        }
        features = self.sammlung.features(self.zeilen, self.anfrage.crs)
        return orjson.dumps(kopf)[:-1] + b',"features":[', features, b"]"

    def bei(self, offset: int) -> "Blatt | None":
        """Return the page of the same request that begins elsewhere, if it is one piece too."""
        anfrage = replace(self.anfrage, offset=offset)
        if not anfrage.alle or offset >= self.gesamt:
            return None
        return replace(self, anfrage=anfrage, zeilen=_zeilen(self.sammlung, anfrage)[0])


def schluss() -> bytes:
    """Return the end of a FeatureCollection: when it was made."""
    jetzt = datetime.now(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00")
    return f',"timeStamp":"{jetzt}Z"}}'.encode()


def inhaltssystem(crs: Crs) -> dict[str, str]:
    """Return the header that names the system of an answer's coordinates (OGC 18-058)."""
    return {"content-crs": f"<{crs.uri}>"}


def _link(rel: str, href: str, medientyp: str) -> dict[str, str]:
    return {"rel": rel, "type": medientyp, "href": href}


def feature(sammlung: Sammlung, zeile: int, crs: Crs, links: list[dict[str, str]]) -> bytes:
    """Return one feature with its links."""
    return sammlung.feature(zeile, crs)[:-1] + b',"links":' + orjson.dumps(links) + b"}"


def _zeilen(sammlung: Sammlung, anfrage: Itemanfrage) -> tuple[NDArray[np.int64], int]:
    """Return the rows of the asked page, and how many there are on all pages."""
    von, bis = anfrage.offset, anfrage.offset + anfrage.limit
    if anfrage.alle:
        n = len(sammlung)
        return np.arange(min(von, n), min(bis, n)), n
    gewaehlt = np.flatnonzero(auswahl(sammlung, anfrage))
    return gewaehlt[von:bis].copy(), len(gewaehlt)


def auswahl(sammlung: Sammlung, anfrage: Itemanfrage) -> Maske:
    """Return which features a request selects on all its pages.

    Raises
    ------
    UngueltigeParameter
        The filter uses what the collection or the service does not know.
    """
    maske = np.ones(len(sammlung), dtype=bool)
    if anfrage.bbox is not None:
        maske &= schneidet(sammlung, anfrage.bbox, anfrage.bbox_crs)
    if anfrage.zeitraum is not None:
        von, bis = sammlung.laufzeiten()
        maske &= (von <= anfrage.zeitraum.bis) & (bis >= anfrage.zeitraum.von)
    for name, werte in anfrage.eigenschaften.items():
        maske &= _eigenschaft(sammlung, name, werte)
    if anfrage.filter is not None:
        try:
            maske &= cql.werte_aus(anfrage.filter, sammlung, anfrage.filter_crs).wahr
        except Unverstanden as f:
            fehler = Parameterfehler("filter", f.wert, f.grund, f.erlaubt)
            raise UngueltigeParameter((fehler,)) from f
    return maske


def _eigenschaft(sammlung: Sammlung, name: str, werte: tuple[str, ...]) -> Maske:
    """Return which features have one of the values; of a list, which hold one of them."""
    spalte = sammlung.spalte(name)
    if spalte.art == "zahl":
        zahlen = {zahl(wert) for wert in werte}
        return spalte.wo(lambda eigener: float(eigener) in zahlen)
    gefragt = frozenset(werte)
    if name in LISTEN:
        return spalte.wo(
            lambda eigener: eigener in gefragt or not gefragt.isdisjoint(eigener.split(TRENNER))
        )
    return spalte.wo(lambda eigener: str(eigener) in gefragt)
