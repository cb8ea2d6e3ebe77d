"""The OpenAPI parameters, made from the table in `app.state`."""

from typing import Any, Final

from app.state import JAHRE, MAX_TEXT, PARAMETER, UMKREIS_METER, Art, Parameter

# What is empty is not asked for: forms send all their fields.
_SCHEMA: Final[dict[Art, dict[str, Any]]] = {
    Art.TEXT: {"type": "string", "maxLength": MAX_TEXT},
    Art.FACETTE: {"type": "array", "items": {"type": "string"}},
    Art.JAHR: {"type": "integer", "minimum": JAHRE[0], "maximum": JAHRE[1]},
    Art.WAHL: {"type": "string"},
    Art.BBOX: {"type": "string", "description": "lon,lat,lon,lat", "example": "7.4,51.5,7.5,51.6"},
    Art.PUNKT: {"type": "string", "description": "lat,lon", "example": "51.536,7.416"},
    Art.METER: {"type": "integer", "minimum": UMKREIS_METER[0], "maximum": UMKREIS_METER[1]},
    Art.SORTIERUNG: {"type": "string"},
    Art.ID: {"type": "string", "pattern": r"^\s*([a-z0-9][a-z0-9-]{0,99})?\s*$"},
}
_BEDEUTUNG: Final = {
    "q": "Jedes Wort muss der Anfang eines Wortes im Steckbrief sein.",
    "von": "Laufzeit überschneidet die Jahre ab diesem.",
    "bis": "Laufzeit überschneidet die Jahre bis zu diesem.",
    "lage": "Nur Projekte mit oder ohne Ort auf der Karte.",
    "bbox": "Mindestens ein Ort liegt im Rechteck (WGS84).",
    "nahe": "Punkt, von dem aus gemessen und nach dem sortiert wird (WGS84).",
    "umkreis": "Höchstens so viele Meter von „nahe“ entfernt.",
    "sort": "Reihenfolge; ein „-“ davor kehrt sie um.",
    "sprache": "Sprache der Seite.",
    "projekt": "Der geöffnete Steckbrief; ändert das Ergebnis nicht.",
}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = dict(_SCHEMA[parameter.art])
    if parameter.art is Art.SORTIERUNG:
        schema["enum"] = [s + w for w in parameter.werte for s in ("", "-")]
    elif parameter.werte:
        schema["enum"] = list(parameter.werte)
    vorgabe = "Codes, wiederholbar: ODER in einem Parameter, UND zwischen ihnen."
    return {
        "name": parameter.name,
        "in": "query",
        "required": False,
        "description": _BEDEUTUNG.get(parameter.name, vorgabe),
        "schema": schema,
        **({"style": "form", "explode": True} if parameter.mehrfach else {}),
    }


def _ganzzahl(name: str, text: str, grenzen: tuple[int, int], vorgabe: int) -> dict[str, Any]:
    schema = {"type": "integer", "minimum": grenzen[0], "maximum": grenzen[1], "default": vorgabe}
    return {"name": name, "in": "query", "required": False, "description": text, "schema": schema}


API_LIMIT: Final = (0, 1000, 100)
"""Least, most and usual number of projects of an answer."""
API_OFFSET: Final = (0, 10**8, 0)
PARAMETER_API: Final = [
    *(_parameter(parameter) for parameter in PARAMETER),
    _ganzzahl("limit", "Wie viele Projekte die Antwort enthält.", API_LIMIT[:2], API_LIMIT[2]),
    _ganzzahl("offset", "Wie viele Projekte übersprungen werden.", API_OFFSET[:2], API_OFFSET[2]),
]
PARAMETER_EXPORT: Final = [_parameter(parameter) for parameter in PARAMETER]
PARAMETER_AENDERUNGEN: Final = [
    *PARAMETER_EXPORT,
    {
        "name": "seit",
        "in": "query",
        "required": False,
        "description": "Womit verglichen wird: eine aufbewahrte Veröffentlichung (Kennung des "
        "Builds) oder ein Tag (JJJJ-MM-TT, Ortszeit). Ohne: das ganze Protokoll.",
        "schema": {
            "type": "string",
            "pattern": r"^\s*(\d{4}-\d{2}-\d{2}|\d{8}-\d{9}-[0-9a-f]+)?\s*$",
            "maxLength": MAX_TEXT,
        },
        "example": "2026-11-24",
    },
]

SUCHE_LIMIT: Final = (1, 50, 10)
"""Least, most and usual number of answers."""
PARAMETER_SUCHE: Final = [
    {
        "name": "q",
        "in": "query",
        "required": False,
        "description": "Straße, Hausnummer, Platz, Bezirk oder Projekt, wie man es tippt.",
        "schema": {"type": "string", "maxLength": MAX_TEXT},
        "example": "münsterstr 12",
    },
    _ganzzahl("limit", "Wie viele Treffer die Antwort enthält.", SUCHE_LIMIT[:2], SUCHE_LIMIT[2]),
    *(_parameter(parameter) for parameter in PARAMETER if parameter.name == "sprache"),
]

PROBLEM: Final[dict[str, Any]] = {
    "description": "Was nicht verstanden wurde und was erlaubt ist (RFC 9457)",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "instance": {"type": "string"},
                    "parameter": {"type": "array", "items": {"type": "object"}},
                },
            }
        }
    },
}


def api_antwort(titel: str) -> dict[str, Any]:
    """Return the description of a JSON answer."""
    return {
        "description": titel,
        "content": {"application/json": {"schema": {"type": "object", "title": titel}}},
    }


def datei_antwort(titel: str, medientyp: str) -> dict[str, Any]:
    """Return the description of a file; JSON of any kind is an object."""
    schema = {"type": "string", "format": "binary"}
    if medientyp.endswith("json"):
        schema = {"type": "object", "title": titel}
    return {"description": titel, "content": {medientyp: {"schema": schema}}}
