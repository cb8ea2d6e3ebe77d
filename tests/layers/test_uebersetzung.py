"""Labels are there in every language, or nothing is published; texts where somebody wrote them."""

from typing import Any

import pytest
from pydantic import ValidationError

import app.sprachen
from app.katalog import lade
from layers import grenze
from layers.befund import Befund, Code
from layers.check import Geprueft
from layers.falten import suchworte
from layers.join import join
from layers.pruefregeln import Pruefung
from layers.sprachen import UEBERSETZT
from layers.tabellen import CODELISTEN, PROJEKTE
from tests.layers.conftest import Ordner, befunde_in, zurueckgehalten
from tests.layers.test_index import offen

GROSSZUEGIG = Pruefung(max_fehler=100_000)
TEXTE = {
    "kurzbeschreibung_leicht": "Hier ist ein neuer Spiel·platz.",
    "kurzbeschreibung_en": "A playground beside the harbour.",
    "ziel_tr": "Çocuklar için güvenli bir oyun alanı.",
    "sachstand_ar": "اكتمل بناء الملعب.",
    "wirkung_uk": "Діти з’явилися на майданчику.",
}


def fehlende(geprueft: Geprueft) -> list[Befund]:
    return [b for b in geprueft.befunde if b.code is Code.UEBERSETZUNG_FEHLT]


def baue(ordner: Ordner) -> dict[str, Any]:
    return offen(join(ordner.pruefe()))


def ohne_spalten(ordner: Ordner, tabelle: str, *namen: str) -> None:
    zeilen = ordner.tabelle(tabelle)
    bleibt = [i for i, name in enumerate(zeilen[0]) if name not in namen]
    ordner.schreibe(tabelle, [[zeile[i] for i in bleibt] for zeile in zeilen])


def test_data_and_service_know_the_same_languages() -> None:
    assert UEBERSETZT == app.sprachen.UEBERSETZT


@pytest.mark.parametrize("wert", ["", "  ", "k.A."])
@pytest.mark.parametrize("sprache", UEBERSETZT)
def test_label_without_translation_forbids_the_build(
    ordner: Ordner, sprache: str, wert: str
) -> None:
    ordner.setze("codelisten/themenfeld", 3, **{f"label_{sprache}": wert})
    geprueft = ordner.pruefe()
    (befund,) = fehlende(geprueft)
    assert (befund.datei, befund.zeile) == ("codelisten/themenfeld.csv", 3)
    assert befund.spalte == f"label_{sprache}"
    assert befund.werte == {"eintrag": "Arbeit"}
    hindernis = grenze.hindernis(geprueft, GROSSZUEGIG)
    assert hindernis is not None
    satz = lade("de")(f"build.{hindernis.grund}", **hindernis.werte)
    assert satz.startswith("Nicht veröffentlicht: In den Codelisten fehlen Übersetzungen (1).")


@pytest.mark.parametrize("liste", CODELISTEN, ids=lambda liste: liste.name)
def test_no_list_is_spared(ordner: Ordner, liste: Any) -> None:
    ordner.setze(liste.name, 2, label_en="")
    geprueft = ordner.pruefe()
    assert [b.datei for b in fehlende(geprueft)] == [liste.datei]
    assert grenze.hindernis(geprueft, GROSSZUEGIG) is not None


def test_code_without_translation_is_no_error_of_the_projects_that_have_it(ordner: Ordner) -> None:
    ordner.setze("codelisten/status", 2, label_en="", label_uk="")
    geprueft = ordner.pruefe()
    assert {b.datei for b in geprueft.befunde if b.code is not Code.STATUS_FEHLT} >= {
        "codelisten/status.csv"
    }
    assert Code.CODE_UNBEKANNT not in {b.code for b in geprueft.befunde}
    assert zurueckgehalten(geprueft) == set()


def test_list_that_was_never_translated_names_every_row(ordner: Ordner) -> None:
    ohne_spalten(ordner, "codelisten/status", *(f"label_{s}" for s in UEBERSETZT))
    zeilen = len(ordner.tabelle("codelisten/status")) - 1
    geprueft = ordner.pruefe()
    assert len(fehlende(geprueft)) == zeilen * len(UEBERSETZT)
    assert grenze.hindernis(geprueft, GROSSZUEGIG) is not None


@pytest.mark.parametrize("schwere", ["Warnung", "Hinweis", "aus"])
def test_no_setting_makes_it_less_grave(schwere: Any) -> None:
    with pytest.raises(ValidationError):
        Pruefung(schwere={Code.UEBERSETZUNG_FEHLT: schwere})


