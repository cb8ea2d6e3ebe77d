"""Settings of the build half; nothing is read at import.

From the environment (``NORDWAERTS_…``), else from the operator's file (`layers.einstellungsdatei`),
else from ``geodata/einstellungen.toml`` (both with the same names in lower case, without the
prefix), else the defaults here.
"""

from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from layers.ablehnung import Abgelehnt, Grund
from layers.einstellungsdatei import betriebswerte, lies
from layers.pruefregeln import Pruefung
from layers.quelle.grenzen import Grenzen

DATEI: Final = "einstellungen.toml"

Kennung = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]+$")]
"""A dataset id; goes into a path."""


class Datensaetze(BaseModel):
    """Which dataset of the portal a layer comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    statistische_bezirke: Kennung = "fb62-statistischebezirke"


class Einstellungen(BaseSettings):
    """What may be set for ``build_map.py``.

    Attributes
    ----------
    opendata_adresse
        The city's open data portal (Opendatasoft), http or https.
    opendata_datensaetze
        Layer → id of its dataset on the portal.
    opendata_verbindung_s, opendata_antwort_s, opendata_gesamt_s
        Longest wait in seconds: for a connection, for the next bytes, for everything together
        with all attempts.
    opendata_versuche
        How often the portal is asked at most, if it fails for the moment.
    opendata_pause_s
        Pause in seconds before the third attempt; it doubles from there. The second follows
        at once.
    opendata_max_mb
        Largest answer in megabytes (10⁶ bytes) that is read.
    uebersetzungen_geprueft
        Languages whose texts a person has reviewed; all others are marked on their pages.
    kacheln_ab
        Layers with at least so many features get vector tiles.
    pruefung, grenzen
        What blocks publication, and how large a source may be: tables of the file.
    """

    model_config = SettingsConfigDict(env_prefix="NORDWAERTS_", frozen=True, extra="forbid")

    opendata_adresse: HttpUrl = HttpUrl("https://open-data.dortmund.de")
    opendata_datensaetze: Datensaetze = Datensaetze()
    opendata_verbindung_s: Annotated[float, Field(gt=0, le=600)] = 10.0
    opendata_antwort_s: Annotated[float, Field(gt=0, le=600)] = 30.0
    opendata_gesamt_s: Annotated[float, Field(gt=0, le=3600)] = 180.0
    opendata_versuche: Annotated[int, Field(ge=1, le=10)] = 4
    opendata_pause_s: Annotated[float, Field(ge=0, le=60)] = 1.0
    opendata_max_mb: Annotated[float, Field(gt=0, le=500)] = 20.0
    uebersetzungen_geprueft: tuple[Literal["leicht", "en", "tr", "ar", "uk"], ...] = ()
    kacheln_ab: Annotated[int, Field(ge=0)] = 0
    pruefung: Pruefung = Pruefung()
    grenzen: Grenzen = Grenzen()

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003  the signature is the library's
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment win over what ``lade`` hands over from the file."""
        return env_settings, init_settings


def lade(geodata: Path) -> Einstellungen:
    """Return the settings that hold for a folder of sources.

    Raises
    ------
    Abgelehnt
        A file cannot be read or is not TOML, or a value is not allowed.
    """
    datei = geodata / DATEI
    werte = lies(datei) if datei.exists() else {}
    # the operator's file also holds what only the service knows
    werte |= {k: w for k, w in betriebswerte().items() if k in Einstellungen.model_fields}
    try:
        return Einstellungen(**werte)
    except ValidationError as fehler:
        erster = fehler.errors()[0]
        name = ".".join(str(teil) for teil in erster["loc"])
        if erster["type"] == "extra_forbidden":
            raise Abgelehnt(Grund.EINSTELLUNG_UNBEKANNT, name=name) from fehler
        raise Abgelehnt(Grund.EINSTELLUNG, name=name, wert=str(erster["input"])) from fehler
    except SettingsError as fehler:
        raise Abgelehnt(Grund.EINSTELLUNGEN, ort="NORDWAERTS_…", einzelheit=fehler) from fehler
