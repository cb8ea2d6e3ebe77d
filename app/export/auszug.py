"""What a state holds, and what is to be said about it: the one source of every export."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from app.darstellung import Darstellung
from app.index import Index
from app.katalog import Katalog
from app.naehe import Naehe
from app.query import suche
from app.satz import satz
from app.state import Abfrage
from app.store import Snapshot
from app.urls import NEUTRAL
from app.vorlagen import datum
from layers.herkunft import herkunft

SCHREIBTISCH: Final = frozenset({"sort", "sprache", "projekt"})
"""Parameters that say nothing about which projects there are."""


@dataclass(frozen=True, slots=True)
class Auszug:
    """The projects of a state in its order, and where they come from.

    Attributes
    ----------
    abfrage
        The state, without language and open Steckbrief: neither changes what there is.
    zeilen
        Rows of the index, in the asked order.
    naehe
        How far and where the projects of the *index* lie from ``nahe``; None without it.
    satz
        How many of how many projects, and all filters in words (German).
    basis
        The public address of the service, ``http(s)://…`` without a slash at its end.
    """

    snapshot: Snapshot
    abfrage: Abfrage
    zeilen: tuple[int, ...]
    naehe: Naehe | None
    satz: str
    basis: str

    @property
    def projekte(self) -> Iterator[Mapping[str, Any]]:
        """The records of ``steckbriefe.json`` in order."""
        return (self.snapshot.projekte[zeile] for zeile in self.zeilen)

    @property
    def meter(self) -> tuple[int | None, ...] | None:
        """Distance of each row in whole metres, None where no location is known or asked from."""
        if self.naehe is None:
            return None
        weiten = self.naehe.meter(np.array(self.zeilen, dtype=np.int64))
        return tuple(round(float(m)) if np.isfinite(m) else None for m in weiten)

    @property
    def adresse(self) -> str:
        """The absolute address of this state on the map."""
        return self.basis + NEUTRAL.karte(self.abfrage)

    def steckbrief(self, projekt_id: str) -> str:
        """Return the absolute address of a Steckbrief."""
        return self.basis + NEUTRAL.projekt(projekt_id)


def auszug(d: Darstellung, abfrage: Abfrage, basis: str, gesucht: Index | None = None) -> Auszug:
    """Return what a state holds.

    Parameters
    ----------
    d
        The snapshot in German: what editors and GIS people keep is German whatever the page was.
    gesucht
        The index in the language of the page: the file holds what was found there.
    """
    eigene = kanonisch(abfrage)
    index = d.index if gesucht is None else gesucht
    ergebnis = suche(index, eigene)
    return Auszug(
        snapshot=d.snapshot,
        abfrage=eigene,
        zeilen=tuple(ergebnis.zeilen.tolist()),
        naehe=ergebnis.naehe,
        satz=satz(eigene, ergebnis.anzahl, len(index), d.t, d.labels.facetten),
        basis=basis,
    )


def kanonisch(abfrage: Abfrage) -> Abfrage:
    """Return the state as far as it decides what a file holds."""
    return replace(abfrage, sprache=None, projekt=None)


def quellensatz(quelle: Mapping[str, Any], t: Katalog) -> str:
    """Return publisher, licence and Stand of a source; a licence nobody stated is not invented."""
    teile = (
        quelle["herausgeber"],
        t("auszug.lizenz", lizenz=quelle["lizenz"] or t("auszug.lizenz.offen")),
        t("seite.stand", stand=datum(quelle["stand"], t)) if quelle["stand"] else "",
    )
    return "; ".join(teil for teil in teile if teil)


def ebenensatz(snapshot: Snapshot, ebene: str, t: Katalog) -> str:
    """Return where a layer comes from: publisher, licence and Stand of each of its sources."""
    quellen = herkunft(ebene, snapshot.quellen).quellen
    return " | ".join(dict.fromkeys(quellensatz(quelle, t) for quelle in quellen))
