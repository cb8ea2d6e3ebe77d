"""Findings: what is wrong with a source, where, and how grave it is.

A `Befund` carries a code and values; the German sentences for a code stand in the catalogue
(``befund.<code>.was``, ``befund.<code>.tun``) and are put in at the edge of the house.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias

Wert: TypeAlias = str | int | float


class Schwere(StrEnum):
    """How grave a finding is. A row with a ``FEHLER`` is not published (see `BLOCKIERT`)."""

    FEHLER = "Fehler"
    WARNUNG = "Warnung"
    HINWEIS = "Hinweis"


class Code(StrEnum):
    """Every kind of finding; the value is the middle of the catalogue's keys."""

    DATEI_FEHLT = "datei-fehlt"
    DATEI_FEHLT_WAHLFREI = "datei-fehlt-wahlfrei"
    DATEI_UNLESBAR = "datei-unlesbar"
    DATEI_KODIERUNG = "datei-kodierung"
    DATEI_KODIERUNG_DEFEKT = "datei-kodierung-defekt"
    DATEI_LEER = "datei-leer"
    DATEI_BINAER = "datei-binaer"
    DATEI_DEFEKT = "datei-defekt"
    DATEI_FORMAT = "datei-format"
    DATEI_VERSCHLUESSELT = "datei-verschluesselt"
    DATEI_ZU_GROSS = "datei-zu-gross"
    ORDNER_ZU_GROSS = "ordner-zu-gross"
    ARCHIV_ZU_GROSS = "archiv-zu-gross"
    XML_GEFAEHRLICH = "xml-gefaehrlich"
    TABELLE_ZU_GROSS = "tabelle-zu-gross"
    TABELLE_DOPPELT = "tabelle-doppelt"
    BLATT_UNBEKANNT = "blatt-unbekannt"
    BLATT_VERSTECKT = "blatt-versteckt"
    ZEILE_VERSTECKT = "zeile-versteckt"
    ZELLE_ZU_LANG = "zelle-zu-lang"
    ZELLEN_VERBUNDEN = "zellen-verbunden"
    FORMEL_GELESEN = "formel-gelesen"
    FORMEL_OHNE_WERT = "formel-ohne-wert"
    FORMEL_FEHLER = "formel-fehler"
    KOPF_SPAETER = "kopf-spaeter"
    LISTE_UNBEKANNT = "liste-unbekannt"
    QUELLE_OHNE_TABELLE = "quelle-ohne-tabelle"
    STANDORTE_AUS_BESTAND = "standorte-aus-bestand"
    JSON_FEHLERHAFT = "json-fehlerhaft"
    GEOJSON_FORM = "geojson-form"
    GEOJSON_MERKMAL = "geojson-merkmal"
    SHAPEFILE_FEHLT = "shapefile-fehlt"
    CPG_FEHLT = "cpg-fehlt"
    BEZUGSSYSTEM_FEHLT = "bezugssystem-fehlt"
    VEKTOR_MELDUNG = "vektor-meldung"
    GEOMETRIE_ALS_PUNKT = "geometrie-als-punkt"
    GEOMETRIE_DEFEKT = "geometrie-defekt"
    GEOMETRIE_ZU_GROSS = "geometrie-zu-gross"
    CSV_FEHLERHAFT = "csv-fehlerhaft"
    SPALTE_FEHLT = "spalte-fehlt"
    SPALTE_FEHLT_WAHLFREI = "spalte-fehlt-wahlfrei"
    SPALTE_UNBEKANNT = "spalte-unbekannt"
    SPALTE_VERSCHRIEBEN = "spalte-verschrieben"
    SPALTE_DOPPELT = "spalte-doppelt"
    ZEILE_SPALTENZAHL = "zeile-spaltenzahl"
    ZEILE_LEER = "zeile-leer"
    TOML_FEHLERHAFT = "toml-fehlerhaft"
    QUELLE_FEHLT = "quelle-fehlt"
    QUELLE_UNVOLLSTAENDIG = "quelle-unvollstaendig"
    QUELLE_AUS_DATEI = "quelle-aus-datei"
    BEFUNDE_ZU_VIELE = "befunde-zu-viele"
    LEERRAUM = "leerraum"
    PFLICHTFELD_LEER = "pflichtfeld-leer"
    ID_UNGUELTIG = "id-ungueltig"
    ID_DOPPELT = "id-doppelt"
    NR_DOPPELT = "nr-doppelt"
    NAME_DOPPELT = "name-doppelt"
    NAME_AEHNLICH = "name-aehnlich"
    CODE_UNBEKANNT = "code-unbekannt"
    CODE_VERSCHRIEBEN = "code-verschrieben"
    UEBERSETZUNG_FEHLT = "uebersetzung-fehlt"
    WERT_DOPPELT = "wert-doppelt"
    WERT_GEDEUTET = "wert-gedeutet"
    WERT_PLATZHALTER = "wert-platzhalter"
    ORGANISATION_UNBEKANNT = "organisation-unbekannt"
    ORGANISATION_VERSCHRIEBEN = "organisation-verschrieben"
    VARIANTE_DOPPELT = "variante-doppelt"
    DATUM_UNGUELTIG = "datum-ungueltig"
    DATUM_GEDEUTET = "datum-gedeutet"
    ANGABE_UNGENAU = "angabe-ungenau"
    ZEITRAUM_VERKEHRT = "zeitraum-verkehrt"
    ZAHL_UNGUELTIG = "zahl-ungueltig"
    ZAHL_GEDEUTET = "zahl-gedeutet"
    ZAHL_NEGATIV = "zahl-negativ"
    URL_UNGUELTIG = "url-ungueltig"
    URL_GEFAEHRLICH = "url-gefaehrlich"
    BILD_UNGUELTIG = "bild-ungueltig"
    BILD_OHNE_BESCHREIBUNG = "bild-ohne-beschreibung"
    BILD_OHNE_RECHTE = "bild-ohne-rechte"
    FORMEL_IM_TEXT = "formel-im-text"
    MARKUP = "markup"
    ZEICHEN_UNZULAESSIG = "zeichen-unzulaessig"
    ZEICHEN_UNSICHTBAR = "zeichen-unsichtbar"
    ZEICHEN_KODIERUNG = "zeichen-kodierung"
    KONTAKTDATEN = "kontaktdaten"
    PROJEKT_UNBEKANNT = "projekt-unbekannt"
    PROJEKT_IN_QUARANTAENE = "projekt-in-quarantaene"
    KOORDINATE_UNGUELTIG = "koordinate-ungueltig"
    KOORDINATE_GEDEUTET = "koordinate-gedeutet"
    KOORDINATE_UMGERECHNET = "koordinate-umgerechnet"
    KOORDINATE_MEHRDEUTIG = "koordinate-mehrdeutig"
    BEZUGSSYSTEM_UNBEKANNT = "bezugssystem-unbekannt"
    KOORDINATE_BEZUGSSYSTEM = "koordinate-bezugssystem"
    KOORDINATE_UNVOLLSTAENDIG = "koordinate-unvollstaendig"
    KOORDINATEN_VERTAUSCHT = "koordinaten-vertauscht"
    LAGE_FERN = "lage-fern"
    LAGE_AUSSERHALB = "lage-ausserhalb"
    LAGEGENAUIGKEIT_FEHLT = "lagegenauigkeit-fehlt"
    LAGE_FEHLT = "lage-fehlt"
    STANDORT_FEHLT = "standort-fehlt"
    PROJEKTE_AM_ORT = "projekte-am-ort"
    STADTBEZIRK_ABWEICHEND = "stadtbezirk-abweichend"
    STADTBEZIRK_OHNE_FLAECHE = "stadtbezirk-ohne-flaeche"
    GEOMETRIE_UNGUELTIG = "geometrie-ungueltig"
    GEOMETRIE_BEZUGSSYSTEM = "geometrie-bezugssystem"
    FLAECHE_ABWEICHEND = "flaeche-abweichend"
    FLAECHEN_UNDICHT = "flaechen-undicht"
    STATUS_OHNE_STAND = "status-ohne-stand"
    STATUS_FEHLT = "status-fehlt"
    STAND_FEHLT = "stand-fehlt"
    STAND_ALT = "stand-alt"
    TEXT_FEHLT = "text-fehlt"
    TEXT_LEER = "text-leer"
    TEXT_KODIERUNG = "text-kodierung"
    TEXT_ZU_GROSS = "text-zu-gross"
    TEXT_UNBEKANNT = "text-unbekannt"
    TEXT_ZEICHEN = "text-zeichen"
    TEXT_HTML = "text-html"
    TEXT_BILD = "text-bild"
    TEXT_LINK = "text-link"
    TEXT_OHNE_UEBERSCHRIFT = "text-ohne-ueberschrift"
    TEXT_OHNE_STAND = "text-ohne-stand"
    TEXT_AUSZUFUELLEN = "text-auszufuellen"
    TEXT_VERALTET = "text-veraltet"
    ADRESSE_ZEILE = "adresse-zeile"
    ADRESSE_STRASSE = "adresse-strasse"
    ADRESSE_HAUSNUMMER = "adresse-hausnummer"
    ADRESSE_KOORDINATE = "adresse-koordinate"
    ADRESSE_FERN = "adresse-fern"
    ADRESSE_BEZIRK = "adresse-bezirk"
    ADRESSE_DOPPELT = "adresse-doppelt"


