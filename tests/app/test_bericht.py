"""The report to the council: what it counts, and that PDF and DOCX say the same."""

import io
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import orjson
import pdfua
import pikepdf
import pypdf
import pytest
from docx.oxml.ns import qn
from starlette.testclient import TestClient

from app import pdf
from app.bericht import docxsatz
from app.bericht.anlagen import ANLAGEN, bericht, dateiname
from app.bericht.breiten import HOCHFORMAT_MM, QUERFORMAT_MM, spaltenbreiten
from app.bericht.inhalt import Absatz, Bericht, Bild, Quellenliste, Spalte, Tabelle, Zelle
from app.bericht.wirkung import GRUENDE, grund
from app.darstellung import Darstellung, Vorbereitet
from app.fassung import fassung
from app.sprachen import SPRACHEN
from app.state import Abfrage
from app.store import Snapshot
from tests.conftest import WURZEL

BASIS = "https://karte.example"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ANGRIFF = '#panic("x") *fett* $x$ ]} <w:t>&amp; \x00\x0b🌍'


def deutsch(snapshot: Snapshot) -> Darstellung:
    return Vorbereitet(snapshot).darstellung(fassung("de"))


@pytest.fixture(scope="module")
def anlagen(snapshot: Snapshot) -> dict[int, Bericht]:
    return {n: bericht(n, deutsch(snapshot), Abfrage(), BASIS) for n in ANLAGEN}


@pytest.fixture(scope="module")
def gesetzt(snapshot: Snapshot, anlagen: dict[int, Bericht]) -> dict[int, Bericht]:
    """What is set and read back: the second annex only in part, it is long."""
    abfrage = Abfrage(facetten={"stadtbezirk": ("huckarde", "stadtbezirksuebergreifend")})
    return {**anlagen, 2: bericht(2, deutsch(snapshot), abfrage, BASIS)}


@pytest.fixture(scope="module")
def pdfs(snapshot: Snapshot, gesetzt: dict[int, Bericht]) -> dict[int, bytes]:
    assert snapshot.schriften is not None
    return {n: als_pdf(inhalt, snapshot.schriften) for n, inhalt in gesetzt.items()}


@pytest.fixture(scope="module")
def docxe(snapshot: Snapshot, gesetzt: dict[int, Bericht]) -> dict[int, bytes]:
    assert snapshot.schriften is not None
    return {n: docxsatz.setze(inhalt, snapshot.schriften) for n, inhalt in gesetzt.items()}


def als_pdf(inhalt: Bericht, schriften: Path) -> bytes:
    return pdf.setze("bericht.typ", schriften, orjson.loads(orjson.dumps(inhalt)))


def tabellen(inhalt: Bericht) -> dict[str, dict[str, list[str]]]:
    """Return title of a table → first cell of a row → the other cells."""
    return {
        block.titel: {zeile[0].text: [z.text for z in zeile[1:]] for zeile in block.zeilen}
        for kapitel in inhalt.kapitel
        for block in kapitel.inhalt
        if isinstance(block, Tabelle)
    }


def texte(inhalt: Bericht) -> list[str]:
    """Return every text of the content."""
    gefunden = [inhalt.titel, inhalt.untertitel, *inhalt.kopf]
    for kapitel in inhalt.kapitel:
        gefunden.append(kapitel.titel)
        for block in kapitel.inhalt:
            match block:
                case Absatz():
                    gefunden.append(block.text)
                case Bild():
                    gefunden.append(block.titel)
                case Quellenliste():
                    gefunden += [text for q in block.quellen for text in (q.text, q.url)]
                case Tabelle():
                    gefunden += [block.titel, *(s.titel for s in block.spalten)]
                    zellen = [zelle for zeile in block.zeilen for zelle in zeile]
                    gefunden += [t for z in zellen for t in (z.text, z.zusatz, *z.links)]
    return [text for text in gefunden if text]


def kern(text: str) -> str:
    """Return letters and digits only: breaks and hyphens of lines say nothing."""
    return re.sub(r"[\W_]+", "", text)


def pdf_text(inhalt: bytes) -> str:
    return "\n".join(seite.extract_text() for seite in pypdf.PdfReader(io.BytesIO(inhalt)).pages)


def docx_text(inhalt: bytes) -> str:
    dokument = docx.Document(io.BytesIO(inhalt))
    return "\n".join(
        "".join(t.text or "" for t in p.iter(qn("w:t")))
        for p in dokument.element.body.iter(qn("w:p"))
    )


# --- what is counted


