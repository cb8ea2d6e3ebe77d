"""Each kind of bad input gives its finding; a Fehler holds the row back, nothing else does."""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.befund import SCHWERE, Code, Schwere
from layers.tabellen import DATEN
from layers.tabellen import PROJEKTE as TABELLE
from tests.layers.conftest import PROJEKTE, Ordner, befunde_in, zurueckgehalten

FAELLE = [
    ("projekte", "id", "", Code.PFLICHTFELD_LEER),
    ("projekte", "id", "Groß Geschrieben", Code.ID_UNGUELTIG),
    ("projekte", "id", "../../etc/passwd", Code.ID_UNGUELTIG),
    ("projekte", "id", "a" * 81, Code.ID_UNGUELTIG),
    ("projekte", "name", "   ", Code.PFLICHTFELD_LEER),
    ("projekte", "name", "Test <b>fett</b>", Code.MARKUP),
    ("projekte", "ziel", "<script>alert(1)</script>", Code.MARKUP),
    ("projekte", "ziel", "<img src=x onerror=alert(1)>", Code.MARKUP),
    ("projekte", "ziel", "R&uuml;be", Code.MARKUP),
    ("projekte", "ziel", "a\u202eb", Code.ZEICHEN_UNZULAESSIG),
    ("projekte", "ziel", "a\x00b", Code.ZEICHEN_UNZULAESSIG),
    ("projekte", "ziel", "Stra\u00adße", Code.ZEICHEN_UNSICHTBAR),
    ("projekte", "ziel", "Münsterstraße".encode().decode("latin-1"), Code.ZEICHEN_KODIERUNG),
    ("projekte", "ziel", "M\ufffdnsterstraße", Code.ZEICHEN_KODIERUNG),
    ("projekte", "ziel", "Anruf: 0231 / 50 12345", Code.KONTAKTDATEN),
    ("projekte", "ziel", "an max@example.org", Code.KONTAKTDATEN),
    ("projekte", "liste", "", Code.PFLICHTFELD_LEER),
    ("projekte", "status", "xyz", Code.CODE_UNBEKANNT),
    ("projekte", "status", "umgesezt", Code.CODE_VERSCHRIEBEN),
    ("projekte", "status", "in Vorbereitunk", Code.CODE_VERSCHRIEBEN),
    ("projekte", "handlungsfeld", "Flächenentwiklung", Code.CODE_VERSCHRIEBEN),
    ("projekte", "stadtbezirke", "eving|hoerder", Code.CODE_VERSCHRIEBEN),
    ("projekte", "stadtbezirke", "eving|atlantis", Code.CODE_UNBEKANNT),
    ("projekte", "stadtbezirke", "eving|eving", Code.WERT_DOPPELT),
    ("projekte", "belegstufe", "D", Code.CODE_UNBEKANNT),
    ("projekte", "zuordnung", "redaktionel", Code.CODE_VERSCHRIEBEN),
    ("projekte", "beginn", "08.12.2016", Code.DATUM_GEDEUTET),
    ("projekte", "beginn", "12.2016", Code.DATUM_GEDEUTET),
    ("projekte", "beginn", "2016-13", Code.DATUM_UNGUELTIG),
    ("projekte", "beginn", "2017-02-29", Code.DATUM_UNGUELTIG),
    ("projekte", "beginn", "1016", Code.DATUM_UNGUELTIG),
    ("projekte", "beginn", "２０１６", Code.DATUM_GEDEUTET),
    ("projekte", "stand", "gestern", Code.DATUM_UNGUELTIG),
    ("projekte", "kosten_eur", "1.500.000", Code.ZAHL_GEDEUTET),
    ("projekte", "kosten_eur", "rund 5", Code.ANGABE_UNGENAU),
    ("projekte", "kosten_eur", "1.5", Code.ZAHL_UNGUELTIG),
    ("projekte", "kosten_eur", "-5", Code.ZAHL_NEGATIV),
    ("projekte", "links", "javascript:alert(1)", Code.URL_GEFAEHRLICH),
    ("projekte", "links", "www.dortmund.de", Code.URL_UNGUELTIG),
    ("projekte", "links", "ftp://dortmund.de/x", Code.URL_UNGUELTIG),
    ("projekte", "links", "https://[kaputt", Code.URL_UNGUELTIG),
    ("projekte", "links", 'https://a.de/"onload=x', Code.URL_UNGUELTIG),
    ("projekte", "quellen", "", Code.PFLICHTFELD_LEER),
    ("projekte", "traeger", "Testorganisation 9999", Code.ORGANISATION_VERSCHRIEBEN),
    ("projekte", "traeger", "Völlig Anderes", Code.ORGANISATION_UNBEKANNT),
    ("projekte", "ziel", " Rand ", Code.LEERRAUM),
    ("projekte", "status", "", Code.STATUS_FEHLT),
    ("projekte", "stand", "", Code.STAND_FEHLT),
    ("standorte", "projekt_id", "gibt-es-nicht", Code.PROJEKT_UNBEKANNT),
    ("standorte", "lat", "abc", Code.KOORDINATE_UNGUELTIG),
    ("standorte", "lat", "nan", Code.KOORDINATE_UNGUELTIG),
    ("standorte", "lat", "inf", Code.KOORDINATE_UNGUELTIG),
    ("standorte", "lat", "1e2", Code.KOORDINATE_UNGUELTIG),
    ("standorte", "lat", "91", Code.KOORDINATE_UNGUELTIG),
    ("standorte", "lat", "51,53641", Code.KOORDINATE_GEDEUTET),
    ("standorte", "lat", "5709524", Code.KOORDINATE_BEZUGSSYSTEM),
    ("standorte", "lat", "", Code.KOORDINATE_UNVOLLSTAENDIG),
    ("standorte", "lagegenauigkeit", "", Code.LAGEGENAUIGKEIT_FEHLT),
    ("standorte", "lagegenauigkeit", "Kwartier", Code.CODE_VERSCHRIEBEN),
    ("plaetze", "teil_der_27", "vielleicht", Code.CODE_UNBEKANNT),
    ("brachflaechen", "flaeche_ha", "-3", Code.ZAHL_NEGATIV),
    ("brachflaechen", "flaeche_ha", "12,5", Code.ZAHL_GEDEUTET),
    ("kennzahlen", "wert", "viele", Code.ZAHL_UNGUELTIG),
    ("kennzahlen", "bereich", "", Code.PFLICHTFELD_LEER),
    ("beteiligte", "art", "verein", Code.CODE_UNBEKANNT),
    ("statistische_bezirke", "wkt_epsg25832", "POLYGON ((0 0, 1", Code.GEOMETRIE_UNGUELTIG),
    ("statistische_bezirke", "wkt_epsg25832", "POINT (1 1)", Code.GEOMETRIE_UNGUELTIG),
    ("statistische_bezirke", "wkt_epsg25832", "POLYGON EMPTY", Code.GEOMETRIE_UNGUELTIG),
    ("statistische_bezirke", "wkt_epsg25832", "POLYGON ((0 0, 2 2, 2 0, 0 2, 0 0))",
     Code.GEOMETRIE_UNGUELTIG),
    ("statistische_bezirke", "wkt_epsg25832", "POLYGON ((7 51, 8 51, 8 52, 7 51))",
     Code.GEOMETRIE_BEZUGSSYSTEM),
    ("statistische_bezirke", "flaeche_ha", "1", Code.FLAECHE_ABWEICHEND),
]  # fmt: skip


