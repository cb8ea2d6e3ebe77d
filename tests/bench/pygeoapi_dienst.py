"""pygeoapi as its documentation serves it, over a layer that we have published."""

import json
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import geopandas

from tests.anschluss import freier_port
from tests.bench.prozesse import laufend
from tests.bench.werkbank import VENV

DIENSTE: Final = {
    "gunicorn, one gevent worker, Flask (what its Docker image runs)": (
        *("gunicorn", "--workers", "1", "--worker-class", "gevent", "--timeout", "6000"),
        *("--bind", "127.0.0.1:{port}", "pygeoapi.flask_app:APP"),
    ),
    "gunicorn, one sync worker, Flask": (
        *("gunicorn", "--workers", "1", "--timeout", "6000"),
        *("--bind", "127.0.0.1:{port}", "pygeoapi.flask_app:APP"),
    ),
    "uvicorn, one process, Starlette": (
        *("uvicorn", "--host", "127.0.0.1", "--port", "{port}", "--log-level", "error"),
        "pygeoapi.starlette_app:APP",
    ),
}
"""Ways to serve it that its documentation names; the quickest without failed answers counts."""


def quellen(geojson: Path, ordner: Path) -> Mapping[str, Mapping[str, Any]]:
    """Write the published layer as pygeoapi wants it; return the provider of each collection."""
    tabelle_ = geopandas.read_file(geojson).rename(columns={"id": "kennung"})
    gpkg = ordner / "projekte.gpkg"
    tabelle_.to_file(gpkg, layer="projekte", driver="GPKG")
    kopie = ordner / "projekte.geojson"
    kopie.write_bytes(geojson.read_bytes())
    return {
        "geojson": {"type": "feature", "name": "GeoJSON", "data": str(kopie), "id_field": "id"},
        "geopackage": {
            "type": "feature",
            "name": "SQLiteGPKG",
            "data": str(gpkg),
            "id_field": "kennung",
            "table": "projekte",
        },
    }


def _einstellungen(port: int, quellen: Mapping[str, Mapping[str, Any]]) -> str:
    """Return pygeoapi's configuration; JSON is YAML."""
    adresse = f"http://127.0.0.1:{port}"
    leer = (
        *("name", "position", "address", "city", "stateorprovince", "postalcode", "country"),
        *("phone", "fax", "email", "url", "hours", "instructions", "role"),
    )
    return json.dumps(
        {
            "server": {
                "bind": {"host": "127.0.0.1", "port": port},
                "url": adresse,
                "mimetype": "application/json; charset=UTF-8",
                "encoding": "utf-8",
                "gzip": False,
                "cors": False,
                "pretty_print": False,
                "languages": ["en-US"],
                "limits": {"default_items": 10, "max_items": 1000},
                "map": {"url": f"{adresse}/{{z}}/{{x}}/{{y}}.png", "attribution": "none"},
            },
            "logging": {"level": "ERROR"},
            "metadata": {
                "identification": {
                    "title": "Test",
                    "description": "Test",
                    "keywords": ["Test"],
                    "keywords_type": "theme",
                    "terms_of_service": adresse,
                    "url": adresse,
                },
                "license": {"name": "Test", "url": adresse},
                "provider": {"name": "Test", "url": adresse},
                "contact": dict.fromkeys(leer, "Test"),
            },
            "resources": {
                name: {
                    "type": "collection",
                    "title": name,
                    "description": name,
                    "keywords": ["Test"],
                    "links": [],
                    "providers": [anbieter],
                    "extents": {"spatial": {"bbox": [7.3, 51.4, 7.7, 51.6]}},
                }
                for name, anbieter in quellen.items()
            },
        }
    )


@contextmanager
def dienst(
    name: str, quellen: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """Serve the sources in one of the `DIENSTE`; yield address and process."""
    port = freier_port()
    ordner = Path(quellen["geojson"]["data"]).parent
    einstellungen, openapi = ordner / "pygeoapi.yml", ordner / "openapi.yml"
    einstellungen.write_text(_einstellungen(port, quellen), "utf-8")
    umgebung = {"PYGEOAPI_CONFIG": str(einstellungen), "PYGEOAPI_OPENAPI": str(openapi)}
    subprocess.run(
        [VENV / "pygeoapi", "openapi", "generate", einstellungen, "--output-file", openapi],
        capture_output=True,
        check=True,
    )
    programm, *rest = DIENSTE[name]
    befehl: list[str | Path] = [VENV / programm, *(wort.format(port=port) for wort in rest)]
    basis = f"http://127.0.0.1:{port}"
    with laufend(befehl, f"{basis}/collections/geopackage?f=json", **umgebung) as prozess:
        yield basis, prozess


def fassung() -> str:
    """Return the version of pygeoapi."""
    lauf = subprocess.run(
        [VENV / "pygeoapi", "--version"], capture_output=True, text=True, check=True
    )
    return lauf.stdout.split()[-1]
