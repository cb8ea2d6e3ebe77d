"""Every fact that was handed over is found again in geodata, and nothing was added to it."""

import csv
from pathlib import Path

import pytest

from layers.tabellen import PROJEKTE

WURZEL = Path(__file__).parents[2]
FAKTEN = WURZEL.parent / "shared" / "fakten"

pytestmark = pytest.mark.skipif(not FAKTEN.is_dir(), reason="../shared/fakten is not there")

Zeile = dict[str, str]
GLEICH = {
    "projekte": (
        "id nr name status_stand beginn ende foerderung kosten_eur kurzbeschreibung quellen "
        "belegstufe zuordnung partner"
    ),
    "plaetze": (
        "id name ort lat lon lagegenauigkeit teil_der_27 nordwaerts_bezug status_stand "
        "kurzbeschreibung beleg quellen"
    ),
    "brachflaechen": (
        "id name ort lat lon lagegenauigkeit flaeche_ha flaeche_anmerkung vornutzung status "
        "status_stand kurzbeschreibung nordwaerts_bezug quellen"
    ),
    "statistische_bezirke": "nr name flaeche_ha wkt_epsg25832",
    "kennzahlen": "id kennzahl wert einheit qualifikation zeitbezug quelle",
}


def lies(pfad: Path) -> list[Zeile]:
    with pfad.open(encoding="utf-8", newline="") as datei:
        return list(csv.DictReader(datei))


def geodata(name: str) -> list[Zeile]:
    return lies(WURZEL / "geodata" / f"{name}.csv")


def labels(liste: str) -> dict[str, set[str]]:
    """Return code → the labels that mean it; no value means no code."""
    return {"": {""}} | {
        z["code"]: {z["code"], z["label"], z["kurz"] or z["label"]}
        for z in geodata(f"codelisten/{liste}")
    }


@pytest.mark.parametrize("name", GLEICH)
def test_unchanged_columns(name: str) -> None:
    spalten = GLEICH[name].split()
    auszug = [
        [[z[s] for s in spalten] for z in rows]
        for rows in (lies(FAKTEN / f"{name}.csv"), geodata(name))
    ]
    assert auszug[0] == auszug[1]


@pytest.mark.parametrize(
    ("name", "spalte", "liste"),
    [
        *(("projekte", s, s) for s in (
            "liste", "status", "handlungsfeld", "wirkungsfeld", "themenfeld", "projektfamilie",
            "generation",
        )),
        ("plaetze", "stadtbezirk", "stadtbezirk"),
        ("plaetze", "status", "status"),
        ("brachflaechen", "stadtbezirk", "stadtbezirk"),
        ("statistische_bezirke", "stadtbezirk", "stadtbezirk"),
    ],
)  # fmt: skip
def test_codes_mean_the_labels(name: str, spalte: str, liste: str) -> None:
    moeglich = labels(liste)
    for fakt, zeile in zip(lies(FAKTEN / f"{name}.csv"), geodata(name), strict=True):
        assert fakt[spalte] in moeglich[zeile[spalte]]


def test_stadtbezirke_of_projects() -> None:
    moeglich = labels("stadtbezirk")
    for fakt, zeile in zip(lies(FAKTEN / "projekte.csv"), geodata("projekte"), strict=True):
        paare = zip(fakt["stadtbezirke"].split("|"), zeile["stadtbezirke"].split("|"), strict=True)
        assert all(name in moeglich[code] for name, code in paare)


@pytest.mark.parametrize("name", ["projekte", "plaetze", "brachflaechen"])
def test_stand(name: str) -> None:
    fakten = [z["quelle_stand"] for z in lies(FAKTEN / f"{name}.csv")]
    assert fakten == [z["stand"] for z in geodata(name)]


def test_carriers_are_the_same_words_one_organisation_each() -> None:
    for fakt, zeile in zip(lies(FAKTEN / "projekte.csv"), geodata("projekte"), strict=True):
        assert fakt["traeger"] in {zeile["traeger"], zeile["traeger"].replace("|", " und ")}


def test_locations() -> None:
    fakten = [
        (z["id"], z["ort"], z["lat"], z["lon"], z["lagegenauigkeit"])
        for z in lies(FAKTEN / "projekte.csv")
        if z["ort"] or z["lat"]
    ]
    assert fakten == [tuple(z.values()) for z in geodata("standorte")]


def test_columns_without_facts_are_empty() -> None:
    for zeile in geodata("projekte"):
        for spalte in (
            *("ziel", "sachstand", "wirkung", "kontakt", "links"),
            *(spalte.name for spalte in PROJEKTE.uebersetzungen),
        ):
            assert not zeile.get(spalte)


def test_vocabularies() -> None:
    for fakt in lies(FAKTEN / "codelisten.csv"):
        eintrag = next(
            z for z in geodata(f"codelisten/{fakt['liste']}") if z["code"] == fakt["code"]
        )
        assert (eintrag["label"], eintrag["quelle"]) == (fakt["label"], fakt["quelle"])
    felder = [
        {k: z[k] for k in ("code", "label", "laut_zwischenbericht_2021")}
        for z in geodata("codelisten/wirkungsfeld")
    ]
    assert felder == lies(FAKTEN / "wirkungsfelder.csv")


def test_areas_of_the_figures() -> None:
    for fakt, zeile in zip(lies(FAKTEN / "kennzahlen.csv"), geodata("kennzahlen"), strict=True):
        assert zeile["bereich"] == (fakt["wirkungsfeld"] or "gesamt")
