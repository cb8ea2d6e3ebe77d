"""Then and now, of real builds: kept ones, a day, one that was taken back, in every language."""

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.ortszeit import heute
from app.settings import Settings
from app.sprachen import SPRACHEN
from app.zeitvergleich import Moeglich, lies, veroeffentlicht
from layers.ablage import builds
from layers.publish import schalte_zurueck
from tests.conftest import WURZEL, baue

GEAENDERT, FERTIG, TEST = "nw-019", "nw-864", "testprojekt-17"


@dataclass(frozen=True, slots=True)
class Verlauf:
    """Four builds: the first, one that was taken back, two that continue the first."""

    erster: str
    zurueckgenommen: str
    dritter: str
    vierter: str
    ordner: Path


def _setze(geodata: Path, projekt: str, **werte: str) -> None:
    pfad = geodata / "projekte.csv"
    tabelle = pd.read_csv(pfad, dtype=str, keep_default_na=False).set_index("id", drop=False)
    if projekt not in tabelle.index:
        neu = tabelle.loc[GEAENDERT].copy()
        neu["id"], neu["nr"], neu["name"] = projekt, "", "Testprojekt 17"
        tabelle.loc[projekt] = neu
    for spalte, wert in werte.items():
        tabelle.loc[projekt, spalte] = wert
    tabelle.to_csv(pfad, index=False)


@pytest.fixture(scope="module")
def verlauf(tmp_path_factory: pytest.TempPathFactory) -> Verlauf:
    ordner = tmp_path_factory.mktemp("verlauf")
    geodata, ziel = ordner / "geodata", ordner / "build"
    shutil.copytree(WURZEL / "geodata", geodata)

    def veroeffentliche() -> str:
        fertig = baue(geodata, ziel)
        assert fertig.returncode == 0, fertig.stderr
        return builds(ziel)[0]

    erster = veroeffentliche()
    _setze(geodata, TEST, ziel="=1+1")
    _setze(geodata, GEAENDERT, ziel="irrtümlich")
    zweiter = veroeffentliche()
    schalte_zurueck(ziel)
    _setze(geodata, GEAENDERT, ziel="=2+2")
    _setze(geodata, FERTIG, status="umgesetzt", status_stand="2026-10")
    dritter = veroeffentliche()
    _setze(geodata, GEAENDERT, ziel="=3+3")
    return Verlauf(erster, zweiter, dritter, veroeffentliche(), ziel)


@pytest.fixture(scope="module")
def dienst(verlauf: Verlauf) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(rate_pro_sekunde=0, build_dir=verlauf.ordner))) as client:
        yield client


def meldungen(client: TestClient, query: str) -> dict[str, dict[str, Any]]:
    antwort = client.get(f"/aenderungen.json?{query}")
    assert antwort.status_code == 200, antwort.text
    assert antwort.json()["anzahl"] == len(antwort.json()["meldungen"])
    return {m["id"]: m for m in antwort.json()["meldungen"]}


def ziel(meldung: dict[str, Any]) -> tuple[Any, Any]:
    (feld,) = [f for f in meldung["felder"] if f["feld"] == "ziel"]
    return feld["alt"] and feld["alt"][:10], feld["neu"]


def test_a_kept_build_is_compared_and_changes_between_are_one(
    dienst: TestClient, verlauf: Verlauf
) -> None:
    seit_erstem = meldungen(dienst, f"seit={verlauf.erster}")
    assert {i: m["art"] for i, m in seit_erstem.items()} == {
        TEST: "neu",
        FERTIG: "abgeschlossen",
        GEAENDERT: "geaendert",
    }
    assert ziel(seit_erstem[GEAENDERT])[1] == "=3+3"
    seit_drittem = meldungen(dienst, f"seit={verlauf.dritter}")
    assert {i: ziel(m) for i, m in seit_drittem.items()} == {GEAENDERT: ("=2+2", "=3+3")}
    assert meldungen(dienst, f"seit={verlauf.vierter}") == {}


