"""Columns in one binary file, used where they lie: ``index.bin``, ``suche.bin``.

The file is ``nwSPALT1``, the length of the header (uint32), four zero bytes, the header (JSON,
UTF-8, filled with spaces), then the sections. Everything is little-endian and begins at a multiple
of eight, so that NumPy and JavaScript look at the bytes through typed arrays without copying or
parsing them: mapped into memory they are shared by all processes that read the same file.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, TypeAlias

import numpy as np
import orjson
from numpy.typing import NDArray

from layers.reihe import Reihe

KENNUNG: Final = b"nwSPALT1"
_KOPF_AB: Final = 16
_RASTER: Final = 8
_TYPEN: Final = ("u1", "u2", "u4", "i4")
"""NumPy's names; the unsigned ones in the order of their size."""
_GRENZEN: Final = {"u1": 1 << 8, "u2": 1 << 16, "u4": 1 << 32}
Zahlen: TypeAlias = NDArray[Any]
"""Whole numbers of one of the types of the format."""


@dataclass(frozen=True, slots=True)
class Steigend:
    """Numbers that never fall, kept as differences: those are small and compress well."""

    werte: Zahlen


Spalte: TypeAlias = Zahlen | Steigend | Sequence[str]


class Texte(Reihe[str]):
    """A column of texts, each decoded when it is asked for.

    Equal to any sequence with the same texts.
    """

    __slots__ = ("_roh", "_start")

    def __init__(self, roh: Zahlen, laengen: Zahlen) -> None:
        self._roh = roh.data
        self._start = np.zeros(len(laengen) + 1, dtype=np.int64)
        np.cumsum(laengen, out=self._start[1:])

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._start) - 1

    def glied(self, stelle: int) -> str:
        """Return one text."""
        return str(self._roh[self._start[stelle] : self._start[stelle + 1]], "utf-8")

    def __iter__(self) -> Iterator[str]:
        """Return all of them in order."""
        for von, bis in pairwise(self._start.tolist()):
            yield str(self._roh[von:bis], "utf-8")

    def __eq__(self, andere: object) -> bool:
        """Say whether the same texts stand in another sequence."""
        if not isinstance(andere, Sequence):
            return NotImplemented
        return len(self) == len(andere) and all(a == b for a, b in zip(self, andere, strict=True))

    __hash__ = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Spaltendatei:
    """A file that was opened: what its header says, and its columns by name."""

    kopf: Mapping[str, Any]
    _verzeichnis: Mapping[str, Sequence[Any]]
    _rumpf: memoryview

    def __contains__(self, name: object) -> bool:
        """Say whether there is such a section."""
        return name in self._verzeichnis

    def __iter__(self) -> Iterator[str]:
        """Return the names of the sections."""
        return iter(self._verzeichnis)

    def zahlen(self, name: str) -> Zahlen:
        """Return a column of whole numbers: a view of the file, summed up (int32) if `Steigend`.

        Raises
        ------
        KeyError
            There is no such column.
        ValueError
            The section lies outside of the file.
        """
        typ, ab, anzahl, *steigend = self._verzeichnis[name]
        if typ not in _TYPEN:
            raise ValueError(name)
        spalte = np.frombuffer(self._rumpf, dtype=f"<{typ}", count=anzahl, offset=ab)
        if not steigend:
            return spalte
        breit = anzahl and int(spalte.sum(dtype=np.int64)) > np.iinfo(np.int32).max
        return np.cumsum(spalte, dtype=np.int64 if breit else np.int32)

    def texte(self, name: str) -> Texte:
        """Return a column of texts; errors as in `zahlen`."""
        return Texte(self.zahlen(f"{name}.utf8"), self.zahlen(f"{name}.laenge"))


def packe(kopf: Mapping[str, Any], spalten: Mapping[str, Spalte]) -> bytes:
    """Write columns into one file: equal contents, equal bytes.

    Parameters
    ----------
    kopf
        What the header says beside the directory (``spalten``), anything that JSON can hold.
    spalten
        Name → whole numbers from -2³¹ to 2³²-1, each column in the smallest type that holds it,
        or texts.

    Raises
    ------
    ValueError
        A number is too large, or `Steigend` falls or begins below zero.
    """
    verzeichnis: dict[str, list[Any]] = {}
    stuecke: list[bytes] = []
    ab = 0
    for name, (zahlen, steigend) in _abschnitte(spalten):
        knapp = _knapp(zahlen, name)
        verzeichnis[name] = [knapp.dtype.str[1:], ab, len(knapp), *([1] if steigend else [])]
        inhalt = knapp.tobytes()
        stuecke += (inhalt, b"\0" * (-len(inhalt) % _RASTER))
        ab += len(inhalt) + len(stuecke[-1])
    kopfzeile = orjson.dumps({**kopf, "spalten": verzeichnis})
    kopfzeile += b" " * (-len(kopfzeile) % _RASTER)
    anfang = KENNUNG + len(kopfzeile).to_bytes(4, "little") + b"\0" * 4
    return b"".join((anfang, kopfzeile, *stuecke))


def _abschnitte(spalten: Mapping[str, Spalte]) -> Iterator[tuple[str, tuple[Zahlen, bool]]]:
    for name, spalte in spalten.items():
        if isinstance(spalte, Steigend):
            schritte = np.diff(spalte.werte.astype(np.int64), prepend=0)
            if schritte.min(initial=0) < 0:
                raise ValueError(name)
            yield name, (schritte, True)
        elif isinstance(spalte, np.ndarray):
            yield name, (spalte, False)
        else:
            roh = [text.encode() for text in spalte]
            yield f"{name}.laenge", (np.fromiter(map(len, roh), np.int64, len(roh)), False)
            yield f"{name}.utf8", (np.frombuffer(b"".join(roh), dtype=np.uint8), False)


def _knapp(zahlen: Zahlen, name: str) -> Zahlen:
    """Return the numbers in the smallest type that holds them."""
    kleinste, groesste = int(zahlen.min(initial=0)), int(zahlen.max(initial=0))
    if kleinste < 0:
        if kleinste < -(1 << 31) or groesste >= 1 << 31:
            raise ValueError(name)
        return zahlen.astype("<i4")
    typ = next((typ for typ, grenze in _GRENZEN.items() if groesste < grenze), None)
    if typ is None:
        raise ValueError(name)
    return zahlen.astype(f"<{typ}")


def lies(inhalt: bytes | memoryview) -> Spaltendatei:
    """Open a file that `packe` wrote; nothing is copied.

    Raises
    ------
    ValueError
        It is no such file, or cut off.
    """
    puffer = memoryview(inhalt)
    if bytes(puffer[: len(KENNUNG)]) != KENNUNG:
        raise ValueError("kein Spaltenformat")
    laenge = int.from_bytes(puffer[len(KENNUNG) : len(KENNUNG) + 4], "little")
    kopf = orjson.loads(puffer[_KOPF_AB : _KOPF_AB + laenge])
    verzeichnis = kopf.pop("spalten")
    return Spaltendatei(kopf, verzeichnis, puffer[_KOPF_AB + laenge :])
