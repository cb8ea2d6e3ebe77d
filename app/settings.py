"""Settings of the service, from the environment (``NORDWAERTS_…``); nothing is read at import."""

import re
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_POSTFACH: Final = re.compile(r"[^\s@?&,;:<>()\"]+@[^\s@?&,;:<>()\"]+\.[^\s@?&,;:<>()\"]+")


class Settings(BaseSettings):
    """What an operator may set.

    Attributes
    ----------
    build_dir
        Folder that holds ``aktuell`` and the kept builds.
    frame_ancestors
        Sources that may frame ``/einbetten`` (CSP ``frame-ancestors``); every other page
        refuses framing.
    adressen
        The address directory (``build_map.py addresses``); without it ``/suche`` finds places
        and projects only.
    poll_seconds
        How often the service looks whether ``aktuell`` points at another build.
    adresse
        Where the public finds the service, without a slash at the end. Every absolute address
        (canonical, sitemap, QR code, PDF) begins with it, never with what a request claims.
    kontakt
        E-mail address for "Fehler melden"; without one the link is not there.
    herausgeber
        Who publishes the map and its catalogue of data.
    datenbereitsteller
        Address that GovData has given the publisher (``dcatde:contributorID``), empty without.
    """

    model_config = SettingsConfigDict(env_prefix="NORDWAERTS_", frozen=True)

    build_dir: Path = Path("build")
    frame_ancestors: tuple[str, ...] = ("'self'", "https://*.dortmund.de")
    adressen: Path = Path("build/adressen.sqlite")
    poll_seconds: Annotated[float, Field(gt=0, le=60)] = 0.5
    adresse: str = "http://127.0.0.1:8000"
    kontakt: str = ""
    herausgeber: Annotated[str, Field(min_length=1, max_length=200)] = "nordwärts-Karte"
    datenbereitsteller: Annotated[
        str, Field(pattern=r"^(http://dcat-ap\.de/def/contributors/[A-Za-z0-9_-]+)?$")
    ] = ""

    @field_validator("adresse")
    @classmethod
    def _ist_adresse(cls, wert: str) -> str:
        teile = urlsplit(wert)
        if teile.scheme not in ("http", "https") or not teile.hostname:
            raise ValueError("must begin with http:// or https:// and name a host")
        if teile.path.strip("/") or teile.query or teile.fragment or teile.username:
            raise ValueError("must end with the host or port: the service owns all paths")
        return f"{teile.scheme}://{teile.netloc}"

    @field_validator("kontakt")
    @classmethod
    def _ist_postfach(cls, wert: str) -> str:
        if wert and not _POSTFACH.fullmatch(wert):
            raise ValueError("must be one e-mail address, nothing else")
        return wert