def test_a_build_that_was_taken_back_is_compared_as_it_was(
    dienst: TestClient, verlauf: Verlauf
) -> None:
    seit = meldungen(dienst, f"seit={verlauf.zurueckgenommen}")
    assert {i: m["art"] for i, m in seit.items()} == {
        FERTIG: "abgeschlossen",
        GEAENDERT: "geaendert",
    }
    assert ziel(seit[GEAENDERT]) == ("irrtümlich", "=3+3")


def test_a_day_joins_the_log_to_what_comparing_the_first_build_says(
    dienst: TestClient, verlauf: Verlauf
) -> None:
    def ohne_ordnung(query: str) -> dict[str, Any]:
        return {
            i: m | {"felder": {f["feld"]: (f["alt"], f["neu"]) for f in m["felder"]}}
            for i, m in meldungen(dienst, query).items()
        }

    tag = veroeffentlicht(verlauf.erster).astimezone().date()
    erlaubt = dienst.get("/aenderungen.json?seit=1900-01-01").json()["parameter"][0]["erlaubt"]
    ab = erlaubt.split(", ")[0].split("–")[0]
    assert abs((date.fromisoformat(ab) - tag).days) <= 1
    assert ohne_ordnung(f"seit={ab}") == ohne_ordnung(f"seit={verlauf.erster}")


def test_without_seit_the_files_hold_the_log(dienst: TestClient) -> None:
    alle = dienst.get("/aenderungen.json").json()
    assert alle["seit"] is None
    assert alle["anzahl"] == 4
    assert all(datetime.fromisoformat(m["zeit"]).tzinfo for m in alle["meldungen"])


def test_page_csv_and_json_show_the_same(dienst: TestClient, verlauf: Verlauf) -> None:
    query = f"seit={verlauf.erster}"
    html = dienst.get(f"/aenderungen?{query}").text
    seit = meldungen(dienst, query)
    assert html.count('data-art="') == len(seit) == 3
    assert "3 Projekte unterscheiden sich." in html
    for endung in ("csv", "json"):
        assert f'href="/aenderungen.{endung}?{query}"' in html
    antwort = dienst.get(f"/aenderungen.csv?{query}")
    assert antwort.content.startswith(b"\xef\xbb\xbf")
    assert "nordwaerts-aenderungen.csv" in antwort.headers["content-disposition"]
    assert 'rel="describedby"' in antwort.headers["link"]
    kopf, *zeilen = csv.reader(io.StringIO(antwort.content.decode("utf-8-sig")), delimiter=";")
    assert kopf[:6] == ["Art", "Projekt", "Bezeichnung", "Feld", "Vorher", "Jetzt"]
    assert {z[1] for z in zeilen} == set(seit)
    assert len(zeilen) == sum(max(1, len(m["felder"])) for m in seit.values())
    (geaendert,) = [z for z in zeilen if z[1] == GEAENDERT and z[3] == "Ziel"]
    assert geaendert[5] == "'=3+3"
    assert query in geaendert[-1]


def test_a_filter_narrows_all_three(dienst: TestClient, verlauf: Verlauf) -> None:
    query = f"q=testprojekt&seit={verlauf.erster}"
    assert set(meldungen(dienst, query)) == {TEST}
    html = dienst.get(f"/aenderungen?{query}").text
    assert html.count('data-art="') == 1
    assert f"/aenderungen.csv?{query.replace('&', '&amp;')}" in html
    assert '<input type="hidden" name="q" value="testprojekt">' in html


