"""The pages of squares, vacant land and districts: what is known, and which projects lie there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from markupsafe import Markup

from app import urls
from app.darstellung import Vorbereitet
from app.felder import Feld, Teil, felder
from app.katalog import Katalog
from app.lageplan import Lageplan, lageplan
from app.store import Stand

Art = Literal["plaetze", "brachflaechen", "stadtbezirke"]
UMKREIS_METER: Final = 500
"""How far around a square or vacant land its page looks for projects (``layers/orte.py``)."""
_ECKDATEN: Final[dict[Art, tuple[str, ...]]] = {
    "plaetze": (
        "stadtbezirk",
        "ort",
        "lagegenauigkeit",
        "status",
        "status_stand",
        "teil_der_27",
        "nordwaerts_bezug",
        "beleg",
        "stand",
    ),
    "brachflaechen": (
        "stadtbezirk",
        "ort",
        "lagegenauigkeit",
        "flaeche_ha",
        "flaeche_anmerkung",
        "vornutzung",
        "status",
        "status_stand",
        "nordwaerts_bezug",
        "stand",
    ),
    "stadtbezirke": ("projektgebiet", "flaeche_ha", "statistische_bezirke"),
}


@dataclass(frozen=True, slots=True)
class OrtAnsicht:
    """The context of ``ort.html``."""

    name: str
    art_text: str
    kurzbeschreibung: str
    anmerkung: str
    eckdaten: tuple[Feld, ...]
    lageplan: Lageplan
    projekte_titel: str
    eintraege: tuple[Markup, ...]
    quellen: tuple[str, ...]


def ortsansicht(
    art: Art, ort: Mapping[str, Any], stand: Stand[Vorbereitet], t: Katalog
) -> OrtAnsicht:
    """Return the context for one place out of ``orte.json``."""
    bezirk = art == "stadtbezirke"
    snapshot = stand.snapshot
    eckdaten = felder(ort, _ECKDATEN[art], snapshot, t, freitext=frozenset({"status"}))
    if bezirk:
        eckdaten += _verweise(ort, stand, t)
    return OrtAnsicht(
        name=ort["name"],
        art_text=t(f"ort.art.{art}"),
        kurzbeschreibung=ort.get("kurzbeschreibung") or "",
        anmerkung=_anmerkung(art, stand, t),
        eckdaten=eckdaten,
        lageplan=lageplan(
            snapshot.lageplan,
            (ort["code" if bezirk else "stadtbezirk"],),
            () if bezirk else (ort,),
        ),
        projekte_titel=(
            t("ort.projekte.stadtbezirk")
            if bezirk
            else t("ort.projekte.umkreis", meter=UMKREIS_METER)
        ),
        eintraege=tuple(_eintraege(art, ort, stand, t)),
        quellen=tuple(ort.get("quellen") or ()),
    )


def _anmerkung(art: Art, stand: Stand[Vorbereitet], t: Katalog) -> str:
    if art != "plaetze":
        return ""
    zahlen = stand.snapshot.zahlen
    return t("seite.plaetze", analysiert=zahlen["plaetze_analysiert"], anzahl=zahlen["plaetze"])


def _verweise(ort: Mapping[str, Any], stand: Stand[Vorbereitet], t: Katalog) -> tuple[Feld, ...]:
    orte = stand.snapshot.orte
    return tuple(
        Feld(
            t(f"feld.{art}"),
            tuple(Teil(orte[art][id_]["name"], adresse(id_)) for id_ in ort[art]),
        )
        for art, adresse in (("plaetze", urls.platz), ("brachflaechen", urls.brachflaeche))
        if ort[art]
    )


def _eintraege(
    art: Art, ort: Mapping[str, Any], stand: Stand[Vorbereitet], t: Katalog
) -> list[Markup]:
    zeile, vorbereitet = stand.snapshot.index.zeile, stand.vorbereitet
    if art == "stadtbezirke":
        return [vorbereitet.eintraege[zeile[id_]] for id_ in ort["projekte"]]
    return [
        vorbereitet.mit_entfernung(
            zeile[nah["id"]],
            t("ort.ungefaehr")
            if nah["entfernung_m"] is None
            else t("ort.entfernung", meter=nah["entfernung_m"]),
        )
        for nah in ort["projekte"]
    ]
