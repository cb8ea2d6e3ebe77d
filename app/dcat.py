"""The catalogue of the data as JSON-LD: DCAT-AP.de 3 (https://www.dcat-ap.de/def/dcatde/3.0/spec/).

One document, from which Turtle is made (`app.turtle`). Everything in it is counted from the
snapshot, stated by the sources or set by the operator; what nobody states is left out. Names no
person: the contact is the mailbox of the settings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.katalog import Katalog, lade
from app.settings import Settings
from app.store import Snapshot
from app.urls import NEUTRAL
from layers.herkunft import EBENEN, KARTENEBENEN, Herkunft, herkunft

PRAEFIXE: Final = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
DORTMUND: Final = "http://dcat-ap.de/def/politicalGeocoding/municipalityKey/05913000"
"""The city in the vocabulary of municipalities (Amtlicher Gemeindeschlüssel)."""
_GEMEINDE: Final = "http://dcat-ap.de/def/politicalGeocoding/Level/municipality"
_EU: Final = "http://publications.europa.eu/resource/authority/"
_IANA: Final = "https://www.iana.org/assignments/media-types/"
_CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_OGC: Final = "/ogc"
_SPRACHEN: Final = ("de", "en")
_STICHWORTE: Final = ("nordwärts", "Dortmund", "Stadtentwicklung")
_THEMEN: Final = {
    "projekte": ("REGI", "GOVE"),
    "brachflaechen": ("REGI", "ENVI"),
    "kennzahlen": ("GOVE",),
    "beteiligte": ("GOVE",),
    "codelisten": ("GOVE",),
}
_THEMEN_SONST: Final = ("REGI",)
Knoten = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its name in the EU's list of file types and its media type."""

    name: str
    medientyp: str


