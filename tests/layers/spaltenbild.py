"""The binary columns of a build as plain lists, for tests that look into them."""

from typing import Any

from layers.spalten import Spaltendatei, lies


def index(inhalt: bytes) -> dict[str, Any]:
    """``index.bin``: columns by name, those of facets, locations and ranks under their group."""
    datei = lies(inhalt)
    bild = dict(datei.kopf)
    bild |= {name: list(datei.texte(name)) for name in ("id", "nr", "name")}
    bild |= {name: datei.zahlen(name).tolist() for name in ("beginn", "ende", "standjahr")}
    bild["facetten"] = {
        name: {
            **angaben,
            "start": _zahlen(datei, f"facette.{name}.start"),
            "wert": _zahlen(datei, f"facette.{name}"),
        }
        for name, angaben in datei.kopf["facetten"].items()
    }
    orte = ("projekt", "lon", "lat", "genauigkeit")
    bild["standorte"] = {name: _zahlen(datei, f"standort.{name}") for name in orte}
    bild["standorte"]["bezeichnung"] = list(datei.texte("standort.bezeichnung"))
    bild["rang"] = {
        name.removeprefix("rang."): _zahlen(datei, name) for name in datei if name[:5] == "rang."
    }
    return bild


def suche(inhalt: bytes) -> dict[str, Any]:
    """``suche.bin``: words, starts, rows."""
    datei = lies(inhalt)
    return {
        "worte": list(datei.texte("worte")),
        "start": datei.zahlen("start").tolist(),
        "zeilen": datei.zahlen("zeilen").tolist(),
    }


def _zahlen(datei: Spaltendatei, name: str) -> list[int] | None:
    return datei.zahlen(name).tolist() if name in datei else None