@pytest.mark.parametrize(("tabelle", "spalte", "wert", "code"), FAELLE)
def test_bad_cell(ordner: Ordner, tabelle: str, spalte: str, wert: str, code: Code) -> None:
    zeile = 3
    if tabelle == "standorte":
        zeile = _verorteter(ordner)
    ordner.setze(tabelle, zeile, **{spalte: wert})
    geprueft = ordner.pruefe()
    assert code in befunde_in(geprueft, f"{tabelle}.csv", zeile)
    fehler = SCHWERE[code] is Schwere.FEHLER
    assert ((tabelle, zeile) in zurueckgehalten(geprueft)) is fehler


@pytest.mark.parametrize(
    ("spalte", "wert"),
    [
        ("ziel", "3 < 5 und R & B, Straße 3–5, „zitiert“, 2018/19, +4 °C"),
        ("ziel", "A. & C. Müller; 1.200 m² seit 2019-05-01"),
        ("kontakt", "0231 / 50 12345, max@example.org"),
        ("links", "https://dortmund.de/a?b=c&d=%20 http://x.de:8080/"),
        ("beginn", "2016-02-29"),
        ("traeger", "Testorganisation 3|TO 6"),
        ("kosten_eur", "0"),
    ],
)
def test_good_cell_gives_no_finding(ordner: Ordner, spalte: str, wert: str) -> None:
    vorher = befunde_in(ordner.pruefe(), "projekte.csv", 3)
    ordner.setze("projekte", 3, **{spalte: wert, "ende": ""})
    assert befunde_in(ordner.pruefe(), "projekte.csv", 3) <= vorher


def _verorteter(ordner: Ordner) -> int:
    zeilen = ordner.tabelle("standorte")
    lat = zeilen[0].index("lat")
    return next(i for i, zeile in enumerate(zeilen[1:], start=2) if zeile[lat])


