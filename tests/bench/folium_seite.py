"""The same projects as a stock folium page: MarkerCluster, popups inline, a LayerControl.

Its CDN files come from npm packages of the versions that folium names and lie beside the page.
"""

import gzip
import html
import shutil
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

import brotli
import folium
from folium.plugins import MarkerCluster

from tests.bench.erstbesuch import Seite

FELDER: Final = (
    *("nr", "status", "handlungsfeld", "stadtbezirke", "beginn", "ende", "traeger", "partner"),
    *("kurzbeschreibung", "belegstufe", "stand", "quellen"),
)
STOCK: Final = Seite(".leaflet-control-layers-overlays input", ".leaflet-marker-pane")
"""Its filter is the layer control: a click takes one Handlungsfeld off the map."""
# what folium loads by default → the same file in an npm package
_AUS_NPM: Final = {
    "leaflet": "leaflet/dist/leaflet.js",
    "jquery": "jquery/dist/jquery.min.js",
    "bootstrap": "bootstrap/dist/js/bootstrap.bundle.min.js",
    "awesome_markers": "leaflet.awesome-markers/dist/leaflet.awesome-markers.js",
    "markerclusterjs": "leaflet.markercluster/dist/leaflet.markercluster.js",
    "leaflet_css": "leaflet/dist/leaflet.css",
    "bootstrap_css": "bootstrap/dist/css/bootstrap.min.css",
    "awesome_markers_font_css": "@fortawesome/fontawesome-free/css/all.min.css",
    "awesome_markers_css": "leaflet.awesome-markers/dist/leaflet.awesome-markers.css",
    "markerclustercss": "leaflet.markercluster/dist/MarkerCluster.css",
    "markerclusterdefaultcss": "leaflet.markercluster/dist/MarkerCluster.Default.css",
}
_ORDNER: Final = (
    "leaflet/dist/images",
    "leaflet.awesome-markers/dist/images",
    "@fortawesome/fontawesome-free/webfonts",
)
"""What those files load in turn, when it is needed."""
_ZEICHEN: Final = (
    ("green", "leaf"),
    ("blue", "building"),
    ("orange", "briefcase"),
    ("red", "book"),
)
"""Colour and symbol by Handlungsfeld, which our map tells apart in the same way."""
_OHNE: Final = ("gray", "circle")
AUFBAU: Final = (
    f"folium {version('folium')}: a `MarkerCluster` for each Handlungsfeld, `folium.Icon` in its "
    "colour and with its symbol, popups inline with what our Steckbrief says in brief, "
    "`LayerControl`. Its CDN files are npm packages of the versions that it names, on the same "
    "host, in brotli like the page. Left out in its favour: tiles, three further hosts and the "
    "connections to them, two style sheets that are in no npm package. Its filter answers when a "
    "click in the layer control has changed the markers"
)


def schreibe(ordner: Path, features: Iterable[Mapping[str, Any]], npm: Path) -> None:
    """Write page and CDN files into a folder, everything compressed beside it (br, gz)."""
    ordner.mkdir()
    karte = _karte(features)
    text: str = karte.get_root().render()
    for name, url in (*folium.Map.default_js, *folium.Map.default_css, *_vom_cluster()):
        if name in _AUS_NPM:
            text = text.replace(url, f"/cdn/{_AUS_NPM[name]}")
            _kopiere(npm, _AUS_NPM[name], ordner)
        else:
            text = text.replace(f'<link rel="stylesheet" href="{url}"/>', "")
    for verzeichnis in _ORDNER:
        shutil.copytree(npm / verzeichnis, ordner / "cdn" / verzeichnis, dirs_exist_ok=True)
    (ordner / "index.html").write_text(text, "utf-8")
    for datei in [p for e in ("html", "js", "css") for p in ordner.rglob(f"*.{e}")]:
        inhalt = datei.read_bytes()
        datei.with_name(f"{datei.name}.br").write_bytes(brotli.compress(inhalt))
        datei.with_name(f"{datei.name}.gz").write_bytes(gzip.compress(inhalt, 9))


def _vom_cluster() -> list[tuple[str, str]]:
    return [*MarkerCluster.default_js, *MarkerCluster.default_css]


def _kopiere(npm: Path, name: str, ordner: Path) -> None:
    ziel = ordner / "cdn" / name
    ziel.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(npm / name, ziel)


def _karte(features: Iterable[Mapping[str, Any]]) -> folium.Map:
    karte = folium.Map(location=[51.54, 7.44], zoom_start=12, tiles=None, maxZoom=18)
    gruppen: dict[str, tuple[MarkerCluster, tuple[str, str]]] = {}
    zeichen = iter(_ZEICHEN)
    for feature in features:
        if feature["geometry"] is None:
            continue
        werte = feature["properties"]
        feld = werte["handlungsfeld"]
        if feld not in gruppen:
            gruppe = MarkerCluster(name=feld or "ohne Angabe")  # type: ignore[no-untyped-call]  # folium has no types there
            gruppe.add_to(karte)
            gruppen[feld] = gruppe, next(zeichen) if feld else _OHNE
        gruppe, (farbe, symbol) = gruppen[feld]
        lon, lat = feature["geometry"]["coordinates"]
        folium.Marker(
            [lat, lon],
            popup=folium.Popup(_popup(werte), max_width=320),
            tooltip=werte["name"],
            icon=folium.Icon(color=farbe, icon=symbol, prefix="fa"),
        ).add_to(gruppe)
    folium.LayerControl(collapsed=False).add_to(karte)
    return karte


def _popup(werte: Mapping[str, Any]) -> str:
    zeilen = "".join(
        f"<dt>{feld}</dt><dd>{html.escape(str(werte[feld]))}</dd>" for feld in FELDER if werte[feld]
    )
    return f"<h4>{html.escape(werte['name'])}</h4><dl>{zeilen}</dl>"
