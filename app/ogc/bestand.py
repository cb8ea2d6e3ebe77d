"""The collections of a snapshot, each read when it is first asked for."""

import asyncio
from collections.abc import Iterable
from typing import Final

from cachetools import LRUCache

from app.ogc.items import Blatt
from app.ogc.sammlung import KOLLEKTIONEN, Sammlung
from app.store import Snapshot

_BLAETTER: Final = 128
"""Pages per collection whose selection is remembered; their bytes lie in the kept answers."""


class Bestand:
    """Owns the collections and their latest pages."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._dateien = snapshot.dateien
        self._merkmale = snapshot.merkmale
        self._codelisten = snapshot.codelisten
        self._sammlungen: dict[str, Sammlung] = {}
        self._sperre = asyncio.Lock()
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
        gefunden = self._blaetter.get(schluessel)
        if gefunden is None:
            gefunden = self._blaetter[schluessel] = Blatt.lies(sammlung, query, adresse)
        return gefunden
