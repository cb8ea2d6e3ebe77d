"""The list, held to one table of cases in browser and service: parts, marked hits, ways out.

Texts are compared too, in a language that reads from left to right, one that does not, and German.
"""

import json
import random
import re
import subprocess
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from hypothesis import Phase, given, settings
from starlette.testclient import TestClient

from app.abschnitte import abschnitte
from app.darstellung import Darstellung, Vorbereitet
from app.ergebnisliste import _titel
from app.fassung import fassung
from app.fundtexte import FELDER, fund, stellen_mit_name
from app.hervorhebung import Stueck
from app.lockern import lockerungen
from app.query import suche
from app.state import Abfrage, parse
from app.store import AKTUELL, Snapshot
from app.vorschlag import vorschlaege
from layers.falten import suchworte, worte
from tests.conftest import WURZEL
from tests.faelle.test_beide_engines import ENGINE
from tests.faelle.zustaende import abfragen

SPRACHEN = ("de", "en", "ar")


def vertippt(wort: str, zufall: random.Random) -> str:
    """A word with one slip of the finger: a letter missing, doubled, wrong, or two swapped."""
    i = zufall.randrange(len(wort) - 1)
    fremd = zufall.choice("abcdefghijklmnopqrstuvwxyzäöüß")
    return zufall.choice(
        [
            wort[:i] + wort[i + 1 :],
            wort[:i] + wort[i] + wort[i:],
            wort[:i] + fremd + wort[i + 1 :],
            wort[:i] + wort[i + 1] + wort[i] + wort[i + 2 :],
        ]
    )


@pytest.fixture(scope="module")
def tabelle(snapshot: Snapshot) -> list[str]:
    """Random states, words of the index with typing errors, and what people type."""
    queries: list[str] = []

    @settings(max_examples=150, phases=[Phase.generate], deadline=None, derandomize=True)
    @given(abfragen(snapshot))
    def sammle(abfrage: Abfrage) -> None:
        queries.append(abfrage.query().removeprefix("?"))

    sammle()
    zufall = random.Random(7)
    lange = [w for w in snapshot.index.worte.worte if len(w) > 3]
    for _ in range(150):
        getippt = [vertippt(zufall.choice(lange), zufall)]
        if zufall.random() < 0.4:
            getippt.insert(zufall.randrange(2), zufall.choice(lange))
        filter_ = "&stadtbezirk=eving&status=umgesetzt" if zufall.random() < 0.3 else ""
        queries.append(f"q={quote(' '.join(getippt))}{filter_}")
    sortierungen = ("stadtbezirk", "-status", "generation", "beginn", "-stand", "nr", "-name")
    queries += [f"sort={sort}" for sort in sortierungen]
    queries += [
        f"q={quote(q)}"
        for q in (
            "Münsterstraße", "muensterstrasse", "strasse", "Mü", "Grünflächen amt", "Huckarde-Nord",
            "huckardeno", "Nr 019", "umgesetzt 2019", "Kokrei Hansa", "Wesfalenhüte", "xyzxyzxyz",
            "„Hafen“ – Straße/Platz", "İstanbul ﬁn Ⅷ ½ 𝔘", "completed", "تم", "1234567",
            "Hafn Hafn Shcule xxxx", "von der Stadt",
        )
    ]  # fmt: skip
    return [
        *queries,
        "stadtbezirk=eving&status=eingestellt&von=2024",
        "q=hafen&stadtbezirk=eving&stadtbezirk=mengede&lage=ohne&von=2030&bis=2031",
        "nahe=51.6,7.6&umkreis=10&status=umgesetzt",
        "bbox=7.0,51.0,7.1,51.1",
        "nahe=51.53,7.45&q=park",
    ]


@pytest.fixture(scope="module")
def vorbereitet(snapshot: Snapshot) -> Vorbereitet:
    return Vorbereitet(snapshot)


def stuecke(teile: tuple[Stueck, ...]) -> list[list[Any]]:
    return [[teil.text, teil.treffer] for teil in teile]


def antwort_des_dienstes(d: Darstellung, query: str) -> dict[str, Any]:
    index = d.snapshot.index
    abfrage, _ = parse(parse_qsl(query, keep_blank_values=True), index.codes)
    ergebnis = suche(index, abfrage)
    gesucht = tuple(dict.fromkeys(suchworte(abfrage.q)))
    leer = ergebnis.anzahl == 0
    funde = [
        fund(d, zeile, gesucht) if gesucht else None for zeile in ergebnis.zeilen[:40].tolist()
    ]
    return {
        "abschnitte": [
            [teil.art, _titel(d, abfrage, teil), teil.zeilen.tolist()]
            for teil in abschnitte(index, abfrage, ergebnis.zeilen)
        ],
        "funde": [
            f
            and {
                "name": stuecke(f.name),
                "meta": stuecke(f.meta),
                "stellen": [[s.feld, stuecke(s.stuecke), s.fremd] for s in f.stellen],
            }
            for f in funde
        ],
        "lockerungen": [
            [list(x.namen), x.abfrage.query(), x.anzahl]
            for x in (lockerungen(index, abfrage) if leer else ())
        ],
        "vorschlaege": [
            [v.text, v.abfrage.query(), v.anzahl, v.allein]
            for v in (vorschlaege(index, abfrage, lambda z: stellen_mit_name(d, z)) if leer else ())
        ],
    }


