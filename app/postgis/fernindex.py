"""An index that lies in a database: it answers states there and loads no column until one is asked.

What is asked of every request (codes, counts, a page of rows) are queries. Surfaces that look at a
whole column (Auswertung, headings of a sorted list, "Meinten Sie …?") get the columns of the
build's own index file, fetched once a build and process by the first who needs one.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from psycopg import sql

from app.facette import Facette
from app.index import Index, Labelwort
from app.postgis.reihenfolge import geordnet, wege
from app.postgis.suche import Tabellen, ganze, zaehle
from app.query import Ergebnis, suche
from app.state import Abfrage

_BEKANNTE: Final = 10_000
"""Ids whose row is remembered, those that somebody made up included."""


class Fernzeilen(Mapping[str, int]):
    """Id of a project → its row."""

    def __init__(self, t: Tabellen) -> None:
        self._t = t
        self._bekannte: dict[str, int | None] = {}

    def __getitem__(self, id_: str) -> int:
        """Return the row.

        Raises
        ------
        KeyError
            There is no such project.
        """
        try:
            zeile = self._bekannte[id_]
        except KeyError:
            if len(self._bekannte) >= _BEKANNTE:
                self._bekannte.clear()
            zeile = self._bekannte[id_] = self._suche(id_)
        if zeile is None:
            raise KeyError(id_)
        return zeile

    def _suche(self, id_: str) -> int | None:
        frage = sql.SQL("SELECT zeile FROM {s}.projekt WHERE id = %s").format(s=self._t.s)
        gefunden = self._t.verbindung.zeilen(frage, [id_])
        return int(gefunden[0][0]) if gefunden else None

    def __iter__(self) -> Iterator[str]:
        """Return all ids in the order of the rows."""
        frage = sql.SQL("SELECT id FROM {s}.projekt ORDER BY zeile").format(s=self._t.s)
        return (id_ for (id_,) in self._t.verbindung.zeilen(frage))

    def __len__(self) -> int:
        """Return how many projects there are."""
        return self._t.n


class Fernfacette(Facette):
    """A facet whose codes are known and whose columns come when they are asked for."""

    __slots__ = ("_ganz",)

    def __init__(
        self, codes: tuple[str, ...], labels: tuple[str, ...], ganz: Callable[[], Facette]
    ) -> None:
        object.__setattr__(self, "codes", codes)
        object.__setattr__(self, "labels", labels)
        object.__setattr__(self, "_ganz", ganz)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any column
        """Fetch a column that is not there yet."""
        if name not in Facette.__slots__:
            raise AttributeError(name)
        wert = getattr(self._ganz(), name)
        object.__setattr__(self, name, wert)
        return wert


def _facette(ganz: Callable[[], Index], name: str) -> Facette:
    return ganz().facetten[name]


class Fernindex(Index):
    """An `Index` over the tables of a build.

    Parameters
    ----------
    facetten
        Facet → codes and German labels, in their order.
    ganz
        Returns the whole index, out of the files of the build.
    """

    __slots__ = ("_ganz", "tabellen")
    tabellen: Tabellen

    def __init__(
        self,
        tabellen: Tabellen,
        facetten: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]],
        ganz: Callable[[], Index],
        labelworte: tuple[Labelwort, ...] = (),
    ) -> None:
        fest = {
            "tabellen": tabellen,
            "_ganz": ganz,
            "labelworte": labelworte,
            "codes": tabellen.codes,
            "gesamt": ganze(tabellen),
            "zeile": Fernzeilen(tabellen),
            "facetten": {
                name: Fernfacette(codes, labels, partial(_facette, ganz, name))
                for name, (codes, labels) in facetten.items()
            },
        }
        for name, wert in fest.items():
            object.__setattr__(self, name, wert)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - any column
        """Fetch a column that is not there yet."""
        if name not in Index.__slots__:
            raise AttributeError(name)
        wert = getattr(self._ganz(), name)
        object.__setattr__(self, name, wert)
        return wert

    def mit_labelworten(self, labelworte: tuple[Labelwort, ...]) -> "Fernindex":
        """Return the same index with the words of other labels."""
        facetten = {name: (f.codes, f.labels) for name, f in self.facetten.items()}
        return Fernindex(self.tabellen, facetten, self._ganz, labelworte)

    def __len__(self) -> int:
        """Return how many projects there are."""
        return self.tabellen.n


@suche.register
def _(index: Fernindex, abfrage: Abfrage) -> Ergebnis:
    t = index.tabellen
    gezaehlt = zaehle(t, abfrage, index.labelworte)
    return Ergebnis(
        anzahl=gezaehlt.anzahl,
        facetten=gezaehlt.facetten,
        ohne_laufzeit=gezaehlt.ohne_laufzeit,
        reihe=partial(geordnet, t, abfrage, gezaehlt),
        miss=None if abfrage.nahe is None else partial(wege, t, abfrage.nahe),
    )
