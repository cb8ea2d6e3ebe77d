"""Rendered answers: compressed as the client likes, kept per build and state, 304 when known."""

import gzip
from pathlib import Path

import brotli
import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from app.antworten import Antwortspeicher


@pytest.mark.parametrize("pfad", ["/", "/projekte?q=hafen", "/projekte/nw-019", "/api/projekte"])
def test_pages_are_compressed_and_known_ones_are_not_sent_again(
    client: TestClient, pfad: str
) -> None:
    einfach = client.get(pfad, headers={"accept-encoding": "identity"})
    etags = {einfach.headers["etag"]}
    for kodierung, entpacke in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        with client.stream("GET", pfad, headers={"accept-encoding": kodierung}) as antwort:
            assert antwort.headers["content-encoding"] == kodierung
            assert antwort.headers["vary"] == "Accept-Encoding, Accept-Language"
            assert entpacke(b"".join(antwort.iter_raw())) == einfach.content
            etag = antwort.headers["etag"]
        etags.add(etag)
        kopf = {"accept-encoding": kodierung, "if-none-match": etag}
        assert client.get(pfad, headers=kopf).status_code == 304
    assert len(etags) == 3


def test_equal_states_are_one_answer_and_other_states_are_another(client: TestClient) -> None:
    eins = client.get("/?stadtbezirk=eving&stadtbezirk=huckarde").headers["etag"]
    zwei = client.get("/?stadtbezirk=huckarde&stadtbezirk=eving&utm_source=x").headers["etag"]
    drei = client.get("/?stadtbezirk=huckarde").headers["etag"]
    falsch = client.get("/?stadtbezirk=huckarde&farbe=rot").headers["etag"]
    assert eins == zwei
    assert len({eins, drei, falsch}) == 3


@pytest.mark.parametrize(
    ("query", "persoenlich"),
    [("", False), ("?stadtbezirk=eving", False), ("?q=hafen", True), ("?nahe=51.5,7.4", True)],
)
@pytest.mark.parametrize("pfad", ["/", "/projekte", "/api/projekte"])
def test_what_a_visitor_typed_stays_in_no_cache_on_the_way(
    client: TestClient, pfad: str, query: str, persoenlich: bool
) -> None:
    regeln = client.get(pfad + query).headers["cache-control"].split(", ")
    assert "no-cache" in regeln
    assert ("private" in regeln) == persoenlich


def test_an_answer_is_made_once_and_the_room_is_limited() -> None:
    speicher = Antwortspeicher(platz=3000)
    gemacht: list[int] = []

    def frage(nummer: int) -> bytes:
        def erzeuge() -> bytes:
            gemacht.append(nummer)
            return bytes([nummer]) * 1000

        anfrage = Request({"type": "http", "headers": []})
        antwort = speicher.antworte(
            anfrage, ("build", str(nummer)), erzeuge, "text/plain", lang="de"
        )
        return bytes(antwort.body)

    assert frage(1) == frage(1) == b"\x01" * 1000
    assert gemacht == [1]
    for nummer in (2, 3, 4):
        frage(nummer)
    frage(1)
    assert gemacht == [1, 2, 3, 4, 1]


def test_an_answer_larger_than_the_room_is_still_given(tmp_path: Path) -> None:
    anfrage = Request({"type": "http", "headers": []})
    antwort = Antwortspeicher(platz=10).antworte(
        anfrage, (str(tmp_path),), lambda: b"x" * 100, "text/plain", lang="de"
    )
    assert antwort.body == b"x" * 100
