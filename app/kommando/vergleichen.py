"""``build_map.py diff`` and ``rollback``: what changed, and back to a kept build."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from app.kommando.ausgabe import ende, konsole, t
from app.kommando.bauen import BUILD
from layers import ablage, publish
from layers.seitentexte import geaenderte
from layers.vergleich import Feldaenderung, Unterschied, vergleiche

_Ziel = Annotated[Path, typer.Option(help="Ordner der Builds")]


def diff(
    alt: Annotated[str, typer.Argument(help="Älterer Build (sonst: der vor dem neueren)")] = "",
    neu: Annotated[str, typer.Argument(help="Neuerer Build (sonst: der veröffentlichte)")] = "",
    ziel: _Ziel = BUILD,
) -> None:
    """Zeigen, was zwischen zwei Builds neu, geändert und entfallen ist."""
    vorhanden = ablage.builds(ziel)
    neuer = neu or ablage.aktuell(ziel) or ""
    aelter = alt or next((build for build in vorhanden if build < neuer), "")
    if not (alt or neu or aelter):
        ende(t("diff.ein_build"), code=0)
    if not {aelter, neuer} <= set(vorhanden):
        ende(t("rollback.unbekannt", builds=", ".join(vorhanden) or "–"))
    try:
        unterschied = vergleiche(ablage.steckbriefe(ziel, aelter), ablage.steckbriefe(ziel, neuer))
    except ablage.Beschaedigt as fehler:
        ende(t("rollback.beschaedigt", datei=fehler))
    texte = geaenderte(*(ablage.datei(ziel, id_, "seitentexte.json") for id_ in (aelter, neuer)))
    if not unterschied and not texte:
        konsole.print(t("diff.nichts", alt=aelter, neu=neuer), markup=False)
        return
    konsole.print(t("diff.kopf", alt=aelter, neu=neuer), markup=False)
    for zeile in _zeilen(unterschied):
        konsole.print(zeile, markup=False, soft_wrap=True)
    for datei in texte:
        konsole.print(f"  {t('diff.text')}: {datei}", markup=False)


def _zeilen(unterschied: Unterschied) -> Iterator[str]:
    for art in ("neu", "abgeschlossen", "entfallen"):
        for projekt in getattr(unterschied, art):
            yield f"  {t(f'diff.{art}')}: {projekt.id} {projekt.name}"
    for geaendert in unterschied.geaendert:
        yield f"  {t('diff.geaendert')}: {geaendert.id} {geaendert.name}"
        yield from (f"    {_feld(feld)}" for feld in geaendert.felder)


def _feld(feld: Feldaenderung) -> str:
    return f"{feld.feld}: {_wert(feld.alt)} → {_wert(feld.neu)}"


def _wert(wert: Any) -> str:  # noqa: ANN401
    match wert:
        case None | "" | []:
            return t("diff.leer")
        case list():
            return "; ".join(_wert(teil) for teil in wert)
        case dict():
            return ", ".join(f"{k} {_wert(v)}" for k, v in wert.items() if v not in (None, ""))
        case _:
            return str(wert)


def rollback(
    build: Annotated[str, typer.Argument(help="Build (sonst: der vor dem jetzigen)")] = "",
    ziel: _Ziel = BUILD,
) -> None:
    """Einen aufgehobenen Build wieder veröffentlichen."""
    try:
        konsole.print(t("rollback.fertig", id=publish.schalte_zurueck(ziel, build or None)))
    except LookupError as fehler:
        ende(t("rollback.unbekannt", builds=", ".join(fehler.args) or "–"))
    except ablage.Beschaedigt as fehler:
        ende(t("rollback.beschaedigt", datei=fehler))
    except publish.Gesperrt as fehler:
        ende(t("build.gesperrt", prozess=fehler))
