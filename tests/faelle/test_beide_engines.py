"""One table of cases, run against the browser's engine and the server's (DESIGN §4)."""

import json
import subprocess
from pathlib import Path
from typing import Any

import orjson
import pytest

from app.katalog import lade
from app.sprachen import SPRACHEN
from app.store import AKTUELL, Snapshot
from tests.conftest import WURZEL
from tests.faelle.tabelle import ANZAHL, antwort_des_dienstes, faelle

ENGINE = WURZEL / "app" / "web" / "dist" / "engine.mjs"


@pytest.fixture(scope="module")
def tabelle(snapshot: Snapshot) -> list[str]:
    """The cases."""
    return faelle(snapshot)


def test_browser_and_server_answer_every_case_alike(
    snapshot: Snapshot, build_dir: Path, tabelle: list[str], tmp_path: Path
) -> None:
    faelle = tmp_path / "faelle.json"
    faelle.write_text(json.dumps(tabelle), "utf-8")
    parameter = tmp_path / "parameter.json"
    parameter.write_bytes(orjson.dumps(_parameter()))
    texte = tmp_path / "texte.json"
    texte.write_bytes(
        orjson.dumps(
            {
                s.code: {"lang": s.lang, "texte": lade(s.code).auszug("naehe.")}
                for s in SPRACHEN.values()
            }
        )
    )
    aktuell = build_dir / AKTUELL / "assets"
    browser = subprocess.run(
        [
            "node",
            WURZEL / "tests" / "faelle" / "antworten.mjs",
            ENGINE,
            aktuell / snapshot.assets["index.bin"],
            aktuell / snapshot.assets["suche.bin"],
            parameter,
            faelle,
            texte,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert browser.returncode == 0, browser.stderr
    antworten = json.loads(browser.stdout)
    assert len(antworten) == len(tabelle) >= ANZAHL
    for query, antwort in zip(tabelle, antworten, strict=True):
        assert antwort == antwort_des_dienstes(snapshot, query), query


def _parameter() -> list[dict[str, Any]]:
    from app.state import PARAMETER  # noqa: PLC0415

    return [{"name": p.name, "art": p.art, "werte": p.werte} for p in PARAMETER]
