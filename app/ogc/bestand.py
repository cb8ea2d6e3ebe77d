"""The collections of a snapshot, each read when it is first asked for."""

import asyncio
import re
import threading
from collections.abc import Iterable
from typing import Final

from cachetools import LRUCache

from app.ogc.items import Blatt
from app.ogc.sammlung import KOLLEKTIONEN, Sammlung
from app.store import Snapshot

_BLAETTER: Final = 128
"""Pages per collection whose selection is remembered; their bytes lie in the kept answers."""

_VIELE: Final = 20_000
"""Features from which on a filter may take longer than others should wait."""
_ZUGLEICH: Final = 2
_HARMLOS: Final = re.compile(r"(?:(?:limit|offset|f|crs|sprache)=[^&]*&?)*")
"""Queries that select nothing: all features, page by page."""


class Bestand:
    """Owns the collections and their latest pages."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._dateien = snapshot.dateien
        self._merkmale = snapshot.merkmale
        self._codelisten = snapshot.codelisten
        self._sammlungen: dict[str, Sammlung] = {}
        self._sperre = asyncio.Lock()
        self._suche = asyncio.Semaphore(_ZUGLEICH)
        self._schloss = threading.Lock()
        self._blaetter: LRUCache[tuple[str, str], Blatt] = LRUCache(_BLAETTER * len(KOLLEKTIONEN))

    def __getitem__(self, id_: str) -> Sammlung:
        """Return a collection.

        Raises
        ------
        KeyError
            There is no such collection.
        """
        if id_ not in self._sammlungen:
            if id_ not in KOLLEKTIONEN:
                raise KeyError(id_)
            roh, _ = self._dateien[f"/daten/{id_}.geojson"].fassungen[""]
            self._sammlungen[id_] = Sammlung(id_, roh, self._codelisten, self._merkmale.get(id_))
        return self._sammlungen[id_]

    async def bereite(self, ids: Iterable[str]) -> None:
        """Read collections beside the event loop: who asks for others meanwhile does not wait.

        Unknown ids are passed over.
        """
        for id_ in ids:
            if id_ in KOLLEKTIONEN and id_ not in self._sammlungen:
                async with self._sperre:
                    await asyncio.to_thread(self.__getitem__, id_)

    async def erstes_blatt(self, sammlung: Sammlung, query: str, adresse: str) -> Blatt:
        """Return a page as `blatt` does; what is looked for long is not looked for in the loop."""
        if len(sammlung) < _VIELE or _HARMLOS.fullmatch(query) or self._kennt(sammlung, query):
            return self.blatt(sammlung, query, adresse)
        async with self._suche:
            return await asyncio.to_thread(self.blatt, sammlung, query, adresse)

    def _kennt(self, sammlung: Sammlung, query: str) -> bool:
        with self._schloss:
            return (sammlung.id, query) in self._blaetter

    def blatt(self, sammlung: Sammlung, query: str, adresse: str) -> Blatt:
        """Return the page of features that a raw query string asks for.

        Parameters
        ----------
        adresse
            Absolute address of the collection's items; the same in the whole life of a service.

        Raises
        ------
        app.errors.UngueltigeParameter
            As `app.ogc.items.Blatt.lies`.
        """
        schluessel = (sammlung.id, query)
        with self._schloss:
            gefunden = self._blaetter.get(schluessel)
        if gefunden is None:
            gefunden = Blatt.lies(sammlung, query, adresse)
            with self._schloss:
                self._blaetter[schluessel] = gefunden
        return gefunden
