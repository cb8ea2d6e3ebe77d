"""Places in SQL: inside a map section, within a radius, and how far the nearest one lies.

A location is found through the spatial index by a box that is a little too large, and then judged
by the same rule as everywhere: whole millionths of a degree for a section, the tangent plane of
`app.entfernung` for a distance.
"""

import math
from collections.abc import Iterator
from typing import Final

from psycopg import sql

from app.entfernung import EXZENTRIZITAET2, HALBACHSE
from app.postgis.zaehlung import Anweisung
from app.state import Abfrage
from app.ungefaehr import MIKROGRAD, Kanten, tangente
from app.werte import BBox, Punkt

_MIKRO: Final = 1_000_000
_RADIUS: Final = 6_378_137.0
"""Of the sphere of EPSG:3857."""
_LUFT: Final = 1.0
"""Metres around a box: its edges are judged exactly afterwards."""
_POL: Final = 85.06
"""Degrees of latitude at which EPSG:3857 ends."""
_GROSSZUEGIG: Final = 1.01
"""The radius of the box against that of the circle."""
_MINDESTENS_JE_GRAD: Final = 110_000.0
"""Metres that a degree of latitude has at the least."""
_BBOX: Final = """
SELECT array_send(ARRAY(SELECT projekt FROM {s}.standort
WHERE lon BETWEEN %(west)s AND %(ost)s AND lat BETWEEN %(sued)s AND %(nord)s
AND punkt && ST_MakeEnvelope(%(x0)s, %(y0)s, %(x1)s, %(y1)s, 3857)))
"""
_WEGE: Final = """
(SELECT ort, projekt, hoch * (n * {g}::float8 / w2) AS nord, quer * n * cos(mitte) AS ost FROM (
  SELECT *, {a}::float8 / sqrt(w2) AS n FROM (
    SELECT *, 1 - {e2}::float8 * (s * s) AS w2 FROM (
      SELECT *, sin(mitte) AS s FROM (
        SELECT ort, projekt, radians(lat / 1e6::float8 - %(lat)s::float8) AS hoch,
          radians(lon / 1e6::float8 - %(lon)s::float8) AS quer,
          radians((lat / 1e6::float8 + %(lat)s::float8) / 2) AS mitte
        FROM {s}.standort WHERE {wo} OFFSET 0) winkel
      OFFSET 0) sinus OFFSET 0) quadrat OFFSET 0) radius
) wege
"""
"""``OFFSET 0``: each step is calculated once, not again wherever its name stands."""
_INNERHALB: Final = """
SELECT array_send(ARRAY(SELECT projekt FROM (
  SELECT ort, projekt, hoch * (%(nord)s + %(nord_je)s * ab) AS hoch,
    quer * (%(ost)s + %(ost_je)s * ab) AS quer FROM (
    SELECT ort, projekt, lat * {mikro}::float8 - %(t_lat)s AS hoch,
      lon * {mikro}::float8 - %(t_lon)s AS quer,
      lat * {mikro}::float8 - %(mitte)s AS ab
    FROM {s}.standort
    WHERE lon BETWEEN %(k_west)s AND %(k_ost)s AND lat BETWEEN %(k_sued)s AND %(k_nord)s
      AND punkt && ST_MakeEnvelope(%(x0)s, %(y0)s, %(x1)s, %(y1)s, 3857)
  OFFSET 0) winkel OFFSET 0) o
WHERE hoch * hoch + quer * quer <= %(innen)s OR hoch * hoch + quer * quer <= %(aussen)s
  AND EXISTS (SELECT FROM {wege} WHERE sqrt(nord * nord + ost * ost) <= %(r)s)))
"""
"""Judged by tangents (`app.ungefaehr`); measured is only what lies on the edge."""
NAECHSTE: Final = """
SELECT DISTINCT ON (projekt) projekt, ort, sqrt(nord * nord + ost * ost) AS meter, nord, ost
FROM {wege} ORDER BY projekt, meter, ort
"""
"""The nearest location of each project."""


def orte(s: sql.Identifier, abfrage: Abfrage) -> Iterator[Anweisung]:
    """Yield what finds the projects in the map section and within the radius of a state."""
    if (bbox := abfrage.bbox) is not None:
        namen = ("west", "sued", "ost", "nord")
        kanten = {name: round(getattr(bbox, name) * _MIKRO) for name in namen}
        yield Anweisung(sql.SQL(_BBOX).format(s=s), {**kanten, **_huelle(bbox)})
    if abfrage.nahe is not None and abfrage.umkreis is not None:
        yield innerhalb(s, abfrage.nahe, abfrage.umkreis)


def innerhalb(s: sql.Identifier, punkt: Punkt, radius: float) -> Anweisung:
    """Return what finds the projects with a location at most ``radius`` metres away."""
    rahmen = _um(punkt, radius)
    kanten = Kanten(
        *(math.floor(w * _MIKRO) for w in (rahmen.west, rahmen.sued)),
        *(math.ceil(w * _MIKRO) for w in (rahmen.ost, rahmen.nord)),
    )
    t = tangente(punkt, kanten)
    werte = {
        **mitte(punkt),
        **_huelle(rahmen),
        **{f"k_{name}": kante for name, kante in kanten._asdict().items()},
        **{name: getattr(t, name) for name in ("mitte", "ost", "ost_je", "nord", "nord_je")},
        "t_lat": t.lat,
        "t_lon": t.lon,
        "r": radius,
        "innen": (radius - t.fehler) ** 2 if radius > t.fehler else -1.0,
        "aussen": (radius + t.fehler) ** 2,
    }
    einer = wege(s, sql.SQL("ort = o.ort"))
    text = sql.SQL(_INNERHALB).format(s=s, mikro=sql.Literal(MIKROGRAD), wege=einer)
    return Anweisung(text, werte)


def mitte(punkt: Punkt) -> dict[str, float]:
    """Return the values that every distance needs."""
    return {"lat": punkt.lat, "lon": punkt.lon}


def auf_der_karte(punkt: Punkt) -> dict[str, float]:
    """Return where a point lies in EPSG:3857."""
    return {"x": _x(punkt.lon), "y": _y(punkt.lat)}


def wege(s: sql.Identifier, wo: sql.Composable) -> sql.Composed:
    """Return the ways from a point to locations: metres north and east (`app.entfernung`)."""
    return sql.SQL(_WEGE).format(
        s=s,
        wo=wo,
        a=sql.Literal(HALBACHSE),
        e2=sql.Literal(EXZENTRIZITAET2),
        g=sql.Literal(1 - EXZENTRIZITAET2),
    )


def _um(punkt: Punkt, meter: float) -> BBox:
    lat = meter * _GROSSZUEGIG / _MINDESTENS_JE_GRAD
    weiteste = min(abs(punkt.lat) + lat, _POL)
    lon = lat / math.cos(math.radians(weiteste))
    return BBox(punkt.lon - lon, punkt.lat - lat, punkt.lon + lon, punkt.lat + lat)


def _huelle(bbox: BBox) -> dict[str, float]:
    """Return a box in EPSG:3857, in metres, a little larger than one in degrees."""
    return {
        "x0": _x(bbox.west) - _LUFT,
        "y0": _y(bbox.sued) - _LUFT,
        "x1": _x(bbox.ost) + _LUFT,
        "y1": _y(bbox.nord) + _LUFT,
    }


def _x(lon: float) -> float:
    return math.radians(lon) * _RADIUS


def _y(lat: float) -> float:
    begrenzt = math.radians(min(max(lat, -_POL), _POL))
    return math.log(math.tan(math.pi / 4 + begrenzt / 2)) * _RADIUS