def test_suggestions_name_the_code(ordner: Ordner) -> None:
    ordner.setze("projekte", 2, status="in Vorbereitunk", stadtbezirke="Hördde")
    vorschlaege = {
        b.spalte: b.werte["vorschlag"]
        for b in ordner.pruefe().befunde
        if b.code is Code.CODE_VERSCHRIEBEN
    }
    assert vorschlaege == {"status": "in-vorbereitung", "stadtbezirke": "hoerde"}


def test_second_row_with_an_id_is_held_back_and_names_the_first(ordner: Ordner) -> None:
    ordner.setze("projekte", 5, id=ordner.zelle("projekte", 3, "id"))
    ordner.setze("projekte", 7, id=ordner.zelle("projekte", 3, "id"))
    geprueft = ordner.pruefe()
    doppelte = [b for b in geprueft.befunde if b.code is Code.ID_DOPPELT]
    assert [(b.zeile, b.werte["erste"]) for b in doppelte] == [(5, 3), (7, 3)]
    assert {("projekte", 5), ("projekte", 7)} <= zurueckgehalten(geprueft)
    assert ("projekte", 3) not in zurueckgehalten(geprueft)


@pytest.mark.parametrize(("spalte", "code"), [("nr", Code.NR_DOPPELT), ("name", Code.NAME_DOPPELT)])
def test_repeated_number_or_name_is_a_warning(ordner: Ordner, spalte: str, code: Code) -> None:
    ordner.setze("projekte", 3, **{spalte: "Testmüller 7"})
    ordner.setze("projekte", 6, **{spalte: "Testmüller 7"})
    geprueft = ordner.pruefe()
    assert code in befunde_in(geprueft, "projekte.csv", 6)
    assert len(geprueft.tabellen["projekte"]) == PROJEKTE


@pytest.mark.parametrize(
    ("beginn", "ende", "verkehrt"),
    [
        ("2019", "2018", True),
        ("2019-05", "2019-04-30", True),
        ("2019-05", "2019", False),
        ("2019", "2019-01", False),
        ("2019-05-02", "2019-05-02", False),
    ],
)
def test_end_before_beginning(ordner: Ordner, beginn: str, ende: str, verkehrt: bool) -> None:
    ordner.setze("projekte", 3, beginn=beginn, ende=ende)
    assert (("projekte", 3) in zurueckgehalten(ordner.pruefe())) is verkehrt


def test_locations_follow_their_project_into_quarantine(ordner: Ordner) -> None:
    zeile = _verorteter(ordner)
    projekt = ordner.zelle("standorte", zeile, "projekt_id")
    nummer = next(i for i, z in enumerate(ordner.tabelle("projekte"), 1) if z[0] == projekt)
    ordner.setze("projekte", nummer, status="xyz")
    geprueft = ordner.pruefe()
    assert befunde_in(geprueft, "standorte.csv", zeile) == {Code.PROJEKT_IN_QUARANTAENE}
    assert projekt not in set(geprueft.tabellen["standorte"]["projekt_id"])


def test_repairing_one_location_does_not_rename_the_next(ordner: Ordner) -> None:
    erste = ordner.haenge_an("standorte", projekt_id="test-3", bezeichnung="A", lat="x", lon="7.4")
    zweite = ordner.haenge_an("standorte", projekt_id="test-3", bezeichnung="B")

    def nummer() -> int:
        standorte = ordner.pruefe().tabellen["standorte"]
        return int(standorte["n"][standorte["zeile"] == zweite].iloc[0])

    vorher = nummer()
    ordner.setze("standorte", erste, lat="51.5", lagegenauigkeit="platz")
    assert nummer() == vorher


def test_location_that_says_nothing(ordner: Ordner) -> None:
    zeile = ordner.haenge_an("standorte", projekt_id="test-3", lagegenauigkeit="platz")
    geprueft = ordner.pruefe()
    assert Code.PFLICHTFELD_LEER in befunde_in(geprueft, "standorte.csv", zeile)


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("7.46", "51.51", Code.KOORDINATEN_VERTAUSCHT),
        ("51.5797", "7.3200", Code.LAGE_AUSSERHALB),
        ("52.52", "13.405", Code.LAGE_FERN),
        ("0", "0", Code.LAGE_FERN),
        ("-51.5", "-172.5", Code.LAGE_FERN),
        ("90", "180", Code.LAGE_FERN),
    ],
)
def test_places_outside(ordner: Ordner, lat: str, lon: str, code: Code) -> None:
    zeile = _verorteter(ordner)
    ordner.setze("standorte", zeile, lat=lat, lon=lon)
    geprueft = ordner.pruefe()
    assert code in befunde_in(geprueft, "standorte.csv", zeile)
    fehler = SCHWERE[code] is Schwere.FEHLER
    assert (("standorte", zeile) in zurueckgehalten(geprueft)) is fehler