_WARNUNGEN: Final = frozenset(
    {
        Code.DATEI_KODIERUNG_DEFEKT, Code.BLATT_UNBEKANNT, Code.BLATT_VERSTECKT,
        Code.ZEILE_VERSTECKT, Code.ZELLEN_VERBUNDEN, Code.FORMEL_GELESEN, Code.CPG_FEHLT,
        Code.BEZUGSSYSTEM_FEHLT, Code.VEKTOR_MELDUNG, Code.GEOMETRIE_ALS_PUNKT,
        Code.ANGABE_UNGENAU, Code.BILD_UNGUELTIG, Code.BILD_OHNE_BESCHREIBUNG,
        Code.BILD_OHNE_RECHTE, Code.FORMEL_IM_TEXT, Code.KOORDINATE_UMGERECHNET,
        Code.KOORDINATEN_VERTAUSCHT, Code.SPALTE_FEHLT_WAHLFREI, Code.SPALTE_UNBEKANNT,
        Code.SPALTE_VERSCHRIEBEN, Code.QUELLE_FEHLT, Code.QUELLE_UNVOLLSTAENDIG,
        Code.NR_DOPPELT, Code.NAME_DOPPELT, Code.ORGANISATION_UNBEKANNT,
        Code.ORGANISATION_VERSCHRIEBEN, Code.ZEICHEN_UNSICHTBAR, Code.ZEICHEN_KODIERUNG,
        Code.KONTAKTDATEN, Code.LAGE_AUSSERHALB, Code.STADTBEZIRK_ABWEICHEND,
        Code.STADTBEZIRK_OHNE_FLAECHE, Code.FLAECHE_ABWEICHEND, Code.FLAECHEN_UNDICHT,
        Code.TEXT_FEHLT, Code.TEXT_LEER, Code.TEXT_UNBEKANNT, Code.TEXT_OHNE_UEBERSCHRIFT,
        Code.TEXT_VERALTET, Code.ADRESSE_BEZIRK, Code.ADRESSE_DOPPELT,
    }
)  # fmt: skip
_HINWEISE: Final = frozenset(
    {
        Code.DATEI_FEHLT_WAHLFREI, Code.DATEI_KODIERUNG, Code.QUELLE_AUS_DATEI,
        Code.KOPF_SPAETER, Code.STANDORTE_AUS_BESTAND, Code.DATUM_GEDEUTET,
        Code.ZAHL_GEDEUTET, Code.WERT_GEDEUTET, Code.WERT_PLATZHALTER,
        Code.KOORDINATE_GEDEUTET, Code.NAME_AEHNLICH, Code.PROJEKTE_AM_ORT, Code.STAND_ALT,
        Code.ZEILE_LEER, Code.LEERRAUM, Code.WERT_DOPPELT, Code.LAGE_FEHLT,
        Code.STANDORT_FEHLT, Code.STATUS_OHNE_STAND, Code.STATUS_FEHLT, Code.STAND_FEHLT,
        Code.TEXT_OHNE_STAND, Code.TEXT_AUSZUFUELLEN,
    }
)  # fmt: skip


