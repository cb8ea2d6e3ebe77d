"""Where a layer comes from is said once, and never more than the sources say."""

import orjson
import pytest

from layers import daten
from layers.herkunft import EBENEN, LIZENZEN, herkunft, lizenz
from layers.join import join
from tests.layers.conftest import Ordner

ZERO = {"datei": "statistische_bezirke.csv", "titel": "Bezirke", "herausgeber": "Stadt Test"}


def quelle(datei: str, kurz: str, stand: str = "2025") -> dict[str, str]:
    return {**ZERO, "datei": datei, "lizenz": kurz, "stand": stand}


@pytest.mark.parametrize("bekannt", LIZENZEN, ids=lambda bekannt: bekannt.kurz)
def test_a_licence_is_known_by_each_of_its_names(bekannt) -> None:
    for text in (bekannt.kurz, bekannt.name, bekannt.text, bekannt.uri, bekannt.kurz.upper()):
        assert lizenz(text) is bekannt
    assert bekannt.text.startswith("https://")


@pytest.mark.parametrize("text", ["", "frei", "dl-de", "CC-BY-NC-4.0", "siehe Webseite"])
def test_no_licence_is_guessed(text: str) -> None:
    assert lizenz(text) is None


def test_a_licence_is_stated_only_if_all_sources_state_it() -> None:
    zero = quelle("statistische_bezirke.csv", "dl-de/zero-2.0", "2025-10-12")
    assert herkunft("stadtbezirke", [zero, quelle("codelisten", "")]).lizenz is None
    assert herkunft("stadtbezirke", [zero, quelle("codelisten", "CC0-1.0")]).lizenz is None
    einig = herkunft("stadtbezirke", [quelle("codelisten", "dl-zero-de/2.0", "2021"), zero])
    assert einig.lizenz == lizenz("dl-de/zero-2.0")
    assert einig.stand == "2025-10-12"
    assert herkunft("stadtbezirke", []).lizenz is None


def test_publishers_are_named_where_the_licence_wants_it() -> None:
    by = quelle("beteiligte.csv", "dl-de/by-2.0")
    assert herkunft("beteiligte", [by]).nennung == "Stadt Test: Bezirke"
    assert herkunft("beteiligte", [by]).mitglieder()["namensnennung"] == "Stadt Test: Bezirke"
    assert herkunft("beteiligte", [{**by, "lizenz": "dl-de/zero-2.0"}]).nennung == ""


def test_every_file_says_where_it_comes_from(ordner: Ordner) -> None:
    dateien = daten.dateien(join(ordner.pruefe()))
    assert set(dateien) == {ebene.datei for ebene in EBENEN.values()}
    for name, ebene in EBENEN.items():
        inhalt = orjson.loads(dateien[ebene.datei])
        assert [q["datei"] for q in inhalt["quellen"]] == list(ebene.quellen)
        assert inhalt["stand"] == inhalt["quellen"][0]["stand"]
        assert "lizenz" in inhalt
        assert name in inhalt or inhalt["type"] == "FeatureCollection"


def test_the_list_of_layers_describes_the_files(ordner: Ordner) -> None:
    dateien = daten.dateien(join(ordner.pruefe()))
    for name, angaben in daten.verzeichnis(dateien).items():
        inhalt = dateien[EBENEN[name].datei]
        assert angaben["bytes"] == len(inhalt)
        assert angaben["bbox"] == orjson.loads(inhalt).get("bbox")
        assert (angaben["bbox"] is not None) == EBENEN[name].raum
