"""Settings of the service, from the environment (``NORDWAERTS_…``); nothing is read at import."""

from pathlib import Path
from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    """

    model_config = SettingsConfigDict(env_prefix="NORDWAERTS_", frozen=True)

    build_dir: Path = Path("build")
    frame_ancestors: tuple[str, ...] = ("'self'", "https://*.dortmund.de")
    adressen: Path = Path("build/adressen.sqlite")
    poll_seconds: Annotated[float, Field(gt=0, le=60)] = 0.5
