"""The programme's figures beside the map's: each with its source, none mixed with the other."""

import csv
import re
from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.store import Snapshot
from tests.conftest import WURZEL

FAKTEN = WURZEL.parent / "shared" / "fakten" / "kennzahlen.csv"
GEODATA = WURZEL / "geodata" / "kennzahlen.csv"


def lies(pfad: Path) -> list[dict[str, str]]:
    with pfad.open(encoding="utf-8", newline="") as datei:
        return list(csv.DictReader(datei))


@pytest.fixture(scope="module")
def html(client: TestClient) -> str:
    return client.get("/zwischenbilanz").text


def teile(html: str, herkunft: str) -> dict[str, str]:
    """Return Bereich → its part of the page."""
    gefunden = re.findall(
        rf'data-herkunft="{herkunft}" aria-labelledby="[a-z-]+ ([a-z-]+)-{herkunft}">'
        r"(.*?)</section>",
        html,
        re.DOTALL,
    )
    return dict(gefunden)


@pytest.mark.parametrize("quelle", [FAKTEN, GEODATA], ids=["fakten", "geodata"])
def test_every_figure_stands_there_with_value_time_and_source(html: str, quelle: Path) -> None:
    if not quelle.is_file():
        pytest.skip("../shared/fakten is not there")
    for zeile in lies(quelle):
        block = re.search(rf'<div id="kennzahl-{zeile["id"]}">(.*?)</div>', html, re.DOTALL)
        assert block, zeile["id"]
        text = unescape(re.sub(r"<[^>]+>", "", block[1]))
        assert zeile["kennzahl"] in text
        assert f"{int(zeile['wert']):,}".replace(",", ".") in text
        assert zeile["qualifikation"] in text
        assert zeile["quelle"] in text
        assert (zeile["zeitbezug"] or "ohne Zeitangabe") in text


def test_each_figure_stands_in_its_bereich(html: str) -> None:
    programm = teile(html, "programm")
    for zeile in lies(GEODATA):
        assert f'id="kennzahl-{zeile["id"]}"' in programm[zeile["bereich"]]


def test_a_bereich_without_figure_says_so_and_repeats_the_words_of_the_report(
    html: str, snapshot: Snapshot
) -> None:
    mit = {kennzahl["bereich"] for kennzahl in snapshot.kennzahlen}
    for code, teil in teile(html, "programm").items():
        assert ("Das Programm nennt hier keine Zahl." in teil) == (code not in mit)
        feld = snapshot.codelisten["wirkungsfeld"].get(code)
        if feld:
            assert feld["laut_zwischenbericht_2021"] in unescape(teil)


def test_every_figure_of_the_map_links_to_what_it_counts(client: TestClient, html: str) -> None:
    karte = teile(html, "karte")
    assert set(karte) == set(teile(html, "programm"))
    for teil in karte.values():
        for punkt in re.findall(r"<li>(.*?)</li>", teil, re.DOTALL):
            gefunden = re.fullmatch(r'<a href="([^"]+)">(.*)</a>', punkt.strip())
            assert gefunden, punkt
            href, text = unescape(gefunden[1]), gefunden[2]
            zahlen = re.findall(r"\d+", text)
            anzahl = int(zahlen[0]) if zahlen else 1
            if href.startswith("/beteiligte"):
                daten = client.get("/beteiligte.json").json()
            else:
                daten = client.get(href.replace("/projekte", "/api/projekte")).json()
            assert daten["anzahl"] == anzahl, text


def test_no_part_holds_a_figure_of_the_other(html: str, snapshot: Snapshot) -> None:
    karte = "".join(teile(html, "karte").values())
    assert "kennzahl-" not in karte
    assert "%" not in karte
    assert "/projekte" not in "".join(teile(html, "programm").values())
    assert "Programm, Stand 2021" in html
    assert f"Diese Karte, Stand Januar {snapshot.stand[:4]}" in html
    assert "lassen sich nicht miteinander verrechnen" in html
