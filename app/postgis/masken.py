"""Sets of rows as bit strings: how they lie in a column, go to the server and come back.

Bit *i* is row *i* of the index, the first one the highest bit of the first byte: what
``numpy.packbits`` makes is what PostgreSQL keeps as ``bit``.
"""

import struct
from dataclasses import dataclass
from typing import Final

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg.adapt import Dumper, Loader
from psycopg.pq import Format

_LAENGE: Final = struct.Struct("!i")
_BIT: Final = 1560
"""The OID of the type ``bit``."""
_KOPF: Final = 20
"""Bytes before the elements of a one-dimensional array on the wire."""
_ELEMENT: Final = np.dtype([("bytes", ">i4"), ("wert", ">i4")])


@dataclass(frozen=True, slots=True)
class Maske:
    """A set of rows out of ``n``: eight rows a byte, unused bits are zero."""

    bytes: bytes
    n: int

    @classmethod
    def aus(cls, wahr: NDArray[np.bool_]) -> "Maske":
        """Return the rows that are true."""
        return cls(np.packbits(wahr).tobytes(), len(wahr))

    @property
    def wahr(self) -> NDArray[np.bool_]:
        """Which rows are in it, shape (n,)."""
        return np.unpackbits(np.frombuffer(self.bytes, np.uint8), count=self.n).astype(bool)

    @property
    def zeilen(self) -> NDArray[np.int64]:
        """The rows in it, ascending."""
        return np.flatnonzero(self.wahr)


class _Schreiber(Dumper):
    format = Format.BINARY
    oid = _BIT

    def dump(self, obj: Maske) -> bytes:
        return _LAENGE.pack(obj.n) + obj.bytes


class _Leser(Loader):
    format = Format.BINARY

    def load(self, data: bytes | bytearray | memoryview) -> Maske:
        return Maske(bytes(data[4:]), _LAENGE.unpack_from(data)[0])


def verstehe(verbindung: psycopg.Connection) -> None:
    """Teach a connection the type ``bit``."""
    verbindung.adapters.register_dumper(Maske, _Schreiber)
    verbindung.adapters.register_loader(_BIT, _Leser)


def zahlen(feld: bytes) -> NDArray[np.int64]:
    """Return the numbers of what ``array_send`` makes of an ``int[]`` without NULL."""
    if len(feld) <= _KOPF:
        return np.empty(0, dtype=np.int64)
    elemente = np.frombuffer(feld, _ELEMENT, offset=_KOPF)["wert"]
    return elemente.astype(np.int64)
