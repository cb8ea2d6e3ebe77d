"""The only place that makes addresses (DESIGN §9); everything else asks here."""

from dataclasses import dataclass, replace
from typing import Final, TypeAlias
from urllib.parse import quote, urlencode

from app.state import Abfrage
from layers.herkunft import Ebene

Paare: TypeAlias = tuple[tuple[str, str], ...]
RAHMEN: Final = "/einbetten"
"""The map for an iframe."""


@dataclass(frozen=True, slots=True)
class Urls:
    """The addresses of the map's pages in one language.

    ``sprache`` is what the visitor chose by URL and every link carries on; None while the
    browser's own wish decides, which the next page hears as well. ``rahmen`` is how a frame
    shows the map (`app.einbetten.wahl`): every address inside it, or of its assistant, carries
    that on.
    """

    sprache: str | None = None
    rahmen: Paare = ()

    def seite(self, pfad: str, abfrage: Abfrage | None = None, auch: Paare = ()) -> str:
        """Return any page, in a state; ``auch`` are parameters of its own."""
        abfrage = abfrage or Abfrage()
        if self.sprache and not abfrage.sprache:
            abfrage = replace(abfrage, sprache=self.sprache)
        query = abfrage.query()
        if pfad.startswith(RAHMEN):
            auch = self.rahmen + auch
        if not auch:
            return pfad + query
        return f"{pfad}{query}{'&' if query else '?'}{urlencode(auch)}"

    def karte(self, abfrage: Abfrage | None = None) -> str:
        """Return the map page, in a state."""
        return self.seite("/", abfrage)

    def ueber(self) -> str:
        """Return what the map says about itself: extent, sources, data."""
        return self.karte() + "#ueber"

    def einbetten(self, abfrage: Abfrage | None = None) -> str:
        """Return the map for an iframe, in a state."""
        return self.seite(RAHMEN, abfrage)

    def baukasten(self, abfrage: Abfrage | None = None) -> str:
        """Return the assistant that makes the code for an iframe, in a state."""
        return self.seite(f"{RAHMEN}/baukasten", abfrage)

    def liste(self, abfrage: Abfrage | None = None) -> str:
        """Return the list page, in a state."""
        return self.seite("/projekte", abfrage)

    def projekt(self, projekt_id: str) -> str:
        """Return the page of a Steckbrief."""
        return self.seite(f"/projekte/{quote(projekt_id)}")

    def platz(self, platz_id: str) -> str:
        """Return the page of a square."""
        return self.seite(f"/plaetze/{quote(platz_id)}")

    def brachflaeche(self, brachflaeche_id: str) -> str:
        """Return the page of vacant land."""
        return self.seite(f"/brachflaechen/{quote(brachflaeche_id)}")

    def stadtbezirk(self, code: str) -> str:
        """Return the page of a district."""
        return self.seite(f"/stadtbezirke/{quote(code)}")

    def text(self, seite: str) -> str:
        """Return a page that the law asks for: barrierefreiheit, datenschutz, impressum."""
        return self.seite(f"/{seite}")

    def aenderungen(
        self, abfrage: Abfrage | None = None, auch: Paare = (), endung: str = ""
    ) -> str:
        """Return what is new, in a state, or the same as file.

        ``auch`` are the page's own parameters, ``endung`` is ``.csv`` or ``.json``.
        """
        return self.seite(f"/aenderungen{endung}", abfrage, auch)

    def feed(self, abfrage: Abfrage | None = None) -> str:
        """Return what is new as Atom feed, in a state."""
        return self.seite("/feed.atom", abfrage)

    def auswertung(self, abfrage: Abfrage | None = None, auch: Paare = (), endung: str = "") -> str:
        """Return the counts of a state as cross-table, map and timeline, or the table as file.

        ``auch`` are the page's own parameters, ``endung`` is ``.csv`` or ``.xlsx``.
        """
        return self.seite(f"/auswertung{endung}", abfrage, auch)

    def beteiligte(self, abfrage: Abfrage | None = None, auch: Paare = (), endung: str = "") -> str:
        """Return who takes part, in a state, or the same as file.

        ``auch`` are the page's own parameters, ``endung`` is ``.csv``, ``.xlsx`` or ``.json``.
        """
        return self.seite(f"/beteiligte{endung}", abfrage, auch)

    def beteiligter(self, code: str) -> str:
        """Return the page of an organisation."""
        return self.seite(f"/beteiligte/{quote(code)}")

    def zwischenbilanz(self) -> str:
        """Return the programme's own figures."""
        return self.seite("/zwischenbilanz")

    def bericht(self) -> str:
        """Return the report of the programme and its annexes."""
        return self.seite("/bericht")

    def export(self, endung: str, abfrage: Abfrage | None = None) -> str:
        """Return a state as a file: csv, xlsx, geojson, gpkg, pdf."""
        return self.seite(f"/export.{endung}", abfrage)

    @staticmethod
    def anlage(nummer: int, form: str, abfrage: Abfrage | None = None) -> str:
        """Return an annex of the report (1 to 3) as pdf or docx, in a state; it is German only."""
        return f"/bericht/anlage-{nummer}.{form}{abfrage.query() if abfrage else ''}"

    def suche(self) -> str:
        """Return the search for addresses and places."""
        return self.seite("/suche")

    def api(self, abfrage: Abfrage | None = None) -> str:
        """Return the JSON of a state."""
        return self.seite("/api/projekte", abfrage)

    def api_projekt(self, projekt_id: str) -> str:
        """Return the JSON of one Steckbrief."""
        return self.seite(f"/api/projekte/{quote(projekt_id)}")

    def pdf(self, projekt_id: str) -> str:
        """Return a Steckbrief as PDF."""
        return self.seite(f"/projekte/{quote(projekt_id)}.pdf")

    @staticmethod
    def vorschau(bild: str, marke: str) -> str:
        """Return the preview of something; ``marke`` changes with what the build shows."""
        return f"/vorschau/{bild}.{marke}.png"

    @staticmethod
    def sitemap(nummer: int | None = None) -> str:
        """Return the list of all pages for search engines, or one part of it (from 1)."""
        return "/sitemap.xml" if nummer is None else f"/sitemap-{nummer}.xml"

    @staticmethod
    def daten(layer: str) -> str:
        """Return a whole layer as GeoJSON."""
        return f"/daten/{layer}.geojson"

    def ogc(self, pfad: str = "") -> str:
        """Return the OGC API, or what lies below it (``/collections/…``)."""
        return self.seite(f"/ogc{pfad}")

    @staticmethod
    def ebene(ebene: Ebene) -> str:
        """Return the file of any layer."""
        return f"/{ebene.datei}"

    @staticmethod
    def katalog(endung: str = "") -> str:
        """Return the catalogue of the data: ``ttl``, ``jsonld``, or as the client prefers."""
        return f"/catalog.{endung}" if endung else "/catalog"

    @staticmethod
    def asset(name: str) -> str:
        """Return a hashed file of the build."""
        return f"/assets/{name}"


NEUTRAL = Urls()
"""Addresses for machines and for everyone: no language in them."""


def mailto(postfach: str, betreff: str, text: str) -> str:
    """Return a prepared e-mail (RFC 6068): every character beyond letters and digits encoded."""
    zeilen = quote(text.replace("\n", "\r\n"), safe="")
    return f"mailto:{quote(postfach, safe='@')}?subject={quote(betreff, safe='')}&body={zeilen}"
