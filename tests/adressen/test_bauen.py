"""From a list to the directory: both formats, every kind of damage, nothing lost, nothing half."""

import gzip
import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.katalog import lade
from layers.adressen import adressablage, adressquelle
from layers.adressen.adressfehler import Grund, Unbrauchbar
from layers.adressen.verzeichnis import Ergebnis, baue
from layers.befund import Code
from tests.adressen.conftest import (
    GEODATA,
    KOPF,
    REFERENZ,
    ZEILEN,
    baue_liste,
    gebref,
    gebref_alt,
    liste,
    zufall,
)

SCHLECHT = {
    Code.ADRESSE_ZEILE: "MÜNSTERSTRAßE;70001;12",
    Code.ADRESSE_STRASSE: ";70001;12;;392900.10;5708900.20;051",
    Code.ADRESSE_HAUSNUMMER: "MÜNSTERSTRAßE;70001;zwölf;;392900.10;5708900.20;051",
    Code.ADRESSE_KOORDINATE: "MÜNSTERSTRAßE;70001;13;;NaN;5708900.20;051",
    Code.ADRESSE_FERN: "MÜNSTERSTRAßE;70001;14;;5708900.20;392900.10;051",
    Code.ADRESSE_DOPPELT: ZEILEN[0],
}


def abgelehnt(ordner: Path, inhalt: bytes, name: str = "liste.csv") -> Unbrauchbar:
    """Build from the bytes, which must be refused in a German sentence."""
    with pytest.raises(Unbrauchbar) as info:
        baue_liste(ordner, inhalt, name)
    satz = lade("de")(f"adressen.abgelehnt.{info.value.grund}", **info.value.werte)
    assert satz.endswith("Das bisherige Adressverzeichnis bleibt.")
    return info.value


def zip_mit_vielen(n: int) -> bytes:
    return zip_mit(**{f"{'x' * 80}{i}": b"" for i in range(n)})


def zip_mit(**teile: bytes) -> bytes:
    puffer = io.BytesIO()
    with zipfile.ZipFile(puffer, "w", zipfile.ZIP_DEFLATED) as archiv:
        for name, inhalt in teile.items():
            archiv.writestr(f"{name}.txt", inhalt)
    return puffer.getvalue()


def strassen(ziel: Path) -> list[tuple[str, str, int]]:
    with closing(sqlite3.connect(ziel)) as verbindung:
        return verbindung.execute(
            "SELECT name, bezirke, hausnummern FROM strassen ORDER BY id"
        ).fetchall()


def test_the_citys_list_becomes_a_directory(tmp_path: Path) -> None:
    ergebnis = baue_liste(tmp_path, liste())
    assert (ergebnis.zeilen, ergebnis.strassen, ergebnis.hausnummern) == (9, 7, 9)
    assert ergebnis.befunde == ()
    gebaut = strassen(tmp_path / "adressen.sqlite")
    assert ("Münsterstraße", "innenstadt-nord", 3) in gebaut
    assert ("Kurt-Schumacher-Straße", "innenstadt-west", 1) in gebaut
    namen = [name for name, _, _ in gebaut]
    assert namen == sorted(namen, key=str.casefold)
    with closing(sqlite3.connect(tmp_path / "adressen.sqlite")) as verbindung:
        lon, lat = verbindung.execute(
            "SELECT lon, lat FROM hausnummern WHERE zusatz = 'a'"
        ).fetchone()
    assert lon == pytest.approx(7.4556, abs=2e-3)
    assert lat == pytest.approx(51.5208, abs=2e-3)


def test_streets_of_one_name_are_told_apart(tmp_path: Path) -> None:
    baue_liste(tmp_path, liste())
    hafen = [zeile for zeile in strassen(tmp_path / "adressen.sqlite") if zeile[0] == "Hafenstraße"]
    assert {bezirke for _, bezirke, _ in hafen} == {"innenstadt-nord", "mengede"}


@pytest.mark.parametrize("satz", [gebref, gebref_alt])
def test_the_states_list_becomes_the_same(tmp_path: Path, satz: object) -> None:
    assert callable(satz)
    zeilen = [
        satz("Münsterstraße", "12", 392900.1, 5708900.2),
        satz("Hafenstraße", "3", 391300.0, 5709600.0),
        satz("Teststraße", "1", 365471.5, 5721550.8, "62"),
    ]
    inhalt = ("\ufeff" + "\r\n".join(zeilen)).encode()
    ergebnis = baue_liste(tmp_path, zip_mit(gebref=inhalt, gebref_schluessel=b"G;05"), "gebref.zip")
    assert (ergebnis.zeilen, ergebnis.hausnummern, ergebnis.befunde) == (2, 2, ())
    assert strassen(tmp_path / "adressen.sqlite") == [
        ("Hafenstraße", "innenstadt-nord", 1),
        ("Münsterstraße", "innenstadt-nord", 1),
    ]


