"""Settings from environment and file: which hold, where they come from, what is none."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr
from pydantic_settings import BaseSettings

from app.betrieb import einstellungsliste as liste
from app.betrieb.start import Startfehler, einstellungen
from app.settings import Settings
from app.zugang import GEHEIM
from layers.einstellungen import Einstellungen
from layers.einstellungen import lade as lade_bau
from tests.conftest import WURZEL


@pytest.fixture
def datei(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    ort = tmp_path / "einstellungen.toml"
    ort.write_text("", "utf-8")
    monkeypatch.setenv("NORDWAERTS_EINSTELLUNGEN", str(ort))
    return ort


def nach_namen(eintraege: tuple[liste.Einstellung, ...]) -> dict[str, liste.Einstellung]:
    return {e.name: e for e in eintraege}


def test_one_file_sets_both_halves(datei: Path, tmp_path: Path) -> None:
    datei.write_text('poll_seconds = 2\nopendata_versuche = 7\nkontakt = "karte@example.org"\n')
    assert Settings().poll_seconds == 2
    assert lade_bau(tmp_path / "leer").opendata_versuche == 7


def test_the_environment_wins_over_the_file(datei: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    datei.write_text('kontakt = "datei@example.org"\npoll_seconds = 2\n')
    monkeypatch.setenv("NORDWAERTS_KONTAKT", "umgebung@example.org")
    gefunden = nach_namen(liste.des_dienstes())
    kontakt, takt, log = (gefunden[n] for n in ("kontakt", "poll_seconds", "log"))
    assert (kontakt.wert, kontakt.herkunft) == ("umgebung@example.org", "umgebung")
    assert (takt.wert, takt.herkunft, takt.ort) == ("2.0", "datei", str(datei))
    assert (log.wert, log.herkunft, log.ort) == ("text", "vorgabe", "")


def test_the_operators_file_wins_over_that_of_the_sources(datei: Path, tmp_path: Path) -> None:
    (tmp_path / "geodata").mkdir()
    bestand = tmp_path / "geodata" / "einstellungen.toml"
    bestand.write_text("opendata_versuche = 2\nopendata_max_mb = 3\n")
    datei.write_text("opendata_versuche = 7\n")
    gefunden = nach_namen(liste.des_baus(tmp_path / "geodata"))
    assert (gefunden["opendata_versuche"].wert, gefunden["opendata_versuche"].ort) == (
        "7",
        str(datei),
    )
    assert gefunden["opendata_max_mb"].ort == str(bestand)


def test_the_command_line_wins_over_all(datei: Path) -> None:
    datei.write_text("workers = 3\n")
    assert einstellungen().workers == 3
    assert einstellungen(workers=2).workers == 2


@pytest.mark.parametrize(
    ("text", "umgebung", "satzteile"),
    [
        ("poll_second = 1", {}, ("poll_second", "Meinten Sie poll_seconds?")),
        ("farbe = 1", {}, ("farbe", "build_map.py settings")),
        ("", {"NORDWAERTS_FRAME_ANCESTOR": "[]"}, ("Meinten Sie NORDWAERTS_FRAME_ANCESTORS?",)),
        ("", {"NORDWAERTS_POLL_SECONDS": "0"}, ("NORDWAERTS_POLL_SECONDS", "»0«", "Sekunden")),
        ("workers = 0", {}, ("workers", "einstellungen.toml", "»0«", "Prozesse")),
        ("[[[", {}, ("einstellungen.toml", "nicht lesen")),
        ("", {"NORDWAERTS_FRAME_ANCESTORS": "{"}, ("NORDWAERTS_…", "frame_ancestors")),
        ("", {"NORDWAERTS_METRICS": "überall"}, ("NORDWAERTS_METRICS", "127.0.0.1:9101")),
        ("", {"NORDWAERTS_EINSTELLUNGEN": "/gibt/es/nicht.toml"}, ("/gibt/es/nicht.toml",)),
    ],
)
def test_what_is_wrong_is_one_sentence(
    datei: Path,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    umgebung: dict[str, str],
    satzteile: tuple[str, ...],
) -> None:
    datei.write_text(text)
    for name, wert in umgebung.items():
        monkeypatch.setenv(name, wert)
    with pytest.raises(Startfehler) as fehler:
        einstellungen()
    assert fehler.value.code == os.EX_CONFIG
    assert "\n" not in fehler.value.satz
    for teil in satzteile:
        assert teil in fehler.value.satz


def test_secrets_are_not_shown() -> None:
    class Geheime(BaseSettings):
        schluessel: SecretStr = SecretStr("sesam-oeffne-dich")
        ohne: SecretStr = SecretStr("")
        portal: str = "https://nutzer:sesam@portal.example.org/x"

    werte = {e.name: e.wert for e in liste._eintraege(Geheime(), {})}
    assert werte["schluessel"] == GEHEIM
    assert werte["ohne"] == ""
    assert werte["portal"] == f"https://{GEHEIM}@portal.example.org/x"


def test_no_name_means_two_settings() -> None:
    assert not Settings.model_fields.keys() & Einstellungen.model_fields.keys()


def befehl(*auch: str, **umgebung: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "build_map.py", "settings", *auch],
        cwd=WURZEL,
        env={**os.environ, **umgebung},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_command_shows_all_settings_with_origin_and_meaning(datei: Path) -> None:
    datei.write_text("poll_seconds = 2\n")
    fertig = befehl("--json")
    assert fertig.returncode == 0, fertig.stderr
    teile = json.loads(fertig.stdout)
    namen = [e["name"] for teil in teile.values() for e in teil]
    assert set(namen) == liste.bekannte()
    assert all(e["bedeutung"] for teil in teile.values() for e in teil)
    text = befehl().stdout
    assert f"poll_seconds = 2.0\n    aus der Datei {datei}\n    Wie oft" in text


def test_the_command_names_what_is_none() -> None:
    fertig = befehl(NORDWAERTS_WORKER="2")
    assert fertig.returncode == os.EX_CONFIG
    assert "NORDWAERTS_WORKERS?" in " ".join(fertig.stderr.split())


def test_the_shipped_file_of_settings_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NORDWAERTS_EINSTELLUNGEN", str(WURZEL / "deploy" / "einstellungen.toml"))
    gesetzt = einstellungen()
    assert (gesetzt.log, gesetzt.metrics) == ("json", "127.0.0.1:9101")
    assert gesetzt.build_dir == Path("/var/lib/nordwaerts/build")
