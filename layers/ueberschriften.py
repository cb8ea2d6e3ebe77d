"""How people head their columns and name their sheets.

The first spelling is the heading of the editors' workbook and of every export; the others are
accepted from files that were made elsewhere. Spellings are compared without case, umlauts,
spaces and punctuation. The name of the column itself is always accepted. A translated column is
headed like its original, with the language behind it: "Ziel (Englisch)", "Ziel EN", `ziel_en`.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from layers.falten import falten
from layers.tabellen import CODELISTEN, TABELLEN, Tabelle

SPRACHEN: Final[Mapping[str, tuple[str, ...]]] = {
    "leicht": ("Leichte Sprache", "Leichter Sprache", "leicht"),
    "en": ("Englisch", "English", "en"),
    "tr": ("Türkisch", "Türkçe", "tr"),
    "ar": ("Arabisch", "العربية", "ar"),
    "uk": ("Ukrainisch", "Українська", "uk", "ua"),
}
"""Language of a translation → what stands behind the heading, the workbook's word first."""
_OHNE_ORIGINAL: Final[Mapping[str, tuple[str, ...]]] = {
    "kurzbeschreibung_leicht": ("Leichte Sprache",)
}
"""Headings of translations that do not say what they translate."""
_DEUTSCHE: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("Kennung", "ID", "Projekt-ID", "Projektkennung", "Schlüssel"),
    "nr": ("Projektnummer", "Projekt-Nr.", "Projektnr.", "Projekt Nummer", "Nr.", "Nummer",
           "lfd. Nr."),
    "name": ("Name", "Projektname", "Projekttitel", "Titel", "Projekt", "Bezeichnung",
             "Name des Projekts"),
    "liste": ("Liste", "Projektliste", "Projektart"),
    "status": ("Status", "Projektstatus", "Umsetzungsstand"),
    "status_stand": ("Status vom", "Stand des Status", "Statusdatum", "Status Stand"),
    "handlungsfeld": ("Handlungsfeld",),
    "wirkungsfeld": ("Wirkungsfeld",),
    "themenfeld": ("Themenfeld", "Thema"),
    "projektfamilie": ("Projektfamilie",),
    "generation": ("Generation", "Projektgeneration"),
    "stadtbezirke": ("Stadtbezirke", "Stadtbezirk", "Stadtbezirk(e)", "Bezirk"),
    "stadtbezirk": ("Stadtbezirk", "Bezirk"),
    "beginn": ("Beginn", "Start", "Projektbeginn", "Laufzeit von", "von", "Laufzeit", "Zeitraum"),
    "ende": ("Ende", "Projektende", "Laufzeit bis", "bis", "Abschluss"),
    "traeger": ("Träger", "Projektträger", "Träger*in", "Träger/in", "Trägerin"),
    "partner": ("Partner", "Partnerinnen und Partner", "Projektpartner", "Kooperationspartner",
                "Beteiligte"),
    "foerderung": ("Förderung", "Fördermittel", "Finanzierung", "Förderprogramm"),
    "kosten_eur": ("Kosten (Euro)", "Kosten", "Kosten in Euro", "Kosten €", "Gesamtkosten",
                   "Kosten EUR", "Budget"),
    "ziel": ("Ziel", "Ziele", "Projektziel", "Zielsetzung"),
    "kurzbeschreibung": ("Kurzbeschreibung", "Beschreibung", "Projektbeschreibung", "Kurztext"),
    "sachstand": ("Sachstand", "Aktueller Stand", "Umsetzung"),
    "wirkung": ("Wirkung", "Wirkungen", "Ergebnis", "Ergebnisse"),
    "kontakt": ("Kontakt", "Ansprechpartner", "Ansprechperson", "Kontaktdaten"),
    "links": ("Links", "Link", "Internet", "Webseite", "Website", "Homepage"),
    "quellen": ("Quellen", "Quellenangaben", "Quellen (Internetadressen)"),
    "belegstufe": ("Belegstufe", "Beleg-Stufe"),
    "zuordnung": ("Zuordnung",),
    "stand": ("Stand", "Stand der Angaben", "Datenstand", "Aktualisiert am", "Letzte Änderung"),
    "bild": ("Bild", "Bilddatei", "Foto", "Bild-URL"),
    "bild_alt": ("Bildbeschreibung", "Alternativtext", "Alt-Text", "Bild Alternativtext"),
    "bild_rechte": ("Bildrechte", "Bildnachweis", "Fotorechte", "Urheber"),
    "projekt_id": ("Projekt (Kennung)", "Projekt-ID", "Projektkennung", "Kennung", "Projekt", "ID"),
    "bezeichnung": ("Ort", "Bezeichnung", "Standort", "Adresse", "Anschrift", "Lage"),
    "ort": ("Ort", "Lage", "Adresse", "Anschrift"),
    "lat": ("Breite (lat)", "lat", "Latitude", "Breite", "Breitengrad", "Geogr. Breite",
            "Geographische Breite", "Geografische Breite", "Hochwert", "Nordwert", "Northing", "Y",
            "Y-Koordinate", "Koordinate Y"),
    "lon": ("Länge (lon)", "lon", "lng", "long", "Longitude", "Länge", "Längengrad",
            "Geogr. Länge", "Geographische Länge", "Geografische Länge", "Rechtswert", "Ostwert",
            "Easting", "X", "X-Koordinate", "Koordinate X"),
    "lagegenauigkeit": ("Lagegenauigkeit", "Genauigkeit", "Genauigkeit der Lage"),
    "koordinatensystem": ("Koordinatensystem", "Bezugssystem", "EPSG", "CRS", "EPSG-Code",
                          "Koordinatenreferenzsystem"),
    "teil_der_27": ("Einer der 27 Plätze", "Teil der 27"),
    "nordwaerts_bezug": ("Bezug zu nordwärts", "nordwärts-Bezug"),
    "beleg": ("Beleg",),
    "flaeche_ha": ("Fläche (ha)", "Fläche", "Hektar", "Fläche in ha", "Größe in ha"),
    "flaeche_anmerkung": ("Anmerkung zur Fläche", "Fläche Anmerkung"),
    "vornutzung": ("Vornutzung", "Frühere Nutzung"),
    "wkt_epsg25832": ("Umriss (WKT, EPSG:25832)", "WKT", "Umriss", "Geometrie"),
    "bereich": ("Bereich",),
    "kennzahl": ("Kennzahl",),
    "wert": ("Wert",),
    "einheit": ("Einheit",),
    "qualifikation": ("Einschränkung", "Qualifikation"),
    "zeitbezug": ("Zeitbezug",),
    "quelle": ("Quelle",),
    "code": ("Code", "Kürzel", "Schlüssel"),
    "label": ("Bezeichnung", "Label", "Langform"),
    "kurz": ("Kurzform", "Kurz"),
    "projektgebiet": ("Projektgebiet",),
    "laut_zwischenbericht_2021": ("Laut Zwischenbericht 2021",),
    "varianten": ("Andere Schreibweisen", "Varianten"),
    "art": ("Art",),
    "tabelle": ("Tabelle", "Blatt"),
    "titel": ("Titel",),
    "herausgeber": ("Herausgeber", "Herausgeberin", "Herausgeber/in"),
    "lizenz": ("Lizenz",),
    "abgerufen": ("Abgerufen", "Abgerufen am"),
    "url": ("Adresse", "Internetadresse", "URL"),
    "hinweis": ("Hinweis", "Anmerkung"),
    "entfernung_m": ("Entfernung (m)",),
    "datenquelle": ("Herkunft der Daten",),
}  # fmt: skip
SPALTEN: Final[Mapping[str, tuple[str, ...]]] = {
    **_DEUTSCHE,
    **{
        spalte.name: tuple(
            f"{titel} ({SPRACHEN[spalte.sprache][0]})" for titel in _DEUTSCHE[spalte.original]
        )
        + _OHNE_ORIGINAL.get(spalte.name, ())
        for tabelle in TABELLEN
        for spalte in tabelle.spalten
        if spalte.sprache
    },
}
"""Column → its headings, the one of the workbook first."""
_SPRACHE_VON: Final = {
    falten(wort): sprache for sprache, worte in SPRACHEN.items() for wort in worte
}
_LAUF: Final = re.compile(r"[^\W_]+")