@pytest.mark.parametrize("code", SCHLECHT)
def test_a_bad_line_is_counted_and_named(tmp_path: Path, code: Code) -> None:
    ergebnis = baue_liste(tmp_path, liste([*viele(200), SCHLECHT[code], SCHLECHT[code]]))
    (befund,) = ergebnis.befunde
    assert befund.code is code
    assert befund.zeile == 202
    assert befund.werte == {"anzahl": 2}
    assert (ergebnis.hausnummern, ergebnis.ausgelassen) == (200, 2)
    for teil in ("was", "tun"):
        assert lade("de")(f"befund.{code}.{teil}", **befund.platzhalter)


def viele(n: int) -> list[str]:
    """``n`` good lines; the first is that of the small list."""
    rest = (f"TESTWEG;80000;{i + 1};;392900.10;5708900.20;051" for i in range(n - 1))
    return [ZEILEN[0], *rest]


def test_an_unknown_district_is_found_by_the_place(tmp_path: Path) -> None:
    ergebnis = baue_liste(tmp_path, liste([ZEILEN[0].removesuffix("051") + "999"]))
    assert [befund.code for befund in ergebnis.befunde] == [Code.ADRESSE_BEZIRK]
    assert strassen(tmp_path / "adressen.sqlite") == [("Münsterstraße", "innenstadt-nord", 1)]


def test_a_lost_quotation_mark_costs_one_line_only(tmp_path: Path) -> None:
    kaputt = '"MÜNSTERSTRAßE;70001;15;;392900.10;5708900.20;051'
    ergebnis = baue_liste(tmp_path, liste([*viele(100), kaputt, *ZEILEN[3:]]))
    assert ergebnis.ausgelassen == 1
    assert ergebnis.hausnummern == 106


@pytest.mark.parametrize(
    ("inhalt", "grund"),
    [
        (b"", Grund.LEER),
        (KOPF.encode(), Grund.LEER),
        (liste().replace(b";", b","), Grund.FORM),
        (b"<!doctype html><title>Wartung</title>", Grund.FORM),
        (b"\x00" * 100_000, Grund.FORM),
        (zufall(1).randbytes(5000), Grund.KODIERUNG),
        (liste(kopf=KOPF.replace(";UBZ", "")), Grund.SPALTE),
        (liste().decode().encode("windows-1252"), Grund.KODIERUNG),
        (liste().decode().encode("utf-16"), Grund.KODIERUNG),
        (gzip.compress(liste())[:-20], Grund.BESCHAEDIGT),
        (gzip.compress(liste())[:20] + b"kaputt" * 50, Grund.BESCHAEDIGT),
        (zip_mit(gebref=liste())[:-40], Grund.BESCHAEDIGT),
        (zip_mit(), Grund.FORM),
        (zip_mit_vielen(10_000), Grund.FORM),
        (gebref("Teststraße", "1", 365471.5, 5721550.8, "62").encode(), Grund.ANDERE_GEMEINDE),
        (liste([*ZEILEN, SCHLECHT[Code.ADRESSE_KOORDINATE]]), Grund.ZU_VIELE_MAENGEL),
        (liste([SCHLECHT[Code.ADRESSE_FERN]] * 9), Grund.ZU_VIELE_MAENGEL),
        (gzip.compress(b"\0" * 50_000_000), Grund.FORM),
    ],
)
def test_a_damaged_list_is_refused(tmp_path: Path, inhalt: bytes, grund: Grund) -> None:
    assert abgelehnt(tmp_path, inhalt).grund is grund
    assert not (tmp_path / "adressen.sqlite").exists()