def test_every_project_has_a_described_effect_or_is_in_annex_3_once(
    snapshot: Snapshot,
) -> None:
    projekte = [dict(p) for p in snapshot.projekte]
    projekte[0]["wirkung"] = "Testwirkung"
    projekte[1]["wirkung"] = "  "
    projekte[2]["status"] = "noch-nicht-begonnen"
    neu = replace(snapshot, projekte=tuple(projekte))
    inhalt = bericht(3, deutsch(neu), Abfrage(), BASIS)
    genannt = Counter(
        zeile[1].text
        for kapitel in inhalt.kapitel
        for block in kapitel.inhalt
        if isinstance(block, Tabelle) and len(block.spalten) == 7
        for zeile in block.zeilen
    )
    assert genannt == Counter(p["name"] for p in projekte[1:])
    zahlen = tabellen(inhalt)["Projekte ohne beschriebene Wirkung nach Grund"]
    gezaehlt = Counter(grund(p) for p in projekte)
    assert [int(z[0]) for z in zahlen.values()] == [
        *(gezaehlt[g] for g in GRUENDE),
        len(projekte) - 1,
    ]


@pytest.mark.parametrize(
    ("projekt", "erwartet"),
    [
        ({"wirkung": "etwas", "status": "noch-nicht-begonnen"}, None),
        ({"status": "in-vorbereitung"}, "unreif"),
        ({"status": "noch-nicht-begonnen"}, "nicht-begonnen"),
        ({"status": "umgesetzt", "wirkung": ""}, "nicht-berichtet"),
        ({}, "nicht-berichtet"),
    ],
)
def test_the_reason_follows_from_effect_and_status(
    projekt: dict[str, Any], erwartet: str | None
) -> None:
    assert grund(projekt) == erwartet


@pytest.mark.parametrize(
    ("nummer", "facette", "feld"),
    [(1, "Handlungsfeld", "handlungsfeld"), (1, "Wirkungsfeld", "wirkungsfeld")],
)
def test_the_numbers_are_those_of_a_recount(
    snapshot: Snapshot, anlagen: dict[int, Bericht], nummer: int, facette: str, feld: str
) -> None:
    labels = deutsch(snapshot).labels.lang
    stati = [*labels["status"], None]
    tabelle = tabellen(anlagen[nummer])[f"Projekte nach {facette} und Status"]
    paare = Counter((p.get(feld), p.get("status")) for p in snapshot.projekte)
    for code, name in labels[feld].items():
        je_status = [paare[code, status] for status in stati]
        assert list(map(int, tabelle[name])) == [*je_status, sum(je_status)]
    gesamt = Counter(p.get("status") for p in snapshot.projekte)
    assert list(map(int, tabelle["Gesamt"])) == [
        *(gesamt[s] for s in stati),
        len(snapshot.projekte),
    ]


def test_a_project_of_several_districts_counts_once_in_the_total(
    snapshot: Snapshot, anlagen: dict[int, Bericht]
) -> None:
    tabelle = tabellen(anlagen[2])["Projekte nach Stadtbezirk und Status"]
    labels = deutsch(snapshot).labels.lang["stadtbezirk"]
    for code, name in labels.items():
        erwartet = sum(code in (p.get("stadtbezirke") or ()) for p in snapshot.projekte)
        assert int(tabelle[name][-1]) == erwartet
    assert int(tabelle["Gesamt"][-1]) == len(snapshot.projekte)
    summe = sum(int(z[-1]) for name, z in tabelle.items() if name != "Gesamt")
    assert summe > len(snapshot.projekte)


def test_annex_2_has_every_project_in_each_of_its_districts(
    snapshot: Snapshot, anlagen: dict[int, Bericht]
) -> None:
    genannt = Counter(
        zeile[0].text
        for kapitel in anlagen[2].kapitel
        for block in kapitel.inhalt
        if isinstance(block, Tabelle) and kapitel.stufe == 2
        for zeile in block.zeilen
    )
    erwartet = Counter(
        f"{p['nr']} {p['name']}" if p.get("nr") else p["name"]
        for p in snapshot.projekte
        for _ in p.get("stadtbezirke") or ("",)
    )
    assert genannt == erwartet
    assert sum(k.titel.endswith("Stadtbezirksübergreifende Projekte") for k in anlagen[2].kapitel)