def test_short_labels_and_texts_may_be_untranslated(ordner: Ordner) -> None:
    vorher = ordner.pruefe().befunde
    ohne_spalten(ordner, "codelisten/handlungsfeld", *(f"kurz_{s}" for s in UEBERSETZT))
    ohne_spalten(ordner, "projekte", *(s.name for s in PROJEKTE.uebersetzungen))
    geprueft = ordner.pruefe()
    assert geprueft.befunde == vorher
    assert grenze.hindernis(geprueft, Pruefung()) is None


@pytest.mark.parametrize("spalte", ["kurzbeschreibung_leicht", "ziel_en", "sachstand_ar"])
@pytest.mark.parametrize(
    ("wert", "code"),
    [
        ("<script>alert(1)</script>", Code.MARKUP),
        ("=1+1", Code.FORMEL_IM_TEXT),
        ("a\u202eb", Code.ZEICHEN_UNZULAESSIG),
        ("a\x00b", Code.ZEICHEN_UNZULAESSIG),
        ("Spiel\u00adplatz", Code.ZEICHEN_UNSICHTBAR),
        ("an max@example.org", Code.KONTAKTDATEN),
        ("javascript:alert(1)", Code.URL_GEFAEHRLICH),
    ],
)
def test_translations_are_checked_like_what_they_translate(
    ordner: Ordner, spalte: str, wert: str, code: Code
) -> None:
    ordner.setze("projekte", 3, **{spalte: wert})
    uebersetzt = ordner.pruefe()
    ordner.setze("projekte", 3, **{spalte: "", "ziel": wert})
    original = ordner.pruefe()
    assert code in befunde_in(uebersetzt, "projekte.csv", 3)
    assert befunde_in(uebersetzt, "projekte.csv", 3) == befunde_in(original, "projekte.csv", 3)
    assert zurueckgehalten(uebersetzt) == zurueckgehalten(original)


def test_good_translations_give_no_finding(ordner: Ordner) -> None:
    vorher = ordner.pruefe().befunde
    ordner.setze("projekte", 3, **TEXTE)
    assert ordner.pruefe().befunde == vorher


def test_translations_are_in_the_steckbrief_that_has_them_and_in_no_other(ordner: Ordner) -> None:
    ordner.setze("projekte", 3, **TEXTE)
    namen = {spalte.name for spalte in PROJEKTE.uebersetzungen}
    for projekt in baue(ordner)["steckbriefe.json"]["projekte"]:
        vorhanden = {name: projekt[name] for name in namen & projekt.keys()}
        assert vorhanden == (TEXTE if projekt["id"] == "test-1" else {})


def test_layer_has_only_translations_that_some_project_has(ordner: Ordner) -> None:
    namen = {spalte.name for spalte in PROJEKTE.uebersetzungen}
    features = baue(ordner)["daten/projekte.geojson"]["features"]
    assert all(not namen & feature["properties"].keys() for feature in features)
    ordner.setze("projekte", 3, ziel_en="A safe way to school.")
    features = baue(ordner)["daten/projekte.geojson"]["features"]
    assert all(namen & f["properties"].keys() == {"ziel_en"} for f in features)
    assert {f["properties"]["projekt_id"] for f in features if f["properties"]["ziel_en"]} == {
        "test-1"
    }


@pytest.mark.parametrize(
    "frage", ["playground", "PLAYground harbour", "Spielplatz", "Spiel·platz", "guvenli",
              "Çocuklar", "الملعب", "майданчику", "з’явилися", "з'явилися"],
)  # fmt: skip
def test_word_of_a_translation_finds_the_project(ordner: Ordner, frage: str) -> None:
    ordner.setze("projekte", 3, **TEXTE)
    dateien = baue(ordner)
    suche, zeile = dateien["suche.bin"], dateien["index.bin"]["id"].index("test-1")
    for wort in suchworte(frage):
        nummer = suche["worte"].index(wort)
        assert suche["zeilen"][suche["start"][nummer] : suche["start"][nummer + 1]] == [zeile]


def test_vocabularies_of_the_build_have_every_language_and_the_index_is_german(
    ordner: Ordner,
) -> None:
    dateien = baue(ordner)
    for liste in CODELISTEN:
        for eintrag in dateien["codelisten.json"][liste.name.removeprefix("codelisten/")]:
            assert all(eintrag[f"label_{sprache}"] for sprache in UEBERSETZT)
            assert {f"kurz_{sprache}" for sprache in UEBERSETZT} <= eintrag.keys()
    assert "umgesetzt" in dateien["index.bin"]["facetten"]["status"]["labels"]
