"""A Steckbrief as linked data (schema.org), for machines that read pages; documented facts only."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.darstellung import Darstellung
from app.index import UNGEFAEHR
from app.kopfdaten import BILDGROESSE

_STADT: Final = {"@type": "City", "name": "Dortmund"}
_SEITE: Final = "#seite"
_PROJEKT: Final = "#projekt"


def jsonld(
    projekt: Mapping[str, Any], d: Darstellung, adresse: str, start: str, bild: str
) -> dict[str, Any]:
    """Return the graph of a page and its project.

    What is editorial (Handlungsfeld and the like) describes the page, not the project. A location
    that is only approximate has a name and its Stadtbezirk, no coordinates.

    Parameters
    ----------
    adresse, start, bild
        Absolute addresses of the Steckbrief, of the map and of the preview (may be empty).
    """
    return {
        "@context": "https://schema.org",
        "@graph": [
            _ohne_leere(_webseite(projekt, d, adresse, start, bild)),
            _ohne_leere(_projekt(projekt, d, adresse)),
        ],
    }


def _webseite(
    projekt: Mapping[str, Any], d: Darstellung, adresse: str, start: str, bild: str
) -> dict[str, Any]:
    felder = ("handlungsfeld", "themenfeld")
    return {
        "@type": "WebPage",
        "@id": adresse + _SEITE,
        "url": adresse,
        "name": projekt["name"],
        "inLanguage": d.t.sprache.lang,
        "dateModified": projekt.get("stand", ""),
        "isPartOf": {"@type": "WebSite", "name": d.t("seite.titel"), "url": start},
        "mainEntity": {"@id": adresse + _PROJEKT},
        "keywords": [d.labels.lang[feld][projekt[feld]] for feld in felder if projekt.get(feld)],
        "citation": list(projekt.get("quellen") or ()),
        "primaryImageOfPage": bild
        and {
            "@type": "ImageObject",
            "url": bild,
            "width": BILDGROESSE[0],
            "height": BILDGROESSE[1],
        },
    }


def _projekt(projekt: Mapping[str, Any], d: Darstellung, adresse: str) -> dict[str, Any]:
    foerderung = projekt.get("foerderung")
    return {
        "@type": "Project",
        "@id": adresse + _PROJEKT,
        "name": projekt["name"],
        "description": d.uebersetzt(projekt, "kurzbeschreibung").text,
        "identifier": list(_kennungen(projekt)),
        "url": adresse,
        "mainEntityOfPage": {"@id": adresse + _SEITE},
        "foundingDate": projekt.get("beginn", ""),
        "dissolutionDate": projekt.get("ende", ""),
        "parentOrganization": list(_organisationen(projekt["traeger"])),
        "member": list(_organisationen(projekt["partner"])),
        "funding": foerderung and {"@type": "Grant", "description": foerderung},
        "location": [_ort(ort, d) for ort in projekt["standorte"]],
        "areaServed": [
            _bezirk(d.labels.lang["stadtbezirk"][code])
            for code in projekt.get("stadtbezirke") or ()
            if code in d.snapshot.orte["stadtbezirke"]
        ],
        "subjectOf": [{"@type": "WebPage", "url": url} for url in projekt.get("links") or ()],
    }


def _kennungen(projekt: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    for name, wert in (("id", projekt["id"]), ("Projektnummer", projekt.get("nr"))):
        if wert:
            yield {"@type": "PropertyValue", "propertyID": name, "value": wert}


def _organisationen(beteiligte: list[Mapping[str, Any]]) -> Iterator[dict[str, str]]:
    # what a source only describes ("155 Betriebe") has no code and is no organisation
    return (
        {"@type": "Organization", "name": eintrag["name"]}
        for eintrag in beteiligte
        if eintrag["code"]
    )


def _bezirk(name: str) -> dict[str, Any]:
    return {"@type": "AdministrativeArea", "name": name, "containedInPlace": _STADT}


def _ort(ort: Mapping[str, Any], d: Darstellung) -> dict[str, Any]:
    code = ort["stadtbezirk"]
    genau = ort["lon"] is not None and ort["lagegenauigkeit"] not in UNGEFAEHR
    return _ohne_leere(
        {
            "@type": "Place",
            "name": ort["bezeichnung"],
            "geo": genau
            and {"@type": "GeoCoordinates", "latitude": ort["lat"], "longitude": ort["lon"]},
            "containedInPlace": code and _bezirk(d.labels.lang["stadtbezirk"][code]),
        }
    )


def _ohne_leere(angaben: Mapping[str, Any]) -> dict[str, Any]:
    return {name: wert for name, wert in angaben.items() if wert not in (None, "", [], False)}
