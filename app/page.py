"""folium builds the map document; this module takes it apart for a strict CSP (build half only).

The script that folium generates goes to a hashed file of its own, so that no page needs
``unsafe-inline``; the HTML around it comes from our own autoescaping templates. Leaflet and our
layers are in ``karte.js``; folium's default links to foreign hosts are replaced by nothing.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

import folium
from branca.element import Element, Figure
from folium.map import Layer
from folium.template import Template

from app.katalog import lade
from app.sprachen import SPRACHEN
from app.urls import NEUTRAL

KARTE: Final = "karte"
"""Id of the map element and name of folium's map variable."""
MIN_ZOOM: Final = 10
MAX_ZOOM: Final = 18
START_ZOOM: Final = 11


@dataclass(frozen=True, slots=True)
class Rahmen:
    """A bounding box in WGS84 degrees, in the order of RFC 7946: west, south, east, north."""

    west: float
    sued: float
    ost: float
    nord: float


class _Karte(folium.Map):
    """folium's map without its foreign scripts, with a name that markup can rely on."""

    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium declares it so
    default_css: list[tuple[str, str]] = []  # noqa: RUF012

    def get_name(self) -> str:
        return KARTE


class _Ebene(Layer):
    """One of our layers: a function of the browser code, called with its options."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = nordwaerts.{{ this.funktion }}({{ this.optionen|tojson }});
        {% endmacro %}
        """
    )

    def __init__(
        self,
        funktion: str,
        name: str,
        optionen: Mapping[str, str],
        *,
        overlay: bool = True,
        control: bool = True,
        show: bool = True,
    ) -> None:
        super().__init__(name=name, overlay=overlay, control=control, show=show)
        self._name = funktion
        self.funktion = funktion
        self.optionen = optionen


@contextmanager
def _gezaehlte_namen() -> Iterator[None]:
    """Let branca number its elements, so that equal data make an equal script."""
    zaehler = itertools.count(1)
    name = "_generate_id"
    urspruenglich = Element.__dict__[name]
    setattr(Element, name, classmethod(lambda _: f"{next(zaehler):03d}"))
    try:
        yield
    finally:
        setattr(Element, name, urspruenglich)


def kartenskripte(rahmen: Rahmen) -> dict[str, bytes]:
    """Return the script of every language: ``seite.<sprache>.js`` → bytes."""
    return {f"seite.{code}.js": kartenskript(lade(code), rahmen).encode() for code in SPRACHEN}


def kartenskript(t: Callable[[str], str], rahmen: Rahmen) -> str:
    """Return the script that folium generates for the map page.

    Parameters
    ----------
    t
        The catalogue; layer names come from it, escaped by folium as JSON. They must be free
        of markup, since Leaflet writes them as HTML.
    rahmen
        Bounding box of the city; its middle is the first view, until the browser code fits
        what the state selects.
    """
    with _gezaehlte_namen():
        karte = _Karte(
            location=((rahmen.sued + rahmen.nord) / 2, (rahmen.west + rahmen.ost) / 2),
            tiles=None,
            zoom_start=START_ZOOM,
            control_scale=True,
        )
        # without tiles folium hands these to nobody
        karte.options |= {"minZoom": MIN_ZOOM, "maxZoom": MAX_ZOOM}
        for ebene in _ebenen(t):
            ebene.add_to(karte)
        folium.LayerControl(position="topright", collapsed=True).add_to(karte)
        figur = karte.get_root()
        assert isinstance(figur, Figure)  # noqa: S101 - folium puts every map into one
        figur.render()
        skript: str = figur.script.render()
    return skript.strip() + "\n"


def _ebenen(t: Callable[[str], str]) -> list[_Ebene]:
    grundkarte = {
        "stadtbezirke": NEUTRAL.daten("stadtbezirke"),
        "statistische": NEUTRAL.daten("statistische_bezirke"),
    }
    flaechen = [
        _Ebene(
            "flaechen",
            t(f"ebene.{art}"),
            {"url": NEUTRAL.daten(layer), "art": art},
            show=show,
        )
        for art, layer, show in (
            ("projektgebiet", "projektgebiet", True),
            ("stadtbezirke", "stadtbezirke", False),
            ("brachflaechen", "brachflaechen", False),
            ("plaetze", "plaetze", False),
        )
    ]
    return [
        _Ebene("grundkarte", t("ebene.grundkarte"), grundkarte, overlay=False),
        *flaechen,
        _Ebene("projekte", t("ebene.projekte"), {}),
    ]
