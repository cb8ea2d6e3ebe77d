"""``steckbriefe.json``: records that are parsed one by one, when somebody asks for them.

A million records are a gigabyte of text and five of Python objects. So every record stands in a
line of its own: the file is JSON for everybody, and for us a sequence of lines that may be
mapped into memory.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any, Final, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

from layers.abbild import gib_zurueck
from layers.merkmale import wertmuster
from layers.reihe import Reihe

Satz: TypeAlias = Mapping[str, Any]
_ANFANG: Final = b'{"projekte":[\n'
_TRENNER: Final = b",\n"
_ENDE: Final = b"\n]}"
_ID: Final = re.compile(rb'{"id":"([^"\\]+)"')
"""How a record begins."""
_STUECK: Final = 1 << 24
_SEITENWEISE: Final = 1 << 15


def schreibe(saetze: Iterable[bytes]) -> bytes:
    """Return the file of records that are JSON already, each without a line break.

    They are taken one by one: kept apart they would hold several times their length.
    """
    datei = BytesIO()
    datei.write(_ANFANG)
    for nummer, satz in enumerate(saetze):
        if nummer:
            datei.write(_TRENNER)
        datei.write(satz)
    datei.write(_ENDE)
    return datei.getvalue()


class Saetze(Reihe[Satz]):
    """The records of a file, in its order.

    Parameters
    ----------
    datei
        What `schreibe` returns, or the same JSON in any other layout (builds from before).

    Raises
    ------
    KeyError, TypeError, ValueError
        It is not such a file.
    """

    __slots__ = ("_bis", "_roh", "_von")

    def __init__(self, datei: bytes | memoryview) -> None:
        puffer = memoryview(datei)
        if bytes(puffer[: len(_ANFANG)]) != _ANFANG:
            puffer = memoryview(aus(orjson.loads(puffer)["projekte"]))
        if bytes(puffer[-len(_ENDE) :]) != _ENDE:
            raise ValueError("abgeschnitten")
        umbrueche = _umbrueche(puffer)
        gib_zurueck(puffer)
        self._roh = puffer
        # an empty list is one empty line
        leer = len(puffer) == len(_ANFANG) + len(_ENDE)
        self._von = umbrueche[: 0 if leer else -1] + 1
        self._bis = umbrueche[len(umbrueche) if leer else 1 :] - 1
        if not leer:
            self._bis[-1] += 1

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._von)

    def glied(self, stelle: int) -> Satz:
        """Parse one record."""
        satz: Satz = orjson.loads(self.roh(stelle))
        return satz

    def __iter__(self) -> Iterator[Satz]:
        """Parse one after the other; the pages of a mapped file are given back on the way."""
        for i in range(len(self)):
            if i % _SEITENWEISE == 0:
                gib_zurueck(self._roh)
            yield orjson.loads(self.roh(i))
        gib_zurueck(self._roh)

    def werte(self, feld: str) -> Iterator[Any]:
        """Yield a field of one record after the other without parsing it, None where it has none.

        The field's name is that of no other one further inside a record.
        """
        finde = wertmuster(feld).search
        for i, (von, bis) in enumerate(zip(self._von.tolist(), self._bis.tolist(), strict=True)):
            if i % _SEITENWEISE == 0:
                gib_zurueck(self._roh)
            gefunden = finde(self._roh, von, bis)
            yield orjson.loads(gefunden[1]) if gefunden else None
        gib_zurueck(self._roh)

    def roh(self, stelle: int) -> memoryview:
        """Return one record as it stands in the file."""
        return self._roh[self._von[stelle] : self._bis[stelle]]

    def ids(self) -> Iterator[str]:
        """Return the ids of all records, without parsing them."""
        for i in range(len(self)):
            gefunden = _ID.match(self.roh(i))
            yield gefunden[1].decode() if gefunden else str(self[i]["id"])


def aus(saetze: Iterable[Satz]) -> bytes:
    """Return the file of some records."""
    return schreibe(map(orjson.dumps, saetze))


def _umbrueche(puffer: memoryview) -> NDArray[np.int64]:
    """Return where the line breaks are; in pieces, since a mask is as large as the file."""
    alle = np.frombuffer(puffer, dtype=np.uint8)
    stuecke = range(0, len(alle), _STUECK)
    return np.concatenate(
        [np.flatnonzero(alle[ab : ab + _STUECK] == ord("\n")) + ab for ab in stuecke]
    )
