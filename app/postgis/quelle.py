"""The database as the source of builds: what `app.quelle.Ordner` is for a folder."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Final

import orjson
from psycopg import sql

from app.index import Index, lies
from app.postgis import schema
from app.postgis.fernindex import Fernindex
from app.postgis.folgen import Ferndateien, Fernfolge, lege_ab
from app.postgis.kacheln import Fernkacheln
from app.postgis.suche import Tabellen
from app.postgis.verbindung import Datenbankfehler, Verbindung
from app.postgis.zaehlung import Grenzen
from app.store import INDEXDATEIEN, BuildFehler, Inhalt, Snapshot, dateipfade, fertige, zusammen
from app.zugang import ohne_zugang
from layers.ablage import Beschaedigt
from layers.merkmale import DATEIEN

_FASSUNG: Final = "SELECT to_regclass('nordwaerts.fassung') IS NOT NULL"
_SCHRIFTEN: Final = "schriften/"


class Datenbank:
    """Builds that `build_map.py publish` has loaded.

    Parameters
    ----------
    adresse
        ``postgresql://…``
    """

    def __init__(self, adresse: str) -> None:
        self.verbindung = Verbindung(adresse)
        self._name = ohne_zugang(adresse)

    def ziel(self) -> str | None:
        """Return the id in the one row that says it, None while the database is lost."""
        try:
            gefunden = self.verbindung.zeilen("SELECT build FROM nordwaerts.aktuell", geduldig=True)
        except Datenbankfehler:
            return None
        return str(gefunden[0][0]) if gefunden else None

    def kandidaten(self) -> Iterator[str]:
        """Yield the present build.

        Raises
        ------
        BuildFehler
            The database is not there, holds nothing, or tables of another version.
        """
        try:
            ((vorhanden,),) = self.verbindung.zeilen(_FASSUNG)
            versionen = (
                self.verbindung.zeilen("SELECT version FROM nordwaerts.fassung")
                if vorhanden
                else []
            )
        except Datenbankfehler as fehler:
            raise BuildFehler("datenbank", self._name, str(fehler.__cause__)) from fehler
        if versionen and versionen != [(schema.VERSION,)]:
            raise BuildFehler("datenbank-fassung", self._name, str(versionen[0][0]))
        ziel = self.ziel() if versionen else None
        if ziel is None:
            raise BuildFehler("datenbank-leer", self._name)
        yield ziel

    def lade(self, id_: str) -> Snapshot:
        """Return a build whose records, columns and files come when they are asked for."""
        try:
            return _Build(self.verbindung, id_).snapshot()
        except (Datenbankfehler, KeyError, ValueError) as fehler:
            raise BuildFehler("datenbank", self._name, repr(fehler)) from fehler

    @property
    def gestoert(self) -> bool:
        """Whether the last question got no answer."""
        return self.verbindung.gestoert

    def schliesse(self) -> None:
        """Close all connections of this process."""
        self.verbindung.schliesse()

    def builds(self) -> Sequence[str]:
        """Return the ids of the builds in the database, newest first."""
        return [
            str(id_)
            for (id_,) in self.verbindung.zeilen("SELECT id FROM nordwaerts.build ORDER BY id DESC")
        ]

    def steckbriefe(self, id_: str) -> Sequence[Mapping[str, Any]]:
        """Return the records of a build."""
        try:
            return tuple(_Build(self.verbindung, id_).projekte())
        except (Datenbankfehler, ValueError) as fehler:
            raise Beschaedigt(id_) from fehler


class _Build:
    """Reads one build."""

    def __init__(self, verbindung: Verbindung, id_: str) -> None:
        self._verbindung = verbindung
        self._s = schema.schema(id_)
        gefunden = verbindung.zeilen(
            "SELECT projekte, manifest FROM nordwaerts.build WHERE id = %s", [id_]
        )
        if not gefunden:
            raise ValueError(id_)
        self._n, roh = gefunden[0]
        self._manifest: Mapping[str, Any] = orjson.loads(roh)
        self._roh = _Rohdateien(verbindung, self._s, self._manifest["dateien"])

    def projekte(self) -> Sequence[Mapping[str, Any]]:
        """Return the records."""
        return Fernfolge(self._tabellen({}, {}), "record", dict)

    def snapshot(self) -> Snapshot:
        """Return the build: small things at once, all others when they are asked for."""
        facetten = {
            name: (tuple(codes), tuple(labels))
            for name, codes, labels in self._verbindung.zeilen(
                sql.SQL("SELECT name, codes, labels FROM {}.facette ORDER BY nr").format(self._s)
            )
        }
        codes = {name: {c: i for i, c in enumerate(alle)} for name, (alle, _) in facetten.items()}
        tabellen = self._tabellen(codes, self._grenzen())
        pfade = dateipfade(self._manifest)
        dateien = Ferndateien(
            pfade, lambda adresse: fertige(self._manifest, adresse, pfade[adresse], self._roh)
        )
        schriften = {
            pfad.removeprefix(_SCHRIFTEN): self._roh[pfad]
            for pfad in self._roh
            if pfad.startswith(_SCHRIFTEN)
        }
        inhalt = Inhalt(
            index=Fernindex(tabellen, facetten, cache(self._index)),
            projekte=self.projekte(),
            texte=Fernfolge(tabellen, "texte", lambda paare: tuple(map(tuple, paare))),
            dateien=dateien,
            schriften=lege_ab(dateien, schriften) if schriften else None,
            kacheln=Fernkacheln(tabellen),
            merkmale=_Merkmale(self._roh),
        )
        return zusammen(self._manifest, self._roh, inhalt)

    def _tabellen(self, codes: Mapping[str, Mapping[str, int]], grenzen: Grenzen) -> Tabellen:
        return Tabellen(self._verbindung, self._s, self._n, codes, grenzen)

    def _grenzen(self) -> Grenzen:
        frage = sql.SQL("SELECT art, code, anzahl FROM {}.menge").format(self._s)
        grenzen: dict[str, dict[int, int]] = {}
        for art, code, anzahl in self._verbindung.zeilen(frage):
            grenzen.setdefault(art, {})[code] = anzahl
        return grenzen

    def _index(self) -> Index:
        """Return the whole index, for surfaces that look at whole columns."""
        assets = self._manifest["assets"]
        return lies(*(self._roh[f"assets/{assets[name]}"] for name in INDEXDATEIEN))


class _Rohdateien(Mapping[str, bytes]):
    """The files of a build by their paths in it; each is fetched when it is asked for."""

    def __init__(
        self, verbindung: Verbindung, s: sql.Identifier, verzeichnis: Mapping[str, Any]
    ) -> None:
        self._verbindung = verbindung
        self._verzeichnis = verzeichnis
        self._frage = sql.SQL("SELECT inhalt FROM {}.datei WHERE pfad = %s ORDER BY teil").format(s)

    def __getitem__(self, pfad: str) -> bytes:
        """Return the bytes of a file.

        Raises
        ------
        KeyError
            The build has no such file.
        """
        if pfad not in self._verzeichnis:
            raise KeyError(pfad)
        return b"".join(teil for (teil,) in self._verbindung.zeilen(self._frage, [pfad]))

    def __contains__(self, pfad: object) -> bool:
        """Say whether there is such a file, without fetching it."""
        return pfad in self._verzeichnis

    def __iter__(self) -> Iterator[str]:
        """Return all paths."""
        return iter(self._verzeichnis)

    def __len__(self) -> int:
        """Return how many files there are."""
        return len(self._verzeichnis)


class _Merkmale(Mapping[str, bytes]):
    """Layer → the columns of its features."""

    def __init__(self, roh: _Rohdateien) -> None:
        self._roh = roh

    def __getitem__(self, ebene: str) -> bytes:
        return self._roh[DATEIEN[ebene]]

    def __iter__(self) -> Iterator[str]:
        return (ebene for ebene, pfad in DATEIEN.items() if pfad in self._roh)

    def __len__(self) -> int:
        return sum(1 for _ in self)
