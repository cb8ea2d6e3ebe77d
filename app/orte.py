"""The pages of squares, vacant land and districts: what is known, and which projects lie there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from markupsafe import Markup

from app.darstellung import Darstellung, Text
from app.felder import Feld, Teil, felder
from app.lageplan import Lageplan, lageplan

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

    name: Text
    art_text: str
    kurzbeschreibung: Text
    anmerkung: str
    eckdaten: tuple[Feld, ...]
    lageplan: Lageplan
    projekte_titel: str
    eintraege: tuple[Markup, ...]
    quellen: tuple[str, ...]


def ortsansicht(art: Art, ort: Mapping[str, Any], d: Darstellung) -> OrtAnsicht:
    """Return the context for one place out of ``orte.json``."""
    bezirk = art == "stadtbezirke"
    eckdaten = felder(ort, _ECKDATEN[art], d, freitext=frozenset({"status"}))
    if bezirk:
        eckdaten += _verweise(ort, d)
    return OrtAnsicht(
        name=d.deutsch(ort["name"]),
        art_text=d.t(f"ort.art.{art}"),
        kurzbeschreibung=d.uebersetzt(ort, "kurzbeschreibung"),
        anmerkung=_anmerkung(art, d),
        eckdaten=eckdaten,
        lageplan=lageplan(
            d.snapshot.lageplan,
            (ort["code" if bezirk else "stadtbezirk"],),
            () if bezirk else (ort,),
        ),
        projekte_titel=(
            d.t("ort.projekte.stadtbezirk")
            if bezirk
            else d.t("ort.projekte.umkreis", meter=UMKREIS_METER)
        ),
        eintraege=tuple(_eintraege(art, ort, d)),
        quellen=tuple(ort.get("quellen") or ()),
    )


def _anmerkung(art: Art, d: Darstellung) -> str:
    if art != "plaetze":
        return ""
    zahlen = d.snapshot.zahlen
    return d.t("seite.plaetze", analysiert=zahlen["plaetze_analysiert"], anzahl=zahlen["plaetze"])


def _verweise(ort: Mapping[str, Any], d: Darstellung) -> tuple[Feld, ...]:
    orte = d.snapshot.orte
    return tuple(
        Feld(
            d.t(f"feld.{art}"),
            tuple(_verweis(orte[art][id_]["name"], adresse(id_), d) for id_ in ort[art]),
            d.t("satz.trenner"),
        )
        for art, adresse in (("plaetze", d.urls.platz), ("brachflaechen", d.urls.brachflaeche))
        if ort[art]
    )


def _verweis(name: str, href: str, d: Darstellung) -> Teil:
    deutsch = d.deutsch(name)
    return Teil(deutsch.text, href, lang=deutsch.lang)


def _eintraege(art: Art, ort: Mapping[str, Any], d: Darstellung) -> list[Markup]:
    zeile = d.snapshot.index.zeile
    if art == "stadtbezirke":
        return [d.eintraege[zeile[id_]] for id_ in ort["projekte"]]
    return [
        d.mit_entfernung(
            zeile[nah["id"]],
            d.t("ort.ungefaehr")
            if nah["entfernung_m"] is None
            else d.t("ort.entfernung", meter=nah["entfernung_m"]),
        )
        for nah in ort["projekte"]
    ]
