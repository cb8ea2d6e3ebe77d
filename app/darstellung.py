"""What is made once per build instead of once per request: list entries and API items."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from jinja2 import Environment
from markupsafe import Markup

from app import urls
from app.felder import code_label
from app.katalog import Katalog
from app.ortsverzeichnis import Ortsverzeichnis, ortsverzeichnis
from app.state import FACETTEN
from app.store import Snapshot
from app.vorlagen import jahre

_API_FELDER = (
    "id",
    "nr",
    "name",
    "liste",
    "status",
    "handlungsfeld",
    "wirkungsfeld",
    "themenfeld",
    "projektfamilie",
    "generation",
    "stadtbezirke",
    "beginn",
    "ende",
    "kurzbeschreibung",
    "belegstufe",
    "zuordnung",
    "stand",
)
_ORT_FELDER = ("bezeichnung", "lon", "lat", "lagegenauigkeit")


@dataclass(frozen=True, slots=True)
class Eintrag:
    """One project as the list shows it."""

    id: str
    name: str
    handlungsfeld: str
    handlungsfeld_text: str
    meta: str
    hat_lage: bool


@dataclass(frozen=True, slots=True)
class Vorbereitet:
    """Ready fragments, by row of the index.

    ``eintraege`` are list entries as HTML, ``api`` the items of ``/api/projekte`` as JSON
    without their closing brace, so that a distance can be added; ``labels`` facet → code → label;
    ``orte`` the places that ``/suche`` finds.
    """

    daten: tuple[Eintrag, ...]
    eintraege: tuple[Markup, ...]
    api: tuple[bytes, ...]
    labels: Mapping[str, Mapping[str, str]]
    nordwaerts_projekte: int
    orte: Ortsverzeichnis
    eintrag: Callable[[Eintrag, str | None], str]

    def mit_entfernung(self, zeile: int, text: str | None) -> Markup:
        """Return a list entry that also says how far it is (the only part made per request)."""
        return Markup(self.eintrag(self.daten[zeile], text))  # noqa: S704 - autoescaped macro


def bereite_vor(snapshot: Snapshot, env: Environment, t: Katalog) -> Vorbereitet:
    """Make the fragments of a snapshot."""
    macro = env.get_template("bausteine.html").module.eintrag  # type: ignore[attr-defined]
    daten = tuple(_eintrag(projekt, snapshot, t) for projekt in snapshot.projekte)
    facetten = snapshot.index.facetten
    liste = facetten["liste"]
    belegt = [i for i, code in enumerate(liste.codes) if code == "nordwaerts-projekt"]
    return Vorbereitet(
        daten=daten,
        eintraege=tuple(Markup(macro(e)) for e in daten),  # noqa: S704 - autoescaped macro
        api=tuple(orjson.dumps(_api(projekt))[:-1] for projekt in snapshot.projekte),
        labels={n: dict(zip(facetten[n].codes, facetten[n].labels, strict=True)) for n in FACETTEN},
        nordwaerts_projekte=int(liste.maske(belegt, len(snapshot.index)).sum()),
        orte=ortsverzeichnis(snapshot),
        eintrag=macro,
    )


def _eintrag(projekt: Mapping[str, Any], snapshot: Snapshot, t: Katalog) -> Eintrag:
    feld = projekt.get("handlungsfeld") or ""
    status = projekt.get("status")
    bezirke = [code_label(snapshot, "stadtbezirk", c) for c in projekt.get("stadtbezirke") or ()]
    hat_lage = any(ort["lon"] is not None for ort in projekt["standorte"])
    meta = (
        ", ".join(bezirke),
        code_label(snapshot, "status", status) if status else "",
        jahre(projekt, t),
        "" if hat_lage else t("liste.ohne_lage"),
    )
    return Eintrag(
        id=projekt["id"],
        name=projekt["name"],
        handlungsfeld=feld,
        handlungsfeld_text=code_label(snapshot, "handlungsfeld", feld) if feld else "",
        meta=" · ".join(teil for teil in meta if teil),
        hat_lage=hat_lage,
    )


def _api(projekt: Mapping[str, Any]) -> dict[str, Any]:
    item = {feld: projekt[feld] for feld in _API_FELDER if projekt.get(feld) is not None}
    item["standorte"] = [
        {feld: ort.get(feld) for feld in _ORT_FELDER} for ort in projekt["standorte"]
    ]
    return item | {"url": urls.projekt(projekt["id"])}