def test_the_programmes_own_figures_stand_apart_with_their_source(
    snapshot: Snapshot, anlagen: dict[int, Bericht]
) -> None:
    kapitel = [k.titel for k in anlagen[1].kapitel if k.stufe == 1]
    assert kapitel.index("6 Eigene Kennzahlen des Programms") == len(kapitel) - 2
    zeilen = [
        zeile
        for name, tabelle in tabellen(anlagen[1]).items()
        if name.startswith("Angaben des Programms")
        for zeile in tabelle.values()
    ]
    assert len(zeilen) == len(snapshot.kennzahlen)


def test_empty_fields_are_named_as_empty(anlagen: dict[int, Bericht]) -> None:
    for inhalt in anlagen.values():
        for kapitel in inhalt.kapitel:
            for block in kapitel.inhalt:
                if isinstance(block, Tabelle):
                    assert all(z.text or z.links for zeile in block.zeilen for z in zeile)


def test_what_the_data_lack_is_said_in_plain_words(snapshot: Snapshot) -> None:
    for nummer in ANLAGEN:
        ohne = " ".join(texte(bericht(nummer, deutsch(snapshot), Abfrage(), BASIS)))
        assert f"bei keinem der {len(snapshot.projekte)} Projekte eine Wirkung beschrieben" in ohne
        assert "Ein Sachstand ist bei keinem eingetragen" in ohne
    projekte = [dict(p) for p in snapshot.projekte]
    projekte[0]["wirkung"] = projekte[1]["sachstand"] = projekte[2]["sachstand"] = "Testtext"
    neu = deutsch(replace(snapshot, projekte=tuple(projekte)))
    mit = " ".join(texte(bericht(1, neu, Abfrage(), BASIS)))
    assert f"Eine Wirkung ist bei 1 von {len(projekte)} Projekten beschrieben" in mit
    assert f"Ein Sachstand ist bei 2 von {len(projekte)} Projekten eingetragen" in mit


def test_the_sources_of_every_project_are_found_by_their_numbers(
    snapshot: Snapshot, anlagen: dict[int, Bericht]
) -> None:
    kapitel = [k for k in anlagen[2].kapitel if k.titel.endswith("Quellen der Projekte")]
    (tafel,) = (b for b in kapitel[0].inhalt if isinstance(b, Tabelle))
    adressen = {zeile[0].text: zeile[1].links[0] for zeile in tafel.zeilen}
    assert len(set(adressen.values())) == len(adressen)
    quellen = {p["name"]: set(p["quellen"]) for p in snapshot.projekte}
    for teil in anlagen[2].kapitel:
        for block in teil.inhalt:
            if isinstance(block, Tabelle) and teil.stufe == 2:
                for zelle, *_ in block.zeilen:
                    name = next(n for n in quellen if zelle.text.endswith(n))
                    nummern = zelle.zusatz.rpartition("[")[2].removesuffix("]").split(", ")
                    assert {adressen[nr] for nr in nummern} == quellen[name]


@pytest.mark.parametrize("nummer", ANLAGEN)
def test_no_table_is_wider_than_the_page(anlagen: dict[int, Bericht], nummer: int) -> None:
    innen = QUERFORMAT_MM if anlagen[nummer].quer else HOCHFORMAT_MM
    for kapitel in anlagen[nummer].kapitel:
        for block in kapitel.inhalt:
            if isinstance(block, Tabelle):
                assert sum(spalte.mm for spalte in block.spalten) <= innen + 0.5, block.titel
                assert all(spalte.mm > 0 for spalte in block.spalten)


def test_a_column_is_as_wide_as_its_words_and_the_rest_is_shared() -> None:
    spalten = (Spalte("Projekt", 1), Spalte("Ende", 1), Spalte("Summe", 1, zahl=True))
    lang, kurz = "langes Wort " * 30, "Mai 2020"
    zeilen = ((Zelle(lang), Zelle(kurz), Zelle("104.150.000 €")),)
    breit, schmal, zahl = (s.mm for s in spaltenbreiten(spalten, zeilen, 170))
    assert 12 < schmal < 25
    assert 20 < zahl < 35
    assert breit == pytest.approx(170 - schmal - zahl, abs=0.2)
    kleine = spaltenbreiten(spalten, ((Zelle("a"), Zelle("b"), Zelle("1")),), 170)
    assert sum(spalte.mm for spalte in kleine) < 80


