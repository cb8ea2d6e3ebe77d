"""``build_map.py addresses`` as an editor runs it."""

from pathlib import Path

import pytest

from layers.publish import sperre
from tests.adressen.conftest import liste
from tests.adressen.test_bauen import SCHLECHT, viele
from tests.befehl import rufe


def addresses(*argumente: str | Path) -> tuple[int, str]:
    fertig = rufe("addresses", *argumente)
    return fertig.returncode, " ".join(fertig.stderr.split())


def test_the_end_is_one_sentence(tmp_path: Path) -> None:
    quelle = tmp_path / "liste.csv"
    quelle.write_bytes(liste([*viele(300), *SCHLECHT.values()]))
    code, ausgabe = addresses(quelle, "--ziel", tmp_path / "neu" / "adressen.sqlite")
    assert code == 0
    assert "2 Straßen, 300 Hausnummern, 6 Zeilen ausgelassen" in ausgabe
    assert "Zeilen ohne brauchbare Koordinate: 1, zuerst „NaN“." in ausgabe
    assert (tmp_path / "neu" / "adressen.sqlite").is_file()


@pytest.mark.parametrize("inhalt", [b"", b"kaputt", liste()[:200] + b"\xff\xff"])
def test_a_refusal_is_one_sentence(tmp_path: Path, inhalt: bytes) -> None:
    quelle = tmp_path / "liste.csv"
    quelle.write_bytes(inhalt)
    code, ausgabe = addresses(quelle, "--ziel", tmp_path / "adressen.sqlite")
    assert code == 1
    assert ausgabe.endswith("Das bisherige Adressverzeichnis bleibt.")


def test_somebody_else_writing_and_a_folder_without_rights_are_said(tmp_path: Path) -> None:
    quelle = tmp_path / "liste.csv"
    quelle.write_bytes(liste())
    with sperre(tmp_path):
        code, ausgabe = addresses(quelle, "--ziel", tmp_path / "adressen.sqlite")
    assert code == 1
    assert "Prozess" in ausgabe
    code, ausgabe = addresses(quelle, "--ziel", quelle / "adressen.sqlite")
    assert code == 1
    assert "lässt sich nicht schreiben" in ausgabe
