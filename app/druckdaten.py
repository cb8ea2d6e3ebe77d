"""The facts of a Steckbrief as data for its PDF: those of the page, out of the same context."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any, Final
from urllib.parse import urlsplit

from app.darstellung import Darstellung
from app.dokument import Dokument
from app.felder import Feld, Teil
from app.qr import qr_svg
from app.steckbrief import SteckbriefAnsicht
from app.vorlagen import datum
from app.zeichnung import farbe, lagebild, symbol

VORLAGE: Final = "steckbrief.typ"
_VERLINKT: Final = ("http", "https", "mailto")
_EINHEIT: Final = re.compile(r"(?<=\d) (?=\w{1,2}$)")
"""Before a unit at the end of a text: a number must not lose it in a narrow column."""


def druckdaten(
    ansicht: SteckbriefAnsicht, dok: Dokument, d: Darstellung, basis: str
) -> dict[str, Any]:
    """Return what ``steckbrief.typ`` shows; all texts are plain, all links absolute.

    Parameters
    ----------
    basis
        The public address of the service.
    """
    t, sprache = d.t, d.t.sprache
    return {
        # Typst and PDF readers know languages, not their variants
        "lang": sprache.lang.split("-")[0],
        "richtung": sprache.richtung,
        "titel": t("seite.titel.von", name=ansicht.name.text),
        "beschreibung": ansicht.kurzbeschreibung.text,
        "absender": t("seite.titel"),
        "untertitel": t("seite.untertitel"),
        "fuss": t("seite.stand", stand=datum(d.snapshot.stand, t)),
        "seite": t("dokument.seite", seite="{seite}", seiten="{seiten}"),
        "ungeprueft": t("seite.ungeprueft") if d.ungeprueft else "",
        "art": ansicht.handlungsfeld_text,
        "symbol": symbol(ansicht.handlungsfeld) if ansicht.handlungsfeld else "",
        "name": asdict(ansicht.name),
        "kurzbeschreibung": asdict(ansicht.kurzbeschreibung),
        "eckdaten_titel": t("steckbrief.eckdaten"),
        "eckdaten": _felder(ansicht.eckdaten, basis),
        "texte": _felder(ansicht.texte, basis),
        "beteiligt_titel": t("steckbrief.beteiligt"),
        "beteiligt": _felder(ansicht.beteiligt, basis),
        "orte_titel": t("steckbrief.orte"),
        "ohne_ort": t("steckbrief.ohne_ort"),
        "standorte": [
            {"bezeichnung": asdict(ort.bezeichnung), "saetze": _felder(ort.saetze, basis)}
            for ort in ansicht.standorte
        ],
        "karte": lagebild(ansicht.lageplan, farbe(ansicht.handlungsfeld), schrift=40),
        "karte_text": t("steckbrief.lageplan.text", orte=ansicht.lageplan.orte),
        "qr": qr_svg(dok.adresse),
        "qr_text": t("dokument.qr"),
        "adresse_titel": t("dokument.qr.text"),
        "adresse": dok.adresse,
        "quellen_titel": t("steckbrief.quellen"),
        "beleg": ansicht.beleg,
        "quellen": list(ansicht.quellen),
        "anmerkungen": [t("seite.redaktionell")],
    }


def _felder(felder: Iterable[Feld], basis: str) -> list[Mapping[str, Any]]:
    return [
        {
            "titel": feld.titel,
            "trenner": feld.trenner,
            "teile": [_teil(teil, basis) for teil in feld.teile],
        }
        for feld in felder
    ]


def _teil(teil: Teil, basis: str) -> dict[str, str | None]:
    return {
        "text": _EINHEIT.sub("\N{NO-BREAK SPACE}", teil.text),
        "href": _ziel(teil.href, basis),
        "lang": teil.lang,
    }


def _ziel(href: str | None, basis: str) -> str | None:
    if not href:
        return None
    if href.startswith("/"):
        return basis + href
    return href if urlsplit(href).scheme in _VERLINKT else None
