"""The filter panel as data: groups, options with their counts, the hidden rest of the state."""

from dataclasses import dataclass

from app.abschnitte import sortierung
from app.darstellung import Darstellung
from app.entfernungstext import streckentext
from app.katalog import Katalog
from app.lockern import ohne_gruppe
from app.query import Ergebnis
from app.satz import KEIN_FILTER
from app.state import Abfrage
from app.store import Snapshot
from app.urls import RAHMEN

UMKREISE = (500, 1000, 2000, 5000)
"""Metres: from around the corner to a bicycle ride."""
_OFFEN = frozenset({"handlungsfeld", "stadtbezirk", "status"})
"""The facets people ask for most; the others are one click away."""
_LANG = 15
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


SORTIERWAHL = (
    "name",
    "-name",
    "nr",
    "-nr",
    "handlungsfeld",
    "projektfamilie",
    "generation",
    "stadtbezirk",
    "status",
    "-beginn",
    "beginn",
    "-stand",
    "stand",
    "entfernung",
)
"""The orders that are offered: the other direction only where it says something of its own."""


@dataclass(frozen=True, slots=True)
class Option:
    """One value one can choose, and how many projects that would give."""

    code: str
    label: str
    anzahl: int
    gewaehlt: bool


@dataclass(frozen=True, slots=True)
class Gruppe:
    """One facet with its options; an open one is shown unfolded.

    ``ohne`` is the address of the state without any of its values.
    """

    name: str
    titel: str
    optionen: tuple[Option, ...]
    offen: bool
    ohne: str

    @property
    def gewaehlt(self) -> int:
        """How many options are chosen."""
        return sum(option.gewaehlt for option in self.optionen)

    @property
    def lang(self) -> bool:
        """Whether one would rather type than read all options."""
        return len(self.optionen) > _LANG


@dataclass(frozen=True, slots=True)
class Filterform:
    """Everything the filter form shows; ``aktiv`` counts the values that are set."""

    aktiv: int
    q: str
    gruppen: tuple[Gruppe, ...]
    jahre: tuple[int, ...]
    von: int | None
    bis: int | None
    lage: str
    sort: str
    sortierungen: tuple[tuple[str, str], ...]
    mit_punkt: bool
    umkreis: int | None
    umkreise: tuple[tuple[int, str], ...]
    verborgen: tuple[tuple[str, str], ...]


def filterform(abfrage: Abfrage, ergebnis: Ergebnis, d: Darstellung, ziel: str) -> Filterform:
    """Build the filter panel for a state and its result; ``ziel`` is the path it leads to."""
    gruppen = []
    for name in _REIHENFOLGE:
        gewaehlt = frozenset(abfrage.facetten.get(name, ()))
        optionen = tuple(
            Option(code, label, int(anzahl), code in gewaehlt)
            for (code, label), anzahl in zip(
                d.labels.facetten[name].items(), ergebnis.facetten[name], strict=True
            )
        )
        gruppen.append(
            Gruppe(
                name,
                d.t(f"facette.{name}"),
                optionen,
                name in _OFFEN or bool(gewaehlt),
                d.urls.seite(ziel, ohne_gruppe(abfrage, (name,))),
            )
        )
    mit_punkt = abfrage.nahe is not None
    return Filterform(
        aktiv=sum(name not in KEIN_FILTER for name, _ in abfrage.paare()),
        q=abfrage.q,
        gruppen=tuple(gruppen),
        jahre=_jahre(d.snapshot),
        von=abfrage.von,
        bis=abfrage.bis,
        lage=abfrage.lage or "",
        sort=(sort := sortierung(abfrage)),
        sortierungen=_sortierungen(sort, d.t),
        mit_punkt=mit_punkt,
        umkreis=abfrage.umkreis,
        umkreise=_umkreise(abfrage.umkreis, d.t),
        verborgen=(
            *((n, wert) for n, wert in abfrage.paare() if n in {"bbox", "nahe", "sprache"}),
            *(d.urls.rahmen if ziel == RAHMEN else ()),
        ),
    )


def _sortierungen(gewaehlt: str, t: Katalog) -> tuple[tuple[str, str], ...]:
    """Return the orders to choose from, and one that somebody wrote into the address."""
    eigene = () if gewaehlt in SORTIERWAHL else (gewaehlt,)
    umgekehrt = {
        name: t("ergebnis.sort.umgekehrt", sortierung=t(f"filter.sort.{name.removeprefix('-')}"))
        for name in eigene
    }
    return tuple((n, umgekehrt.get(n) or t(f"filter.sort.{n}")) for n in (*SORTIERWAHL, *eigene))


def _umkreise(gewaehlt: int | None, t: Katalog) -> tuple[tuple[int, str], ...]:
    """Return the radii to choose from, and one that somebody wrote into the address."""
    eigener = () if gewaehlt is None else (gewaehlt,)
    return tuple((meter, streckentext(meter, t)) for meter in sorted({*UMKREISE, *eigener}))


def _jahre(snapshot: Snapshot) -> tuple[int, ...]:
    index = snapshot.index
    bekannt = [int(jahr) for spalte in (index.beginn, index.ende) for jahr in spalte if jahr > 0]
    return tuple(range(min(bekannt), max(bekannt) + 1)) if bekannt else ()
