"""The description of the interface: OpenAPI 3.0, with a path for every collection."""

from collections.abc import Mapping
from typing import Any, Final

from app.ogc import cql
from app.ogc.anfrage import FORMATE, ITEMS, LIMIT, MAX_WERTE
from app.ogc.crs import CRS84, SYSTEME
from app.ogc.dokumente import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, Dokumente
from app.ogc.sammlung import KOLLEKTIONEN, Sammlung
from app.openapi import PROBLEM
from app.sprachen import SPRACHEN

Teil = dict[str, Any]
_SYSTEM: Final[Teil] = {"type": "string", "enum": list(SYSTEME), "default": CRS84.uri}
_BBOX: Final[Teil] = {
    "type": "array",
    "oneOf": [{"minItems": n, "maxItems": n} for n in (4, 6)],
    "items": {"type": "number"},
}
_SCHEMATA: Final[Mapping[str, Teil]] = {
    "limit": {"type": "integer", "minimum": LIMIT[0], "default": LIMIT[2]},
    "offset": {"type": "integer", "minimum": 0, "default": 0},
    "bbox": _BBOX,
    "bbox-crs": _SYSTEM,
    "datetime": {"type": "string", "format": "date-time-interval"},
    "crs": _SYSTEM,
    "filter": {"type": "string", "maxLength": cql.MAX_ZEICHEN, "format": "cql2"},
    "filter-lang": {"type": "string", "enum": list(cql.SPRACHEN), "default": cql.SPRACHEN[0]},
    "filter-crs": _SYSTEM,
    "f": {"type": "string", "enum": list(FORMATE)},
    "sprache": {"type": "string", "enum": list(SPRACHEN)},
}
_TEXTE: Final[Mapping[str, str]] = {
    "limit": f"Features je Blatt; mehr als {LIMIT[1]} enthält keine Antwort.",
    "offset": "So viele Features werden übersprungen.",
    "bbox": "Rechteck in der Achsenfolge von „bbox-crs“; Höhen sagen hier nichts. "
    "Features ohne Geometrie liegen in keinem.",
    "bbox-crs": "Bezugssystem von „bbox“.",
    "datetime": "Tag, Zeitpunkt oder Zeitraum (RFC 3339, „..“ für ein offenes Ende), in dem die "
    "Laufzeit liegt. Wer keine dokumentierte Laufzeit hat, ist nicht dabei.",
    "crs": "Bezugssystem der Antwort; die Achsenfolge ist die amtliche.",
    "filter": f"CQL2, höchstens {cql.MAX_TIEFE} Ebenen und {cql.MAX_TEILE} Teile. "
    f"Unterstützt: {', '.join(cql.OPERATOREN)}.",
    "filter-lang": "Schreibweise von „filter“.",
    "filter-crs": "Bezugssystem der Koordinaten in „filter“.",
    "f": "Format; ohne Angabe entscheidet der Kopf Accept.",
    "sprache": "Sprache der Seite und der Beschreibungen.",
}
_TEXTANTWORT: Final[Teil] = {"schema": {"type": "string"}}
_LINKS: Final[Teil] = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["href", "rel"],
        "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title")},
    },
}
_FEATURE: Final[Teil] = {
    "type": "object",
    "required": ["type", "id", "geometry", "properties"],
    "properties": {
        "type": {"type": "string", "enum": ["Feature"]},
        "id": {"type": "string"},
        "geometry": {"type": "object", "nullable": True},
        "properties": {"type": "object", "nullable": True},
        "links": _LINKS,
    },
}
_BLATT: Final[Teil] = {
    "type": "object",
    "required": ["type", "features", "links", "timeStamp", "numberMatched", "numberReturned"],
    "properties": {
        "type": {"type": "string", "enum": ["FeatureCollection"]},
        "features": {"type": "array", "items": {"$ref": "#/components/schemas/feature"}},
        "links": _LINKS,
        "timeStamp": {"type": "string", "format": "date-time"},
        "numberMatched": {"type": "integer", "minimum": 0},
        "numberReturned": {"type": "integer", "minimum": 0},
    },
}


def _dokument(*pflicht: str) -> Teil:
    return {"type": "object", "required": list(pflicht)}


