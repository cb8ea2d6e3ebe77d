"""Settings of the service; nothing is read at import.

From the environment (``NORDWAERTS_…``), else from the file that ``NORDWAERTS_EINSTELLUNGEN`` names
(the same names in lower case, without the prefix), else the defaults here.
"""

import re
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from app.grundkarten.einstellung import BEZIRKE, STADTPLAN, Grundkarte
from app.pforte.besucher import Proxykopf
from layers.einstellungsdatei import VORSATZ, betriebswerte

_POSTFACH: Final = re.compile(r"[^\s@?&,;:<>()\"]+@[^\s@?&,;:<>()\"]+\.[^\s@?&,;:<>()\"]+")


class Settings(BaseSettings):
    """What an operator may set.

    Attributes
    ----------
    build_dir
        Folder that holds ``aktuell`` and the kept builds.
    datenquelle
        ``postgresql://…`` of a database that ``build_map.py publish`` fills; then nothing is read
        from ``build_dir``. Empty: the folder.
    kacheln_schwelle
        From so many projects on the map draws tiles and the server filters: the browser gets no
        index.
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
    grundkarten
        Base maps beside our own areas (`app.grundkarten.einstellung`); none unless named here.
    grundkarte_pmtiles
        A file of vector tiles that the service hands out part by part; none if empty.
    grundkarte_quelle
        What has to be read on the map about that file; empty for what it says itself.
    grundkarte
        The base map that is shown first; never one on another host.
    workers
        Processes that answer requests.
    shutdown_seconds
        How long requests in work may take after SIGTERM.
    metrics
        ``host:port`` of the metrics for Prometheus; none if empty.
    log
        ``json``: one line a request and event; ``text``: events only, to be read by a person.
    vertraute_proxys, proxy_kopf
        Networks of the proxies in front, and the header in which they name the client.
    erlaubte_hosts
        Names that the service answers for; empty: any, since no answer depends on it.
    hsts_sekunden
        How long browsers shall ask over TLS only; said only over TLS, 0: never.
    max_adresse_bytes, max_parameter, max_kopf_bytes, max_inhalt_bytes
        The largest request that is answered.
    rate_pro_sekunde, rate_vorrat
        Requests of one address that are answered in the long run, and how many at once; 0: any.
    frist_sekunden
        How long a request may take to arrive; six times as long a reader may take nothing.
    """

    model_config = SettingsConfigDict(env_prefix=VORSATZ, frozen=True)

    build_dir: Path = Path("build")
    datenquelle: Annotated[str, Field(pattern=r"^(postgres(ql)?://\S+)?$")] = ""
    kacheln_schwelle: Annotated[int, Field(ge=1)] = 2_000_000
    frame_ancestors: tuple[str, ...] = ("'self'", "https://*.dortmund.de")
    adressen: Path = Path("build/adressen.sqlite")
    poll_seconds: Annotated[float, Field(gt=0, le=60)] = 0.5
    adresse: str = "http://127.0.0.1:8000"
    kontakt: str = ""
    herausgeber: Annotated[str, Field(min_length=1, max_length=200)] = "nordwärts-Karte"
    datenbereitsteller: Annotated[
        str, Field(pattern=r"^(http://dcat-ap\.de/def/contributors/[A-Za-z0-9_-]+)?$")
    ] = ""
    grundkarten: tuple[Grundkarte, ...] = ()
    grundkarte_pmtiles: Annotated[Path | None, BeforeValidator(lambda wert: wert or None)] = None
    grundkarte_quelle: Annotated[str, Field(max_length=300)] = ""
    grundkarte: str = BEZIRKE
    workers: Annotated[int, Field(ge=1, le=64)] = 1
    shutdown_seconds: Annotated[float, Field(ge=1, le=300)] = 25.0
    metrics: Annotated[str, Field(pattern=r"^(([^\s:]+|\[[0-9a-fA-F:]+\]):\d{1,5})?$")] = ""
    log: Literal["text", "json"] = "text"
    vertraute_proxys: tuple[IPv4Network | IPv6Network, ...] = (
        IPv4Network("127.0.0.0/8"),
        IPv6Network("::1/128"),
    )
    proxy_kopf: Proxykopf = "x-forwarded-for"
    erlaubte_hosts: tuple[Annotated[str, Field(pattern=r"^[a-z0-9.:-]{1,253}$")], ...] = ()
    hsts_sekunden: Annotated[int, Field(ge=0)] = 31_536_000
    max_adresse_bytes: Annotated[int, Field(ge=512, le=65_536)] = 8192
    max_parameter: Annotated[int, Field(ge=32, le=10_000)] = 300
    max_kopf_bytes: Annotated[int, Field(ge=1024, le=1_048_576)] = 16_384
    max_inhalt_bytes: Annotated[int, Field(ge=0, le=1_048_576)] = 16_384
    rate_pro_sekunde: Annotated[float, Field(ge=0, le=1e6)] = 40.0
    rate_vorrat: Annotated[int, Field(ge=1, le=1_000_000)] = 400
    frist_sekunden: Annotated[float, Field(ge=0.5, le=300)] = 10.0

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the signature is the library's
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Put the operator's file behind the environment.

        Raises
        ------
        layers.ablehnung.Abgelehnt
            The file cannot be read.
        """
        # the file also holds what only the build half knows
        werte = {k: w for k, w in betriebswerte().items() if k in cls.model_fields}
        return init_settings, env_settings, InitSettingsSource(settings_cls, werte)

    @field_validator("adresse")
    @classmethod
    def _ist_adresse(cls, wert: str) -> str:
        teile = urlsplit(wert)
        if teile.scheme not in ("http", "https") or not teile.hostname:
            raise ValueError("must begin with http:// or https:// and name a host")
        if teile.path.strip("/") or teile.query or teile.fragment or teile.username:
            raise ValueError("must end with the host or port: the service owns all paths")
        return f"{teile.scheme}://{teile.netloc}"

    @field_validator("grundkarten")
    @classmethod
    def _heissen_verschieden(cls, wert: tuple[Grundkarte, ...]) -> tuple[Grundkarte, ...]:
        if len({karte.id for karte in wert}) < len(wert):
            raise ValueError("two base maps have the same id")
        return wert

    @field_validator("grundkarte")
    @classmethod
    def _ist_eigene(cls, wert: str, angaben: ValidationInfo) -> str:
        eigene = {k.id for k in angaben.data.get("grundkarten", ()) if not k.fremd} | {BEZIRKE}
        if angaben.data.get("grundkarte_pmtiles"):
            eigene.add(STADTPLAN)
        if wert not in eigene:
            raise ValueError("must be a base map on our own host")
        return wert

    @field_validator("kontakt")
    @classmethod
    def _ist_postfach(cls, wert: str) -> str:
        if wert and not _POSTFACH.fullmatch(wert):
            raise ValueError("must be one e-mail address, nothing else")
        return wert
