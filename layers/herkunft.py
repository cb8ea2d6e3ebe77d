"""Where a layer comes from: its sources, its licence, its Stand; one answer for every download.

The file in ``daten/``, exports, OGC API and catalogue all say what stands here. Knows neither
pandas nor a language: the service imports it too.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True, slots=True)
class Lizenz:
    """A licence of the DCAT-AP.de vocabulary (http://dcat-ap.de/def/licenses/).

    ``text`` is the address of its terms, ``uri`` its name in the vocabulary; ``nennung`` says
    whether it wants the publisher to be named.
    """

    kurz: str
    name: str
    text: str
    uri: str
    nennung: bool


def _lizenz(kurz: str, name: str, text: str, uri: str, *, nennung: bool = False) -> Lizenz:
    return Lizenz(kurz, name, text, f"http://dcat-ap.de/def/licenses/{uri}", nennung)


LIZENZEN: Final = (
    _lizenz(
        "dl-de/zero-2.0",
        "Datenlizenz Deutschland – Zero – Version 2.0",
        "https://www.govdata.de/dl-de/zero-2-0",
        "dl-zero-de/2.0",
    ),
    _lizenz(
        "dl-de/by-2.0",
        "Datenlizenz Deutschland – Namensnennung – Version 2.0",
        "https://www.govdata.de/dl-de/by-2-0",
        "dl-by-de/2.0",
        nennung=True,
    ),
    _lizenz(
        "CC0-1.0",
        "Creative Commons CC0 1.0",
        "https://creativecommons.org/publicdomain/zero/1.0/",
        "cc-zero",
    ),
    _lizenz(
        "CC-BY-4.0",
        "Creative Commons Namensnennung 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
        "cc-by/4.0",
        nennung=True,
    ),
    _lizenz(
        "CC-BY-SA-4.0",
        "Creative Commons Namensnennung – Weitergabe unter gleichen Bedingungen 4.0 International",
        "https://creativecommons.org/licenses/by-sa/4.0/",
        "cc-by-sa/4.0",
        nennung=True,
    ),
    _lizenz(
        "ODbL-1.0",
        "Open Data Commons Open Database License 1.0",
        "https://opendatacommons.org/licenses/odbl/1-0/",
        "odbl",
        nennung=True,
    ),
)


def _vergleichsform(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower().removeprefix("https://").removeprefix("http://"))


_NACH_SCHREIBWEISE: Final = {
    _vergleichsform(schreibweise): lizenz
    for lizenz in LIZENZEN
    for schreibweise in (lizenz.kurz, lizenz.name, lizenz.text, lizenz.uri)
} | {
    _vergleichsform(schreibweise): lizenz
    for schreibweise, lizenz in (
        ("dl-zero-de/2.0", LIZENZEN[0]),
        ("dl-by-de/2.0", LIZENZEN[1]),
        ("CC0", LIZENZEN[2]),
    )
}


def lizenz(text: str) -> Lizenz | None:
    """Return the licence that a source names, None for none and for one nobody here knows.

    Short name, full name and address are understood, whatever their case and punctuation.
    """
    return _NACH_SCHREIBWEISE.get(_vergleichsform(text))


@dataclass(frozen=True, slots=True)
class Ebene:
    """A set of data that is published as a whole.

    ``quellen`` are entries of ``quellen.toml``, the one that is most of it first: its publisher
    and its Stand are those of the layer. ``raum``: it has places, so it is GeoJSON, else JSON.
    """

    name: str
    quellen: tuple[str, ...]
    raum: bool = True

    @property
    def datei(self) -> str:
        """Its file in a build; with a slash before it, its path on the server."""
        return f"daten/{self.name}.{'geojson' if self.raum else 'json'}"


_GRENZEN: Final = "statistische_bezirke.csv"
EBENEN: Final = {
    ebene.name: ebene
    for ebene in (
        Ebene("projekte", ("projekte.csv", "standorte.csv", "beteiligte.csv", _GRENZEN)),
        Ebene("plaetze", ("plaetze.csv", "projekte.csv", "standorte.csv")),
        Ebene("brachflaechen", ("brachflaechen.csv", "projekte.csv", "standorte.csv")),
        Ebene("stadtbezirke", (_GRENZEN, "codelisten")),
        Ebene("statistische_bezirke", (_GRENZEN,)),
        Ebene("projektgebiet", (_GRENZEN, "codelisten")),
        Ebene("kennzahlen", ("kennzahlen.csv",), raum=False),
        Ebene("beteiligte", ("beteiligte.csv",), raum=False),
        Ebene("codelisten", ("codelisten",), raum=False),
    )
}
"""Every layer. Locations are no layer of their own: each is a feature of ``projekte``."""
KARTENEBENEN: Final = tuple(name for name, ebene in EBENEN.items() if ebene.raum)


@dataclass(frozen=True, slots=True)
class Herkunft:
    """What is known about a layer's origin.

    ``quellen`` are the entries of the manifest, most important first. ``lizenz`` is stated only
    if all of them state the same one: what is partly without a licence is without one.
    ``nennung`` is the text that names the publishers, empty if the licence does not ask for it.
    """

    ebene: Ebene
    quellen: tuple[Mapping[str, Any], ...]
    lizenz: Lizenz | None

    @property
    def stand(self) -> str:
        """Date as exact as it is known (``2026``, ``2026-01``); empty without one."""
        return str(self.quellen[0]["stand"]) if self.quellen else ""

    @property
    def herausgeber(self) -> str:
        """Who published most of it; empty if nobody is named."""
        return str(self.quellen[0]["herausgeber"]) if self.quellen else ""

    @property
    def nennung(self) -> str:
        """Return publishers and titles, as licences with attribution want them."""
        if self.lizenz is None or not self.lizenz.nennung:
            return ""
        return "; ".join(f"{quelle['herausgeber']}: {quelle['titel']}" for quelle in self.quellen)

    def mitglieder(self) -> dict[str, Any]:
        """Return the foreign members of the layer's file (RFC 7946 §6.1)."""
        bekannt = self.lizenz
        return {
            "stand": self.stand,
            "lizenz": bekannt and {"name": bekannt.name, "url": bekannt.text},
            **({"namensnennung": self.nennung} if self.nennung else {}),
            "quellen": [
                {feld: wert for feld, wert in quelle.items() if wert} for quelle in self.quellen
            ],
        }


def herkunft(name: str, quellen: Iterable[Mapping[str, Any]]) -> Herkunft:
    """Return the origin of a layer.

    Parameters
    ----------
    name
        One of `EBENEN`.
    quellen
        All sources of the build, as in its manifest (`layers.quellen.Quelle` as mapping).
    """
    ebene = EBENEN[name]
    nach_datei = {str(quelle["datei"]): quelle for quelle in quellen}
    eigene = tuple(nach_datei[datei] for datei in ebene.quellen if datei in nach_datei)
    genannt = {lizenz(str(quelle["lizenz"])) for quelle in eigene}
    return Herkunft(ebene, eigene, genannt.pop() if len(genannt) == 1 else None)