def _schwere(code: Code) -> Schwere:
    if code in _WARNUNGEN:
        return Schwere.WARNUNG
    return Schwere.HINWEIS if code in _HINWEISE else Schwere.FEHLER


SCHWERE: Final[Mapping[Code, Schwere]] = MappingProxyType({code: _schwere(code) for code in Code})
"""The severity of every code."""

BLOCKIERT: Final = frozenset({Code.UEBERSETZUNG_FEHLT})
"""Errors that no number of allowed errors covers: they forbid the build, and hold no row back.

Without its row every project that has the code would be wrong too, and nobody would see why.
"""

_OHNE_WERTE: Final[Mapping[str, Wert]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Befund:
    """One finding.

    Parameters
    ----------
    code
        What kind of finding it is; decides ``schwere``.
    datei
        The source file, relative to ``geodata/``.
    blatt
        The sheet of a workbook; None for a CSV file.
    zeile
        Line in the file, counted from 1 with the header; None for the file as a whole.
    spalte, wert
        The column and the text that stands there.
    werte
        Further values for the placeholders of the sentence.
    gesetzt
        A severity other than the code's usual one, out of the settings.
    """

    code: Code
    datei: str
    blatt: str | None = None
    zeile: int | None = None
    spalte: str | None = None
    wert: str | None = None
    werte: Mapping[str, Wert] = field(default_factory=lambda: _OHNE_WERTE)
    gesetzt: Schwere | None = None

    @property
    def schwere(self) -> Schwere:
        """How grave the finding is."""
        return self.gesetzt or SCHWERE[self.code]

    def in_datei(self, datei: str, blatt: str | None) -> "Befund":
        """Return the same finding, said to stand in another file and sheet."""
        # not dataclasses.replace, which takes several times as long: a report may hold a million
        return Befund(
            self.code, datei, blatt, self.zeile, self.spalte, self.wert, self.werte, self.gesetzt
        )

    @property
    def platzhalter(self) -> dict[str, Wert]:
        """All values for the sentence; what a finding has not is an empty text."""
        return {
            "datei": self.datei,
            "blatt": self.blatt or "",
            "zeile": "" if self.zeile is None else self.zeile,
            "spalte": self.spalte or "",
            "wert": self.wert or "",
            **self.werte,
        }


@dataclass(frozen=True, slots=True)
class Mangel:
    """What is wrong with a cell, before it is known where the cell stands."""

    code: Code
    wert: str
    werte: Mapping[str, Wert] = field(default_factory=lambda: _OHNE_WERTE)