def test_a_bomb_of_lines_is_refused_early(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(adressquelle, "MAX_ZEILEN", 100_000)
    bombe = gzip.compress(KOPF.encode() + b"\n" * 100_000_000)
    assert abgelehnt(tmp_path, bombe).grund is Grund.ZU_GROSS


def test_a_missing_file_or_folder_is_said(tmp_path: Path) -> None:
    for quelle, grund in (("nichts.csv", Grund.FEHLT), (".", Grund.UNLESBAR)):
        with pytest.raises(Unbrauchbar) as info:
            baue(str(tmp_path / quelle), tmp_path / "adressen.sqlite", GEODATA)
        assert info.value.grund is grund
    (tmp_path / "liste.csv").write_bytes(liste())
    with pytest.raises(Unbrauchbar) as info:
        baue(str(tmp_path / "liste.csv"), tmp_path / "adressen.sqlite", tmp_path)
    assert info.value.grund is Grund.BEZIRKE


def test_the_old_directory_stays_if_anything_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    baue_liste(tmp_path, liste())
    ziel = tmp_path / "adressen.sqlite"
    vorher = ziel.read_bytes()
    abgelehnt(tmp_path, liste()[:60])

    def voll(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(adressablage, "lege_an", voll)
    assert abgelehnt(tmp_path, liste()).grund is Grund.SCHREIBEN
    assert ziel.read_bytes() == vorher
    assert not list(tmp_path.glob(".*.neu"))


def test_what_a_killed_builder_left_is_written_over(tmp_path: Path) -> None:
    (tmp_path / ".adressen.sqlite.neu").write_bytes(b"half a file")
    baue_liste(tmp_path, liste())
    assert len(strassen(tmp_path / "adressen.sqlite")) == 7
    assert not list(tmp_path.glob(".*.neu"))


@given(st.data())
@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_was_damaged_there_is_a_balance_or_a_refusal(
    tmp_path: Path, data: st.DataObject
) -> None:
    inhalt = bytearray(liste(viele(60)))
    for _ in range(data.draw(st.integers(1, 4))):
        stelle = data.draw(st.integers(0, len(inhalt)))
        laenge = data.draw(st.integers(0, 12))
        inhalt[stelle : stelle + laenge] = data.draw(
            st.one_of(
                st.binary(max_size=8),
                st.sampled_from(
                    [
                        b";",
                        b'"',
                        b"\n",
                        b"\r",
                        b"NaN",
                        b"Infinity",
                        b"1e99",
                        b"-5",
                        b"\x00",
                        b"\xff",
                    ]
                ),
            )
        )
    plain = bytes(inhalt)
    verpackt = bytearray(
        data.draw(st.sampled_from([plain, gzip.compress(plain), zip_mit(liste=plain)]))
    )
    if data.draw(st.booleans()) and verpackt:
        del verpackt[data.draw(st.integers(0, len(verpackt) - 1)) :]
    try:
        ergebnis = baue_liste(tmp_path, bytes(verpackt))
    except Unbrauchbar as fehler:
        lade("de")(f"adressen.abgelehnt.{fehler.grund}", **fehler.werte)
    else:
        pruefe_bilanz(ergebnis)


def pruefe_bilanz(ergebnis: Ergebnis) -> None:
    """Every line is a house number or counted in a finding."""
    ausgelassen = sum(
        int(befund.werte["anzahl"])
        for befund in ergebnis.befunde
        if befund.code is not Code.ADRESSE_BEZIRK
    )
    assert ergebnis.ausgelassen == ausgelassen
    assert ergebnis.zeilen == ergebnis.hausnummern + ergebnis.ausgelassen


def test_every_reason_has_a_sentence_and_no_sentence_is_left_over() -> None:
    texte = lade("de").texte
    anfang = "adressen.abgelehnt."
    vorhanden = {key.removeprefix(anfang) for key in texte if key.startswith(anfang)}
    assert vorhanden == set(Grund)


@pytest.mark.skipif(not REFERENZ.is_file(), reason="../shared/referenz is not there")
def test_the_unterbezirk_names_the_district_in_which_the_address_lies() -> None:
    with gzip.open(REFERENZ, "rt", encoding="utf-8") as datei:
        zeilen = [zeile.split(";") for zeile in datei.read().splitlines()[1:]]
    probe = zufall(3).sample(zeilen, 2000)
    bezirke = pd.read_csv(GEODATA / "statistische_bezirke.csv", dtype=str)
    umrisse = shapely.from_wkt(bezirke["wkt_epsg25832"].to_numpy())
    punkte = shapely.points([(float(z[4]), float(z[5])) for z in probe])
    stelle, flaeche = shapely.STRtree(umrisse).query_nearest(punkte, all_matches=False)
    gleich = [
        bezirke["nr"][f] == probe[s][6][:2] + "0" for s, f in zip(stelle, flaeche, strict=True)
    ]
    assert set(bezirke["nr"]) >= {z[6][:2] + "0" for z in zeilen}
    # Our outlines are generalised: at a border a house may lie on the other side.
    assert sum(gleich) / len(gleich) > 0.99
