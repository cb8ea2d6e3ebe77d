"""One large file part by part: RFC 9110, and what happens when it is replaced."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from email.utils import formatdate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.teildatei import STUECK, Bereich, Teildatei, Unerfuellbar, bereich

INHALT = bytes(range(256)) * 4
PFAD = "/test.pmtiles"


@pytest.fixture
def datei(tmp_path: Path) -> Path:
    ort = tmp_path / "test.pmtiles"
    ort.write_bytes(INHALT)
    return ort


@pytest.fixture
def klient(datei: Path) -> TestClient:
    return TestClient(Teildatei(Starlette(), PFAD, datei, "application/vnd.pmtiles"))


@pytest.mark.parametrize(
    ("wert", "teil"),
    [
        ("bytes=0-9", INHALT[:10]),
        ("bytes=1000-", INHALT[1000:]),
        ("bytes=-24", INHALT[-24:]),
        ("bytes=-99999", INHALT),
        ("bytes=1020-99999999999999999999", INHALT[1020:]),
        ("BYTES= 5-5 ", INHALT[5:6]),
    ],
)
def test_a_part_is_what_was_asked_for(klient: TestClient, wert: str, teil: bytes) -> None:
    antwort = klient.get(PFAD, headers={"range": wert})
    assert (antwort.status_code, antwort.content) == (206, teil)
    assert antwort.headers["content-length"] == str(len(teil))
    von = (
        INHALT.index(teil)
        if len(teil) > 24
        else int(antwort.headers["content-range"][6:].split("-")[0])
    )
    assert antwort.headers["content-range"] == f"bytes {von}-{von + len(teil) - 1}/{len(INHALT)}"


@pytest.mark.parametrize("wert", ["bytes=5-2", "bytes=0-1,3-4", "items=0-5", "bytes=-", "x", ""])
def test_what_is_no_single_range_gives_the_whole(klient: TestClient, wert: str) -> None:
    antwort = klient.get(PFAD, headers={"range": wert})
    assert (antwort.status_code, antwort.content) == (200, INHALT)
    assert antwort.headers["accept-ranges"] == "bytes"
    assert antwort.headers["content-type"] == "application/vnd.pmtiles"


@pytest.mark.parametrize("wert", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
def test_behind_the_end_there_is_nothing(klient: TestClient, wert: str) -> None:
    antwort = klient.get(PFAD, headers={"range": wert})
    assert (antwort.status_code, antwort.content) == (416, b"")
    assert antwort.headers["content-range"] == "bytes */1024"


def test_head_says_the_same_without_content(klient: TestClient) -> None:
    for kopf in ({}, {"range": "bytes=0-9"}):
        lang, kurz = klient.get(PFAD, headers=kopf), klient.head(PFAD, headers=kopf)
        assert (kurz.status_code, kurz.headers, kurz.content) == (
            lang.status_code,
            lang.headers,
            b"",
        )
    assert klient.post(PFAD).status_code == 404
    assert klient.get("/anderes.pmtiles").status_code == 404


def test_conditions(klient: TestClient, datei: Path) -> None:
    etag = klient.head(PFAD).headers["etag"]
    assert klient.get(PFAD, headers={"if-none-match": f'"x", W/{etag}'}).status_code == 304
    geaendert = formatdate(datei.stat().st_mtime, usegmt=True)
    for marke, status in ((etag, 206), (geaendert, 206), ('"alt"', 200), (f"W/{etag}", 200)):
        kopf = {"range": "bytes=0-1", "if-range": marke}
        assert klient.get(PFAD, headers=kopf).status_code == status, marke


def test_a_replaced_file_has_another_mark_and_a_missing_one_is_not_found(
    klient: TestClient, datei: Path
) -> None:
    vorher = klient.head(PFAD).headers["etag"]
    neu = datei.with_suffix(".neu")
    neu.write_bytes(b"neu" * 10)
    os.utime(neu, ns=(1, 1))
    neu.replace(datei)
    antwort = klient.get(PFAD, headers={"range": "bytes=0-2", "if-range": vorher})
    assert (antwort.status_code, antwort.content) == (200, b"neu" * 10)
    assert antwort.headers["etag"] != vorher
    datei.unlink()
    assert klient.get(PFAD).status_code == 404
    datei.mkdir()
    assert klient.get(PFAD).status_code == 404


def test_a_large_file_goes_out_in_pieces_and_stops_when_nobody_listens(tmp_path: Path) -> None:
    gross = tmp_path / "gross.pmtiles"
    with gross.open("wb") as offen:
        offen.truncate(40 * STUECK)
    stuecke: list[int] = []

    async def laufe(bleibt: int) -> None:
        gegangen = asyncio.Event()

        async def empfange() -> dict[str, str]:
            await gegangen.wait()
            return {"type": "http.disconnect"}

        async def sende(nachricht: dict[str, object]) -> None:
            stuecke.append(len(bytes(nachricht.get("body", b""))))  # type: ignore[call-overload]
            if len(stuecke) > bleibt:
                gegangen.set()
                await asyncio.sleep(0.01)

        app = Teildatei(Starlette(), PFAD, gross, "application/vnd.pmtiles")
        scope = {"type": "http", "method": "GET", "path": PFAD, "headers": []}
        await app(scope, empfange, sende)  # type: ignore[arg-type]

    with ThreadPoolExecutor(1) as faden:  # in this one Playwright may have a loop
        faden.submit(asyncio.run, laufe(3)).result()
    assert max(stuecke) == STUECK
    assert 3 * STUECK <= sum(stuecke) < 10 * STUECK


@given(st.text(max_size=40), st.integers(0, 10**12))
def test_any_header_is_a_part_of_the_file_or_nothing(wert: str, groesse: int) -> None:
    for text in (wert, f"bytes={wert}"):
        try:
            teil = bereich(text, groesse)
        except Unerfuellbar:
            continue
        assert teil is None or 0 <= teil.von < teil.bis <= groesse


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.integers(1, 10**12))
def test_numbers_are_taken_literally(von: int, laenge: int, groesse: int) -> None:
    if von >= groesse:
        with pytest.raises(Unerfuellbar):
            bereich(f"bytes={von}-{von + laenge}", groesse)
    else:
        bis = min(von + laenge + 1, groesse)
        assert bereich(f"bytes={von}-{von + laenge}", groesse) == Bereich(von, bis)
