"""Publish, compare, take back: always a whole build, never a lost request, nothing gone unseen."""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
import urllib.request
from pathlib import Path

import orjson
import pytest

from app.store import AKTUELL, lade
from layers.ablage import builds
from layers.publish import schalte, sperre
from tests.befehl import rufe
from tests.browser.conftest import dienst
from tests.conftest import WURZEL, baue

TOETUNGEN = 200


@pytest.fixture
def zwei_quellen(tmp_path: Path) -> tuple[Path, Path]:
    """The shipped sources, and the same with one project renamed, one completed, one gone."""
    a, b = tmp_path / "a", tmp_path / "b"
    for ziel in (a, b):
        shutil.copytree(WURZEL / "geodata", ziel)
    liste = b / "projekte.csv"
    zeilen = liste.read_text("utf-8").splitlines(keepends=True)
    neu = [zeile.replace("BINARIUM –", "Binarium –") for zeile in zeilen]
    neu = [re.sub(r"^(nw-864,.*?),in-vorbereitung,", r"\1,umgesetzt,", zeile) for zeile in neu]
    liste.write_text("".join(neu), "utf-8")
    return a, b


def ohne(geodata: Path, projekt: str) -> None:
    for name in ("projekte.csv", "standorte.csv"):
        datei = geodata / name
        zeilen = datei.read_text("utf-8").splitlines(keepends=True)
        datei.write_text("".join(z for z in zeilen if not z.startswith(f"{projekt},")), "utf-8")


def verkleinere(geodata: Path, projekte: frozenset[str]) -> None:
    """Leave only some projects, so that a build is short."""
    for name in ("projekte.csv", "standorte.csv"):
        datei = geodata / name
        kopf, *zeilen = datei.read_text("utf-8").splitlines(keepends=True)
        datei.write_text(kopf + "".join(z for z in zeilen if z.split(",")[0] in projekte), "utf-8")


