"""The only place that makes addresses (DESIGN §9); everything else asks here."""

from urllib.parse import quote

from app.state import Abfrage


def karte(abfrage: Abfrage | None = None) -> str:
    """Return the map page, in a state."""
    return "/" + (abfrage.query() if abfrage else "")


def ueber() -> str:
    """Return what the map says about itself: extent, sources, data."""
    return "/#ueber"


def einbetten(abfrage: Abfrage) -> str:
    """Return the map for an iframe, in a state."""
    return "/einbetten" + abfrage.query()


def liste(abfrage: Abfrage | None = None) -> str:
    """Return the list page, in a state."""
    return "/projekte" + (abfrage.query() if abfrage else "")


def projekt(projekt_id: str) -> str:
    """Return the page of a Steckbrief."""
    return f"/projekte/{quote(projekt_id)}"


def platz(platz_id: str) -> str:
    """Return the page of a square."""
    return f"/plaetze/{quote(platz_id)}"


def brachflaeche(brachflaeche_id: str) -> str:
    """Return the page of vacant land."""
    return f"/brachflaechen/{quote(brachflaeche_id)}"


def stadtbezirk(code: str) -> str:
    """Return the page of a district."""
    return f"/stadtbezirke/{quote(code)}"


def api(abfrage: Abfrage | None = None) -> str:
    """Return the JSON of a state."""
    return "/api/projekte" + (abfrage.query() if abfrage else "")


def api_projekt(projekt_id: str) -> str:
    """Return the JSON of one Steckbrief."""
    return f"/api/projekte/{quote(projekt_id)}"


def daten(layer: str) -> str:
    """Return a whole layer as GeoJSON."""
    return f"/daten/{layer}.geojson"


def asset(name: str) -> str:
    """Return a hashed file of the build."""
    return f"/assets/{name}"
