"""``build_map.py publish``: all or nothing, one after another, old builds go."""

import shutil
import threading
from pathlib import Path
from typing import Any

import orjson
import psycopg
import pytest

from app.postgis import laden
from app.postgis.laden import veroeffentliche
from app.postgis.quelle import Datenbank
from app.postgis.schema import schema
from app.store import AKTUELL
from tests.befehl import rufe
from tests.postgis.server import Server, datenbank


@pytest.fixture
def leer(server: Server, request: pytest.FixtureRequest) -> str:
    """The address of an empty database."""
    return datenbank(server, request.node.name[:60])


def unter_anderem_namen(build_dir: Path, ziel: Path, nummer: int) -> Path:
    """A copy of the build that calls itself otherwise."""
    ordner = shutil.copytree(
        (build_dir / AKTUELL).resolve(), ziel / f"20270101-00000000{nummer}-aa"
    )
    manifest = orjson.loads((ordner / "manifest.json").read_bytes())
    (ordner / "manifest.json").write_bytes(orjson.dumps({**manifest, "id": ordner.name}))
    return Path(ordner)


def stand(adresse: str) -> tuple[str | None, list[str], set[str]]:
    """What is present, what is kept, and which schemas there are."""
    quelle = Datenbank(adresse)
    try:
        schemas = quelle.verbindung.zeilen(
            "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'nw\\_%%'"
        )
        return quelle.ziel(), list(quelle.builds()), {s for (s,) in schemas}
    finally:
        quelle.schliesse()


def test_the_command_says_what_it_did(leer: str, build_dir: Path) -> None:
    fertig = rufe("publish", f"--to={leer}", f"--ziel={build_dir}")
    build = (build_dir / AKTUELL).readlink().name
    assert fertig.returncode == 0, fertig.stderr
    assert f"{build}, 93 Projekte" in " ".join(fertig.stderr.split())
    nochmal = rufe("publish", f"--to={leer}", f"--ziel={build_dir}", f"--build={build}")
    assert "lag schon in" in nochmal.stderr
    assert stand(leer)[:2] == (build, [build])


@pytest.mark.parametrize(
    ("to", "code", "satz"),
    [
        ("mysql://karte:geheim@127.0.0.1/karte", 2, "beginnt mit postgresql://"),
        ("postgresql://karte:geheim@127.0.0.1:1/karte", 1, "hat den Build nicht angenommen"),
    ],
)
def test_what_cannot_be_is_one_sentence_without_the_password(
    to: str, code: int, satz: str, build_dir: Path
) -> None:
    fertig = rufe("publish", f"--to={to}", f"--ziel={build_dir}")
    assert fertig.returncode == code
    assert satz in " ".join(fertig.stderr.split())
    assert "geheim" not in fertig.stderr


def test_only_some_builds_stay(leer: str, build_dir: Path, tmp_path: Path) -> None:
    ordner = [unter_anderem_namen(build_dir, tmp_path, nummer) for nummer in range(4)]
    for o in ordner[:3]:
        veroeffentliche(leer, o, behalten=2, schritt=lambda _: None)
    # an older one may be the present one: then it is not what goes
    veroeffentliche(leer, ordner[1], behalten=2, schritt=lambda _: None)
    fertig = veroeffentliche(leer, ordner[3], behalten=2, schritt=lambda _: None)
    assert fertig.entfernt == (ordner[1].name,)
    behalten = [ordner[3].name, ordner[2].name]
    namen = {schema(id_).as_string().strip('"') for id_ in behalten}
    assert stand(leer) == (behalten[0], behalten, namen)


@pytest.mark.parametrize("wo", ["_schreibe", "schalte", "mitten"])
def test_a_publisher_that_dies_leaves_what_was(
    wo: str, leer: str, build_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    veroeffentliche(leer, unter_anderem_namen(build_dir, tmp_path, 1), schritt=lambda _: None)
    vorher = stand(leer)

    def stirb(*_: Any) -> None:
        raise KeyboardInterrupt

    schritt = stirb if wo == "mitten" else lambda _: None
    if wo != "mitten":
        monkeypatch.setattr(laden, wo, stirb)
    with pytest.raises(KeyboardInterrupt):
        veroeffentliche(leer, unter_anderem_namen(build_dir, tmp_path, 2), schritt=schritt)
    assert stand(leer) == vorher
    monkeypatch.undo()
    neu = veroeffentliche(leer, tmp_path / "20270101-000000002-aa", schritt=lambda _: None)
    assert neu.neu
    assert stand(leer)[0] == neu.id


def test_a_server_that_kills_the_connection_leaves_what_was(
    leer: str, build_dir: Path, tmp_path: Path
) -> None:
    veroeffentliche(leer, unter_anderem_namen(build_dir, tmp_path, 1), schritt=lambda _: None)
    vorher = stand(leer)

    def trenne(tabelle: str) -> None:
        if tabelle == "index":
            with psycopg.connect(leer, autocommit=True) as verbindung:
                verbindung.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE pid <> pg_backend_pid() AND datname = current_database()"
                )

    with pytest.raises(psycopg.OperationalError):
        veroeffentliche(leer, unter_anderem_namen(build_dir, tmp_path, 2), schritt=trenne)
    assert stand(leer) == vorher


def test_two_publishers_come_one_after_another(leer: str, build_dir: Path, tmp_path: Path) -> None:
    ordner = [unter_anderem_namen(build_dir, tmp_path, nummer) for nummer in range(2)]
    laufend, hoechstens, schloss = 0, 0, threading.Lock()
    fertig: list[str] = []

    def schritt(tabelle: str) -> None:
        nonlocal laufend, hoechstens
        with schloss:
            laufend += {"datei": 1, "index": -1}.get(tabelle, 0)
            hoechstens = max(hoechstens, laufend)

    def publiziere(o: Path) -> None:
        fertig.append(veroeffentliche(leer, o, schritt=schritt).id)

    faeden = [threading.Thread(target=publiziere, args=(o,)) for o in ordner]
    for faden in faeden:
        faden.start()
    for faden in faeden:
        faden.join()
    assert sorted(fertig) == [o.name for o in ordner]
    assert hoechstens == 1
    assert stand(leer)[0] == fertig[-1]


def test_an_id_that_is_none_never_becomes_part_of_a_statement() -> None:
    for falsch in ("", 'x"; DROP SCHEMA nordwaerts; --', "../x", "A" * 60):
        with pytest.raises(ValueError, match="no build"):
            schema(falsch)
