"""Tiles out of the database: of the projects of a state, and of every layer of areas and places."""

import gzip
import threading
from typing import Final

from cachetools import LRUCache
from psycopg import sql

from app.index import Index
from app.kacheln.vorrat import Kachel, Kachelebene
from app.postgis.masken import Maske
from app.postgis.suche import Tabellen, zaehle
from app.state import Abfrage
from app.werte import BBox
from layers.herkunft import KARTENEBENEN

PROJEKTE: Final = "projekte"
_ZOOM: Final = (0, 14)
_PLATZ: Final = 16 * 2**20
"""Bytes of tiles that a process keeps."""
_MASKEN: Final = 64
_HUELLE: Final = """
(SELECT h, (ST_XMax(h) - ST_XMin(h)) / 64 AS rand, (ST_XMax(h) - ST_XMin(h)) / 256 AS pixel
 FROM (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS h) kachel) huelle
"""
_MERKMALE: Final = """
SELECT ST_AsMVT(k, %(name)s, 4096, 'mvt') FROM (
  SELECT ST_AsMVTGeom(form, h, 4096, 64, true) AS mvt,
    eigenschaften ->> 'id' AS id, eigenschaften ->> 'name' AS name
  FROM {s}.merkmal, {huelle} WHERE ebene = %(name)s AND form && ST_Expand(h, rand)
) k WHERE mvt IS NOT NULL
"""
_STANDORTE: Final = """
SELECT ST_AsMVT(k, %(name)s, 4096, 'mvt') FROM (
  SELECT ST_AsMVTGeom(o.punkt, h, 4096, 64, true) AS mvt, p.id, o.projekt AS zeile,
    p.handlungsfeld, o.ungefaehr, o.anzahl
  FROM ({orte}) o JOIN {s}.projekt p ON p.zeile = o.projekt, {huelle}
) k WHERE mvt IS NOT NULL
"""
_EINZELN: Final = """
SELECT ort, projekt, punkt, ungefaehr, 1 AS anzahl FROM {s}.standort, {huelle}
WHERE punkt && ST_Expand(h, rand) AND {maske}
"""
_JE_PIXEL: Final = """
SELECT DISTINCT ON (wo) ort, projekt, punkt, ungefaehr,
  count(*) OVER (PARTITION BY wo)::int AS anzahl
FROM (
  SELECT ort, projekt, punkt, ungefaehr,
    ST_SnapToGrid(punkt, ST_XMin(h), ST_YMin(h), pixel, pixel) AS wo
  FROM {s}.standort, {huelle}
  WHERE punkt && ST_Expand(h, rand) AND {maske}
) alle ORDER BY wo, ort
"""
_RAHMEN: Final = """
SELECT ST_XMin(r), ST_YMin(r), ST_XMax(r), ST_YMax(r)
FROM (SELECT ST_Transform(ST_SetSRID(ST_Extent({spalte})::geometry, 3857), 4326) AS r
  FROM {s}.{tabelle} WHERE {wo}) rahmen WHERE r IS NOT NULL
"""
_FELDER: Final = {
    "id": "String", "zeile": "Number", "handlungsfeld": "String", "ungefaehr": "Boolean",
    "anzahl": "Number",
}  # fmt: skip
_FELDER_DER_ORTE: Final = {"id": "String", "name": "String"}


class Fernkacheln:
    """Makes tiles when they are asked for and keeps the latest."""

    def __init__(self, t: Tabellen) -> None:
        self._t = t
        self._fertige: LRUCache[tuple[object, ...], bytes] = LRUCache(_PLATZ, getsizeof=len)
        self._masken: LRUCache[tuple[object, ...], Maske] = LRUCache(_MASKEN)
        self._ebenen: dict[str, Kachelebene | None] = {}
        self._schloss = threading.Lock()

    def ebene(self, name: str) -> Kachelebene | None:
        """Return a layer, None if the build has no feature of that name."""
        if name in KARTENEBENEN and name not in self._ebenen:
            self._ebenen[name] = self._lies_ebene(name)
        return self._ebenen.get(name)

    def _lies_ebene(self, name: str) -> Kachelebene | None:
        orte = name == PROJEKTE
        frage = sql.SQL(_RAHMEN).format(
            s=self._t.s,
            spalte=sql.Identifier("punkt" if orte else "form"),
            tabelle=sql.Identifier("standort" if orte else "merkmal"),
            wo=sql.SQL("true" if orte else "ebene = %(name)s"),
        )
        gefunden = self._t.verbindung.zeilen(frage, {"name": name})
        if not gefunden:
            return None
        rahmen = BBox(*(round(float(ecke), 6) for ecke in gefunden[0]))
        return Kachelebene(name, _ZOOM, rahmen, _FELDER if orte else _FELDER_DER_ORTE)

    def filtert(self, name: str) -> bool:
        """Say whether a state narrows the tiles: those of the projects."""
        return name == PROJEKTE

    def kachel(self, name: str, kachel: Kachel, index: Index, abfrage: Abfrage) -> bytes | None:
        """Return a tile, compressed with gzip."""
        zustand = (abfrage.query(), index.labelworte) if name == PROJEKTE else ()
        schluessel = (name, kachel, *zustand)
        with self._schloss:
            fertig = self._fertige.get(schluessel)
        if fertig is None:
            roh = self._mache(name, kachel, index, abfrage)
            fertig = gzip.compress(roh, compresslevel=4, mtime=0) if roh else b""
            with self._schloss:
                if len(fertig) <= self._fertige.maxsize:
                    self._fertige[schluessel] = fertig
        return fertig or None

    def _mache(self, name: str, kachel: Kachel, index: Index, abfrage: Abfrage) -> bytes:
        werte: dict[str, object] = {"name": name, "z": kachel.z, "x": kachel.x, "y": kachel.y}
        teile: dict[str, sql.Composable] = {"s": self._t.s, "huelle": sql.SQL(_HUELLE)}
        muster = _MERKMALE
        if name == PROJEKTE:
            muster = _STANDORTE
            teile["maske"] = sql.SQL("true")
            if abfrage.filtert:
                werte["maske"] = self._maske(index, abfrage)
                teile["maske"] = sql.SQL("get_bit(%(maske)s, projekt) = 1")
            einzeln = kachel.z >= _ZOOM[1]
            teile["orte"] = sql.SQL(_EINZELN if einzeln else _JE_PIXEL).format(**teile)
        ((mvt,),) = self._t.verbindung.zeilen(sql.SQL(muster).format(**teile), werte)
        return bytes(mvt or b"")

    def _maske(self, index: Index, abfrage: Abfrage) -> Maske:
        schluessel = (abfrage.query(), index.labelworte)
        with self._schloss:
            maske = self._masken.get(schluessel)
        if maske is None:
            maske = zaehle(self._t, abfrage, index.labelworte).maske
            with self._schloss:
                self._masken[schluessel] = maske
        return maske
