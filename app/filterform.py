"""The filter panel as data: groups, options with their counts, the hidden rest of the state."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.katalog import Katalog
from app.query import Ergebnis
from app.state import FACETTEN, SORTIERUNGEN, Abfrage
from app.store import Snapshot

_OFFEN = frozenset({"handlungsfeld", "stadtbezirk", "status"})
"""The facets people ask for most; the others are one click away."""
_REIHENFOLGE = (
    "handlungsfeld",
    "stadtbezirk",
    "status",
    "projektfamilie",
    "themenfeld",
    "wirkungsfeld",
    "beteiligt",
    "liste",
    "generation",
)


@dataclass(frozen=True, slots=True)
class Option:
    """One value one can choose, and how many projects that would give."""

    code: str
    label: str
    anzahl: int
    gewaehlt: bool


@dataclass(frozen=True, slots=True)
class Gruppe:
    """One facet with its options; an open one is shown unfolded."""

    name: str
    titel: str
    optionen: tuple[Option, ...]
    offen: bool

    @property
    def gewaehlt(self) -> int:
        """How many options are chosen."""
        return sum(option.gewaehlt for option in self.optionen)


@dataclass(frozen=True, slots=True)
class Filterform:
    """Everything the filter form shows."""

    q: str
    gruppen: tuple[Gruppe, ...]
    jahre: tuple[int, ...]
    von: int | None
    bis: int | None
    lage: str
    sort: str
    sortierungen: tuple[tuple[str, str], ...]
    verborgen: tuple[tuple[str, str], ...]


def filterform(snapshot: Snapshot, abfrage: Abfrage, ergebnis: Ergebnis, t: Katalog) -> Filterform:
    """Build the filter panel for a state and its result."""
    kurz = {name: _kurz(snapshot, name) for name in FACETTEN}
    gruppen = []
    for name in _REIHENFOLGE:
        facette = snapshot.index.facetten[name]
        gewaehlt = frozenset(abfrage.facetten.get(name, ()))
        optionen = tuple(
            Option(code, kurz[name].get(code) or label, int(anzahl), code in gewaehlt)
            for code, label, anzahl in zip(
                facette.codes, facette.labels, ergebnis.facetten[name], strict=True
            )
        )
        gruppen.append(
            Gruppe(name, t(f"facette.{name}"), optionen, name in _OFFEN or bool(gewaehlt))
        )
    mit_punkt = abfrage.nahe is not None
    return Filterform(
        q=abfrage.q,
        gruppen=tuple(gruppen),
        jahre=_jahre(snapshot),
        von=abfrage.von,
        bis=abfrage.bis,
        lage=abfrage.lage or "",
        sort=abfrage.sort or ("entfernung" if mit_punkt else "name"),
        sortierungen=tuple(
            (name, t(f"filter.sort.{name}"))
            for name in (*SORTIERUNGEN[:-1], "-stand", *SORTIERUNGEN[-1:])
            if name != "entfernung" or mit_punkt
        ),
        verborgen=tuple(
            (name, wert)
            for name, wert in abfrage.paare()
            if name in {"bbox", "nahe", "umkreis", "sprache"}
        ),
    )


def _kurz(snapshot: Snapshot, facette: str) -> Mapping[str, str]:
    liste = snapshot.codelisten.get(facette, {})
    return {code: eintrag.get("kurz") or "" for code, eintrag in liste.items()}


def _jahre(snapshot: Snapshot) -> tuple[int, ...]:
    index = snapshot.index
    bekannt = [int(jahr) for spalte in (index.beginn, index.ende) for jahr in spalte if jahr > 0]
    return tuple(range(min(bekannt), max(bekannt) + 1)) if bekannt else ()
