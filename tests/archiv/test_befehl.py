"""``build_map.py freeze`` as somebody runs it: a whole copy of a small map, and what it refuses."""

import hashlib
import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import bagit
import pytest
from openpyxl import Workbook

from app.archiv.gleichbleibend import mit_festem_datum
from app.turtle import turtle
from tests.befehl import rufe
from tests.conftest import baue
from tests.synthetik import schreibe

TAG = "2026-01-15"


@pytest.fixture(scope="module")
def kleiner_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ordner = tmp_path_factory.mktemp("klein")
    geodata = schreibe(ordner / "geodata", 3)
    fertig = baue(geodata, ordner / "build")
    assert fertig.returncode == 0, fertig.stderr
    return ordner / "build"


def summen(ordner: Path) -> dict[str, str]:
    return {
        str(p.relative_to(ordner)): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(ordner.rglob("*"))
        if p.is_file()
    }


def friere(build: Path, ziel: Path, *auch: str) -> tuple[int, str]:
    umgebung = {"NORDWAERTS_ADRESSE": "https://karte.beispiel.test"}
    # in a thread of its own: where a browser runs, this one already has an event loop
    with ThreadPoolExecutor(1) as faden:
        aufgabe = faden.submit(rufe, "freeze", ziel, f"--ziel={build}", *auch, umgebung=umgebung)
        lauf = aufgabe.result()
    return lauf.returncode, lauf.stderr


def test_a_whole_copy_is_a_valid_bag_and_the_same_every_time(
    kleiner_build: Path, tmp_path: Path
) -> None:
    eins, zwei = tmp_path / "eins", tmp_path / "neu" / "zwei"
    for ziel in (eins, zwei):
        code, gesagt = friere(kleiner_build, ziel, "--sprache=de", f"--datum={TAG}")
        assert code == 0, gesagt
        assert "Eingefroren" in gesagt
    assert summen(eins) == summen(zwei)
    tasche = bagit.Bag(str(eins))
    tasche.validate()
    assert tasche.version_info == (1, 0)
    assert tasche.info["Bagging-Date"] == TAG
    assert tasche.info["Internal-Sender-Identifier"] == "https://karte.beispiel.test"
    assert tasche.info["Nordwaerts-Build"] in (eins / "LIESMICH.txt").read_text("utf-8")
    assert "15. Januar 2026" in (eins / "data" / "LIESMICH.txt").read_text("utf-8")
    for datei in (eins / "data" / "projekte").glob("*.pdf"):
        assert datei.read_bytes().startswith(b"%PDF-")
    assert len([*(eins / "data" / "projekte").glob("*.pdf")]) == 3


def test_a_folder_with_something_in_it_stays_as_it_is(kleiner_build: Path, tmp_path: Path) -> None:
    (tmp_path / "voll").mkdir()
    (tmp_path / "voll" / "brief.txt").write_text("wichtig")
    code, gesagt = friere(kleiner_build, tmp_path / "voll")
    assert code == 2
    assert "ist nicht leer" in gesagt
    assert [p.name for p in tmp_path.rglob("*")] == ["voll", "brief.txt"]


@pytest.mark.parametrize(
    ("angabe", "satz"),
    [
        ("--datum=24.11.2026", "ist kein Datum"),
        ("--sprache=fr", "Erlaubt sind de, leicht, en, tr, ar, uk"),
    ],
)
def test_what_is_not_understood_is_named(
    kleiner_build: Path, tmp_path: Path, angabe: str, satz: str
) -> None:
    code, gesagt = friere(kleiner_build, tmp_path / "neu", angabe)
    assert code == 2
    assert satz in " ".join(gesagt.split())
    assert not (tmp_path / "neu").exists()


def test_without_a_build_there_is_nothing_to_freeze(tmp_path: Path) -> None:
    code, gesagt = friere(tmp_path / "leer", tmp_path / "neu")
    assert code == 1
    assert "noch nichts veröffentlicht" in gesagt
    assert not (tmp_path / "neu").exists()


def test_a_hole_leaves_nothing_behind(
    kleiner_build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.archiv.plan._DATEIEN", ("/gibt-es-nicht.csv",))
    monkeypatch.setattr("app.archiv.plan._SEITEN", ())
    code, gesagt = friere(kleiner_build, tmp_path / "neu", "--pdf=keine", "--sprache=de")
    assert code == 1
    assert "/gibt-es-nicht.csv lässt sich nicht einfrieren (Status 404)" in " ".join(gesagt.split())
    assert [*tmp_path.iterdir()] == []


def test_a_workbook_names_the_day_and_not_the_moment() -> None:
    tag = date(2026, 1, 15)
    mappen = []
    for jahr in (2001, 2002):
        mappe, datei = Workbook(), io.BytesIO()
        mappe.properties.created = mappe.properties.modified = datetime(jahr, 1, 1)
        mappe.save(datei)
        mappen.append(datei.getvalue())
    fertig = {mit_festem_datum(mappe, "export.xlsx", tag) for mappe in mappen}
    assert len(fertig) == 1
    archiv = zipfile.ZipFile(io.BytesIO(fertig.pop()))
    assert {teil.date_time for teil in archiv.infolist()} == {(2026, 1, 15, 0, 0, 0)}
    assert b"2026-01-15T00:00:00Z" in archiv.read("docProps/core.xml")
    assert mit_festem_datum(b"beliebig", "feed.atom", tag) == b"beliebig"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
def test_equal_catalogues_are_equal_turtle() -> None:
    katalog = {
        "@context": {"dct": "http://purl.org/dc/terms/"},
        "dct:spatial": [{"dct:title": name} for name in ("Testort 1", "Testort 2", "Testort 3")],
    }
    assert turtle(katalog) == turtle(katalog)
    assert turtle(katalog).count(b"dct:title") == 3
