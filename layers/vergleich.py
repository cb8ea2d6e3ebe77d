"""What changed between two builds: new, changed field by field, completed, gone.

Compared are the Steckbriefe, by id: what a reader would notice. The accumulated log travels from
build to build (``aenderungen.json``), because only the last builds are kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter
from typing import Any, Final, TypeAlias

import orjson

from layers.saetze import Saetze, aus

Steckbrief: TypeAlias = Mapping[str, Any]
_UNERHEBLICH: Final = frozenset({"befunde"})
ABGESCHLOSSEN: Final = "umgesetzt"


@dataclass(frozen=True, slots=True)
class Feldaenderung:
    """One field of one project, before and after; None where it had or has no value."""

    feld: str
    alt: Any
    neu: Any


@dataclass(frozen=True, slots=True)
class Geaendert:
    """A project that is in both builds, with what differs."""

    id: str
    name: str
    felder: tuple[Feldaenderung, ...]


@dataclass(frozen=True, slots=True)
class Genannt:
    """A project that is in one of the builds only, or was completed."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Unterschied:
    """Everything that differs between two builds, ordered by id."""

    neu: tuple[Genannt, ...]
    geaendert: tuple[Geaendert, ...]
    abgeschlossen: tuple[Genannt, ...]
    entfallen: tuple[Genannt, ...]

    def __bool__(self) -> bool:
        return bool(self.neu or self.geaendert or self.entfallen)


def vergleiche(alt: Iterable[Steckbrief], neu: Iterable[Steckbrief]) -> Unterschied:
    """Compare two lists of Steckbriefe (records of ``steckbriefe.json``).

    Records of equal bytes are equal and never parsed: between two builds nearly all are.
    """
    alte, neue = (s if isinstance(s, Saetze) else Saetze(aus(s)) for s in (alt, neu))
    vorher, nachher = ({id_: i for i, id_ in enumerate(saetze.ids())} for saetze in (alte, neue))
    anders = {
        id_: (alte[vorher[id_]], neue[i])
        for id_, i in sorted(nachher.items())
        if id_ in vorher and alte.roh(vorher[id_]) != neue.roh(i)
    }
    geaendert = (Geaendert(id_, b["name"], _felder(a, b)) for id_, (a, b) in anders.items())
    return Unterschied(
        neu=_genannt(neue, (i for id_, i in nachher.items() if id_ not in vorher)),
        geaendert=tuple(g for g in geaendert if g.felder),
        abgeschlossen=tuple(
            Genannt(id_, b["name"])
            for id_, (a, b) in anders.items()
            if _fertig(b) and not _fertig(a)
        ),
        entfallen=_genannt(alte, (i for id_, i in vorher.items() if id_ not in nachher)),
    )


def _genannt(saetze: Saetze, stellen: Iterable[int]) -> tuple[Genannt, ...]:
    genannte = (Genannt(satz["id"], satz["name"]) for satz in map(saetze.__getitem__, stellen))
    return tuple(sorted(genannte, key=attrgetter("id")))


def _fertig(projekt: Steckbrief) -> bool:
    return bool(projekt.get("status") == ABGESCHLOSSEN)


def _felder(alt: Steckbrief, neu: Steckbrief) -> tuple[Feldaenderung, ...]:
    namen = [*neu, *(name for name in alt if name not in neu)]
    return tuple(
        Feldaenderung(name, alt.get(name), neu.get(name))
        for name in namen
        if name not in _UNERHEBLICH and alt.get(name) != neu.get(name)
    )


def fortgeschrieben(
    bisher: bytes | None, unterschied: Unterschied | None, zeit: str, stand: str
) -> bytes:
    """Return the log of changes with this build's entry, as JSON.

    Parameters
    ----------
    bisher
        ``aenderungen.json`` of the build before, None for the first one.
    unterschied
        What this build changes; None or nothing changed adds no entry, so that a rebuild of
        the same sources has the same bytes.
    zeit
        When this build is made (ISO 8601, UTC).
    stand
        The Stand of its data.
    """
    eintraege: Sequence[Any] = orjson.loads(bisher)["eintraege"] if bisher else []
    if unterschied:
        eintraege = [{"zeit": zeit, "stand": stand, **asdict(unterschied)}, *eintraege]
    return orjson.dumps({"eintraege": eintraege})
