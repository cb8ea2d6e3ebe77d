"""Documentation that cannot rot: what the README names exists, and what exists is named."""

import re
import subprocess
from collections import Counter

import pandas as pd
import pytest
from starlette.testclient import TestClient

from app.betrieb.einstellungsliste import bekannte
from app.katalog import lade
from app.settings import Settings
from app.state import PARAMETER
from layers.einstellungen import Einstellungen
from tests.conftest import WURZEL

README = (WURZEL / "README.md").read_text("utf-8")
BETRIEB = (WURZEL / "docs" / "betrieb.md").read_text("utf-8")
MAKEFILE = (WURZEL / "Makefile").read_text("utf-8")


def test_every_setting_is_documented_with_its_default() -> None:
    for name in Settings.model_fields:
        assert f"`NORDWAERTS_{name.upper()}`" in README


def test_every_setting_of_the_build_half_is_documented_with_its_default() -> None:
    for name, wert in Einstellungen().model_dump(mode="json").items():
        vorgabe = "" if isinstance(wert, dict) else f"`{str(wert).rstrip('/')}` |"
        assert f"| `NORDWAERTS_{name.upper()}` | {vorgabe}" in README


def test_every_setting_has_a_meaning_in_german() -> None:
    for name in bekannte():
        assert lade("de")(f"einstellung.{name}")  # app/locale/de/betrieb.po


def test_the_handbook_of_operation_names_all_metrics_and_files_that_exist() -> None:
    quelltext = (WURZEL / "app" / "betrieb" / "messwerte.py").read_text("utf-8")
    namen = set(re.findall(r'"(nordwaerts_\w+)"', quelltext))
    genannt = {n.removesuffix("_total") for n in re.findall(r"`(nordwaerts_\w+)", BETRIEB)}
    assert genannt == namen
    for ziel in re.findall(r"deploy/[\w./-]+\w", BETRIEB):
        assert list(WURZEL.glob(f"{ziel}*")), ziel
    for ziel in re.findall(r"\]\(((?!http)[^)#]+)", BETRIEB):
        assert (WURZEL / "docs" / ziel).exists(), ziel


def test_every_named_make_target_exists() -> None:
    ziele = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", README)) <= ziele


def test_every_named_file_exists() -> None:
    for ziel in re.findall(r"\]\(((?!http)[^)#]+)\)", README):
        assert (WURZEL / ziel).exists(), ziel


def test_the_counts_of_the_readme_are_those_of_the_data() -> None:
    projekte = pd.read_csv(WURZEL / "geodata" / "projekte.csv", dtype=str)
    stufen = Counter(projekte["belegstufe"])
    assert f"**{len(projekte)}** projects" in README
    for stufe, anzahl in stufen.items():
        assert re.search(rf"^\| {stufe} \|.*\| {anzahl} \|$", README, re.MULTILINE)
    orte = pd.read_csv(WURZEL / "geodata" / "standorte.csv", dtype=str)
    assert f"{orte['lat'].notna().sum()} locations are known" in README


def test_every_surface_of_the_readme_answers(client: TestClient) -> None:
    for pfad in ("/", "/projekte", "/einbetten", "/api/projekte", "/openapi.json", "/gesundheit"):
        assert f"`{pfad}`" in README
        assert client.get(pfad).status_code == 200


def test_the_top_level_holds_only_what_it_should() -> None:
    erlaubt = {
        *("app", "deploy", "geodata", "layers", "build_map.py", "tests", "docs"),
        *("pyproject.toml", "Makefile", "README.md", "SECURITY.md", "LICENSE"),
        *("requirements.lock", "requirements-dev.lock"),
    }
    dateien = subprocess.run(
        ["git", "ls-files"], cwd=WURZEL, capture_output=True, text=True, check=False
    ).stdout.split()
    oben = {datei.split("/")[0] for datei in dateien}
    if not oben:
        pytest.skip("not a git checkout")
    assert {name for name in oben if not name.startswith(".")} <= erlaubt


def test_every_parameter_is_described_in_german(client: TestClient) -> None:
    beschreibung = client.get("/openapi.json").json()["paths"]["/api/projekte"]["get"]
    for parameter in beschreibung["parameters"]:
        assert parameter["description"]
    assert len(beschreibung["parameters"]) == len(PARAMETER) + 2