GEOJSON: Final = Format("GEOJSON", "application/geo+json")
JSON: Final = Format("JSON", "application/json")
EXPORTE: Final = {
    "csv": Format("CSV", "text/csv"),
    "xlsx": Format("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "geojson": GEOJSON,
    "gpkg": Format("GPKG", "application/geopackage+sqlite3"),
}
"""Endings of ``/export``; the whole is the state without any filter."""


@dataclass(frozen=True, slots=True)
class _Rahmen:
    """What every node needs: the snapshot, the operator's settings, the catalogues."""

    snapshot: Snapshot
    settings: Settings
    sprachen: tuple[Katalog, ...]

    def iri(self, pfad: str) -> Knoten:
        """Return a reference to an address of the service."""
        return {"@id": self.settings.adresse + pfad}

    def eigen(self, name: str) -> Knoten:
        """Return a reference to something that the catalogue itself describes."""
        return self.iri(f"{NEUTRAL.katalog()}#{name}")

    def text(self, key: str, **werte: str) -> list[Knoten]:
        """Return a sentence in every language of the catalogue."""
        return [_text(t(key, **werte), t) for t in self.sprachen]

    @property
    def herausgeber(self) -> Knoten:
        """Who publishes the catalogue."""
        return _stelle(self.settings.herausgeber)


def katalog(snapshot: Snapshot, settings: Settings) -> Knoten:
    """Return the catalogue as a JSON-LD document (prefixes only, no foreign context)."""
    r = _Rahmen(snapshot, settings, tuple(lade(code) for code in _SPRACHEN))
    herkuenfte = [herkunft(name, snapshot.quellen) for name in EBENEN]
    verteilt = {h.ebene.name: list(_distributionen(h, r)) for h in herkuenfte}
    kopf: Knoten = {
        **r.iri(NEUTRAL.katalog()),
        "@type": "dcat:Catalog",
        "dct:title": r.text("daten.katalog.titel"),
        "dct:description": r.text("daten.katalog.text"),
        "dct:publisher": r.herausgeber,
        "dct:modified": {"@value": snapshot.erstellt, "@type": "xsd:dateTime"},
        "dct:language": [_eu("language/DEU"), _eu("language/ENG")],
        "foaf:homepage": r.iri(NEUTRAL.karte()),
        "dcat:themeTaxonomy": {"@id": f"{_EU}data-theme"},
        "dct:spatial": {"@id": DORTMUND},
        "dcatap:availability": _eu("planned-availability/AVAILABLE"),
        "dcat:dataset": [r.eigen(h.ebene.name) for h in herkuenfte],
        "dcat:service": [r.eigen("ogc"), r.eigen("api")],
    }
    ohne = [] if all(h.lizenz for h in herkuenfte) else [_ohne_lizenz(r)]
    datensaetze = [_datensatz(h, verteilt[h.ebene.name], r) for h in herkuenfte]
    alle = [knoten for liste in verteilt.values() for knoten in liste]
    return {
        "@context": PRAEFIXE,
        "@graph": [kopf, *datensaetze, *alle, *_dienste(r), *ohne],
    }


def _datensatz(h: Herkunft, distributionen: Sequence[Knoten], r: _Rahmen) -> Knoten:
    name = h.ebene.name
    themen = _THEMEN.get(name, _THEMEN_SONST)
    return {
        **r.eigen(name),
        "@type": "dcat:Dataset",
        "dct:identifier": r.eigen(name)["@id"],
        "dct:title": r.text(f"daten.{name}.titel"),
        "dct:description": r.text(f"daten.{name}.text"),
        "dct:publisher": _stelle(h.herausgeber) if h.herausgeber else r.herausgeber,
        **_kontakt(r.settings),
        **_wenn("dct:modified", h.stand, _datum),
        "dct:language": _eu("language/DEU"),
        "dct:accessRights": _eu("access-right/PUBLIC"),
        "dct:accrualPeriodicity": _eu("frequency/IRREG"),
        "dcatap:availability": _eu("planned-availability/AVAILABLE"),
        "dcat:theme": [_eu(f"data-theme/{thema}") for thema in themen],
        "dcat:keyword": [{"@value": wort, "@language": "de"} for wort in _STICHWORTE],
        "dcat:landingPage": r.iri(NEUTRAL.karte()),
        "dcatde:politicalGeocodingLevelURI": {"@id": _GEMEINDE},
        "dcatde:politicalGeocodingURI": {"@id": DORTMUND},
        **_wenn("dcatde:contributorID", r.settings.datenbereitsteller, lambda uri: {"@id": uri}),
        "dct:spatial": [{"@id": DORTMUND}, *_ort(r.snapshot.ebenen.get(name, {}).get("bbox"))],
        **(_zeitraum(r.snapshot) if name == "projekte" else {}),
        **_provenienz(h, r.sprachen[0]),
        "dcat:distribution": [{"@id": knoten["@id"]} for knoten in distributionen],
    }


def _distributionen(h: Herkunft, r: _Rahmen) -> Iterator[Knoten]:
    """Yield the prebuilt file, then the ways to ask for a part."""
    name = h.ebene.name
    angaben = r.snapshot.ebenen.get(name)
    format_ = GEOJSON if h.ebene.raum else JSON
    datei = _distribution(h, r, "datei", f"/{h.ebene.datei}", format_, ladbar=True)
    yield datei | ({} if angaben is None else _datei(angaben))
    if name in KARTENEBENEN:
        adresse = f"{_OGC}/collections/{name}"
        ogc = _distribution(h, r, "ogc", adresse, GEOJSON, zusatz="OGC API")
        yield ogc | {"dcat:accessService": r.eigen("ogc")}
    if name == "projekte":
        for endung, exportformat in EXPORTE.items():
            pfad = f"/export.{endung}"
            yield _distribution(h, r, f"export-{endung}", pfad, exportformat, ladbar=True)
        api = _distribution(h, r, "api", NEUTRAL.api(), JSON, zusatz="API")
        yield api | {"dcat:accessService": r.eigen("api")}


def _distribution(
    h: Herkunft,
    r: _Rahmen,
    art: str,
    pfad: str,
    format_: Format,
    *,
    ladbar: bool = False,
    zusatz: str = "",
) -> Knoten:
    adresse = r.iri(pfad)
    wie = f"{zusatz}, {format_.name}" if zusatz else format_.name
    return {
        **r.eigen(f"{h.ebene.name}-{art}"),
        "@type": "dcat:Distribution",
        "dct:title": [_text(f"{t(f'daten.{h.ebene.name}.titel')} ({wie})", t) for t in r.sprachen],
        "dcat:accessURL": adresse,
        **({"dcat:downloadURL": adresse} if ladbar else {}),
        "dct:format": _eu(f"file-type/{format_.name}"),
        "dcat:mediaType": {"@id": _IANA + format_.medientyp},
        **_wenn("dct:modified", h.stand, _datum),
        "dct:language": _eu("language/DEU"),
        "dct:license": {"@id": h.lizenz.uri} if h.lizenz else r.eigen("ohne-lizenz"),
        **_wenn("dcatde:licenseAttributionByText", h.nennung, lambda text: text),
        "dct:rights": {
            "@type": "dct:RightsStatement",
            "rdfs:label": [_text(_rechte(h, t), t) for t in r.sprachen],
        },
        "dcatap:availability": _eu("planned-availability/AVAILABLE"),
        "adms:status": _eu("distribution-status/COMPLETED"),
    }


def _dienste(r: _Rahmen) -> Iterator[Knoten]:
    for name, adresse, ebenen in (
        ("ogc", _OGC, KARTENEBENEN),
        ("api", NEUTRAL.api(), ("projekte",)),
    ):
        yield {
            **r.eigen(name),
            "@type": "dcat:DataService",
            "dct:title": r.text(f"daten.{name}.titel"),
            "dct:description": r.text(f"daten.{name}.text"),
            "dct:publisher": r.herausgeber,
            **_kontakt(r.settings),
            "dcat:endpointURL": r.iri(adresse),
            **({"dcat:endpointDescription": r.iri("/openapi.json")} if name == "api" else {}),
            "dcat:servesDataset": [r.eigen(ebene) for ebene in ebenen],
            "dct:accessRights": _eu("access-right/PUBLIC"),
            "dcatap:availability": _eu("planned-availability/AVAILABLE"),
        }


def _ohne_lizenz(r: _Rahmen) -> Knoten:
    """Return a licence document that grants nothing.

    DCAT-AP.de wants every distribution to have one; naming a real licence would be an invention.
    """
    return {
        **r.eigen("ohne-lizenz"),
        "@type": "dct:LicenseDocument",
        "dct:title": r.text("daten.lizenz.ohne"),
        "dct:description": r.text("daten.lizenz.ohne.text"),
    }


def _rechte(h: Herkunft, t: Katalog) -> str:
    """Say for every source of a layer under which licence it is."""
    ohne = t("daten.lizenz.ohne")
    return "; ".join(
        f"{quelle['titel']} ({quelle['herausgeber']}): {quelle['lizenz'] or ohne}"
        for quelle in h.quellen
    ) or t("daten.lizenz.ohne.text")


def _provenienz(h: Herkunft, t: Katalog) -> Knoten:
    saetze = [
        ". ".join(teil.rstrip(".") for teil in (str(q["titel"]), str(q["hinweis"])) if teil)
        for q in h.quellen
    ]
    if not saetze:
        return {}
    aussagen = [
        {"@type": "dct:ProvenanceStatement", "rdfs:label": _text(satz, t)} for satz in saetze
    ]
    return {"dct:provenance": aussagen}


def _datei(angaben: Any) -> Knoten:  # noqa: ANN401 - an entry of ebenen.json
    return {
        "dcat:byteSize": {"@value": str(angaben["bytes"]), "@type": "xsd:nonNegativeInteger"},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": {"@value": angaben["sha256"], "@type": "xsd:hexBinary"},
        },
    }


