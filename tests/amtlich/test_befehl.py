"""``build_map.py update`` as an editor runs it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.amtlich.portal import REFERENZ, Antwort, Portal, dateien
from tests.befehl import rufe
from tests.conftest import baue


def update(portal: Portal, geodata: Path, **einstellungen: str) -> tuple[int, str]:
    """Run the command; return its exit code and what it says on one line."""
    werte = {"ADRESSE": portal.adresse, "PAUSE_S": "0.01", **einstellungen}
    umgebung = {f"NORDWAERTS_OPENDATA_{name}": wert for name, wert in werte.items()}
    fertig = rufe("update", f"--geodata={geodata}", umgebung=umgebung)
    return fertig.returncode, " ".join(fertig.stderr.split())


def test_after_an_update_the_map_can_be_built(
    geodata: Path, tmp_path: Path, liefere: Callable[..., Portal], gemacht: dict[str, Any]
) -> None:
    kopf = {"Content-Type": "application/json", "ETag": '"7"'}
    portal = liefere(gemacht, kopf=kopf)
    code, ausgabe = update(portal, geodata)
    assert code == 0, ausgabe
    for teil in ("Abgerufen: ", "jetzt 0 Lücken", "62 von 62 Bezirken", "120 Eving", "Geschrieben"):
        assert teil in ausgabe
    fertig = baue(geodata, tmp_path / "build")
    assert fertig.returncode == 0, fertig.stderr
    portal.antworten = [Antwort(status=304)]
    assert update(portal, geodata) == (0, "Die Stadt hat seit dem letzten Abruf nichts geändert.")


@pytest.mark.skipif(not REFERENZ.is_file(), reason="../shared/referenz is not there")
def test_the_official_export_is_fetched_cleaned_and_built(
    geodata: Path, tmp_path: Path, portal: Portal
) -> None:
    portal.antworten = [Antwort(REFERENZ.read_bytes())]
    code, ausgabe = update(portal, geodata)
    assert code == 0, ausgabe
    assert "179 Lücken (zusammen 62,7 ha, die größte 5,2 ha)" in ausgabe
    assert "Keiner der 62 Bezirke hat sich geändert." in ausgabe
    fertig = baue(geodata, tmp_path / "build")
    assert fertig.returncode == 0, fertig.stderr
    assert "Lücken oder Überlappungen" not in " ".join(fertig.stderr.split())


@pytest.mark.parametrize(
    ("antwort", "einstellungen", "satzteil"),
    [
        (Antwort(status=500), {"VERSUCHE": "2"}, "Störung (Status 500)"),
        (Antwort(b'{"type"', laenge=900), {"VERSUCHE": "1"}, "bricht mittendrin ab"),
        (Antwort(b"<html>", kopf={"Content-Type": "text/html"}), {}, "sondern text/html"),
        (Antwort(b"{}", kopf_tropft=True), {"GESAMT_S": "1"}, "in 1 Sekunden nicht alles"),
        (Antwort(b"[" + b" " * 2000), {"MAX_MB": "0.001"}, "größer als 0,001 MB"),
        (Antwort(status=302, kopf={"Location": "file:///etc/passwd"}), {}, "nicht gefolgt wird"),
        (Antwort(b"{}"), {}, "anders aufgebaut als bisher: type fehlt"),
        (Antwort(), {"ADRESSE": "file:///etc/passwd"}, "opendata_adresse"),
    ],
)
def test_a_failure_is_one_german_sentence_and_the_source_stays(
    geodata: Path, portal: Portal, antwort: Antwort, einstellungen: dict[str, str], satzteil: str
) -> None:
    portal.antworten = [antwort]
    vorher = dateien(geodata)
    code, ausgabe = update(portal, geodata, **einstellungen)
    assert code == 1
    assert satzteil in ausgabe
    assert "bleibt, wie sie ist." in ausgabe
    assert dateien(geodata) == vorher


def test_an_unknown_folder_is_said(tmp_path: Path, portal: Portal) -> None:
    code, ausgabe = update(portal, tmp_path / "nichts")
    assert code == 1
    assert "nichts fehlt" in ausgabe