CODELISTEN_BLATT: Final = "codelisten"
"""One sheet holds all code lists; its column ``liste`` says which one a row belongs to."""
QUELLEN_BLATT: Final = "quellen"
"""The sheet that says where the other sheets come from."""
BLAETTER: Final[Mapping[str, tuple[str, ...]]] = {
    "projekte": ("Projekte", "Projekt", "Projektliste", "Projektübersicht", "Teilprojekte"),
    "standorte": ("Standorte", "Standort", "Orte", "Lagen", "Projektstandorte"),
    "plaetze": ("Plätze", "Platz", "Öffentliche Plätze"),
    "brachflaechen": ("Brachflächen", "Brachfläche", "Brachen", "Entwicklungsflächen"),
    "statistische_bezirke": ("Statistische Bezirke", "Statistischer Bezirk"),
    "kennzahlen": ("Kennzahlen", "Zahlen"),
    "beteiligte": ("Beteiligte", "Organisationen", "Träger und Partner"),
    CODELISTEN_BLATT: ("Codelisten", "Codeliste", "Listen", "Auswahllisten"),
    QUELLEN_BLATT: ("Quellen", "Herkunft", "Datenquellen"),
}
"""Table → names of its sheet, the one of the workbook first."""
ANLEITUNG: Final = "Anleitung"
"""The sheet that explains the workbook: never read."""
BERICHT: Final = "Prüfbericht"
"""The sheet that a check writes into its copy: not read when the copy is checked again."""


