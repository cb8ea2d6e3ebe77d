"""A build into the database: everything in one transaction, the switch its last statement.

Whatever happens before its end, readers see the build before; what was written until then never
existed. The write half: runs in ``build_map.py publish``, never in the service.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import orjson
import psycopg
from numpy.typing import NDArray
from psycopg import sql
from psycopg.types.json import Jsonb

from app.index import OHNE, Index
from app.postgis import schema
from app.postgis.masken import Maske, verstehe
from app.postgis.mengen import mengen, vorsilben
from app.store import Snapshot, lade
from layers.ablage import MANIFEST
from layers.herkunft import EBENEN

BEHALTEN: Final = 3
"""Builds that stay in the database, the present one included."""
_SPERRE: Final = 0x6E6F7264
"""Key of the advisory lock: one publisher at a time ("nord")."""
_STUECK: Final = 2**24
"""Bytes of a file in one row."""
_WARTEZEIT: Final = "2s"
"""How long removing an old build waits for those who still read it."""


class FremdeFassung(RuntimeError):
    """The database holds tables of another version; the message is that version."""


@dataclass(frozen=True, slots=True)
class Geladen:
    """What was published; ``neu`` is False if the build was in the database already."""

    id: str
    projekte: int
    dateien: int
    bytes: int
    neu: bool
    entfernt: tuple[str, ...]


def veroeffentliche(
    adresse: str, ordner: Path, *, behalten: int = BEHALTEN, schritt: Callable[[str], None]
) -> Geladen:
    """Load a build and make it the present one.

    Parameters
    ----------
    adresse
        ``postgresql://…``, a role that may create schemas and, the first time, PostGIS.
    ordner
        Folder of the build; every file is checked against its manifest.
    behalten
        How many builds stay; older ones are removed after the switch.
    schritt
        Called with the name of each table that is filled.

    Raises
    ------
    app.store.BuildFehler
        The build cannot be read.
    FremdeFassung
        The tables belong to another version of this program.
    psycopg.Error
        The database refused, or was lost; it still holds what it held.
    """
    snapshot = lade(ordner)
    with closing(psycopg.connect(adresse, autocommit=True)) as verbindung:
        verstehe(verbindung)
        with verbindung.transaction():
            verbindung.execute("SELECT pg_advisory_xact_lock(%s)", [_SPERRE])
            _bereite(verbindung)
            neu = not _vorhanden(verbindung, snapshot.id)
            if neu:
                _schreibe(verbindung, snapshot, ordner, schritt)
            schalte(verbindung, snapshot.id)
        entfernt = tuple(_raeume(verbindung, behalten))
    manifest = orjson.loads((ordner / MANIFEST).read_bytes())
    groesse = sum(angaben["bytes"] for angaben in manifest["dateien"].values())
    anzahl = len(manifest["dateien"])
    return Geladen(snapshot.id, len(snapshot.index), anzahl, groesse, neu, entfernt)


def schalte(verbindung: psycopg.Connection, build: str) -> None:
    """Make a build that is in the database the present one."""
    verbindung.execute(
        "INSERT INTO nordwaerts.aktuell (build) VALUES (%s)"
        " ON CONFLICT (eine) DO UPDATE SET build = excluded.build, seit = now()",
        [build],
    )


def _bereite(verbindung: psycopg.Connection) -> None:
    verbindung.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    verbindung.execute(schema.GEMEINSAM)
    fassung = verbindung.execute("SELECT version FROM nordwaerts.fassung").fetchone()
    if fassung is None:
        verbindung.execute("INSERT INTO nordwaerts.fassung VALUES (%s)", [schema.VERSION])
    elif fassung[0] != schema.VERSION:
        raise FremdeFassung(str(fassung[0]))


def _vorhanden(verbindung: psycopg.Connection, build: str) -> bool:
    frage = "SELECT FROM nordwaerts.build WHERE id = %s"
    return verbindung.execute(frage, [build]).fetchone() is not None


def _schreibe(
    verbindung: psycopg.Connection,
    snapshot: Snapshot,
    ordner: Path,
    schritt: Callable[[str], None],
) -> None:
    build, n = snapshot.id, len(snapshot.index)
    verbindung.execute(schema.anlegen(build, n))
    for tabelle, spalten, typen, zeilen in _inhalt(snapshot, ordner):
        schritt(tabelle)
        _kopiere(verbindung, sql.Identifier(tabelle), (build, spalten, typen), zeilen)
    schritt("index")
    verbindung.execute(schema.indizieren(build))
    manifest = (ordner / MANIFEST).read_bytes()
    verbindung.execute(
        "INSERT INTO nordwaerts.build (id, projekte, manifest) VALUES (%s, %s, %s)",
        [build, n, manifest],
    )


def _kopiere(
    verbindung: psycopg.Connection,
    tabelle: sql.Identifier,
    wohin: tuple[str, Sequence[str], Sequence[str]],
    zeilen: Iterable[Sequence[Any]],
) -> None:
    build, spalten, typen = wohin
    # FREEZE: the rows are visible to all at once with the switch, and index-only scans work
    befehl = sql.SQL("COPY {}.{} ({}) FROM STDIN (FORMAT binary, FREEZE)").format(
        schema.schema(build), tabelle, sql.SQL(", ").join(map(sql.Identifier, spalten))
    )
    with verbindung.cursor() as cursor, cursor.copy(befehl) as kopie:
        kopie.set_types(typen)
        for zeile in zeilen:
            kopie.write_row(zeile)


_Tabelle = tuple[str, tuple[str, ...], tuple[str, ...], Iterable[Sequence[Any]]]


def _inhalt(snapshot: Snapshot, ordner: Path) -> Iterator[_Tabelle]:
    """Yield name, columns, types and rows of every table."""
    index = snapshot.index
    raenge = tuple(f"rang_{name}" for name in schema.RAENGE)
    ganz = ("int4",) * len(raenge)
    yield "datei", ("pfad", "teil", "inhalt"), ("text", "int4", "bytea"), _dateien(ordner)
    yield (
        "facette",
        ("nr", "name", "codes", "labels"),
        ("int4", "text", "text[]", "text[]"),
        (
            (nr, name, list(facette.codes), list(facette.labels))
            for nr, (name, facette) in enumerate(index.facetten.items())
        ),
    )
    yield (
        "projekt",
        ("zeile", "id", "handlungsfeld", *raenge),
        ("int4", "text", "text", *ganz),
        _projekte(index),
    )
    yield (
        "steckbrief",
        ("zeile", "record", "texte"),
        ("int4", "bytea", "bytea"),
        (
            (zeile, orjson.dumps(record), orjson.dumps(texte))
            for zeile, (record, texte) in enumerate(
                zip(snapshot.projekte, snapshot.texte, strict=True)
            )
        ),
    )
    yield (
        "standort",
        ("ort", "projekt", "lon", "lat", "ungefaehr"),
        ("int4", "int4", "int4", "int4", "bool"),
        _standorte(index),
    )
    yield (
        "menge",
        ("art", "code", "anzahl", "zeilen"),
        ("text", "int4", "int4", "bit"),
        ((art, code, int(wahr.sum()), _bits(wahr)) for art, code, wahr in mengen(index)),
    )
    yield "wort", ("wort", "zeilen"), ("text", "int4[]"), _worte(index)
    yield (
        "vorsilbe",
        ("wort", "zeilen"),
        ("text", "bit"),
        ((wort, _bits(wahr)) for wort, wahr in vorsilben(index.worte, len(index))),
    )
    spalten = ("ebene", "nr", "eigenschaften", "geojson")
    yield "merkmal", spalten, ("text", "int4", "jsonb", "text"), _merkmale(snapshot)


def _bits(wahr: NDArray[np.bool_]) -> Maske:
    return Maske.aus(wahr if len(wahr) else np.zeros(1, dtype=bool))


def _dateien(ordner: Path) -> Iterator[tuple[str, int, bytes]]:
    manifest = orjson.loads((ordner / MANIFEST).read_bytes())
    for pfad in manifest["dateien"]:
        # the database makes its own tiles, and keeps records one by one
        if pfad.startswith("kacheln/") or pfad == "steckbriefe.json":
            continue
        with (ordner / pfad).open("rb") as datei:
            teil = 0
            # one row at least, for a file without a byte too
            while (stueck := datei.read(_STUECK)) or teil == 0:
                yield pfad, teil, stueck
                teil += 1


def _projekte(index: Index) -> Iterator[tuple[Any, ...]]:
    raenge = [
        [None if rang == OHNE else rang for rang in index.rang[name].tolist()]
        for name in schema.RAENGE
    ]
    feld = index.facetten["handlungsfeld"]
    felder = (feld.codes_von(zeile)[0] for zeile in range(len(index)))
    yield from zip(range(len(index)), index.ids, felder, *raenge, strict=True)


def _standorte(index: Index) -> Iterator[tuple[Any, ...]]:
    o = index.standorte
    spalten = (o.projekt, o.lon, o.lat, o.ungefaehr)
    yield from zip(range(len(o.projekt)), *(s.tolist() for s in spalten), strict=True)


def _worte(index: Index) -> Iterator[tuple[str, list[int]]]:
    w = index.worte
    for nummer, wort in enumerate(w.worte):
        yield wort, w.zeilen[w.start[nummer] : w.start[nummer + 1]].tolist()


def _merkmale(snapshot: Snapshot) -> Iterator[tuple[str, int, Any, str]]:
    """Yield the features that have a geometry, of every layer but the projects."""
    for name, ebene in EBENEN.items():
        datei = snapshot.dateien.get(f"/{ebene.datei}")
        if name == "projekte" or datei is None or not ebene.datei.endswith(".geojson"):
            continue
        for nr, merkmal in enumerate(orjson.loads(datei.fassungen[""][0])["features"]):
            if merkmal["geometry"] is not None:
                eigenschaften = {**merkmal["properties"], "id": merkmal["id"]}
                geometrie = orjson.dumps(merkmal["geometry"]).decode()
                yield name, nr, Jsonb(eigenschaften), geometrie


def _raeume(verbindung: psycopg.Connection, behalten: int) -> Iterator[str]:
    """Remove old builds, each in a transaction of its own; one still read stays for next time."""
    alte = verbindung.execute(
        "SELECT id FROM nordwaerts.build WHERE id NOT IN (SELECT build FROM nordwaerts.aktuell)"
        " ORDER BY geladen DESC OFFSET %s",
        [max(behalten - 1, 0)],
    ).fetchall()
    for (build,) in alte:
        try:
            with verbindung.transaction():
                verbindung.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(_WARTEZEIT))
                verbindung.execute("DELETE FROM nordwaerts.build WHERE id = %s", [build])
                verbindung.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(schema.schema(build)))
        except psycopg.errors.LockNotAvailable:
            continue
        yield build
