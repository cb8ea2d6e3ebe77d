"""The snapshot: swapped whole, checked against its manifest, never half."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.betrieb.start import buildfehler
from app.quelle import Ordner
from app.store import AKTUELL, BuildFehler, Snapshot, Store, lade
from layers.publish import schalte
from tests.conftest import WURZEL, baue


@pytest.fixture(scope="module")
def zwei_builds(build_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped data, and published after it the same with one other name."""
    ordner = tmp_path_factory.mktemp("zwei")
    builds = shutil.copytree(build_dir, ordner / "build", symlinks=True)
    geodata = shutil.copytree(WURZEL / "geodata", ordner / "geodata")
    liste = geodata / "projekte.csv"
    liste.write_text(liste.read_text("utf-8").replace("BINARIUM", "BINARIUM (neu)"), "utf-8")
    fertig = baue(geodata, builds)
    assert fertig.returncode == 0, fertig.stderr
    return Path(builds)


@pytest.fixture
def eigener_build(build_dir: Path, tmp_path: Path) -> Path:
    """A copy of the build that a test may damage."""
    ziel = tmp_path / "build"
    shutil.copytree(build_dir, ziel, symlinks=True)
    return ziel


def store(build_dir: Path) -> Store[str]:
    return Store(Ordner(build_dir), lambda snapshot: snapshot.id)


def zweiter_build(build_dir: Path, zwei_builds: Path) -> str:
    """Publish the second build in a folder that has the first one."""
    neu = (zwei_builds / AKTUELL).readlink().name
    shutil.copytree(zwei_builds / neu, build_dir / neu)
    schalte(build_dir, neu)
    return neu


def test_a_new_build_is_noticed_and_swapped_whole(eigener_build: Path, zwei_builds: Path) -> None:
    dienst = store(eigener_build)
    vorher = dienst.stand
    assert not dienst.aktualisiere()
    neu = zweiter_build(eigener_build, zwei_builds)
    assert dienst.aktualisiere()
    assert dienst.stand.snapshot.id == neu == dienst.stand.vorbereitet
    assert vorher.snapshot.id != neu
    assert any("(neu)" in p["name"] for p in dienst.stand.snapshot.projekte)
    assert not any("(neu)" in p["name"] for p in vorher.snapshot.projekte)


def test_assets_of_the_build_before_stay_reachable(eigener_build: Path, zwei_builds: Path) -> None:
    dienst = store(eigener_build)
    alt = dienst.stand.snapshot
    zweiter_build(eigener_build, zwei_builds)
    dienst.aktualisiere()
    assert dienst.datei(f"/assets/{alt.assets['index.bin']}") is not None
    assert alt.assets["index.bin"] != dienst.stand.snapshot.assets["index.bin"]


def test_a_damaged_new_build_leaves_the_present_one(eigener_build: Path, zwei_builds: Path) -> None:
    dienst = store(eigener_build)
    vorher = dienst.stand.snapshot.id
    neu = zweiter_build(eigener_build, zwei_builds)
    (eigener_build / neu / "orte.json").write_text("{}")
    assert not dienst.aktualisiere()
    assert dienst.stand.snapshot.id == vorher


def test_the_service_starts_with_the_last_good_build(
    eigener_build: Path, zwei_builds: Path
) -> None:
    gut = (eigener_build / AKTUELL).readlink().name
    kaputt = zweiter_build(eigener_build, zwei_builds)
    (eigener_build / kaputt / "manifest.json").write_text("{")
    assert store(eigener_build).stand.snapshot.id == gut


@pytest.mark.parametrize(
    ("schaden", "grund"),
    [
        (lambda b: (b / AKTUELL).unlink(), "kein-build"),
        (lambda b: (b / AKTUELL / "index.fehlt").mkdir(), None),
        (lambda b: (b / AKTUELL / "orte.json").unlink(), "unvollstaendig"),
        (lambda b: (b / AKTUELL / "orte.json").write_text("[]"), "veraendert"),
        (lambda b: (b / AKTUELL / "manifest.json").write_text("[]"), "unlesbar"),
        (lambda b: (b / AKTUELL / "manifest.json").unlink(), "unvollstaendig"),
    ],
)
def test_what_is_wrong_with_a_build_is_named(
    eigener_build: Path, schaden: object, grund: str | None
) -> None:
    assert callable(schaden)
    schaden(eigener_build)
    if grund is None:
        assert store(eigener_build).stand
        return
    with pytest.raises(BuildFehler) as fehler:
        store(eigener_build)
    assert fehler.value.grund == grund


def test_a_folder_that_may_not_be_read_is_said_to_be_one(
    eigener_build: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def verboten(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "read_bytes", verboten)
    with pytest.raises(BuildFehler) as fehler:
        store(eigener_build)
    gesagt = buildfehler(fehler.value)
    assert gesagt.code == os.EX_NOPERM
    assert str(eigener_build) in gesagt.satz
    assert "Leserechte" in gesagt.satz


def test_without_a_build_the_service_says_what_to_do(tmp_path: Path) -> None:
    start = subprocess.run(
        [sys.executable, "-m", "app", "--port", "8999"],
        cwd=WURZEL,
        env={"NORDWAERTS_BUILD_DIR": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert start.returncode == os.EX_NOINPUT
    assert "Es ist noch nichts veröffentlicht" in start.stderr
    assert "build_map.py build" in start.stderr
    assert "Traceback" not in start.stderr


def test_an_older_build_can_be_switched_back_to(eigener_build: Path, zwei_builds: Path) -> None:
    alt = (eigener_build / AKTUELL).readlink().name
    dienst = store(eigener_build)
    zweiter_build(eigener_build, zwei_builds)
    dienst.aktualisiere()
    schalte(eigener_build, alt)
    assert dienst.aktualisiere()
    assert dienst.stand.snapshot.id == alt


def test_serving_needs_neither_geopandas_nor_pandas_nor_folium(build_dir: Path) -> None:
    skript = (
        "import sys; from app.anwendung import create_app; from app.settings import Settings; "
        f"create_app(Settings(build_dir={str(build_dir)!r})); "
        "schwer = {'geopandas', 'pandas', 'folium', 'typst', 'rdflib', 'docx'}; "
        "print(sorted(schwer & set(sys.modules)))"
    )
    ergebnis = subprocess.run(
        [sys.executable, "-c", skript], cwd=WURZEL, capture_output=True, text=True, check=True
    )
    assert ergebnis.stdout.strip() == "[]"


def test_the_snapshot_is_complete(snapshot: Snapshot, build_dir: Path) -> None:
    assert len(snapshot.projekte) == len(snapshot.index) == snapshot.zahlen["projekte"]
    assert tuple(p["id"] for p in snapshot.projekte) == snapshot.index.ids
    assert lade(build_dir / AKTUELL).id == snapshot.id