def test_a_state_narrows_the_annex_and_is_named(snapshot: Snapshot) -> None:
    abfrage = Abfrage(facetten={"stadtbezirk": ("huckarde",)})
    inhalt = bericht(2, deutsch(snapshot), abfrage, BASIS)
    assert "Auswahl: Stadtbezirk Huckarde" in inhalt.kopf
    kapitel = [k.titel for k in inhalt.kapitel if "Stadtbezirk " in k.titel]
    assert kapitel == ["2 Stadtbezirk Huckarde"]
    assert dateiname(2, "pdf", abfrage) == "nordwaerts-anlage-2-huckarde.pdf"
    leer = bericht(2, deutsch(snapshot), replace(abfrage, q="gibtesnicht"), BASIS)
    assert any("kein Projekt" in text for text in texte(leer))


# --- both formats


@pytest.mark.parametrize("nummer", ANLAGEN)
def test_pdf_and_docx_say_all_that_the_content_says(
    gesetzt: dict[int, Bericht], pdfs: dict[int, bytes], docxe: dict[int, bytes], nummer: int
) -> None:
    wort, druck = docx_text(docxe[nummer]), pdf_text(pdfs[nummer])
    im_docx, im_pdf = kern(wort), kern(druck)
    for text in texte(gesetzt[nummer]):
        assert kern(text) in im_docx, text
        # a cell may go on after the head of the next page
        assert kern(text) in im_pdf or all(kern(w) in im_pdf for w in text.split()), text
    zahlen = Counter(re.findall(r"\d+", " ".join(texte(gesetzt[nummer]))))
    assert zahlen <= Counter(re.findall(r"\d+", wort))
    assert sum(zahlen.values()) <= sum(Counter(re.findall(r"\d+", druck)).values())


@pytest.mark.parametrize("nummer", ANLAGEN)
def test_the_pdf_is_tagged_german_and_has_bookmarks(
    pdfs: dict[int, bytes], nummer: int, gesetzt: dict[int, Bericht], tmp_path: Path
) -> None:
    datei = tmp_path / "anlage.pdf"
    datei.write_bytes(pdfs[nummer])
    assert not [f.message for f in pdfua.validate(str(datei)).findings]
    with pikepdf.open(datei) as dokument:
        assert str(dokument.Root.Lang) == "de-DE"
        assert dokument.Root.MarkInfo.Marked
        with dokument.open_metadata() as angaben:
            assert angaben["dc:title"] == f"Anlage {nummer}: {gesetzt[nummer].untertitel}"
            assert angaben["pdfuaid:part"] == "1"
        with dokument.open_outline() as marken:
            erste = [m.title for m in marken.root]
    kapitel = [k.titel for k in gesetzt[nummer].kapitel if k.stufe == 1]
    assert [titel for titel in erste if titel in kapitel] == kapitel
    seiten = pypdf.PdfReader(io.BytesIO(pdfs[nummer])).pages
    for i, seite in enumerate(seiten, 1):
        assert f"Seite {i} von {len(seiten)}" in seite.extract_text()


