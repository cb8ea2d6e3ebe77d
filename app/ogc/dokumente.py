"""The JSON documents of the interface: landing page, conformance, collections, queryables."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from app.katalog import Katalog
from app.ogc.bestand import Bestand
from app.ogc.cqlwert import GEOMETRIE, LAUFZEIT
from app.ogc.crs import CRS84, SYSTEME
from app.ogc.sammlung import KOLLEKTIONEN, Sammlung
from app.ogc.spalte import LISTEN
from app.ogc.zeit import OFFEN_BIS, OFFEN_VON, rfc3339
from app.store import Snapshot
from app.urls import NEUTRAL
from layers.herkunft import herkunft

JSON: Final = "application/json"
HTML: Final = "text/html"
GEOJSON: Final = "application/geo+json"
SCHEMA: Final = "application/schema+json"
OPENAPI: Final = "application/vnd.oai.openapi+json;version=3.0"
_REL: Final = "http://www.opengis.net/def/rel/ogc/1.0/"
_KLASSEN: Final[Mapping[str, tuple[str, ...]]] = {
    "ogcapi-features-1/1.0": ("core", "oas30", "html", "geojson"),
    "ogcapi-features-2/1.0": ("crs",),
    "ogcapi-features-3/1.0": (
        "queryables",
        "queryables-query-parameters",
        "filter",
        "features-filter",
    ),
    "cql2/1.0": (
        "cql2-text",
        "cql2-json",
        "basic-cql2",
        "advanced-comparison-operators",
        "case-insensitive-comparison",
        "accent-insensitive-comparison",
        "basic-spatial-functions",
        "basic-spatial-functions-plus",
        "spatial-functions",
        "temporal-functions",
    ),
}
KONFORMITAET: Final = tuple(
    f"http://www.opengis.net/spec/{norm}/conf/{klasse}"
    for norm, klassen in _KLASSEN.items()
    for klasse in klassen
)
_ZEITRECHNUNG: Final = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
_TYP: Final = {"text": "string", "datum": "string", "zahl": "number", "wahr": "boolean"}
Verweis = dict[str, str]


def verweis(rel: str, href: str, medientyp: str, titel: str = "") -> Verweis:
    """Return a link."""
    return {"rel": rel, "type": medientyp, "href": href, **({"title": titel} if titel else {})}


def eigene(adresse: str, medientyp: str = JSON) -> list[Verweis]:
    """Return the links of a document to itself and to the same as a page."""
    return [
        verweis("self", f"{adresse}?f=json", medientyp),
        verweis("alternate", f"{adresse}?f=html", HTML),
    ]


@dataclass(frozen=True, slots=True)
class Dokumente:
    """Makes the documents of one snapshot in one language.

    Attributes
    ----------
    basis
        Public address of the service, without a slash at the end.
    """

    snapshot: Snapshot
    bestand: Bestand
    t: Katalog
    basis: str

    def adresse(self, pfad: str = "") -> str:
        """Return the absolute address of a document."""
        return self.basis + NEUTRAL.ogc(pfad)

    def start(self) -> dict[str, Any]:
        """Return the landing page."""
        t, adresse = self.t, self.adresse
        return {
            "title": t("ogc.titel"),
            "description": t("ogc.text"),
            "links": [
                *eigene(adresse()),
                verweis("service-desc", adresse("/api") + "?f=json", OPENAPI, t("ogc.api")),
                verweis("service-doc", adresse("/api") + "?f=html", HTML, t("ogc.api")),
                verweis("conformance", adresse("/conformance"), JSON, t("ogc.konformitaet")),
                verweis("data", adresse("/collections"), JSON, t("ogc.sammlungen")),
            ],
        }

    def konformitaet(self) -> dict[str, Any]:
        """Return the conformance declaration."""
        return {"conformsTo": KONFORMITAET, "links": eigene(self.adresse("/conformance"))}

    def sammlungen(self) -> dict[str, Any]:
        """Return the list of collections."""
        return {
            "links": eigene(self.adresse("/collections")),
            "crs": list(SYSTEME),
            "collections": [self.sammlung(self.bestand[id_]) for id_ in KOLLEKTIONEN],
        }

    def sammlung(self, s: Sammlung) -> dict[str, Any]:
        """Return the description of a collection."""
        t, adresse = self.t, self.adresse(f"/collections/{s.id}")
        quelle = herkunft(s.id, self.snapshot.quellen)
        links = [
            *eigene(adresse),
            verweis("items", f"{adresse}/items", GEOJSON, t("ogc.items")),
            verweis("items", f"{adresse}/items?f=html", HTML, t("ogc.items")),
            verweis(f"{_REL}queryables", f"{adresse}/queryables", SCHEMA, t("ogc.merkmale")),
            verweis("enclosure", self.basis + NEUTRAL.daten(s.id), GEOJSON, t("ogc.datei")),
        ]
        if quelle.lizenz:
            links.append(verweis("license", quelle.lizenz.text, HTML, quelle.lizenz.name))
        links += [
            verweis("via", str(q["url"]), HTML, str(q["titel"])) for q in quelle.quellen if q["url"]
        ]
        return {
            "id": s.id,
            "title": t(f"ogc.titel.{s.id}"),
            "description": t(f"ogc.text.{s.id}"),
            "attribution": "; ".join(dict.fromkeys(str(q["herausgeber"]) for q in quelle.quellen)),
            "itemType": "feature",
            "extent": _ausdehnung(s),
            "crs": list(SYSTEME),
            "storageCrs": CRS84.uri,
            "links": links,
        }

    def merkmale(self, s: Sammlung) -> dict[str, Any]:
        """Return what can be filtered by, as JSON Schema."""
        return {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "$id": self.adresse(f"/collections/{s.id}/queryables"),
            "type": "object",
            "title": self.t(f"ogc.titel.{s.id}"),
            "properties": {
                **{name: self.merkmal(s, name) for name in s.arten},
                GEOMETRIE: {
                    "title": self.t("ogc.geometrie"),
                    "format": "geometry-any",
                    "x-ogc-role": "primary-geometry",
                },
                **(self._laufzeit() if s.hat_laufzeit else {}),
            },
            "additionalProperties": False,
        }

    def merkmal(self, s: Sammlung, name: str) -> dict[str, Any]:
        """Return the schema of one property: type, title, codes where it has a list of them."""
        codes = s.codes.get(name)
        titel = self.t.texte.get(f"feld.{name}")
        return {
            "title": titel if isinstance(titel, str) else name,
            "type": _TYP[s.arten[name]],
            **({"enum": list(codes)} if codes else {}),
            **({"description": self.t("ogc.datum")} if s.arten[name] == "datum" else {}),
            **({"description": self.t("ogc.liste")} if name in LISTEN else {}),
        }

    def _laufzeit(self) -> dict[str, Any]:
        text = self.t("ogc.laufzeit.text")
        return {LAUFZEIT: {"title": self.t("ogc.laufzeit"), "type": "string", "description": text}}


def _ausdehnung(s: Sammlung) -> dict[str, Any]:
    ausdehnung: dict[str, Any] = {}
    if rahmen := s.lage.ausdehnung():
        ausdehnung["spatial"] = {"bbox": [rahmen], "crs": CRS84.uri}
    von, bis = s.laufzeiten()
    datiert = ~((von == OFFEN_BIS) & (bis == OFFEN_VON))
    if datiert.any():
        # as documented: the earliest day that is known, open while a project has no known end
        bekannt = np.where(von == OFFEN_VON, bis, von)[datiert]
        ende = int(bis[datiert].max())
        ausdehnung["temporal"] = {
            "interval": [[rfc3339(int(bekannt.min())), rfc3339(ende)]],
            "trs": _ZEITRECHNUNG,
        }
    return ausdehnung
