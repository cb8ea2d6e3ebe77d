"""Each check over whole rows: what is understood, what is doubted, what is held back."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pyproj import Transformer

from layers.befund import Code, Schwere
from layers.pruefregeln import LOCKERBAR, Pruefung
from layers.pruefung import Pruefergebnis
from tests.tor.conftest import (
    ORT,
    PROJEKT,
    codes,
    einer,
    geprueft,
    lies,
    schreibe_csv,
    schreibe_mappe,
    tabelle,
)


def pruefe_projekt(ordner: Path, **zellen: Any) -> Pruefergebnis:
    pfad = schreibe_csv(ordner / "projekte.csv", tabelle({**PROJEKT, **zellen}))
    return geprueft(lies(pfad))


def pruefe_ort(ordner: Path, *orte: Mapping[str, Any], projekt: Any = PROJEKT) -> Pruefergebnis:
    schreibe_csv(ordner / "projekte.csv", tabelle(projekt))
    schreibe_csv(ordner / "standorte.csv", tabelle(*({**ORT, **ort} for ort in orte)))
    return geprueft(lies(ordner))


@pytest.mark.parametrize(
    ("spalte", "wert", "code"),
    [
        ("Name", "=HYPERLINK(1)", Code.FORMEL_IM_TEXT),
        ("Ziel", "- erstens", Code.FORMEL_IM_TEXT),
        ("Ziel", "@jemand", Code.FORMEL_IM_TEXT),
        ("Ziel", "+SUMME(A1)", Code.FORMEL_IM_TEXT),
        ("Ziel", "siehe javascript:alert(1)", Code.URL_GEFAEHRLICH),
        ("Links", "data:text/html;base64,xx", Code.URL_GEFAEHRLICH),
        ("Ziel", "<script>x</script>", Code.MARKUP),
        ("Ziel", "Tel. 0231 50-12345", Code.KONTAKTDATEN),
        ("Kurzbeschreibung", "", Code.PFLICHTFELD_LEER),
        ("Kurzbeschreibung", "k. A.", Code.PFLICHTFELD_LEER),
        ("Status", "-", Code.WERT_PLATZHALTER),
        ("Status", "umgesezt", Code.CODE_VERSCHRIEBEN),
        ("Träger", "Stadt Dortmund; AWO", Code.WERT_GEDEUTET),
        ("Links", "https://a.de, https://b.de", Code.WERT_GEDEUTET),
        ("Bild", "platz.jpg", Code.BILD_OHNE_BESCHREIBUNG),
        ("Bild", "platz.jpg", Code.BILD_OHNE_RECHTE),
        ("Bild", "javascript:alert(1)", Code.URL_GEFAEHRLICH),
        ("Bild", "ein Foto", Code.BILD_UNGUELTIG),
        ("Stand", "2023", Code.STAND_ALT),
        ("Kosten", "ca. 1,2 Mio. €", Code.ANGABE_UNGENAU),
        ("Kosten", "67.500 Euro", Code.ZAHL_GEDEUTET),
        ("Beginn", "Sommer 2019", Code.ANGABE_UNGENAU),
        ("Stand", "01/2026", Code.DATUM_GEDEUTET),
        ("Stand", "2015–2018", Code.DATUM_UNGUELTIG),
    ],
)
def test_cell_gives_its_finding(tmp_path: Path, spalte: str, wert: str, code: Code) -> None:
    assert code in codes(pruefe_projekt(tmp_path, **{spalte: wert}).befunde)


@pytest.mark.parametrize(
    ("spalte", "wert"),
    [
        ("Ziel", "+4 °C im Mittel 2020"),
        ("Stand", "2024-06"),
        ("Stand", "2024"),
        ("Kontakt", "=keine Formel, sondern Kontakt: 0231 50-12345, a@example.org"),
        ("Ziel", "Daten: data und script"),
        ("Kosten", "500"),
    ],
)
def test_cell_that_is_fine(tmp_path: Path, spalte: str, wert: str) -> None:
    gefunden = codes(pruefe_projekt(tmp_path, **{spalte: wert}).befunde)
    verdacht = {Code.KONTAKTDATEN, Code.STAND_ALT, Code.URL_GEFAEHRLICH, Code.ZAHL_GEDEUTET}
    assert not gefunden & verdacht


@pytest.mark.parametrize(
    ("zellen", "erwartet"),
    [
        ({"Beginn": "2015–2018"}, ("2015", "2018")),
        ({"Laufzeit": "2015 bis 2018"}, ("2015", "2018")),
        ({"Beginn": "seit 2016"}, ("2016", "")),
        ({"Ende": "bis Ende 2020"}, ("", "2020-12")),
        ({"Beginn": "bis 2020"}, ("", "2020")),
        ({"Beginn": "03/2015", "Ende": "12.2018"}, ("2015-03", "2018-12")),
        ({"Beginn": "2015–2018", "Ende": "2018"}, ("2015", "2018")),
    ],
)
def test_span_goes_to_beginning_and_end(
    tmp_path: Path, zellen: dict[str, str], erwartet: tuple[str, str]
) -> None:
    from layers.check import check  # noqa: PLC0415

    pfad = schreibe_csv(tmp_path / "projekte.csv", tabelle({**PROJEKT, **zellen}))
    rahmen = check(lies(pfad)).tabellen["projekte"]
    assert tuple(rahmen.loc[0, ["beginn", "ende"]]) == erwartet


def test_a_finding_names_what_the_cell_itself_says(tmp_path: Path) -> None:
    befunde = pruefe_projekt(tmp_path, Beginn="Sommer 2019", Ende="03/2021").befunde
    gelesen = {b.spalte: b.werte["vorschlag"] for b in befunde if b.spalte in ("beginn", "ende")}
    assert gelesen == {"beginn": "2019", "ende": "2021-03"}


def test_span_that_contradicts_the_other_column_is_held_back(tmp_path: Path) -> None:
    ergebnis = pruefe_projekt(tmp_path, Beginn="2015–2018", Ende="2020")
    assert Code.DATUM_UNGUELTIG in codes(ergebnis.befunde)
    assert ergebnis.bilanz["projekte"].quarantaene == 1


def test_near_duplicate_names(tmp_path: Path) -> None:
    namen = [
        "Umgestaltung Münsterstraße",
        "Umgestaltung Muensterstrase",
        "Abschnitt 1 Radweg",
        "Abschnitt 2 Radweg",
    ]
    zeilen = [{**PROJEKT, "Kennung": f"t-{i}", "Name": name} for i, name in enumerate(namen)]
    ergebnis = geprueft(lies(schreibe_csv(tmp_path / "projekte.csv", tabelle(*zeilen))))
    befund = einer(ergebnis.befunde, Code.NAME_AEHNLICH)
    assert (befund.zeile, befund.werte["erste"]) == (3, 2)


@pytest.mark.parametrize(
    ("breite", "laenge", "code", "schwere"),
    [
        ("51,53641", "7,41571", Code.KOORDINATE_GEDEUTET, Schwere.HINWEIS),
        ("7.41571", "51.53641", Code.KOORDINATEN_VERTAUSCHT, Schwere.WARNUNG),
        ("7,41571", "51,53641", Code.KOORDINATEN_VERTAUSCHT, Schwere.WARNUNG),
        ("51536410", "741571", Code.KOORDINATE_UMGERECHNET, Schwere.WARNUNG),
        ("51.536.410", "7.415.710", Code.KOORDINATE_UMGERECHNET, Schwere.WARNUNG),
        ("5.710.524", "390.124", Code.KOORDINATE_UMGERECHNET, Schwere.WARNUNG),
        ("5710524,5", "32390124", Code.KOORDINATE_UMGERECHNET, Schwere.WARNUNG),
        ("390124", "5710524", Code.KOORDINATE_UMGERECHNET, Schwere.WARNUNG),
        ("5910524", "390124", Code.KOORDINATE_BEZUGSSYSTEM, Schwere.FEHLER),
        ("48.137", "11.575", Code.LAGE_FERN, Schwere.FEHLER),
        ("51.5797", "7.3200", Code.LAGE_AUSSERHALB, Schwere.WARNUNG),
        ("51.53641", "", Code.KOORDINATE_UNVOLLSTAENDIG, Schwere.FEHLER),
        ("Hafen", "7.4", Code.KOORDINATE_UNGUELTIG, Schwere.FEHLER),
    ],
)
def test_coordinates(
    tmp_path: Path, breite: str, laenge: str, code: Code, schwere: Schwere
) -> None:
    ergebnis = pruefe_ort(tmp_path, {"Breite (lat)": breite, "Länge (lon)": laenge})
    assert {b.schwere for b in ergebnis.befunde if b.code is code} == {schwere}
    auf_karte = 0 if schwere is Schwere.FEHLER else 1
    assert ergebnis.bilanz["standorte"].veroeffentlicht == auf_karte


@pytest.mark.parametrize(
    ("text", "gelesen"),
    [
        ("51,53641 7,41571", "51.53641, 7.41571"),
        ("7.41571; 51.53641", "51.53641, 7.41571"),
        ("32U 390124 5710524", "51.5351156, 7.4157998"),
    ],
)
@pytest.mark.parametrize("spalte", ["Breite (lat)", "Länge (lon)", "Koordinaten"])
def test_both_figures_in_one_cell_are_understood_and_said(
    tmp_path: Path, spalte: str, text: str, gelesen: str
) -> None:
    ort = {"Breite (lat)": None, "Länge (lon)": None, spalte: text}
    if spalte == "Koordinaten":
        ort = {spalte: text}
    schreibe_csv(tmp_path / "projekte.csv", tabelle(PROJEKT))
    uebrig = {name: wert for name, wert in ORT.items() if "(l" not in name}
    schreibe_csv(tmp_path / "standorte.csv", tabelle({**uebrig, **ort}))
    ergebnis = geprueft(lies(tmp_path))
    assert einer(ergebnis.befunde, Code.KOORDINATE_GEDEUTET).werte["vorschlag"] == gelesen
    assert ergebnis.bilanz["standorte"].veroeffentlicht == 1
    assert Code.SPALTE_FEHLT_WAHLFREI not in codes(
        b for b in ergebnis.befunde if b.spalte in ("lat", "lon")
    )


@pytest.mark.parametrize("angabe", ["25832", "EPSG:31466", "GK3", "web mercator", "4647"])
def test_stated_system_is_followed_without_a_finding(tmp_path: Path, angabe: str) -> None:
    from layers.deutung.lage import system  # noqa: PLC0415

    x, y = Transformer.from_crs("EPSG:4326", system(angabe), always_xy=True).transform(7.4, 51.53)
    ort = {"Hochwert": y, "Rechtswert": x, "EPSG": angabe, "Breite (lat)": "", "Länge (lon)": ""}
    schreibe_csv(tmp_path / "projekte.csv", tabelle(PROJEKT))
    eigene = {k: v for k, v in ({**ORT, **ort}).items() if not k.endswith(("(lat)", "(lon)"))}
    schreibe_csv(tmp_path / "standorte.csv", tabelle(eigene))
    ergebnis = geprueft(lies(tmp_path))
    assert ergebnis.bilanz["standorte"].veroeffentlicht == 1
    assert not codes(ergebnis.befunde) & {Code.KOORDINATE_UMGERECHNET, Code.KOORDINATE_GEDEUTET}


def test_unknown_system_holds_the_row_back(tmp_path: Path) -> None:
    ergebnis = pruefe_ort(tmp_path, {"Koordinatensystem": "EPSG:2056"})
    assert einer(ergebnis.befunde, Code.BEZUGSSYSTEM_UNBEKANNT).wert == "EPSG:2056"


def test_other_district_than_stated(tmp_path: Path) -> None:
    ergebnis = pruefe_ort(tmp_path, {}, projekt={**PROJEKT, "Stadtbezirk": "Eving"})
    assert einer(ergebnis.befunde, Code.STADTBEZIRK_ABWEICHEND).werte["berechnet"] == "huckarde"


def test_several_projects_at_one_coordinate(tmp_path: Path) -> None:
    projekte = tabelle(PROJEKT, {**PROJEKT, "Kennung": "test-2", "Name": "Anderes Vorhaben"})
    orte = tabelle(ORT, ORT, {**ORT, "Projekt (Kennung)": "test-2"})
    pfad = schreibe_mappe(tmp_path / "m.xlsx", {"Projekte": projekte, "Standorte": orte})
    befund = einer(geprueft(lies(pfad)).befunde, Code.PROJEKTE_AM_ORT)
    assert (befund.werte["anzahl"], befund.schwere) == (2, Schwere.HINWEIS)


def test_dead_keys(tmp_path: Path) -> None:
    ergebnis = pruefe_ort(tmp_path, {"Projekt (Kennung)": "gibt-es-nicht"})
    assert einer(ergebnis.befunde, Code.PROJEKT_UNBEKANNT).wert == "gibt-es-nicht"


def test_settings_decide_how_grave_a_finding_is(tmp_path: Path) -> None:
    pfad = schreibe_csv(tmp_path / "projekte.csv", tabelle({**PROJEKT, "Ziel": "an a@example.org"}))
    quelldaten = lies(pfad)
    assert geprueft(quelldaten).hindernis is None
    streng = Pruefung(schwere={Code.KONTAKTDATEN: "Fehler"})
    ergebnis = geprueft(quelldaten, streng)
    assert ergebnis.bilanz["projekte"].quarantaene == 1
    assert ergebnis.hindernis is not None
    aus = Pruefung(schwere={Code.KONTAKTDATEN: "aus"})
    assert Code.KONTAKTDATEN not in codes(geprueft(quelldaten, aus).befunde)
    wenige = geprueft(quelldaten, Pruefung(max_warnungen=0)).hindernis
    assert wenige is not None
    assert wenige.grund == "zu_viele_warnungen"


@pytest.mark.parametrize("code", [Code.MARKUP, Code.CODE_UNBEKANNT, Code.URL_GEFAEHRLICH])
def test_what_must_not_be_published_stays_an_error(code: Code) -> None:
    assert code not in LOCKERBAR
    with pytest.raises(ValueError, match=code.value):
        Pruefung(schwere={code: "Hinweis"})