@pytest.mark.parametrize("nummer", ANLAGEN)
def test_the_docx_has_styles_heads_alternatives_and_fields(
    gesetzt: dict[int, Bericht], docxe: dict[int, bytes], nummer: int
) -> None:
    inhalt, dokument = gesetzt[nummer], docx.Document(io.BytesIO(docxe[nummer]))
    ueberschriften = [
        (int(p.style.name[-1]), p.text)
        for p in dokument.paragraphs
        if p.style and re.fullmatch(r"Heading \d", str(p.style.name))
    ]
    assert ueberschriften == [(k.stufe, k.titel) for k in inhalt.kapitel]
    for tabelle in dokument.tables:
        assert tabelle._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
    bilder = [b for k in inhalt.kapitel for b in k.inhalt if isinstance(b, Bild)]
    alternativen = [p.get("descr") for p in dokument.element.body.iter(qn("wp:docPr"))]
    assert alternativen == [bild.text for bild in bilder]
    befehle = "".join(t.text or "" for t in dokument.element.body.iter(qn("w:instrText")))
    assert f'TOC \\o "1-{inhalt.tiefe}"' in befehle
    fuss = dokument.sections[0].footer._element
    assert [str(t.text).strip() for t in fuss.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
    assert inhalt.stand in dokument.sections[0].header.paragraphs[0].text
    assert {lang.get(qn("w:val")) for lang in dokument.styles.element.iter(qn("w:lang"))} == {
        "de-DE"
    }
    assert dokument.core_properties.language == "de-DE"
    assert dokument.core_properties.title == f"Anlage {nummer}: {inhalt.untertitel}"


def test_hostile_texts_stay_texts_in_both_formats(snapshot: Snapshot) -> None:
    projekte = [dict(p) for p in snapshot.projekte]
    for feld in ("name", "kurzbeschreibung", "sachstand", "wirkung"):
        projekte[0][feld] = ANGRIFF
    projekte[0]["quellen"] = ["javascript:alert(1)", "https://example.org/?a=1&b=<x>"]
    abfrage = Abfrage(facetten={"stadtbezirk": tuple(projekte[0]["stadtbezirke"][:1])})
    inhalt = bericht(2, deutsch(replace(snapshot, projekte=tuple(projekte))), abfrage, BASIS)
    assert snapshot.schriften is not None
    wort = docx_text(docxsatz.setze(inhalt, snapshot.schriften))
    druck = pdf_text(als_pdf(inhalt, snapshot.schriften))
    for text in (wort, druck):
        assert kern('#panic("x") *fett* $x$ <w:t>&amp;') in kern(text)
        assert "javascript" not in text


# --- the service and the command line


def test_the_service_gives_both_formats(client: TestClient) -> None:
    for form, medientyp in (("pdf", "application/pdf"), ("docx", DOCX)):
        antwort = client.get(f"/bericht/anlage-3.{form}?stadtbezirk=scharnhorst")
        assert antwort.status_code == 200
        assert antwort.headers["content-type"] == medientyp
        assert antwort.headers["content-language"] == "de"
        assert 'rel="describedby"' in antwort.headers["link"]
        name = f"nordwaerts-anlage-3-scharnhorst.{form}"
        assert name in antwort.headers["content-disposition"]
        kopf = {"if-none-match": antwort.headers["etag"]}
        wieder = client.get(str(antwort.url), headers=kopf)
        assert wieder.status_code == 304


def test_bad_values_are_named(client: TestClient) -> None:
    antwort = client.get("/bericht/anlage-2.pdf?stadtbezirk=atlantis")
    assert antwort.status_code == 400
    assert antwort.headers["content-type"] == "application/problem+json"
    (fehler,) = antwort.json()["parameter"]
    assert (fehler["name"], fehler["wert"]) == ("stadtbezirk", "atlantis")
    assert "huckarde" in fehler["erlaubt"]


@pytest.mark.parametrize("pfad", ["anlage-4.pdf", "anlage-0.docx", "anlage-1.txt", "anlage-x.pdf"])
def test_there_are_three_annexes_in_two_formats(client: TestClient, pfad: str) -> None:
    assert client.get(f"/bericht/{pfad}").status_code == 404


@pytest.mark.parametrize("sprache", SPRACHEN)
def test_the_page_leads_to_all_documents(client: TestClient, sprache: str) -> None:
    html = client.get(f"/bericht?sprache={sprache}&status=umgesetzt&von=x").text
    for nummer in ANLAGEN:
        for form in ("pdf", "docx"):
            assert f'href="/bericht/anlage-{nummer}.{form}?status=umgesetzt"' in html
    assert 'href="/bericht/anlage-2.pdf?stadtbezirk=huckarde&amp;status=umgesetzt"' in html
    assert 'role="alert"' in html


def test_the_command_writes_what_is_asked(build_dir: Path, tmp_path: Path) -> None:
    befehl = [sys.executable, "build_map.py", "report", f"--ziel={build_dir}"]
    auch = ["--anlage=3", "--stadtbezirk=huckarde", f"--ordner={tmp_path / 'neu'}"]
    fertig = subprocess.run([*befehl, *auch], cwd=WURZEL, capture_output=True, check=False)
    assert fertig.returncode == 0, fertig.stderr
    assert {p.name for p in (tmp_path / "neu").iterdir()} == {
        "nordwaerts-anlage-3-huckarde.docx",
        "nordwaerts-anlage-3-huckarde.pdf",
    }
    falsch = [*befehl, "--stadtbezirk=atlantis", f"--ordner={tmp_path / 'nie'}"]
    misslungen = subprocess.run(falsch, cwd=WURZEL, capture_output=True, text=True, check=False)
    assert misslungen.returncode == 2
    assert "atlantis" in misslungen.stderr
    assert not (tmp_path / "nie").exists()


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_an_office_opens_the_docx(docxe: dict[int, bytes], tmp_path: Path) -> None:
    datei = tmp_path / "anlage.docx"
    datei.write_bytes(docxe[3])
    profil = f"-env:UserInstallation=file://{tmp_path}/profil"
    befehl = ["soffice", profil, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*befehl, str(datei)], check=True, capture_output=True, timeout=120)
    assert "Seite 1 von" in pdf_text((tmp_path / "anlage.pdf").read_bytes())