AUSZUG: Final = "Auszug"
"""The sheet on which an export says what it holds: never read."""


def titel(spalte: str) -> str:
    """Return the heading of a column in the workbook and in exports."""
    return SPALTEN[spalte][0]


def blatttitel(tabelle: str) -> str:
    """Return the name of the sheet of a table."""
    return BLAETTER[tabelle][0]


def ist_bericht(blatt: str) -> bool:
    """Return whether a sheet is the report of an earlier check, or a continuation of it."""
    return re.fullmatch(rf"{BERICHT}( \d+)?", blatt) is not None


def vergleichsform(text: str) -> str:
    """Return the text as it is compared: folded, letters and digits only."""
    return "".join(zeichen for zeichen in falten(text) if zeichen.isalnum())


@lru_cache(maxsize=8192)
def kopfform(text: str) -> str:
    """Return a heading as it is compared; the language of a translation stays apart from it.

    Examples
    --------
    >>> kopfform("Wirkungen"), kopfform("Wirkung EN"), kopfform("Wirkung (auf Englisch)")
    ('wirkungen', 'wirkung en', 'wirkung en')
    """
    laeufe = _LAUF.findall(falten(text))
    for anzahl in (2, 1):
        sprache = _SPRACHE_VON.get(" ".join(laeufe[-anzahl:]))
        rest = laeufe[:-anzahl]
        if rest[-1:] in (["in"], ["auf"]):
            rest.pop()
        if sprache and rest:
            return f"{''.join(rest)} {sprache}"
    return vergleichsform(text)


@cache
def spalte_zu(tabelle: Tabelle) -> Mapping[str, str]:
    """Return compared spelling → column of the table.

    Names of columns win over headings, early headings over late ones.
    """
    gefunden: dict[str, str] = {kopfform(name): name for name in tabelle.lesenamen}
    stufen = max(len(SPALTEN[name]) for name in tabelle.lesenamen)
    for stufe in range(stufen):
        for name in tabelle.lesenamen:
            if stufe < len(SPALTEN[name]):
                gefunden.setdefault(kopfform(SPALTEN[name][stufe]), name)
    return gefunden


@cache
def tabelle_zu() -> Mapping[str, str]:
    """Return compared spelling of a sheet or file name → table, or `CODELISTEN_BLATT`."""
    gefunden = {vergleichsform(tabelle.name): tabelle.name for tabelle in TABELLEN}
    for name, schreibweisen in BLAETTER.items():
        for schreibweise in (name, *schreibweisen):
            gefunden.setdefault(vergleichsform(schreibweise), name)
    for liste in CODELISTEN:
        gefunden.setdefault(vergleichsform(liste.name.removeprefix("codelisten/")), liste.name)
    return gefunden


BEIGABEN: Final = frozenset(kopfform(titel(name)) for name in ("entfernung_m", "datenquelle"))
"""Headings, as they are compared, that only exports have: not read, and not missed."""
KOORDINATEN: Final = frozenset(
    map(
        vergleichsform,
        (
            "Koordinaten",
            "Koordinate",
            "Geokoordinaten",
            "GPS",
            "GPS-Koordinaten",
            "lat, lon",
            "Breite, Länge",
            "Breite und Länge",
        ),
    )
)
"""Headings, as they are compared, of a column that holds latitude and longitude together."""
