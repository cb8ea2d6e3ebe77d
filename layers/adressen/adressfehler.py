"""Why an address list was not taken: a reason with values; the sentence is in the catalogue."""

from enum import StrEnum


class Grund(StrEnum):
    """Every reason; the value is the end of the catalogue's key ``adressen.abgelehnt.<grund>``."""

    FEHLT = "fehlt"
    UNLESBAR = "unlesbar"
    NICHT_ERREICHBAR = "nicht-erreichbar"
    STATUS = "status"
    ZU_GROSS = "zu-gross"
    ZU_LANGSAM = "zu-langsam"
    BESCHAEDIGT = "beschaedigt"
    KODIERUNG = "kodierung"
    FORM = "form"
    SPALTE = "spalte"
    LEER = "leer"
    ANDERE_GEMEINDE = "andere-gemeinde"
    ZU_VIELE_MAENGEL = "zu-viele-maengel"
    BEZIRKE = "bezirke"
    SCHREIBEN = "schreiben"


class Unbrauchbar(Exception):
    """The directory in use stays as it is."""

    def __init__(self, grund: Grund, **werte: object) -> None:
        super().__init__(f"{grund}: {werte}")
        self.grund = grund
        self.werte = werte
