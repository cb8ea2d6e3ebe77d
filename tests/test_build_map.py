"""The command line with good and bad sources: German answers, nothing lost, nothing half."""

import fcntl
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from app.store import AKTUELL, lade
from layers.ablage import builds
from layers.publish import Gesperrt, veroeffentliche
from tests.conftest import WURZEL, baue

LEER = b'{"projekte": []}'


@pytest.fixture
def geodata(tmp_path: Path) -> Path:
    """A copy of the sources that a test may damage."""
    ziel = tmp_path / "geodata"
    shutil.copytree(WURZEL / "geodata", ziel)
    return ziel


def ersetze(datei: Path, alt: str, neu: str) -> None:
    text = datei.read_text("utf-8")
    assert alt in text
    datei.write_text(text.replace(alt, neu, 1), "utf-8")


def test_a_build_is_complete_and_says_so(geodata: Path, tmp_path: Path) -> None:
    fertig = baue(geodata, tmp_path / "build")
    assert fertig.returncode == 0
    assert "Veröffentlicht" in fertig.stderr
    assert "93 Projekte" in fertig.stderr
    ordner = tmp_path / "build" / AKTUELL
    manifest = orjson.loads((ordner / "manifest.json").read_bytes())
    ordner = ordner.resolve()
    auf_platte = {str(p.relative_to(ordner)) for p in ordner.rglob("*") if p.is_file()}
    assert auf_platte == set(manifest["dateien"]) | {"manifest.json"}
    assert manifest["zahlen"]["teilprojekte_gesamt"] == 237
    assert manifest["stand"] == "2026-01"
    assert {quelle["datei"] for quelle in manifest["quellen"]} >= {"projekte.csv", "standorte.csv"}


def test_equal_sources_make_equal_bytes(geodata: Path, tmp_path: Path, build_dir: Path) -> None:
    # in a process of its own: with other hashes of texts, another order of sets, empty caches
    befehl = ["build", f"--geodata={geodata}", f"--ziel={tmp_path / 'build'}"]
    fertig = subprocess.run(
        [sys.executable, "build_map.py", *befehl], cwd=WURZEL, check=False, capture_output=True
    )
    assert fertig.returncode == 0, fertig.stderr
    eins, zwei = (
        orjson.loads((builds / AKTUELL / "manifest.json").read_bytes())["dateien"]
        for builds in (build_dir, tmp_path / "build")
    )
    assert eins == zwei


@pytest.mark.parametrize(
    ("schaden", "satzteil"),
    [
        (lambda g: (g / "projekte.csv").unlink(), "projekte.csv"),
        (lambda g: (g / "projekte.csv").write_bytes(b"\xff\xfe\x00kaputt"), "projekte.csv"),
        (lambda g: (g / "projekte.csv").write_text(""), "projekte.csv"),
        (lambda g: (g / "statistische_bezirke.csv").unlink(), "statistische_bezirke.csv"),
        (lambda g: (g / "quellen.toml").write_text("[[["), "quellen.toml"),
        (lambda g: shutil.rmtree(g / "codelisten"), "codelisten"),
    ],
)
def test_a_missing_or_broken_source_keeps_what_is_published(
    geodata: Path,
    tmp_path: Path,
    build_dir: Path,
    schaden: Callable[[Path], object],
    satzteil: str,
) -> None:
    ziel = shutil.copytree(build_dir, tmp_path / "build", symlinks=True)
    vorher = (ziel / AKTUELL).readlink()
    schaden(geodata)
    fertig = baue(geodata, ziel)
    assert fertig.returncode == 1
    assert satzteil in fertig.stderr
    assert "Nicht veröffentlicht" in fertig.stderr
    assert "Traceback" not in fertig.stderr
    assert (ziel / AKTUELL).readlink() == vorher
    assert lade(ziel / AKTUELL)


@pytest.mark.parametrize(
    ("datei", "alt", "neu", "satzteile"),
    [
        (
            "projekte.csv",
            ",umgesetzt,2018-05-28,qualif",
            ",umgesetz,2018-05-28,qualif",
            ("umgesetz", "umgesetzt"),
        ),
        ("projekte.csv", "\nnw-224,", "\nnw-019,", ("nw-019",)),
        ("standorte.csv", "\nnw-224,", "\nnw-999,", ("nw-999",)),
        ("standorte.csv", "51.53641,7.41571", "48.1371,11.5754", ("48.1371",)),
        ("standorte.csv", "51.53641", "NaN", ("NaN",)),
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_published(
    geodata: Path, tmp_path: Path, datei: str, alt: str, neu: str, satzteile: tuple[str, ...]
) -> None:
    ersetze(geodata / datei, alt, neu)
    fertig = baue(geodata, tmp_path / "build")
    ausgabe = " ".join(fertig.stderr.split())
    assert fertig.returncode == 1
    assert "Nicht veröffentlicht" in ausgabe
    assert f"{datei}, Zeile" in ausgabe
    for teil in satzteile:
        assert teil in ausgabe
    assert not (tmp_path / "build" / AKTUELL).exists()


def test_with_a_limit_wrong_rows_are_quarantined_and_the_rest_is_published(
    geodata: Path, tmp_path: Path
) -> None:
    ersetze(geodata / "projekte.csv", "\nnw-224,", "\nnw-019,")
    ziel = tmp_path / "build"
    fertig = baue(geodata, ziel, "--max-fehler", "10")
    assert fertig.returncode == 0, fertig.stderr
    snapshot = lade(ziel / AKTUELL)
    befunde = orjson.loads((ziel / AKTUELL / "befunde.json").read_bytes())
    assert len(snapshot.index) == 92
    assert any(zeile["zellen"].get("id") == "nw-019" for zeile in befunde["quarantaene"])


def test_an_unknown_folder_is_said(tmp_path: Path) -> None:
    fertig = baue(tmp_path / "nichts", tmp_path / "build")
    assert fertig.returncode == 1
    assert "nichts fehlt" in " ".join(fertig.stderr.split())


def test_only_the_last_builds_are_kept(tmp_path: Path) -> None:
    ziel = tmp_path / "build"
    for nummer in range(13):
        inhalt = {"daten/x.geojson": str(nummer).encode(), "steckbriefe.json": LEER}
        veroeffentliche(ziel, inhalt, hashen=(), kopf={"stand": "2026"})
    assert len(builds(ziel)) == 10
    assert (ziel / AKTUELL / "daten" / "x.geojson").read_text() == "12"


def test_a_second_builder_is_told_to_wait(tmp_path: Path) -> None:
    ziel = tmp_path / "build"
    ziel.mkdir()
    with (ziel / ".sperre").open("w") as sperre:
        fcntl.flock(sperre, fcntl.LOCK_EX)
        with pytest.raises(Gesperrt):
            veroeffentliche(ziel, {"steckbriefe.json": LEER}, hashen=(), kopf={"stand": "2026"})
    assert not (ziel / AKTUELL).exists()
