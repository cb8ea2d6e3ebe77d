"""Who carries and who supports which project: read once from a snapshot."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, TypeAlias

from app.store import Snapshot

Rolle = Literal["traeger", "partner"]
ROLLEN: Final[tuple[Rolle, ...]] = ("traeger", "partner")
Art = Literal["organisation", "unbenannt", "nicht-gelistet"]
Rollen: TypeAlias = Mapping[Rolle, tuple[int, ...]]
"""Role → rows of the index, ascending."""
_LISTE: Final = "beteiligte"


@dataclass(frozen=True, slots=True)
class Beteiligter:
    """Somebody whom at least one project names.

    Attributes
    ----------
    code
        Code of the organisation; empty for a description, which is nobody's name.
    art
        ``unbenannt``: a source only describes them ("155 Betriebe"); ``nicht-gelistet``: a name
        that ``beteiligte.csv`` does not have.
    varianten
        Other spellings in the sources.
    """

    code: str
    name: str
    art: Art
    varianten: tuple[str, ...]
    rollen: Rollen

    @property
    def zeilen(self) -> tuple[int, ...]:
        """Rows of all their projects, each once, in the order of the index."""
        return tuple(sorted({zeile for zeilen in self.rollen.values() for zeile in zeilen}))

    @property
    def worte(self) -> str:
        """What a search for them looks at."""
        return " ".join((self.name, *self.varianten))


@dataclass(frozen=True, slots=True)
class Mitwirkung:
    """Everybody who takes part: those with a page by code, the others as they are described."""

    organisationen: Mapping[str, Beteiligter]
    beschreibungen: tuple[Beteiligter, ...]

    def alle(self) -> Iterator[Beteiligter]:
        """Yield the organisations, then the descriptions."""
        yield from self.organisationen.values()
        yield from self.beschreibungen


@dataclass(slots=True)
class _Sammlung:
    name: str
    rollen: dict[Rolle, list[int]] = field(default_factory=lambda: {r: [] for r in ROLLEN})


def mitwirkung(snapshot: Snapshot) -> Mitwirkung:
    """Return who takes part in the projects of a snapshot."""
    gefunden: dict[tuple[str, str], _Sammlung] = {}
    for zeile, rolle, eintrag in _nennungen(snapshot.projekte):
        code, name = eintrag["code"] or "", eintrag["name"]
        schluessel = (code, "" if code else name)
        zeilen = gefunden.setdefault(schluessel, _Sammlung(name)).rollen[rolle]
        if not zeilen or zeilen[-1] != zeile:
            zeilen.append(zeile)
    bekannt = snapshot.codelisten[_LISTE]
    beschrieben = frozenset(eintrag["name"] for eintrag in bekannt.values())
    return Mitwirkung(
        {
            code: _beteiligter(code, "organisation", gesammelt, bekannt[code]["varianten"])
            for (code, _), gesammelt in gefunden.items()
            if code
        },
        tuple(
            _beteiligter("", "unbenannt" if name in beschrieben else "nicht-gelistet", gesammelt)
            for (code, name), gesammelt in gefunden.items()
            if not code
        ),
    )


def _nennungen(
    projekte: Iterable[Mapping[str, Any]],
) -> Iterator[tuple[int, Rolle, Mapping[str, Any]]]:
    for zeile, projekt in enumerate(projekte):
        for rolle in ROLLEN:
            for eintrag in projekt[rolle]:
                yield zeile, rolle, eintrag


def _beteiligter(
    code: str, art: Art, gesammelt: _Sammlung, varianten: Iterable[str] = ()
) -> Beteiligter:
    rollen = {rolle: tuple(zeilen) for rolle, zeilen in gesammelt.rollen.items()}
    return Beteiligter(code, gesammelt.name, art, tuple(varianten), rollen)