@pytest.mark.parametrize(
    "wert",
    [
        "gestern",
        "2026-02-30",
        "20261124",
        "1999-12-31",
        "20200101-000000000-abcdef01",
        "../geodata",
        (heute() + timedelta(days=1)).isoformat(),
    ],
)
def test_what_cannot_be_is_said_and_left_out(
    dienst: TestClient, verlauf: Verlauf, wert: str
) -> None:
    seite = dienst.get("/aenderungen", params={"seit": wert})
    assert seite.status_code == 200
    assert f"„{wert}“" in seite.text
    assert seite.text.count('data-art="') == 4
    for endung in ("csv", "json"):
        antwort = dienst.get(f"/aenderungen.{endung}", params={"seit": wert})
        assert antwort.status_code == 400
        assert antwort.headers["content-type"] == "application/problem+json"
        (fehler,) = antwort.json()["parameter"]
        assert (fehler["name"], fehler["wert"]) == ("seit", wert)
        assert all(id_ in fehler["erlaubt"] for id_ in builds(verlauf.ordner))
        assert f"{heute()}" in fehler["erlaubt"]


def test_two_values_and_unknown_names_are_an_error(dienst: TestClient, verlauf: Verlauf) -> None:
    for query in (f"seit={verlauf.erster}&seit={heute()}", "farbe=blau"):
        assert dienst.get(f"/aenderungen.json?{query}").status_code == 400


def test_a_build_that_is_damaged_is_as_if_it_were_not_kept(
    verlauf: Verlauf, tmp_path: Path
) -> None:
    shutil.copytree(verlauf.ordner, tmp_path / "build", symlinks=True)
    (tmp_path / "build" / verlauf.erster / "steckbriefe.json").write_text("[")
    with TestClient(
        create_app(Settings(rate_pro_sekunde=0, build_dir=tmp_path / "build"))
    ) as client:
        assert client.get(f"/aenderungen.json?seit={verlauf.erster}").status_code == 400
        assert client.get(f"/aenderungen?seit={verlauf.erster}").status_code == 200


def test_the_form_offers_what_is_kept_and_keeps_the_choice(
    dienst: TestClient, verlauf: Verlauf
) -> None:
    html = dienst.get(f"/aenderungen?seit={verlauf.dritter}").text
    assert f'value="{verlauf.dritter}" selected' in html
    for id_ in (verlauf.erster, verlauf.zurueckgenommen):
        assert f'<option value="{id_}">' in html
    assert f'<option value="{verlauf.vierter}"' not in html


@pytest.mark.parametrize("code", SPRACHEN)
def test_every_language_has_page_and_files(dienst: TestClient, verlauf: Verlauf, code: str) -> None:
    for seit in (verlauf.erster, heute().isoformat()):
        query = f"sprache={code}&seit={seit}"
        assert dienst.get(f"/aenderungen?{query}").status_code == 200
        assert dienst.get(f"/aenderungen.csv?{query}").status_code == 200


def test_the_description_names_the_parameter(client: TestClient) -> None:
    pfade = client.get("/openapi.json").json()["paths"]
    for pfad in ("/aenderungen.json", "/aenderungen.csv"):
        namen = [p["name"] for p in pfade[pfad]["get"]["parameters"]]
        assert "seit" in namen
        assert "stadtbezirk" in namen


def test_a_day_is_one_of_the_period() -> None:
    erlaubt = Moeglich(("20261124-120000000-ab",), date(2026, 11, 1), date(2026, 11, 24))
    for wert in ("2026-11-01", "2026-11-24", "20261124-120000000-ab"):
        seit, fehler = lies([("seit", f" {wert} "), ("seit", "")], erlaubt)
        assert (str(seit and seit.von), fehler) == (wert, ())
    for wert in ("2026-10-31", "2026-11-25", "2026-W48-2"):
        assert lies([("seit", wert)], erlaubt)[1][0].grund == "seit"
    assert str(erlaubt) == "2026-11-01–2026-11-24, 20261124-120000000-ab"
    assert str(Moeglich((), date(2026, 11, 24), date(2026, 11, 24))) == "2026-11-24"
    assert veroeffentlicht("20261124-120000258-ab") == datetime(
        2026, 11, 24, 12, 0, 0, 258_000, UTC
    )
