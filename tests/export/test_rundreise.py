"""Out and in again through the commands: nothing new to find, nothing changed."""

import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import orjson
import pytest
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.settings import Settings
from app.store import AKTUELL
from layers import index
from layers.befund import Befund, Code
from layers.check import check
from layers.join import join
from layers.read import read_sources
from layers.tabellen import PROJEKTE
from layers.vergleich import vergleiche
from tests import synthetik
from tests.befehl import rufe
from tests.conftest import WURZEL, baue
from tests.export.test_dateien import FORMELN
from tests.layers.conftest import Ordner

GEODATA = WURZEL / "geodata"
HUCKARDE = "?stadtbezirk=huckarde&sort=-stand&nahe=51.536,7.416"
VOM_FORMAT = {Code.QUELLE_AUS_DATEI, Code.STANDORTE_AUS_BESTAND}
"""What any CSV is told: it has one table only, and cannot say where that comes from."""


def geladen(client: TestClient, adresse: str, ziel: Path) -> Path:
    antwort = client.get(adresse)
    assert antwort.status_code == 200
    ziel.write_bytes(antwort.content)
    return ziel


def gezaehlt(befunde: Iterable[Befund]) -> Counter[Code]:
    return Counter(b.code for b in befunde)


@pytest.mark.parametrize("datei", ["nordwaerts.xlsx", "Projekte.csv"])
def test_everything_comes_back_unchanged(
    client: TestClient, build_dir: Path, tmp_path: Path, datei: str
) -> None:
    quelle = geladen(client, f"/export{Path(datei).suffix}", tmp_path / datei)
    assert rufe("check", quelle).returncode == 0
    ziel = shutil.copytree(build_dir, tmp_path / "b", symlinks=True)
    fertig = baue(GEODATA, ziel, f"--quelle={quelle}")
    assert fertig.returncode == 0, fertig.stderr
    assert "keine Änderung an den" in rufe("diff", "--ziel", ziel).stderr
    vorher, nachher = (
        orjson.loads((b / AKTUELL / "steckbriefe.json").read_bytes()) for b in (build_dir, ziel)
    )
    assert [{**p, "befunde": 0} for p in nachher["projekte"]] == [
        {**p, "befunde": 0} for p in vorher["projekte"]
    ]


@pytest.mark.parametrize("datei", ["nordwaerts.xlsx", "Projekte.csv"])
def test_nothing_is_found_that_the_shipped_data_do_not_have(
    client: TestClient, tmp_path: Path, datei: str
) -> None:
    quelle = geladen(client, f"/export{Path(datei).suffix}", tmp_path / datei)
    eigene = gezaehlt(join(check(read_sources(GEODATA))).befunde)
    neue = gezaehlt(join(check(read_sources(quelle, GEODATA))).befunde) - eigene
    assert set(neue) <= (VOM_FORMAT if datei.endswith(".csv") else set())


def test_a_part_comes_back_as_that_part(
    client: TestClient, build_dir: Path, tmp_path: Path
) -> None:
    quelle = geladen(client, f"/export.xlsx{HUCKARDE}", tmp_path / "teil.xlsx")
    ziel = shutil.copytree(build_dir, tmp_path / "b", symlinks=True)
    assert baue(GEODATA, ziel, f"--quelle={quelle}").returncode == 1, "most projects would vanish"
    fertig = baue(GEODATA, ziel, f"--quelle={quelle}", "--erlaube-wegfall")
    assert fertig.returncode == 0, fertig.stderr
    unterschied = rufe("diff", "--ziel", ziel).stderr
    assert "entfallen" in unterschied
    assert "geändert" not in unterschied
    assert "neu:" not in unterschied
    projekte = orjson.loads((ziel / AKTUELL / "steckbriefe.json").read_bytes())["projekte"]
    api = client.get(f"/api/projekte{HUCKARDE}&limit=1000").json()["projekte"]
    assert {p["id"] for p in projekte} == {p["id"] for p in api}


@pytest.fixture(scope="module")
def schwierig(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Sources with everything that gets lost easily, and a build of them."""
    ordner = tmp_path_factory.mktemp("schwierig")
    quelle = Ordner(synthetik.schreibe(ordner / "geodata", 40))
    for zeile, formel in enumerate(FORMELN, start=2):
        quelle.setze("projekte", zeile, name=f"{formel.strip()} {zeile}", ziel=formel.strip())
    quelle.setze(
        "projekte", 20, nr="007", name='Testprojekt mit "Zeichen"; und Semikolon, Komma',
        sachstand="Erster Absatz.\n\nZweiter; mit \"Anführung\"", beginn="2016-12", ende="2018",
        kosten_eur="0", ziel_en="An English goal", links="https://example.org/a https://example.org/b",
    )  # fmt: skip
    fertig = baue(ordner / "geodata", ordner / "b", "--max-fehler=0")
    assert fertig.returncode == 0, fertig.stdout + fertig.stderr
    return ordner / "geodata", ordner / "b"


@pytest.mark.parametrize("endung", ["xlsx", "csv"])
def test_nothing_difficult_gets_lost(
    schwierig: tuple[Path, Path], tmp_path: Path, endung: str
) -> None:
    geodata, build = schwierig
    with TestClient(create_app(Settings(rate_pro_sekunde=0, build_dir=build))) as dienst:
        quelle = geladen(dienst, f"/export.{endung}", tmp_path / f"Projekte.{endung}")
    neu = join(check(read_sources(quelle, geodata)))
    steckbriefe = (
        orjson.loads((build / AKTUELL / "steckbriefe.json").read_bytes()),
        orjson.loads(index.dateien(neu)["steckbriefe.json"]),
    )
    alt, jetzt = (inhalt["projekte"] for inhalt in steckbriefe)
    assert len(alt) == 40
    assert not vergleiche(alt, jetzt)
    eigene = gezaehlt(join(check(read_sources(geodata))).befunde)
    assert set(gezaehlt(neu.befunde) - eigene) <= VOM_FORMAT


def test_pictures_are_the_only_column_that_is_not_published() -> None:
    assert {s.name for s in PROJEKTE.hilfsspalten} == {"bild", "bild_alt", "bild_rechte"}
