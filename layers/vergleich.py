"""What changed between two builds: new, changed field by field, completed, gone.

Compared are the Steckbriefe, by id: what a reader would notice. The accumulated log travels from
build to build (``aenderungen.json``), because only the last builds are kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeAlias

import orjson

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
    """Compare two lists of Steckbriefe (records of ``steckbriefe.json``)."""
    vorher = {projekt["id"]: projekt for projekt in alt}
    nachher = {projekt["id"]: projekt for projekt in neu}
    gemeinsam = sorted(vorher.keys() & nachher.keys())
    geaendert = (
        Geaendert(id_, nachher[id_]["name"], _felder(vorher[id_], nachher[id_]))
        for id_ in gemeinsam
    )
    return Unterschied(
        neu=_genannt(nachher, nachher.keys() - vorher.keys()),
        geaendert=tuple(g for g in geaendert if g.felder),
        abgeschlossen=_genannt(
            nachher, (i for i in gemeinsam if _fertig(nachher[i]) and not _fertig(vorher[i]))
        ),
        entfallen=_genannt(vorher, vorher.keys() - nachher.keys()),
    )


def _genannt(projekte: Mapping[str, Steckbrief], ids: Iterable[str]) -> tuple[Genannt, ...]:
    return tuple(Genannt(id_, projekte[id_]["name"]) for id_ in sorted(ids))


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
