"""Which base maps the map offers, what the browser is told, and which hosts the CSP lets in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.grundkarten.einstellung import BEZIRKE, STADTPLAN, Grundkarte
from app.grundkarten.kacheldatei import Kacheldateifehler, lies
from app.katalog import Katalog
from app.settings import Settings

KACHELDATEI: Final = "/grundkarte.pmtiles"
"""Where the service's own file is found; the nginx site knows the ending."""
KACHELSKRIPT: Final = "kacheln.js"
"""The asset that draws vector tiles, loaded when such a base map is chosen."""


@dataclass(frozen=True, slots=True)
class Angebote:
    """The base maps beside our areas, and the one that is shown first (`BEZIRKE` or an id)."""

    karten: tuple[Grundkarte, ...] = ()
    erste: str = BEZIRKE

    @property
    def namen(self) -> tuple[str, ...]:
        """The ids that may be asked for."""
        return BEZIRKE, *(karte.id for karte in self.karten)

    @property
    def fremde(self) -> tuple[Grundkarte, ...]:
        """Those that lie on other hosts."""
        return tuple(karte for karte in self.karten if karte.fremd)

    def name(self, kennung: str, t: Katalog) -> str:
        """Return what a base map is called in a language."""
        if kennung == BEZIRKE:
            return t("ebene.grundkarte")
        if kennung == STADTPLAN:
            return t("grundkarte.stadtplan")
        return next(karte.name for karte in self.karten if karte.id == kennung)

    @property
    def csp(self) -> dict[str, tuple[str, ...]]:
        """What pages with a map may ask beside our own host: directive → sources."""
        return {"img-src": self.quellen("xyz", "wms"), "connect-src": self.quellen("pmtiles")}

    def quellen(self, *arten: str) -> tuple[str, ...]:
        """Return the foreign origins of these kinds as CSP sources, each once."""
        return tuple(dict.fromkeys(k.herkunft for k in self.fremde if k.art in arten))


def angebote(settings: Settings) -> Angebote:
    """Return what the settings offer.

    Raises
    ------
    app.grundkarten.kacheldatei.Kacheldateifehler
        The PMTiles file cannot be used, or nobody says whose data it holds (``kacheln-quelle``).
    """
    karten = settings.grundkarten
    if settings.grundkarte_pmtiles is not None:
        karten = (_eigene(settings), *karten)
    return Angebote(karten, settings.grundkarte)


def _eigene(settings: Settings) -> Grundkarte:
    assert settings.grundkarte_pmtiles is not None  # noqa: S101 - asked by the caller
    datei = lies(settings.grundkarte_pmtiles)
    quelle = settings.grundkarte_quelle or datei.quelle
    if not quelle:
        raise Kacheldateifehler("kacheln-quelle", datei.ort)
    # its name is in the catalogue; not validated, because the id is reserved for it
    return Grundkarte.model_construct(
        id=STADTPLAN, name="", art="pmtiles", url=KACHELDATEI, quelle=quelle
    )


def fuer_browser(
    gewaehlt: Angebote, t: Katalog, assets: Mapping[str, str], kennung: str = ""
) -> dict[str, Any] | None:
    """Return the choice for the map's script, None if there is nothing to choose.

    Parameters
    ----------
    assets
        Name → hashed name; a kept build may be older than `KACHELSKRIPT`.
    kennung
        What the address asks for, else the operator's first.
    """
    skript = assets.get(KACHELSKRIPT, "")
    karten = [_eintrag(k, gewaehlt.name(k.id, t)) for k in _zeichenbar(gewaehlt.karten, skript)]
    if not karten:
        return None
    skript = f"/assets/{skript}" if skript else ""
    return {"erste": kennung or gewaehlt.erste, "kacheln": skript, "karten": karten}


def _zeichenbar(karten: Sequence[Grundkarte], skript: str) -> list[Grundkarte]:
    return [karte for karte in karten if skript or karte.art != "pmtiles"]


def _eintrag(karte: Grundkarte, name: str) -> dict[str, Any]:
    felder = {"id", "art", "url", "ebenen", "format", "version", "zoom_bis", "luftbild"}
    fremd = {
        "empfaenger": karte.empfaenger,
        "rechner": karte.rechner,
        "text": karte.datenschutz,
        "url": karte.datenschutz_url,
    }
    return {
        **karte.model_dump(include=felder),
        "name": name,
        "quelle": karte.quelle,
        "quelle_url": karte.quelle_url,
        "fremd": fremd if karte.fremd else None,
    }