_DOKUMENTE: Final[Mapping[str, Teil]] = {
    "feature": _FEATURE,
    "featureCollection": _BLATT,
    "landingPage": _dokument("links"),
    "confClasses": _dokument("conformsTo"),
    "collections": _dokument("links", "collections"),
    "collection": _dokument("id", "links"),
    "queryables": _dokument("$id", "$schema", "type", "properties"),
    "openapi": _dokument("openapi", "info", "paths"),
}


def openapi(d: Dokumente) -> Teil:
    """Return the description of the interface for a snapshot."""
    pfade: Teil = {
        "/": _pfad("getLandingPage", "Einstieg", "landingPage"),
        "/conformance": _pfad("getConformance", "Konformität", "confClasses"),
        "/api": _pfad("getApi", "Diese Beschreibung", "openapi", OPENAPI),
        "/collections": _pfad("getCollections", "Sammlungen", "collections"),
    }
    for id_ in KOLLEKTIONEN:
        pfade |= _sammlung(d.bestand[id_], d)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": f"{d.t('seite.titel')}: {d.t('ogc.titel')}",
            "description": d.t("ogc.text"),
            "version": "1",
        },
        "servers": [{"url": d.adresse()}],
        "paths": pfade,
        "components": {
            "parameters": {name: _parameter(name) for name in ITEMS},
            "schemas": dict(_DOKUMENTE),
            "responses": {
                "falsch": PROBLEM,
                "fehlt": {**PROBLEM, "description": "Das gibt es hier nicht (RFC 9457)"},
            },
        },
    }


def _parameter(name: str) -> Teil:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": _TEXTE[name],
        "schema": _SCHEMATA[name],
        "style": "form",
        "explode": False,
    }


def _verweise(*namen: str) -> list[Teil]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in namen]


def _pfad(  # one operation; its parts are named where it is called
    kennung: str,
    titel: str,
    schema: str,
    medientyp: str = JSON,
    parameter: list[Teil] | None = None,
    *,
    kopf: Teil | None = None,
    auch: Teil | None = None,
) -> Teil:
    antwort = {
        "description": titel,
        "content": {
            medientyp: {"schema": {"$ref": f"#/components/schemas/{schema}"}},
            HTML: _TEXTANTWORT,
        },
        **({"headers": kopf} if kopf else {}),
    }
    falsch = {"400": {"$ref": "#/components/responses/falsch"}}
    return {
        "get": {
            "operationId": kennung,
            "summary": titel,
            "tags": ["OGC API – Features"],
            "parameters": parameter or _verweise("f", "sprache"),
            "responses": {"200": antwort, **falsch, **(auch or {})},
        }
    }


def _sammlung(s: Sammlung, d: Dokumente) -> Teil:
    titel = d.t(f"ogc.titel.{s.id}")
    pfad, name = f"/collections/{s.id}", s.id.title().replace("_", "")
    kopf = {"Content-Crs": {"schema": {"type": "string"}}}
    fid = {
        "name": "featureId",
        "in": "path",
        "required": True,
        "schema": {"type": "string", "minLength": 1},
        "example": s.ids[0] if s.ids else "",
    }
    return {
        pfad: _pfad(f"describe{name}", titel, "collection"),
        f"{pfad}/queryables": _pfad(f"get{name}Queryables", titel, "queryables", SCHEMA),
        f"{pfad}/items": _pfad(
            f"get{name}",
            titel,
            "featureCollection",
            GEOJSON,
            [*_verweise(*ITEMS), *_merkmale(s, d)],
            kopf={**kopf, "Link": {"schema": {"type": "string"}}},
        ),
        f"{pfad}/items/{{featureId}}": _pfad(
            f"get{name}Feature",
            titel,
            "feature",
            GEOJSON,
            [fid, *_verweise("crs", "f", "sprache")],
            kopf=kopf,
            auch={"404": {"$ref": "#/components/responses/fehlt"}},
        ),
    }


def _merkmale(s: Sammlung, d: Dokumente) -> list[Teil]:
    """Return the properties of a collection as parameters; repeated ones mean OR."""
    return [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": schema.pop("description", schema["title"]),
            "schema": {"type": "array", "maxItems": MAX_WERTE, "items": schema},
            "style": "form",
            "explode": True,
        }
        for name, schema in ((name, d.merkmal(s, name)) for name in s.arten)
    ]
