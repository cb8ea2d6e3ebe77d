"""Files of a build on disk: compressed by size, taken over where nothing changed."""

import gzip
import shutil
from pathlib import Path

import brotli
import orjson
import pytest

from layers import schreiben
from layers.ablage import MANIFEST

TEXT = b"Testprojekt " * 400
DATEIEN = {"assets/a.js": TEXT, "daten/b.json": TEXT[1:], "intern.json": TEXT, "assets/k.js": b"x"}


def schreibe(ordner: Path, vorher: Path | None = None, anteile: list[float] | None = None) -> None:
    verzeichnis = schreiben.schreibe_alle(
        ordner, DATEIEN, (anteile if anteile is not None else []).append, schreiben.Packung(vorher)
    )
    assert list(verzeichnis) == [
        "assets/a.js", "assets/a.js.gz", "assets/a.js.br",
        "daten/b.json", "daten/b.json.gz", "daten/b.json.br", "intern.json", "assets/k.js",
    ]  # fmt: skip
    (ordner / MANIFEST).write_bytes(orjson.dumps({"dateien": verzeichnis}))


def inhalte(ordner: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in ordner.rglob("*.*") if p.name != MANIFEST}


def test_what_browsers_fetch_lies_beside_its_compressed_forms(tmp_path: Path) -> None:
    anteile: list[float] = []
    schreibe(tmp_path, anteile=anteile)
    assert brotli.decompress((tmp_path / "assets/a.js.br").read_bytes()) == TEXT
    assert gzip.decompress((tmp_path / "daten/b.json.gz").read_bytes()) == TEXT[1:]
    assert anteile == [0.25, 0.5, 0.75, 1.0]


@pytest.mark.parametrize("schaden", ["", "fehlt", "anders", "manifest"])
def test_equal_files_are_taken_over_unless_they_are_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, schaden: str
) -> None:
    alt, neu = tmp_path / "alt", tmp_path / "neu"
    schreibe(alt)
    gut = inhalte(alt)
    gepackt: list[str] = []
    urspruenglich = schreiben._fassungen

    def gemerkt(pfad: str, daten: bytes, *, einfach: bool = False) -> dict[str, bytes]:
        gepackt.append(pfad)
        return urspruenglich(pfad, daten, einfach=einfach)

    monkeypatch.setattr(schreiben, "_fassungen", gemerkt)
    match schaden:
        case "fehlt":
            (alt / "assets/a.js.br").unlink()
        case "anders":
            (alt / "assets/a.js.br").write_bytes(b"anders")
        case "manifest":
            (alt / MANIFEST).write_text("{")
    schreibe(neu, alt)
    assert inhalte(neu) == gut
    ohne_fassungen = {"intern.json", "assets/k.js"}
    erwartet = {
        "": ohne_fassungen, "manifest": set(DATEIEN),
    }.get(schaden, ohne_fassungen | {"assets/a.js"})  # fmt: skip
    assert set(gepackt) == erwartet
    shutil.rmtree(alt)
    assert inhalte(neu) == gut


def test_what_was_begun_early_is_the_same_and_never_of_other_bytes(tmp_path: Path) -> None:
    schreibe(tmp_path / "spaet")
    with schreiben.Packung() as packung:
        packung.beginne({"a.js": TEXT, "daten/b.json": b"frueher " * 100}, ("a.js",))
        dateien, _ = schreiben.benenne({**DATEIEN, "a.js": TEXT}, ("a.js",))
        schreiben.schreibe_alle(tmp_path / "frueh", dateien, lambda _: None, packung)
    frueh, spaet = inhalte(tmp_path / "frueh"), inhalte(tmp_path / "spaet")
    assert spaet.items() <= frueh.items()
    (begonnen,) = (tmp_path / "frueh" / "assets").glob("a.*.js.br")
    assert begonnen.read_bytes() == spaet["a.js.br"]


def lege_gepackt(ordner: Path) -> Path:
    """Write a script with its compressed forms beside it, as the bundler does."""
    pfad = ordner / "a.js"
    pfad.write_bytes(TEXT)
    (ordner / "a.js.br").write_bytes(brotli.compress(TEXT, quality=1))
    (ordner / "a.js.gz").write_bytes(gzip.compress(TEXT, 1))
    return pfad


def test_what_was_compressed_before_is_written_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fertig = schreiben.lies_gepackt(lege_gepackt(tmp_path))
    assert fertig is not None
    dateien, assets = schreiben.benenne({"a.js": TEXT}, ("a.js",))
    monkeypatch.setattr(schreiben, "_fassungen", None)
    with schreiben.Packung() as packung:
        packung.uebernimm("a.js", fertig)
        schreiben.schreibe_alle(tmp_path, dateien, lambda _: None, packung)
    geschrieben = tmp_path / "assets" / assets["a.js"]
    assert geschrieben.read_bytes() == TEXT
    for endung in (".br", ".gz"):
        davor = (tmp_path / f"a.js{endung}").read_bytes()
        assert geschrieben.with_name(geschrieben.name + endung).read_bytes() == davor


@pytest.mark.parametrize("endung", [".br", ".gz"])
@pytest.mark.parametrize("statt", [None, b"", b"kein Paket", "abgeschnitten", "anderes"])
def test_compressed_forms_of_something_else_are_not_taken(
    tmp_path: Path, endung: str, statt: bytes | str | None
) -> None:
    pfad = lege_gepackt(tmp_path)
    daneben = tmp_path / f"a.js{endung}"
    packe = {".br": brotli.compress, ".gz": gzip.compress}[endung]
    match statt:
        case None:
            daneben.unlink()
        case "abgeschnitten":
            daneben.write_bytes(daneben.read_bytes()[:-3])
        case "anderes":
            daneben.write_bytes(packe(TEXT[1:]))
        case bytes():
            daneben.write_bytes(statt)
    assert schreiben.lies_gepackt(pfad) is None
