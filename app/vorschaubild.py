"""Previews for messengers: what the image of a page shows, and where it is.

They are made when somebody asks for one (`app.bildsatz`): hardly any page is ever shared, and
setting all of them would take longer than everything else in a build.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from app.katalog import lade
from app.lageplan import Lageplan, lageplan
from app.sprachen import DEUTSCH
from app.store import Snapshot
from app.urls import NEUTRAL
from app.vorlagen import jahre
from app.zeichnung import AKZENT, farbe, lagebild, symbol

KARTE: Final = "karte"
"""The preview of whatever has none of its own."""
_PROJEKT: Final = "projekt-"
_STADTBEZIRK: Final = "stadtbezirk-"
_MARKE: Final = 1.8
"""A preview is often shown two thumbs wide."""


@dataclass(frozen=True, slots=True)
class Bild:
    """What one image shows: words and two drawings (SVG)."""

    name: str
    art: str
    zeile: str
    absender: str
    symbol: str
    karte: str


def bildname(art: str, kennung: str) -> str:
    """Return the name of a preview; ``art``: projekt, stadtbezirk."""
    return f"{art}-{kennung}"


def bildnamen(snapshot: Snapshot) -> Iterator[str]:
    """Yield the names of all previews of a build."""
    if _darstellbar(snapshot):
        yield KARTE
        yield from (bildname("stadtbezirk", code) for code in snapshot.orte["stadtbezirke"])
        yield from (bildname("projekt", id_) for id_ in snapshot.index.ids)


def marke(snapshot: Snapshot) -> str:
    """Return what the addresses of all previews change with: the build's own digits."""
    return snapshot.id.rpartition("-")[2]


def bildadresse(snapshot: Snapshot, name: str) -> str:
    """Return the path of a preview, empty if the build cannot show any."""
    return NEUTRAL.vorschau(name, marke(snapshot)) if _darstellbar(snapshot) else ""


def _darstellbar(snapshot: Snapshot) -> bool:
    return snapshot.schriften is not None and snapshot.lageplan["affin"] is not None


def bild(snapshot: Snapshot, name: str) -> Bild | None:
    """Return what a preview shows, in German; None if there is none of that name."""
    if not _darstellbar(snapshot):
        return None
    if name == KARTE:
        return _uebersicht(snapshot)
    if name.startswith(_STADTBEZIRK):
        bezirk = snapshot.orte["stadtbezirke"].get(name.removeprefix(_STADTBEZIRK))
        return _stadtbezirk(snapshot, bezirk) if bezirk else None
    zeile = snapshot.index.zeile.get(name.removeprefix(_PROJEKT))
    if zeile is None or not name.startswith(_PROJEKT):
        return None
    return _projekt(snapshot, snapshot.projekte[zeile])


def _uebersicht(snapshot: Snapshot) -> Bild:
    bezirke = snapshot.lageplan["stadtbezirke"]
    gebiet = [b["code"] for b in bezirke if b["projektgebiet"] != "nein"]
    t = lade(DEUTSCH.code)
    return Bild(
        name=t("seite.untertitel"),
        art=t("seite.titel"),
        zeile="",
        absender=t("vorschau.absender"),
        symbol="",
        karte=_karte(lageplan(snapshot.lageplan, gebiet, ())),
    )


def _stadtbezirk(snapshot: Snapshot, bezirk: Mapping[str, Any]) -> Bild:
    t = lade(DEUTSCH.code)
    return Bild(
        name=bezirk["name"],
        art=t("ort.art.stadtbezirke"),
        zeile=t("seite.untertitel"),
        absender=t("vorschau.absender"),
        symbol="",
        karte=_karte(lageplan(snapshot.lageplan, (bezirk["code"],), ())),
    )


def _projekt(snapshot: Snapshot, projekt: Mapping[str, Any]) -> Bild:
    t = lade(DEUTSCH.code)
    feld = projekt.get("handlungsfeld")
    bezirke = projekt.get("stadtbezirke") or ()
    namen = (_label(snapshot, "stadtbezirk", code) for code in bezirke)
    zeile = (t("satz.trenner").join(namen), jahre(projekt, t))
    return Bild(
        name=projekt["name"],
        art=_label(snapshot, "handlungsfeld", feld) if feld else t("vorschau.projekt"),
        zeile=" · ".join(teil for teil in zeile if teil),
        absender=t("vorschau.absender"),
        symbol=symbol(feld) if feld else "",
        karte=_karte(lageplan(snapshot.lageplan, bezirke, projekt["standorte"]), farbe(feld)),
    )


def _label(snapshot: Snapshot, liste: str, code: str) -> str:
    eintrag = snapshot.codelisten[liste][code]
    return str(eintrag.get("kurz") or eintrag["label"])


def _karte(plan: Lageplan, punktfarbe: str = AKZENT) -> str:
    return lagebild(plan, punktfarbe, marke=_MARKE)