def blatt(client: TestClient, sprache: str) -> dict[str, Any]:
    """What a page tells its script."""
    html = client.get(f"/?sprache={sprache}").text
    treffer = re.search(r'<script type="application/json" id="zustand">(.*?)</script>', html)
    lang = re.search(r'<html lang="([^"]+)"', html)
    assert treffer
    assert lang
    inhalt: dict[str, Any] = json.loads(unescape(treffer[1]))
    return {**inhalt, "lang": lang[1]}


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_browser_and_server_show_every_case_alike(
    client: TestClient,
    snapshot: Snapshot,
    vorbereitet: Vorbereitet,
    build_dir: Path,
    tabelle: list[str],
    tmp_path: Path,
    sprache: str,
) -> None:
    dateien = {"blatt": blatt(client, sprache), "faelle": tabelle}
    for name, inhalt in dateien.items():
        (tmp_path / f"{name}.json").write_text(json.dumps(inhalt), "utf-8")
    assets = build_dir / AKTUELL / "assets"
    texte = [name for name in snapshot.assets if name.startswith("texte-")]
    browser = subprocess.run(
        [
            "node",
            WURZEL / "tests" / "faelle" / "liste.mjs",
            ENGINE,
            assets / snapshot.assets["index.bin"],
            assets / snapshot.assets["suche.bin"],
            tmp_path / "blatt.json",
            tmp_path / "faelle.json",
            *(assets / snapshot.assets[name] for name in sorted(texte)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert browser.returncode == 0, browser.stderr
    antworten = json.loads(browser.stdout)
    d = vorbereitet.darstellung(fassung(sprache, gewaehlt=True))
    for query, antwort in zip(tabelle, antworten, strict=True):
        assert antwort == antwort_des_dienstes(d, query), query
    assert sum(len(a["vorschlaege"]) > 0 for a in antworten) > 50
    assert sum(len(a["lockerungen"]) > 0 for a in antworten) > 20


def test_every_hit_is_shown(snapshot: Snapshot, vorbereitet: Vorbereitet) -> None:
    """Whatever word of the index finds a project, the entry says where it stands."""
    d = vorbereitet.darstellung(fassung("de"))
    index = snapshot.index.worte
    deutsch = [
        worte(" ".join([p["name"], *(t for f, t in stellen if f in FELDER)]))
        for p, stellen in zip(snapshot.projekte, snapshot.texte, strict=True)
    ]
    for nummer, wort in enumerate(index.worte):
        for zeile in index.zeilen[index.start[nummer] : index.start[nummer + 1]].tolist():
            if wort not in deutsch[zeile]:
                # Only a label in another language has the word.
                continue
            gezeigt = fund(d, zeile, (wort,))
            alle = [gezeigt.name, gezeigt.meta, *(s.stuecke for s in gezeigt.stellen)]
            marken = [teil.text for teile in alle for teil in teile if teil.treffer]
            assert marken, (wort, zeile)
            assert all(suchworte(marke)[0].startswith(wort) for marke in marken), (wort, marken)


def test_what_is_not_german_is_the_only_hit_without_a_place(snapshot: Snapshot) -> None:
    """The texts of the build hold every German word that the index has."""
    codelisten = " ".join(
        str(wert)
        for liste in snapshot.codelisten.values()
        for eintrag in liste.values()
        for spalte, wert in eintrag.items()
        if wert and spalte.startswith(("label_", "kurz_"))
    )
    uebersetzt = worte(codelisten)
    index = snapshot.index.worte
    for nummer, wort in enumerate(index.worte):
        if wort in uebersetzt:
            continue
        for zeile in index.zeilen[index.start[nummer] : index.start[nummer + 1]].tolist():
            texte = " ".join(
                [snapshot.projekte[zeile]["name"], *(t for _, t in snapshot.texte[zeile])]
            )
            assert wort in worte(texte), (wort, zeile)


def test_every_field_has_a_title(client: TestClient, snapshot: Snapshot) -> None:
    gesagt = blatt(client, "de")["felder"]
    felder = {feld for stellen in snapshot.texte for feld, _ in stellen}
    assert felder <= set(FELDER)
    assert all(gesagt[feld] and not gesagt[feld].startswith("feld.") for feld in FELDER)
