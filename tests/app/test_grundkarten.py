"""Base maps that an operator writes down: what is allowed, what the page and its CSP say."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pmtiles.tile import Compression, TileType
from pydantic import ValidationError
from starlette.testclient import TestClient

from app.anwendung import create_app
from app.betrieb.start import Startfehler, einstellungen, kachelfehler
from app.grundkarten.angebot import Angebote, angebote
from app.grundkarten.einstellung import Grundkarte
from app.grundkarten.kacheldatei import Kacheldateifehler, lies
from app.settings import Settings
from app.sprachen import SPRACHEN
from tests.kachelkarte import winzige

FREMD = {
    "id": "testkarte",
    "name": "Testkarte <b>17</b>",
    "art": "xyz",
    "url": "https://kacheln.example/{z}/{y}/{x}.png",
    "quelle": "© Testamt",
    "empfaenger": "Testamt",
    "datenschutz_url": "https://kacheln.example/datenschutz",
}
WMS = {**FREMD, "id": "test-wms", "art": "wms", "url": "https://wms.example:8443/w", "ebenen": "a"}
EIGENE = {**FREMD, "id": "eigene", "url": "/bilder/{z}/{x}/{y}.png", "empfaenger": ""}


@pytest.fixture
def pmtiles(tmp_path: Path) -> Callable[..., Path]:
    """Write a file with one empty tile; what is given replaces what is usual."""

    def schreibe(angaben: Mapping[str, Any], **kopf: Any) -> Path:
        return winzige(tmp_path / "test.pmtiles", angaben, **kopf)

    return schreibe


@pytest.mark.parametrize(
    ("aenderung", "stelle"),
    [
        ({"id": "Test Karte"}, "id"),
        ({"id": "bezirke"}, "id"),
        ({"id": "stadtplan"}, "id"),
        ({"art": "wmts"}, "art"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "//boese.example/{z}/{x}/{y}"}, "url"),
        ({"url": "https://a.example; script-src *//{z}/{x}/{y}"}, "url"),
        ({"url": "https://nutzer@a.example/{z}/{x}/{y}"}, "url"),
        ({"url": "https://a.example/{z}/{x}.png"}, ""),
        ({"url": "https://{s}.a.example/{z}/{x}/{y}.png"}, "url"),
        ({"empfaenger": ""}, ""),
        ({"quelle": ""}, "quelle"),
        ({"datenschutz_url": "javascript:alert(1)"}, "datenschutz_url"),
        ({"art": "wms", "url": "https://wms.example/"}, ""),
        ({"farbe": "bunt"}, "farbe"),
    ],
)
def test_what_cannot_be_a_base_map_is_refused(aenderung: dict[str, str], stelle: str) -> None:
    with pytest.raises(ValidationError) as gefangen:
        Grundkarte.model_validate({**FREMD, **aenderung})
    assert ".".join(map(str, gefangen.value.errors()[0]["loc"])) == stelle


def test_the_operator_is_told_which_one_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    falsch = json.dumps([FREMD, {**WMS, "quelle": ""}])
    monkeypatch.setenv("NORDWAERTS_GRUNDKARTEN", falsch)
    with pytest.raises(Startfehler, match=r"grundkarten\.1\.quelle .*betrieb\.md"):
        einstellungen()


def test_the_first_one_shown_never_lies_elsewhere(pmtiles: Callable[..., Path]) -> None:
    ort = pmtiles({"attribution": "© Test"})
    for erste, gesetzt in (
        ("testkarte", {"grundkarten": (FREMD,)}),
        ("stadtplan", {}),
        ("atlantis", {}),
    ):
        with pytest.raises(ValidationError):
            Settings.model_validate({"grundkarte": erste, **gesetzt})
    assert Settings.model_validate({"grundkarte": "eigene", "grundkarten": (EIGENE,)})
    assert Settings(grundkarte="stadtplan", grundkarte_pmtiles=ort)
    with pytest.raises(ValidationError):
        Settings.model_validate({"grundkarten": (FREMD, FREMD)})


def test_a_file_says_whose_data_it_holds(pmtiles: Callable[..., Path]) -> None:
    ort = pmtiles({"attribution": '<a href="https://x.example">&copy; Test</a> <script>'})
    assert lies(ort).quelle == "© Test"
    assert angebote(Settings(grundkarte_pmtiles=ort)).karten[0].quelle == "© Test"
    gesetzt = Settings(grundkarte_pmtiles=ort, grundkarte_quelle="© Andere")
    assert angebote(gesetzt).karten[0].quelle == "© Andere"
    assert not Settings(grundkarte_pmtiles="").grundkarte_pmtiles  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kopf", "grund"),
    [
        ({"tile_type": TileType.PNG}, "kacheln-art"),
        ({"tile_compression": Compression.BROTLI}, "kacheln-art"),
        ({}, "kacheln-quelle"),
    ],
)
def test_a_file_that_is_no_base_map_is_named_at_the_start(
    pmtiles: Callable[..., Path], kopf: dict[str, Any], grund: str
) -> None:
    with pytest.raises(Kacheldateifehler) as gefangen:
        angebote(Settings(grundkarte_pmtiles=pmtiles({}, **kopf)))
    assert gefangen.value.grund == grund
    satz = kachelfehler(gefangen.value)
    assert "test.pmtiles" in satz.satz
    assert satz.code == 78


@pytest.mark.parametrize(
    "inhalt", [b"", b"PMTiles\x03", b"PMTiles\x02" + b"\0" * 200, b"\xff" * 300]
)
def test_any_other_file_is_refused(tmp_path: Path, inhalt: bytes) -> None:
    ort = tmp_path / "kaputt.pmtiles"
    ort.write_bytes(inhalt)
    with pytest.raises(Kacheldateifehler, match="unlesbar"):
        lies(ort)


def test_a_torn_file_is_refused_and_a_missing_one_named(pmtiles: Callable[..., Path]) -> None:
    ort = pmtiles({"attribution": "x"})
    ort.write_bytes(ort.read_bytes()[:-1])
    ort.chmod(0o644)
    with pytest.raises(Kacheldateifehler, match="unlesbar"):
        lies(ort)
    ort.unlink()
    with pytest.raises(Kacheldateifehler, match="unzugaenglich"):
        lies(ort)


@pytest.fixture
def mit_karten(build_dir: Path, pmtiles: Callable[..., Path]) -> Iterator[TestClient]:
    """A service that offers all kinds."""
    angaben = {
        "build_dir": build_dir,
        "grundkarten": (FREMD, WMS, EIGENE),
        "grundkarte_pmtiles": pmtiles({"attribution": "© Test"}),
        "grundkarte": "stadtplan",
    }
    with TestClient(create_app(Settings.model_validate(angaben))) as client:
        yield client


def _csp(client: TestClient, pfad: str) -> dict[str, str]:
    teile = client.get(pfad).headers["content-security-policy"].split("; ")
    return dict(teil.split(" ", 1) for teil in teile)


def grund(client: TestClient, pfad: str) -> Any:
    """What the page tells its script about base maps."""
    gefunden = re.search(r'id="zustand"[^>]*>(.*?)</script>', client.get(pfad).text, re.DOTALL)
    assert gefunden
    return json.loads(gefunden[1])["grund"]


def test_by_default_there_is_nothing_to_choose(client: TestClient) -> None:
    assert grund(client, "/") is None
    assert client.get("/grundkarte.pmtiles").status_code == 404
    assert "http" not in _csp(client, "/")["img-src"]
    assert "Zurzeit ist keine eingerichtet" in client.get("/datenschutz").text


def test_the_policy_lets_in_exactly_what_is_configured(mit_karten: TestClient) -> None:
    fremde = "https://kacheln.example https://wms.example:8443"
    for pfad in ("/", "/?q=hafen", "/einbetten", "/einbetten?ansicht=karte"):
        assert _csp(mit_karten, pfad)["img-src"] == f"'self' data: {fremde}"
        assert _csp(mit_karten, pfad)["connect-src"] == "'self'"
    for pfad in ("/projekte", "/einbetten/baukasten", "/datenschutz", "/api/projekte"):
        assert "http" not in _csp(mit_karten, pfad)["img-src"]
    for pfad in ("/", "/einbetten", "/datenschutz"):
        assert not re.search(r"preconnect|dns-prefetch", mit_karten.get(pfad).text)
    pm = Grundkarte.model_validate(
        {**FREMD, "art": "pmtiles", "url": "https://pm.example/x.pmtiles"}
    )
    assert Angebote((pm,)).quellen("pmtiles") == ("https://pm.example",)


def test_the_page_tells_its_script(mit_karten: TestClient) -> None:
    gefunden = grund(mit_karten, "/")
    assert gefunden["erste"] == "stadtplan"
    assert re.fullmatch(r"/assets/kacheln\.[0-9a-f]+\.js", gefunden["kacheln"])
    namen = [(k["id"], k["name"], bool(k["fremd"])) for k in gefunden["karten"]]
    assert namen == [
        ("stadtplan", "Stadtplan", False),
        ("testkarte", FREMD["name"], True),
        ("test-wms", FREMD["name"], True),
        ("eigene", FREMD["name"], False),
    ]
    assert grund(mit_karten, "/einbetten?grundkarte=testkarte")["erste"] == "testkarte"
    assert grund(mit_karten, "/einbetten?grundkarte=bezirke")["erste"] == "bezirke"
    for kopf in ({"range": "bytes=0-6"},):
        assert mit_karten.get("/grundkarte.pmtiles", headers=kopf).content == b"PMTiles"
    assert mit_karten.head("/grundkarte.pmtiles").status_code == 200


def test_an_unknown_one_is_said_and_passed_over(mit_karten: TestClient) -> None:
    html = mit_karten.get("/einbetten?grundkarte=atlantis").text
    assert "„atlantis“ ist kein erlaubter Wert" in html
    assert "bezirke, stadtplan, testkarte" in html
    assert grund(mit_karten, "/einbetten?grundkarte=atlantis")["erste"] == "stadtplan"


def test_the_assistant_offers_them_and_keeps_the_usual_one_out_of_the_code(
    mit_karten: TestClient,
) -> None:
    html = mit_karten.get("/einbetten/baukasten?grundkarte=testkarte").text
    assert '<option value="testkarte" selected>Testkarte &lt;b&gt;17&lt;/b&gt; (fragt' in html
    assert "grundkarte=testkarte&#34; title" in html
    for kennung, im_code in (("stadtplan", False), ("bezirke", True)):
        html = mit_karten.get(f"/einbetten/baukasten?grundkarte={kennung}").text
        assert f'<option value="{kennung}" selected>' in html
        assert ("grundkarte=" in html.split("<textarea")[1].split("</textarea>")[0]) is im_code
    rahmen = mit_karten.get("/einbetten?grundkarte=testkarte").text
    assert re.search(r'href="/einbetten\?[^"]*grundkarte=testkarte"[^>]* data-sprache', rahmen)


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_the_page_about_data_protection_names_every_recipient(
    mit_karten: TestClient, sprache: str
) -> None:
    html = mit_karten.get(f"/datenschutz?sprache={sprache}").text
    assert html.count("Testamt") >= 2
    assert "kacheln.example" in html
    assert "wms.example:8443" in html
    assert "<b>17</b>" not in html
    assert "eigene" not in html.split('id="grundkarten"')[1].split("</section>")[0]