def test_swapped_axes_are_given_the_right_way_round(ordner: Ordner) -> None:
    ordner.setze("standorte", _verorteter(ordner), lat="7.46", lon="51.51")
    befund = next(b for b in ordner.pruefe().befunde if b.code is Code.KOORDINATEN_VERTAUSCHT)
    assert befund.werte == {"lat": "51.510000", "lon": "7.460000"}


def test_one_spelling_cannot_mean_two_organisations(ordner: Ordner) -> None:
    ordner.setze("beteiligte", 9, varianten="Testorganisation 2|neu")
    geprueft = ordner.pruefe()
    assert Code.VARIANTE_DOPPELT in befunde_in(geprueft, "beteiligte.csv", 9)
    assert ("beteiligte", 9) in zurueckgehalten(geprueft)


@pytest.mark.parametrize("ersatz", ["393458 5708602", "393458 5708622"])
def test_gaps_and_overlaps_of_districts_are_named(ordner: Ordner, ersatz: str) -> None:
    wkt = ordner.zelle("statistische_bezirke", 2, "wkt_epsg25832")
    assert "393458 5708612" in wkt
    ordner.setze("statistische_bezirke", 2, wkt_epsg25832=wkt.replace("393458 5708612", ersatz))
    befund = next(b for b in ordner.pruefe().befunde if b.code is Code.FLAECHEN_UNDICHT)
    assert int(befund.werte["anzahl"]) >= 1


def test_missing_district_in_the_middle_is_a_hole(ordner: Ordner) -> None:
    zeilen = ordner.tabelle("statistische_bezirke")
    ordner.schreibe("statistische_bezirke", [z for z in zeilen if z[1] != "Nordmarkt"])
    assert Code.FLAECHEN_UNDICHT in {b.code for b in ordner.pruefe().befunde}


def test_stadtbezirk_without_area_is_named(ordner: Ordner) -> None:
    zeilen = ordner.tabelle("statistische_bezirke")
    ordner.schreibe("statistische_bezirke", [z for z in zeilen if z[2] != "hombruch"])
    befunde = [b for b in ordner.pruefe().befunde if b.code is Code.STADTBEZIRK_OHNE_FLAECHE]
    assert [b.wert for b in befunde] == ["hombruch"]


def test_without_districts_places_are_not_judged(ordner: Ordner) -> None:
    (ordner.pfad / "statistische_bezirke.csv").unlink()
    geprueft = ordner.pruefe()
    assert geprueft.stadtgebiet is None
    assert len(geprueft.tabellen["standorte"]) > 0


def test_code_held_back_is_unknown_to_the_rows_that_use_it(ordner: Ordner) -> None:
    zeile = next(
        i for i, z in enumerate(ordner.tabelle("codelisten/status"), 1) if z[0] == "gestartet"
    )
    ordner.setze("codelisten/status", zeile, label="")
    geprueft = ordner.pruefe()
    assert "gestartet" not in set(geprueft.tabellen["projekte"]["status"])


def test_quarantine_keeps_the_row_as_it_was_read(ordner: Ordner) -> None:
    ordner.setze("projekte", 4, beginn="morgen", ziel=" mit Rand ")
    zeile = next(q for q in ordner.pruefe().quarantaene if q.zeile == 4)
    assert zeile.zellen["ziel"] == " mit Rand "
    assert zeile.codes == (Code.DATUM_UNGUELTIG,)


ZELLEN = st.one_of(
    st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=12),
    st.sampled_from(["", "eving", "2016", "51.5", "7.4", "umgesetzt", "test-1", "A", "1e999", "٣"]),
)
EINGRIFFE = st.lists(
    st.tuples(st.integers(0, len(DATEN) - 1), st.integers(2, 20), st.integers(0, 60), ZELLEN),
    max_size=12,
)


@given(eingriffe=EINGRIFFE)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_balance_holds_whatever_stands_in_the_cells(
    vorlage: Path, eingriffe: list[tuple[int, int, int, str]]
) -> None:
    with tempfile.TemporaryDirectory() as ziel:
        ordner = Ordner(shutil.copytree(vorlage, Path(ziel) / "geodata"))
        for nummer, zeile, spalte, wert in eingriffe:
            tabelle = DATEN[nummer]
            name = tabelle.spaltennamen[spalte % len(tabelle.spalten)]
            if zeile <= len(ordner.tabelle(tabelle.name)):
                ordner.setze(tabelle.name, zeile, **{name: wert})
        ordner.pruefe()


def test_projects_have_the_columns_of_the_contract() -> None:
    assert len(TABELLE.spaltennamen) == len(set(TABELLE.spaltennamen)) == 28 + 4 * 5
