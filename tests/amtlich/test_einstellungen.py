"""Settings: environment before file before default; a wrong one is named."""

from pathlib import Path

import pytest

from app.abruftext import ablehnung
from app.katalog import lade as katalog
from layers.ablehnung import Abgelehnt, Grund
from layers.einstellungen import Einstellungen, lade


def schreibe(geodata: Path, text: str) -> Path:
    (geodata / "einstellungen.toml").write_text(text, encoding="utf-8")
    return geodata


def test_without_file_and_environment_the_defaults_hold(tmp_path: Path) -> None:
    werte = lade(tmp_path)
    assert werte == Einstellungen()
    assert str(werte.opendata_adresse) == "https://open-data.dortmund.de/"


def test_the_environment_wins_over_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schreibe(
        tmp_path,
        """
        opendata_versuche = 2
        opendata_max_mb = 5
        opendata_datensaetze = { statistische_bezirke = "anders" }
        """,
    )
    monkeypatch.setenv("NORDWAERTS_OPENDATA_VERSUCHE", "7")
    werte = lade(tmp_path)
    assert (werte.opendata_versuche, werte.opendata_max_mb) == (7, 5)
    assert werte.opendata_datensaetze.statistische_bezirke == "anders"


@pytest.mark.parametrize(
    ("text", "grund", "satzteil"),
    [
        ('opendata_adresse = "file:///etc/passwd"', Grund.EINSTELLUNG, "opendata_adresse"),
        ('opendata_adresse = "ftp://portal"', Grund.EINSTELLUNG, "ftp://portal"),
        ("opendata_versuche = 0", Grund.EINSTELLUNG, "opendata_versuche"),
        ("opendata_gesamt_s = nan", Grund.EINSTELLUNG, "opendata_gesamt_s"),
        (
            'opendata_datensaetze = { statistische_bezirke = "../x" }',
            Grund.EINSTELLUNG,
            "../x",
        ),
        ("opendata_adrese = 1", Grund.EINSTELLUNG_UNBEKANNT, "opendata_adrese"),
        (
            'opendata_datensaetze = { plaetze = "x" }',
            Grund.EINSTELLUNG_UNBEKANNT,
            "opendata_datensaetze.plaetze",
        ),
        ("[[[", Grund.EINSTELLUNGEN, "einstellungen.toml"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, grund: Grund, satzteil: str) -> None:
    with pytest.raises(Abgelehnt) as fehler:
        lade(schreibe(tmp_path, text))
    assert fehler.value.grund is grund
    assert satzteil in ablehnung(fehler.value, katalog("de"))


def test_an_environment_that_is_no_json_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NORDWAERTS_OPENDATA_DATENSAETZE", "{")
    with pytest.raises(Abgelehnt) as fehler:
        lade(tmp_path)
    assert fehler.value.grund is Grund.EINSTELLUNGEN
