"""A base map as an operator writes it down (``NORDWAERTS_GRUNDKARTEN``)."""

import re
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

BEZIRKE: Final = "bezirke"
"""Our own areas: always there, nobody is asked."""
STADTPLAN: Final = "stadtplan"
"""The PMTiles file that the service has itself (``NORDWAERTS_GRUNDKARTE_PMTILES``)."""
_VERGEBEN: Final = (BEZIRKE, STADTPLAN)
_PLATZHALTER: Final = re.compile(r"\{([^}]*)\}")
_RECHNER: Final = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?")
"""A host as CSP writes it; what else is allowed in an address could end the directive."""


class Grundkarte(BaseModel):
    """One base map beside our own.

    Attributes
    ----------
    id
        Its name in addresses (``/einbetten?grundkarte=…``): stays valid in the pages of others.
    name
        What the choice on the map calls it.
    art
        ``xyz``: pictures of tiles, also what a WMTS has in Web Mercator; ``wms``; ``pmtiles``:
        vector tiles in one file.
    url
        Template with ``{z}``, ``{x}`` and ``{y}`` (xyz), the service without parameters (wms), or
        the file (pmtiles). What begins with ``/`` lies on our own host.
    ebenen, format, version
        Layers, separated by commas, picture format and version of a WMS.
    zoom_bis
        The finest zoom that has pictures of its own; closer, they are enlarged.
    luftbild
        A photograph: its colours are not turned for the dark scheme.
    quelle, quelle_url
        What the licence wants to be read on the map, and where that leads.
    empfaenger
        Who learns of the visitor; must be named where the base map lies on another host.
    datenschutz, datenschutz_url
        What there is to say about that in German, and the recipient's own page about it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
    name: Annotated[str, Field(min_length=1, max_length=60)]
    art: Literal["xyz", "wms", "pmtiles"]
    url: Annotated[str, Field(max_length=2000)]
    ebenen: Annotated[str, Field(max_length=500)] = ""
    format: Literal["image/png", "image/jpeg"] = "image/png"
    version: Literal["1.1.1", "1.3.0"] = "1.3.0"
    zoom_bis: Annotated[int, Field(ge=1, le=22)] = 18
    luftbild: bool = False
    quelle: Annotated[str, Field(min_length=1, max_length=300)]
    quelle_url: str = ""
    empfaenger: Annotated[str, Field(max_length=120)] = ""
    datenschutz: Annotated[str, Field(max_length=1000)] = ""
    datenschutz_url: str = ""

    @field_validator("id")
    @classmethod
    def _ist_frei(cls, wert: str) -> str:
        if wert in _VERGEBEN:
            raise ValueError("is the name of a base map of our own")
        return wert

    @field_validator("url")
    @classmethod
    def _ist_ziel(cls, wert: str) -> str:
        if wert.startswith("/") and not wert.startswith("//"):
            return wert
        teile = urlsplit(wert)
        if teile.scheme not in ("http", "https") or not _RECHNER.fullmatch(teile.netloc):
            raise ValueError("must begin with https:// and name a host, or begin with /")
        return wert

    @field_validator("quelle_url", "datenschutz_url")
    @classmethod
    def _ist_verweis(cls, wert: str) -> str:
        if wert and urlsplit(wert).scheme not in ("http", "https"):
            raise ValueError("must begin with http:// or https://")
        return wert

    @model_validator(mode="after")
    def _passt_zusammen(self) -> "Grundkarte":
        soll = {"x", "y", "z"} if self.art == "xyz" else set()
        if set(_PLATZHALTER.findall(self.url)) != soll:
            raise ValueError("url: {z}, {x} and {y} in xyz, nothing in braces otherwise")
        if self.art == "wms" and not self.ebenen:
            raise ValueError("ebenen: a WMS needs layers")
        if self.fremd and not self.empfaenger:
            raise ValueError("empfaenger: who is on the other host must be named")
        return self

    @property
    def fremd(self) -> bool:
        """Whether it lies on another host."""
        return not self.url.startswith("/")

    @property
    def rechner(self) -> str:
        """Host and port, empty for our own."""
        return urlsplit(self.url).netloc

    @property
    def herkunft(self) -> str:
        """Scheme and host as CSP names them, empty for our own."""
        return f"{urlsplit(self.url).scheme}://{self.rechner}" if self.fremd else ""
