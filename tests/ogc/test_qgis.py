"""QGIS loads every collection. Its own target (``make qgis``): the package has about a gigabyte."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from app.ogc.bestand import Bestand
from app.ogc.sammlung import KOLLEKTIONEN, Sammlung

PYTHON = "/usr/bin/python3"


def _hat_qgis() -> bool:
    if not Path(PYTHON).exists():
        return False
    gefunden = subprocess.run([PYTHON, "-c", "import qgis.core"], capture_output=True, check=False)
    return gefunden.returncode == 0


@pytest.mark.skipif(not _hat_qgis(), reason="QGIS is not installed; make qgis installs it")
def test_qgis_loads_every_collection_in_25832(
    landing: str, bestand: Bestand, projekte: Sammlung, tmp_path: Path
) -> None:
    skript = Path(__file__).with_name("qgis_laden.py")
    # a home of its own: QGIS keeps answers there from one run to the next
    umgebung = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "XDG_RUNTIME_DIR": str(tmp_path),
    }
    for fremd in ("VIRTUAL_ENV", "PYTHONPATH"):
        umgebung.pop(fremd, None)
    fertig = subprocess.run(
        [PYTHON, str(skript), landing],
        env=umgebung,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert fertig.returncode == 0, fertig.stderr
    bericht = json.loads(fertig.stdout.splitlines()[-1])
    assert list(bericht["sammlungen"]) == list(KOLLEKTIONEN)
    for id_, gefunden in bericht["sammlungen"].items():
        assert gefunden["anzahl"] == len(bestand[id_])
        west, sued, ost, nord = gefunden["rahmen"]
        assert 380_000 < west < ost < 410_000
        assert 5_690_000 < sued < nord < 5_720_000
    status = projekte.spalte("status")
    assert bericht["umgesetzt"] == int(status.wo(lambda wert: wert == "umgesetzt").sum())