def test_a_killed_builder_never_damages_what_is_published(
    zwei_quellen: tuple[Path, Path], tmp_path: Path
) -> None:
    a, b = zwei_quellen
    for quelle in (a, b):
        verkleinere(quelle, frozenset({"nw-019", "nw-297", "nw-360", "nw-864"}))
    lauf = subprocess.run(
        [sys.executable, "-m", "tests.publish.toeten", a, b, tmp_path / "build", str(TOETUNGEN)],
        cwd=WURZEL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert lauf.returncode == 0, lauf.stderr
    treffer = re.fullmatch(r"killed (\d+), finished (\d+)\n", lauf.stdout)
    assert treffer
    getoetet, fertig = map(int, treffer.groups())
    assert getoetet + fertig == TOETUNGEN
    assert getoetet > TOETUNGEN // 2


def test_a_second_builder_is_told_who_is_publishing(tmp_path: Path) -> None:
    with sperre(tmp_path):
        fertig = baue(WURZEL / "geodata", tmp_path)
    assert fertig.returncode == 1
    assert f"Prozess {os.getpid()}" in " ".join(fertig.stderr.split())
    assert not (tmp_path / AKTUELL).exists()


def test_what_changed_is_said_field_by_field(
    zwei_quellen: tuple[Path, Path], tmp_path: Path
) -> None:
    a, b = zwei_quellen
    ziel = tmp_path / "build"
    assert baue(a, ziel).returncode == 0
    assert baue(b, ziel).returncode == 0
    ausgabe = rufe("diff", "--ziel", str(ziel)).stderr
    assert "geändert: nw-019 Binarium" in ausgabe
    assert "name: BINARIUM – Deutsches" in ausgabe
    assert "abgeschlossen: nw-864" in ausgabe
    assert "status: in-vorbereitung → umgesetzt" in ausgabe
    (eintrag,) = orjson.loads((ziel / AKTUELL / "aenderungen.json").read_bytes())["eintraege"]
    assert [p["id"] for p in eintrag["geaendert"]] == ["nw-019", "nw-864"]
    assert [p["id"] for p in eintrag["abgeschlossen"]] == ["nw-864"]
    assert eintrag["neu"] == eintrag["entfallen"] == []


def test_a_vanished_project_needs_permission(
    zwei_quellen: tuple[Path, Path], tmp_path: Path
) -> None:
    a, b = zwei_quellen
    ziel = tmp_path / "build"
    assert baue(a, ziel).returncode == 0
    vorher = (ziel / AKTUELL).readlink()
    ohne(b, "nw-360")
    verweigert = baue(b, ziel)
    assert verweigert.returncode == 1
    assert "nw-360" in verweigert.stderr
    assert "--erlaube-wegfall" in verweigert.stderr
    assert (ziel / AKTUELL).readlink() == vorher
    assert baue(b, ziel, "--erlaube-wegfall").returncode == 0
    assert "entfallen: nw-360" in rufe("diff", "--ziel", str(ziel)).stderr


def test_any_kept_build_can_be_restored(zwei_quellen: tuple[Path, Path], tmp_path: Path) -> None:
    a, b = zwei_quellen
    ziel = tmp_path / "build"
    for quelle in (a, b, a):
        assert baue(quelle, ziel).returncode == 0
    erster, zweiter, dritter = reversed(builds(ziel))
    assert rufe("rollback", "--ziel", str(ziel)).returncode == 0
    assert lade(ziel / AKTUELL).id == zweiter
    for id_ in (erster, dritter):
        assert rufe("rollback", id_, "--ziel", str(ziel)).returncode == 0
        assert lade(ziel / AKTUELL).id == id_
    unbekannt = rufe("rollback", "gestern", "--ziel", str(ziel))
    assert unbekannt.returncode == 1
    assert erster in unbekannt.stderr
    (ziel / erster / "orte.json").write_text("{}")
    beschaedigt = rufe("rollback", erster, "--ziel", str(ziel))
    assert beschaedigt.returncode == 1
    assert "orte.json" in beschaedigt.stderr
    assert lade(ziel / AKTUELL).id == dritter


def test_a_new_build_after_a_rollback_continues_the_log(
    zwei_quellen: tuple[Path, Path], tmp_path: Path
) -> None:
    a, b = zwei_quellen
    ziel = tmp_path / "build"
    for quelle in (a, b):
        assert baue(quelle, ziel).returncode == 0
    assert rufe("rollback", "--ziel", str(ziel)).returncode == 0
    assert baue(b, ziel).returncode == 0
    eintraege = orjson.loads((ziel / AKTUELL / "aenderungen.json").read_bytes())["eintraege"]
    assert len(eintraege) == 1


def test_the_service_follows_within_two_seconds_and_drops_no_request(
    zwei_quellen: tuple[Path, Path], tmp_path: Path
) -> None:
    a, b = zwei_quellen
    ziel = tmp_path / "build"
    for quelle in (a, b):
        assert baue(quelle, ziel).returncode == 0
    ids = builds(ziel)
    ende = threading.Event()
    gezaehlt = [0]
    fehler: list[str] = []

    def besuche(basis: str, pfad: str) -> None:
        while not ende.is_set():
            try:
                with urllib.request.urlopen(basis + pfad, timeout=5) as antwort:  # noqa: S310
                    antwort.read()
                gezaehlt[0] += 1
            except OSError as ausfall:
                fehler.append(f"{pfad}: {ausfall}")

    with dienst(ziel) as basis:
        pfade = ("/", "/projekte/nw-019", "/api/projekte?q=hafen", "/daten/projekte.geojson")
        faeden = [threading.Thread(target=besuche, args=(basis, pfad)) for pfad in pfade]
        for faden in faeden:
            faden.start()
        try:
            for runde in range(8):
                schalte(ziel, ids[runde % 2])
                _folgt(basis, ids[runde % 2], sekunden=2)
        finally:
            ende.set()
            for faden in faeden:
                faden.join()
    assert fehler == []
    assert gezaehlt[0] > 100


def _folgt(basis: str, id_: str, sekunden: float) -> None:
    frist = time.monotonic() + sekunden
    while time.monotonic() < frist:
        with urllib.request.urlopen(f"{basis}/gesundheit", timeout=5) as antwort:  # noqa: S310
            if orjson.loads(antwort.read())["build"] == id_:
                return
        time.sleep(0.05)
    pytest.fail(f"{id_} is not served after {sekunden} s")
