"""The city's export of its statistical districts: from GeoJSON to checked values."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal

import numpy as np
import orjson
import shapely
from pydantic import AfterValidator, BaseModel, StringConstraints, ValidationError
from pyproj import CRS
from pyproj.exceptions import CRSError

from layers.ablehnung import Abgelehnt, Grund
from layers.raumbezug import WGS84, Geometrien, umrisse_nach_utm

_FLAECHENTYPEN: Final = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_GRAD_MAX: Final = (180.0, 90.0)


@dataclass(frozen=True, slots=True)
class Bezirksexport:
    """The districts in the order of their numbers.

    Parameters
    ----------
    nr, name
        As published; every number once.
    umrisse
        (Multi)Polygons with an area, EPSG:25832; their neighbours need not fit.
    stand
        ISO date of the newest entry.
    """

    nr: tuple[str, ...]
    name: tuple[str, ...]
    umrisse: Geometrien
    stand: str


class _Eigenschaften(BaseModel):
    statistischer_bezirk_nr: Annotated[str, StringConstraints(pattern=r"^[0-9]{3}$")]
    statistischer_bezirk: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
    upload_am: Annotated[
        str,
        StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
        AfterValidator(date.fromisoformat),
    ]


class _Feature(BaseModel):
    type: Literal["Feature"]
    geometry: dict[str, Any]
    properties: _Eigenschaften


class _Bezugsname(BaseModel):
    name: str


class _Bezugssystem(BaseModel):
    properties: _Bezugsname


class _Sammlung(BaseModel):
    type: Literal["FeatureCollection"]
    features: list[_Feature]
    crs: _Bezugssystem | None = None


def lies(inhalt: object) -> Bezirksexport:
    """Check an export and return its districts.

    Parameters
    ----------
    inhalt
        The decoded JSON: a FeatureCollection in WGS84 (lon, lat).

    Raises
    ------
    Abgelehnt
        The export has another form, another reference system, a number twice, or an outline
        without an area.
    """
    try:
        sammlung = _Sammlung.model_validate(inhalt)
    except ValidationError as fehler:
        stelle = ".".join(str(teil) for teil in fehler.errors()[0]["loc"])
        raise Abgelehnt(Grund.FORM, stelle=stelle or "FeatureCollection") from fehler
    _pruefe_bezugssystem(sammlung.crs)
    features = sorted(sammlung.features, key=lambda f: f.properties.statistischer_bezirk_nr)
    eigenschaften = [feature.properties for feature in features]
    nummern = tuple(e.statistischer_bezirk_nr for e in eigenschaften)
    if doppelt := sorted({nr for nr in nummern if nummern.count(nr) > 1}):
        raise Abgelehnt(Grund.BEZIRKE, fehlend="–", unbekannt="–", doppelt=", ".join(doppelt))
    return Bezirksexport(
        nr=nummern,
        name=tuple(e.statistischer_bezirk for e in eigenschaften),
        umrisse=_umrisse(features),
        stand=max((str(e.upload_am) for e in eigenschaften), default=""),
    )


def _pruefe_bezugssystem(crs: _Bezugssystem | None) -> None:
    """Accept only WGS84; GeoJSON since RFC 7946 has no other, older files may name one."""
    if crs is None:
        return
    name = crs.properties.name
    try:
        erlaubt = CRS(name).equals(CRS(WGS84), ignore_axis_order=True)
    except CRSError:
        erlaubt = False
    if not erlaubt:
        raise Abgelehnt(Grund.BEZUGSSYSTEM, gefunden=name or "–")


def _umrisse(features: list[_Feature]) -> Geometrien:
    with np.errstate(over="ignore", invalid="ignore"):
        grad = shapely.from_geojson(
            [orjson.dumps(feature.geometry).decode() for feature in features], on_invalid="ignore"
        )
    grad = shapely.force_2d(np.asarray(grad, dtype=object))
    _pruefe_flaechen(features, grad)
    grenzen = np.abs(shapely.bounds(grad)).reshape(-1, 2, 2).max(axis=(0, 1), initial=0.0)
    if (grenzen > _GRAD_MAX).any():
        raise Abgelehnt(Grund.BEZUGSSYSTEM, gefunden=f"{grenzen[0]:.0f} {grenzen[1]:.0f}")
    umrisse = umrisse_nach_utm(grad)
    _pruefe_flaechen(features, umrisse)
    return umrisse


def _pruefe_flaechen(features: list[_Feature], umrisse: Geometrien) -> None:
    gut = np.isin(shapely.get_type_id(umrisse), _FLAECHENTYPEN)
    gut &= np.isfinite(shapely.area(umrisse)) & (shapely.area(umrisse) > 0)
    for stelle in np.flatnonzero(~gut):
        eigenschaften = features[stelle].properties
        raise Abgelehnt(
            Grund.UMRISS,
            nr=eigenschaften.statistischer_bezirk_nr,
            name=eigenschaften.statistischer_bezirk,
        )
