"""The tables: one schema a build, and the one row that says which build is the present one.

A build has tables of its own, not rows among those of other builds: they are filled by COPY and
indexed once, queries need no condition on the build, statistics describe one build, and an old one
is dropped in an instant, without anything to vacuum. Readers learn of a switch from a row, which
reaches replicas as everything else does; a notification would not.
"""

import re
from typing import Final

from psycopg import sql

from app.state import SORTIERUNGEN

VERSION: Final = 1
"""Goes up with every change that an older service could not read."""
RAENGE: Final = tuple(name for name in SORTIERUNGEN if name != "entfernung")
"""Sorts with ranks: distances depend on where somebody is."""
_VORSATZ: Final = "nw_"
_ID: Final = re.compile(r"[0-9a-z-]{1,50}")

GEMEINSAM: Final = """
CREATE SCHEMA IF NOT EXISTS nordwaerts;
CREATE TABLE IF NOT EXISTS nordwaerts.fassung (version int PRIMARY KEY);
CREATE TABLE IF NOT EXISTS nordwaerts.build (
  id text PRIMARY KEY,
  projekte int NOT NULL,
  manifest bytea NOT NULL,
  geladen timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE IF NOT EXISTS nordwaerts.aktuell (
  eine boolean PRIMARY KEY DEFAULT true CHECK (eine),
  build text NOT NULL REFERENCES nordwaerts.build,
  seit timestamptz NOT NULL DEFAULT now()
);
"""

_TABELLEN: Final = """
CREATE TABLE {s}.datei (pfad text, teil int, inhalt bytea NOT NULL);
ALTER TABLE {s}.datei ALTER inhalt SET STORAGE EXTERNAL;
CREATE TABLE {s}.facette (nr int, name text, codes text[] NOT NULL, labels text[] NOT NULL);
CREATE TABLE {s}.projekt (zeile int, id text COLLATE "C" NOT NULL, handlungsfeld text,
  {raenge});
CREATE TABLE {s}.steckbrief (zeile int, record bytea NOT NULL, texte bytea NOT NULL);
CREATE TABLE {s}.standort (
  ort int, projekt int NOT NULL, lon int NOT NULL, lat int NOT NULL, ungefaehr boolean NOT NULL,
  punkt geometry(Point, 3857) NOT NULL GENERATED ALWAYS AS
    (ST_Transform(ST_SetSRID(ST_MakePoint(lon::float8 / 1e6, lat::float8 / 1e6), 4326), 3857))
    STORED
);
CREATE TABLE {s}.menge (art text, code int, anzahl int NOT NULL, zeilen bit({bits}) NOT NULL);
ALTER TABLE {s}.menge ALTER zeilen SET STORAGE EXTERNAL;
CREATE TABLE {s}.wort (wort text COLLATE "C", zeilen int[] NOT NULL);
CREATE TABLE {s}.vorsilbe (wort text COLLATE "C", zeilen bit({bits}) NOT NULL);
ALTER TABLE {s}.vorsilbe ALTER zeilen SET STORAGE EXTERNAL;
CREATE TABLE {s}.merkmal (
  ebene text NOT NULL, nr int NOT NULL, eigenschaften jsonb NOT NULL, geojson text NOT NULL,
  form geometry(Geometry, 3857) NOT NULL GENERATED ALWAYS AS
    (ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(geojson), 4326), 3857)) STORED
);
"""

_INDEXE: Final = """
ALTER TABLE {s}.datei ADD PRIMARY KEY (pfad, teil);
ALTER TABLE {s}.facette ADD PRIMARY KEY (nr);
ALTER TABLE {s}.projekt ADD PRIMARY KEY (zeile);
CREATE UNIQUE INDEX ON {s}.projekt (id);
ALTER TABLE {s}.steckbrief ADD PRIMARY KEY (zeile);
ALTER TABLE {s}.standort ADD PRIMARY KEY (ort);
CREATE INDEX ON {s}.standort (projekt);
CREATE INDEX ON {s}.standort USING gist (punkt);
ALTER TABLE {s}.menge ADD PRIMARY KEY (art, code);
ALTER TABLE {s}.wort ADD PRIMARY KEY (wort);
ALTER TABLE {s}.vorsilbe ADD PRIMARY KEY (wort);
ALTER TABLE {s}.merkmal ADD PRIMARY KEY (ebene, nr);
CREATE INDEX ON {s}.merkmal USING gist (form);
"""

_REIHENFOLGE: Final = """
CREATE INDEX ON {s}.projekt ({rang} ASC NULLS LAST, zeile);
CREATE INDEX ON {s}.projekt ({rang} DESC NULLS LAST, zeile);
"""
"""Both directions: rows without a value are last in both, equal ones in the order of rows."""

TABELLEN: Final = (
    "datei", "facette", "projekt", "steckbrief", "standort", "menge", "wort", "vorsilbe", "merkmal",
)  # fmt: skip


def schema(build: str) -> sql.Identifier:
    """Return the name of the schema that holds a build.

    Raises
    ------
    ValueError
        That is no id of a build.
    """
    if not _ID.fullmatch(build):
        raise ValueError(f"no build: {build}")
    return sql.Identifier(_VORSATZ + build.replace("-", "_"))


def rang(name: str) -> sql.Identifier:
    """Return the column with the ranks of a sort."""
    return sql.Identifier(f"rang_{name}")


def anlegen(build: str, projekte: int) -> sql.Composed:
    """Return what makes the schema and the empty tables of a build of so many projects."""
    raenge = sql.SQL(", ").join(sql.SQL("{} int").format(rang(name)) for name in RAENGE)
    s = schema(build)
    return sql.SQL("CREATE SCHEMA {s};").format(s=s) + sql.SQL(_TABELLEN).format(
        s=s, bits=sql.Literal(max(projekte, 1)), raenge=raenge
    )


def indizieren(build: str) -> sql.Composed:
    """Return what makes the indexes and the statistics of a filled build."""
    s = schema(build)
    raenge = [sql.SQL(_REIHENFOLGE).format(s=s, rang=rang(name)) for name in RAENGE]
    statistik = [
        sql.SQL("ANALYZE {s}.{t};").format(s=s, t=sql.Identifier(name)) for name in TABELLEN
    ]
    return sql.SQL(_INDEXE).format(s=s) + sql.Composed(raenge) + sql.Composed(statistik)