def _ort(bbox: Sequence[float] | None) -> list[Knoten]:
    """Return rectangle and middle in WGS84, lon before lat as CRS84 has it (Konvention 4, 5)."""
    if bbox is None:
        return []
    west, sued, ost, nord = bbox
    ring = ((west, sued), (ost, sued), (ost, nord), (west, nord), (west, sued))
    eckpunkte = ",".join(f"{lon} {lat}" for lon, lat in ring)
    mitte = f"{round((west + ost) / 2, 6)} {round((sued + nord) / 2, 6)}"
    return [
        {
            "@type": "dct:Location",
            "dcat:bbox": _wkt(f"POLYGON(({eckpunkte}))"),
            "dcat:centroid": _wkt(f"POINT({mitte})"),
        }
    ]


def _wkt(text: str) -> Knoten:
    return {"@value": f"<{_CRS84}> {text}", "@type": "geo:wktLiteral"}


def _zeitraum(snapshot: Snapshot) -> Knoten:
    """Return the years from the first beginning to the last end that is documented."""
    jahre = [p[feld][:4] for feld in ("beginn", "ende") for p in snapshot.projekte if p.get(feld)]
    if not jahre:
        return {}
    return {
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _datum(min(jahre)),
            "dcat:endDate": _datum(max(jahre)),
        }
    }


def _datum(text: str) -> Knoten:
    """Return a date as exact as it is known."""
    art = {4: "xsd:gYear", 7: "xsd:gYearMonth"}.get(len(text), "xsd:date")
    return {"@value": text, "@type": art}


def _wenn(name: str, wert: str, mache: Any) -> Knoten:  # noqa: ANN401 - str to node
    return {name: mache(wert)} if wert else {}


def _kontakt(settings: Settings) -> Knoten:
    if not settings.kontakt:
        return {}
    return {
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": settings.herausgeber,
            "vcard:hasEmail": {"@id": f"mailto:{settings.kontakt}"},
        }
    }


def _stelle(name: str) -> Knoten:
    return {"@type": "foaf:Agent", "foaf:name": name}


def _eu(name: str) -> Knoten:
    return {"@id": _EU + name}


def _text(text: str, t: Katalog) -> Knoten:
    return {"@value": text, "@language": t.sprache.lang}
