"""A writable geodata folder of a few test projects, and a handle to spoil it."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.katalog import lade
from layers.befund import BLOCKIERT, Befund, Code, Schwere
from layers.check import Geprueft, check
from layers.read import Quelldaten, read_sources
from tests.synthetik import schreibe

PROJEKTE = 24
PLATZHALTER = ("datei", "blatt", "zeile", "spalte", "wert", "vorschlag", "grund", "erlaubt", "name")


class Ordner:
    """A geodata folder; lines are counted as the findings count them (header = 1)."""

    def __init__(self, pfad: Path) -> None:
        self.pfad = pfad

    def tabelle(self, name: str) -> list[list[str]]:
        with (self.pfad / f"{name}.csv").open(encoding="utf-8", newline="") as datei:
            return list(csv.reader(datei))

    def schreibe(self, name: str, zeilen: list[list[str]]) -> None:
        with (self.pfad / f"{name}.csv").open("w", encoding="utf-8", newline="") as datei:
            # quoted throughout: until Python 3.13 a lone carriage return is not, and splits the row
            csv.writer(datei, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(zeilen)

    def setze(self, tabelle: str, zeile: int, /, **zellen: str) -> None:
        zeilen = self.tabelle(tabelle)
        for spalte, wert in zellen.items():
            zeilen[zeile - 1][zeilen[0].index(spalte)] = wert
        self.schreibe(tabelle, zeilen)

    def zelle(self, name: str, zeile: int, spalte: str) -> str:
        zeilen = self.tabelle(name)
        return zeilen[zeile - 1][zeilen[0].index(spalte)]

    def haenge_an(self, tabelle: str, /, **zellen: str) -> int:
        zeilen = self.tabelle(tabelle)
        zeilen.append([zellen.get(spalte, "") for spalte in zeilen[0]])
        self.schreibe(tabelle, zeilen)
        return len(zeilen)

    def aendere_text(self, datei: str, aendern: Callable[[str], str]) -> None:
        pfad = self.pfad / datei
        pfad.write_text(aendern(pfad.read_text(encoding="utf-8")), encoding="utf-8")

    def lies(self) -> Quelldaten:
        quelldaten = read_sources(self.pfad)
        pruefe_saetze(quelldaten.befunde)
        return quelldaten

    def pruefe(self) -> Geprueft:
        geprueft = check(self.lies())
        pruefe_saetze(geprueft.befunde)
        pruefe_bilanz(geprueft)
        return geprueft


def _ohne_werte(satz: str, befund: Befund) -> str:
    for wert in befund.platzhalter.values():
        satz = satz.replace(str(wert), "") if wert else satz
    return satz


def pruefe_saetze(befunde: tuple[Befund, ...]) -> None:
    """Every finding must give two whole German sentences."""
    katalog = lade("de")
    for befund in befunde:
        for teil in ("was", "tun"):
            satz = katalog(f"befund.{befund.code}.{teil}", **befund.platzhalter)
            assert satz
            assert not any(f"{{{name}}}" in _ohne_werte(satz, befund) for name in PLATZHALTER)


def pruefe_bilanz(geprueft: Geprueft) -> None:
    """No row is lost, and exactly the rows with a Fehler are held back."""
    fehlerzeilen = {
        (b.datei, b.zeile)
        for b in geprueft.befunde
        if b.schwere is Schwere.FEHLER and b.zeile and b.code not in BLOCKIERT
    }
    zurueck = {(q.datei, q.zeile) for q in geprueft.quarantaene}
    assert zurueck <= fehlerzeilen
    for name, bilanz in geprueft.bilanz.items():
        assert bilanz.zeilen == bilanz.veroeffentlicht + bilanz.quarantaene
        assert bilanz.veroeffentlicht == len(geprueft.tabellen[name])
        veroeffentlicht = {(f"{name}.csv", int(z)) for z in geprueft.tabellen[name]["zeile"]}
        assert not veroeffentlicht & fehlerzeilen
    assert sum(b.quarantaene for b in geprueft.bilanz.values()) == len(geprueft.quarantaene)


def befunde_in(geprueft: Geprueft | Quelldaten, datei: str, zeile: int | None) -> set[Code]:
    return {b.code for b in geprueft.befunde if b.datei == datei and b.zeile == zeile}


def zurueckgehalten(geprueft: Geprueft) -> set[tuple[str, int]]:
    return {(q.tabelle, q.zeile) for q in geprueft.quarantaene}


@pytest.fixture(scope="session")
def vorlage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return schreibe(tmp_path_factory.mktemp("vorlage"), PROJEKTE)


@pytest.fixture
def ordner(vorlage: Path, tmp_path: Path) -> Ordner:
    return Ordner(shutil.copytree(vorlage, tmp_path / "geodata"))
