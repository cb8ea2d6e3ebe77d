"""``build_map.py freeze`` as somebody runs it: a whole copy of a small map, and what it refuses."""

import asyncio
import hashlib
import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import bagit
import pytest
from openpyxl import Workbook

from app.archiv import plan
from app.archiv.gleichbleibend import mit_festem_datum
from app.archiv.presse import Hauspresse
from app.druckerei import DATEIEN
from app.turtle import turtle
from tests.befehl import rufe
from tests.conftest import baue
from tests.einzeldatei import lies
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


def friere(build: Path, *angaben: str | Path) -> tuple[int, str]:
    umgebung = {"NORDWAERTS_ADRESSE": "https://karte.beispiel.test"}
    # in a thread of its own: where a browser runs, this one already has an event loop
    with ThreadPoolExecutor(1) as faden:
        aufgabe = faden.submit(rufe, "freeze", f"--ziel={build}", *angaben, umgebung=umgebung)
        lauf = aufgabe.result()
    return lauf.returncode, lauf.stderr


@pytest.fixture(scope="module")
def ganz(kleiner_build: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole copy, and the copy of one file beside it."""
    ziel = tmp_path_factory.mktemp("ganz") / "neu" / "archiv"
    auch = "--sprache=de", f"--datum={TAG}", f"--single-file={ziel}.html"
    code, gesagt = friere(kleiner_build, ziel, *auch)
    assert code == 0, gesagt
    assert gesagt.count("Eingefroren") == 2
    assert sorted(p.name for p in ziel.parent.iterdir()) == ["archiv", "archiv.html"]
    return ziel


def test_a_whole_copy_is_a_valid_bag(ganz: Path) -> None:
    tasche = bagit.Bag(str(ganz))
    tasche.validate()
    assert tasche.version_info == (1, 0)
    assert tasche.info["Bagging-Date"] == TAG
    assert tasche.info["Internal-Sender-Identifier"] == "https://karte.beispiel.test"
    assert tasche.info["Nordwaerts-Build"] in (ganz / "LIESMICH.txt").read_text("utf-8")
    assert "15. Januar 2026" in (ganz / "data" / "LIESMICH.txt").read_text("utf-8")
    steckbriefe = [*(ganz / "data" / "projekte").glob("*.pdf")]
    assert len(steckbriefe) == 3
    anlagen = [*(ganz / "data" / "bericht").glob("*.pdf")]
    assert len(anlagen) > 3
    assert all(datei.read_bytes().startswith(b"%PDF-") for datei in steckbriefe + anlagen)


def test_the_same_build_on_the_same_day_is_the_same_bytes(
    ganz: Path, kleiner_build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # one document of each kind is enough a second time
    alle = plan._anlagen
    monkeypatch.setattr(plan, "_anlagen", lambda d: list(alle(d))[:2])
    ziel = tmp_path / "nochmal"
    auch = "--sprache=de", "--pdf=keine", f"--datum={TAG}", f"--single-file={ziel}.html"
    code, gesagt = friere(kleiner_build, ziel, *auch)
    assert code == 0, gesagt
    eins, zwei = summen(ganz / "data"), summen(ziel / "data")
    datei, zweite = lies(Path(f"{ganz}.html")), lies(Path(f"{ziel}.html"))
    # they say which documents there are
    andere = {
        "LIESMICH.txt",
        "bericht/index.html",
        *(name for name in zwei if name.startswith("projekte/")),
    }
    assert {"export.gpkg", "export.xlsx", "bericht/anlage-1.docx", "catalog.ttl"} <= zwei.keys()
    assert {name for name in zwei.keys() - andere if eins[name] != zwei[name]} == set()
    assert zweite.dateien.keys() < datei.dateien.keys()
    assert {
        name for name, inhalt in zweite.dateien.items() if datei.dateien[name] != inhalt
    } == set()
    assert kopf(ganz) == kopf(ziel)


def kopf(ziel: Path) -> str:
    """The one file without pages and documents, which differ with the choice of PDFs."""
    datei = Path(f"{ziel}.html").read_text("utf-8")
    return re.sub(r"<script[^>]*data-(?:seiten|inhalt)=[^<]*</script>\n", "", datei)


def test_one_file_has_the_documents_of_the_folder(ganz: Path) -> None:
    dateien = lies(Path(f"{ganz}.html")).dateien
    dokumente = {name: inhalt for name, inhalt in dateien.items() if name.endswith(".pdf")}
    assert {"bericht/anlage-1.pdf", "export.pdf"} < dokumente.keys()
    assert sum(name.startswith("projekte/") for name in dokumente) == 3
    assert all(inhalt.startswith(b"%PDF-") for inhalt in dokumente.values())
    assert zipfile.is_zipfile(io.BytesIO(dateien["bericht/anlage-2.docx"]))
    assert all(inhalt == (ganz / "data" / name).read_bytes() for name, inhalt in dateien.items())


def test_one_file_needs_no_folder_and_opens_in_the_chosen_language(
    kleiner_build: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.archiv.plan._SEITEN", plan.ZUSTANDSSEITEN)
    monkeypatch.setattr("app.archiv.plan._DATEIEN", ("/export.csv",))
    monkeypatch.setattr("app.archiv.plan._anlagen", lambda _: ())
    eins, zwei = tmp_path / "eins.html", tmp_path / "zwei.html"
    for datei in (eins, zwei):
        auch = "--sprache=tr", "--pdf=keine", f"--datum={TAG}", f"--single-file={datei}"
        code, gesagt = friere(kleiner_build, *auch)
        assert code == 0, gesagt
    assert sorted(tmp_path.iterdir()) == [eins, zwei]
    assert eins.read_bytes() == zwei.read_bytes()
    einzeln = lies(eins)
    assert einzeln.dokument.get("lang") == "tr"
    # German is always there
    assert einzeln.seiten.keys() & {"index.html", "tr/index.html"} == {"index.html"}
    assert "?sprache=de" in einzeln.dokument.xpath("//a[@data-sprache='de']/@href")


def test_one_file_replaces_no_other(ganz: Path, kleiner_build: Path) -> None:
    code, gesagt = friere(kleiner_build, f"--single-file={ganz}.html")
    assert code == 2
    assert "gibt es schon" in " ".join(gesagt.split())
    code, gesagt = friere(kleiner_build)
    assert code == 2
    assert "Bitte einen Ordner angeben" in gesagt


def test_a_folder_with_something_in_it_stays_as_it_is(kleiner_build: Path, tmp_path: Path) -> None:
    (tmp_path / "voll").mkdir()
    (tmp_path / "voll" / "brief.txt").write_text("wichtig")
    code, gesagt = friere(kleiner_build, tmp_path / "voll")
    assert code == 2
    assert "ist nicht leer" in " ".join(gesagt.split())
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


def test_a_slow_machine_leaves_no_hole(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service gives up on a workbook after 20 s; here nobody waits for it."""
    fristen: list[float | None] = []

    async def rufe_prozess(_eingabe: bytes, _modul: str, frist: float | None = None) -> bytes:
        fristen.append(frist)
        return b"fertig"

    monkeypatch.setattr("app.druckerei._rufe", rufe_prozess)

    def drucke() -> bytes:
        return asyncio.run(Hauspresse().drucke(("x",), dict, DATEIEN, frist=1.0))

    with ThreadPoolExecutor(1) as faden:
        assert faden.submit(drucke).result() == b"fertig"
    assert fristen[0] is not None
    assert fristen[0] > 300
