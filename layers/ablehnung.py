"""Why an update was refused: a reason with values; the German sentence stands in the catalogue."""

from enum import StrEnum


class Grund(StrEnum):
    """Every reason; the value is the end of the catalogue's key ``update.abgelehnt.<grund>``."""

    EINSTELLUNG = "einstellung"
    EINSTELLUNG_UNBEKANNT = "einstellung-unbekannt"
    EINSTELLUNGEN = "einstellungen"
    BISHERIGE_QUELLE = "bisherige-quelle"
    HERKUNFT = "herkunft"
    NICHT_ERREICHBAR = "nicht-erreichbar"
    ZU_LANGSAM = "zu-langsam"
    ABGEBROCHEN = "abgebrochen"
    SERVERFEHLER = "serverfehler"
    UNBEKANNTER_DATENSATZ = "unbekannter-datensatz"
    STATUS = "status"
    UMLEITUNG = "umleitung"
    ZU_GROSS = "zu-gross"
    KEIN_JSON = "kein-json"
    FORM = "form"
    BEZUGSSYSTEM = "bezugssystem"
    BEZIRKE = "bezirke"
    UMRISS = "umriss"
    LAGE = "lage"
    FLAECHE = "flaeche"
    LUECKEN = "luecken"
    UNDICHT = "undicht"
    GEOS = "geos"
    PRUEFUNG = "pruefung"
    SCHREIBEN = "schreiben"


class Abgelehnt(Exception):
    """The source in use stays as it is."""

    def __init__(self, grund: Grund, **werte: object) -> None:
        super().__init__(f"{grund}: {werte}")
        self.grund = grund
        self.werte = werte
