"""``/export.pdf``: the list of a state as a planner takes it into a meeting."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

from app.darstellung import Darstellung
from app.entfernungstext import zeilentext
from app.export.auszug import Auszug, quellensatz
from app.lageplan import Lageplan, lageplan
from app.qr import qr_svg
from app.vorlagen import datum, jahre
from app.zeichnung import AKZENT, lagebild, symbol

VORLAGE: Final = "liste.typ"
HOECHSTENS: Final = 2000
"""Projects of one document: more than that nobody leafs through, and Typst takes too long."""
_AUF_KARTE: Final = 400
"""Locations that a drawing as wide as a page can hold apart."""


def druckdaten(auszug: Auszug, d: Darstellung) -> dict[str, Any]:
    """Return what ``liste.typ`` shows; ``d`` is the snapshot in German."""
    t, snapshot = d.t, auszug.snapshot
    stand = t("seite.stand", stand=datum(snapshot.stand, t))
    return {
        "lang": t.sprache.lang,
        "titel": t("auszug.liste.titel"),
        "beschreibung": auszug.satz,
        "absender": t("seite.titel"),
        "untertitel": t("seite.untertitel"),
        "fuss": stand,
        "seite": t("dokument.seite", seite="{seite}", seiten="{seiten}"),
        "satz": auszug.satz,
        "umfang": t(
            "seite.umfang",
            gesamt=snapshot.zahlen.get("teilprojekte_gesamt", "–"),
            anzahl=snapshot.zahlen["projekte"],
            belegt=_nordwaerts(d),
        ),
        "verteilung": list(_verteilung(auszug, d)),
        "spalten": [t(f"auszug.liste.{name}") for name in _spalten(auszug)],
        "zeilen": list(_zeilen(auszug, d)),
        "leer": t("liste.leer"),
        "karte": _karte(auszug),
        "karte_titel": t("auszug.liste.karte"),
        "karte_text": t("auszug.liste.karte.text"),
        "qr": qr_svg(auszug.adresse),
        "qr_text": t("dokument.qr"),
        "adresse_titel": t("auszug.liste.adresse"),
        "adresse": auszug.adresse,
        "quellen_titel": t("auszug.liste.quellen"),
        "quellen": [f"{q['titel']}: {quellensatz(q, t)}" for q in snapshot.quellen],
        "anmerkung": t("seite.redaktionell"),
    }


def _nordwaerts(d: Darstellung) -> int:
    return sum(p["liste"] == "nordwaerts-projekt" for p in d.snapshot.projekte)


def _verteilung(auszug: Auszug, d: Darstellung) -> Iterator[dict[str, str]]:
    """Yield each Handlungsfeld with its symbol and how many of the projects it has."""
    anzahl = Counter(projekt.get("handlungsfeld") or "" for projekt in auszug.projekte)
    for code, label in d.labels.lang["handlungsfeld"].items():
        if anzahl[code]:
            yield {"symbol": symbol(code), "text": f"{label}: {anzahl[code]}"}
    if anzahl[""]:
        yield {"symbol": symbol(""), "text": f"{d.t('liste.ohne_angabe')}: {anzahl['']}"}


def _spalten(auszug: Auszug) -> tuple[str, ...]:
    weg = ("entfernung",) if auszug.naehe else ()
    return "nr", "projekt", "handlungsfeld", "stadtbezirke", "status", "laufzeit", *weg


def _zeilen(auszug: Auszug, d: Darstellung) -> Iterator[dict[str, Any]]:
    t, facetten = d.t, d.labels.facetten
    for zeile, projekt in zip(auszug.zeilen, auszug.projekte, strict=True):
        feld, status = projekt.get("handlungsfeld"), projekt.get("status")
        bezirke = (facetten["stadtbezirk"][c] for c in projekt.get("stadtbezirke") or ())
        weg = [zeilentext(d.snapshot.index, auszug.naehe, zeile, t) or ""] if auszug.naehe else []
        yield {
            "nr": projekt.get("nr") or "",
            "name": projekt["name"],
            "href": auszug.steckbrief(projekt["id"]),
            "weitere": [
                facetten["handlungsfeld"][feld] if feld else "",
                ", ".join(bezirke),
                facetten["status"][status] if status else "",
                jahre(projekt, t),
                *weg,
            ],
        }


def _karte(auszug: Auszug) -> str:
    """Return the locator map with all locations, empty where there are none or too many."""
    orte = [ort for projekt in auszug.projekte for ort in projekt["standorte"]]
    verortet: list[Mapping[str, Any]] = [ort for ort in orte if ort["lon"] is not None]
    if not 0 < len(verortet) <= _AUF_KARTE:
        return ""
    bezirke = auszug.abfrage.facetten.get("stadtbezirk", ())
    plan: Lageplan = lageplan(auszug.snapshot.lageplan, bezirke, verortet)
    return lagebild(plan, AKZENT, schrift=30)
